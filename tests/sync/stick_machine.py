"""Sticks and receipts between desks and their Kreis, and what must hold whatever becomes of them."""

from datetime import timedelta
from pathlib import Path
from typing import ClassVar

from hypothesis.stateful import RuleBasedStateMachine, invariant

from kimdesk import sync
from kimdesk.domain.errors import BundleError
from kimdesk.kreis import Result
from kimdesk.sync.sealing.gaps import numbers
from tests.sync import powers
from tests.sync.oracle import agree
from tests.sync.world import COPY, LOST_KEYS, NAMES, Place, Stick, World

Letter = tuple[str, Path]
"""A receipt, and the desk it is for."""

STOPPED = "E406"
CLOCK = "E407"  # the desk begins anew by itself


class StickMachine(RuleBasedStateMachine):
    """What every walk sees to, without rules; ``template`` is the folder ``world.prepare`` made."""

    template: ClassVar[Path]
    steps: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        self.world = World(self.template)
        self.number = 0
        self.touched: set[str] = set()
        self.lying: list[Stick] = []
        self.letters: list[Letter] = []

    def teardown(self) -> None:
        """See that both agree in the end, and put everything away."""
        try:
            self.all_agree_in_the_end()
        finally:
            self.world.close()

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
        for stick in self.lying[self.number % 3 :: 3]:
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
            if self._lost_its_keys(place) or self.world.code in powers.REPLACED:
                powers.enrol_anew(self.world, place)
            elif self.world.code != CLOCK and stick.digest in self.world.histories(place):
                self._choose(place, stick.digest)
            elif self._unsent(place) == 0:
                return
        raise AssertionError("unsent, though sticks and their receipts got through")

    def _lost_its_keys(self, place: Place) -> bool:
        """Return whether newer keys of a desk went with its backup: its own receipt says so, and a person
        has to enrol it anew (decision 0038)."""
        lost = self.world.told == LOST_KEYS
        assert not lost or place.name in self.world.restored, "a receipt for keys the desk never had"
        return lost

    def _unsent(self, place: Place) -> int:
        with self.world.at(place.clock) as moment:
            return sync.status(place.desk, now=moment).unsent

    def agreed(self, place: Place) -> None:
        """See that a desk and the Kreis agree."""
        agree(self.world, place)

    def at(self, name: str, on_copy: bool = False) -> Place:
        """Return the place; something happens there now."""
        place = self.world.place(name, on_copy=on_copy)
        self.touched.add(place.name)
        return place

    def _choose(self, place: Place, digest: str) -> None:
        for receipt in self.world.choose(place, digest):
            self.letters.append((place.name.removesuffix(COPY), receipt))

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
