"""A slot file that was put aside is told once after opening, and stays visible in the settings."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kimdesk.casework.desk import Desk
from kimdesk.vault import Strength, create
from tests.conftest import PASSPHRASE
from tests.ui.hands import find, sees
from tests.ui.page_fixtures import blank_template, shell_on
from ui.app import Program
from ui.kit.state import Notice
from ui.program.preferences import Keeper, Preferences
from ui.program.work import InlineWork
from ui.shell import Shell

__all__ = ["blank_template", "shell_on"]


@pytest.fixture
def spoiled(blank_template: Path, tmp_path: Path) -> Path:
    """A closed vault in the place of whose first slot file lies that of another vault."""
    folder = shutil.copytree(blank_template, tmp_path / "vault")
    create(tmp_path / "other", PASSPHRASE, name="x", strength=Strength.INTERACTIVE)[0].close()
    shutil.copy(tmp_path / "other" / "vault.kimv", folder / "vault.kimv")
    return folder


def test_it_is_told_above_the_page_once(
    spoiled: Path, qapp: QApplication, qtbot: QtBot, inline_work: InlineWork
) -> None:
    app = Program(qapp, Keeper(Preferences()), work=inline_work)
    qtbot.addWidget(app.window)
    for told in (True, False):
        app.show_desk(Desk.unlock(spoiled, PASSPHRASE))
        assert app.shell is not None
        app.window.show()
        notice = app.shell.findChild(Notice, "shell_notice")
        assert notice is not None
        assert notice.isVisibleTo(app.shell) == told
        assert ("vault.kimv.aside-" in notice.accessibleName()) == told
        app.lock()
    app.leave()


def test_the_settings_name_it_as_long_as_it_lies_there(spoiled: Path, shell_on: Callable[..., Shell]) -> None:
    with Desk.unlock(spoiled, PASSPHRASE) as desk:
        shell = shell_on(desk, "settings")
        assert "vault.kimv.aside-" in find(shell, Notice, "slots_aside").accessibleName()
        for each in spoiled.glob("*.aside-*"):
            each.unlink()
        shell.current_page().refresh()  # type: ignore[union-attr]
        assert not sees(shell, "slots_aside")
