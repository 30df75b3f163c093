"""The board: six equal columns; with large text one of them, and a choice of which."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.kreis.steering.values import DISMISSED
from kimdesk.texts import say
from ui import focus
from ui.kit.base import spaced
from ui.kit.drop_down import DropDown
from ui.pages.answers.card import FindingCard
from ui.pages.answers.column import BoardColumn, MakeCard
from ui.pages.answers.model import COLUMNS, BoardEntry
from ui.program import keys
from ui.theme import theme


class BoardColumns(QWidget):
    """``chosen`` carries the key of the card that is looked at, ``moved`` key and state it shall go to.

    ``menu`` is told the key of a card and where on the screen its menu is wanted.
    """

    chosen = Signal(str)
    moved = Signal(str, str)

    def __init__(self, catalogue: Catalogue, menu: Callable[[str, QPoint], None]) -> None:
        super().__init__()
        self.setObjectName("board_columns")
        self.setAccessibleName(say("answers.board"))
        self._menu, self._key, self._dismissed = menu, "", False
        self._catalogue = catalogue
        self._entries: Mapping[str, Sequence[BoardEntry]] = {}
        label = catalogue.code_list("finding_state").label
        self._columns = {state: BoardColumn(state, label(state)) for state in (*COLUMNS, DISMISSED)}
        whole, row = QVBoxLayout(self), QHBoxLayout()
        spaced(whole, 8)
        spaced(row, 8)
        self._choice = self._state_choice()
        whole.addWidget(self._choice)
        whole.addLayout(row)
        for column in self._columns.values():
            row.addWidget(column, 1)
            column.made.connect(self._take_in)
            column.dropped.connect(self.moved)
        keys.bind(self, "card_back", partial(self._move, -1), where=keys.WITHIN)
        keys.bind(self, "card_on", partial(self._move, 1), where=keys.WITHIN)
        self._show_columns()

    def show_entries(self, entries: Mapping[str, Sequence[BoardEntry]], make: MakeCard, chosen: str) -> None:
        """Show the board, each card as ``make`` makes it; the ``chosen`` one is marked."""
        self._entries, self._key = entries, chosen
        for state, column in self._columns.items():
            column.show_entries(entries[state], make, chosen)
        for at, state in enumerate(self._columns):
            word = say("answers.state_n", state=self._label(state), number=len(entries[state]))
            self._choice.setItemText(at, word)
        if theme().stacked and (state := self._state_of(chosen)):
            self._choice.setCurrentIndex(list(self._columns).index(state))
        self._show_columns()

    def show_dismissed(self, shown: bool) -> None:
        """Show what was dismissed instead of what is implemented, or the other way round."""
        self._dismissed = shown
        self._show_columns()

    def _state_choice(self) -> DropDown:
        choice = DropDown()
        choice.setObjectName("board_state")
        choice.setAccessibleName(say("common.state"))
        for state in self._columns:
            choice.addItem(self._label(state), state)
        choice.activated.connect(lambda _: self._show_columns())
        choice.setVisible(theme().stacked)
        return choice

    def _label(self, state: str) -> str:
        return self._catalogue.label("finding_state", state)

    def _show_columns(self) -> None:
        wanted = {self._choice.currentData()} if theme().stacked else {*COLUMNS, DISMISSED}
        if not theme().stacked:
            wanted.discard("implemented" if self._dismissed else DISMISSED)
        for state, column in self._columns.items():
            column.setVisible(state in wanted)

    def _take_in(self, card: FindingCard) -> None:
        key = card.card.key
        card.clicked.connect(lambda: self._choose(key))
        card.stepped.connect(lambda right, down: self._step(card, right, down))
        card.menu_asked.connect(lambda at: self._menu(key, at))

    def _choose(self, key: str) -> None:
        self._key = key
        for column in self._columns.values():
            for card in column.cards:
                card.setChecked(card.card.key == key)
        self.chosen.emit(key)

    def _step(self, card: FindingCard, right: int, down: int) -> None:
        """Move the keyboard to the next card; it is looked at as one goes along."""
        shown = [each for each in self._columns.values() if not each.isHidden()]
        at = next(place for place, each in enumerate(shown) if card in each.cards)
        row = shown[at].cards.index(card) + down
        wanted = at + right
        while 0 <= wanted < len(shown) and not shown[wanted].cards:
            wanted += right
        if 0 <= wanted < len(shown) and row >= 0:
            target = shown[wanted].cards[min(row, len(shown[wanted].cards) - 1)]
            focus.begin(target)
            self._choose(target.card.key)

    def _move(self, by: int) -> None:
        state = self._state_of(self._key)
        order = (*COLUMNS, DISMISSED)
        if state in COLUMNS and 0 <= order.index(state) + by < len(COLUMNS):
            self.moved.emit(self._key, COLUMNS[order.index(state) + by])

    def _state_of(self, key: str) -> str:
        found = (state for state, entries in self._entries.items() if any(one.id == key for one in entries))
        return next(found, "")
