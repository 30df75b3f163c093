"""The page Fälle."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kimdesk.casework.case_views import OwnView
from kimdesk.casework.cases import CaseRow, Order
from kimdesk.casework.events import RECORDS, SETTING, Shows
from kimdesk.domain.dates import today as calendar_day
from kimdesk.texts import say
from ui import focus
from ui.desk.context import Context
from ui.desk.page import DeskPage
from ui.kit.base import spaced
from ui.kit.buttons import primary, secondary
from ui.kit.rows import ItemRole
from ui.kit.scroll import MARGIN
from ui.kit.state import EmptyState
from ui.kit.text import Text
from ui.pages.cases.exporting import ExportDialog
from ui.pages.cases.filters import Filters, Views
from ui.pages.cases.marking import Marking
from ui.pages.cases.new_case import NewCaseDialog
from ui.pages.cases.own_views import OwnViews
from ui.pages.cases.presenter import CasesPresenter, Summary
from ui.pages.cases.summary import CaseSummary
from ui.pages.cases.table import CaseTable, TableCard
from ui.places import NEW_CASE, Place
from ui.program import keys
from ui.theme import theme

SUMMARY_WIDTH = 300
ROOM_FOR_SUMMARY = 1080


class CasesPage(DeskPage, QWidget):
    """The list, fast at any length; the chosen case in short beside it."""

    shows = Shows(*RECORDS, SETTING)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("page_body")
        self.setAccessibleName(say("common.cases"))
        self._context = context
        self._presenter = CasesPresenter(context, self)
        self._views = Views(context.desk.rules.spans, calendar_day())
        self._views.chosen.connect(self._choose_view)
        self._filters = Filters(context.catalogue, context.desk.municipalities)
        self._filters.changed.connect(self._ask)
        self._own = OwnViews()
        self._own.chosen.connect(self._choose_own)
        self._own.wanted.connect(self._presenter.keep_view)
        self._own.unwanted.connect(self._presenter.drop_view)
        self._summary = CaseSummary(context.catalogue)
        self._summary.setFixedWidth(theme().px(SUMMARY_WIDTH))
        self._summary.opened.connect(context.navigate)
        self._summary.hide()
        self._chosen: Summary | None = None
        self._empty = False
        column = QVBoxLayout(self)
        spaced(column, 8, (MARGIN, 14, MARGIN, MARGIN))
        column.addLayout(self._title_row())
        column.addLayout(self._view_row())
        column.addWidget(self._filters)
        rows = self._list_row()
        column.addWidget(self._marking.notice)
        column.addLayout(rows, 1)
        self._table.light_order(self._presenter.query)
        keys.bind(self, "find", lambda: focus.begin(self._filters.text))
        keys.bind(self, "columns", self._card.columns.click)

    def refresh(self) -> None:
        """Read the list again."""
        self._presenter.refresh()

    def go(self, place: Place) -> None:
        """Show a ready-made view (``due``, ``unsent`` …), or ask who comes."""
        if place.key == NEW_CASE:
            self.go(Place("cases", key="active"))
            self.new_case()
            return
        self._views.light(place.key)
        self._choose_view(place.key)

    def show_rows(self, rows: tuple[CaseRow, ...], *, first: bool, more: bool) -> None:
        """Show ``rows``."""
        if not first:
            self._table.rows.append(rows, more)
            return
        self._stack.setCurrentWidget(self._card if rows else self._first if self._empty else self._none)
        self._table.show_rows(rows, more=more)
        self._card.tell()

    def show_count(self, count: int, *, empty: bool) -> None:
        """Show how many cases there are; on an ``empty`` desk there is nothing to find yet, only to begin."""
        self._card.set_total(count)
        self._empty = empty
        for widget in (self._views, self._own, self._export_button):
            widget.setVisible(not empty)
        self._filters.offer(not empty)

    def show_offers(
        self, ready: Mapping[str, int], own: Mapping[OwnView, int], people: Sequence[str]
    ) -> None:
        """Show the views, how many cases each has, and whose cases there can be."""
        self._views.show_counts(ready)
        self._own.show_views(own)
        self._filters.whose.show_people(people)

    def show_summary(self, summary: Summary | None) -> None:
        """Show the chosen case in short, where there is room for it."""
        self._chosen = summary
        self._summary.setVisible(summary is not None and self.width() >= theme().px(ROOM_FOR_SUMMARY))
        if summary is not None:
            self._summary.show_summary(summary, self._table.rows.row(summary.file.case.id))

    def new_case(self) -> None:
        """Ask who comes; search before anything is created."""
        dialog = NewCaseDialog(self, self._context)
        dialog.opened.connect(self._context.navigate)
        dialog.open()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the summary away where the table needs the room."""
        super().resizeEvent(event)
        self._summary.setVisible(self._chosen is not None and self.width() >= theme().px(ROOM_FOR_SUMMARY))

    def _title_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        spaced(row, 10)
        row.addWidget(Text(say("common.cases"), "title"))
        row.addStretch(1)
        take_in = secondary(say("cases.take_in_a_list"), "file-arrow-down")
        take_in.setObjectName("take_in_list")
        take_in.clicked.connect(lambda: self._context.navigate(Place("person_list")))
        row.addWidget(take_in)
        self._export_button = export = secondary(say("common.as_table"), "table")
        export.setObjectName("export_list")
        export.clicked.connect(self._export)
        row.addWidget(export)
        button = primary(say("cases.new_case"), "plus")
        button.setObjectName("new_case")
        button.setToolTip(keys.words("new_case"))
        button.clicked.connect(self.new_case)
        row.addWidget(button)
        return row

    def _view_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        spaced(row, 8)
        row.addWidget(self._views, 1)
        if theme().stacked:
            row.addWidget(self._filters.text)
            row.addWidget(self._filters.opener())
            self._filters.add(self._own)
        else:
            row.addWidget(self._own)
        return row

    def _list_row(self) -> QHBoxLayout:
        self._table = CaseTable(self._presenter.more)
        self._table.opened.connect(
            lambda index: self._context.navigate(Place("case", index.data(ItemRole.KEY)))
        )
        self._table.chosen.connect(self._presenter.choose)
        self._table.sorted.connect(self._sort)
        self._marking = marking = Marking(self, self._context, self._presenter, self._table, self._turn)
        self._filters.text.returnPressed.connect(lambda: focus.begin(self._table))
        self._card = TableCard(self._table, marking.bar)
        self._card.columns.clicked.connect(
            lambda: marking.ask_columns(self._card.columns.mapToGlobal(QPoint(0, 0)))
        )
        self._none = EmptyState(
            "folder-open", say("cases.no_case_fits_view_these"), say("common.take_filters_away")
        )
        self._none.pressed.connect(self._reset)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._card)
        self._first = EmptyState("folder-user", say("cases.no_case_yet"), say("cases.open_first_case"))
        self._first.pressed.connect(self.new_case)
        self._stack.addWidget(self._none)
        self._stack.addWidget(self._first)
        row = QHBoxLayout()
        spaced(row, 8)
        row.addWidget(self._stack, 1)
        row.addWidget(self._summary)
        return row

    def _choose_view(self, name: str) -> None:
        self._own.leave()
        self._presenter.choose_view(name)

    def _choose_own(self, view: OwnView) -> None:
        self._views.light(view.base)
        self._filters.show_view(view)
        self._presenter.choose_own(view)
        self._table.light_order(self._presenter.query)

    def _export(self) -> None:
        ExportDialog(self, self._context, self._presenter, self._card.total).open()

    def _ask(self, changes: dict[str, object]) -> None:
        self._presenter.ask(**changes)
        self._table.light_order(self._presenter.query)

    def _sort(self, order: Order) -> None:
        again = order == self._presenter.query.order
        self._filters.order.setCurrentIndex(self._filters.order.findData(order))
        self._ask({"order": order, "backwards": again and not self._presenter.query.backwards})
        self._table.say_order(self._presenter.query)

    def _turn(self) -> None:
        self._sort(self._presenter.query.order)

    def _reset(self) -> None:
        self._filters.reset()
        self.go(Place("cases", key="active"))
