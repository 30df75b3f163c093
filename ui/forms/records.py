"""A field that holds no answer: the typed records of the case, added and edited in dialogs."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kimdesk.forms.definition import Field
from ui.forms.words import add_word
from ui.kit.base import spaced
from ui.kit.buttons import secondary
from ui.kit.cards import CardItem, CardList
from ui.kit.sign import Sign
from ui.kit.text import Text
from ui.text import tr


class RecordsField(QWidget):
    """Typed records as small cards with „Bearbeiten“, and a button such as „+ Ziel“."""

    wanted = Signal(str, str)

    def __init__(self, field: Field) -> None:
        super().__init__()
        self._record = field.record
        self._cards: list[CardItem] = []
        column = QVBoxLayout(self)
        spaced(column, 4)
        column.addWidget(Text(field.label, "label"))
        if field.help:
            column.addWidget(Text(field.help, "meta", "text-2", wrap=True))
        self._empty = Text(tr("Nothing recorded yet."), "table", "text-2")
        column.addWidget(self._empty)
        self._list = CardList()
        self._list.hide()
        self._list.acted.connect(lambda key, _: self.wanted.emit(self._record, key))
        column.addWidget(self._list)
        column.addWidget(self._error_line())
        row = QHBoxLayout()
        self.add = secondary(add_word(self._record), "plus", "small")
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
        self._list.set_cards(cards)
        self._list.setVisible(bool(cards))
        self._empty.setVisible(not cards)

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
