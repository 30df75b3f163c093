"""The page Heute."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kimdesk.casework.today import Task
from ui import dates
from ui.context import Context
from ui.kit.base import spaced
from ui.kit.listing import Group, Listing, TaskRow
from ui.kit.scroll import Columns, Page, column
from ui.kit.state import EmptyState
from ui.kit.text import Text
from ui.pages.today.presenter import TodayModel, TodayPresenter
from ui.pages.today.side import AppointmentsCard, UnsentCard
from ui.pages.today.week import WeekStrip
from ui.text import tr


class TodayPage(Page):
    """The day: what is due first, with its reason; appointments and what is unsent beside it."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._presenter = TodayPresenter(context, self)
        self._title_text = Text("", "title")
        self._date = Text("", "body", "text-2")
        self._week = WeekStrip()
        self._list = Listing(fit=True)
        self._list.setObjectName("task_list")
        self._list.setAccessibleName(tr("Next sensible step of each case"))
        self._list.opened.connect(context.navigate)
        self._empty = EmptyState("sun-horizon", tr("Nothing is due. A good moment for a call you have put off."))
        self._appointments = AppointmentsCard()
        self._unsent = UnsentCard(lambda: context.navigate("handover"))
        main = column(self._head(), self._week, self._captions(), self._list, self._empty, spacing=10)
        side = column(self._appointments, self._unsent)
        self.body.addWidget(Columns([(main, 0), (side, 304)], spacing=20))

    def refresh(self) -> None:
        """Read the day again."""
        self._presenter.refresh()

    def show_day(self, model: TodayModel) -> None:
        """Show the day."""
        self.setAccessibleName(tr("Today"))
        self._title_text.setText(model.greeting)
        week = model.today.isocalendar().week
        self._date.setText(f"{dates.spelled(model.today)} · KW\u00a0{week}")
        self._week.show_week(model.week, model.later, model.today)
        groups = _groups(model)
        self._list.set_rows(groups)
        self._list.setVisible(bool(groups))
        self._empty.setVisible(not groups)
        self._appointments.show_appointments(model.agenda.appointments)
        self._unsent.show_count(model.unsent)

    def _head(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        spaced(row, 10)
        row.addWidget(self._title_text)
        row.addStretch(1)
        row.addWidget(self._date, 0, Qt.AlignmentFlag.AlignBottom)
        return holder

    def _captions(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        spaced(row, 0, (12, 4, 40, 0))
        row.addWidget(Text(tr("Next sensible step of each case"), "label", "text-2"))
        row.addStretch(1)
        row.addWidget(Text(tr("Due"), "label", "text-2"))
        return holder


def _groups(model: TodayModel) -> list[tuple[Group | None, Sequence[TaskRow]]]:
    found = model.agenda
    kinds = (
        ("overdue", "bad", tr("Overdue"), found.overdue),
        ("today", "accent", tr("Today"), found.today),
        ("expiring", "warn", tr("Expires soon"), found.expiring),
        ("chat-circle-dots", "info", tr("Without answer"), found.unanswered),
    )
    return [
        (Group(icon, tone, title, len(tasks)), [_row(task, tone, model.today) for task in tasks])
        for icon, tone, title, tasks in kinds
        if tasks
    ]


def _row(task: Task, tone: str, today: date) -> TaskRow:
    return TaskRow(
        icon=task.icon,
        tone="text-2",
        title=task.name,
        text=task.step,
        reason=task.reason,
        date=dates.short(task.due, today) if task.due else "",
        date_note=dates.distance(task.due, today) if task.due else "",
        key=task.target,
        date_tone="bad" if tone == "bad" else "text-2",
    )
