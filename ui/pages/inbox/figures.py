"""The strip of figures: what came since yesterday, what is open, which receipts go back."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from kimdesk.texts import say
from ui.kit.base import rule, spaced
from ui.kit.card import Card
from ui.kit.text import Text
from ui.theme import theme

if TYPE_CHECKING:
    from kimdesk.kreis import KreisOverview


class FiguresStrip(Card):
    """Four figures with their words, two by two while the text is large."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(say("kreis.figures"))
        self._numbers = [Text("–", "figure") for _ in range(4)]
        words = (
            say("kreis.packages_since_yesterday"),
            say("kreis.changes_taken_over"),
            say("kreis.open_to_settle"),
            say("kreis.receipts_to_hand_out"),
        )
        grid = QGridLayout()
        spaced(grid, 16)
        per_row = 2 if theme().stacked else 4
        for place, (number, word) in enumerate(zip(self._numbers, words, strict=True)):
            row, at = divmod(place, per_row)
            if at:
                grid.addWidget(rule(vertical=True), row, 2 * at - 1)
            grid.addWidget(_figure(number, word), row, 2 * at)
            grid.setColumnStretch(2 * at, 1)
        self.body.addLayout(grid)

    def show_figures(self, overview: "KreisOverview") -> None:
        """Show the figures of ``overview``; while nothing has ever come, nothing was counted."""
        found = (overview.bundles, overview.changes, overview.open, overview.receipts)
        for number, value in zip(self._numbers, found, strict=True):
            number.setText(f"{value:,}".replace(",", ".") if overview.rows else "–")


def _figure(number: Text, word: str) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    spaced(column, 0)
    column.addWidget(number)
    column.addWidget(Text(word, "table", "text-2", wrap=True))
    return holder
