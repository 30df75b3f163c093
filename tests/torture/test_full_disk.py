"""A disk that is full at any step of anything: a clear sentence, nothing lost, and on we go with space.

Each action is done again and again, refused at its first step on the disk, its second, and so on. The
vault must still hold what was acknowledged, take the next save once there is room, and open again.
"""

import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kimdesk import sync
from kimdesk import vault as vaults
from kimdesk.casework import cases, exchange, records
from kimdesk.casework.desk import Desk
from kimdesk.domain.errors import KimdeskError, StoreError
from kimdesk.domain.records import Contact
from kimdesk.texts.refusals import explain
from kimdesk.vault import Strength
from kimdesk.vault.backup import backup, list_backups
from tests.conftest import PASSPHRASE
from tests.sync.exchange import NOW
from tests.torture.clerk import DAY, Ack, Clerk, Reckoning
from tests.torture.measure import LONG, dice, progress, report
from tests.torture.opening import open_desk
from tests.torture.quick import quickly
from tests.torture.tap import Step, tapped
from tests.vault.helpers import opened

FULL = 13  # SQLITE_FULL
COSTS_SPACE = ("create", "mkdir", "write", "sync", "syncdir", "rename")
OTHER = "nebel kajak distel anker pfiff walze"
PATIENCE = 1200  # steps of one action that are tried


@dataclass
class FullDisk:
    """Has room for ``room`` more steps below ``root``."""

    root: Path
    room: int
    refused: int = 0

    def hook(self, step: Step) -> int:
        if step.kind not in COSTS_SPACE or not Path(step.path).is_relative_to(self.root):
            return 0
        self.room -= 1
        self.refused += self.room < 0
        return FULL if self.room < 0 else 0


@dataclass
class Scene:
    """A desk with some work acknowledged, its stick, and a folder for backups."""

    home: Path
    key: bytearray
    told: Reckoning = field(default_factory=Reckoning)

    def open(self) -> Desk:
        return open_desk(self.home / "desk", self.key)

    def work(self, desk: Desk, saves: int) -> Clerk:
        clerk = Clerk(desk, random.Random(saves), self.told.take)
        clerk.open_case()
        for _ in range(saves):
            clerk.set_goal()
        return clerk


Action = Callable[[Scene, Desk, Clerk], object]


def note(scene: Scene, desk: Desk, clerk: Clerk) -> None:
    records.save(desk, Contact(case_id=clerk.case.id, held_on=DAY, content=clerk.words(600)))


def take_in(scene: Scene, desk: Desk, clerk: Clerk) -> None:
    exchange.import_documents(desk, [{"ags": "05999001", "opened_on": "2026-03-02"}] * 3)


def attach(scene: Scene, desk: Desk, clerk: Clerk) -> None:
    clerk.attach()


def erase(scene: Scene, desk: Desk, clerk: Clerk) -> None:
    [case] = clerk.cases
    erased = Ack(True, "erased", case.id, case_id=case.id)
    try:
        cases.erase(desk, case.id)
    except StoreError as error:
        if error.code == "E911":
            scene.told.take(erased)
        raise
    scene.told.take(erased)


def export(scene: Scene, desk: Desk, clerk: Clerk) -> None:
    sync.export(desk, scene.home / "stick", now=NOW)


def change_passphrase(scene: Scene, desk: Desk, clerk: Clerk) -> None:
    vaults.change_passphrase(scene.home / "desk", PASSPHRASE, OTHER)


def lock_and_open(scene: Scene, desk: Desk, clerk: Clerk) -> None:
    desk.close()
    scene.open().close()


def back_up(scene: Scene, desk: Desk, clerk: Clerk) -> None:
    backup(desk.vault, scene.home / "backups")


def renew(scene: Scene, desk: Desk, clerk: Clerk) -> None:
    desk.close()
    vaults.rekey(scene.home / "desk", PASSPHRASE)


def create(scene: Scene, desk: Desk, clerk: Clerk) -> None:
    Desk.create(scene.home / "new", PASSPHRASE, name="x", user="", strength=Strength.INTERACTIVE)[0].close()


ACTIONS: dict[Action, tuple[int, set[str]]] = {
    note: (5, {"E901"}),
    take_in: (2, {"E901"}),
    attach: (3, {"E901"}),
    erase: (5, {"", "E901", "E911"}),
    export: (5, {"", "E901", "E922"}),
    change_passphrase: (2, {"", "E901"}),
    lock_and_open: (3, {"", "E901"}),
    back_up: (4, {"", "E901", "E912", "E922"}),
    renew: (2, {"", "E901"}),
    create: (2, {"", "E901"}),
}
"""What is done, how many of its steps are refused in ``make test``, and what it may say: always that the disk
is full (E901), and which one (E912 here, E922 the medium), or that all but the cleaning is done (E911)."""


@pytest.fixture(scope="module")
def key(exchange_template: Path) -> bytearray:
    return opened(exchange_template / "desk").key


@pytest.fixture(autouse=True)
def _quickly(key: bytearray) -> Iterator[None]:
    with quickly():
        yield


def steps_of(action: Action, template: Path, key: bytearray, home: Path) -> int:
    """Return at how many steps ``action`` can be refused."""
    roomy = FullDisk(home, 10**6)
    perform(action, template, key, home, roomy)[1].close()
    return 10**6 - roomy.room


def perform(
    action: Action, template: Path, key: bytearray, home: Path, disk: FullDisk
) -> tuple[Scene, Desk, str]:
    """Do ``action`` on a fresh copy of the vaults with a disk that is full sooner or later."""
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(template, home)
    scene, code = Scene(home, key), ""
    desk: list[Desk] = []
    with tapped(lambda step: disk.hook(step) if desk else 0):
        opened_desk = scene.open()
        clerk = scene.work(opened_desk, 6)
        desk.append(opened_desk)
        try:
            action(scene, opened_desk, clerk)
        except KimdeskError as error:
            code = explain(error).code
        desk.clear()
    return scene, opened_desk, code


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.__name__)
def test_a_full_disk_costs_nothing_but_the_last_step(
    action: Action, quick_template: Path, key: bytearray, fast: Path
) -> None:
    home, codes = fast / "home", Counter[str]()
    steps = steps_of(action, quick_template, key, home)
    everywhere = range(min(steps, PATIENCE))
    tried = everywhere if LONG else dice(action.__name__).sample(everywhere, ACTIONS[action][0])
    for turn, room in enumerate(tried):
        progress(f"disk full: {action.__name__}", turn, len(tried))
        disk = FullDisk(home, room)
        scene, desk, code = perform(action, quick_template, key, home, disk)
        assert disk.refused
        codes[code or "went on"] += 1
        assert code in ACTIONS[action][1], f"{code} at step {room}"
        assert aftermath(scene, desk) == [], f"step {room} of {steps}"
    report(f"disk full: {action.__name__}", steps=steps, tried=len(tried), **dict(codes))


def aftermath(scene: Scene, desk: Desk) -> list[str]:
    """Return what is wrong once there is room again: for the open desk, opened anew, and on the stick."""
    if not closed(desk):
        scene.work(desk, 1)
        desk.close()
    found = half_files(scene.home)
    with unlocked(scene) as again:
        found += scene.told.losses(again)
    if (scene.home / "new").exists():
        Desk.unlock(scene.home / "new", PASSPHRASE).close()
    return found


def closed(desk: Desk) -> bool:
    return desk.vault._connection is None


def unlocked(scene: Scene) -> Desk:
    """Open as the program does when the key may be another one now."""
    try:
        return scene.open()
    except KimdeskError:
        return Desk.unlock(scene.home / "desk", PASSPHRASE)


def half_files(home: Path) -> list[str]:
    """Return what lies about half-written, or under a name that promises more than is there."""
    stray = home.rglob("*.part")
    promised = {path.parent for path in (home / "backups").rglob("manifest")}
    broken = promised - {each.path for each in list_backups(home / "backups")}
    return [str(path) for path in (*stray, *broken)]
