"""The page Heute."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kimdesk.casework.conflicts import CONFLICT
from kimdesk.casework.events import RECORDS, SETTING, Shows
from kimdesk.casework.today import Task
from kimdesk.texts import dates, say
from ui.case.settling import DateActs
from ui.desk.context import Context
from ui.desk.page import DeskPage
from ui.kit.base import spaced
from ui.kit.buttons import quiet
from ui.kit.context_menu import MenuLine, show_menu
from ui.kit.listing import Listing
from ui.kit.scroll import Columns, Page, column
from ui.kit.state import EmptyState, Notice
from ui.kit.text import Text
from ui.pages.cases.row_menu import of_case
from ui.pages.today.presenter import TodayModel, TodayPresenter
from ui.pages.today.rows import Fold, groups
from ui.pages.today.side import AppointmentsCard, UndecidedCard, UnsavedCard, UnsentCard
from ui.pages.today.week import WeekStrip
from ui.papers.calendar_file import ask_coming, ask_date
from ui.places import NEW_CASE, Place, place_of
from ui.theme import theme

if TYPE_CHECKING:
    from kimdesk.sync.catalogue import KeptPack

SIDE_WIDTH = 304


class TodayPage(DeskPage, Page):
    """The day: what is due first, with its reason; appointments and what is unsent beside it."""

    shows = Shows(*RECORDS, SETTING, CONFLICT, "catalogue")

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setAccessibleName(say("common.today"))
        self._presenter = TodayPresenter(context, self)
        self._catalogue = context.catalogue
        self._acts = DateActs(self, context, self._presenter.changed)
        self._greeting = Text("", "title", wrap=theme().stacked)
        self._date = Text("", "body", "text-2")
        self._week = WeekStrip(context.catalogue)
        self._list = Listing(fit=True, most=3 if theme().stacked else 1)
        self._list.setObjectName("task_list")
        self._list.setAccessibleName(say("today.next_sensible_step_each_case"))
        self._list.opened.connect(self._open)
        self._list.menu_asked.connect(self._ask)
        self._context, self._navigate = context, context.navigate
        self._unfolded: set[Fold] = set()
        self._empty = EmptyState(
            "sun-horizon", say("today.nothing_due_good_moment_call"), say("today.to_the_cases")
        )
        self._empty.pressed.connect(lambda: context.navigate(Place("cases")))
        self._first = EmptyState("folder-user", say("cases.no_case_yet"), say("cases.open_first_case"))
        self._first.pressed.connect(lambda: context.navigate(Place("cases", key=NEW_CASE)))
        self._outdated = Notice()
        self._outdated.setObjectName("dates_outdated")
        self._stale = _stale_notice(context)
        self._captions = _captions()
        self._appointments = AppointmentsCard(
            context.catalogue, context.navigate, lambda: ask_coming(context, self)
        )
        self._unsent = UnsentCard(lambda: context.navigate(Place("handover")))
        head = column(self._head_row(), self._outdated, self._stale, spacing=10)
        main = column(head, self._week, self._captions, self._list, self._empty, self._first, spacing=10)
        self._unsaved = UnsavedCard(lambda: context.navigate(Place("backup")))
        self._undecided = UndecidedCard(context.navigate)
        side = column(self._appointments, self._undecided, self._unsent, self._unsaved)
        self.body.addWidget(Columns([(main, 0), (side, SIDE_WIDTH)], spacing=20))

    def refresh(self) -> None:
        """Read the day again."""
        self._presenter.refresh()

    def show_day(self, model: TodayModel) -> None:
        """Show the day."""
        self._greeting.setText(model.greeting)
        week = model.today.isocalendar().week
        self._date.setText(f"{dates.spelled(model.today)} · KW\u00a0{week}")
        self._week.show_week(model.week, model.later, model.today)
        self._model = model
        found = groups(model, self._catalogue, self._unfolded)
        self._list.set_rows(found)
        self._list.setVisible(bool(found))
        self._captions.setVisible(bool(found))
        idle = not found and not model.agenda.outdated
        self._empty.setVisible(idle and not model.empty)
        self._first.setVisible(idle and model.empty)
        self._outdated.setVisible(bool(model.agenda.outdated))
        self._outdated.set("info", _outdated_words(model.agenda.outdated))
        self._show_stale(model.stale_pack)
        self._appointments.show_appointments(model.agenda.appointments)
        self._undecided.show_cases(model.undecided)
        self._unsent.show_count(model.unsent)
        self._unsaved.show_days(model.unsaved_days, doubted=model.backup_doubted)

    def _open(self, key: Place | Fold) -> None:
        """Go to what a row is about; what is folded opens here."""
        if isinstance(key, Fold):
            self._unfolded ^= {key}
            self._list.set_rows(groups(self._model, self._catalogue, self._unfolded))
        else:
            self._navigate(key)

    def _ask(self, about: Place | Fold | Task, at: QPoint) -> None:
        """Show what can be done with a row."""
        task = about if isinstance(about, Task) else None
        key = about if not isinstance(about, Task) else place_of(about.case_id, about.due.ref)
        first = [MenuLine("row_show", _to_row(key, self._unfolded), lambda: self._open(key))]
        if isinstance(key, Place) and key.kind == "follow_up":
            first.append(
                MenuLine("row_done", say("today.note_as_done"), lambda: self._presenter.settle(key.key))
            )
        if task:
            first += self._acts.offers(task.case_id, task.due, self._model.today)
        of_its_case = of_case(key.case_id, self._navigate) if isinstance(key, Place) and key.case_id else ()
        offers = (*first, *of_its_case, *self._as_file(key))
        show_menu(self._list, "row_menu", say("today.what_can_be_done"), offers, at)

    def _as_file(self, key: Place | Fold) -> tuple[MenuLine, ...]:
        """Return the line that writes a date of a case to a calendar file."""
        if isinstance(key, Fold) or key.kind != "follow_up":
            return ()
        ask = partial(ask_date, self._context, self, key.case_id, key.key)
        return (MenuLine("row_calendar", say("calendar.as_file"), ask),)

    def _show_stale(self, pack: "KeptPack | None") -> None:
        self._stale.setVisible(pack is not None)
        if pack is not None:
            words = say("packs.stale_text", version=pack.version, day=pack.not_after)
            self._stale.set("warn", say("packs.stale_title"), words, "stack")

    def _head_row(self) -> QWidget:
        if theme().stacked:
            return column(self._greeting, self._date, spacing=0)
        holder = QWidget()
        row = QHBoxLayout(holder)
        spaced(row, 10)
        row.addWidget(self._greeting)
        row.addStretch(1)
        row.addWidget(self._date, 0, Qt.AlignmentFlag.AlignBottom)
        return holder


def _stale_notice(context: Context) -> Notice:
    found = Notice("warn")
    found.setObjectName("pack_stale")
    look = quiet(say("packs.to_settings"), size="inline")
    look.setObjectName("to_packs")
    look.clicked.connect(lambda: context.navigate(Place("settings")))
    found.add_action(look)
    return found


def _to_row(key: Place | Fold, unfolded: set[Fold]) -> str:
    if isinstance(key, Place):
        return say("today.show_where_it_stands")
    return say("today.fold") if key in unfolded else say("today.unfold")


def _outdated_words(cases: int) -> str:
    if cases == 1:
        return say("today.after_update_dates_1_case")
    return say("today.after_update_dates_n_cases", n=cases)


def _captions() -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    spaced(row, 0, (12, 2, 38, 0))
    row.addWidget(Text(say("today.next_sensible_step_each_case"), "label", "text-2"))
    row.addStretch(1)
    row.addWidget(Text(say("today.due"), "label", "text-2"))
    return holder
