"""A fault at every single step on the disk: refused once by an I/O error, or the end of the process.

The steps are counted as the program takes them (``tap``), SQLite's own included; none is named here. After
each the vault opens, holds everything, and what was being done is done or not begun.
"""

import errno
import os
import shutil
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kimdesk import vault as vaults
from kimdesk.casework import case_list, upkeep
from kimdesk.casework.desk import Desk
from kimdesk.domain.errors import KimdeskError, VaultError
from kimdesk.vault.backup import list_backups
from kimdesk.vault.restoring import restore_drill
from tests.conftest import PASSPHRASE
from tests.torture.clerk import Clerk, Reckoning
from tests.torture.measure import LONG, dice, progress, report
from tests.torture.quick import quicken, quickly
from tests.torture.tap import Step, tapped
from tests.torture.test_kill_upkeep import FIRST_RELEASE
from tests.torture.victim import OTHER

IO_ERROR = 10  # SQLITE_IOERR
TRIED = 6  # steps of each action that are refused in ``make test``


@dataclass
class Fault:
    """Counts the steps below ``root`` and lets one of them go wrong."""

    root: Path
    at: int
    killing: bool = False
    steps: int = 0

    def hook(self, step: Step) -> int:
        if not Path(step.path).is_relative_to(self.root):
            return 0
        self.steps += 1
        if self.steps != self.at:
            return 0
        if self.killing:
            os.kill(os.getpid(), signal.SIGKILL)
        return IO_ERROR


Action = Callable[[Path], object]


def renew(home: Path) -> None:
    upkeep.rekey(home / "desk", PASSPHRASE)


def restore(home: Path) -> None:
    [source] = list_backups(home / "backups")
    upkeep.restore(source.path, home / "again", PASSPHRASE).close()


def migrate(home: Path) -> None:
    Desk.unlock(home / "first", PASSPHRASE).close()


def rewrap(home: Path) -> None:
    vaults.change_passphrase(home / "desk", PASSPHRASE, OTHER)


def back_up(home: Path) -> None:
    with Desk.unlock(home / "desk", PASSPHRASE) as desk:
        upkeep.backup(desk, home / "more")


ACTIONS: tuple[Action, ...] = (renew, restore, migrate, rewrap, back_up)


@dataclass(frozen=True)
class Template:
    """A desk at work, a backup of it, and a vault of the first release; ``kept`` is what the desk holds."""

    home: Path
    kept: Reckoning


@pytest.fixture(scope="module", autouse=True)
def _quickly(quick_template: Path) -> Iterator[None]:
    with quickly():
        yield


@pytest.fixture(scope="module")
def template(quick_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Template:
    home, kept = tmp_path_factory.mktemp("steps") / "home", Reckoning()
    shutil.copytree(quick_template, home)
    shutil.copytree(FIRST_RELEASE, home / "first")
    quicken(home / "first")
    with Desk.unlock(home / "desk", PASSPHRASE) as desk:
        for _, _ in zip(Clerk(desk, dice("every step"), kept.take).work(), range(12), strict=False):
            pass
        kept.begun = None
        upkeep.backup(desk, home / "backups")
    return Template(home, kept)


def outcome(action: Action, home: Path, fault: Fault) -> str:
    """Do ``action``: "done", or the code it was refused with."""
    with tapped(fault.hook, errno.EIO):
        try:
            action(home)
        except KimdeskError as error:
            return error.code
    return "done"


def ended(action: Action, home: Path, fault: Fault) -> str:
    """Do ``action`` in a process of its own that ends at the fault."""
    child = os.fork()
    if child == 0:
        outcome(action, home, fault)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return "killed" if os.WIFSIGNALED(status) else "done"


def found_after(template: Template, action: Action, home: Path, what: str) -> list[str]:
    """Return what is lost, and whether what was refused is there all the same, or the other way round."""
    phrases = [each for each in (PASSPHRASE, OTHER) if opens(home / "desk", each)]
    found = [] if len(phrases) == 1 else [f"{len(phrases)} passphrases open"]
    if action is rewrap and what != "killed":
        found += [] if phrases == [OTHER if what == "done" else PASSPHRASE] else [f"{what}, but {phrases}"]
    with Desk.unlock(home / "desk", phrases[0]) as desk:
        found += template.kept.losses(desk)
    with Desk.unlock(home / "first", PASSPHRASE) as desk:
        found += upkeep.check(desk, full=True)
        found += [] if case_list.find(desk, "ozturk") else ["the first release's case is gone"]
    return found + copies_after(template, action, home, what)


def copies_after(template: Template, action: Action, home: Path, what: str) -> list[str]:
    """Return what is wrong with backups and restored vaults."""
    for each in [*list_backups(home / "backups"), *list_backups(home / "more")]:
        restore_drill(each.path, PASSPHRASE)
    if action is restore and (home / "again").exists():
        with Desk.unlock(home / "again", PASSPHRASE) as desk:
            return template.kept.losses(desk)
    return ["restored, but not there"] if action is restore and what == "done" else []


def opens(folder: Path, passphrase: str) -> bool:
    (folder / "attempts").unlink(missing_ok=True)
    try:
        vaults.unlock(folder, passphrase).close()
    except VaultError as error:
        (folder / "attempts").unlink(missing_ok=True)
        return error.code != "E001"
    return True


@pytest.mark.parametrize("killing", [False, True], ids=["refused", "killed"])
@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.__name__)
def test_a_fault_at_any_step_loses_nothing(
    action: Action, killing: bool, template: Template, fast: Path
) -> None:
    home, outcomes = fast / "home", Counter[str]()
    shutil.copytree(template.home, home)
    whole = Fault(home, 0)
    assert outcome(action, home, whole) == "done"
    every = range(1, whole.steps + 1)
    tried = every if LONG else dice(action.__name__, killing).sample(every, min(TRIED, len(every)))
    for turn, at in enumerate(tried):
        progress(f"faults while {action.__name__}", turn, len(tried))
        shutil.rmtree(home)
        shutil.copytree(template.home, home)
        what = (ended if killing else outcome)(action, home, Fault(home, at, killing))
        assert found_after(template, action, home, what) == [], f"step {at} of {whole.steps}: {what}"
        outcomes[what] += 1
    kind = "killed" if killing else "refused"
    report(f"every step of {action.__name__}, {kind}", steps=whole.steps, tried=len(tried), **outcomes)
