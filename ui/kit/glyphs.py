"""Signs drawn by ourselves, in the manner of Phosphor: lines of 16 with round ends on a grid of 256."""

import math

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QTransform

import resources

_HALF = 8.0  # of a line


def drawn(name: str) -> QPainterPath:
    """Return the outline of the sign ``name``. Raises KeyError when there is none."""
    whole = QPainterPath()
    for part in resources.read_toml("theme/glyphs.toml")[name]:
        kind, *rest = part.split()
        whole = whole.united(_SHAPES[kind](*(float(number) for number in rest)))
    return whole


def _box(x: float, y: float, width: float, height: float, radius: float) -> QPainterPath:
    """Return the frame of a rectangle."""
    return _rounded(x, y, width, height, radius, _HALF).subtracted(_rounded(x, y, width, height, radius, -_HALF))


def _rounded(x: float, y: float, width: float, height: float, radius: float, grow: float) -> QPainterPath:
    path = QPainterPath()
    corner = max(0.0, radius + grow)
    path.addRoundedRect(QRectF(x, y, width, height).adjusted(-grow, -grow, grow, grow), corner, corner)
    return path


def _ring(x: float, y: float, radius: float) -> QPainterPath:
    """Return the line of a circle."""
    return _disc(x, y, radius + _HALF).subtracted(_disc(x, y, radius - _HALF))


def _disc(x: float, y: float, radius: float) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(x, y), radius, radius)
    return path


def _line(*numbers: float) -> QPainterPath:
    """Return a line through the points x, y, x, y …"""
    points = list(zip(numbers[::2], numbers[1::2], strict=True))
    whole = QPainterPath()
    for start, end in zip(points, points[1:], strict=False):
        whole = whole.united(bar(start, end, _HALF))
    return whole


def bar(start: tuple[float, float], end: tuple[float, float], half: float) -> QPainterPath:
    """Return a straight line with round ends, ``2 * half`` wide."""
    across, down = end[0] - start[0], end[1] - start[1]
    flat = QPainterPath()
    flat.addRoundedRect(QRectF(0, 0, math.hypot(across, down), 0).adjusted(-half, -half, half, half), half, half)
    turn = QTransform().translate(*start).rotate(math.degrees(math.atan2(down, across)))
    return turn.map(flat)


_SHAPES = {"R": _box, "C": _ring, "D": _disc, "L": _line}
