"""A form that is higher than the screen in leaves: one is seen at a time, its sections in two columns."""

from collections.abc import Sequence

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.kit.base import spaced
from ui.kit.buttons import Button

COLUMN_GAP = 28
BETWEEN = 14  # sections of a column, pixels at 100 %
_RING = 3  # what the frame around the chosen name needs
BAR = 46  # how high the names of leaves are with the space below, pixels at 100 %

_Section = tuple[QWidget, str, int]  # what shows it, its title, how high it is


def cut(heights: Sequence[int]) -> int:
    """Return where the second of two columns begins, as even as the order of ``heights`` allows."""
    if len(heights) < 2:  # noqa: PLR2004 - one section fills one column
        return len(heights)
    return min(range(1, len(heights)), key=lambda at: max(sum(heights[:at]), sum(heights[at:])))


def leaves(heights: Sequence[int], room: int) -> list[list[int]]:
    """Return which sections stand on each leaf: as many one after another as two columns of ``room`` take."""
    found: list[list[int]] = []
    for number in range(len(heights)):
        together = [*(found[-1] if found else []), number]
        if found and _high([heights[one] for one in together]) <= room:
            found[-1] = together
        else:
            found.append([number])
    return found


def _high(heights: Sequence[int]) -> int:
    at = cut(heights)
    return max(sum(heights[:at]), sum(heights[at:]))


class Leaves(QWidget):
    """Names of leaves, and the leaf that was chosen; ``together`` says which ``sections`` stand on each."""

    def __init__(self, sections: Sequence[_Section], together: Sequence[Sequence[int]]) -> None:
        super().__init__()
        self._stack, self._group = QStackedWidget(), QButtonGroup(self)
        bar = QHBoxLayout()
        spaced(bar, 4, (_RING, _RING, _RING, 0))
        for number, leaf in enumerate(together):
            chip = Button(" · ".join(sections[one][1] for one in leaf), "chip", size="small")
            chip.setObjectName(f"leaf_{number}")
            chip.setCheckable(True)
            chip.setChecked(number == 0)
            self._group.addButton(chip, number)
            bar.addWidget(chip)
            self._stack.addWidget(_leaf([sections[one] for one in leaf]))
        bar.addStretch(1)
        self._group.idClicked.connect(self._stack.setCurrentIndex)
        column = QVBoxLayout(self)
        spaced(column, BETWEEN)
        column.addLayout(bar)
        column.addWidget(self._stack, 1)

    def turn_to(self, section: QWidget) -> None:
        """Show the leaf on which ``section`` stands."""
        for number in range(self._stack.count()):
            leaf = self._stack.widget(number)
            if leaf is not None and leaf.isAncestorOf(section):
                self._stack.setCurrentIndex(number)
                self._group.button(number).setChecked(True)


def _leaf(sections: Sequence[_Section]) -> QWidget:
    leaf = QWidget()
    row = QHBoxLayout(leaf)
    spaced(row, COLUMN_GAP)
    at = cut([height for _, _, height in sections])
    for part in filter(None, (sections[:at], sections[at:])):
        column = QVBoxLayout()
        spaced(column, BETWEEN)
        for widget, _, _ in part:
            column.addWidget(widget)
        column.addStretch(1)
        row.addLayout(column, 1)
    return leaf
