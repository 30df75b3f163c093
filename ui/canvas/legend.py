"""What the bars of a picture mean."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.canvas.paint import hatch, mixed, paint_underline
from ui.kit.base import spaced
from ui.kit.text import Text
from ui.theme import theme


class Legend(QWidget):
    """A row of small bars, each with its word; entries are style and word."""

    def __init__(self, entries: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        spaced(row, 6)
        for style, words in entries:
            row.addWidget(_Swatch(style))
            row.addWidget(Text(words, "meta", "bad" if style in ("blocked", "gap") else "text-2"))
            row.addSpacing(theme().px(6))


class _Swatch(QWidget):
    """A small bar in one style."""

    def __init__(self, style: str) -> None:
        super().__init__()
        self._style = style
        self.setFixedSize(theme().px(18), theme().px(12))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bar."""
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lane = look.color("bad" if self._style in ("blocked", "gap") else "lane-residence")
        dashed = self._style in ("planned", "critical")
        painter.setPen(QPen(lane, 1, Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine))
        fills = {"done": lane, "running": mixed(lane, look.color("surface"), 0.12)}
        painter.setBrush(fills.get(self._style, look.color("surface")))
        place = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(place, 3, 3)
        if self._style == "critical":
            paint_underline(painter, place, lane)
        if self._style in ("blocked", "gap"):
            painter.setBrush(hatch(lane))
            painter.drawRoundedRect(place, 3, 3)
