"""Where the contacts of the network map stand: the client in the middle, each circle further out. No pixels."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kimdesk.catalogue.codes import code_list, label
from kimdesk.domain.phases import latest
from kimdesk.domain.records import CaseFile
from kimdesk.domain.terms import Phase

CIRCLES, QUALITIES = "network_circle", "network_quality"
SECTION = "network"
_TRIES = 48  # directions that are tried for each contact
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

    def spoken(self) -> str:
        """Return the contact in words."""
        parts = (self.who, label(CIRCLES, self.circle), label(QUALITIES, self.quality), self.helps_with)
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
    """A circle: its name and its radius."""

    words: str
    radius: float


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


def ties(file: CaseFile) -> tuple[Tie, ...]:
    """Return the contacts that the newest assessment of the case names."""
    entry = latest(file.phases, Phase.ASSESSMENT)
    listed = entry.answers.get(SECTION, ()) if entry else ()
    return tuple(_tie(number, one) for number, one in enumerate(listed or ()) if isinstance(one, Mapping))


def network(
    found: Sequence[Tie], step: float, size_of: Callable[[Tie], tuple[float, float]], middle: float
) -> Network:
    """Lay out contacts on circles ``step`` apart around a middle of that radius.

    ``size_of`` returns width and height of a contact's words. Only circles that somebody is on are drawn.
    """
    order = [one.code for one in code_list(CIRCLES).codes]
    used = sorted({_rank(tie, order) for tie in found})
    radii = {rank: middle + step * (number + 1) for number, rank in enumerate(used)}
    rings = tuple(
        Ring(label(CIRCLES, order[rank]) if rank < len(order) else "", radii[rank]) for rank in used
    )
    spots: list[Spot] = []
    taken: list[Box] = [(-middle, -middle, middle, middle)]
    for number, tie in enumerate(sorted(found, key=lambda one: (_rank(one, order), one.number))):
        spot = _best(tie, radii[_rank(tie, order)], number, size_of(tie), taken)
        taken.append(spot.box)
        spots.append(spot)
    outer = max(radii.values(), default=middle)
    boxes = [spot.box for spot in spots]
    wide = max([outer, *(max(-box[0], box[2]) for box in boxes)])
    high = max([outer, *(max(-box[1], box[3]) for box in boxes)])
    return Network(tuple(spots), rings, (wide, high))


def overlap(one: Box, other: Box) -> float:
    """Return the area both boxes cover."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return max(0.0, width) * max(0.0, height)


def _tie(number: int, answers: Mapping[str, Any]) -> Tie:
    texts = (str(answers.get(name) or "") for name in ("who", "circle", "quality", "helps_with"))
    return Tie(number, *texts)


def _rank(tie: Tie, order: Sequence[str]) -> int:
    return order.index(tie.circle) if tie.circle in order else len(order)


def _best(tie: Tie, radius: float, number: int, size: tuple[float, float], taken: Sequence[Box]) -> Spot:
    """Return the place on the circle that covers the least of what stands there already."""
    start = number * _GOLDEN - math.pi / 2
    found: list[tuple[float, int, Spot]] = []
    for attempt in range(_TRIES):
        angle = start + attempt * 2 * math.pi / _TRIES
        x, y = math.cos(angle) * radius, math.sin(angle) * radius
        box = _box(x, y, *size)
        covered = sum(overlap(box, other) for other in taken)
        if not covered:
            return Spot(tie, x, y, box)
        found.append((covered, attempt, Spot(tie, x, y, box)))
    return min(found)[2]


def _box(x: float, y: float, width: float, height: float) -> Box:
    return (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
