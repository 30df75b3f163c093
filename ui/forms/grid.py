"""Fields side by side as their width asks for; below one another when the text is large."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from kimdesk.forms.definition import Width
from ui.kit.base import spaced
from ui.theme import theme

COLUMNS = 12
_POLICY = QSizePolicy.Policy
_SPANS = {Width.FULL: 12, Width.HALF: 6, Width.THIRD: 4, Width.QUARTER: 3}


def places(widths: Sequence[Width], *, stacked: bool) -> list[tuple[int, int, int]]:
    """Return row, column and span (of 12) for fields of ``widths`` one after another."""
    row = column = 0
    found = []
    for width in widths:
        span = COLUMNS if stacked else _SPANS[width]
        if column + span > COLUMNS:
            row, column = row + 1, 0
        found.append((row, column, span))
        column += span
    return found


class FieldGrid(QWidget):
    """A grid of fields; hidden ones leave no hole."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        spaced(self._grid, 12)
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column, 1)
            self._grid.setColumnMinimumWidth(column, 0)
        self._placed: list[QWidget] = []

    def arrange(self, fields: Sequence[tuple[QWidget, Width]]) -> None:
        """Show exactly ``fields``, in this order."""
        widgets = [widget for widget, _ in fields]
        if widgets == self._placed:
            return
        for widget in self._placed:
            self._grid.removeWidget(widget)
            if widget not in widgets:
                widget.hide()
        where = places([width for _, width in fields], stacked=theme().stacked)
        for widget, (row, column, span) in zip(widgets, where, strict=True):
            policy = widget.sizePolicy()
            whole = span == COLUMNS
            policy.setHorizontalPolicy(_POLICY.Preferred if whole else _POLICY.Ignored)
            widget.setSizePolicy(policy)
            self._grid.addWidget(widget, row, column, 1, span, Qt.AlignmentFlag.AlignTop)
            widget.show()
        self._placed = widgets
        for before, after in pairwise(widgets):
            QWidget.setTabOrder(before, after)
