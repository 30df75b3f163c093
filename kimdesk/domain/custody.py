"""Who is responsible for a case, at every moment: what its passages from desk to desk come to.

A *move* hands a case over for good, a *cover* lends a copy for a while. Both desks keep a passage of each,
one as the side that gave, one as the side that took. What holds now follows from all passages of a case in
the order they were noted; nothing else says it (docs/decisions/0042).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

GRACE: Final = timedelta(days=14)
"""So long after the last day of an offer an acceptance may still be on its way: until then no other desk is
asked, unless this one has refused."""


class PassageWay(StrEnum):
    """What a passage is for."""

    MOVE = "move"
    COVER = "cover"


class Side(StrEnum):
    """Which end of a passage this desk is."""

    GAVE = "gave"
    TOOK = "took"


class Stage(StrEnum):
    """How far a passage is."""

    OFFERED = "offered"  # a move, given; nobody has answered yet
    ACCEPTED = "accepted"  # a move, done
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"  # by the desk that gave: an offer, or a cover nobody waits for any more
    LENT = "lent"  # a cover, running or run out
    RETURNED = "returned"  # a cover; at the desk that took, until that is confirmed
    ENDED = "ended"  # a cover whose copy is gone


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage of a case, as one desk knows it.

    ``desk`` is the stable identity of the other desk. ``at``: when it was offered, lent or taken; ``until``:
    the last day of the offer or the cover; ``settled_at``: when it came to its stage; ``basis``: a code of
    ``handover_basis``. ``turn`` counts the moves of the case, 0 for a cover.
    """

    id: str
    case_id: str
    way: PassageWay
    side: Side
    stage: Stage
    desk: str
    desk_name: str
    at: datetime
    until: date | None = None
    settled_at: datetime | None = None
    reason: str = ""
    basis: str = ""
    turn: int = 0

    def has_run_out(self, day: date) -> bool:
        """Return whether the last day is over."""
        return self.until is not None and day > self.until


class Custody(StrEnum):
    """Who is responsible, seen from this desk."""

    OWN = "own"
    OFFERED = "offered"  # still this desk, until the other one has accepted
    PASSED_ON = "passed_on"
    TAKEN_OVER = "taken_over"  # this desk, since it took the case over
    LENT = "lent"  # this desk; a colleague covers
    COVERING = "covering"  # the other desk; this one covers


@dataclass(frozen=True, slots=True)
class CaseStanding:
    """What holds for a case on a day: whose it is, and since when, until when, by which passage."""

    custody: Custody = Custody.OWN
    passage: Passage | None = None
    overdue: bool = False  # the last day of the offer or the cover is over
    returned: bool = False  # the copy has gone back, and that is not confirmed yet

    @property
    def read_only(self) -> bool:
        """Return whether nothing of the case may be changed at this desk."""
        if self.custody is Custody.PASSED_ON:
            return True
        return self.custody is Custody.COVERING and (self.overdue or self.returned)

    @property
    def reports(self) -> bool:
        """Return whether this desk is the one that tells the Kreis about the case."""
        return self.custody not in (Custody.PASSED_ON, Custody.COVERING)


OWN: Final = CaseStanding()


def standing(passages: Iterable[Passage], day: date) -> CaseStanding:
    """Return what the passages of one case, the oldest first, come to on ``day``."""
    held, waiting, lent = OWN, OWN, OWN
    for each in passages:
        if each.stage is Stage.ACCEPTED:
            waiting = lent = OWN
            gave = each.side is Side.GAVE
            held = CaseStanding(Custody.PASSED_ON if gave else Custody.TAKEN_OVER, each)
        elif each.stage is Stage.OFFERED:
            waiting = CaseStanding(Custody.OFFERED, each, each.has_run_out(day))
        elif each.way is PassageWay.COVER and each.stage in (Stage.LENT, Stage.RETURNED):
            lent = _cover(each, day) or lent
    if held.custody is Custody.PASSED_ON:
        return held
    return next((each for each in (waiting, lent, held) if each.passage), OWN)


def may_ask_another(passages: Iterable[Passage], desk: str, day: date) -> bool:
    """Return whether the case may be offered to ``desk``: nobody else could have accepted an offer by now.

    An offer that was withdrawn, or ran out, may have been accepted before the other desk knew.
    """
    open_ = [
        each
        for each in passages
        if each.side is Side.GAVE
        and each.stage in (Stage.OFFERED, Stage.WITHDRAWN)
        and each.way is PassageWay.MOVE
    ]
    return all(each.desk == desk or _is_settled(each, day) for each in open_)


def _is_settled(offer: Passage, day: date) -> bool:
    return offer.until is not None and day > offer.until + GRACE


def _cover(each: Passage, day: date) -> CaseStanding | None:
    if each.side is Side.TOOK:
        returned = each.stage is Stage.RETURNED
        return CaseStanding(Custody.COVERING, each, each.has_run_out(day), returned)
    if each.stage is Stage.LENT:
        return CaseStanding(Custody.LENT, each, each.has_run_out(day))
    return None
