"""A chart as what is drawn of it: boxes, strokes, dots and words. Plain values, no widgets.

x goes to the right, y down; all lengths are in the unit of the ``ChartPen``. Colours are names of the theme.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

Use = Literal["meta", "table", "table_strong", "strong"]
Side = Literal["left", "middle", "right"]
HEIGHTS: Final[dict[Use, float]] = {"meta": 16, "table": 18, "table_strong": 18, "strong": 20}
"""Heights of a line, in pixels at 100 %."""


@dataclass(frozen=True, slots=True)
class ChartBox:
    """A rectangle with round corners: ``fill`` and ``edge`` are colours, "" for none."""

    x: float
    y: float
    width: float
    height: float
    fill: str = ""
    edge: str = ""
    dashed: bool = False
    hatched: bool = False
    radius: float = 3


@dataclass(frozen=True, slots=True)
class ChartStroke:
    """A line through ``points``."""

    points: tuple[tuple[float, float], ...]
    ink: str
    thick: float = 1


@dataclass(frozen=True, slots=True)
class ChartDot:
    """A filled disc around ``x``, ``y``."""

    x: float
    y: float
    radius: float
    ink: str


@dataclass(frozen=True, slots=True)
class ChartWords:
    """One line of text in a box, cut by the painter when it is too long."""

    text: str
    x: float
    y: float
    width: float
    use: Use = "table"
    ink: str = "text"
    side: Side = "left"


Mark = ChartBox | ChartStroke | ChartDot | ChartWords


@dataclass(frozen=True, slots=True)
class ChartPen:
    """How it is drawn: ``width`` there is, ``unit`` for a pixel at 100 %, how wide words are in a use."""

    width: float
    unit: float
    measure: Callable[[str, Use], float]

    def px(self, length: float) -> float:
        """Return a length given in pixels at 100 %."""
        return length * self.unit

    def widest(self, texts: tuple[str, ...], use: Use) -> float:
        """Return how wide the widest of ``texts`` is, 0 for none."""
        return max((self.measure(text, use) for text in texts), default=0.0)


@dataclass(frozen=True, slots=True)
class ChartSpot:
    """What of a chart can be chosen, as it is read aloud, and where it stands."""

    key: str
    spoken: str
    place: ChartBox


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: how large, what is drawn, and its parts in words, in the order in which they are read."""

    width: float
    height: float
    marks: tuple[Mark, ...]
    spots: tuple[ChartSpot, ...]

    @property
    def alt(self) -> str:
        """Return all of it in words."""
        return " ".join(f"{each.spoken}." for each in self.spots)
