"""The ends of papers: told as early as their kind asks, of each paper that is the last of its kind."""

from collections.abc import Iterator
from datetime import date, timedelta

from kimdesk.domain.agenda.case_dates import lasting_longest
from kimdesk.domain.agenda.due import Due
from kimdesk.domain.needs.facts import gathered
from kimdesk.domain.needs.judging import judge
from kimdesk.domain.needs.proofs import ProofRules
from kimdesk.domain.records import Attachment, CaseFile


def of_papers(file: CaseFile, rules: ProofRules, day: date) -> Iterator[Due]:
    """Yield the end of each paper; a newer one of the same kind, person and name stands for the older one."""
    for one in minded(file, rules, day):
        if one.valid_until:
            facts = {"title": one.title, "document": one.document}
            since = first_day(one, rules)
            yield Due("document_ends", one.valid_until, "attachment", one.id, facts, since=since)


def minded(file: CaseFile, rules: ProofRules, day: date) -> tuple[Attachment, ...]:
    """Return the papers whose end is to be minded on ``day``: the last of each kind.

    Of a title that stands in the case as well, the case tells the end; of whoever is recognised as a refugee
    the passport of the country of origin counts no more.
    """
    if not any(one.valid_until for one in file.attachments):
        return ()
    spells = {(one.person_id, one.valid_until) for one in file.residence}
    silent = _silent(file, rules, day)
    last = lasting_longest(
        file.attachments, lambda one: _same(one, rules), lambda one: one.valid_until or date.max
    )
    return tuple(
        one
        for one in last
        if one.valid_until
        and not (rules.kind(one.document).one and (one.person_id, one.valid_until) in spells)
        and not (one.document in rules.quiet_kinds and one.person_id in silent)
    )


def first_day(paper: Attachment, rules: ProofRules) -> date:
    """Return from when the end of ``paper`` is said, the first day there is for one without an end."""
    if paper.valid_until is None:
        return date.min
    lead = min(rules.kind(paper.document).warn, paper.valid_until.toordinal() - 1)
    return paper.valid_until - timedelta(days=lead)


def _silent(file: CaseFile, rules: ProofRules, day: date) -> frozenset[str]:
    """Return whose papers of the quiet kinds are not minded."""
    if rules.quiet is None or not any(one.document in rules.quiet_kinds for one in file.attachments):
        return frozenset()
    return frozenset(judge(rules.quiet, gathered(file, day)).persons)


def _same(one: Attachment, rules: ProofRules) -> tuple[str, ...]:
    kind = rules.kind(one.document)
    alone = kind.one and bool(one.person_id)
    return (one.document, one.person_id, "" if alone else one.title.casefold())
