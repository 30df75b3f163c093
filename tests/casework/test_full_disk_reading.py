"""On a disk that is really full cases can be read; that they were is recorded as soon as there is room."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from kimdesk.casework import cases, records, upkeep, waiting
from kimdesk.casework.desk import Desk
from kimdesk.domain.errors import CaseworkError, StoreError
from kimdesk.domain.records import Goal
from kimdesk.store import audit
from kimdesk.store.audit import TrailEntry
from tests.conftest import PASSPHRASE

MOUNT, UNMOUNT = shutil.which("mount"), shutil.which("umount")


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A file system of 12 MB; only who may mount one can run these tests."""
    (tmp_path / "small").mkdir()
    line = [MOUNT or "mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(tmp_path / "small")]
    if not (MOUNT and UNMOUNT) or subprocess.run(line, capture_output=True, check=False).returncode:
        pytest.skip("may not mount a file system")
    yield tmp_path / "small"
    subprocess.run([UNMOUNT, "-l", str(tmp_path / "small")], check=True)


@pytest.fixture
def folder(small: Path, vault_template: tuple[Path, str]) -> Path:
    return Path(shutil.copytree(vault_template[0], small / "vault"))


def fill_up(small: Path) -> None:
    try:
        with (small / "filler").open("ab") as file:
            while True:
                file.write(bytes(4096))
                file.flush()
    except OSError:
        return


def trail(desk: Desk) -> list[TrailEntry]:
    with desk.reading() as reader:
        return list(audit.entries(reader.connection))


def opened(desk: Desk) -> list[str]:
    return [each.case_id for each in trail(desk) if each.action == "opened"]


def test_a_case_is_read_and_the_note_waits_until_there_is_room(folder: Path, small: Path) -> None:
    with Desk.unlock(folder, PASSPHRASE) as desk:
        case = cases.open_new(desk, None, ags="05999001")
        desk.vault.checkpoint()
        fill_up(small)
        with pytest.raises(StoreError, match="E901"):
            records.save(desk, Goal(case_id=case.id, text="x" * 9000))
        assert [cases.load(desk, case.id).case.id for _ in range(2)] == [case.id] * 2
        assert opened(desk) == [], "nothing is claimed that is not recorded"
        with pytest.raises(CaseworkError, match="E853"):
            cases.load(desk, "nowhere")
        (small / "filler").unlink()
        goal = records.save(desk, Goal(case_id=case.id, text="x"))
        entries = trail(desk)
        assert opened(desk) == [case.id] * 2
        assert [each.action for each in entries][-3:] == ["opened", "opened", "created"]
        assert entries[-1].record_id == goal.id
        assert {each.actor for each in entries[-3:]} == {"Kim Muster"}
        cases.load(desk, case.id)
        assert opened(desk) == [case.id] * 3
        assert upkeep.check(desk, full=True) == []


def test_locking_and_unlocking_on_a_full_disk_loses_no_note(folder: Path, small: Path) -> None:
    with Desk.unlock(folder, PASSPHRASE) as desk:
        case = cases.open_new(desk, None, ags="05999001")
        desk.vault.checkpoint()
        fill_up(small)
        cases.load(desk, case.id)
    with Desk.unlock(folder, PASSPHRASE) as desk:
        assert cases.load(desk, case.id).case.id == case.id
        (small / "filler").unlink()
    with Desk.unlock(folder, PASSPHRASE) as desk:
        assert opened(desk) == [case.id] * 2
        assert upkeep.check(desk, full=True) == []


def test_not_everything_can_be_read_without_a_note(
    folder: Path, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "MOST", 3)
    with Desk.unlock(folder, PASSPHRASE) as desk:
        case = cases.open_new(desk, None, ags="05999001")
        desk.vault.checkpoint()
        fill_up(small)
        for _ in range(3):
            cases.load(desk, case.id)
        with pytest.raises(StoreError, match="E901"):
            cases.load(desk, case.id)
        (small / "filler").unlink()
        cases.load(desk, case.id)
        assert opened(desk) == [case.id] * 4
