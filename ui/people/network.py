"""Where the contacts of the network map stand: the client in the middle, circles around. No pixels."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.phases import latest
from kimdesk.domain.records import CaseFile
from kimdesk.domain.terms import Phase
from kimdesk.forms.answers import listed
from kimdesk.forms.codes import CodeList

CIRCLES, QUALITIES = "network_circle", "network_quality"
SECTION, WHO = "network", "who"
_TRIES = 72  # directions that are tried for each contact
_WIDE = 1.7  # circles are drawn this much wider than high: words are
_GOLDEN = math.pi * (3 - math.sqrt(5))

Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Tie:
    """One contact of the network, as the assessment has it; ``number`` is its place among the answers."""

    number: int
    who: str
    circle: str = ""  # network_circle
    quality: str = ""  # network_quality
    helps_with: str = ""
    circle_word: str = ""
    quality_word: str = ""

    def spoken(self) -> str:
        """Return the contact in words."""
        parts = (self.who, self.circle_word, self.quality_word, self.helps_with)
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Spot:
    """A contact in the picture: the end of its line, and the box of its words."""

    tie: Tie
    x: float
    y: float
    box: Box


@dataclass(frozen=True, slots=True)
class Ring:
    """A circle: its name, its radius downwards and to the side, and the box of its name."""

    words: str
    high: float
    wide: float
    box: Box


@dataclass(frozen=True, slots=True)
class Network:
    """The whole picture, with the client at 0, 0; it reaches ``reach`` to every side."""

    spots: tuple[Spot, ...]
    rings: tuple[Ring, ...]
    reach: tuple[float, float]

    def neighbour(self, number: int, by: int) -> int:
        """Return the contact before or after ``number``, going round from circle to circle."""
        numbers = [spot.tie.number for spot in self.spots]
        if number not in numbers:
            return numbers[0] if numbers else -1
        return numbers[(numbers.index(number) + by) % len(numbers)]


def ties(catalogue: Catalogue, file: CaseFile) -> tuple[Tie, ...]:
    """Return the contacts that the newest assessment of the case names."""
    entry = latest(file.phases, Phase.ASSESSMENT)
    named = listed(entry.answers, SECTION) if entry else ()
    return tuple(_tie(catalogue, number, one) for number, one in enumerate(named) if one)


def network(
    circles: CodeList, found: Sequence[Tie], step: float, middle: float,
    size_of: Callable[[Tie], tuple[float, float]], ring_size_of: Callable[[str], tuple[float, float]],
) -> Network:  # fmt: skip
    """Lay out contacts on circles ``step`` apart around a middle of that radius.

    ``circles`` are from the middle outwards; only those that somebody is on are drawn. ``size_of`` and
    ``ring_size_of`` return width and height of the words of a contact and of a circle.
    """
    order = [one.code for one in circles.codes]
    used = sorted({_rank(tie, order) for tie in found})
    high = {rank: middle + step * (number + 1) for number, rank in enumerate(used)}
    rings = [
        _ring(circles.label(order[rank]) if rank < len(order) else "", high[rank], ring_size_of)
        for rank in used
    ]
    spots: list[Spot] = []
    taken: list[Box] = [(-middle, -middle, middle, middle), *(ring.box for ring in rings)]
    for number, tie in enumerate(sorted(found, key=lambda one: (_rank(one, order), one.number))):
        spot = _best(tie, high[_rank(tie, order)], number, size_of(tie), taken)
        taken.append(spot.box)
        spots.append(spot)
    wide = max([middle, *(ring.wide for ring in rings), *(max(-box[0], box[2]) for box in taken)])
    tall = max([middle, *(max(-box[1], box[3]) for box in taken)])
    return Network(tuple(spots), tuple(rings), (wide, tall))


def _ring(words: str, high: float, size_of: Callable[[str], tuple[float, float]]) -> Ring:
    return Ring(words, high, high * _WIDE, _box(0.0, high, *size_of(words)))


def overlap(one: Box, other: Box) -> float:
    """Return the area both boxes cover."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return max(0.0, width) * max(0.0, height)


def _tie(catalogue: Catalogue, number: int, answers: Mapping[str, Any]) -> Tie:
    who, circle, quality, helps = (
        str(answers.get(name) or "") for name in ("who", "circle", "quality", "helps_with")
    )
    words = catalogue.label(CIRCLES, circle), catalogue.label(QUALITIES, quality)
    return Tie(number, who, circle, quality, helps, *words)


def _rank(tie: Tie, order: Sequence[str]) -> int:
    return order.index(tie.circle) if tie.circle in order else len(order)


def _best(tie: Tie, radius: float, number: int, size: tuple[float, float], taken: Sequence[Box]) -> Spot:
    """Return the place on the circle that covers the least of what stands there already."""
    start = number * _GOLDEN - math.pi / 2
    found: list[tuple[float, int, Spot]] = []
    for attempt in range(_TRIES):
        angle = start + attempt * 2 * math.pi / _TRIES
        x, y = math.cos(angle) * radius * _WIDE, math.sin(angle) * radius
        box = _box(x, y, *size)
        covered = sum(overlap(box, other) for other in taken)
        if not covered:
            return Spot(tie, x, y, box)
        found.append((covered, attempt, Spot(tie, x, y, box)))
    return min(found)[2]


def _box(x: float, y: float, width: float, height: float) -> Box:
    return (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
