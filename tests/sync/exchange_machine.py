"""Desks and their Kreis over sticks and receipts that get lost, doubled, late or mixed up: all of it real.

A step is a small scene, not a single grip: a stick is written, goes over or not, its receipt comes home or
not. So a walk of a dozen steps holds several of the things that must not meet, and they do meet.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, initialize, multiple, precondition, rule

from kimdesk.domain.terms import SharingLevel
from tests.sync import deeds
from tests.sync.deeds import DECISIONS, LEVELS
from tests.sync.exchange import Known
from tests.sync.stick_machine import Letter, StickMachine
from tests.sync.world import AGS_OF, Place, Stick

MOST_CASES = 4
DESKS = st.sampled_from(["north", "north", "north", "south"])
COPIES = st.booleans()
_LAPTOP, _ITS_COPY, _LOST = "laptop", "copy", "lost"


@dataclass(frozen=True)
class Held:
    """A case and the desk it is of."""

    name: str
    known: Known


class ExchangeMachine(StickMachine):
    """What can happen between desks and their Kreis."""

    cases = Bundle("cases")
    sticks = Bundle("sticks")
    receipts = Bundle("receipts")
    backups = Bundle("backups")

    def __init__(self) -> None:
        super().__init__()
        self.held: list[Held] = []
        self.stolen = False

    # what people do at a desk

    @initialize(target=cases)
    def first(self) -> Any:
        return multiple(self._case("north", LEVELS[0]), self._case("south", LEVELS[0]))

    @precondition(lambda self: self.number < MOST_CASES)
    @rule(target=cases, name=DESKS, level=st.sampled_from(LEVELS))
    def another(self, name: str, level: SharingLevel) -> Held:
        return self._case(name, level)

    def _case(self, name: str, level: SharingLevel) -> Held:
        self.number += 1
        place = self.at(name)
        known = place.case(f"Name {self.number}", level)
        self.held.append(Held(name, replace(known, case=place.change(known.case, ags=AGS_OF[name][0]))))
        return self.held[-1]

    @rule(held=cases, other=cases, on_copy=COPIES, what=st.sampled_from(["write", "write", "drop", "join"]))
    def work(self, held: Held, other: Held, on_copy: bool, what: str) -> None:
        """Most of what is done at a desk: it decides about nothing that leaves, so one rule is enough."""
        self.number += 1
        place = self.place_of(held, on_copy)
        if what == "join":
            deeds.join(place, held.known, other.known)
        elif what == "write":
            deeds.change(place, held.known.goal, text=f"Ziel {self.number}")
        elif goal := deeds.present(place, held.known.goal):
            place.remove(goal)

    @rule(held=cases, on_copy=COPIES, what=st.sampled_from(DECISIONS), days=st.integers(0, 3))
    def decide(self, held: Held, on_copy: bool, what: str, days: int) -> None:
        """Something changes that decides what may leave: the family says so, or moves, or is in danger."""
        self._decide(held, on_copy, what, days)

    def _decide(self, held: Held, on_copy: bool, what: str, days: int) -> None:
        place = self.place_of(held, on_copy)
        deeds.decide(place, held.known, what, days, (self.world.now + place.clock).date())

    @rule(name=DESKS, days=st.integers(-9, 9), what=st.sampled_from(["pass", "pass", "desk", "kreis"]))
    def time(self, name: str, days: int, what: str) -> None:
        """Days pass, or a clock is wrong by days from now on."""
        if what == "pass":
            self.world.pass_on(timedelta(abs(days) % 4))
        elif what == "kreis":
            self.world.kreis_clock = timedelta(days)
        else:
            self.at(name).clock = timedelta(days)
        self.touched |= set(self.world.places)

    # what happens to sticks and receipts

    @rule(name=DESKS, on_copy=COPIES)
    def round(self, name: str, on_copy: bool) -> None:
        """A stick goes over, its receipt comes back, as on most days."""
        self._send(self.at(name, on_copy), home=True)

    @rule(target=receipts, name=DESKS, on_copy=COPIES)
    def over(self, name: str, on_copy: bool) -> Any:
        """A stick goes over, its receipt lies around."""
        return self._send(self.at(name, on_copy)) or multiple()

    @rule(target=sticks, name=DESKS, on_copy=COPIES)
    def lose(self, name: str, on_copy: bool) -> Any:
        """A stick is written and lies around."""
        return self._written(self.at(name, on_copy)) or multiple()

    @rule(
        target=sticks, held=cases, what=st.sampled_from(DECISIONS), days=st.integers(0, 3), lost=st.booleans()
    )
    def between(self, held: Held, what: str, days: int, lost: bool) -> Any:
        """Something is decided while a receipt is on its way home; the stick that says so lies around."""
        place = self.place_of(held)
        letter = self._send(place)
        self._decide(held, False, what, days)
        stick = self._written(place, lost=lost)
        if letter:
            self.world.take(self.at(place.name), letter[1])
        return multiple() if lost or not stick else stick

    @rule(target=receipts, stick=sticks, home=st.booleans())
    def late_stick(self, stick: Stick, home: bool) -> Any:
        """A stick that lay around goes over: late, or once more."""
        return self._over(stick, home=home) or multiple()

    @rule(receipt=receipts, on_copy=COPIES)
    def late_receipt(self, receipt: Letter, on_copy: bool) -> None:
        """A receipt that lay around comes home: late, once more, or to the copy."""
        name, path = receipt
        self.world.take(self.at(name, on_copy), path)

    # vaults that are copied, kept, put back

    @rule(target=backups, name=DESKS)
    def back_up(self, name: str) -> tuple[str, Path]:
        return name, self.world.back_up(self.at(name))

    @precondition(lambda self: not self._has_passed())
    @rule(backup=backups)
    def put_back(self, backup: tuple[str, Path]) -> None:
        name, path = backup
        self.world.put_back(self.at(name), path)

    @precondition(lambda self: not self._has_passed())
    @rule(name=DESKS, sticks=st.lists(st.sampled_from([_LAPTOP, _ITS_COPY, _LOST]), min_size=2, max_size=5))
    def copy(self, name: str, sticks: list[str]) -> None:
        """The folder of the vault is copied, and both go on working with it; the laptop loses sticks."""
        self.world.copy(name)
        for each in sticks:
            place = self.at(name, each == _ITS_COPY)
            self.number += 1
            place.case(f"Name {self.number}")
            if each == _LOST:
                self._written(place, lost=True)
                self._written(place, lost=True)
            else:
                self._send(place)

    # what is decided at the Kreis

    @rule(name=DESKS, pick=st.integers(0, 3))
    def choose(self, name: str, pick: int) -> None:
        """A person decides which of the histories of a desk counts, right or wrong."""
        place = self.at(name)
        if found := self.world.histories(place):
            self._choose(place, found[pick % len(found)])

    @precondition(lambda self: not (self.stolen or self._has_passed()))
    @rule(epochs=st.lists(st.booleans(), min_size=1, max_size=3))
    def steal(self, epochs: list[bool]) -> None:
        """South is stolen and revoked; the thief begins new epochs, and asks to be enrolled again."""
        self.stolen = True
        place = self.at("south")
        self._send(place, home=True)
        self.world.revoke(place)
        for new in epochs:
            self.world.thieve(place, new_epoch=new)
            self._send(place)

    def place_of(self, held: Held, on_copy: bool = False) -> Place:
        """Return where a case is worked on; something happens there now."""
        return self.at(held.name, on_copy)

    def _has_passed(self) -> bool:
        """Return whether cases are on their way between the desks, which nobody copies or puts back then."""
        return False
