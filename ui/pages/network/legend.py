"""What the parts of the network mean."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kimdesk.texts import say
from ui.canvas.paint import mixed, width_of
from ui.kit.base import spaced
from ui.kit.icons import paint_icon
from ui.kit.rows import paint_text
from ui.kit.text import Text
from ui.program import keys
from ui.theme import theme


class NetworkLegend(QWidget):
    """A row of samples with their words; in large text the words alone stand in the table's heads."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        spaced(row, 6, (4, 0, 4, 0))
        for shape, words, tone in (
            ("pill", say("network.legend_state"), "text-2"),
            ("box", say("network.legend_service"), "text-2"),
            ("plate", say("network.legend_days"), "text-2"),
            ("sign", say("network.bottleneck_means"), "bad"),
        ):
            row.addWidget(_Sample(shape))
            row.addWidget(Text(words, "meta", tone, wrap=shape == "sign"), int(shape == "sign"))
            row.addSpacing(theme().px(8))
        row.addWidget(Text(f"{say('network.table')}: {keys.words('network_table')}", "meta", "text-2"))
        self.setVisible(not theme().stacked)


class _Sample(QWidget):
    """A small part of the picture."""

    def __init__(self, shape: str) -> None:
        super().__init__()
        self._shape = shape
        px = theme().px
        wide = {"pill": px(26), "box": px(24), "sign": px(16)}
        self.setFixedSize(
            QSize(wide.get(shape) or round(width_of(say("network.legend_sample"), "meta")) + px(14), px(18))
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        look, px = theme(), theme().px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect()).adjusted(1, 2, -1, -2)
        if self._shape == "sign":
            paint_icon(
                painter, QRectF(0, px(1), px(16), px(16)), "warning-octagon", look.color("bad"), filled=True
            )
            return
        lane = look.color("lane-livelihood")
        pill = self._shape == "pill"
        painter.setPen(
            QPen(
                look.color("line") if self._shape == "plate" else lane if pill else look.color("line-strong"),
                1,
            )
        )
        painter.setBrush(mixed(lane, look.color("surface"), 0.12) if pill else look.color("surface"))
        painter.drawRoundedRect(
            place, place.height() / 2 if pill else px(4), place.height() / 2 if pill else px(4)
        )
        if self._shape == "plate":
            middle = Qt.AlignmentFlag.AlignCenter
            paint_text(painter, place, say("network.legend_sample"), "meta", "text", middle)
