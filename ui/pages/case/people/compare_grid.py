"""What differs between two entries, field by field, with a choice at each."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QRadioButton, QWidget

from ui.kit.base import spaced
from ui.kit.text import Text
from ui.pages.case.people.comparison import Differing
from ui.text import tr
from ui.theme import theme

_TOP = Qt.AlignmentFlag.AlignTop


class CompareGrid(QWidget):
    """Shows both values of each field; the arrow keys choose between them."""

    def __init__(self, kept: str, gone: str, found: Sequence[Differing]) -> None:
        super().__init__()
        self.setObjectName("compare_grid")
        self._others: dict[str, QRadioButton] = {}
        grid = QGridLayout(self)
        spaced(grid, 8)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        for place, words in enumerate(
            ("", tr("This entry stays: {name}", name=kept), tr("The other entry: {name}", name=gone))
        ):
            if words:
                grid.addWidget(Text(words, "label", wrap=True), 0, place, _TOP)
        for row, one in enumerate(found, 1):
            self._add(grid, row, one)
        if not found:
            grid.addWidget(Text(tr("Both entries say the same."), "table", "text-2", wrap=True), 1, 1, 1, 2)

    def chosen(self) -> dict[str, bool]:
        """Return per field whether the value of the other entry stands."""
        return {field: radio.isChecked() for field, radio in self._others.items()}

    def _add(self, grid: QGridLayout, row: int, one: Differing) -> None:
        name = Text(one.label, "table", "text-2", wrap=True)
        name.setMinimumWidth(theme().px(130))
        grid.addWidget(name, row, 0, _TOP)
        group = QButtonGroup(self)
        for place, (side, words, whose) in enumerate(
            (("kept", one.kept, tr("this entry")), ("gone", one.gone, tr("the other entry"))), 1
        ):
            choice = _Choice(words)
            choice.radio.setObjectName(f"{side}_{one.field}")
            choice.radio.setAccessibleName(f"{one.label}: {words} ({whose})")
            choice.radio.setChecked(one.take_other == (side == "gone"))
            group.addButton(choice.radio)
            grid.addWidget(choice, row, place, _TOP)
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
        row.addWidget(Text(words, "table", wrap=True), 1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose."""
        self.radio.setChecked(True)
        super().mouseReleaseEvent(event)
