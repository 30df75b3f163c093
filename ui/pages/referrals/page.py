"""The page Verweise: what waits in all cases, whom to ask first, slips that come back."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kimdesk.casework.events import Shows
from kimdesk.casework.referral_list import ReferralLine
from kimdesk.documents.papers import OFFICE_LETTER
from kimdesk.domain.referral_steps import STEPS, ReferralStanding
from kimdesk.texts import dates, referrals, say
from kimdesk.texts.refusals import Explanation
from ui import focus
from ui.case.referrals.answering import OfficeAnswerDialog
from ui.case.referrals.calling import CallDialog
from ui.desk.context import Context
from ui.desk.page import DeskPage
from ui.kit.base import spaced
from ui.kit.context_menu import MenuLine, show_menu
from ui.kit.scroll import MARGIN, whole
from ui.kit.state import EmptyState, Notice
from ui.kit.text import Text
from ui.pages.cases.row_menu import of_case
from ui.pages.referrals.exporting import ReferralExportDialog
from ui.pages.referrals.filters import ReferralFilters
from ui.pages.referrals.first_card import FirstCard
from ui.pages.referrals.presenter import ReferralsModelData, ReferralsPresenter
from ui.pages.referrals.slip_field import SlipField
from ui.pages.referrals.table import ReferralTable
from ui.papers.window import open_paper
from ui.places import SLIP, Place
from ui.theme import theme

_ASKS_HOW_IT_STANDS = "state_of_application"  # resources/templates


class ReferralsPage(DeskPage, QWidget):
    """The referrals of all cases, those without answer first."""

    shows = Shows("referral", "case", "person", "member", "consent", "follow_up", "passage")

    def __init__(self, context: Context, clock: Callable[[], date] = date.today) -> None:
        super().__init__()
        self.setObjectName("page_body")
        self.setAccessibleName(say("referrals.title"))
        self._context = context
        self._presenter = ReferralsPresenter(context, self, clock)
        self._note = Text("", "body", "text-2")
        self._slip = SlipField()
        self._slip.entered.connect(self._presenter.read_slip)
        self._notice = Notice("bad")
        self._notice.setObjectName("referrals_notice")
        self._notice.hide()
        self._slip.line.textEdited.connect(lambda _: self._notice.hide())
        self._first_line: ReferralLine | None = None
        self._first = FirstCard()
        self._first.call.connect(lambda: self._call(self._first_line))
        self._first.write.connect(self._write_first)
        self._first.look.connect(lambda: self._open(self._first_line))
        self._first.hide()
        self._filters = ReferralFilters(context.catalogue, context.desk.actor)
        self._filters.changed.connect(lambda asked: self._presenter.ask(**asked))
        self._filters.export.connect(self._export)
        self._table = ReferralTable(context.catalogue, self._presenter.more)
        self._table.opened.connect(lambda index: self._open(self._table.rows.line(index.row())))
        self._table.menu_asked.connect(self._ask)
        self._stack = self._make_stack()
        column = QVBoxLayout(whole(self))
        spaced(column, 10, (MARGIN, 12, MARGIN, MARGIN))
        column.addLayout(self._title_row())
        for widget in (self._notice, self._first, self._filters):
            column.addWidget(widget)
        column.addWidget(self._stack, 1)

    def refresh(self) -> None:
        """Read the list again."""
        self._presenter.refresh()

    def go(self, place: Place) -> None:
        """Wait for the code of a slip."""
        if place.key == SLIP:
            self._slip.start()

    def show_list(self, found: ReferralsModelData) -> None:
        """Show a list from its beginning."""
        page = found.page
        self._note.setText(say("referrals.all_cases", day=dates.spelled(found.today)))
        self._filters.show_counts(page.counts)
        self._filters.show_offices(found.offices)
        idle = not page.rows and not found.offices
        self._filters.setVisible(not idle)
        self._stack.setCurrentWidget(self._card if page.rows else self._empty if idle else self._none)
        self._table.show_rows(page.rows, page.counts, found.today, more=found.more)
        self._first_line = page.first
        self._first.setVisible(page.first is not None)
        if page.first:
            why = say(f"referrals.unwritable_{page.unwritable}") if page.unwritable else ""
            self._first.show_first(*referrals.first(self._context.catalogue, page.first, found.today), why)

    def show_more(self, rows: Sequence[ReferralLine], *, more: bool) -> None:
        """Show more of the same list."""
        self._table.rows.append(rows, more=more)

    def show_slip(self, found: Sequence[ReferralLine]) -> None:
        """Ask for the answer on a slip that was read."""
        self._notice.hide()
        self._slip.clear()
        pairs = [(each.referral, each.name) for each in found]
        OfficeAnswerDialog(self, self._context, pairs, self._presenter.today, self._answered).open()

    def show_problem(self, told: Explanation) -> None:
        """Say what was refused; the code stays to be put right."""
        self._notice.explain(told)
        self._notice.show()
        self._slip.start()

    def _answered(self, _: object) -> None:
        self._slip.start()

    def _open(self, line: ReferralLine | None) -> None:
        if line is not None:
            referral = line.referral
            self._context.navigate(Place("case", referral.case_id, kind="referral", key=referral.id))

    def _call(self, line: ReferralLine | None) -> None:
        if line is not None:
            dialog = CallDialog(
                self, self._context, line.referral, line.name, self._presenter.today, lambda _: None
            )
            dialog.open()

    def _write_first(self) -> None:
        """Open the letter that asks how things stand."""
        if (line := self._first_line) is not None:
            open_paper(self._context, self, OFFICE_LETTER, line.referral.id, _ASKS_HOW_IT_STANDS)

    def _take_answer(self, line: ReferralLine) -> None:
        pairs = [(line.referral, line.name)]
        dialog = OfficeAnswerDialog(
            self, self._context, pairs, self._presenter.today, lambda _: focus.begin(self._table), channel=""
        )
        dialog.open()

    def _ask(self, line: ReferralLine, at: QPoint) -> None:
        """Show what can be done with a referral."""
        lines = [MenuLine("row_open", say("referrals.open_it"), lambda: self._open(line))]
        lines.append(MenuLine("row_answer", say("referrals.enter_answer"), lambda: self._take_answer(line)))
        if line.standing is not ReferralStanding.PREPARED and STEPS[line.referral.state]:
            lines.append(MenuLine("row_call", say("referrals.note_call"), lambda: self._call(line)))
        whole = (*lines, *of_case(line.referral.case_id, self._context.navigate))
        show_menu(self._table, "referral_row_menu", say("referrals.title"), whole, at)

    def _export(self) -> None:
        ReferralExportDialog(self, self._context, self._presenter).open()

    def _title_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        spaced(row, 10)
        row.addWidget(Text(say("referrals.title"), "title"))
        row.addWidget(self._note)
        self._note.setVisible(not theme().stacked)
        row.addStretch(1)
        row.addWidget(self._slip)
        return row

    def _make_stack(self) -> QStackedWidget:
        self._card = QFrame()
        self._card.setObjectName("card")
        inside = QVBoxLayout(self._card)
        spaced(inside)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self._table)
        self._empty = EmptyState("paper-plane-tilt", say("referrals.empty"), say("referrals.to_cases"))
        self._empty.pressed.connect(lambda: self._context.navigate(Place("cases")))
        self._none = EmptyState(
            "paper-plane-tilt", say("referrals.none_fits"), say("common.take_filters_away")
        )
        self._none.pressed.connect(self._filters.reset)
        stack = QStackedWidget()
        for each in (self._card, self._empty, self._none):
            stack.addWidget(each)
        return stack
