"""What a screen reader is told of the program in a real window, over AT-SPI: names, errors, announcements.

The test starts what it needs itself (Xvfb, a session bus, the bus of AT-SPI) and never skips;
``packaging/debian/dev.txt`` names the packages.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from kimdesk.domain.terms import Phase
from tests.sync.exchange import exchange_template, open_exchange
from tests.ui.at_spi.program import WHAT_A_CASE_ASKS
from ui.pages import pages_for

__all__ = ["exchange_template"]

ROOT = Path(__file__).parents[2]
_BUS = "/usr/libexec/at-spi-bus-launcher"
_CONTROLS = {
    "push button", "button", "toggle button", "check box", "radio button", "text", "entry", "password text",
    "combo box", "spin button", "slider", "page tab", "menu item", "link", "table", "tree table", "list",
    "list box", "tree",
}  # fmt: skip

Report = dict[str, Any]


@contextmanager
def display() -> Iterator[str]:
    """Run an X server without a screen; yield its display."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as told:
            yield f":{told.readline().strip()}"
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory, desk_template: tuple[Path, str]) -> Report:
    """What was told while a field desk was walked through once."""
    return _walked(tmp_path_factory.mktemp("at_spi"), desk_template[0])


@pytest.fixture(scope="module")
def kreis_report(tmp_path_factory: pytest.TempPathFactory, exchange_template: Path) -> Report:
    """What was told of a Kreis that has taken in a package."""
    home = tmp_path_factory.mktemp("at_spi_kreis")
    shutil.copytree(exchange_template, home / "exchange")
    exchange = open_exchange(home / "exchange")
    exchange.case()
    exchange.round()
    exchange.close()
    return _walked(home, exchange.home / "kreis")


def _walked(home: Path, vault: Path) -> Report:
    (home / "run").mkdir(mode=0o700)
    folder = home / "vault"
    shutil.copytree(vault, folder)
    drive = '"$0" -m tests.ui.at_spi.program "$@"'
    inner = f"{_BUS} --launch-immediately & bus=$!; {drive}; status=$?; kill $bus; exit $status"
    with display() as shown:
        env = {
            **os.environ, "DISPLAY": shown, "QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "HOME": str(home), "KIMDESK_HOME": str(home / "settings"), "XDG_RUNTIME_DIR": str(home / "run"),
            "PYTHONPATH": str(ROOT), "NO_AT_BRIDGE": "0",
        }  # fmt: skip
        env.pop("DBUS_SESSION_BUS_ADDRESS", None)
        done = subprocess.run(
            ["dbus-run-session", "--", "bash", "-c", inner, sys.executable, folder, home / "report.json"],
            env=env, cwd=ROOT, capture_output=True, text=True, timeout=480, check=False,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    found: Report = json.loads((home / "report.json").read_text(encoding="utf-8"))
    return found


def _nameless(report: Report) -> list[str]:
    return [
        f"{place}: {node}"
        for place, tree in report["trees"].items()
        for node in tree
        if node["role"] in _CONTROLS and not (node["name"] or "").strip() and not any(node["labels"])
    ]


def test_no_control_of_the_kreis_is_without_a_name(kreis_report: Report) -> None:
    assert {spec.key for spec in pages_for("kreis")} <= kreis_report["trees"].keys()
    assert all(len(tree) > 5 for tree in kreis_report["trees"].values())
    assert _nameless(kreis_report) == []


def test_no_control_of_any_form_or_dialog_is_without_a_name(report: Report) -> None:
    dialogs = {place.removeprefix("dialog ") for place in report["trees"] if place.startswith("dialog ")}
    forms = {place.removeprefix("form ") for place in report["trees"] if place.startswith("form ")}
    assert forms == set(Phase)
    assert len(dialogs & set(WHAT_A_CASE_ASKS)) >= len(WHAT_A_CASE_ASKS) - 3, dialogs
    assert _nameless(report) == []


def test_no_control_on_any_page_is_without_a_name(report: Report) -> None:
    shown = {spec.key for spec in pages_for("desk")} - {"case"}
    assert shown <= report["trees"].keys()
    assert all(len(tree) > 5 for tree in report["trees"].values())
    assert _nameless(report) == []


def test_a_drop_down_says_its_label_and_not_only_its_value(report: Report) -> None:
    boxes = [node for tree in report["trees"].values() for node in tree if node["role"] == "combo box"]
    assert boxes
    assert [node for node in boxes if not any(node["labels"])] == []


@pytest.mark.parametrize("what", ["unlock failed", "toast", "saved", "error"])
def test_what_happens_is_announced(report: Report, what: str) -> None:
    words = {"unlock failed": "Passphrase", "toast": "Notiert.", "saved": "espeichert", "error": "Bitte"}
    assert any(words[what] in heard for heard in report["heard"][what]), report["heard"]


def test_an_error_is_tied_to_its_field(report: Report) -> None:
    said = [node["says"] for node in report["trees"]["dialog with errors"]]
    assert any("Pflichtfeld" in each and "Ungültig: " in each for each in said if each)
    assert not any("Ungültig" in (node["says"] or "") for node in report["trees"]["dialog"])


def test_a_dialog_has_the_keyboard_in_a_field_and_leaves_the_tree_when_closed(report: Report) -> None:
    (focused, *_) = [
        node for node in report["trees"]["dialog"] if node["focused"] and node["role"] != "frame"
    ]
    assert focused["name"] or focused["labels"]
    assert report["dialog"] in [node["name"] for node in report["trees"]["dialog"]]
    assert report["dialog"] not in [node["name"] for node in report["trees"]["dialog closed"]]
