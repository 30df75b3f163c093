"""Takes pictures of the real window, in one look after the other."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLineEdit, QWidget

from kimdesk.casework import cases
from kimdesk.casework.cases import CaseRow
from tests.screens.stage import Stage
from tests.ui.places import in_case
from ui.app import Program
from ui.pages.wizard.page import WizardPage
from ui.places import Place
from ui.program.preferences import Keeper, KnownVault, Preferences
from ui.program.work import InlineWork

SIZE = (1366, 768)


@dataclass(frozen=True, slots=True)
class Look:
    """Light or dark, at a text size from 1.0 to 2.0."""

    dark: bool
    zoom: float

    def __str__(self) -> str:
        return f"{'dark' if self.dark else 'light'}-{self.zoom * 100:.0f}"


SETTLING = 12  # rounds until layouts inside layouts have found their places
W = TypeVar("W", bound=QWidget)


def seen(top: QWidget, kind: type[W], name: str) -> W:
    """Return what is seen under ``name``: a page that was left may hold another."""
    found = top.findChildren(kind, name)
    assert found, name
    return next((widget for widget in reversed(found) if widget.isVisibleTo(top)), found[-1])


class Camera:
    """The program in one look; each method shows something and leaves it standing."""

    def __init__(self, app: QApplication, stage: Stage, look: Look) -> None:
        self.stage = stage
        self.code = "QK7M-2V9T-HX4D-8R3P-Z6WN-C5JE-Y1FB"
        known = KnownVault(str(stage.desk.vault.folder), stage.desk.name, _yesterday())
        places = {"handover": str(stage.home / "stick")}
        kept = Preferences("dark" if look.dark else "light", look.zoom, vaults=(known,), places=places)
        self.program = Program(app, Keeper(kept), work=InlineWork())
        self.window = self.program.window
        self.window.resize(*SIZE)
        self.window.show()
        self.program.settle()

    def desk(self, target: Place | str) -> None:
        """Show ``target`` of the field desk."""
        self._role("desk").navigate(Place.parse(target) if isinstance(target, str) else target)

    def case(self, name: str, place: str = "") -> None:
        """Show the case of ``name``, and a place in it."""
        self.desk(in_case(self.row(name).id, place))

    def row(self, name: str) -> CaseRow:
        """Return the row of the case of ``name``."""
        return cases.find(self.stage.desk, name, 1)[0]

    def kreis(self, target: str) -> None:
        """Show ``target`` of the Kreis."""
        self._role("kreis").navigate(Place(target))

    def empty(self, target: str) -> None:
        """Show ``target`` of the desk that was just set up."""
        self._role("empty").navigate(Place.parse(target))

    def unlock(self) -> None:
        """Show the locked vault of the field desk."""
        self.leave()
        self.program.show_unlock(self.stage.desk.vault.folder)
        self.window.resize(*SIZE)

    def wizard(self, step: Callable[[WizardPage], object] | None = None) -> None:
        """Show the first steps, after doing ``step`` to them."""
        self.leave()
        self.program.show_wizard()
        page = self.window.centralWidget()
        assert isinstance(page, WizardPage)
        if step is not None:
            step(page)

    def restore(self, backups: Path) -> None:
        """Show the way back from the backups in a folder."""
        self.leave()
        self.program.show_restore(str(backups))
        self.window.resize(*SIZE)

    def press(self, name: str) -> None:
        """Press the button ``name`` that is seen, as in opening a dialog."""
        seen(self.window, QAbstractButton, name).click()

    def take(self, path: Path) -> None:
        """Write a picture of what is shown, an open dialog on top, then close that."""
        self.window.resize(*SIZE)
        for _ in range(SETTLING):
            QApplication.sendPostedEvents()
            QApplication.processEvents()
        if self.window.size() != QSize(*SIZE):
            print(f"{path.name}: the window does not fit the screen")
        picture = self.window.grab()
        dialogs, popups = self._dialogs(), self._popups()
        for dialog in dialogs:
            _lay_over(picture, dialog)
        for popup in popups:
            _lay_at(picture, popup, self.window)
            popup.close()
        for dialog in dialogs:
            dialog.done(QDialog.DialogCode.Rejected)
        picture.save(str(path))
        for search in self.window.findChildren(QLineEdit, "search"):
            search.clear()

    def close(self) -> None:
        """Put the window away; the desks stay open."""
        self.leave()
        self.window.hide()
        self.window.deleteLater()
        QApplication.processEvents()

    def _role(self, role: str):  # type: ignore[no-untyped-def]
        wanted = getattr(self.stage, role)
        if self.program.desk is not wanted:
            self.leave()
            self.program.show_desk(wanted)
            self.window.resize(*SIZE)
        return self.program.shell

    def leave(self) -> None:
        if self.program.shell is not None:
            self.program.shell.leave()
        if self.program.guard is not None:
            self.program.guard.stop()()
        self.program.desk = self.program.shell = None

    def _dialogs(self) -> list[QDialog]:
        found = [
            each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()
        ]
        return sorted(found, key=_depth)

    def _popups(self) -> list[QWidget]:
        found = (each for each in QApplication.topLevelWidgets() if each.isVisible())
        return [each for each in found if each.windowType() == Qt.WindowType.Popup]


def _depth(dialog: QWidget) -> int:
    """Return how many widgets a dialog was opened from, so that one opened from another lies on top."""
    parent = dialog.parentWidget()
    return 0 if parent is None else 1 + _depth(parent)


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture."""

    name: str
    show: Callable[[Camera], object]


def _yesterday() -> str:
    return (
        (datetime.now(UTC) - timedelta(days=1))
        .replace(hour=15, minute=12, second=0, microsecond=0)
        .isoformat()
    )


def _lay_over(picture: QPixmap, dialog: QDialog) -> None:
    shown = dialog.grab()
    frame = shown.rect().adjusted(0, 0, -1, -1)
    corner = QPoint((picture.width() - shown.width()) // 2, max(0, (picture.height() - shown.height()) // 2))
    painter = QPainter(picture)
    painter.drawPixmap(corner, shown)
    painter.setPen(Qt.GlobalColor.gray)
    painter.drawRect(frame.translated(corner))
    painter.end()


def _lay_at(picture: QPixmap, popup: QWidget, window: QWidget) -> None:
    """Paint a popup where it stands; the window may stand elsewhere than at the corner of the screen."""
    shown = QPixmap(popup.size())
    shown.fill(Qt.GlobalColor.transparent)
    popup.render(shown)
    painter = QPainter(picture)
    painter.drawPixmap(popup.pos() - window.mapToGlobal(QPoint(0, 0)), shown)
    painter.end()
