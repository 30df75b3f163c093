"""The page Liste einlesen."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kimdesk.casework.events import Shows
from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from ui.desk.context import Context
from ui.desk.page import DeskPage
from ui.kit.base import spaced
from ui.kit.buttons import quiet, way_back
from ui.kit.scroll import Page
from ui.kit.state import Notice
from ui.pages.person_list.looking import LookStep
from ui.pages.person_list.matching import MatchStep
from ui.pages.person_list.presenter import ListPresenter, Looked, Past
from ui.pages.person_list.report import ReportStep
from ui.pages.person_list.running import Running
from ui.pages.person_list.start import ListStartStep
from ui.places import Place

if TYPE_CHECKING:
    from kimdesk.casework.person_lists import TableFile, TakenRow, Undone


class PersonListPage(DeskPage, Page):
    """Four steps, one at a time."""

    shows = Shows("case")
    progressed = Signal(int, int)

    def __init__(self, context: Context) -> None:
        super().__init__(say("common.take_in_a_list"))
        self._context = context
        back = way_back(say("common.cases"), "back_to_cases")
        back.clicked.connect(lambda: context.navigate(Place("cases")))
        self.add_action(back)
        documents = quiet(say("documents.take_in_case_documents"), "file-text")
        documents.setObjectName("to_documents")
        documents.clicked.connect(lambda: context.navigate(Place("documents")))
        self.add_action(documents)
        self.presenter = ListPresenter(context, self)
        self._problem = Notice("bad")
        self._problem.setObjectName("list_problem")
        self._problem.hide()
        self.body.addWidget(self._problem)
        self._start, self._match = ListStartStep(), MatchStep(self.presenter)
        self._look, self._report = LookStep(self.presenter), ReportStep()
        self._running = Running()
        self._running.stopped.connect(self.presenter.stop)
        self._running.hide()
        self.progressed.connect(self._show_progress)
        self.body.addWidget(self._running)
        self._steps = QWidget()
        column = QVBoxLayout(self._steps)
        spaced(column, 0)
        for step in (self._start, self._match, self._look, self._report):
            column.addWidget(step, 1)
        self._go(self._start)
        self.body.addWidget(self._steps, 1)
        self._start.chosen.connect(lambda name: self.open_file(Path(name)))
        self._start.undo_wanted.connect(self.presenter.undo)
        self._match.looked.connect(self.presenter.look)
        self._match.left.connect(self._begin)
        self._look.left.connect(lambda: self._go(self._match))
        self._report.undo_wanted.connect(self.presenter.undo)
        self._report.finished.connect(lambda: context.navigate(Place("cases")))

    def refresh(self) -> None:
        """Read which lists were taken in before."""
        self.presenter.refresh()

    def open_file(self, path: Path) -> None:
        """Read the list in a file; case documents have a page of their own."""
        if path.suffix.lower() in (".json", ".jsonl"):
            self._context.navigate(Place("documents", key=str(path)))
        else:
            self.presenter.open_file(path)

    def show_past(self, past: tuple[Past, ...]) -> None:
        """Show the lists that were taken in before."""
        self._start.show_past(past)

    def show_table(self, name: str, table: "TableFile", mapping: tuple[str, ...]) -> None:
        """Show the columns."""
        self._match.show_table(name, table, mapping)
        self._go(self._match)

    def show_rows(self, looked: Looked) -> None:
        """Show the rows."""
        self._look.show_rows(looked, self.presenter.table)
        self._go(self._look)

    def show_taken(self, taken: "TakenRow") -> None:
        """Show the report."""
        self._report.show_taken(taken, self.presenter.table)
        self._go(self._report)

    def show_undone(self, undone: "Undone") -> None:
        """Say what is gone, and begin again."""
        words = say("person_list.n_cases_were_removed_again", n=undone.removed)
        if undone.kept:
            words += " " + say("person_list.n_stay_because_somebody_has", n=undone.kept)
        self._context.toast(words)
        self._begin()

    def show_problem(self, told: Explanation | None) -> None:
        """Say why something was refused."""
        self._problem.setVisible(told is not None)
        if told is not None:
            self._problem.explain(told)

    def show_progress(self, done: int, total: int) -> None:
        """Show how far a job is, 0 of 0 when it is over; from any thread."""
        self.progressed.emit(done, total)

    def _show_progress(self, done: int, total: int) -> None:
        self._running.show_far(done, total)
        self._steps.setEnabled(total == 0)

    def _go(self, step: QWidget) -> None:
        """Show one step; the page is as high as that one alone."""
        for each in (self._start, self._match, self._look, self._report):
            each.setVisible(each is step)

    def _begin(self) -> None:
        self.show_problem(None)
        self._go(self._start)
