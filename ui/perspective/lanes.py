"""The perspective as it is drawn: lanes per group of persons, along one path of time. No widgets."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from kimdesk.domain.dates import PartialDate
from kimdesk.domain.law.periods import month_start
from kimdesk.pictures.scale import Scale
from kimdesk.texts import dates

AHEAD = 10  # months
_EVERY = 3

Style = Literal["open", "waiting", "undated", "barred"]


class PathScale(Scale):
    """From today to ``count`` months after the first of the next; every third month is named."""

    @property
    def end(self) -> date:
        """Return the first day after the path: from here on it is „später“."""
        return month_start(self.start, self.count + 1)

    def ticks(self) -> Iterator[tuple[float, str]]:
        """Yield where every third month begins, and its name („12.2026“)."""
        for number in range(1, self.count + 1, _EVERY):
            first = month_start(self.start, number)
            yield self.x(first), dates.partial(PartialDate(first.year, first.month))


class LaneKey(NamedTuple):
    """Which lane it is: for whom, by which rule."""

    people: tuple[str, ...]
    rule: str


class LightSign(NamedTuple):
    """A state in word, tone and icon; ``filled`` shows the filled icon."""

    word: str
    tone: str
    icon: str
    filled: bool = False


@dataclass(frozen=True, slots=True)
class LaneBar:
    """What a lane shows of time: from when it is open, until when, and the words inside.

    „waiting“ opens on a day ahead, „undated“ has no day yet, „barred“ is what time alone does not cure.
    """

    style: Style
    words: str
    opens: date | None = None
    closes: date | None = None


@dataclass(frozen=True, slots=True)
class LaneView:
    """One rule for one person, or for several for whom it is the same; ``spoken`` says all of it."""

    key: LaneKey
    title: str
    paragraph: str
    sign: LightSign
    bar: LaneBar
    end: str
    end_note: str
    spoken: str
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class LaneGroup:
    """A person, or several with the same lanes."""

    name: str
    note: str
    lanes: tuple[LaneView, ...]
    several: bool = False
