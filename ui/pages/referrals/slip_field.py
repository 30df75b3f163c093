"""The field for the code of a slip: typed, or sent by a scanner that works as a keyboard."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from kimdesk.domain import slip_codes
from kimdesk.texts import say
from ui import focus
from ui.kit.base import spaced
from ui.kit.buttons import secondary
from ui.kit.icons import paint_icon
from ui.theme import theme

_WIDTH = 276


class SlipField(QWidget):
    """A line and the button „Einlesen“, which waits until the check character fits; ``entered``: the code."""

    entered = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        spaced(row, 8)
        self.line = _BarcodeLine()
        self.line.setObjectName("slip_code")
        self.line.setAccessibleName(say("referrals.slip_code"))
        self.line.setAccessibleDescription(say("referrals.slip_code_help"))
        self.line.setPlaceholderText(say("referrals.slip_code_enter"))
        self.line.setMinimumWidth(theme().px(200 if theme().stacked else _WIDTH))
        self._read = secondary(say("referrals.read_slip"))
        self._read.setObjectName("read_slip")
        self._read.setEnabled(False)
        self.line.textChanged.connect(lambda text: self._read.setEnabled(bool(slip_codes.read(text))))
        self.line.returnPressed.connect(self._enter)
        self._read.clicked.connect(self._enter)
        row.addWidget(self.line, 1)
        row.addWidget(self._read)

    def start(self) -> None:
        """Wait for the next code."""
        focus.begin(self.line)

    def clear(self) -> None:
        """Take away what was typed."""
        self.line.clear()

    def _enter(self) -> None:
        if text := self.line.text().strip():
            self.entered.emit(text)


class _BarcodeLine(QLineEdit):
    """A line with a barcode."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextMargins(theme().px(24), 0, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line and the barcode."""
        super().paintEvent(event)
        side = theme().px(18)
        place = QRectF(theme().px(9), (self.height() - side) / 2, side, side)
        paint_icon(QPainter(self), place, "barcode", theme().color("text-2"))
