"""The week at a glance: seven days and the next week, today marked; what is due in one word."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from kimdesk.casework.today import Task
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.texts import agenda, dates, say
from ui.kit.icons import paint_icon, resolve
from ui.kit.rows import paint_text
from ui.pages.today.presenter import Day
from ui.theme import theme

SHOWN = 2
WEEKEND = 5
WEEKEND_WIDTH, NEXT_WIDTH = 0.62, 1.15


class WeekStrip(QWidget):
    """Painted; the words stand in its accessible description, the tasks in the list below it."""

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__()
        self._catalogue = catalogue
        self._days: Sequence[Day] = ()
        self._later: Sequence[Task] = ()
        self._today = date.min
        self.setAccessibleName(say("today.this_week"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_week(self, days: Sequence[Day], later: Sequence[Task], today: date) -> None:
        """Show ``days`` and what comes ``later``."""
        self._days, self._later, self._today = days, later, today
        spoken = [f"{dates.short(day.day, today)}: {self._names(day.tasks)}" for day in days if day.tasks]
        if later:
            spoken.append(f"{say('today.next_week')}: {self._names(later)}")
        self.setAccessibleDescription("; ".join(spoken) or say("today.nothing_due_week"))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of a date and two lines."""
        return QSize(theme().px(500), theme().px(84))

    def event(self, event: QEvent) -> bool:
        """Name the tasks of the day under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            point = event.pos().toPointF()
            at = next((number for number, cell in enumerate(self._cells()) if cell.contains(point)), -1)
            names = self._names(self._tasks(at)) if at >= 0 else ""
            QToolTip.showText(event.globalPos(), names.replace("; ", "\n"), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint frame, days and the next week."""
        if not self._days:
            return
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = QPainterPath()
        outline.addRoundedRect(self._frame(), look.px(10), look.px(10))
        painter.fillPath(outline, look.color("surface"))
        painter.setClipPath(outline)
        for number, cell in enumerate(self._cells()):
            self._paint_cell(painter, cell, number)
            if number < len(self._days):
                painter.fillRect(QRectF(cell.right(), cell.top(), 1, cell.height()), look.color("line"))
        painter.setClipping(False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look.color("line"), 1))
        painter.drawPath(outline)

    def _frame(self) -> QRectF:
        return QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)

    def _cells(self) -> list[QRectF]:
        frame = self._frame()
        shares = [self._share(day.day) for day in self._days] + [NEXT_WIDTH]
        unit, left, cells = frame.width() / sum(shares), frame.left(), []
        for share in shares:
            right = left + share * unit
            cells.append(QRectF(round(left), frame.top(), round(right) - round(left), frame.height()))
            left = right
        return cells

    def _share(self, day: date) -> float:
        narrow = day.weekday() >= WEEKEND and day != self._today and not theme().stacked
        return WEEKEND_WIDTH if narrow else 1.0

    def _names(self, tasks: Sequence[Task]) -> str:
        return "; ".join(f"{task.name}: {agenda.words(self._catalogue, task.due).title}" for task in tasks)

    def _icon(self, task: Task) -> str:
        return self._catalogue.rules.steps[task.due.rule].icon

    def _tasks(self, number: int) -> Sequence[Task]:
        return self._days[number].tasks if number < len(self._days) else self._later

    def _paint_cell(self, painter: QPainter, cell: QRectF, number: int) -> None:
        look, px = theme(), theme().px
        day = self._days[number].day if number < len(self._days) else None
        if day == self._today:
            painter.fillRect(cell, look.color("tint"))
            painter.fillRect(QRectF(cell.left(), cell.top(), cell.width(), px(3)), look.color("accent"))
        elif day is not None and day.weekday() >= WEEKEND:
            painter.fillRect(cell, look.color("sunken"))
        line = QRectF(cell.left() + px(10), cell.top() + px(8), cell.width() - px(14), px(18))
        head, rest = (say("today.next"), say("today.week")) if day is None else _day_words(day, self._today)
        used = paint_text(painter, line, head, "table_strong", "accent" if day == self._today else "text")
        place = line.adjusted(used + px(4), 0, 0, 0)
        paint_text(painter, place, _fitting((rest, rest.split(" ")[0], ""), place.width()), "meta", "text-2")
        _paint_kinds(painter, line, [self._icon(task) for task in self._tasks(number)])


def _paint_kinds(painter: QPainter, line: QRectF, icons: Sequence[str]) -> None:
    px = theme().px
    kinds = Counter(icons).most_common()
    shown = kinds if len(kinds) <= SHOWN else kinds[: SHOWN - 1]
    rows = [(icon, _kind(count, _word(icon))) for icon, count in shown]
    if rest := sum(count for _, count in kinds[len(shown) :]):
        rows.append(("dots-three", (say("common.n_more", n=rest), str(rest))))
    for number, (icon, words) in enumerate(rows):
        row = line.translated(0, px(2) + px(22) * (number + 1))
        shape, filled, tone = resolve(icon, "text-2")
        sign = QRectF(row.left(), row.center().y() - px(7), px(14), px(14))
        paint_icon(painter, sign, shape, theme().color(tone), filled)
        place = row.adjusted(px(19), 0, 0, 0)
        paint_text(painter, place, _fitting(words, place.width()), "meta")


def _kind(count: int, word: str) -> tuple[str, ...]:
    """Return how many of what, and the number alone for where the word does not fit whole."""
    return (f"{count}\u00a0× {word}" if count > 1 else word, str(count)) if word else (str(count),)


def _fitting(words: Sequence[str], width: float) -> str:
    """Return the first of ``words`` that fits whole, else the last."""
    metrics = QFontMetrics(theme().font("meta", words[0]))
    return next((each for each in words if metrics.horizontalAdvance(each) <= width), words[-1])


def _word(icon: str) -> str:
    words = {
        "flag": say("today.deadline"),
        "arrow-u-up-left": say("today.reminder"),
        "file-text": say("today.application"),
        "first-aid": say("common.insurance"),
        "identification-card": say("common.residence"),
        "pen-nib": say("today.consent"),
        "paper-plane-tilt": say("today.referral"),
        "folder-open": say("common.documents"),
        "check-square-offset": say("common.measure"),
        "target": say("common.goal"),
        "phone": say("today.call"),
        "chat-dots": say("today.query"),
        "baby": say("today.child"),
        "coin": say("today.benefit"),
        "house": say("today.housing"),
        "handshake": say("today.change"),
        "translate": say("common.language"),
        "student": say("today.school"),
        "calendar-blank": say("today.appointment"),
        "arrows-left-right": say("today.cover"),
        "arrow-square-out": say("today.hand_over"),
        "signpost": say("today.form"),
        "check-circle": say("today.phase"),
        "briefcase": say("today.work"),
        "users-three": say("today.family"),
        "graduation-cap": say("today.training"),
    }
    return words.get(icon, "")


def _day_words(day: date, today: date) -> tuple[str, str]:
    weekday = dates.short_weekday(day).rstrip(".")
    return str(day.day), f"{weekday} · {say('today.today')}" if day == today else weekday
