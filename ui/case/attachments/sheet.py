"""How a paper looks in small: drawn by its kind, with nothing on it that could be read."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import theme

_MISSING = "missing"


def paint_sheet(painter: QPainter, place: QRectF, drawn: str) -> None:
    """Paint a sheet into ``place``: a kind of ``PaperKind.drawn``, or „missing“."""
    look = theme()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inner = place.adjusted(0.5, 0.5, -0.5, -0.5)
    missing = drawn == _MISSING
    style = Qt.PenStyle.DashLine if missing else Qt.PenStyle.SolidLine
    painter.setPen(QPen(look.color("bad" if missing else "line-strong"), 1, style))
    painter.setBrush(look.color("surface"))
    painter.drawRoundedRect(inner, place.width() / 10, place.width() / 10)
    painter.setPen(Qt.PenStyle.NoPen)
    {_MISSING: _plus, "card": _card, "decision": _decision, "certificate": _certificate}.get(drawn, _form)(
        painter, inner
    )


def _at(place: QRectF, left: float, top: float, width: float, height: float) -> QRectF:
    """Return a part of ``place`` in hundredths of its sides."""
    wide, high = place.width() / 100, place.height() / 100
    return QRectF(place.left() + left * wide, place.top() + top * high, width * wide, height * high)


def _fill(painter: QPainter, token: str, *parts: QRectF) -> None:
    for part in parts:
        painter.fillRect(part, theme().color(token))


def _lines(
    painter: QPainter, place: QRectF, tops: tuple[int, ...], left: float = 14, width: float = 72
) -> None:
    _fill(painter, "line", *(_at(place, left, top, width, 4) for top in tops))


def _plus(painter: QPainter, place: QRectF) -> None:
    painter.setPen(QPen(theme().color("bad"), max(1.4, place.width() / 22)))
    middle, arm = place.center(), place.width() / 7
    painter.drawLine(middle - QPointF(arm, 0), middle + QPointF(arm, 0))
    painter.drawLine(middle - QPointF(0, arm), middle + QPointF(0, arm))


def _card(painter: QPainter, place: QRectF) -> None:
    _fill(painter, "line-strong", _at(place, 14, 9, 50, 5), _at(place, 14, 30, 28, 24))
    _lines(painter, place, (32, 41, 50), 50, 36)
    _fill(painter, "tint-line", _at(place, 14, 66, 72, 8))
    _lines(painter, place, (84,), 14, 50)


def _decision(painter: QPainter, place: QRectF) -> None:
    _fill(painter, "accent", _at(place, 14, 9, 16, 12))
    _fill(painter, "line-strong", _at(place, 38, 12, 44, 5), _at(place, 14, 30, 58, 5))
    _lines(painter, place, (42, 51, 60, 69, 78))
    _lines(painter, place, (87,), 14, 40)


def _certificate(painter: QPainter, place: QRectF) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme().color("warn-line"), max(1.0, place.width() / 30)))
    painter.drawRect(_at(place, 9, 7, 82, 86))
    painter.setPen(Qt.PenStyle.NoPen)
    _fill(painter, "line-strong", _at(place, 30, 19, 40, 5))
    _lines(painter, place, (36, 45, 54), 22, 56)
    painter.setBrush(theme().color("bad-line"))
    painter.drawEllipse(_at(place, 62, 66, 20, 20 * place.width() / max(1.0, place.height())))


def _form(painter: QPainter, place: QRectF) -> None:
    _fill(painter, "line-strong", _at(place, 14, 9, 44, 5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme().color("line"), 1))
    for top in (24, 39, 54, 69):
        painter.drawRect(_at(place, 14, top, 72, 10))
    painter.setPen(Qt.PenStyle.NoPen)
    _lines(painter, place, (86,), 14, 36)


class SmallSheet(QWidget):
    """A sheet as a widget, so wide and high at 100 %; a picture only, everything it says stands beside it."""

    def __init__(self, width: int, height: int) -> None:
        super().__init__()
        self._size, self._drawn = (width, height), "form"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_kind(self, drawn: str) -> None:
        """Show a sheet of another kind."""
        self._drawn = drawn
        self.update()

    def sizeHint(self) -> QSize:
        """Return its size."""
        return QSize(*(theme().px(side) for side in self._size))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the sheet."""
        paint_sheet(QPainter(self), QRectF(self.rect()), self._drawn)
