"""Copies for other programs: private, read-only, nameless, and gone at locking, at the end, after a crash."""

import stat
import sys
import tempfile
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kimdesk.domain.errors import StoreError
from tests.conftest import PASSPHRASE
from tests.ui.hands import click, type_into
from ui.app import Program
from ui.desk.scans import OpenCopies, copies
from ui.program.preferences import Keeper, Preferences
from ui.program.work import InlineWork

CONTENT = b"Zzyx-Scan" * 1000


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where copies go in this test alone."""
    folder = tmp_path / "runtime"
    folder.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


@pytest.fixture
def memory(tmp_path: Path) -> Path:
    """The file that remembers where copies lie."""
    return tmp_path / "settings" / "open-copies"


def left(*places: Path) -> list[Path]:
    return [path for place in places if place.exists() for path in place.rglob("*")]


def test_a_copy_lies_in_a_private_folder_and_is_read_only(place: Path, memory: Path) -> None:
    mine = OpenCopies(memory)
    path = mine.put(CONTENT, "application/pdf")
    assert path.read_bytes() == CONTENT
    assert path.is_relative_to(place)
    assert path.name == "Unterlage-1.pdf"
    if sys.platform != "win32":
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        assert stat.S_IMODE(path.stat().st_mode) == 0o400
    assert mine.put(b"x", "image/jpeg").name == "Unterlage-2.jpg"
    mine.wipe()


def test_locking_leaves_nothing(place: Path, memory: Path) -> None:
    mine = OpenCopies(memory)
    path = mine.put(CONTENT, "image/png")
    (path.parent / ".~lock.Unterlage-1.png#").write_text("another program's note")
    (path.parent / "sub").mkdir()
    (path.parent / "sub" / "preview").write_text("another program's copy")
    mine.wipe()
    mine.wipe()
    assert left(place, memory.parent) == []


def test_its_bytes_are_overwritten_before_it_goes(place: Path, memory: Path) -> None:
    mine = OpenCopies(memory)
    path = mine.put(CONTENT, "image/png")
    second = place / "second-name"
    second.hardlink_to(path)
    mine.wipe()
    assert second.read_bytes() == bytes(len(CONTENT))


def test_after_a_crash_the_next_start_removes_what_was_left(place: Path, memory: Path) -> None:
    crashed = OpenCopies(memory)
    crashed.put(CONTENT, "application/pdf")
    assert crashed._lock
    crashed._lock.release()  # as the system does when a process ends
    OpenCopies(memory).sweep()
    assert left(place, memory.parent) == []


def test_a_start_leaves_the_copies_of_another_running_program(place: Path, memory: Path) -> None:
    other = OpenCopies(memory)
    path = other.put(CONTENT, "application/pdf")
    mine = OpenCopies(memory)
    mine.sweep()
    assert path.exists()
    mine.put(b"x", "application/pdf")
    mine.wipe()
    assert path.exists()
    other.wipe()
    assert left(place, memory.parent) == []


def test_a_note_that_names_another_folder_removes_nothing(tmp_path: Path, place: Path, memory: Path) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "file").write_text("keep")
    link = place / "kimdesk-open-link"
    link.symlink_to(precious)
    memory.parent.mkdir()
    memory.write_text(f"{precious}\n{link}\n{place / 'kimdesk-open-gone'}\n")
    OpenCopies(memory).sweep()
    assert (precious / "file").read_text() == "keep"


def test_without_a_place_nothing_is_written(place: Path, memory: Path) -> None:
    memory.parent.write_text("a file where the settings should be")
    with pytest.raises(StoreError, match="E941"):
        OpenCopies(memory).put(CONTENT, "application/pdf")
    assert left(place) == []


@pytest.mark.parametrize("way", ["lock", "leave"])
def test_the_program_wipes_them_when_it_locks_and_when_it_ends(
    qtbot: QtBot, qapp: QApplication, desk_folder: Path, inline_work: InlineWork, place: Path, way: str
) -> None:
    keeper = Keeper(Preferences(look="light").opened(desk_folder, "Eschenried"))
    program = Program(qapp, keeper, work=inline_work)
    program.start()
    program.settle()
    qtbot.addWidget(program.window)
    type_into(program.window, "passphrase", PASSPHRASE)
    click(program.window, "open_vault")
    path = copies.put(CONTENT, "application/pdf")
    assert path.exists()
    getattr(program, way)()
    assert left(place) == []
    program.leave()
    program.deleteLater()


def test_the_program_removes_what_a_crash_left_when_it_starts(
    qtbot: QtBot, qapp: QApplication, inline_work: InlineWork, place: Path
) -> None:
    crashed = OpenCopies()
    crashed.put(CONTENT, "application/pdf")
    assert crashed._lock
    crashed._lock.release()
    program = Program(qapp, Keeper(Preferences(look="light")), work=inline_work)
    program.start()
    program.settle()
    qtbot.addWidget(program.window)
    assert left(place) == []
    program.leave()
    program.deleteLater()
