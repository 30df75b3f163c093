"""A shell around a real desk, the background without a thread: what the tests of pages share."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from kimdesk.casework.desk import Desk
from kimdesk.vault import Strength
from tests.conftest import PASSPHRASE
from tests.sync.exchange import exchange, exchange_template
from tests.ui.hands import settle
from ui.places import Place
from ui.program.preferences import Keeper, Preferences
from ui.program.work import Work
from ui.shell import Shell

__all__ = ["blank", "blank_template", "exchange", "exchange_template", "shell_on"]

AGS = ("05999001", "05999002")


@pytest.fixture(scope="session")
def blank_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed desk without cases, made once. Copy it, never open it."""
    folder = tmp_path_factory.mktemp("blank") / "vault"
    desk, _ = Desk.create(
        folder,
        PASSPHRASE,
        name="Eschenried",
        user="Miriam Kessler",
        municipalities=AGS,
        strength=Strength.INTERACTIVE,
    )
    desk.close()
    return folder


@pytest.fixture
def blank(blank_template: Path, tmp_path: Path) -> Iterator[Desk]:
    """A desk of this test alone, without cases."""
    folder = tmp_path / "blank"
    shutil.copytree(blank_template, folder)
    with Desk.unlock(folder, PASSPHRASE) as desk:
        yield desk


@pytest.fixture
def shell_on(qtbot: QtBot, background: Work) -> Iterator[Callable[..., Shell]]:
    """Open a shell on a desk: ``shell_on(desk, "cases")``. What fails unsaid fails the test."""
    shells: list[Shell] = []
    surprises: list[object] = []
    background.unexplained.connect(surprises.append)

    def shell_on(desk: Desk, target: Place | str = "") -> Shell:
        shell = Shell(
            desk,
            background,
            Keeper(Preferences()),
            Place.parse(target) if isinstance(target, str) else target,
        )
        qtbot.addWidget(shell)
        shell.resize(1366, 738)
        shell.show()
        QTest.qWaitForWindowActive(shell)
        settle()
        shells.append(shell)
        return shell

    yield shell_on
    for shell in shells:
        for dialog in shell.findChildren(QDialog):
            dialog.reject()
        shell.leave()
    assert surprises == []
