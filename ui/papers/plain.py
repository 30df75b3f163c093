"""A paper that belongs to no case: looked at page by page, printed, saved."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from kimdesk.casework.scans.scan import PDF
from kimdesk.domain.errors import KimdeskError
from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation, explain
from ui import focus
from ui.desk.context import Context
from ui.kit.buttons import secondary
from ui.kit.dialog import Dialog
from ui.kit.state import EmptyState
from ui.papers.viewer import Viewer

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from kimdesk.cage import Stop
    from ui.papers.render import RenderedPage
_WIDTH = 900
_ANOTHER_PAGE = "E764"


class PlainPaperWindow(Dialog):
    """Shows the PDF that ``make`` returns; ``write`` puts it into a file and notes that, ``note`` that it was
    printed.

    Its bytes and pictures are held while it is open, and nowhere but in memory.
    """

    def __init__(
        self, context: Context, owner: QWidget, title: str, make: Callable[[], bytes],
        write: Callable[[Path, bytes], None], note: Callable[[], None],
    ) -> None:  # fmt: skip
        super().__init__(owner, title, accept=say("papers.print"), reject=say("common.close"))
        self.setObjectName("plain_paper_window")
        self.widen(_WIDTH)
        self._context, self._title, self._write, self._told = context, title, write, note
        self._data = b""
        self._drawing: Stop | None = None
        self._viewer = Viewer("paper")
        self._viewer.wanted.connect(self._draw)
        self._waiting = EmptyState("file-pdf", say("papers.being_made"))
        self._save = secondary(say("papers.save"), "download-simple")
        self._save.setObjectName("save_paper")
        self._save.clicked.connect(self.ask_save)
        self.button_row.insertWidget(0, self._save)
        self.body.addWidget(self._viewer)
        self.body.addWidget(self._waiting)
        self._viewer.hide()
        self._be_busy(True)
        context.work.read(self, make, self._made, self._refuse)

    def arrange(self) -> None:
        """Give the page all the height there is."""
        self._viewer.be_high(self.room_inside())

    def accept(self) -> None:
        """Ask the system which printer, and print."""
        from ui.papers import printing

        try:
            asked = printing.ask(self, self._viewer.pages)
        except KimdeskError as error:
            self.set_problem(explain(error))
            return
        asked.accepted.connect(lambda: self.print_on(asked.printer()))
        QDialog.open(asked)

    def print_on(self, printer: "QPrinter") -> None:
        """Print on ``printer``."""
        from ui.papers import printing

        data = self._data
        self._be_busy(True)
        self._context.work.look(
            self, lambda: printing.print_pages(data, printer), lambda _: self._note(), self._refuse,
        )  # fmt: skip

    def ask_save(self) -> None:
        """Ask where the PDF goes, and write it."""
        name, _ = QFileDialog.getSaveFileName(self, say("case.where_to"), f"{self._title}.pdf", "PDF (*.pdf)")
        if name:
            self.save(Path(name))

    def save(self, path: Path) -> None:
        """Write the PDF to ``path``, and note it: both, or neither."""
        data, write = self._data, self._write
        self._be_busy(True)
        done = say("papers.saved_plain")
        self._context.work.write(self, lambda: write(path, data), lambda _: self._done(done), self._refuse)

    def done(self, result: int) -> None:
        """Let go of everything: the window was closed, or the desk is locked."""
        self._data = b""
        if self._drawing is not None:
            self._drawing.stop()
        self._viewer.forget()
        super().done(result)

    def _made(self, data: bytes) -> None:
        self._data = data
        self._waiting.hide()
        self._viewer.show()
        self._be_busy(False)
        self._viewer.begin(self._title)
        focus.begin(self._viewer)
        self.fit()

    def _note(self) -> None:
        words = say("papers.printed_plain")
        self._context.work.write(self, self._told, lambda _: self._done(words), self._refuse)

    def _done(self, words: str) -> None:
        self._be_busy(False)
        self.set_problem(None)
        self._context.toast(words)

    def _be_busy(self, busy: bool) -> None:
        self.set_busy(busy)
        self._save.setEnabled(not busy)

    def _refuse(self, told: Explanation) -> None:
        self._be_busy(not self._data)
        if not self._data:
            self._waiting.hide()
        self.set_problem(told)

    def _draw(self, page: int, width: int) -> None:
        from ui.papers.render import render

        if not (data := self._data):
            return
        if self._drawing is not None:
            self._drawing.stop()

        def drawn(sheet: "RenderedPage") -> None:
            if self._data:
                self._viewer.show_sheet(sheet)

        self._drawing = self._context.work.look(
            self, lambda: render(data, PDF, page, width), drawn, self._not_drawn
        )

    def _not_drawn(self, told: Explanation) -> None:
        if told.code != _ANOTHER_PAGE:
            self.set_problem(told)
