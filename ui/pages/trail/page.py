"""The page Protokoll."""

from pathlib import Path

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kimdesk.casework.events import RECORDS, REGISTRY, SETTING, Shows
from kimdesk.casework.trail import Checked, TrailLine
from kimdesk.texts import numbers, say
from kimdesk.texts.refusals import Explanation
from ui.desk.context import Context
from ui.desk.page import DeskPage
from ui.kit.base import spaced
from ui.kit.buttons import secondary, way_back
from ui.kit.rows import ItemRole
from ui.kit.scroll import MARGIN
from ui.kit.state import EmptyState, Notice
from ui.kit.text import Text
from ui.pages.trail.filters import TrailFilters
from ui.pages.trail.presenter import PLACE, TrailPresenter
from ui.pages.trail.table import TrailCard, TrailTable
from ui.places import Place
from ui.theme import theme


class TrailPage(DeskPage, QWidget):
    """Whether the chain is whole, filters, and every entry, the newest first. ``go`` takes a file number."""

    shows = Shows(*RECORDS, SETTING, REGISTRY)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("page_body")
        self.setAccessibleName(say("common.audit_trail"))
        self._context = context
        self._presenter = TrailPresenter(context, self)
        self._chain = Notice("info", "", say("trail.chain_entries_being_checked"))
        self._chain.setObjectName("trail_chain")
        self._problem = Notice("bad")
        self._problem.setObjectName("trail_problem")
        self._problem.hide()
        self._filters = TrailFilters(context.catalogue.rules.audit_groups)
        self._filters.changed.connect(self._ask)
        column = QVBoxLayout(self)
        spaced(column, 10, (MARGIN, 14, MARGIN, MARGIN))
        column.addLayout(self._title_row())
        column.addWidget(self._chain)
        column.addWidget(self._problem)
        column.addWidget(self._filters)
        column.addWidget(self._make_list(), 1)

    def refresh(self) -> None:
        """Read the newest entries again."""
        self._presenter.refresh()

    def go(self, place: Place) -> None:
        """Show the entries of one case, named by its file number."""
        self._filters.show_number(place.key)

    def show_lines(self, lines: tuple[TrailLine, ...], *, first: bool, more: bool) -> None:
        """Show ``lines``: the newest entries, or older ones."""
        self._card.show_lines(lines, first=first, more=more)
        if first:
            self._stack.setCurrentWidget(self._card if lines else self._none)

    def show_actors(self, actors: tuple[str, ...]) -> None:
        """Show whom one can filter by."""
        self._filters.show_actors(actors)

    def show_chain(self, checked: Checked) -> None:
        """Say how far the chain was checked, and whether it is whole."""
        seq = numbers.whole(checked.seq)
        if checked.broken is not None:
            title = say("trail.chain_broken_at_entry_seq", seq=numbers.whole(checked.broken))
            text = say("trail.from_there_something_was_changed")
            self._chain.set("bad", title, text)
        elif checked.finished:
            self._chain.set("ok", "", say("trail.chain_checked_up_entry_seq", seq=seq))
        else:
            self._chain.set("info", "", say("trail.chain_being_checked_entry_seq", seq=seq))

    def show_printed(self, entries: int) -> None:
        """Say that the PDF was written."""
        self._problem.hide()
        self._context.toast(say("trail.pdf_saved_with_n_entries", n=entries))

    def show_problem(self, told: Explanation) -> None:
        """Say what was refused."""
        self._problem.explain(told)
        self._problem.show()

    def _ask(self, changes: dict[str, object]) -> None:
        self._card.to_top()
        self._presenter.ask(**changes)

    def _title_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        spaced(row, 10)
        row.addWidget(Text(say("common.audit_trail"), "title"))
        row.addStretch(1)
        back = way_back(say("common.settings"), "back_to_settings")
        back.clicked.connect(lambda: self._context.navigate(Place("settings")))
        row.addWidget(back)
        if theme().stacked:
            row.addWidget(self._filters.opener())
        save = secondary(say("common.save_as_pdf"), "file-text")
        save.setObjectName("trail_pdf")
        save.clicked.connect(self._save)
        row.addWidget(save)
        return row

    def _make_list(self) -> QStackedWidget:
        table = TrailTable(self._presenter.more)
        table.opened.connect(self._open)
        self._card = TrailCard(table)
        self._none = EmptyState(
            "magnifying-glass", say("trail.no_entry_fits_these_filters"), say("common.take_filters_away")
        )
        self._none.pressed.connect(self._filters.reset)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._card)
        self._stack.addWidget(self._none)
        return self._stack

    def _open(self, index: QModelIndex) -> None:
        if case_id := index.data(ItemRole.KEY):
            self._context.navigate(Place("case", case_id))

    def _save(self) -> None:
        wanted = self._presenter.wanted
        name = "_".join(
            part for part in (say("common.audit_trail"), wanted.file_number.replace("/", "-")) if part
        )
        place = self._context.keeper.current.place(PLACE) or Path.home()
        chosen, _ = QFileDialog.getSaveFileName(
            self, say("trail.where_audit_trail_saved"), str(place / f"{name}.pdf"), "PDF (*.pdf)"
        )
        if chosen:
            self._presenter.save_pdf(Path(chosen))
