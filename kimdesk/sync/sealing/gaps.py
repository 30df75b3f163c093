"""Numbers that are missing, as ranges: a leap in the numbers costs no memory, however wide it is."""

from collections.abc import Iterable
from itertools import chain, islice
from typing import Annotated, Final, NamedTuple

import msgspec

from kimdesk.sync.sealing import wire

NAMED: Final = 1000
"""Numbers that are named one by one at most, where a list of numbers is asked for."""


class Gap(NamedTuple):
    """The numbers from ``first`` to ``last``, both missing."""

    first: wire.Rising
    last: wire.Rising

    def __str__(self) -> str:
        """Return it as people read it: „3“ or „3–5“."""
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"

    @property
    def size(self) -> int:
        """Return how many numbers these are."""
        return self.last - self.first + 1

    @classmethod
    def parse(cls, text: str) -> "Gap":
        """Return the gap that ``str`` wrote."""
        first, _, last = text.partition("–")
        return cls(int(first), int(last or first))


Gaps = Annotated[tuple[Gap, ...], msgspec.Meta(max_length=NAMED)]


def between(arrived: Iterable[int], last: int) -> tuple[Gap, ...]:
    """Return the gaps from 1 to ``last`` between the numbers that ``arrived``, in rising order."""
    found, expected = [], 1
    for number in chain(arrived, [last + 1]):
        if number > expected:
            found.append(Gap(expected, number - 1))
        expected = max(expected, number + 1)
    return tuple(found[:NAMED])


def numbers(gaps: Iterable[Gap]) -> list[int]:
    """Return the first ``NAMED`` missing numbers."""
    every = (number for gap in gaps for number in range(gap.first, gap.last + 1))
    return list(islice(every, NAMED))
