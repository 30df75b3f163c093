"""What the signs along the path mean."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kimdesk.texts import say
from ui.canvas.paint import hatch
from ui.forms.flow import FlowBox
from ui.kit.base import spaced
from ui.kit.text import Text
from ui.perspective.paint import paint_diamond
from ui.theme import theme

_FRAMES = {"waiting": ("warn", "surface"), "open": ("ok", "ok-fill"), "barred": ("bad", "bad-fill")}


def path_legend() -> FlowBox:
    """Return the signs of the path, each with its word."""
    box = FlowBox(14)
    for style, words in (
        ("diamond", say("perspective.earliest_day")),
        ("waiting", say("perspective.not_yet")),
        ("open", say("perspective.open")),
        ("last", say("perspective.last_day")),
        ("barred", say("perspective.barred")),
    ):
        box.flow.addWidget(_Entry(style, words))
    return box


class _Entry(QWidget):
    """One sign and its word, never parted."""

    def __init__(self, style: str, words: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        spaced(row, 6)
        row.addWidget(_Mark(style))
        row.addWidget(Text(words, "meta", "text-2"))


class _Mark(QWidget):
    """One sign of the path, small."""

    def __init__(self, style: str) -> None:
        super().__init__()
        self._style = style
        self.setFixedSize(theme().px(18), theme().px(14))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the sign."""
        look, px = theme(), theme().px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect()).adjusted(0.5, 1.5, -0.5, -1.5)
        if self._style == "diamond":
            paint_diamond(painter, QPointF(place.center()), px(6))
        elif self._style == "last":
            painter.fillRect(QRectF(place.center().x() - 1, 0, px(3), self.height()), look.color("text"))
        else:
            frame, fill = (look.color(token) for token in _FRAMES[self._style])
            dash = Qt.PenStyle.DashLine if self._style == "waiting" else Qt.PenStyle.SolidLine
            painter.setPen(QPen(frame, 1, dash))
            painter.setBrush(fill)
            painter.drawRoundedRect(place, 3, 3)
            if self._style == "barred":
                painter.setBrush(hatch(look.color("bad")))
                painter.drawRoundedRect(place, 3, 3)
