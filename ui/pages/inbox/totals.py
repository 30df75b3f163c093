"""Whether what the desks report and what lies here agree."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kimdesk.texts.registry import of_totals
from ui.kit.base import spaced
from ui.kit.sign import Sign
from ui.kit.text import Text

if TYPE_CHECKING:
    from kimdesk.kreis import Totals


class TotalsLine(QWidget):
    """A sign and a sentence."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        spaced(row, 8, (4, 0, 0, 0))
        self._sign = Sign("check-circle", "text-2", 16)
        self._words = Text("", "table", "text-2", wrap=True)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)

    def show_totals(self, totals: "Totals") -> None:
        """Show ``totals``."""
        differs = bool(totals.differing)
        agree = "check-circle" if totals.desks else "info"
        self._sign.set("warning" if differs else agree, "warn" if differs else "text-2", filled=differs)
        self._words.setText(of_totals(totals))
        self._words.set_tone("warn" if differs else "text-2")
