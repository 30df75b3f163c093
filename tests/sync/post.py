"""Cases on their way from desk to desk: every file real, any of them lost, late or doubled."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from kimdesk.casework import responsible
from kimdesk.domain.custody import CaseStanding, Passage, PassageWay, Side, Stage
from kimdesk.domain.errors import BundleError, CaseworkError
from kimdesk.domain.records import Case
from kimdesk.sync import arrivals
from kimdesk.sync.passing import covers, moves
from kimdesk.sync.trust import cards, colleagues, device
from tests.sync.world import NAMES, Place, World

_REFUSED = {
    "E104", "E203", "E220", "E221", "E301", "E420", "E421", "E422", "E423", "E424", "E425", "E426", "E427",
    "E428", "E429", "E430", "E433", "E434", "E435", "E804", "E853", "E864", "E865", "E866",
}  # fmt: skip
"""What somebody is told who asks for something that is not, or not now, to be had: nothing happens then."""


@dataclass(frozen=True)
class Parcel:
    """A file for a desk that lies around."""

    to: str
    path: Path


@dataclass
class Post:
    """What may be done with cases between the two desks of a world. ``files``: all that was ever written."""

    world: World
    files: list[Parcel] = field(default_factory=list)

    def offer(self, place: Place, case_id: str, days: int) -> Parcel | None:
        """Offer a case to the other desk for some days, or write the same offer again."""
        return self._given(moves.offer, place, case_id, days)

    def lend(self, place: Place, case_id: str, days: int) -> Parcel | None:
        """Lend a copy to the other desk for some days."""
        return self._given(covers.lend, place, case_id, days)

    def _given(self, give: Callable[..., Passage], place: Place, case_id: str, days: int) -> Parcel | None:
        to = self.other(place).id
        named = {"basis": "public_task", "addresses": True}

        def write(out: Path, now: datetime) -> Passage:
            until = now.date() + timedelta(days)
            return give(place.desk, case_id, to, out, until=until, now=now, **named)

        return self._written(place, write)

    def answer(self, file: Parcel, *, accept: bool) -> Parcel | None:
        """Accept what a file offers, or refuse it."""
        place = self.world.places[file.to]
        return self._written(
            place,
            lambda out, now: moves.answer(
                place.desk, file.path, out, accept=accept, reason="nicht zuständig", now=now
            ),
        )

    def word(self, place: Place, case_id: str, what: str) -> Parcel | None:
        """Withdraw an offer, add what was changed since, give a copy back, or confirm that it came back."""
        write: dict[str, Callable[..., Passage]] = {
            "withdraw": moves.withdraw, "add": moves.add, "back": covers.give_back, "confirm": covers.confirm,
        }  # fmt: skip
        return self._written(place, lambda out, now: write[what](place.desk, case_id, out, now=now))

    def recall(self, place: Place, case_id: str) -> None:
        """Wait no longer for a copy."""
        with self._told(place) as now:
            covers.recall(place.desk, case_id, "kam nicht zurück", now=now)

    def take(self, file: Parcel) -> None:
        """Take what a file brings."""
        place = self.world.places[file.to]
        with self._told(place) as now:
            arrivals.take(place.desk, file.path, now=now)

    def meet(self) -> None:
        """Let both desks have each other's present card."""
        for place in self._places():
            card = self.world.home / "card.kimk"
            with self._told(place) as now:
                cards.write(place.desk, card, now=now)
                colleagues.meet(self.other(place).desk, card.read_bytes(), device.day_of(now))

    def other(self, place: Place) -> Place:
        """Return the other desk."""
        [name] = [each for each in NAMES if each != place.name]
        return self.world.places[name]

    def _places(self) -> list[Place]:
        return [self.world.places[name] for name in NAMES]

    def standing(self, place: Place, case_id: str) -> CaseStanding | None:
        """Return what holds for a case at a desk, None where it is not."""
        with self.world.at(place.clock), place.desk.reading() as reader:
            if reader.get(Case, case_id) is None:
                return None
        with self.world.at(place.clock):
            return responsible.of_case(place.desk, case_id)

    def responsible(self, case_id: str) -> list[Place]:
        """Return the desks that say a case is theirs."""
        found = (
            (place, self.standing(place, case_id)) for place in map(self.world.places.get, NAMES) if place
        )
        return [place for place, standing in found if standing and standing.reports]

    def covering(self, case_id: str) -> Place | None:
        """Return the desk that has a copy, if it may still write in it."""
        for place in self._places():
            standing = self.standing(place, case_id)
            if standing and not standing.reports and not standing.read_only:
                return place
        return None

    def under_way(self, case_id: str) -> Place | None:
        """Return the desk that does not know yet that the other one has accepted a case of it."""
        for giver in self._places():
            there = self._passages(self.other(giver), case_id)
            accepted = {each.id for each in there if (each.side, each.stage) == (Side.TOOK, Stage.ACCEPTED)}
            here = [each for each in self._passages(giver, case_id) if each.side is Side.GAVE]
            if any(each.id in accepted and each.stage is not Stage.ACCEPTED for each in here):
                return giver
        return None

    def finish(self, case_id: str) -> None:
        """Bring everything to its end that is on its way with a case: nothing is lost any more."""
        self.meet()
        for place in self._places():
            for each in self._passages(place, case_id):
                if each.way is PassageWay.COVER and each.side is Side.TOOK and each.stage is Stage.LENT:
                    self._arrive(self.word(place, case_id, "back"))
                    self._arrive(self.word(self.other(place), case_id, "confirm"))
        if giver := self.under_way(case_id):
            accepted = self.other(giver)
            for file in [each for each in self.files if each.to == accepted.name]:
                self._arrive(self.answer(file, accept=True))

    def _arrive(self, file: Parcel | None) -> None:
        if file:
            self.take(file)

    def _passages(self, place: Place, case_id: str) -> tuple[Passage, ...]:
        return responsible.history(place.desk, case_id)

    def _written(self, place: Place, write: Callable[[Path, datetime], object]) -> Parcel | None:
        folder = self.world.home / f"post-{len(self.files)}-{place.name}"
        folder.mkdir(exist_ok=True)
        path = folder / "datei.kimh"
        with self._told(place) as now:
            write(path, now)
        if not path.exists():
            return None
        self.files.append(Parcel(self.other(place).name, path))
        return self.files[-1]

    @contextmanager
    def _told(self, place: Place) -> Iterator[datetime]:
        """Do something by the clock of a desk; what is refused has a sentence of its own."""
        try:
            with self.world.at(place.clock) as now:
                yield now
        except (BundleError, CaseworkError) as error:
            if error.code not in _REFUSED:
                raise
