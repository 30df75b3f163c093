"""A paper over the page: looked at page by page, printed, saved, handed out, kept in the case."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from kimdesk.casework import changes, paper_issues
from kimdesk.casework.changes import Change
from kimdesk.casework.scans.scan import PDF
from kimdesk.documents import papers
from kimdesk.domain import media
from kimdesk.domain.errors import KimdeskError
from kimdesk.domain.records import PaperIssue
from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation, explain
from ui import focus
from ui.desk.context import Context
from ui.kit.base import spaced
from ui.kit.dialog import Dialog
from ui.kit.state import EmptyState
from ui.papers.handing_out import PaperReceiverDialog
from ui.papers.shown import PaperOf, ShownPaper, show
from ui.papers.side import PaperSide
from ui.papers.viewer import Viewer
from ui.theme import theme

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from kimdesk.cage import Stop
    from ui.papers.render import RenderedPage

_WIDTH = 1120
_ANOTHER_PAGE = "E764"


def open_paper(
    context: Context, owner: QWidget, name: str, record_id: str, template: str = ""
) -> "PaperWindow":
    """Open the paper ``name`` about a record over the page of ``owner``; a free letter by its ``template``.

    Raises KeyError for no such name.
    """
    window = PaperWindow(context, owner, PaperOf(papers.paper(name), record_id, template))
    window.open()
    return window


class PaperWindow(Dialog):
    """Shows one paper; its bytes and pictures are held while it is open, and nowhere but in memory."""

    def __init__(self, context: Context, owner: QWidget, of: PaperOf) -> None:
        title = say(f"papers.name_{of.kind.key}")
        super().__init__(owner, title, accept=say("papers.print"), reject=say("common.close"))
        self.setObjectName("paper_window")
        self.widen(_WIDTH)
        self._context, self._of = context, of
        self._shown: ShownPaper | None = None
        self._issues: list[str] = []  # what was noted of the very pages that are shown
        self._drawing: Stop | None = None
        self._viewer = Viewer("paper")
        self._viewer.wanted.connect(self._draw)
        self._waiting = EmptyState("file-pdf", say("papers.being_made"))
        self._side = PaperSide(context.catalogue)
        self._side.chosen.connect(self._make)
        self._side.worded.connect(self._word)
        self._side.save.connect(self.ask_save)
        self._side.hand_out.connect(self.ask_hand_out)
        self._side.keep.connect(self.keep)
        row = QVBoxLayout() if theme().stacked else QHBoxLayout()
        spaced(row, 16)
        for widget, stretch in ((self._viewer, 1), (self._waiting, 1), (self._side, 0)):
            row.addWidget(widget, stretch)
        self.body.addLayout(row)
        self._make()

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
        """Print on ``printer``; the case tells of it once all pages are out."""
        from ui.papers import printing

        if (shown := self._shown) is None:
            return
        self._be_busy(say("papers.being_printed"))
        self._context.work.look(
            self,
            lambda: printing.print_pages(shown.made.data, printer),
            lambda _: self._note(shown, "printed", say("papers.printed")),
            self._refuse,
        )

    def ask_save(self) -> None:
        """Ask where the PDF goes, and write it."""
        proposed = f"{say(f'papers.name_{self._of.kind.key}')}.pdf"
        name, _ = QFileDialog.getSaveFileName(self, say("case.where_to"), proposed, "PDF (*.pdf)")
        if name:
            self.save(Path(name))

    def save(self, path: Path) -> None:
        """Write the PDF to ``path``, and note it: both, or neither."""
        if (shown := self._shown) is not None:
            self._note(shown, "saved", say("papers.saved"), lambda: media.write(path, shown.made.data))

    def ask_hand_out(self) -> None:
        """Ask to whom it went."""
        if (shown := self._shown) is not None:
            asking = PaperReceiverDialog(self, shown.receiver)
            asking.accepted.connect(lambda: self.hand_out(asking.receiver, keep=asking.keeps))
            asking.open()

    def hand_out(self, receiver: str, *, keep: bool = False) -> None:
        """Note that it went to ``receiver``; with ``keep`` it stays in the case as it was."""
        if (shown := self._shown) is None:
            return
        if keep:
            one = shown.issue(self._of, "handed_out", _today(), receiver)
            self._keep(shown, one, say("papers.handed_out_and_kept"))
        else:
            self._note(shown, "handed_out", say("papers.handed_out"), handed_to=receiver)

    def keep(self) -> None:
        """Keep it in the case as it is."""
        if (shown := self._shown) is not None:
            self._keep(shown, shown.issue(self._of, "kept", _today()), say("papers.kept"))

    def done(self, result: int) -> None:
        """Let go of everything: the window was closed, or the desk is locked."""
        self._shown = None
        if self._drawing is not None:
            self._drawing.stop()
        self._viewer.forget()
        super().done(result)

    def _make(self, language: str = "") -> None:
        """Have the paper made in a language, the client's own without one."""
        desk, of = self._context.desk, self._of
        self._shown, self._issues = None, []
        self.set_problem(None)
        self._viewer.hide()
        self._waiting.show()
        self._be_busy(say("papers.being_made"))
        self._context.work.read(self, lambda: show(desk, of, _today(), language), self._made, self._refuse)

    def _word(self, template: str) -> None:
        """Have a free letter made by another template."""
        self._of = replace(self._of, template=template)
        self._make()

    def _made(self, shown: ShownPaper) -> None:
        first = self._viewer.pages == 0
        self._waiting.hide()
        self._viewer.show()
        self._show(shown)
        self._viewer.begin(shown.made.title)
        if first:
            focus.begin(self._viewer)

    def _show(self, shown: ShownPaper | None) -> None:
        self._shown = shown
        self.set_busy(shown is None)
        self._side.show_paper(shown)

    def _be_busy(self, words: str) -> None:
        self.set_busy(True)
        self._side.show_paper(self._shown, words)

    def _refuse(self, explanation: Explanation) -> None:
        """Say why not; a paper that is there stays."""
        self._show(self._shown)
        if self._shown is None:
            self._waiting.hide()
        self.set_problem(explanation)

    def _draw(self, page: int, width: int) -> None:
        from ui.papers.render import render

        if (shown := self._shown) is None:
            return

        def drawn(sheet: "RenderedPage") -> None:
            if self._shown is not None:
                self._viewer.show_sheet(sheet)

        def failed(explanation: Explanation) -> None:
            if explanation.code != _ANOTHER_PAGE:
                self.set_problem(explanation)

        if self._drawing is not None:
            self._drawing.stop()
        data = shown.made.data
        self._drawing = self._context.work.look(self, lambda: render(data, PDF, page, width), drawn, failed)

    def _note(
        self, shown: ShownPaper, how: paper_issues.Way, words: str,
        out: Callable[[], object] = lambda: None, handed_to: str = "",
    ) -> None:  # fmt: skip
        """Note what became of the paper, with the way back."""
        desk, work, home = self._context.desk, self._context.work, self._context.home
        one = shown.issue(self._of, how, _today(), handed_to)

        def noted(change: Change) -> None:
            self._issues += [each.id for each in change.now(PaperIssue)]
            self._context.toast(words, lambda: work.write(home, lambda: changes.undo(desk, change)))
            self._told(shown, change.now(PaperIssue))

        work.write(self, lambda: paper_issues.issue(desk, one, shown.made.action, out), noted, self._refuse)

    def _keep(self, shown: ShownPaper, one: PaperIssue, words: str) -> None:
        desk, data, issues = self._context.desk, shown.made.data, tuple(self._issues)

        def kept(_: object) -> None:
            self._context.toast(words)
            self._told(shown, (one,))

        self._context.work.write(self, lambda: paper_issues.keep(desk, one, data, issues), kept, self._refuse)

    def _told(self, shown: ShownPaper, new: Iterable[PaperIssue]) -> None:
        """Show what was noted, unless another language is looked at by now."""
        self.set_problem(None)
        if self._shown is not None and self._shown.made is shown.made:
            self._show(replace(shown, before=(*new, *shown.before)))


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the worker's calendar day
