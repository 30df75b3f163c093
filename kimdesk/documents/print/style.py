"""How text looks on paper."""

from dataclasses import dataclass, replace
from typing import Literal

Weight = Literal["regular", "semibold"]


@dataclass(frozen=True, slots=True)
class TextStyle:
    """Size in points, weight (400 or 600), grey from 0 (black) to 1, or an ``ink`` (red, green, blue)."""

    size: float
    weight: Weight = "regular"
    gray: float = 0.0
    ink: tuple[float, float, float] | None = None

    @property
    def bold(self) -> "TextStyle":
        """The same, heavier."""
        return replace(self, weight="semibold")

    @property
    def color(self) -> str:
        """What chooses its colour in a PDF."""
        return "{:g} {:g} {:g} rg".format(*self.ink) if self.ink else f"{self.gray:g} g"
