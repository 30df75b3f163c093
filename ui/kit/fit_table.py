"""A table as high as its rows, for pages that scroll as a whole."""

from collections.abc import Mapping

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QResizeEvent

from ui.kit.table import ROW_HEIGHT, Table
from ui.theme import theme

_HEADS = 33


class FitTable(Table):
    """``widths`` of the columns at 100 %; the column ``flexible`` takes the rest, at least ``least``."""

    def __init__(
        self, model: QAbstractItemModel, name: str, widths: Mapping[int, int], flexible: int, least: int
    ) -> None:
        super().__init__(model, name)
        model.setParent(self)
        self._fixed = sum(theme().px(width) for width in widths.values())
        self._flexible, self._least = flexible, theme().px(least)
        self.setProperty("fit", True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setStretchLastSection(False)
        for section, width in widths.items():
            self.setColumnWidth(section, theme().px(width))
        model.modelReset.connect(self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the flexible column what the others leave."""
        super().resizeEvent(event)
        self.setColumnWidth(self._flexible, max(self._least, self.viewport().width() - self._fixed))
        self._fit()

    def _fit(self) -> None:
        scrolls = self.horizontalHeader().length() > self.viewport().width()
        bar = self.horizontalScrollBar().sizeHint().height() if scrolls else 0
        rows = self.model().rowCount() * theme().px(ROW_HEIGHT)
        self.setFixedHeight(theme().px(_HEADS) + rows + bar + 2)
