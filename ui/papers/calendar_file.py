"""Dates as a file for other calendars: asking what may be told besides day and time."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QFileDialog, QWidget

from kimdesk.documents import calendar
from kimdesk.documents.calendar import CalendarChoice
from kimdesk.texts import say
from ui.desk.context import Context
from ui.kit.dialog import Dialog
from ui.kit.text import Text


def ask_date(context: Context, owner: QWidget, case_id: str, key: str) -> None:
    """Ask how one date of a case is written to a calendar file."""

    def write(path: Path, choice: CalendarChoice) -> int:
        calendar.save_date(context.desk, path, case_id, key, choice)
        return 1

    CalendarDialog(context, owner, say("calendar.ask_one"), write, cancels=True).open()


def ask_coming(context: Context, owner: QWidget) -> None:
    """Ask how the appointments of the coming weeks are written to a calendar file."""

    def write(path: Path, choice: CalendarChoice) -> int:
        return calendar.save_coming(context.desk, path, date.today(), choice)  # noqa: DTZ011

    CalendarDialog(context, owner, say("calendar.ask_all"), write).open()


class CalendarDialog(Dialog):
    """Asks what the file may tell; ``write`` writes it and returns how many dates it holds."""

    def __init__(
        self,
        context: Context,
        owner: QWidget,
        question: str,
        write: Callable[[Path, CalendarChoice], int],
        *,
        cancels: bool = False,
    ) -> None:
        super().__init__(owner, question, accept=say("calendar.save"))
        self.setObjectName("calendar_dialog")
        self._context, self._write = context, write
        self.add_text(say("calendar.rule"))
        self._number = self._box("calendar_file_number", say("calendar.with_file_number"))
        self._warn_of(self._number, say("calendar.named_warning"))
        self._place = self._box("calendar_place", say("calendar.with_place"))
        self._warn_of(self._place, say("calendar.place_warning"))
        self._cancelled = self._box("calendar_cancelled", say("calendar.as_cancelled"))
        self._cancelled.setVisible(cancels)

    def accept(self) -> None:
        """Ask where the file goes, and write it."""
        proposed = f"{say('calendar.file_name')}.ics"
        name, _ = QFileDialog.getSaveFileName(self, say("case.where_to"), proposed, "iCalendar (*.ics)")
        if name:
            self.save(Path(name))

    def save(self, path: Path) -> None:
        """Write the file to ``path``."""
        choice = CalendarChoice(
            file_number=self._number.isChecked(),
            place=self._place.isChecked(),
            cancelled=self._cancelled.isChecked(),
        )
        self._context.work.write(self, lambda: self._write(path, choice), self._saved, self.set_problem)

    def _saved(self, number: int) -> None:
        super().accept()
        self._context.toast(say("calendar.saved", n=number))

    def _box(self, name: str, words: str) -> QCheckBox:
        box = QCheckBox(words)
        box.setObjectName(name)
        self.body.addWidget(box)
        return box

    def _warn_of(self, box: QCheckBox, words: str) -> None:
        """Say below a box what it costs, as soon as it is ticked."""
        line = Text(words, "table", "warn", wrap=True)
        line.setObjectName(f"{box.objectName()}_warning")
        line.hide()
        box.toggled.connect(line.setVisible)
        box.setAccessibleDescription(words)
        self.body.addWidget(line)
