"""The machine with cases that are handed over and covered between the two desks."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, invariant, multiple, precondition, rule

from kimdesk.domain.errors import CaseworkError
from tests.sync.deeds import DECISIONS
from tests.sync.exchange_machine import ExchangeMachine, Held
from tests.sync.keys_machine import KeysMachine
from tests.sync.post import Parcel, Post
from tests.sync.world import NAMES, Place

_NOT_HERS = ("E864", "E865", "E866")
_WORDS = ["withdraw", "add", "back", "back", "confirm"]


class PassingMachine(KeysMachine):
    """What can happen to a case between two desks that nobody has copied or put back."""

    files = Bundle("files")

    def __init__(self) -> None:
        super().__init__()
        self.post = Post(self.world)

    def _may_pass(self) -> bool:
        return not (self.world.copied or self.world.restored or self.stolen)

    def _has_passed(self) -> bool:
        return bool(self.post.files)

    def place_of(self, held: Held, on_copy: bool = False) -> Place:
        """Return the desk that is responsible by now; instead of a copied laptop, the desk that covers."""
        if not self._has_passed():
            return super().place_of(held, on_copy)
        case_id = held.known.case.id
        [place, *_] = self.post.responsible(case_id)
        found = (self.post.covering(case_id) if on_copy else None) or place
        return self.at(found.name)

    @precondition(_may_pass)
    @rule(target=files, held=ExchangeMachine.cases, days=st.sampled_from([1, 5, 30]), lend=st.booleans())
    def give(self, held: Held, days: int, lend: bool) -> Any:
        """A case is offered to the other desk for good, or lent; the file lies around."""
        place = self.place_of(held)
        send = self.post.lend if lend else self.post.offer
        return send(place, held.known.case.id, days) or multiple()

    @precondition(_has_passed)
    @rule(target=files, file=files, accept=st.sampled_from([True, True, False]))
    def answer(self, file: Parcel, accept: bool) -> Any:
        """What a file offers is accepted or refused: at once, late, or once more."""
        self.at(file.to)
        return self.post.answer(file, accept=accept) or multiple()

    @precondition(_has_passed)
    @rule()
    def cards(self) -> None:
        """Both desks hand each other their cards, which new keys make necessary."""
        self.post.meet()

    @precondition(_has_passed)
    @rule(file=files)
    def comes(self, file: Parcel) -> None:
        """A file comes to the desk it is for: at once, late, or once more."""
        self.at(file.to)
        self.post.take(file)

    @precondition(_has_passed)
    @rule(target=files, held=ExchangeMachine.cases, what=st.sampled_from(_WORDS), by=st.sampled_from(NAMES))
    def word(self, held: Held, what: str, by: str) -> Any:
        """An offer is withdrawn, something added to a case, a copy given back, or its coming confirmed."""
        return self.post.word(self.at(by), held.known.case.id, what) or multiple()

    @precondition(_has_passed)
    @rule(held=ExchangeMachine.cases)
    def recall(self, held: Held) -> None:
        self.post.recall(self.place_of(held), held.known.case.id)

    @precondition(_may_pass)
    @rule(
        held=ExchangeMachine.cases,
        changed=st.booleans(),
        what=st.sampled_from(DECISIONS),
        exchange=st.booleans(),
    )
    def hand_over(self, held: Held, changed: bool, what: str, exchange: bool) -> None:
        """A case goes over for good; something is decided meanwhile, sticks go to the Kreis on the way."""
        giver = self.place_of(held)
        offered = self.post.offer(giver, held.known.case.id, 30)
        if offered and (accepted := self.post.answer(offered, accept=True)):
            if exchange:
                self._send(self.at(offered.to), home=True)
            if changed:
                self._decide(held, False, what, 1)
            self.post.take(accepted)
            if exchange:
                self._send(self.at(giver.name), home=True)

    @precondition(_may_pass)
    @rule(held=ExchangeMachine.cases, what=st.sampled_from(DECISIONS))
    def cover(self, held: Held, what: str) -> None:
        """A colleague covers: both change the case, the copy comes back and goes."""
        place, case_id = self.place_of(held), held.known.case.id
        if lent := self.post.lend(place, case_id, 5):
            self.post.take(lent)
            self._decide(held, True, what, 1)
            self._decide(held, False, what, 2)
            if back := self.post.word(self.post.other(place), case_id, "back"):
                self.post.take(back)

    def _decide(self, held: Held, on_copy: bool, what: str, days: int) -> None:
        try:
            super()._decide(held, on_copy, what, days)
        except CaseworkError as error:
            if error.code not in _NOT_HERS:
                raise

    @invariant()
    def somebody_is_responsible(self) -> None:
        """Exactly one desk; while an acceptance is on its way, who wrote it and whom it is for."""
        for held in self.held if self._has_passed() else ():
            case_id = held.known.case.id
            theirs = {place.name for place in self.post.responsible(case_id)}
            late = self.post.under_way(case_id)
            assert len(theirs) == (2 if late else 1), "whose the case is"

    def agreed(self, place: Place) -> None:
        """A desk that does not know yet that a case of it was accepted has rows that are another's."""
        if not any(self.post.under_way(held.known.case.id) is place for held in self.held):
            super().agreed(place)

    def all_agree_in_the_end(self) -> None:
        """Everything on its way between the desks comes to its end first."""
        for place in self.world.places.values():
            place.clock *= 0
        for held in self.held if self._has_passed() else ():
            self.post.finish(held.known.case.id)
        super().all_agree_in_the_end()
