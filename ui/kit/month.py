"""A month to choose a day from, painted: weeks with their numbers, a ring for today, a dot for a holiday."""

from calendar import monthrange
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from kimdesk.catalogue.calendar import holiday_name
from kimdesk.domain.dates import today
from kimdesk.texts import dates, say
from ui.theme import theme

CELL = 36
_WEEK, _WEEKS = 7, 6
_HEAD = 24  # the row with the names of the days
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -_WEEK, Qt.Key.Key_Down: _WEEK}
_MONTHS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_EARLIEST, _LATEST = date(2, 1, 1), date(9998, 12, 31)
_CHOOSE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Month(QWidget):
    """Six weeks around ``day``. Arrows go by days, page keys by months, with Shift by years, „h“ to today.

    Painted rather than made of buttons: a calendar opens at a key and has 42 cells.
    """

    chosen = Signal(date)
    moved = Signal(date)

    def __init__(self, day: date) -> None:
        super().__init__()
        self.setObjectName("month")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setProperty("own_focus", True)
        self.day, self._under = day, date.min
        self.setFixedSize(self.sizeHint())
        self.go(day)

    def sizeHint(self) -> QSize:
        """Return eight columns and six rows of cells below the names of the days."""
        px = theme().px
        return QSize((_WEEK + 1) * px(CELL), px(_HEAD) + _WEEKS * px(CELL))

    def go(self, day: date) -> None:
        """Light ``day`` and show its month, or the nearest month of which every day is a date."""
        self.day = day = min(max(day, _EARLIEST), _LATEST)
        self.setAccessibleName(self.spoken(day))
        self.moved.emit(day)
        self.update()

    def turn(self, months: int) -> None:
        """Go ``months`` on or back, to the same day or the last one of a shorter month."""
        years, month = divmod(self.day.year * 12 + self.day.month - 1 + months, 12)
        if _EARLIEST.year <= years <= _LATEST.year:
            self.go(date(years, month + 1, min(self.day.day, monthrange(years, month + 1)[1])))

    def spoken(self, day: date) -> str:
        """Return „Dienstag, 24. November 2026“, with the holiday and whether it is today."""
        words = [dates.spelled(day), holiday_name(day), say("dates.today") if day == today() else ""]
        return ", ".join(word for word in words if word)

    def cell(self, day: date) -> QRectF:
        """Return where ``day`` is painted, in the month that is shown."""
        week, column = divmod((day - self._first()).days, _WEEK)
        side = theme().px(CELL)
        return QRectF((column + 1) * side, theme().px(_HEAD) + week * side, side, side)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, turn or choose."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._step(_STEPS[key])
        elif key in _MONTHS:
            self.turn(_MONTHS[key] * (12 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._step((6 if key == Qt.Key.Key_End else 0) - self.day.weekday())
        elif key in _CHOOSE:
            self.chosen.emit(self.day)
        elif key == Qt.Key.Key_H:
            self.go(today())
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tint the day below the pointer."""
        self._hover(self._at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Tint none."""
        self._hover(None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose the day below the pointer."""
        if event.button() == Qt.MouseButton.LeftButton and (day := self._at(event.position())):
            self.go(day)
            self.chosen.emit(day)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint names, numbers of the weeks and days."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_frame(painter)
        for number in range(_WEEK * _WEEKS):
            self._paint_day(painter, self._first() + timedelta(days=number))

    def _paint_frame(self, painter: QPainter) -> None:
        look, first = theme(), self._first()
        side, head = look.px(CELL), look.px(_HEAD)
        painter.setFont(look.font("meta"))
        painter.setPen(look.color("text-3"))
        for column in range(_WEEK):
            place = QRectF((column + 1) * side, 0, side, head)
            name = dates.short_weekday(first + timedelta(days=column)).rstrip(".")
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, name)
        for week in range(_WEEKS):
            place = QRectF(0, head + week * side, side, side)
            number = (first + timedelta(days=week * _WEEK)).isocalendar().week
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(number))
        painter.fillRect(QRectF(side - 1, head, 1, _WEEKS * side), look.color("line"))

    def _paint_day(self, painter: QPainter, day: date) -> None:
        look, chosen = theme(), day == self.day
        disc = self.cell(day).adjusted(*(look.px(3) * sign for sign in (1, 1, -1, -1)))
        ring = look.color("accent") if day == today() else None
        ground = look.color("accent") if chosen else look.color("tint") if day == self._under else None
        painter.setBrush(ground or Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(ring, look.px(2)) if ring else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(disc, look.px(8), look.px(8))
        if chosen and ring:  # so that today stays seen on the colour of the choice
            painter.setPen(QPen(look.color("on-accent"), look.px(1.5)))
            inset = look.px(3)
            painter.drawRoundedRect(disc.adjusted(inset, inset, -inset, -inset), look.px(5), look.px(5))
        tone = self._tone(day)
        painter.setFont(look.bold("table") if day == today() or chosen else look.font("table", "1"))
        painter.setPen(look.color("on-accent" if chosen else tone))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(day.day))
        if holiday_name(day):
            painter.setBrush(look.color("on-accent" if chosen else "warn"))
            painter.setPen(Qt.PenStyle.NoPen)
            below = QPointF(disc.center().x(), disc.bottom() - look.px(5))
            painter.drawEllipse(below, look.px(2), look.px(2))

    def _tone(self, day: date) -> str:
        if day.month != self.day.month:
            return "text-3"
        return "warn" if holiday_name(day) else "text-2" if day.weekday() >= _WEEK - 2 else "text"

    def _step(self, days: int) -> None:
        self.go(self.day + timedelta(days=days))

    def _hover(self, day: date | None) -> None:
        if (day or date.min) != self._under:
            self._under = day or date.min
            self.setToolTip(self.spoken(day) if day and holiday_name(day) else "")
            self.update()

    def _first(self) -> date:
        """Return the Monday on or before the first of the month."""
        first = self.day.replace(day=1)
        return first - timedelta(days=first.weekday())

    def _at(self, place: QPointF) -> date | None:
        side = theme().px(CELL)
        column, week = int(place.x() // side) - 1, int((place.y() - theme().px(_HEAD)) // side)
        if 0 <= column < _WEEK and 0 <= week < _WEEKS:
            return self._first() + timedelta(days=week * _WEEK + column)
        return None
