"""Places, sizes and colours of a sheet for the person; points from the left and the lower edge of A4."""

from dataclasses import dataclass, replace
from typing import Final

from kimdesk.documents.print import SetLine, TextStyle, broken

LEFT, RIGHT, TOP, BOTTOM = 51.0, 544.5, 808.0, 74.0
GUTTER = 22.0
PETROL: Final = (0.0, 0.36, 0.39)
TINT: Final = (0.886, 0.941, 0.933)
BAND: Final = (0.973, 0.969, 0.953)
EDGE: Final = (0.66, 0.83, 0.82)
RED: Final = (0.61, 0.15, 0.13)
GREEN: Final = (0.15, 0.39, 0.2)

TITLE, HEADING = TextStyle(14.2, "semibold"), TextStyle(11.2, "semibold")
TEXT, SMALL = TextStyle(9.8), TextStyle(9.0, gray=0.3)
NAME, HEAD, FOOT = TextStyle(12.4, "semibold"), TextStyle(9.0, gray=0.35), TextStyle(8.6, gray=0.3)

_LEFTWARD: Final = frozenset({"ar", "prs", "fa", "ckb"})
_LARGER: Final = {"ti": 1.06}
_ARABIC = 1.13


@dataclass(frozen=True, slots=True)
class Voice:
    """One of the two languages: its tag (BCP 47), which way it runs, how large and far apart it is set."""

    tag: str
    base: int
    larger: float
    leading: float

    def style(self, style: TextStyle) -> TextStyle:
        """Return ``style`` as it looks in this language."""
        return replace(style, size=round(style.size * self.larger, 2))

    def step(self, style: TextStyle) -> float:
        """Return from line to line."""
        return style.size * self.larger * self.leading

    def broken(self, text: str, width: float, style: TextStyle) -> list[SetLine]:
        """Return the lines of ``text``, whose ``style`` is that of German."""
        return broken(text, width, self.style(style), self.base) if text else []


GERMAN: Final = Voice("de", 0, 1.0, 1.42)


def voice(tag: str) -> Voice:
    """Return how the language ``tag`` is set; what runs to the left is of Arabic script, which is small."""
    if tag in _LEFTWARD:
        return Voice(tag, 1, _ARABIC, 1.68)
    return Voice(tag, 0, _LARGER.get(tag, 1.0), 1.42)
