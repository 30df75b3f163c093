"""After a power cut every acknowledged save is there and the vault opens, if the disk honours flush.

The real program, encryption and all, is recorded from creating the vault to closing it; from the record
come the states a disk might be left in. Each must open, pass every check and hold what was acknowledged.
"""

import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kimdesk import vault as vaults
from kimdesk.casework.desk import Desk
from kimdesk.domain import files
from kimdesk.domain.errors import KimdeskError
from kimdesk.vault import Strength, database, slotfile
from kimdesk.vault.passphrase import prepared
from kimdesk.vault.slots import SlotBook
from tests.conftest import PASSPHRASE
from tests.torture.clerk import Ack, Clerk, Reckoning
from tests.torture.measure import dice, progress, report, times
from tests.torture.opening import newest, open_desk
from tests.torture.powercut import cuts, put_back
from tests.torture.tap import Step, tapped

OTHER = "nebel kajak distel anker pfiff walze"


@dataclass
class Recording:
    """A day at a desk, as the disk saw it. ``books``: the slot books in the order they were made."""

    root: Path
    keys: list[bytearray] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    books: list[SlotBook] = field(default_factory=list)

    @property
    def folder(self) -> Path:
        return self.root / "vault"

    def hook(self, step: Step) -> int:
        if Path(step.path).is_relative_to(self.root):
            self.steps.append(step)
        return 0

    def tell(self, ack: Ack) -> None:
        self.steps.append(Step("mark", data=json.dumps(ack).encode()))

    def note_book(self, passphrase: str) -> None:
        opened = slotfile.open_copies(slotfile.read_copies(self.folder), "pass", prepared(passphrase))
        self.keys.append(opened.key)
        self.books.append(opened.book)
        self.tell(Ack(True, "book", rev=opened.book.generation))


def record(root: Path, saves: int) -> Recording:
    """Create a vault, work, change the passphrase, lock, give it a new key, unlock, work again."""
    found = Recording(root)
    root.mkdir()
    with tapped(found.hook):
        desk, _ = Desk.create(
            found.folder, PASSPHRASE, name="Eschenried", user="", strength=Strength.INTERACTIVE
        )
        found.note_book(PASSPHRASE)
        clerk = work(found, desk, None, saves)
        vaults.change_passphrase(found.folder, PASSPHRASE, OTHER)
        found.note_book(OTHER)
        clerk = work(found, desk, clerk, saves // 4)
        desk.close()
        vaults.rekey(found.folder, OTHER)
        found.note_book(OTHER)
        with Desk.unlock(found.folder, OTHER) as again:
            work(found, again, clerk, saves // 2)
            vaults.change_passphrase(found.folder, OTHER, PASSPHRASE)
            found.note_book(PASSPHRASE)
    return found


def work(found: Recording, desk: Desk, clerk: Clerk | None, saves: int) -> Clerk:
    busy = Clerk(desk, dice("clerk", saves), found.tell)
    if clerk:
        busy.cases, busy.goals = clerk.cases, clerk.goals
    for _, _ in zip(busy.work(), range(saves), strict=False):
        pass
    return busy


@dataclass
class Tally:
    """What became of the states."""

    states: int = 0
    acknowledged: int = 0
    alarms: int = 0
    bad: list[str] = field(default_factory=list)


def play(found: Recording, home: Path, count: int, *names: object) -> Tally:
    """Cut the power ``count`` times and look at what is left."""
    tally, told, read = Tally(), Reckoning(), 0
    generation = 0
    for moment, left in cuts(found.root, found.steps, count, dice(*names)):
        for step in found.steps[read:moment]:
            if step.kind == "mark":
                ack = Ack(*json.loads(step.data))
                generation = max(generation, ack.rev) if ack.kind == "book" else generation
                told.take(ack)
        read = moment
        told.kept.pop(("book", ""), None)
        place = home / "state"
        put_back(left, place)
        if losses := look(found, place / "vault", told, generation):
            tally.bad.append(f"step {moment}: {losses}")
            tally.alarms += "E030" in str(losses)
        tally.states += 1
        progress(f"power {names[0]}", tally.states, count)
        tally.acknowledged = told.count
        shutil.rmtree(place)
    return tally


def look(found: Recording, folder: Path, told: Reckoning, generation: int) -> list[str]:
    """Return what is lost or damaged in one state."""
    if not folder.exists():
        return ["the vault is gone"] if generation else []
    try:
        with open_desk(folder, *found.keys) as desk:
            losses = told.losses(desk)
        book = newest(folder, *found.keys).book
    except KimdeskError as error:
        return [f"cannot be opened: {error}"]
    if book not in found.books[max(0, generation - 1) : generation + 1]:
        losses.append(f"slot book {book.generation} after {generation} was acknowledged")
    return losses


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Recording:
    return record(tmp_path_factory.mktemp("power") / "disk", times(40, 160))


def test_no_acknowledged_save_is_lost_by_a_power_cut(recording: Recording, fast: Path) -> None:
    tally = play(recording, fast, times(120, 2100), "cuts")
    report("power cuts", states=tally.states, steps_recorded=len(recording.steps),
           acknowledged=tally.acknowledged, bad=len(tally.bad), false_alarms=tally.alarms)  # fmt: skip
    assert tally.bad == []


def test_without_flushing_the_database_the_same_cuts_do_damage(
    fast: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The harness has teeth."""
    careless = tuple(each.replace("= FULL", "= OFF") for each in database._SETTINGS)
    assert careless != database._SETTINGS
    monkeypatch.setattr(database, "_SETTINGS", careless)
    tally = play(record(fast / "disk", 30), fast, times(40, 300), "careless")
    report("power cuts with synchronous=OFF", states=tally.states, bad=len(tally.bad))
    assert len(tally.bad) > tally.states // 10


def test_without_flushing_files_the_same_cuts_do_damage(fast: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Slot file and anchor: the harness has teeth here too."""
    monkeypatch.setattr(files, "_flush", lambda path: None)
    tally = play(record(fast / "disk", 4), fast, times(40, 300), "unflushed")
    report("power cuts without flushing slot file and anchor", states=tally.states, bad=len(tally.bad))
    assert tally.bad
