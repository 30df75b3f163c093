"""Checklists as they stand today: each line judged by the case, until a person sets it or the list is closed.

What the case says is never stored as somebody's word: an entry without a day (``since``) that is missing
or not needed is the case's, and is worked out whenever it is read. Whether something is there follows from
the papers of whom it is asked of, where there are such (docs/decisions/0072): what has expired is not there.
What a person has set stays; only that something is missing or was asked for gives way to the paper itself.
A referral that has gone, and a hand-over that is finished, keep their lists as they were.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.catalogue.paper_conditions import Paper
from kimdesk.domain.errors import ContentError
from kimdesk.domain.needs.facts import CaseFacts, gathered
from kimdesk.domain.needs.judging import Judgement
from kimdesk.domain.needs.proofs import served, serving
from kimdesk.domain.records import Attachment, CaseFile, ChecklistEntry, Referral, RegimeChange
from kimdesk.domain.terms import ItemState, ReferralState

_OF_THE_CASE = (ItemState.MISSING, ItemState.NOT_NEEDED)
_THERE_ONCE = (ItemState.PRESENT, ItemState.MISSING)  # with a last day
_GIVING_WAY = (ItemState.MISSING, ItemState.REQUESTED)
Listing = Referral | RegimeChange
L = TypeVar("L", Referral, RegimeChange)


@dataclass(frozen=True, slots=True)
class ChecklistLine:
    """A line of a checklist: how it stands, and what the case says to it.

    ``paper`` is None when the catalogue no longer has it, ``judgement`` when the list is closed or has no
    paper. ``own``: a person has set it. ``persons``: for whom it is, one each; () where it is not per person.
    ``proofs``: the papers by which it stands so; ``without``: who of ``persons`` has none; ``expired_on``:
    the last day of what was there until then.
    """

    entry: ChecklistEntry
    paper: Paper | None = None
    judgement: Judgement | None = None
    own: bool = False
    persons: tuple[str, ...] = ()
    proofs: tuple[Attachment, ...] = ()
    without: tuple[str, ...] = ()
    expired_on: date | None = None

    @property
    def unclear(self) -> bool:
        """Return whether nobody can say yet whether it is needed."""
        asked = not self.own and self.entry.state is ItemState.MISSING
        return asked and self.judgement is not None and self.judgement.truth is None


def papers_of(catalogue: Catalogue, listing: Listing) -> tuple[Paper, ...]:
    """Return what ``listing`` was made from, () when the catalogue no longer has it."""
    if isinstance(listing, RegimeChange):
        return catalogue.change_list(listing.from_regime, listing.to_regime, listing.changes_on).items
    try:
        return catalogue.service(listing.service, listing.service_version).items
    except ContentError:
        return ()


def is_open(listing: Listing) -> bool:
    """Return whether the case still speaks into it."""
    if isinstance(listing, RegimeChange):
        return listing.done_on is None
    return listing.state is ReferralState.PREPARED


def lines(listing: Listing, papers: Sequence[Paper], facts: CaseFacts | None) -> tuple[ChecklistLine, ...]:
    """Return the lines of ``listing``, in their order; ``facts``: of its case, None to judge nothing."""
    known = {one.code: one for one in papers}
    judging = facts if is_open(listing) else None
    return tuple(_line(entry, known.get(entry.item), judging, listing.id) for entry in listing.checklist)


def case_lines(
    catalogue: Catalogue, listing: Listing, file: CaseFile, day: date
) -> tuple[ChecklistLine, ...]:
    """Return the lines of ``listing`` of the case ``file`` on ``day``."""
    return lines(listing, papers_of(catalogue, listing), gathered(file, day))


def current(catalogue: Catalogue, file: CaseFile, day: date) -> CaseFile:
    """Return ``file`` with its open checklists as they stand on ``day``."""
    if not (any(map(is_open, file.referrals)) or any(map(is_open, file.regime_changes))):
        return file
    facts = gathered(file, day)
    return replace(
        file,
        referrals=tuple(settled(catalogue, one, facts) for one in file.referrals),
        regime_changes=tuple(settled(catalogue, one, facts) for one in file.regime_changes),
    )


def settled(catalogue: Catalogue, listing: L, facts: CaseFacts) -> L:
    """Return ``listing`` with its checklist as it stands by ``facts``; a closed one as it is."""
    if not is_open(listing):
        return listing
    found = lines(listing, papers_of(catalogue, listing), facts)
    return replace(listing, checklist=tuple(one.entry for one in found))


def begun(papers: Iterable[Paper], facts: CaseFacts | None) -> tuple[ChecklistEntry, ...]:
    """Return a checklist as it begins: missing, or not needed where the case already says so."""
    fresh = ((ChecklistEntry(item=one.code), one) for one in papers)
    return tuple(_line(entry, paper, facts).entry for entry, paper in fresh)


def set_entry(entry: ChecklistEntry, state: ItemState, note: str | None, day: date) -> ChecklistEntry:
    """Return ``entry`` as a person sets it on ``day``. A note alone (the state as it is) sets nothing."""
    chosen = note is None and entry.since is None
    since = day if chosen or entry.state is not state else entry.since
    proven = entry.proven and entry.state is state and not chosen
    kept = entry.note if note is None else note
    return replace(entry, state=state, note=kept, since=since, proven=proven)


def unproven(listing: Listing, stored: Iterable[ChecklistEntry]) -> tuple[ChecklistEntry, ...]:
    """Return the lines of ``listing``; while it is open the ``stored`` ones where papers alone say more."""
    if not is_open(listing):
        return listing.checklist
    known = {one.item: one for one in stored}
    return tuple(known.get(one.item, one) if one.proven else one for one in listing.checklist)


def _line(
    entry: ChecklistEntry, paper: Paper | None, facts: CaseFacts | None, listing_id: str = ""
) -> ChecklistLine:
    own = not entry.proven and (entry.since is not None or entry.state not in _OF_THE_CASE)
    if paper is None or facts is None:
        return ChecklistLine(entry, paper, own=own)
    judgement = paper.judged(facts)
    persons = _persons(paper, judgement, facts) if paper.per_person else ()
    stands, expired_on = entry, None
    if not own:
        stands = _as(entry, ItemState.NOT_NEEDED if judgement.truth is False else ItemState.MISSING)
    elif entry.valid_until and entry.valid_until < facts.day and entry.state in _THERE_ONCE:
        stands, expired_on = _as(entry, ItemState.MISSING), entry.valid_until
    line = ChecklistLine(stands, paper, judgement, own, persons, expired_on=expired_on)
    return _proven(line, paper, facts, listing_id) if facts.papers else line


def _as(entry: ChecklistEntry, state: ItemState, *, proven: bool = False) -> ChecklistEntry:
    same = entry.state is state and entry.proven is proven
    return entry if same else replace(entry, state=state, proven=proven)


def _proven(line: ChecklistLine, paper: Paper, facts: CaseFacts, listing_id: str) -> ChecklistLine:
    """Return ``line`` as the papers of the case say, where they say something and nobody else has."""
    if line.entry.state is ItemState.NOT_NEEDED:
        return line
    papers = serving(facts.papers, paper.proofs, paper.code, listing_id)
    if not papers:
        return line
    everybody = [one.id for one in facts.persons]
    wanted = line.persons or _of_any(line.judgement, everybody)
    found = served(papers, wanted, everybody, facts.day, each=bool(line.persons))
    if found is None:
        return line
    if line.entry.state not in _GIVING_WAY:
        return replace(line, proofs=found.papers)
    told = replace(line, proofs=found.papers, without=found.lacking)
    if found.state is not ItemState.MISSING:
        return replace(told, entry=_as(line.entry, found.state, proven=True), own=False, expired_on=None)
    return replace(told, expired_on=found.expired_on or line.expired_on)


def _of_any(judgement: Judgement | None, everybody: Sequence[str]) -> Sequence[str]:
    """Return of whom one paper is enough: whom the condition is about, else the client."""
    return (judgement.persons if judgement else ()) or everybody[:1]


def _persons(paper: Paper, judgement: Judgement, facts: CaseFacts) -> tuple[str, ...]:
    return judgement.persons if paper.when else tuple(one.id for one in facts.persons)
