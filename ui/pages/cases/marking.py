"""What hands do with the list itself: mark cases and do something with all of them, choose its columns."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QWidget

from kimdesk.casework import bulk, case_columns
from kimdesk.casework.case_columns import ColumnChoice
from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from ui.desk.context import Context
from ui.kit.announce import announce
from ui.kit.state import Notice
from ui.pages.cases import column_choice, marked_bar, row_menu
from ui.pages.cases.acting import Acting
from ui.pages.cases.column_choice import ColumnActs
from ui.pages.cases.exporting import ExportDialog
from ui.pages.cases.marked_bar import MarkedBar
from ui.pages.cases.presenter import CasesPresenter
from ui.pages.cases.table import CaseTable


class Marking(QObject):
    """Ties the marks of ``table`` to what can be done with them; ``turn`` sorts the other way round."""

    def __init__(
        self, page: QWidget, context: Context, presenter: CasesPresenter, table: CaseTable,
        turn: Callable[[], None],
    ) -> None:  # fmt: skip
        super().__init__(page)
        self._page, self._context, self._presenter, self._table = page, context, presenter, table
        self._acts = ColumnActs(self.choose_columns, turn)
        self._acting = Acting(page, context)
        self.bar = bar = MarkedBar()
        self.notice = Notice("bad")
        self.notice.setObjectName("marked_notice")
        self.notice.hide()
        table.marks.changed.connect(lambda: bar.show_number(len(table.marks.ids)))
        table.all_wanted.connect(self._mark_all)
        table.menu_asked.connect(self._ask)
        table.heads_asked.connect(self.ask_columns)
        table.arranged.connect(self._keep_columns)
        bar.wanted.connect(self._act)
        bar.cleared.connect(lambda: table.marks.replace(()))
        bar.stopped.connect(self._acting.stop)
        self._acting.far.connect(bar.show_far)
        self._acting.done.connect(lambda: table.marks.replace(()))
        self._acting.refused.connect(self._refuse)
        desk = context.desk
        context.work.read(self, lambda: case_columns.chosen(desk), table.show_columns)

    def ask_columns(self, at: QPoint) -> None:
        """Show the menu of the columns at ``at`` on the screen."""
        falling = self._presenter.query.falling
        column_choice.ask(self._table, at, falling=falling, acts=self._acts)

    def choose_columns(self, choice: ColumnChoice) -> None:
        """Show these columns from now on."""
        self._table.show_columns(choice)
        self._keep_columns(choice)

    def _keep_columns(self, choice: ColumnChoice) -> None:
        desk = self._context.desk
        self._context.work.write(self, lambda: case_columns.choose(desk, choice))

    def _mark_all(self) -> None:
        desk, query = self._context.desk, self._presenter.query
        self._context.work.read(self, lambda: bulk.ids(desk, query), self._mark)

    def _mark(self, ids: tuple[str, ...]) -> None:
        marks = self._table.marks
        marks.replace(() if marks.ids == frozenset(ids) else ids)
        announce(self._page, say("cases.n_marked", n=len(marks.ids)))

    def _ask(self, case_id: str, at: QPoint) -> None:
        if case_id in self._table.marks.ids:
            marked_bar.ask(self._table, len(self._table.marks.ids), at, self.bar)
        else:
            row_menu.ask(self._table, case_id, at, self._context.navigate)

    def _refuse(self, why: Explanation) -> None:
        self.notice.explain(why)
        self.notice.show()

    def _act(self, act: str) -> None:
        self.notice.hide()
        ids = self._table.marks.ids
        if act == "table":
            ExportDialog(self._page, self._context, self._presenter, len(ids), ids).open()
        else:
            self._acting.ask(act, ids)
