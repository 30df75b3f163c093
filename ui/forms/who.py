"""Who is meant: a name and a birth date, and below them the persons who may be known already."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from kimdesk.casework import people
from kimdesk.casework.people import Match
from kimdesk.domain.dates import PartialDate, today
from kimdesk.domain.naming import list_name
from kimdesk.domain.records import Person
from kimdesk.texts import dates, say
from ui.desk.context import Context
from ui.forms.dates import read_partial
from ui.kit.base import spaced
from ui.kit.buttons import quiet
from ui.kit.cards import CardItem, CardList
from ui.kit.field import FieldBox
from ui.kit.state import Notice
from ui.kit.text import Text

PAUSE_MS = 250
_LETTERS = 2  # one letter finds half the town
_MOST = 5
_NAMES = ("family_name", "given_names", "birth_date")


class Who(QWidget):
    """Asks for a person. ``chosen`` carries a known one, ``typed`` tells of each edit, ``reshaped`` of size.

    ``fits`` narrows the known persons; ``action`` is the word of their button.
    """

    chosen = Signal(object)
    typed = Signal()
    reshaped = Signal()

    def __init__(
        self, context: Context, prefix: str, action: str, fits: Callable[[Match], bool] = lambda _: True
    ) -> None:
        super().__init__()
        self._context, self._action, self._fits = context, action, fits
        self._matches: dict[str, Match] = {}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.look)
        column = QVBoxLayout(self)
        spaced(column, 12)
        self._boxes = {name: self._box(name, prefix) for name in _NAMES}
        for box in self._boxes.values():
            column.addWidget(box)
        self._title = Text(say("forms.perhaps_already_known_compare_first"), "label", "warn", wrap=True)
        self._title.hide()
        self._found = CardList()
        self._found.setObjectName("similar_persons")
        self._found.acted.connect(lambda key, _: self.chosen.emit(self._matches[key]))
        column.addWidget(self._title)
        column.addWidget(self._found)

    def person(self) -> Person | None:
        """Return the person as typed; None after saying at the fields what is missing or unreadable."""
        family, given = self._names()
        named = bool(family or given)
        self._boxes["family_name"].set_error(None if named else say("forms.enter_at_least_one_name"))
        born, readable = self._born()
        self._boxes["birth_date"].set_error(None if readable else say("forms.write_24_11_1990_11"))
        if not named or not readable:
            return None
        return Person(family_name=family, given_names=given, birth_date=born)

    def texts(self) -> dict[str, str]:
        """Return what is typed, for a draft."""
        return {name: self._line(name).text() for name in _NAMES}

    def take(self, texts: dict[str, str]) -> None:
        """Go on with a draft."""
        for name in _NAMES:
            self._line(name).setText(str(texts.get(name, "")))

    def rest(self) -> None:
        """Look for nobody any more: the desk is about to be locked."""
        self._pause.stop()

    def look(self) -> None:
        """Look now who may be meant."""
        self._pause.stop()
        family, given = self._names()
        born, _ = self._born()
        desk = self._context.desk
        if len(family) + len(given) < _LETTERS:
            self._show(())
            return
        self._context.work.read(self, lambda: people.similar(desk, family, given, born), self._show)

    def _show(self, matches: tuple[Match, ...]) -> None:
        shown = [match for match in matches if self._fits(match)][:_MOST]
        self._matches = {match.person.id: match for match in shown}
        self._title.setVisible(bool(shown))
        self._found.set_cards([match_card(match, "take", self._action) for match in shown])
        self.reshaped.emit()

    def _box(self, name: str, prefix: str) -> FieldBox:
        labels = {
            "family_name": (say("forms.family_name"), ""),
            "given_names": (say("forms.given_names"), ""),
            "birth_date": (say("common.date_of_birth"), say("forms.day_month_or_only_year")),
        }
        editor = QLineEdit()
        editor.setObjectName(f"{prefix}_{name}")
        editor.textChanged.connect(lambda _: self._edited())
        label, help_text = labels[name]
        return FieldBox(label, editor, help_text)

    def _edited(self) -> None:
        self._pause.start()
        self.typed.emit()

    def _line(self, name: str) -> QLineEdit:
        editor = self._boxes[name].editor
        assert isinstance(editor, QLineEdit)  # noqa: S101 - made so in _box
        return editor

    def _names(self) -> tuple[str, str]:
        return self._line("family_name").text().strip(), self._line("given_names").text().strip()

    def _born(self) -> tuple[PartialDate | None, bool]:
        text = self._line("birth_date").text().strip()
        try:
            return (read_partial(text, today()) if text else None), True
        except ValueError:
            return None, False


def draft_notice(drop: Callable[[], None]) -> Notice:
    """Return the line that says a draft was taken up; ``drop`` gives it up."""
    notice = Notice("tint", say("common.draft_restored"), say("forms.you_had_begun_fill"))
    notice.setObjectName("draft_restored")
    button = quiet(say("forms.discard_draft"), size="small")
    button.setObjectName("discard_draft")
    for act in (drop, notice.hide, notice.deleteLater):
        button.clicked.connect(lambda _=False, act=act: act())
    notice.add_action(button)
    return notice


def match_card(match: Match, key: str, action: str) -> CardItem:
    """Return a known person as a small card with one button; never with an address."""
    person = match.person
    born = dates.partial(person.birth_date) if person.birth_date else say("common.date_of_birth_unknown")
    if person.birth_date and person.birth_fictitious:
        born = say("common.day_fictitious", day=born)
    return CardItem(
        person.id,
        list_name(person) or say("common.without_name"),
        f"{born} · {', '.join(match.why)}" if match.why else born,
        icon="user",
        actions=((key, action),),
    )
