"""The page Fälle."""

from PySide6.QtCore import QItemSelection, QModelIndex, Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kimdesk.casework.cases import CaseRow
from ui.context import Context
from ui.kit.base import spaced
from ui.kit.buttons import primary
from ui.kit.rows import Role
from ui.kit.scroll import MARGIN
from ui.kit.state import EmptyState
from ui.kit.table import Table
from ui.kit.text import Text
from ui.pages.cases.filters import Filters
from ui.pages.cases.model import CasesModel
from ui.pages.cases.new_case import NewCaseDialog
from ui.pages.cases.presenter import CasesPresenter, Summary
from ui.pages.cases.summary import CaseSummary
from ui.text import tr
from ui.theme import theme


class CasesPage(QWidget):
    """The list, fast at any length; the chosen case in short beside it."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("page_body")
        self._context = context
        self._presenter = CasesPresenter(context, self)
        column = QVBoxLayout(self)
        spaced(column, 10, (MARGIN, 14, MARGIN, MARGIN))
        column.addLayout(self._title_row())
        self._filters = Filters(context.desk.municipalities)
        self._filters.changed.connect(lambda changes: self._presenter.ask(**changes))
        column.addWidget(self._filters)
        row = QHBoxLayout()
        spaced(row, 14)
        row.addWidget(self._list(), 1)
        self._summary = CaseSummary()
        self._summary.setFixedWidth(theme().px(276))
        self._summary.opened.connect(context.navigate)
        self._summary.hide()
        row.addWidget(self._summary)
        column.addLayout(row, 1)

    def refresh(self) -> None:
        """Read the list again."""
        self._presenter.refresh()

    def show_rows(self, rows: tuple[CaseRow, ...], *, first: bool, more: bool) -> None:
        """Show ``rows``."""
        if not first:
            self._model.append(rows, more)
            return
        chosen = self._chosen()
        self._model.replace(rows, more)
        self._stack.setCurrentIndex(0 if rows else 1)
        self._table.selectRow(max(self._model.row_of(chosen), 0)) if rows else self._presenter.choose("")

    def show_count(self, count: int) -> None:
        """Show how many cases there are."""
        self._count.setText(self._filters.count_text(count))

    def show_summary(self, summary: Summary | None) -> None:
        """Show the chosen case in short; not while large text needs the room."""
        self._summary.setVisible(summary is not None and not theme().stacked)
        if summary is not None:
            self._summary.show_summary(summary)

    def new_case(self) -> None:
        """Ask who comes; search before anything is created."""
        dialog = NewCaseDialog(self, self._context)
        dialog.opened.connect(self._context.navigate)
        dialog.open()

    def _title_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        spaced(row, 12)
        row.addWidget(Text(tr("Cases"), "title"))
        self._count = Text("", "body", "text-2")
        row.addWidget(self._count, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        button = primary(tr("New case"), "plus")
        button.setObjectName("new_case")
        button.setShortcut("Ctrl+N")
        button.clicked.connect(self.new_case)
        row.addWidget(button)
        return row

    def _list(self) -> QWidget:
        self._model = CasesModel(self, self._presenter_more)
        self._table = Table(self._model, tr("Cases"))
        self._table.setObjectName("case_table")
        self._table.set_widths(210, 116, 196, 128, 118)
        self._table.opened.connect(lambda index: self._context.navigate(f"case:{index.data(Role.KEY)}"))
        self._table.doubleClicked.connect(lambda index: self._context.navigate(f"case:{index.data(Role.KEY)}"))
        self._table.selectionModel().selectionChanged.connect(self._choose)
        empty = EmptyState("folder-open", tr("No case fits. Change the filters or open a new case."), tr("New case"))
        empty.pressed.connect(self.new_case)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._table)
        self._stack.addWidget(empty)
        return self._stack

    def _presenter_more(self) -> None:
        self._presenter.more()

    def _choose(self, selected: QItemSelection, _deselected: QItemSelection) -> None:
        rows = selected.indexes()
        self._presenter.choose(str(rows[0].data(Role.KEY)) if rows else "")

    def _chosen(self) -> str:
        rows: list[QModelIndex] = self._table.selectionModel().selectedRows()
        return str(rows[0].data(Role.KEY)) if rows else ""
