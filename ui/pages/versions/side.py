"""Beside the table: what is left to decide, how the result looks, and that nothing is lost."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from kimdesk.casework.conflicts import TwoVersions
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.texts import say
from ui.kit.base import clear, spaced
from ui.kit.buttons import primary
from ui.kit.card import Card
from ui.kit.sign import Sign
from ui.kit.text import Text
from ui.pages.versions.model import Versions, lines, outcome

_TOP = Qt.AlignmentFlag.AlignTop
_MOST = 12


class LeftCard(Card):
    """How many fields are decided, and the way to the next open one."""

    def __init__(self, go_on: Callable[[], None], done: Callable[[], None]) -> None:
        super().__init__(tone="tint")
        self.setAccessibleName(say("versions.what_is_left"))
        self._title = Text("", "strong", wrap=True)
        self._words = Text("", "table", "text-2", wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(say("versions.what_is_left"))
        self._next = primary(say("versions.next_open_field"))
        self._next.setObjectName("next_open")
        self._done = primary(say("versions.to_the_case"))
        self._done.setObjectName("versions_done")
        self._next.clicked.connect(go_on)
        self._done.clicked.connect(done)
        for widget in (self._title, self._words, self._bar, self._next, self._done):
            self.body.addWidget(widget)

    def show_versions(self, shown: Versions, fields: Sequence[str]) -> None:
        """Show how far it is; ``fields`` are the names of those still open."""
        every, left = len(shown.found), len(shown.open)
        self._title.setText(say("versions.n_of_all_decided", n=every, done=every - left))
        names = ", ".join(f"„{each}“" for each in fields)
        self._words.setText(
            say("versions.until_then_yours", fields=names) if left else say("versions.all_done")
        )
        self._bar.setRange(0, max(every, 1))
        self._bar.setValue(every - left)
        self._next.setVisible(left > 0)
        self._done.setVisible(left == 0)


class OutcomeCard(Card):
    """The value that holds now, field by field."""

    def __init__(self) -> None:
        super().__init__(say("versions.this_is_the_result"))
        self._rows = QVBoxLayout()
        spaced(self._rows, 8)
        self.body.addLayout(self._rows)

    def show_versions(self, catalogue: Catalogue, found: Sequence[TwoVersions]) -> None:
        """Show what was decided, then what is open."""
        clear(self._rows)
        for one in sorted(found, key=lambda one: not one.decision)[:_MOST]:
            line = lines(catalogue, one)[0]
            decided = bool(one.decision)
            words = f"{line.field}: {outcome(one, line)}" if decided and not one.hidden else line.field
            self._rows.addWidget(_row(words, decided=decided))


def kept_card() -> Card:
    """Return the card that says what becomes of what is not chosen."""
    card = Card(say("versions.nothing_is_lost"))
    card.body.addWidget(Text(say("versions.nothing_is_lost_because"), "table", "text-2", wrap=True))
    return card


def _row(words: str, *, decided: bool) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    spaced(row, 8)
    row.addWidget(Sign("check-circle" if decided else "git-merge", "ok" if decided else "warn", 16), 0, _TOP)
    row.addWidget(Text(words, "table", "text" if decided else "text-2", wrap=True), 1)
    return holder
