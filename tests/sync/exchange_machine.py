"""Desks and their Kreis over sticks and receipts that get lost, doubled, late or mixed up: all of it real.

A step is a small scene, not a single grip: a stick is written, goes over or not, its receipt comes home or
not. So a walk of a dozen steps holds several of the things that must not meet, and they do meet.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
)

from kimdesk import sync
from kimdesk.domain.errors import BundleError
from kimdesk.domain.records import Case, Consent, Member, Record
from kimdesk.domain.terms import Role, SharingLevel
from kimdesk.kreis import Result
from kimdesk.sync.sealing.gaps import numbers
from tests.sync import powers
from tests.sync.exchange import KINDS, Known
from tests.sync.oracle import agree
from tests.sync.world import AGS_OF, COPY, NAMES, Place, Stick, World

R = TypeVar("R", bound=Record)
Letter = tuple[str, Path]
"""A receipt, and the desk it is for."""

STOPPED = "E406"

NAMED, PSEUDONYMISED = SharingLevel.IDENTIFIED, SharingLevel.PSEUDONYMISED
LEVELS = [NAMED, NAMED, PSEUDONYMISED, SharingLevel.STATISTICS]
FEW = ("person", "goals")
MOST_CASES = 4
DESKS = st.sampled_from(["north", "north", "north", "south"])
COPIES = st.booleans()
PURPOSES = ["reporting", "school", "language_course", "reporting"]
DECISIONS = ["withdraw", "withdraw", "again", "again", "less", "end", "later", "level", "move", "protect",
             "purpose", "own"]  # fmt: skip


@dataclass(frozen=True)
class Held:
    """A case and the desk it is of."""

    name: str
    known: Known


class ExchangeMachine(RuleBasedStateMachine):
    """What can happen between desks and their Kreis; ``template`` is the folder ``world.prepare`` made."""

    template: ClassVar[Path]
    steps: ClassVar[int] = 0
    cases = Bundle("cases")
    sticks = Bundle("sticks")
    receipts = Bundle("receipts")
    backups = Bundle("backups")

    def __init__(self) -> None:
        super().__init__()
        self.world = World(self.template)
        self.number = 0
        self.touched: set[str] = set()
        self.lying: list[Stick] = []
        self.held: list[Held] = []
        self.stolen = False
        self.letters: list[Letter] = []

    def teardown(self) -> None:
        """See that both agree in the end, and put everything away."""
        try:
            self.all_agree_in_the_end()
        finally:
            self.world.close()

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
            _join(place, held.known, other.known)
        elif what == "write":
            _change(place, held.known.goal, text=f"Ziel {self.number}")
        elif goal := _now(place, held.known.goal):
            place.remove(goal)

    @rule(held=cases, on_copy=COPIES, what=st.sampled_from(DECISIONS), days=st.integers(0, 3))
    def decide(self, held: Held, on_copy: bool, what: str, days: int) -> None:
        """Something changes that decides what may leave: the family says so, or moves, or is in danger."""
        self._decide(held, on_copy, what, days)

    def _decide(self, held: Held, on_copy: bool, what: str, days: int) -> None:
        place = self.place_of(held, on_copy)
        known, today = held.known, (self.world.now + place.clock).date()
        if what == "move":
            _change(place, known.case, ags=AGS_OF[place.name.removesuffix(COPY)][days % 2])
        elif what == "protect":
            person = _now(place, known.person)
            _change(place, known.person, protected=not (person and person.protected))
        elif what == "own":
            _say(place, known.case, today)
        else:
            values: dict[str, Any] = {
                "withdraw": {"withdrawn_on": today},
                "again": {
                    "withdrawn_on": None,
                    "valid_until": None,
                    "level": LEVELS[0],
                    "kinds": KINDS,
                    "purpose": PURPOSES[0],
                },
                "purpose": {"purpose": PURPOSES[days]},
                "less": {"kinds": FEW},
                "end": {"valid_until": today + timedelta(days)},
                "later": {"given_on": today + timedelta(days)},
                "level": {"level": LEVELS[days]},
            }
            _change(place, known.agreed, **values[what])

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

    def _send(self, place: Place, *, home: bool = False) -> Letter | None:
        """Write a stick and read it in; return its receipt. What is taken over brings both to agree."""
        stick = self._written(place)
        return self._over(stick, home=home, fresh=True) if stick else None

    def _written(self, place: Place, *, lost: bool = False) -> Stick | None:
        """Return a new stick, None when this laptop was told to stop; a ``lost`` one is never found again."""
        try:
            stick = self.world.write(place)
        except BundleError as error:
            if error.code != STOPPED:
                raise
            return None
        if not lost:
            self.lying.append(stick)
        return stick

    def _over(self, stick: Stick, *, home: bool = False, fresh: bool = False) -> Letter | None:
        """Read a stick in; return its receipt."""
        result = self.world.carry(stick)
        place = self.world.places.get(stick.writer)
        if fresh and place and result.result is Result.APPLIED:
            self.agreed(place)
            self._names_what_is_missing(stick, numbers(result.missing))
        receipt = self.world.answer(result)
        if receipt is None:
            return None
        self.letters.append((stick.name, receipt))
        if home and place:
            self.world.take(self.at(stick.writer), receipt)
            if fresh and result.result is Result.APPLIED:
                self._knows_what_is_missing(place, stick)
        return self.letters[-1]

    def _names_what_is_missing(self, stick: Stick, missing: list[int]) -> None:
        """The Kreis names every bundle before this one of which nothing counted, and no other."""
        if stick.name not in self.world.copied:
            before = ((stick.desk, stick.epoch, seq) for seq in range(1, stick.seq))
            assert missing == [each[2] for each in before if each not in self.world.arrived]

    def _knows_what_is_missing(self, place: Place, stick: Stick) -> None:
        """The desk names every bundle of its chain that never came to the Kreis."""
        if stick.name not in self.world.copied:
            here = {(each.epoch, each.seq) for each in self.world.carried if each.desk == stick.desk}
            lost = {seq for seq in range(1, stick.seq) if (stick.epoch, seq) not in here}
            with self.world.at(place.clock) as moment:
                assert lost <= set(sync.status(place.desk, now=moment).missing)

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
    @rule(name=DESKS, sticks=st.lists(st.booleans(), min_size=2, max_size=6))
    def copy(self, name: str, sticks: list[bool]) -> None:
        """The folder of the vault is copied, and both go on working with it."""
        self.world.copy(name)
        for on_copy in sticks:
            place = self.at(name, on_copy)
            self.number += 1
            place.case(f"Name {self.number}")
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

    def _choose(self, place: Place, digest: str) -> None:
        for receipt in self.world.choose(place, digest):
            self.letters.append((place.name.removesuffix(COPY), receipt))

    def _has_passed(self) -> bool:
        """Return whether cases are on their way between the desks, which nobody copies or puts back then."""
        return False

    # what must hold

    @invariant()
    def nothing_unsent_means_both_agree(self) -> None:
        """Unless a copy goes about: then the Kreis may have heard more than one of both knows."""
        type(self).steps += 1
        self.world.pass_on(timedelta(minutes=1))
        for name in self.touched & set(self.world.places):
            place = self.world.places[name]
            if not self.world.others(place) and self._unsent(place) == 0:
                self.agreed(place)
        self.touched.clear()

    def all_agree_in_the_end(self) -> None:
        """Everything arrives, everybody decides; then two sticks that get through are enough."""
        world = self.world
        world.kreis_clock = timedelta()
        for place in world.places.values():
            place.clock = timedelta()
        for stick in self.lying:
            if stick not in world.carried:
                world.carry(stick)
        names = [name for name in NAMES if not world.known[world.places[name].id].revoked]
        for name in names:
            self._settle(world.places[name])
        for stick in self.lying:
            assert world.carry(stick).result is not Result.APPLIED, "an old stick counts again"
        for name in names:
            self.agreed(world.places[name])

    def _settle(self, place: Place) -> None:
        """Carry sticks and receipts until both agree; the laptop counts, its copy does not."""
        taken = 0
        for _ in range(6):
            new, taken = self.letters[taken:], len(self.letters)
            for name, receipt in new:
                if name == place.name:
                    self.world.take(place, receipt)
            stick = self._written(place)
            if stick is None:
                self.world.start_anew(place)
                continue
            self._over(stick, home=True, fresh=True)
            if self.world.code in powers.REPLACED:
                powers.enrol_anew(self.world, place)
            elif stick.digest in self.world.histories(place):
                self._choose(place, stick.digest)
            elif self._unsent(place) == 0:
                return
        raise AssertionError("unsent, though sticks and their receipts got through")

    def _unsent(self, place: Place) -> int:
        with self.world.at(place.clock) as moment:
            return sync.status(place.desk, now=moment).unsent

    def agreed(self, place: Place) -> None:
        """See that a desk and the Kreis agree."""
        agree(self.world, place)

    def place_of(self, held: Held, on_copy: bool = False) -> Place:
        """Return where a case is worked on; something happens there now."""
        return self.at(held.name, on_copy)

    def at(self, name: str, on_copy: bool = False) -> Place:
        """Return the place; something happens there now."""
        place = self.world.place(name, on_copy=on_copy)
        self.touched.add(place.name)
        return place


def _now(place: Place, record: R) -> R | None:
    """Return the record as it is there by now, if it is."""
    with place.desk.reading() as reader:
        return reader.get(type(record), record.id)


def _change(place: Place, record: Record, **values: Any) -> None:
    if found := _now(place, record):
        place.change(found, **values)


def _say(place: Place, case: Case, today: date) -> None:
    """Somebody of the household says for themselves what may leave about them, or takes it back."""
    with place.desk.reading() as reader:
        said = [each for each in reader.of_case(Consent, case.id) if each.person_id]
        others = [each.person_id for each in reader.of_case(Member, case.id) if each.role is Role.PARTNER]
    if said:
        _change(place, said[0], withdrawn_on=None if said[0].withdrawn_on else today)
    elif others and _now(place, case):
        place.put(
            Consent(
                case_id=case.id, person_id=others[0], recipient="ki", purpose=PURPOSES[0], kinds=KINDS,
                level=LEVELS[0], given_on=today,
            )
        )  # fmt: skip


def _join(place: Place, known: Known, other: Known) -> None:
    """Let the other client belong to the household as well."""
    with place.desk.reading() as reader:
        inside = {each.person_id for each in reader.of_case(Member, known.case.id)}
    if other.person.id not in inside and _now(place, other.person) and _now(place, known.case):
        place.put(Member(case_id=known.case.id, person_id=other.person.id, role=Role.PARTNER))
