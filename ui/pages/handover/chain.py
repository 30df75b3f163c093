"""The chain of packages: which were acknowledged, which the Kreis misses, which comes now."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kimdesk.texts import say
from ui.kit.icons import paint_icon
from ui.kit.rows import paint_text
from ui.kit.wrapping import wrapped
from ui.theme import theme

NODE, SIGN, GAP, STEP, BETWEEN = 24, 13, 10, 17, 14
_LOOKS = {  # state: (icon, tone, fill)
    "acknowledged": ("check", "ok", "ok-fill"),
    "missing": ("warning-octagon", "bad", "bad-fill"),
    "waiting": ("hourglass-medium", "warn", "warn-fill"),
    "refused": ("hand-palm", "bad", "bad-fill"),
    "next": ("plus", "accent", "tint"),
}
_BROKEN = ("missing", "refused")


@dataclass(frozen=True, slots=True)
class PackageLink:
    """One package of the chain. ``state``: acknowledged, missing, waiting, refused or next."""

    state: str
    title: str
    text: str


class PackageChain(QWidget):
    """Painted nodes joined by lines; dashed where one is missing."""

    def __init__(self) -> None:
        super().__init__()
        self._links: Sequence[PackageLink] = ()
        self.setAccessibleName(say("handover.chain_of_packages"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_links(self, links: Sequence[PackageLink]) -> None:
        """Show ``links``, the oldest on top."""
        self._links = links
        self.setAccessibleDescription("; ".join(f"{link.title}: {link.text}" for link in links))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return what the packages need at the width there is."""
        heights = [self._height(link) for link in self._links]
        return QSize(theme().px(200), sum(heights) + theme().px(BETWEEN) * max(0, len(heights) - 1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the words anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the joints, then the nodes and words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top, tops = 0, []
        for link in self._links:
            tops.append(top)
            top += self._height(link) + theme().px(BETWEEN)
        for number in range(1, len(tops)):
            self._paint_joint(painter, tops[number - 1], tops[number], self._links[number - 1 : number + 1])
        for link, at in zip(self._links, tops, strict=True):
            self._paint_link(painter, at, link)

    def _lines(self, link: PackageLink) -> tuple[str, ...]:
        return wrapped(link.text, "meta", self.width() - theme().px(NODE + GAP), most=3)

    def _height(self, link: PackageLink) -> int:
        return theme().px(STEP) * (1 + len(self._lines(link)))

    def _paint_joint(self, painter: QPainter, upper: int, lower: int, pair: Sequence[PackageLink]) -> None:
        look, px = theme(), theme().px
        broken = any(link.state in _BROKEN for link in pair)
        style = Qt.PenStyle.DashLine if broken else Qt.PenStyle.SolidLine
        painter.setPen(QPen(look.color("bad" if broken else "line-strong"), 2 if broken else 1, style))
        x = px(NODE / 2)
        painter.drawLine(x, upper + px(NODE), x, lower)

    def _paint_link(self, painter: QPainter, top: int, link: PackageLink) -> None:
        look, px = theme(), theme().px
        icon, tone, fill = _LOOKS[link.state]
        node = QRectF(0.5, top + 0.5, px(NODE) - 1, px(NODE) - 1)
        painter.setPen(QPen(look.color(tone), 1))
        painter.setBrush(look.color(fill))
        painter.drawEllipse(node)
        sign = QRectF(0, 0, px(SIGN), px(SIGN))
        sign.moveCenter(node.center())
        paint_icon(painter, sign, icon, look.color(tone))
        line = QRectF(px(NODE + GAP), top, self.width() - px(NODE + GAP), px(STEP))
        paint_text(painter, line, link.title, "table_strong")
        for number, text in enumerate(self._lines(link), start=1):
            paint_text(painter, line.translated(0, number * px(STEP)), text, "meta", "text-2")
