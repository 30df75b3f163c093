"""Papers as proofs: whether one is there on a day, for whom it counts, and how far papers serve a line.

A paper that has expired is not there. One that nobody is named for counts for nobody; in a household of one
it can only be theirs.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kimdesk.domain.needs.conditions import Need
from kimdesk.domain.records import Attachment
from kimdesk.domain.terms import ItemState

UNKNOWN_PLACES = frozenset({"", "unknown"})  # original_place
LOST = "lost"  # original_place


class PaperState(StrEnum):
    """Where a paper stands on a day."""

    PRESENT = "present"
    REQUESTED = "requested"
    EXPIRED = "expired"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class ProofKind:
    """What is so of papers of one kind (document_kind).

    ``serves``: the lines of checklists (codes of items) it is the proof for. ``warn``: how many days before
    its end it is said. ``one``: of these a person has one at a time. ``drawn``: how it looks in a list.
    """

    code: str
    serves: tuple[str, ...] = ()
    warn: int = 30
    one: bool = False
    drawn: str = "form"


@dataclass(frozen=True, slots=True)
class ProofRules:
    """The kinds of paper by code, and what of a checklist is no paper at all (``told``).

    ``beyond``: lines of a change between regimes that ask for more than the paper they are called after.
    ``quiet``: of whom the end of papers of the kinds ``quiet_kinds`` is not to be minded.
    """

    kinds: Mapping[str, ProofKind] = field(default_factory=dict)
    told: frozenset[str] = frozenset()
    beyond: frozenset[str] = frozenset()
    quiet: Need | None = None
    quiet_kinds: frozenset[str] = frozenset()

    def kind(self, code: str) -> ProofKind:
        """Return what is so of papers of the kind ``code``."""
        return self.kinds.get(code) or ProofKind(code)

    def serving(self, item: str) -> tuple[str, ...]:
        """Return the kinds of paper that are the proof for ``item``: that of its own name, and others."""
        return (item, *(code for code, one in self.kinds.items() if item in one.serves))


@dataclass(frozen=True, slots=True)
class Served:
    """How far papers serve a line: its state, by which, who lacks one, and when the last one expired."""

    state: ItemState
    papers: tuple[Attachment, ...] = ()
    lacking: tuple[str, ...] = ()
    expired_on: date | None = None


def state_of(paper: Attachment, day: date) -> PaperState:
    """Return where ``paper`` stands on ``day``; its last day is ``valid_until``."""
    if paper.valid_until is not None and paper.valid_until < day:
        return PaperState.EXPIRED
    if paper.original_at == LOST and not paper.sha256:
        return PaperState.LOST
    if paper.applied_on is not None and not paper.sha256 and paper.original_at in UNKNOWN_PLACES:
        return PaperState.REQUESTED
    return PaperState.PRESENT


def counts_for(paper: Attachment, person_id: str, persons: Sequence[str]) -> bool:
    """Return whether ``paper`` is a proof of ``person_id``; ``persons``: who is of the household."""
    if paper.household or paper.person_id:
        return paper.household or paper.person_id == person_id
    return len(persons) <= 1


def serving(
    papers: Iterable[Attachment], kinds: Sequence[str], item: str, listing_id: str
) -> tuple[Attachment, ...]:
    """Return the papers that are of ``kinds``, or entered for the line ``item`` of ``listing_id``."""
    return tuple(
        one
        for one in papers
        if (one.document in kinds and not one.item) or (one.item == item and one.about == listing_id)
    )


def served(
    papers: Sequence[Attachment], wanted: Sequence[str], persons: Sequence[str], day: date, *, each: bool
) -> Served | None:
    """Return how far ``papers`` serve a line on ``day``, None where none of them counts for anybody.

    ``wanted``: for whom a proof is needed: ``each`` of them one, or one of any of them.
    """
    found = {who: [one for one in papers if counts_for(one, who, persons)] for who in wanted or ("",)}
    counting = tuple({one.id: one for own in found.values() for one in own}.values())
    if not counting:
        return None
    states = {who: _best(own, day) for who, own in found.items()}
    lacking = tuple(who for who, state in states.items() if state is ItemState.MISSING)
    overall = _joined(tuple(states.values()), each=each)
    ended = [one.valid_until for one in counting if one.valid_until and one.valid_until < day]
    return Served(
        overall,
        tuple(one for one in counting if state_of(one, day) in (PaperState.PRESENT, PaperState.REQUESTED)),
        lacking if each else (),
        max(ended) if ended and overall is ItemState.MISSING else None,
    )


def _best(papers: Iterable[Attachment], day: date) -> ItemState:
    states = {state_of(one, day) for one in papers}
    if PaperState.PRESENT in states:
        return ItemState.PRESENT
    return ItemState.REQUESTED if PaperState.REQUESTED in states else ItemState.MISSING


def _joined(states: Sequence[ItemState], *, each: bool) -> ItemState:
    order = (ItemState.MISSING, ItemState.REQUESTED, ItemState.PRESENT)
    places = [order.index(one) for one in states]
    return order[min(places) if each else max(places)]
