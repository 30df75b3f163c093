"""The column beside the tasks: today's appointments, and what the Kreis has not acknowledged yet."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kimdesk.casework.today import Appointment
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.texts import say
from ui.kit.base import clear, rule, spaced
from ui.kit.buttons import quiet, secondary
from ui.kit.card import Card
from ui.kit.sign import Sign
from ui.kit.text import Text
from ui.pages.today.presenter import Undecided
from ui.places import Place
from ui.theme import theme

TIME_WIDTH = 42
BACKUP_DAYS = 7
_MOST_NAMED = 5


_BOOKING = {
    "needed": ("warning", "warn"),
    "requested": ("requested", "warn"),
    "booked": ("present", "ok"),
    "came": ("present", "ok"),
    "cancelled": ("missing", "bad"),
    "no_show": ("missing", "bad"),
}


class AppointmentsCard(Card):
    """Today's appointments with time, name and place; a name leads to its case."""

    def __init__(
        self, catalogue: Catalogue, navigate: Callable[[Place], None], as_file: Callable[[], None]
    ) -> None:
        super().__init__(say("today.appointments_today"))
        self._catalogue = catalogue
        self._navigate = navigate
        self._rows = QVBoxLayout()
        spaced(self._rows, 8)
        self.body.addLayout(self._rows)
        export = quiet(say("calendar.all_coming"), "calendar-plus", "small")
        export.setObjectName("appointments_as_file")
        export.clicked.connect(lambda _: as_file())
        self.body.addWidget(export, 0, Qt.AlignmentFlag.AlignLeft)

    def show_appointments(self, appointments: Sequence[Appointment]) -> None:
        """Show ``appointments`` in their order."""
        clear(self._rows)
        for number, each in enumerate(appointments):
            if number:
                self._rows.addWidget(rule())
            self._rows.addWidget(self._row(each))
        if not appointments:
            self._rows.addWidget(Text(say("today.no_appointments_today"), "table", "text-2", wrap=True))

    def _row(self, each: Appointment) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        spaced(row, 8)
        time = Text(each.time or "–", "table_strong")
        time.setFixedWidth(theme().px(TIME_WIDTH))
        row.addWidget(time, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._words(each), 1)
        return holder

    def _words(self, each: Appointment) -> QVBoxLayout:
        words = QVBoxLayout()
        spaced(words, 1)
        name = quiet(each.name, size="inline")
        name.setObjectName(f"appointment_{each.follow_up_id}")
        name.setAccessibleName(f"{each.time} {each.name}, {each.title}".strip())
        name.clicked.connect(lambda: self._navigate(Place("case", each.case_id)))
        words.addWidget(name, 0, Qt.AlignmentFlag.AlignLeft)
        for text in filter(None, (each.title, each.place)):
            words.addWidget(Text(text, "meta", "text-2", wrap=True))
        if each.interpreter in _BOOKING:
            words.addWidget(self._interpreter(each))
        return words

    def _interpreter(self, each: Appointment) -> QWidget:
        """Return how far an interpreter is booked: sign, colour and words."""
        sign, tone = _BOOKING[each.interpreter]
        state = self._catalogue.label("interpreter_booking", each.interpreter)
        language = self._catalogue.label("language", each.language) if each.language else ""
        holder = QWidget()
        holder.setObjectName(f"interpreter_{each.follow_up_id}")
        row = QHBoxLayout(holder)
        spaced(row, 5)
        row.addWidget(Sign(sign, tone, 14), 0, Qt.AlignmentFlag.AlignTop)
        words = say("today.interpreting_language_state", language=language, state=state)
        row.addWidget(Text(" ".join(words.split()), "meta", tone, wrap=True), 1)
        return holder


class UndecidedCard(Card):
    """In which cases two versions of something wait for a decision; a name leads to where it is taken."""

    def __init__(self, navigate: Callable[[Place], None]) -> None:
        super().__init__(say("case.two_versions"))
        self.setObjectName("undecided_cases")
        self._navigate = navigate
        self._said = Text("", "table", "text-2", wrap=True)
        self.body.addWidget(self._said)
        self._rows = QVBoxLayout()
        spaced(self._rows, 4)
        self.body.addLayout(self._rows)
        self.set_tone("warn")
        self.hide()

    def show_cases(self, found: Sequence[Undecided]) -> None:
        """Show the cases, the first of many; none hides the card."""
        self.setVisible(bool(found))
        self._said.setText(say("today.n_cases_two_versions", n=len(found)))
        clear(self._rows)
        for each in found[:_MOST_NAMED]:
            name = quiet(each.name, size="inline")
            name.setObjectName(f"undecided_{each.case_id}")
            place = Place("case", each.case_id, "history")
            name.clicked.connect(lambda _=False, place=place: self._navigate(place))
            self._rows.addWidget(name, 0, Qt.AlignmentFlag.AlignLeft)


class UnsentCard(Card):
    """In how many cases something waits for the Kreis, with the way to the hand-over."""

    def __init__(self, prepare: Callable[[], None]) -> None:
        super().__init__()
        head = QHBoxLayout()
        spaced(head, 10)
        head.addWidget(Sign("unsent"), 0, Qt.AlignmentFlag.AlignTop)
        self._title = Text("", "strong", wrap=True)
        head.addWidget(self._title, 1)
        self.body.addLayout(head)
        words = say("today.they_count_as_arrived_only")
        self.body.addWidget(Text(words, "table", "text-2", wrap=True))
        button = secondary(say("today.prepare_hand_over"), "usb", size="small")
        button.setObjectName("prepare_handover")
        button.clicked.connect(prepare)
        self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_count(self, cases: int) -> None:
        """Show the number of ``cases``; none hides the card."""
        self.setVisible(cases > 0)
        one = say("today.changes_1_case_not_acknowledged")
        self._title.setText(one if cases == 1 else say("today.changes_n_cases_not_acknowledged", n=cases))


class UnsavedCard(Card):
    """For how many days there has been no backup, once that is more than a week; else it is not there."""

    def __init__(self, look: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("unsaved")
        head = QHBoxLayout()
        spaced(head, 10)
        head.addWidget(Sign("hard-drives", "warn"), 0, Qt.AlignmentFlag.AlignTop)
        self._title = Text("", "strong", wrap=True)
        head.addWidget(self._title, 1)
        self.body.addLayout(head)
        button = quiet(say("today.to_the_backups"), size="inline")
        button.setObjectName("to_backups")
        button.clicked.connect(look)
        self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_days(self, days: int, *, doubted: bool = False) -> None:
        """Show the number of ``days``, or that it is ``doubted``; up to a week hides the card."""
        self.setVisible(doubted or days > BACKUP_DAYS)
        doubt = say("backup.date_last_backup_cannot_right")
        self._title.setText(doubt if doubted else say("common.no_backup_n_days", n=days))
