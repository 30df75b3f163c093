"""The papers of a case from both sides: what is missing, ends soon or is there, and how far each list is."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from kimdesk.casework.checklists import ChecklistLine, Listing, is_open, lines, papers_of
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.catalogue.regime_changes import ChangeItem
from kimdesk.domain.agenda.paper_dates import first_day, minded
from kimdesk.domain.law.spans import SpanName
from kimdesk.domain.needs.facts import CaseFacts, gathered
from kimdesk.domain.needs.proofs import PaperState, state_of
from kimdesk.domain.records import Attachment, CaseFile, RegimeChange
from kimdesk.domain.terms import ItemState

OTHER = "other"  # document_kind


class WalletGroup(StrEnum):
    """Where a paper stands in the wallet, in the order in which they are shown."""

    MISSING = "missing"
    ENDING = "ending"
    THERE = "there"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class WalletEntry:
    """A paper, or one that is missing (``paper`` None); ``needed`` are the open lists that ask for it.

    ``household``: it is nobody's alone. ``item`` and ``about`` name the line it is to be entered for, ""
    where its kind serves every list. ``due_on``: when it is needed; ``asked``: somebody noted that it was
    asked for; ``expired_on``: the last day of the one that was there.
    """

    group: WalletGroup
    document: str
    label: str
    person_id: str = ""
    household: bool = False
    paper: Attachment | None = None
    needed: tuple[Listing, ...] = ()
    item: str = ""
    about: str = ""
    due_on: date | None = None
    asked: bool = False
    expired_on: date | None = None

    @property
    def key(self) -> str:
        """Return what it is known by: the identity of the paper, else what is missing and whose."""
        return self.paper.id if self.paper else f"{self.about}/{self.item or self.document}/{self.person_id}"

    @property
    def owner(self) -> str:
        """Return under whom it is counted: a person, „household“, or "" while nobody said."""
        return "household" if self.household else self.person_id


@dataclass(frozen=True, slots=True)
class ListCount:
    """How far an open list is: ``present`` of ``needed``; ``missing`` and ``asked`` are lines of it."""

    listing: Listing
    present: int
    needed: int
    missing: tuple[ChecklistLine, ...]
    asked: tuple[ChecklistLine, ...]
    unclear: int


@dataclass(frozen=True, slots=True)
class Wallet:
    """All entries, in the order in which they are shown, and the open lists."""

    entries: tuple[WalletEntry, ...]
    lists: tuple[ListCount, ...]

    def counted(self) -> dict[str, int]:
        """Return how many entries each owner has."""
        found: dict[str, int] = {}
        for one in self.entries:
            found[one.owner] = found.get(one.owner, 0) + 1
        return found


def wallet_of(catalogue: Catalogue, file: CaseFile, day: date) -> Wallet:
    """Return the wallet of the case ``file`` on ``day``."""
    facts = gathered(file, day)
    listings: tuple[Listing, ...] = (*file.referrals, *file.regime_changes)
    read = [(one, lines(one, papers_of(catalogue, one), facts)) for one in listings if is_open(one)]
    needing: dict[str, list[Listing]] = {}
    for listing, found in read:
        for key in dict.fromkeys(paper.id for line in found for paper in line.proofs):
            needing.setdefault(key, []).append(listing)
    papers = [_entry(catalogue, file, one, needing, day) for one in _ordered(catalogue, file, day)]
    absent = _absent(catalogue, facts, read)
    entries = sorted((*absent, *papers), key=lambda one: list(WalletGroup).index(one.group))
    return Wallet(tuple(entries), tuple(_count(listing, found) for listing, found in read))


def _ordered(catalogue: Catalogue, file: CaseFile, day: date) -> list[Attachment]:
    newest = sorted(file.attachments, key=lambda one: (one.added_on or date.min, one.id), reverse=True)
    return sorted(newest, key=lambda one: _end(catalogue, one, day))


def _end(catalogue: Catalogue, one: Attachment, day: date) -> date:
    """Return its end where that is near, so that the first to end stands first."""
    near = one.valid_until and first_day(one, catalogue.rules.proofs) <= day
    return one.valid_until if near and one.valid_until else date.max


def _entry(
    catalogue: Catalogue, file: CaseFile, one: Attachment, needing: Mapping[str, list[Listing]], day: date
) -> WalletEntry:
    return WalletEntry(
        _group(catalogue, file, one, day),
        one.document,
        catalogue.label("document_kind", one.document),
        one.person_id,
        one.household,
        one,
        tuple(needing.get(one.id, ())),
        asked=state_of(one, day) is PaperState.REQUESTED,
        expired_on=one.valid_until if one.valid_until and one.valid_until < day else None,
    )


def _group(catalogue: Catalogue, file: CaseFile, one: Attachment, day: date) -> WalletGroup:
    state = state_of(one, day)
    if state is not PaperState.PRESENT:
        return WalletGroup.MISSING if state is PaperState.REQUESTED else WalletGroup.ENDED
    rules = catalogue.rules.proofs
    near = one.valid_until is not None and first_day(one, rules) <= day
    return WalletGroup.ENDING if near and one in minded(file, rules, day) else WalletGroup.THERE


def _absent(
    catalogue: Catalogue,
    facts: CaseFacts,
    read: Iterable[tuple[Listing, tuple[ChecklistLine, ...]]],
) -> list[WalletEntry]:
    """Return what open lists miss, each paper once however many lists ask for it, the first needed first."""
    found: dict[tuple[str, str, str, bool], WalletEntry] = {}
    for listing, its_lines in read:
        for line in its_lines:
            for one in _missing(catalogue, facts, listing, line):
                key = (one.about, one.item or one.document, one.person_id, one.household)
                known = found.get(key)
                found[key] = _both(known, one) if known else one
    return sorted(found.values(), key=lambda one: (one.due_on or date.max, one.label, one.person_id))


def _both(one: WalletEntry, other: WalletEntry) -> WalletEntry:
    days = [each for each in (one.due_on, other.due_on) if each]
    needed = tuple({each.id: each for each in (*one.needed, *other.needed)}.values())
    return replace(one, needed=needed, due_on=min(days, default=None), asked=one.asked or other.asked)


def _missing(
    catalogue: Catalogue, facts: CaseFacts, listing: Listing, line: ChecklistLine
) -> Iterator[WalletEntry]:
    """Yield what ``line`` misses: one for each person who lacks it."""
    rules, paper, state = catalogue.rules.proofs, line.paper, line.entry.state
    missing = state is ItemState.MISSING or (state is ItemState.REQUESTED and line.own)
    if paper is None or not missing or line.unclear or line.entry.item in rules.told:
        return
    kinds = catalogue.code_list("document_kind")
    document = next((code for code in paper.proofs if code in kinds), "")
    if not document and isinstance(paper, ChangeItem):
        return  # something to be done, no paper
    whole = WalletEntry(
        WalletGroup.MISSING,
        document or OTHER,
        paper.label,
        needed=(listing,),
        item="" if document else paper.code,
        about="" if document else listing.id,
        due_on=_due_on(catalogue, listing, line),
        asked=state is ItemState.REQUESTED,
        expired_on=line.expired_on,
    )
    for person_id in _lacking(line, facts, personal=rules.kind(document).one):
        yield replace(whole, person_id=person_id, household=not person_id)


def _lacking(line: ChecklistLine, facts: CaseFacts, *, personal: bool) -> tuple[str, ...]:
    """Return who lacks it; "" where it is of the household."""
    if line.persons:
        return line.without or line.persons
    about = line.judgement.persons if line.judgement else ()
    alone = about if len(about) == 1 else tuple(one.id for one in facts.persons[:1]) if personal else ()
    return alone or ("",)


def _due_on(catalogue: Catalogue, listing: Listing, line: ChecklistLine) -> date | None:
    if isinstance(listing, RegimeChange):
        own = line.paper.due_on(listing.changes_on) if isinstance(line.paper, ChangeItem) else None
        return own or listing.changes_on
    if listing.prepared_on is None:
        return None
    return catalogue.rules.agenda.spans.after(SpanName.COLLECTING, listing.prepared_on)


def _count(listing: Listing, found: tuple[ChecklistLine, ...]) -> ListCount:
    needed = [one for one in found if one.entry.state is not ItemState.NOT_NEEDED and not one.unclear]
    by_state = {
        state: tuple(one for one in needed if one.entry.state is state)
        for state in (ItemState.PRESENT, ItemState.MISSING, ItemState.REQUESTED)
    }
    return ListCount(
        listing,
        len(by_state[ItemState.PRESENT]),
        len(needed),
        by_state[ItemState.MISSING],
        by_state[ItemState.REQUESTED],
        sum(one.unclear for one in found),
    )
