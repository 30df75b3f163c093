"""Painting rows: grounds, selection bars and texts shared by lists and tables."""

from enum import IntEnum

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from ui.theme import theme

MIDDLE_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
MIDDLE_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class ItemRole(IntEnum):
    """What a model may say about a cell or row besides its text."""

    KEY = Qt.ItemDataRole.UserRole + 1  # what to open, a value of whoever opens it
    ROW = Qt.ItemDataRole.UserRole + 2  # a row object (TaskRow, Group …)
    TONE = Qt.ItemDataRole.UserRole + 3  # str: colour token of the text
    ICON = Qt.ItemDataRole.UserRole + 4  # str: icon or state name before the text
    STRONG = Qt.ItemDataRole.UserRole + 5  # bool: weight 600
    PHASE = Qt.ItemDataRole.UserRole + 6  # int 1 to 7: seven bars before the text
    TRAILING = Qt.ItemDataRole.UserRole + 7  # str: icon after the text


def is_chosen(option: QStyleOptionViewItem) -> bool:
    """Return whether the row is selected."""
    return bool(option.state & QStyle.StateFlag.State_Selected)


def is_hovered(option: QStyleOptionViewItem) -> bool:
    """Return whether the pointer is over the row."""
    return bool(option.state & QStyle.StateFlag.State_MouseOver)


def paint_ground(painter: QPainter, place: QRectF, color: QColor, view: QWidget, last: bool = False) -> None:
    """Fill ``place``; where it touches a rounded edge of the view, follow it."""
    radius = theme().px(10) - 1.0
    top = radius if place.top() <= 0 and view.property("rounded_top") is not False else 0.0
    bottom = radius if last or place.bottom() >= view.height() else 0.0
    painter.setPen(Qt.PenStyle.NoPen)
    painter.fillPath(_rounded(place, top, bottom), color)


def paint_bar(painter: QPainter, place: QRectF) -> None:
    """Paint the 3 px bar of a selected row at the left of ``place``."""
    painter.fillRect(
        QRectF(place.left(), place.top(), theme().px(3), place.height()), theme().color("accent")
    )


def paint_line(painter: QPainter, place: QRectF) -> None:
    """Paint the dividing line at the bottom of ``place``."""
    painter.fillRect(QRectF(place.left(), place.bottom() - 1, place.width(), 1), theme().color("line"))


def paint_text(painter: QPainter, place: QRectF, text: str, use: str, tone: str = "text",
               align: Qt.AlignmentFlag = MIDDLE_LEFT) -> float:  # fmt: skip
    """Paint ``text`` into ``place``, cut with „…“ when too long; return the width it took."""
    font = theme().font(use, text)
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(place.width()) + 1)
    painter.setFont(font)
    painter.setPen(theme().color(tone))
    painter.drawText(place, align, shown)
    return float(metrics.horizontalAdvance(shown))


def _rounded(place: QRectF, top: float, bottom: float) -> QPainterPath:
    path = QPainterPath()
    if not top and not bottom:
        path.addRect(place)
        return path
    radius = max(top, bottom)
    path.addRoundedRect(place, radius, radius)
    square = QPainterPath()
    if not top:
        square.addRect(QRectF(place.left(), place.top(), place.width(), radius))
    if not bottom:
        square.addRect(QRectF(place.left(), place.bottom() - radius, place.width(), radius))
    return path.united(square)
