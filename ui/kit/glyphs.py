"""Signs drawn by ourselves, in the manner of Phosphor: lines of 16 on a grid of 256."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainterPath, QPainterPathStroker

import resources

_LINE = 16


def drawn(name: str) -> QPainterPath:
    """Return the filled outline of the sign ``name``. Raises KeyError when there is none."""
    stroker = QPainterPathStroker()
    stroker.setWidth(_LINE)
    stroker.setCapStyle(Qt.PenCapStyle.RoundCap)
    stroker.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    whole = QPainterPath()
    for part in resources.read_toml("theme/glyphs.toml")[name]:
        solid = part.startswith("F ")
        shape = _shape(part.removeprefix("F "))
        whole = whole.united(shape if solid else stroker.createStroke(shape))
    return whole


def _shape(text: str) -> QPainterPath:
    kind, *rest = text.split()
    numbers = [float(number) for number in rest]
    path = QPainterPath()
    if kind == "R":
        x, y, width, height, radius = numbers
        path.addRoundedRect(x, y, width, height, radius, radius)
    elif kind == "C":
        path.addEllipse(QPointF(numbers[0], numbers[1]), numbers[2], numbers[2])
    else:
        path.moveTo(numbers[0], numbers[1])
        for x, y in zip(numbers[2::2], numbers[3::2], strict=True):
            path.lineTo(x, y)
    return path
