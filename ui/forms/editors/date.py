"""Editors for dates: typed freely, read leniently, with a calendar at hand."""

from datetime import date
from typing import Any

from PySide6.QtCore import QPoint

from kimdesk.domain.dates import today
from kimdesk.texts import dates, say
from ui import focus
from ui.forms.dates import read_date, read_partial
from ui.forms.editors.calendar import CalendarPopup
from ui.forms.editors.inner_button import InnerButton
from ui.forms.editors.line import LineEditor
from ui.program import keys


class DateEditor(LineEditor):
    """A day, TT.MM.JJJJ; „24.11.“, „241126“, „heute“ and „+14“ are understood. Alt+Down: the calendar."""

    def __init__(self) -> None:
        super().__init__()
        self.input.setPlaceholderText(say("forms.dd_mm_yyyy"))
        self.button = InnerButton(self.input, "calendar-blank", say("forms.open_calendar_alt_down"))
        self.button.clicked.connect(self.open_calendar)
        keys.bind(self.input, "calendar", self.open_calendar, where=keys.ALONE)

    def name(self, key: str, label: str) -> None:
        """Name the line edit and the calendar button in it."""
        super().name(key, label)
        self.button.setObjectName(f"{key}_calendar")
        self.button.setAccessibleName(say("forms.field_open_calendar", field=label))

    def read(self, text: str) -> str:
        """Return the day in ISO form."""
        return read_date(text, today()).isoformat()

    def shown(self, value: Any) -> str:
        """Return TT.MM.JJJJ; what is no date is shown as it was typed."""
        return dates.of_iso(str(value)) if value else ""

    def open_calendar(self) -> None:
        """Open the calendar below the field."""
        popup = CalendarPopup(self._day(), self.input)
        popup.chosen.connect(self._take)
        popup.show_at(self.input.mapToGlobal(QPoint(0, self.input.height() + 4)))

    def _day(self) -> date | None:
        try:
            return date.fromisoformat(str(self.value() or ""))
        except ValueError:
            return None

    def _take(self, day: date) -> None:
        self.input.setText(dates.full(day))
        focus.go(self.input)
        self.changed.emit()


class PartialDateEditor(LineEditor):
    """A date known to the day, the month or only the year."""

    def __init__(self) -> None:
        super().__init__()
        self.input.setPlaceholderText(say("forms.dd_mm_yyyy_mm_yyyy"))

    def read(self, text: str) -> str:
        """Return ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``."""
        return read_partial(text, today()).iso()

    def shown(self, value: Any) -> str:
        """Return JJJJ, MM.JJJJ or TT.MM.JJJJ; what is no date is shown as it was typed."""
        return dates.of_iso(str(value)) if value else ""
