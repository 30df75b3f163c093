"""What differs between two entries, field by field, with a choice at each."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from kimdesk.texts import say
from ui.kit.base import spaced
from ui.kit.text import Text
from ui.people.comparison import Differing
from ui.theme import theme

_TOP = Qt.AlignmentFlag.AlignTop


class CompareGrid(QWidget):
    """Shows both values of each field; the arrow keys choose between them."""

    def __init__(self, kept: str, gone: str, found: Sequence[Differing]) -> None:
        super().__init__()
        self.setObjectName("compare_grid")
        self._others: dict[str, QRadioButton] = {}
        self._stacked = theme().stacked  # large text: the name of a field above its values
        grid = QGridLayout(self)
        spaced(grid, 8)
        grid.setColumnStretch(0, int(self._stacked))
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, int(not self._stacked))
        heads = say("people.this_entry_stays_name", name=kept), say("people.the_other_entry_name", name=gone)
        for place, words in enumerate(heads, int(not self._stacked)):
            grid.addWidget(Text(words, "label", wrap=True), 0, place, _TOP)
        for number, one in enumerate(found):
            self._add(grid, 1 + number * 2, one)
        if not found:
            grid.addWidget(
                Text(say("people.both_entries_say_same"), "table", "text-2", wrap=True), 1, 0, 1, -1
            )

    def chosen(self) -> dict[str, bool]:
        """Return per field whether the value of the other entry stands."""
        return {field: radio.isChecked() for field, radio in self._others.items()}

    def _add(self, grid: QGridLayout, row: int, one: Differing) -> None:
        name = Text(one.label, "table", "text-2", wrap=True)
        name.setMinimumWidth(theme().px(130))
        grid.addWidget(name, row, 0, 1, 2 if self._stacked else 1, Qt.AlignmentFlag.AlignVCenter)
        group = QButtonGroup(self)
        for place, (side, words, whose) in enumerate(
            (("kept", one.kept, say("people.this_entry")), ("gone", one.gone, say("people.the_other_entry")))
        ):
            choice = _Choice(words)
            choice.radio.setObjectName(f"{side}_{one.field}")
            choice.radio.setAccessibleName(f"{one.label}: {words} ({whose})")
            choice.radio.setChecked(one.take_other == (side == "gone"))
            group.addButton(choice.radio)
            at = (row + 1, place) if self._stacked else (row, place + 1)
            grid.addWidget(choice, *at, _TOP)
            if side == "gone":
                self._others[one.field] = choice.radio


class _Choice(QWidget):
    """A radio button with words that run over several lines; a click on them chooses too."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.radio = QRadioButton()
        row = QHBoxLayout(self)
        spaced(row, 4)
        row.addWidget(self.radio, 0, _TOP)
        column = QVBoxLayout()
        spaced(column, 0, (0, 4, 0, 0))  # level with the sign of the button
        column.addWidget(Text(words, "table", wrap=True))
        row.addLayout(column, 1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose."""
        self.radio.setChecked(True)
        super().mouseReleaseEvent(event)
