"""A field that holds no answer: the typed records of the case, added and edited in dialogs."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kimdesk.forms.definition import Field
from kimdesk.texts import say
from ui.kit.base import spaced
from ui.kit.buttons import quiet, secondary
from ui.kit.cards import CardItem, CardList
from ui.kit.sign import Sign
from ui.kit.text import Text

_FIRST = 10  # records shown at first; a case may have hundreds of contacts


class RecordsField(QWidget):
    """Typed records as small cards with „Bearbeiten“, and a button such as „+ Ziel“ (``word``)."""

    wanted = Signal(str, str)

    def __init__(self, field: Field, word: str) -> None:
        super().__init__()
        self._record = field.record
        self._cards: list[CardItem] = []
        column = QVBoxLayout(self)
        spaced(column, 4)
        column.addWidget(Text(field.label, "label"))
        if field.help:
            column.addWidget(Text(field.help, "meta", "text-2", wrap=True))
        self._empty = Text(say("forms.nothing_recorded_yet"), "table", "text-2")
        column.addWidget(self._empty)
        self._list = CardList()
        self._list.hide()
        self._list.acted.connect(lambda key, _: self.wanted.emit(self._record, key))
        column.addWidget(self._list)
        self._all_shown = False
        self._more = quiet("", size="small")
        self._more.setObjectName(f"all_{self._record}")
        self._more.clicked.connect(self._show_all)
        self._more.hide()
        column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._error_line())
        row = QHBoxLayout()
        self.add = secondary(word, "plus", "small")
        self.add.clicked.connect(lambda: self.wanted.emit(self._record, ""))
        row.addWidget(self.add)
        row.addStretch(1)
        column.addLayout(row)
        self.setFocusProxy(self.add)

    def name(self, key: str) -> None:
        """Name the list for tests; the button is ``add_<record>``."""
        self.setObjectName(key)
        self.add.setObjectName(f"add_{self._record}")

    def show_cards(self, cards: Sequence[CardItem]) -> None:
        """Show ``cards``."""
        if list(cards) == self._cards:
            return
        self._cards = list(cards)
        self._show_list()
        self._list.setVisible(bool(cards))
        self._empty.setVisible(not cards)

    def _show_list(self) -> None:
        shown = self._cards if self._all_shown else self._cards[:_FIRST]
        self._list.set_cards(shown)
        self._more.setVisible(len(shown) < len(self._cards))
        self._more.setText(say("forms.show_all_n", n=len(self._cards)))

    def _show_all(self) -> None:
        self._all_shown = True
        self._show_list()

    def set_error(self, text: str | None) -> None:
        """Show ``text`` as what is wrong; None takes it away."""
        self._error.setText(text or "")
        self._error_row.setVisible(bool(text))

    def _error_line(self) -> QWidget:
        self._error_row = QWidget()
        row = QHBoxLayout(self._error_row)
        spaced(row, 6)
        self._error = Text("", "meta", "bad", wrap=True)
        row.addWidget(Sign("overdue", size=14))
        row.addWidget(self._error, 1)
        self._error_row.hide()
        return self._error_row
