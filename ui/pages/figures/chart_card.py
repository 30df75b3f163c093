"""A chart in its card: the picture, what its marks mean, and the same as a list."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from kimdesk.texts import say
from ui.canvas.chart import Charted, ChartView
from ui.kit.buttons import quiet
from ui.kit.card import Card
from ui.kit.fit_table import FitTable
from ui.kit.text import Text

Cells = Sequence[tuple[str, ...]]
_Index = QModelIndex | QPersistentModelIndex
_USUAL, _LEAST = 400, 280
_NUMBERS = {1: 104, 2: 104}


class ChartRows(QAbstractTableModel):
    """What a chart shows, row by row."""

    def __init__(self, heads: tuple[str, ...], rows: Cells) -> None:
        super().__init__()
        self._heads, self._rows = heads, rows

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self._heads)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a cell."""
        return self._rows[index.row()][index.column()] if role == Qt.ItemDataRole.DisplayRole else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """Return the head of a column."""
        across = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return self._heads[section] if across else None


class ChartCard(Card):
    """``charted`` lays the picture out; ``rows`` (name, now, before) are its list under ``heads``.

    ``opened`` is told when somebody pressed a part of the picture.
    """

    opened = Signal(str)

    def __init__(
        self, name: str, title: str, note: str, charted: Charted, heads: tuple[str, ...], rows: Cells
    ) -> None:
        super().__init__(title, note)
        self.setObjectName(f"card_{name}")
        self._swap = quiet(say("figures.as_list"), "list-bullets", size="inline")
        self._swap.setObjectName(f"swap_{name}")
        self._swap.setAccessibleName(f"{say('figures.as_list')}: {title}")
        self._swap.clicked.connect(self._turn)
        self._title_of_list = title
        self.chart = ChartView(f"chart_{name}", title, charted, (_USUAL, _LEAST))
        self.chart.opened.connect(self.opened)
        self.list = FitTable(ChartRows(heads, rows), title, _NUMBERS, 0, 120)
        self.list.setObjectName(f"list_{name}")
        self.list.hide()
        self.body.addWidget(self.chart)
        self.body.addWidget(self.list)

    def finish(self, legend: QWidget | None, sentence: str) -> None:
        """Put below what the marks mean, a sentence, and the way to the list."""
        if legend is not None:
            self.body.addWidget(legend)
        if sentence:
            self.body.addWidget(Text(sentence, "table", "text-2", wrap=True))
        self.body.addWidget(self._swap, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)

    def _turn(self) -> None:
        shows = self.list.isHidden()
        self.list.setVisible(shows)
        self.chart.setVisible(not shows)
        words = say("figures.as_picture") if shows else say("figures.as_list")
        self._swap.setText(words)
        self._swap.setAccessibleName(f"{words}: {self._title_of_list}")
