"""The chain of packages: which were acknowledged, which the Kreis misses, which comes now."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.kit.icons import paint_icon
from ui.kit.rows import paint_text
from ui.theme import theme

ROW = 48
NODE = 24
_LOOKS = {  # state: (icon, tone, fill)
    "acknowledged": ("check", "ok", "ok-fill"),
    "missing": ("warning-octagon", "bad", "bad-fill"),
    "waiting": ("hourglass-medium", "warn", "warn-fill"),
    "next": ("plus", "accent", "tint"),
}


@dataclass(frozen=True, slots=True)
class Link:
    """One package of the chain. ``state``: acknowledged, missing, waiting or next."""

    state: str
    title: str
    text: str


class PackageChain(QWidget):
    """Painted nodes joined by lines; dashed where the Kreis has not confirmed."""

    def __init__(self) -> None:
        super().__init__()
        self._links: Sequence[Link] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_links(self, links: Sequence[Link]) -> None:
        """Show ``links``, the oldest on top."""
        self._links = links
        self.setAccessibleDescription("; ".join(f"{link.title}: {link.text}" for link in links))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return one row per package."""
        return QSize(theme().px(240), theme().px(ROW) * len(self._links))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the joints, then the nodes and words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, link in enumerate(self._links):
            if number:
                self._paint_joint(painter, number, link)
        for number, link in enumerate(self._links):
            self._paint_link(painter, number, link)

    def _paint_joint(self, painter: QPainter, number: int, link: Link) -> None:
        look, px = theme(), theme().px
        broken = link.state == "missing" or self._links[number - 1].state == "missing"
        style = Qt.PenStyle.DashLine if broken else Qt.PenStyle.SolidLine
        painter.setPen(QPen(look.color("bad" if broken else "line-strong"), 2 if broken else 1, style))
        x = px(NODE / 2)
        painter.drawLine(x, px(ROW) * (number - 1) + px(NODE), x, px(ROW) * number)

    def _paint_link(self, painter: QPainter, number: int, link: Link) -> None:
        look, px = theme(), theme().px
        icon, tone, fill = _LOOKS[link.state]
        node = QRectF(0.5, px(ROW) * number + 0.5, px(NODE) - 1, px(NODE) - 1)
        painter.setPen(QPen(look.color(tone), 1))
        painter.setBrush(look.color(fill))
        painter.drawEllipse(node)
        side = px(13)
        sign = QRectF(0, 0, side, side)
        sign.moveCenter(node.center())
        paint_icon(painter, sign, icon, look.color(tone))
        left = px(NODE + 10)
        words = QRectF(left, node.top() - px(1), self.width() - left, px(18))
        paint_text(painter, words, link.title, "table_strong")
        paint_text(painter, words.translated(0, px(17)), link.text, "meta", "text-2")
