"""A real desk with a case page on it, the background without a thread."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from kimdesk.casework import cases
from kimdesk.casework.desk import Desk
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.records import Case, CaseFile, LanguageSkill, Person
from kimdesk.vault import Strength
from tests.ui.places import in_case
from ui.case.page import CasePage
from ui.desk.context import Context
from ui.places import Place
from ui.program.work import InlineWork, Work

PASSPHRASE = "anker birke dampf eimer falke garten"


class CaseDesk:
    """A desk, a case on it and the page that shows it; ``lock`` and ``unlock`` as the program does."""

    def __init__(self, folder: Path, work: Work) -> None:
        self._folder = folder
        self.work = work
        self.desk = Desk.unlock(folder, PASSPHRASE)
        self.toasts: list[tuple[str, Callable[[], None] | None]] = []
        self.visited: list[Place] = []
        self.surprises: list[object] = []
        self._hush: Callable[[], None] = lambda: None
        work.unexplained.connect(self.surprises.append)
        client = Person(
            family_name="Osman",
            given_names="Amna",
            birth_date=PartialDate(1992, 5, 3),
            languages=(LanguageSkill("apc", "B1", interpreter=True),),
        )
        self.case: Case = cases.open_new(self.desk, client, opened_on=date.today())  # noqa: DTZ011
        self.page = self._make_page()

    def open(self, place: str = "") -> CasePage:
        """Show the case at ``place`` ("plan", "intake", "goal:<id>" …)."""
        self.page.go(in_case(self.case.id, place))
        self.page.refresh()
        self.page.activateWindow()
        QTest.qWaitForWindowActive(self.page)
        QApplication.processEvents()
        return self.page

    def edit(self, kind: str, key: str = "") -> None:
        """Open the dialog of a record of the shown case, or of a new one."""
        assert self.page._editing is not None
        self.page._editing.open(kind, key)

    def file(self) -> CaseFile:
        """Return the case as it is stored."""
        return cases.peek(self.desk, self.case.id)

    def lock(self) -> None:
        """Lock as the program does: keep drafts, close the desk, drop the windows."""
        self.page.flush()
        self._hush()
        self.desk.close()
        self.page.deleteLater()
        QApplication.processEvents()

    def unlock(self) -> None:
        """Open the desk again with a new page."""
        self.desk = Desk.unlock(self._folder, PASSPHRASE)
        self.page = self._make_page()

    def close(self) -> None:
        """Close page and desk; nothing may have failed unsaid."""
        for dialog in self.page.findChildren(QDialog):
            dialog.close()
        self.page.close()
        self.page.deleteLater()
        QApplication.processEvents()
        self.desk.close()
        assert self.surprises == []

    def _make_page(self) -> CasePage:
        context = Context(self.desk, self.work, self.visited.append, self._toast)
        page = CasePage(context)
        told = _Told(page)
        self._hush()
        self._hush = self.desk.subscribe(told.happened.emit)
        page.resize(1180, 700)
        page.show()
        return page

    def _toast(self, text: str, undo: Callable[[], None] | None = None) -> None:
        self.toasts.append((text, undo))


class _Told(QObject):
    """Brings news of changes to the thread of the windows, as the shell does."""

    happened = Signal(object)

    def __init__(self, page: CasePage) -> None:
        super().__init__(page)
        self.happened.connect(page.hear)


@pytest.fixture(scope="session")
def case_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed, empty desk, made once."""
    folder = tmp_path_factory.mktemp("case_desk") / "vault"
    desk, _ = Desk.create(
        folder,
        PASSPHRASE,
        name="Eschenried",
        user="Miriam Kessler",
        municipalities=("05999001",),
        strength=Strength.INTERACTIVE,
    )
    desk.close()
    return folder


@pytest.fixture
def case_desk(
    qapp: QApplication, tmp_path: Path, case_template: Path, inline_work: InlineWork
) -> Iterator[CaseDesk]:
    """A case of Amna Osman on a desk of this test alone, and its page."""
    folder = tmp_path / "desk"
    shutil.copytree(case_template, folder)
    made = CaseDesk(folder, inline_work)
    yield made
    made.close()
