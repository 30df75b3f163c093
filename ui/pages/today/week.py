"""The week at a glance: seven days and the next week, today marked, two tasks named per day."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPainterPath, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from kimdesk.casework.today import Task
from ui import dates
from ui.kit.icons import paint_icon, resolve
from ui.kit.rows import paint_text
from ui.pages.today.presenter import Day
from ui.text import tr
from ui.theme import theme

SHOWN = 2
WEEKEND = 5
WEEKEND_WIDTH, NEXT_WIDTH = 0.6, 1.25


class WeekStrip(QWidget):
    """Painted; the words stand in its accessible description, the tasks in the list below it."""

    def __init__(self) -> None:
        super().__init__()
        self._days: Sequence[Day] = ()
        self._later: Sequence[Task] = ()
        self._today = date.min
        self.setAccessibleName(tr("This week"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_week(self, days: Sequence[Day], later: Sequence[Task], today: date) -> None:
        """Show ``days`` and what comes ``later``."""
        self._days, self._later, self._today = days, later, today
        spoken = [f"{dates.short(day.day, today)}: {_names(day.tasks)}" for day in days if day.tasks]
        if later:
            spoken.append(f"{tr('Next week')}: {_names(later)}")
        self.setAccessibleDescription("; ".join(spoken) or tr("Nothing is due this week."))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of a date and two lines."""
        return QSize(theme().px(600), theme().px(92))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint frame, days and the next week."""
        if not self._days:
            return
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        outline = QPainterPath()
        outline.addRoundedRect(frame, look.px(10), look.px(10))
        painter.fillPath(outline, look.color("surface"))
        painter.setClipPath(outline)
        left = frame.left()
        for number, width in enumerate(self._widths(frame.width())):
            cell = QRectF(left, frame.top(), width, frame.height())
            self._paint_cell(painter, cell, number)
            left += width
            if number < len(self._days):
                painter.fillRect(QRectF(left, frame.top(), 1, frame.height()), look.color("line"))
        painter.setClipping(False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look.color("line"), 1))
        painter.drawPath(outline)

    def _widths(self, total: float) -> list[float]:
        shares = [WEEKEND_WIDTH if day.day.weekday() >= WEEKEND else 1.0 for day in self._days] + [NEXT_WIDTH]
        return [total * share / sum(shares) for share in shares]

    def _paint_cell(self, painter: QPainter, cell: QRectF, number: int) -> None:
        look, px = theme(), theme().px
        is_next = number == len(self._days)
        day = None if is_next else self._days[number].day
        if day == self._today:
            painter.fillRect(cell, look.color("tint"))
            painter.fillRect(QRectF(cell.left(), cell.top(), cell.width(), px(3)), look.color("accent"))
        elif day is not None and day.weekday() >= WEEKEND:
            painter.fillRect(cell, look.color("sunken"))
        line = QRectF(cell.left() + px(10), cell.top() + px(8), cell.width() - px(14), px(18))
        head, rest = (tr("Next"), tr("Week")) if day is None else _day_words(day, self._today)
        tone = "accent" if day == self._today else "text"
        used = paint_text(painter, line, head, "table_strong", tone)
        paint_text(painter, line.adjusted(used + px(4), 0, 0, 0), rest, "meta", "text-2")
        tasks = self._later if is_next else self._days[number].tasks
        self._paint_tasks(painter, line, tasks)

    def _paint_tasks(self, painter: QPainter, line: QRectF, tasks: Sequence[Task]) -> None:
        px = theme().px
        shown = tasks if len(tasks) <= SHOWN else tasks[: SHOWN - 1]
        for number, task in enumerate(shown):
            row = line.translated(0, px(22) * (number + 1))
            shape, filled, tone = resolve(task.icon, "text-2")
            sign = QRectF(row.left(), row.center().y() - px(7), px(14), px(14))
            paint_icon(painter, sign, shape, theme().color(tone), filled)
            paint_text(painter, row.adjusted(px(19), 0, 0, 0), task.name, "meta")
        if len(tasks) > len(shown):
            row = line.translated(0, px(22) * (len(shown) + 1))
            paint_text(painter, row, tr("{n} more", n=len(tasks) - len(shown)), "meta", "text-2")


def _day_words(day: date, today: date) -> tuple[str, str]:
    weekday = dates.WEEKDAYS[day.weekday()].rstrip(".")
    return str(day.day), f"{weekday} · {tr('today')}" if day == today else weekday


def _names(tasks: Sequence[Task]) -> str:
    return ", ".join(f"{task.name} ({task.step})" for task in tasks)
