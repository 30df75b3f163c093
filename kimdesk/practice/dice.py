"""Chance that falls the same way for the same seed, identities included."""

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TypeVar

T = TypeVar("T")

_EPOCH = date(1970, 1, 1).toordinal()
_DAY_MS = 86_400_000
_LOW = (1 << 62) - 1


class Dice:
    """One stream of chance. Two dice with the same seed fall the same way."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)  # noqa: S311 - a repeatable town, no secret
        self._issued = 0

    def chance(self, share: float) -> bool:
        """Return True in ``share`` of all throws."""
        return self._random.random() < share

    def between(self, least: int, most: int) -> int:
        """Return a whole number from ``least`` to ``most``, both included; ``least`` when they cross."""
        return least + int(self._random.random() * max(most - least + 1, 1))

    def pick(self, choices: Sequence[T]) -> T:
        """Return one of ``choices``."""
        return choices[int(self._random.random() * len(choices))]

    def weighted(self, odds: Mapping[T, int]) -> T:
        """Return one of the keys of ``odds``, each as often as its weight says."""
        return self._random.choices(list(odds), list(odds.values()))[0]

    def shuffled(self, choices: Sequence[T]) -> list[T]:
        """Return ``choices`` in another order."""
        mixed = list(choices)
        self._random.shuffle(mixed)
        return mixed

    def day(self, first: date, last: date) -> date:
        """Return a day from ``first`` to ``last``, both included; ``first`` when they cross."""
        return first + timedelta(days=self.between(0, (last - first).days))

    def digits(self, count: int) -> str:
        """Return ``count`` digits."""
        return f"{self.between(0, 10**count - 1):0{count}}"

    def new_id(self, day: date) -> str:
        """Return a UUIDv7 (RFC 9562 §5.7) of ``day`` as text; those of one day rise with each call."""
        self._issued += 1
        stamp = (day.toordinal() - _EPOCH) * _DAY_MS + self._issued
        rest = self._random.getrandbits(74)
        text = f"{stamp:012x}7{rest >> 62:03x}{2 << 62 | rest & _LOW:016x}"
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
