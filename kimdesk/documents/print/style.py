"""How text looks on paper."""

from dataclasses import dataclass, replace
from typing import Literal

Weight = Literal["regular", "semibold"]


@dataclass(frozen=True, slots=True)
class TextStyle:
    """Size in points, weight (400 or 600), and grey from 0 (black) to 1."""

    size: float
    weight: Weight = "regular"
    gray: float = 0.0

    @property
    def bold(self) -> "TextStyle":
        """The same, heavier."""
        return replace(self, weight="semibold")
