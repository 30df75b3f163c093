"""The way of an arrow from one bar to the next: right angles, never through words. Plain values."""

from itertools import pairwise

from kimdesk.pictures.chain import Arrow, Bar

Point = tuple[float, float]
_TURN, _TIP = 8, 14


def points(arrow: Arrow, zoom: float) -> tuple[Point, ...]:
    """Return the corners of the arrow, its tip last."""
    before, after = arrow.before, arrow.after
    if arrow.late or after.left < before.right + _TIP * zoom:
        return _drop(before, after, zoom)
    start = (before.right, before.middle)
    tip = (after.left - 1, after.middle)
    if abs(before.middle - after.middle) <= 1:
        return (start, tip)
    turn = before.right + _TURN * zoom
    return (start, (turn, before.middle), (turn, after.middle), tip)


def touches(arrow: Arrow, zoom: float, x: float, y: float) -> bool:
    """Return whether the pointer at ``x``, ``y`` is on the arrow."""
    near = 4 * zoom
    return any(
        min(x1, x2) - near <= x <= max(x1, x2) + near and min(y1, y2) - near <= y <= max(y1, y2) + near
        for (x1, y1), (x2, y2) in pairwise(points(arrow, zoom))
    )


def _drop(before: Bar, after: Bar, zoom: float) -> tuple[Point, ...]:
    """Return the way down (or up) to a bar that begins before, or right when, the other one ends."""
    first, last = max(before.left, after.left), min(before.right, after.right)
    down = after.top > before.top
    start_y = before.top + before.height if down else before.top
    if last - first >= 12 * zoom:
        x = last - 8 * zoom
        return ((x, start_y), (x, after.top - 1 if down else after.top + after.height + 1))
    x = min(before.right - 6 * zoom, after.left - 12 * zoom)
    return ((x, start_y), (x, after.middle), (after.left - 1, after.middle))
