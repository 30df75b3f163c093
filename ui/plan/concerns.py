"""The warnings of a plan, two side by side: what is wrong, and the way to where it is put right."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QToolButton, QVBoxLayout, QWidget

from kimdesk.texts import say
from ui.kit.base import clear, spaced
from ui.kit.buttons import quiet
from ui.kit.icons import icon
from ui.kit.state import Notice
from ui.plan.warnings import Concern
from ui.theme import theme

_SHOWN = 4


class ConcernGrid(QWidget):
    """Shows the first few concerns, and all when asked; ``chosen`` carries where one leads."""

    chosen = Signal(object)  # Place
    grown = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("plan_warnings")
        self.setAccessibleName(say("plan.warnings"))
        self._concerns: list[Concern] = []
        self._all = False
        column = QVBoxLayout(self)
        spaced(column, 6)
        self._grid = QGridLayout()
        spaced(self._grid, 8)
        column.addLayout(self._grid)
        self._more = quiet("", "caret-down", "small")
        self._more.setObjectName("more_warnings")
        self._more.clicked.connect(self._show_all)
        column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)

    def show_concerns(self, concerns: Sequence[Concern]) -> None:
        """Show ``concerns``; none hides the grid."""
        if list(concerns) == self._concerns:
            return
        self._concerns = list(concerns)
        self._fill()

    def _show_all(self) -> None:
        self._all = True
        self._fill()

    def _fill(self) -> None:
        clear(self._grid)
        shown = self._concerns if self._all else self._concerns[:_SHOWN]
        across = 1 if theme().stacked else 2
        for number, one in enumerate(shown):
            wide = across if number == len(shown) - 1 and number % across == 0 else 1
            self._grid.addWidget(self._tile(one), number // across, number % across, 1, wide)
        left = len(self._concerns) - len(shown)
        self._more.setText(say("common.n_more", n=left))
        self._more.setVisible(left > 0)
        self.setVisible(bool(shown))
        self.grown.emit()

    def _tile(self, one: Concern) -> QWidget:
        tile = Notice(one.tone, one.title, one.text, one.icon)
        tile.body.addStretch(1)
        row = tile.layout()
        assert row is not None  # noqa: S101 - a notice is laid out
        spaced(row, 8, (10, 4, 4, 5))
        row.addWidget(self._way(one))
        return tile

    def _way(self, one: Concern) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon("caret-right"))
        button.setIconSize(QSize(theme().px(16), theme().px(16)))
        button.setFixedSize(theme().px(24), theme().px(24))
        button.setObjectName(
            "_".join(filter(None, ("warning", one.place.kind or one.place.tab, one.place.key)))
        )
        button.setAccessibleName(say("common.look_at_it_what", what=one.title))
        button.setToolTip(say("common.look_at_it"))
        button.clicked.connect(lambda: self.chosen.emit(one.place))
        return button
