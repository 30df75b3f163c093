"""The net of the life domains: where a value lies. Plain values, no widgets."""

import math
from typing import Final

BEST: Final = 4
"""The best value of the scale; the worst is 0, the middle."""


def place(number: int, count: int, value: float) -> tuple[float, float]:
    """Return where ``value`` lies on the spoke ``number`` (from 0) of ``count``, the first one straight up.

    The middle is (0, 0), the best value 1 away from it; x goes to the right, y down.
    """
    angle = 2 * math.pi * number / count - math.pi / 2
    return math.cos(angle) * value / BEST, math.sin(angle) * value / BEST
