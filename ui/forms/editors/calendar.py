"""The small calendar below a date field."""

from calendar import monthrange
from datetime import date

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from kimdesk.catalogue.calendar import holiday_name
from kimdesk.domain.dates import today
from kimdesk.texts import dates, say
from ui import focus
from ui.kit.base import rule, spaced
from ui.kit.buttons import quiet
from ui.kit.month import Month
from ui.kit.popup import Popup
from ui.kit.text import Text
from ui.theme import theme

_TURNS = (("caret-double-left", -12), ("caret-left", -1), ("caret-right", 1), ("caret-double-right", 12))
_TURN, _EDGE = 30, 10
_LINES = 2  # a month has up to four holidays; room for them is kept, so that turning moves nothing


class CalendarPopup(Popup):
    """A month to choose a day from; Enter chooses, Escape closes. It deletes itself when closed."""

    chosen = Signal(date)

    def __init__(self, day: date | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("calendar_popup")
        self.setAccessibleName(say("forms.calendar"))
        self.month = Month(day or today())
        self.month.chosen.connect(self._choose)
        self.month.moved.connect(self._tell)
        self._title = Text("", "strong")
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._holidays = Text("", "meta", "warn", wrap=True)
        self._holidays.setFixedHeight(_LINES * theme().line("meta"))
        column = QVBoxLayout(self)
        spaced(column, 6, (_EDGE, _EDGE, _EDGE, _EDGE))
        column.addLayout(self._head())
        column.addWidget(self.month)
        column.addWidget(rule())
        column.addLayout(self._foot())
        self.setFixedWidth(self.month.width() + theme().px(2 * _EDGE))
        self._tell(self.month.day)

    def show_at(self, place: QPoint) -> None:
        """Show the calendar with its upper left corner at ``place``, moved to stay on the screen."""
        room = self.screen().availableGeometry()
        size = self.sizeHint()
        place.setX(max(room.left(), min(place.x(), room.right() - size.width())))
        place.setY(max(room.top(), min(place.y(), room.bottom() - size.height())))
        self.move(place)
        self.show()
        focus.begin(self.month)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        spaced(row, 2)
        for name, months in _TURNS[:2]:
            row.addWidget(self._turn(name, months))
        row.addWidget(self._title, 1)
        for name, months in _TURNS[2:]:
            row.addWidget(self._turn(name, months))
        return row

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        spaced(row, 8)
        row.addWidget(self._holidays, 1)
        now = quiet(say("forms.calendar_today"), size="small")
        now.setObjectName("calendar_today")
        now.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # „h“ in the month does the same
        now.clicked.connect(lambda: self._choose(today()))
        row.addWidget(now, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _turn(self, name: str, months: int) -> QPushButton:
        step = "year" if abs(months) > 1 else "month"
        words = say(f"forms.calendar_{step}_{'back' if months < 0 else 'on'}")
        button = quiet("", name, size="small")
        button.setObjectName(f"calendar_{step}_{'back' if months < 0 else 'on'}")
        button.setAccessibleName(words)
        button.setToolTip(words)
        button.setFixedWidth(theme().px(_TURN))
        button.setStyleSheet("padding: 0;")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys of the month do the same
        button.clicked.connect(lambda: self.month.turn(months))
        return button

    def _tell(self, day: date) -> None:
        self._title.setText(dates.month(day))
        days = (day.replace(day=one + 1) for one in range(monthrange(day.year, day.month)[1]))
        named = ((one, holiday_name(one)) for one in days)
        told = [_named(one, name) for one, name in named if name]
        self._holidays.setText(" · ".join(told))

    def _choose(self, day: date) -> None:
        self.chosen.emit(day)
        self.close()


def _named(day: date, name: str) -> str:
    return say("forms.calendar_holiday", day=dates.day_and_month(day), name=name.replace(" ", "\u00a0"))
