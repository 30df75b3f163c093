"""Signs drawn by ourselves, in the manner of Phosphor: lines of 16 with round ends on a grid of 256."""

import math
from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QTransform

import resources

_HALF = 8.0  # of a line


def drawn(name: str) -> tuple[QPainterPath, ...]:
    """Return the shapes of the sign ``name``, to be filled one by one. Raises KeyError when there is none."""
    shapes: list[QPainterPath] = []
    for part in resources.read_toml("theme/glyphs.toml")[name]:
        kind, *rest = part.split()
        shapes += _SHAPES[kind](*(float(number) for number in rest))
    return tuple(shapes)


def bar(start: tuple[float, float], end: tuple[float, float], half: float) -> QPainterPath:
    """Return a straight line with round ends, ``2 * half`` wide."""
    across, down = end[0] - start[0], end[1] - start[1]
    flat = QPainterPath()
    flat.addRoundedRect(
        QRectF(0, 0, math.hypot(across, down), 0).adjusted(-half, -half, half, half), half, half
    )
    return QTransform().translate(*start).rotate(math.degrees(math.atan2(down, across))).map(flat)


def _box(x: float, y: float, width: float, height: float, radius: float) -> list[QPainterPath]:
    """Return the frame of a rectangle: the outer edge, and the inner one as a hole."""
    frame = QPainterPath()
    for grow in (_HALF, -_HALF):
        corner = max(0.0, radius + grow)
        frame.addRoundedRect(QRectF(x, y, width, height).adjusted(-grow, -grow, grow, grow), corner, corner)
    return [frame]


def _ring(x: float, y: float, radius: float) -> list[QPainterPath]:
    ring = QPainterPath()
    for grow in (_HALF, -_HALF):
        ring.addEllipse(QPointF(x, y), radius + grow, radius + grow)
    return [ring]


def _disc(x: float, y: float, radius: float) -> list[QPainterPath]:
    disc = QPainterPath()
    disc.addEllipse(QPointF(x, y), radius, radius)
    return [disc]


def _line(*numbers: float) -> list[QPainterPath]:
    """Return a line through the points x, y, x, y …"""
    points = list(zip(numbers[::2], numbers[1::2], strict=True))
    return [bar(start, end, _HALF) for start, end in pairwise(points)]


_SHAPES: dict[str, Callable[..., list[QPainterPath]]] = {"R": _box, "C": _ring, "D": _disc, "L": _line}
