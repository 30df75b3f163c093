"""Until when a residence paper is valid by law, and what it gives: as far as the papers say."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from kimdesk.domain.law.paragraphs import read
from kimdesk.domain.law.periods import DAY
from kimdesk.domain.law.regime_law import Continuation, Law
from kimdesk.domain.records import CaseFile, ResidenceSpell
from kimdesk.domain.regimes import TITLES

UNLIMITED = frozenset({"settlement_permit", "eu_long_term"})  # residence_status
PERMIT = "permit"
TOLERATIONS = frozenset({"toleration_60a", "toleration_60b", "toleration_60c", "toleration_60d"})
ASYLUM = frozenset({"arrival_certificate", "asylum_permission"})
TITLED = TITLES | UNLIMITED
BINDING = frozenset({PERMIT}) | UNLIMITED  # titles of parents by § 33 Satz 2 AufenthG


def of_person(papers: Iterable[ResidenceSpell], person_id: str) -> list[ResidenceSpell]:
    """Return the papers of a person that are there, not merely expected."""
    return [one for one in papers if one.person_id == person_id and not one.expected]


def covers(paper: ResidenceSpell, day: date) -> bool:
    """Return whether a paper is valid on ``day``."""
    return (paper.valid_from or date.min) <= day <= (paper.valid_until or date.max)


def in_force(file: CaseFile, law: Law) -> tuple[ResidenceSpell, ...]:
    """Return the papers of a case, each until the last day it is valid on by law."""
    return tuple(_in_force(paper, file, law) for paper in file.residence)


def in_force_of(person_id: str, file: CaseFile, law: Law) -> list[ResidenceSpell]:
    """Return the papers of a person that are there, each until the last day it is valid on by law."""
    return [_in_force(paper, file, law) for paper in of_person(file.residence, person_id)]


def _in_force(paper: ResidenceSpell, file: CaseFile, law: Law) -> ResidenceSpell:
    if not _may_run_on(paper):
        return paper
    until, law_of = continued(paper, of_person(file.residence, paper.person_id), law)
    holder = next((one for one in file.persons if one.id == paper.person_id), None)
    sure = law_of is not None and holder is not None and law_of.nationality in holder.nationalities
    return replace(paper, valid_until=until) if sure else paper


def _may_run_on(paper: ResidenceSpell) -> bool:
    return paper.valid_until is not None and not paper.expected and paper.status == PERMIT


def continued(
    paper: ResidenceSpell, own: Sequence[ResidenceSpell], law: Law
) -> tuple[date | None, Continuation | None]:
    """Return the last day of ``paper`` where titles like it run on, and by which law; else its own, None.

    ``own`` are the papers of its holder: a title issued to them afterwards ends the continuation (§ 2 Abs. 1
    Satz 3 UkraineAufenthFGV).
    """
    until, found = paper.valid_until, None
    if until is None or not _may_run_on(paper):
        return until, None
    begun = paper.valid_from or date.min
    later = min((_begins(one) for one in own if one.status in TITLED and _begins(one) > begun), default=None)
    for one in sorted(law.continuations, key=lambda each: each.valid_on):
        if read(paper.paragraph).may_lie_in(f"{one.paragraph}.1") and begun <= one.valid_on <= until:
            last = min(one.until, later - DAY) if later else one.until
            if last > until:
                until, found = last, one
    return until, found


def _begins(paper: ResidenceSpell) -> date:
    return paper.valid_from or date.min
