"""The page of a closed vault that is to get a new key."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kimdesk.casework.desk import Desk
from kimdesk.texts.refusals import Explanation
from kimdesk.vault import SlotInfo
from ui import focus
from ui.kit.base import spaced
from ui.pages.access.rekey_presenter import RekeyPresenter
from ui.pages.access.rekey_steps import AskStep, NewSheetStep
from ui.program.scene import WindowScene
from ui.program.work import Work
from ui.theme import theme

WIDTH = 620


class RekeyPage(WindowScene, QScrollArea):
    """One card: ask, show the new sheet, then change. ``dropped`` leads back to the locked vault."""

    opened = Signal(object)  # Desk
    dropped = Signal()

    def __init__(self, work: Work, folder: Path) -> None:
        super().__init__()
        self.setObjectName("rekey_page")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._presenter = RekeyPresenter(self, work, folder)
        self._step: AskStep | NewSheetStep = AskStep()
        self._step.wanted.connect(self._presenter.begin)
        self._step.dropped.connect(self.dropped)
        self.setWidget(self._content())

    def take_focus(self) -> None:
        """Put the keyboard into the passphrase."""
        if isinstance(self._step, AskStep):
            focus.begin(self._step.field)

    def show_busy(self, busy: bool) -> None:
        """Say that the vault is being worked on, or no longer."""
        self._step.set_busy(busy)

    def show_problem(self, explanation: Explanation) -> None:
        """Say why it did not work."""
        self._step.show_problem(explanation)

    def show_sheet(self, code: str, left_out: tuple[SlotInfo, ...]) -> None:
        """Show the new recovery sheet and who will be left out."""
        old, step = self._step, NewSheetStep(code, left_out, self._presenter.save_sheet)
        step.wanted.connect(self._take)
        step.dropped.connect(self.dropped)
        self._step = step
        self._column.replaceWidget(old, step)
        old.hide()
        old.deleteLater()

    def finish(self, desk: Desk) -> None:
        """Go on with the open desk."""
        self.opened.emit(desk)

    def _take(self, typed: str) -> None:
        if self._presenter.proves(typed):
            self._presenter.take()
        elif isinstance(self._step, NewSheetStep):
            self._step.show_wrong()

    def _content(self) -> QWidget:
        content = QWidget()
        content.setObjectName("page_body")
        card = QFrame()
        card.setObjectName("card")
        card.setFixedWidth(theme().px(WIDTH))
        self._column = QVBoxLayout(card)
        spaced(self._column, 0, (32, 28, 32, 24))
        self._column.addWidget(self._step)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(card)
        row.addStretch(1)
        column = QVBoxLayout(content)
        spaced(column, 0, (20, 20, 20, 20))
        column.addStretch(2)
        column.addLayout(row)
        column.addStretch(3)
        return content
