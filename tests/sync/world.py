"""Two desks, copies of them, a Kreis, and every stick and receipt that lies around between them: all real.

Only what costs time and is tested elsewhere is spared: Argon2, the disk (files lie in memory where there is
such a place), and reading the same private keys again and again.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from unittest.mock import patch

from kimdesk import kreis as kreis_room
from kimdesk import sync
from kimdesk.casework import upkeep
from kimdesk.casework.desk import Desk
from kimdesk.domain import dates
from kimdesk.domain.errors import BundleError
from kimdesk.kreis import ImportResult, Result
from kimdesk.sync.sealing.envelope import unproven_digest
from kimdesk.sync.trust import cards, colleagues
from tests.conftest import PASSPHRASE
from tests.sync.exchange import AGS, NOW, Exchange, enrol, make_desk

NAMES = ("north", "south")
AGS_OF = {"north": (AGS, "05999007"), "south": ("05999002", "05999008")}
COPY = "'s copy"
LOST_KEYS = "E304"
FORKS = ("E401", "E405")
_MEMORY = Path("/dev/shm")
_HERE = (Result.APPLIED, Result.DUPLICATE)
_ANSWERS_NOTHING_HERE = ("E404", "E219", LOST_KEYS)  # of another laptop, or for and from keys that are over


@dataclass
class Place(Exchange):
    """A computer with the vault of a desk; a copied laptop is a place of its own."""

    name: str
    clock: timedelta = timedelta()

    @property
    def id(self) -> str:
        """Return what the Kreis keeps the desk under."""
        return colleagues.own_id(self.desk)


@dataclass(frozen=True)
class Stick:
    """A bundle that lies around, and who wrote it: ``desk`` as the Kreis keeps it, ``writer`` the place."""

    path: Path
    desk: str
    writer: str
    epoch: int
    seq: int

    @property
    def digest(self) -> str:
        """Return what names the bundle in chains."""
        return unproven_digest(self.path).hex()

    @property
    def number(self) -> tuple[str, int, int]:
        """Return the number the bundle has: of which desk, in which epoch."""
        return self.desk, self.epoch, self.seq

    @property
    def name(self) -> str:
        """Return the name of the desk, of which the writer may be the copy."""
        return self.writer.removesuffix(COPY)


@dataclass
class Known:
    """What is known of a desk: more than one history of it has come; its keys were revoked."""

    forked: bool = False
    revoked: bool = False


class World:
    """Everything there is, and what may be done with it. ``template``: see ``prepare``."""

    def __init__(self, template: Path) -> None:
        self.home = Path(tempfile.mkdtemp(dir=_MEMORY if _MEMORY.is_dir() else None))
        shutil.copytree(template, self.home, dirs_exist_ok=True)
        self.now = NOW
        self.kreis_clock = timedelta()
        self.kreis = Desk.unlock(self.home / "kreis", PASSPHRASE)
        self.places = {name: self._open(name) for name in NAMES}
        self.copied: set[str] = set()
        self.known = {place.id: Known() for place in self.places.values()}
        self.carried: set[Stick] = set()
        self.arrived: set[tuple[str, int, int]] = set()
        self.code = ""
        self.told = ""
        self.restored: set[str] = set()
        self.files = 0

    def close(self) -> None:
        """Put everything away."""
        for place in self.places.values():
            place.desk.close()
        self.kreis.close()
        shutil.rmtree(self.home)

    def place(self, name: str, *, on_copy: bool = False) -> Place:
        """Return the desk ``name``, or its copy where there is one."""
        return self.places.get(f"{name}{COPY}" if on_copy else name, self.places[name])

    def others(self, place: Place) -> list[Place]:
        """Return the places that go by the same keys."""
        return [each for each in self.places.values() if each is not place and each.id == place.id]

    @contextmanager
    def at(self, clock: timedelta) -> Iterator[datetime]:
        """Let the program read a clock that is wrong by ``clock``."""
        moment = self.now + clock
        with patch.object(dates, "now", lambda: moment):
            yield moment

    def pass_on(self, time: timedelta) -> None:
        """Let time pass, everywhere alike."""
        self.now += time

    # sticks and receipts

    def write(self, place: Place) -> Stick:
        """Write a bundle and keep it under a name of its own."""
        with self.at(place.clock) as moment:
            made = sync.export(place.desk, place.stick, now=moment)
            epoch = sync.status(place.desk, now=moment).epoch
        return Stick(self._kept(made.path), place.id, place.name, epoch, made.seq)

    def carry(self, stick: Stick) -> ImportResult:
        """Read a bundle in at the Kreis, and see that it was allowed to take it over."""
        self.told = ""
        with self.at(self.kreis_clock) as moment:
            [result] = kreis_room.import_files(self.kreis, [stick.path], self.home / "receipts", now=moment)
        self.carried.add(stick)
        self.code = result.code
        if result.result in _HERE:
            self.arrived.add(stick.number)
        known = self.known[stick.desk]
        if result.result is Result.APPLIED:
            assert not known.forked, "taken over while nobody has decided which history counts"
            assert not known.revoked, "taken over from a desk that is revoked"
        if result.code in FORKS:
            known.forked = True
        return result

    def answer(self, result: ImportResult) -> Path | None:
        """Return the receipt, kept under a name of its own."""
        return None if result.receipt is None else self._kept(result.receipt, copy=True)

    def take(self, place: Place, receipt: Path) -> None:
        """Take a receipt home; one that answers nothing of this place says so."""
        self.told = ""
        with self.at(place.clock):
            try:
                sync.take_receipt(place.desk, receipt)
            except BundleError as error:
                self.told = error.code
                if error.code not in _ANSWERS_NOTHING_HERE:
                    raise

    def _kept(self, path: Path, *, copy: bool = False) -> Path:
        self.files += 1
        kept = self.home / f"kept-{self.files}{path.suffix}"
        return Path(shutil.copy(path, kept)) if copy else path.rename(kept)

    # vaults that are copied, kept, put back

    def copy(self, name: str) -> None:
        """Copy the folder of a desk's vault: from now on two computers say they are this desk."""
        place = self.places[name]
        place.desk.close()
        self.copied.add(name)
        if former := self.places.get(f"{name}{COPY}"):
            former.desk.close()
        shutil.rmtree(self.home / f"{name}{COPY}", ignore_errors=True)
        shutil.copytree(place.home, self.home / f"{name}{COPY}")
        self.places[name] = self._open(name, place.clock)
        self.places[f"{name}{COPY}"] = self._open(f"{name}{COPY}", place.clock)

    def back_up(self, place: Place) -> Path:
        """Make a backup."""
        with self.at(place.clock) as moment:
            self.files += 1
            return upkeep.backup(place.desk, self.home / f"backup-{self.files}", now=moment).path

    def put_back(self, place: Place, backup: Path) -> None:
        """Restore a backup in the place of the vault."""
        place.desk.close()
        shutil.rmtree(place.home / "desk")
        with self.at(place.clock) as moment:
            upkeep.restore(backup, place.home / "desk", PASSPHRASE, now=moment).close()
        self.places[place.name] = self._open(place.name, place.clock)
        self.restored.add(place.name)

    def thieve(self, place: Place, *, new_epoch: bool) -> None:
        """Try what a thief would: begin again, or ask for a new certificate."""
        with self.at(place.clock):
            if new_epoch:
                sync.start_epoch(place.desk)
            else:
                with suppress(BundleError):
                    enrol(place.desk, self.kreis, self.home)

    def start_anew(self, place: Place) -> None:
        """Do what a laptop is told that another history was chosen over."""
        with self.at(place.clock):
            sync.start_epoch(place.desk)

    def _open(self, name: str, clock: timedelta = timedelta()) -> Place:
        home = self.home / name
        return Place(home, Desk.unlock(home / "desk", PASSPHRASE, accept_older=True), self.kreis, name, clock)

    # what is decided at the Kreis

    def histories(self, place: Place) -> list[str]:
        """Return the digests a person at the Kreis may choose between for a desk."""
        found = kreis_room.disputes(self.kreis)
        return [each.digest for dispute in found if dispute.desk_id == place.id for each in dispute.histories]

    def choose(self, place: Place, digest: str) -> list[Path]:
        """Let the history count that has this bundle; return the receipts of what was kept of it.

        Choosing reads in what was kept, without a stick: from then on that is here, and not missing.
        """
        self.known[place.id].forked = False
        with self.at(self.kreis_clock) as moment:
            results = kreis_room.choose(self.kreis, place.id, digest, self.home / "receipts", now=moment)
        kept = {stick.path.name: stick.number for stick in self.carried}
        self.arrived |= {kept[each.file.name] for each in results if each.result in _HERE}
        return [receipt for each in results if (receipt := self.answer(each))]

    def revoke(self, place: Place) -> None:
        """Let nothing of a desk count any more from its next bundle on."""
        [row] = [each for each in kreis_room.desks(self.kreis) if each.id == place.id]
        kreis_room.revoke(self.kreis, place.id, row.last_seq + 1)
        self.known[place.id].revoked = True


def prepare(home: Path) -> Path:
    """Make the closed vaults of a world in the empty folder ``home``, within ``cheaply``. Copy it."""
    kreis = make_desk(home / "kreis", "Kreis Auental", "kreis")
    desks = []
    for name in NAMES:
        (home / name / "stick").mkdir(parents=True)
        desk = make_desk(home / name / "desk", name.title(), municipalities=AGS_OF[name])
        enrol(desk, kreis, home)
        desks.append(desk)
    for giver, taker in (desks, reversed(desks)):
        cards.write(giver, home / "card.kimk")
        colleagues.meet(taker, (home / "card.kimk").read_bytes())
    for each in (*desks, kreis):
        each.close()
    (home / "receipts").mkdir()
    return home
