"""A view is closed while its results are on the way: with the thread of the program, page by page.

Everything a hand can press is pressed, the background does the work, and before the window hears of it the
view is gone. Nothing may reach it then: pytest-qt fails the test for whatever a slot raises.
"""

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QFileDialog, QWidget
from shiboken6 import isValid

from kimdesk.casework import cases
from kimdesk.casework.cases import CaseQuery
from kimdesk.casework.desk import Desk
from kimdesk.domain.kinds import KINDS
from kimdesk.practice.fill import fill
from kimdesk.vault import Strength
from tests.conftest import PASSPHRASE
from tests.ui.hands import settle
from ui.case.openers import _OPENERS
from ui.case.page import CasePage
from ui.case.tabs import KEYS
from ui.desk.locking import close_windows
from ui.pages import pages_for
from ui.places import Place
from ui.program.preferences import Keeper, Preferences
from ui.program.work import Work
from ui.shell import Shell

THREAD = pytest.mark.parametrize("background", ["thread"], indirect=True)
ELSEWHERE = ("finding_from", "paper_issue")  # begin from a record
MOST = 25  # buttons of one page; the same one in each row of a list teaches nothing new

Open = Callable[[str], Shell]


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed desk with a few living cases, and a closed Kreis."""
    home = tmp_path_factory.mktemp("closed")
    for role in ("desk", "kreis"):
        desk, _ = Desk.create(
            home / role,
            PASSPHRASE,
            name="Eschenried",
            user="Miriam Kessler",
            municipalities=("05999004",) if role == "desk" else (),
            role=role,
            practice=True,
            strength=Strength.INTERACTIVE,
        )
        with desk:
            if role == "desk":
                fill(desk, 3)
    return home


@pytest.fixture
def opened(
    qapp: QApplication, folders: Path, tmp_path: Path, background: Work, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Open]:
    """Open a shell on a copy of the desk of a role; every file chooser is cancelled."""
    for name in ("getSaveFileName", "getOpenFileName"):
        monkeypatch.setattr(QFileDialog, name, staticmethod(lambda *_: ("", "")))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", staticmethod(lambda *_: ([], "")))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", staticmethod(lambda *_: ""))
    made: list[tuple[Shell, Desk]] = []

    def opened(role: str) -> Shell:
        desk = Desk.unlock(shutil.copytree(folders / role, tmp_path / role), PASSPHRASE)
        shell = Shell(desk, background, Keeper(Preferences()))
        shell.resize(1366, 738)
        shell.show()
        QTest.qWaitForWindowActive(shell)
        made.append((shell, desk))
        settle()
        return shell

    yield opened
    settle()
    for shell, desk in made:
        close_windows(shell)
        shell.leave()
        shell.deleteLater()
        drop_deleted()
        desk.close()


def worked(shell: Shell) -> None:
    """Wait until the background has done all it was asked, while no window hears of it."""
    done = threading.Event()
    shell.context.work.write(shell, done.set)
    assert done.wait(60)


def drop_deleted() -> None:
    """Destroy now what is to be destroyed, before any result is told."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def press_everything(top: QWidget) -> None:
    """Press each button of ``top`` that can be seen, one of each kind, and accept what opens."""
    known: set[str] = set()
    for button in top.findChildren(QAbstractButton):
        kind = button.objectName().rstrip("0123456789abcdef-_")
        if isValid(button) and button.isVisible() and button.isEnabled() and kind not in known:
            known.add(kind)
            button.click()
        if len(known) == MOST:
            return


def close_all(shell: Shell) -> None:
    """Build the window anew as for another look: every page and dialog in it is destroyed."""
    for dialog in shell.findChildren(QDialog):
        dialog.reject()
    close_windows(shell)
    shell.rebuild()
    drop_deleted()


@THREAD
@pytest.mark.parametrize("role", ["desk", "kreis"])
def test_a_page_is_closed_while_it_reads(opened: Open, role: str) -> None:
    shell = opened(role)
    for spec in pages_for(role):
        shell.navigate(Place(spec.key))
        settle()
        page = shell.current_page()
        shell.navigate(Place(spec.key))
        worked(shell)
        close_all(shell)
        settle()
        assert not isValid(page)


@THREAD
@pytest.mark.parametrize("role", ["desk", "kreis"])
def test_a_page_is_closed_while_its_buttons_work(opened: Open, role: str) -> None:
    shell = opened(role)
    for spec in pages_for(role):
        shell.navigate(Place(spec.key))
        settle()
        page = shell.current_page()
        assert page is not None
        press_everything(page)
        for dialog in [each for each in page.findChildren(QDialog) if each.isVisible()]:
            dialog.accept()
        worked(shell)
        close_all(shell)
        settle()


@THREAD
@pytest.mark.parametrize("leave", ["rebuild", "other case"])
def test_a_tab_of_a_case_is_closed_while_it_works(opened: Open, leave: str) -> None:
    shell = opened("desk")
    one, other, *_ = cases.list_page(shell.context.desk, CaseQuery(status="", order="updated"), None, 3).rows
    for tab in KEYS:
        shell.navigate(Place("case", one.id, tab))
        settle()
        page = shell.current_page()
        assert isinstance(page, CasePage)
        press_everything(page)
        worked(shell)
        if leave == "rebuild":
            close_all(shell)
        else:
            for dialog in page.findChildren(QDialog):
                dialog.reject()
            close_windows(shell)  # the client's screen too: nothing behind it can be reached
            shell.navigate(Place("case", other.id, "plan"))
            drop_deleted()
        settle()


@THREAD
@pytest.mark.parametrize("at", ["loading", "saving"])
def test_a_dialog_is_closed_while_it_works(opened: Open, at: str) -> None:
    shell = opened("desk")
    [row, *_] = cases.list_page(shell.context.desk, CaseQuery(order="updated"), None, 1).rows
    file = cases.peek(shell.context.desk, row.id)
    forms = {each.name: file.of(each.type) for each in KINDS.values() if each.form}
    for kind in [each for each in {**forms, **_OPENERS} if each not in ELSEWHERE]:
        shell.navigate(Place("case", row.id, "plan"))
        settle()
        page = shell.current_page()
        assert isinstance(page, CasePage)
        assert page._editing
        page._editing.open(kind, next((each.id for each in forms.get(kind, ())), ""))
        dialogs = [each for each in shell.findChildren(QDialog) if each.isVisible()]
        if at == "loading":
            worked(shell)
            for dialog in dialogs:
                dialog.reject()
                dialog.deleteLater()
            drop_deleted()
        else:
            settle()
            for dialog in dialogs:
                dialog.accept()
            worked(shell)
            close_all(shell)
        settle()
