"""Starting the program: what it may load, what it says without a display, what it does with options."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ui.__main__ import main

ROOT = Path(__file__).parents[2]
HEAVY = (
    "sqlalchemy",
    "alembic",
    "babel",
    "cryptography",
    "qtawesome",
    "reportlab",
    "sqlcipher3",
    "msgspec",
    "platformdirs",
)
LOOK = f"""
import sys
from PySide6 import QtCore
from ui.__main__ import main
status = main(["--smoke", "--vault", sys.argv[1]])
loaded = [name for name in {HEAVY!r} if name in sys.modules]
print(status, loaded, "Qt" in vars(QtCore))
"""


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", **environment}
    env = {name: value for name, value in env.items() if value}
    return subprocess.run(
        [sys.executable, *arguments],
        env=env,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_the_first_window_loads_nothing_it_does_not_need(desk_folder: Path) -> None:
    """Not the database, not the cryptography; not even the namespace of enums of Qt, which costs 28 ms."""
    done = run("-c", LOOK, str(desk_folder))
    assert done.stdout.split("\n")[0] == "0 [] False", done.stderr


def test_without_a_display_one_sentence_says_how_to_see_it() -> None:
    done = run("-m", "ui", QT_QPA_PLATFORM="", DISPLAY="", WAYLAND_DISPLAY="")
    if sys.platform.startswith("linux"):
        assert done.returncode == 1
        assert "make screens" in done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [["--colour"], ["--role", "boss"], ["--vault"], ["file.txt"]])
def test_wrong_usage_is_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert "--vault" in capsys.readouterr().err


def test_a_new_computer_begins_with_the_first_steps(tmp_path: Path) -> None:
    done = run("-m", "ui", "--smoke", "--role", "kreis", KIMDESK_HOME=str(tmp_path))
    assert (done.returncode, done.stderr) in {(0, ""), (0, done.stderr)}
    assert "Traceback" not in done.stderr
