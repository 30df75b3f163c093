"""Whatever became of the settings file, the window starts, keeps what it can, and names the rest once."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from tests.ui.hands import cleared, settle
from ui.app import Program
from ui.program.preferences import Keeper, KnownVault, Preferences, load
from ui.program.work import InlineWork

ROOT = Path(__file__).parents[2]
WHOLE: dict[str, Any] = {
    "look": "dark",
    "zoom": 1.25,
    "idle_minutes": 10,
    "vaults": [{"folder": "/weg/a", "name": "Eschenried", "opened": "2026-11-20T15:42:00+00:00"}],
    "places": {"handover": "/weg/stick"},
    "hide_from_capture": False,
    "drives": [["/mnt/a", "fuse.neu"]],
}
ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
    | st.sampled_from(["\0", "\ud800", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "1e400",
                       "2026-13-41", "/proc/1/root/x", "a" * 5000, "..", "~", ""]),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.sampled_from(["folder", "name", "opened"]) | st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)  # fmt: skip
PARTS = st.dictionaries(st.sampled_from([*WHOLE, "x"]), ODD, max_size=4).map(lambda odd: {**WHOLE, **odd})
VAULTS = st.lists(st.fixed_dictionaries({}, optional={"folder": ODD, "name": ODD, "opened": ODD, "x": ODD}))


def written(home: Path, content: bytes) -> Path:
    home.mkdir(exist_ok=True)
    file = home / "kimdesk.json"
    file.write_bytes(content)
    return file


def as_json(value: object) -> bytes:
    return json.dumps(value).encode()


@pytest.fixture
def work() -> Iterator[InlineWork]:
    work = InlineWork()
    yield work
    work.deleteLater()


def starts(qapp: QApplication, work: InlineWork) -> list[str]:
    """Start the real window, settle it, and return what it names as broken."""
    keeper = Keeper()
    program = Program(qapp, keeper, work=work)
    unexplained: list[object] = []
    work.unexplained.connect(unexplained.append)
    program.start()
    program.settle()
    settle()
    assert program.window.isVisible()
    assert unexplained == []
    named = program.window.findChild(QWidget, "broken_settings")
    assert (named is not None) == bool(keeper.broken)
    broken = list(keeper.broken)
    if named is not None:
        assert named.isVisible()
        button = named.findChild(QPushButton, "close_broken_settings")
        assert button is not None
        button.click()
    program.window.close()
    program.window.deleteLater()
    settle()
    cleared()
    return broken


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("look", "pink"), ("look", ["dark"]), ("zoom", "x"), ("zoom", float("nan")), ("zoom", True),
        ("idle_minutes", None), ("idle_minutes", float("inf") * 0), ("vaults", {}), ("vaults", [1]),
        ("vaults", [{"folder": "/weg", "opened": "gestern"}]), ("vaults", [{"folder": "/weg", "name": 7}]),
        ("vaults", [{"folder": "/weg", "opened": "0001-01-01T00:00:00+14:00"}]), ("vaults", [{"name": "a"}]),
        ("vaults", [{"folder": "\0"}]), ("vaults", [{"folder": "\ud800"}]), ("places", [1]),
        ("places", {"a": 1}), ("hide_from_capture", "no"), ("drives", [["/"]]), ("drives", "x"),
    ],
)  # fmt: skip
def test_a_broken_part_is_named_once_and_costs_no_other(
    home: Path, qapp: QApplication, work: InlineWork, part: str, value: object
) -> None:
    file = written(home, as_json({**WHOLE, part: value}))
    before = file.read_bytes()
    assert starts(qapp, work) == [part]
    assert (home / "kimdesk-beiseite.json").read_bytes() == before
    assert starts(qapp, work) == []
    kept = load()
    whole = {"look": kept.look, "zoom": kept.zoom, "idle_minutes": kept.idle_minutes}
    assert whole | {part: 0} == {each: WHOLE[each] for each in whole} | {part: 0}


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"\xff\xfe{}", "{\"name\": \"Müller\"}".encode("latin-1"), b"\0" * 4096,
     b"[" * 100_000, b'{"zoom": 1' + b"0" * 5000 + b"}"],
    ids=range(9),
)  # fmt: skip
def test_a_file_that_is_none_is_set_aside_whole(
    home: Path, qapp: QApplication, work: InlineWork, content: bytes
) -> None:
    written(home, content)
    assert starts(qapp, work)
    assert (home / "kimdesk-beiseite.json").read_bytes() == content
    assert starts(qapp, work) == []


def test_a_mark_at_the_beginning_of_the_file_is_no_fault(home: Path) -> None:
    written(home, b"\xef\xbb\xbf" + as_json(WHOLE))
    keeper = Keeper()
    assert (keeper.current.look, keeper.broken) == ("dark", ())


def test_a_million_entries_cost_the_settings_and_not_the_start(
    home: Path, qapp: QApplication, work: InlineWork
) -> None:
    written(home, as_json({"vaults": [{"folder": f"/v/{number}"} for number in range(1_000_000)]}))
    assert starts(qapp, work) == ["file"]
    written(home, as_json({"vaults": [{"folder": f"/v/{number}"} for number in range(5_000)]}))
    assert starts(qapp, work) == []


@pytest.mark.parametrize("kind", ["folder", "full folder", "circle", "pipe"])
def test_something_else_under_the_name_of_the_file(
    home: Path, qapp: QApplication, work: InlineWork, kind: str
) -> None:
    home.mkdir()
    file = home / "kimdesk.json"
    if kind == "circle":
        file.symlink_to(file)
    elif kind == "pipe":
        os.mkfifo(file)
    else:
        file.mkdir()
        if kind == "full folder":
            (file / "x").touch()
    assert starts(qapp, work) == ["file"]
    assert starts(qapp, work) == []
    assert json.loads(file.read_text(encoding="utf-8"))["look"] == "system"


@pytest.fixture
def reachable() -> Iterator[Path]:
    """A folder that somebody else can go to; every run of pytest closes the folder of them all to others."""
    with TemporaryDirectory(prefix="kimdesk-") as folder:
        yield Path(folder)


@pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")
@pytest.mark.parametrize("closed", ["vault", "above the vault", "settings", "file"])
def test_what_is_closed_to_us_costs_no_start(
    reachable: Path, desk_template: tuple[Path, str], closed: str
) -> None:
    """Root may read everything, so somebody else starts the program where root runs the tests."""
    home, above = reachable / "home", reachable / "above"
    folder = above / "Eschenried"
    shutil.copytree(desk_template[0], folder)
    file = written(home, as_json({"vaults": [{"folder": str(folder), "name": "Eschenried"}]}))
    places = {"vault": folder, "above the vault": above, "settings": home, "file": file}
    told = as_somebody(home, places[closed])
    unlocks = closed in ("vault", "above the vault")
    assert told == ["started", *(["UnlockPage", ""] if unlocks else ["WizardPage", "file"])]


START = """
import encodings.utf_8_sig, json, os, sys, traceback, logging
from PySide6.QtWidgets import QApplication
from pathlib import Path
import kimdesk.vault, ui.app, ui.desk.scans, ui.desk.broken_settings
import ui.pages.unlock.page, ui.pages.wizard.page
import ui.pages.unlock.hints, ui.pages.unlock.protection, ui.kit.logo, ui.program.clipboard
from kimdesk.texts.refusals import known
from ui.program.preferences import Keeper
from ui.program.work import InlineWork
known()
app = QApplication(["x", "-style", "Fusion"])
warm = ui.app.Program(app, Keeper(ui.app.Preferences()), work=InlineWork())
warm.start(); warm.settle(); warm.window.close()
closed = Path(sys.argv[1])
closed.chmod(0)
if os.geteuid() == 0:
    for each in (closed.parent, *closed.parent.parents):
        if os.stat(each).st_uid == 0 and str(each).startswith(sys.argv[2]):
            os.chown(each, 65534, 65534)
    os.chown(closed, 0, 0)
    os.chdir("/")
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
program = ui.app.Program(app, Keeper(), work=InlineWork())
program.start()
program.settle()
print("started", type(program.window.scene).__name__, ",".join(program.keeper.broken), sep="|")
sys.stdout.flush()
os._exit(0)
"""


def as_somebody(home: Path, closed: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", START, str(closed), str(home.parent)],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "KIMDESK_HOME": str(home)},
    )  # fmt: skip
    closed.chmod(0o700)
    assert "Traceback" not in done.stderr
    assert done.returncode == 0, done.stderr
    return done.stdout.strip().split("|")


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=PARTS | VAULTS.map(lambda vaults: {**WHOLE, "vaults": vaults}) | ODD)
def test_the_window_starts_with_any_settings(
    home: Path, qapp: QApplication, work: InlineWork, found: object
) -> None:
    written(home, as_json(found))
    starts(qapp, work)
    assert starts(qapp, work) == []
    for each in home.glob("kimdesk-beiseite*"):
        each.unlink()


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 400), cut=st.integers(0, 400), put=st.binary(max_size=6))
def test_the_window_starts_with_any_damage(
    home: Path, qapp: QApplication, work: InlineWork, at: int, cut: int, put: bytes
) -> None:
    whole = as_json(WHOLE)
    written(home, whole[:at] + put + whole[at + cut :])
    starts(qapp, work)
    assert starts(qapp, work) == []
    for each in home.glob("kimdesk-beiseite*"):
        each.unlink()


def test_a_vault_with_a_wrong_date_is_still_known(home: Path) -> None:
    written(home, as_json({"vaults": [{"folder": "/v", "name": "A", "opened": "31.12.2025"}]}))
    keeper = Keeper()
    assert keeper.current.vaults == (KnownVault("/v", "A", ""),)
    assert keeper.current.vaults[0].opened_at is None


def test_settings_that_cannot_be_set_aside_stop_nothing(
    home: Path, qapp: QApplication, work: InlineWork
) -> None:
    written(home, b"{")
    for number in range(1, 20):
        (home / f"kimdesk-beiseite{f'-{number}' if number > 1 else ''}.json").touch()
    assert starts(qapp, work) == ["file"]
    assert Keeper(Preferences()).broken == ()
