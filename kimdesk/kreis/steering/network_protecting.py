"""What of the counted ways may be told: nobody can be found, and nothing hidden can be reckoned.

Numbers that add up here: the municipalities of one way, to that of the Kreis. The ways to one station do not,
since a case counts on each it went; what is left of a station without one of its ways is a number of its own,
though, and where that is small the station's is not told. Of a municipality it is never said whether a number
is hidden because it is small or to cover another: four, four and four of twelve would be told by it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median_low
from typing import Final

from kimdesk.disclosure.values import CellFate, Shown
from kimdesk.domain.small_cells import THRESHOLD, suppress
from kimdesk.kreis.steering.network_counting import Walk, WalkedCase

_CLASSES: Final = (7, 14, 30, 60, 120, 240)
"""Waits are told up to so many days each, as far as enough cases lie in each class."""
_MOST_CLASSES: Final = 4
_MOSTLY: Final = 2 / 3
_TRAITS: Final = ("mother", "family", "female", "male")
"""The first that holds for most of the cases is told."""
_BANDS: Final = ((3, "below_3"), (6, "3_to_5"), (11, "6_to_10"))
_MANY: Final = "above_10"


@dataclass(frozen=True, slots=True)
class WaitClass:
    """How many cases waited at most ``upto`` days and longer than the class before; None: any longer time."""

    upto: int | None
    cases: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldWay:
    """What may be told of a way; see ``network.NetworkWay``."""

    cases: Shown
    days: int | None = None
    days_before: int | None = None
    still: int | None = None
    waits: tuple[WaitClass, ...] = ()
    who: str = ""
    where: str = ""


@dataclass(frozen=True)
class CountedWays:
    """All cases that something happened to, and the municipalities of the Kreis; periods: now, before."""

    cases: Sequence[WalkedCase]
    known: tuple[str, ...]

    @cached_property
    def municipalities(self) -> tuple[str, ...]:
        """Return the AGS of every row of the tables, also where there is no case."""
        return tuple(sorted({*self.known, *(one.ags for one in self.cases if one.ags)}))

    @cached_property
    def _by_way(self) -> dict[str, list[WalkedCase]]:
        found: dict[str, list[WalkedCase]] = {}
        for one in self.cases:
            for key in one.walks[0]:
                found.setdefault(key, []).append(one)
        return found

    def on(self, key: str, ags: str) -> list[WalkedCase]:
        """Return the cases on a way, everywhere or in one municipality."""
        return [one for one in self._by_way.get(key, ()) if ags in ("", one.ags)]

    def told(self, key: str, ags: str) -> ToldWay:
        """Return what may be told of the way ``key``."""
        cases = self.on(key, ags)
        shown = self._shown(key, ags, len(cases))
        if shown.fate is not CellFate.SHOWN:
            return ToldWay(cases=shown)
        before = [one.walks[1][key] for one in self.cases if key in one.walks[1] and ags in ("", one.ags)]
        walks = [one.walks[0][key] for one in cases]
        days, days_before = _median(walks), _median(before)
        if ags:
            return ToldWay(cases=shown, days=days, days_before=days_before)
        return ToldWay(
            cases=shown, days=days, days_before=days_before, still=_still(walks), waits=waits(walks),
            who=_who(cases), where=band(len({one.ags for one in cases if one.ags})),
        )  # fmt: skip

    def _shown(self, key: str, ags: str, number: int) -> Shown:
        if not ags:
            small = number < THRESHOLD
            return Shown(CellFate.SMALL, None) if small else Shown(CellFate.SHOWN, number)
        told = self._row(key)[ags] if len(self._by_way.get(key, ())) >= THRESHOLD else None
        return Shown(CellFate.COVERED if told is None else CellFate.SHOWN, told)

    def _row(self, key: str) -> Mapping[str, int | None]:
        """Return what is told of each municipality beside the number of the Kreis."""
        row = dict.fromkeys((*self.municipalities, ""), 0)
        for one in self._by_way.get(key, ()):
            row[one.ags] += 1
        return suppress(row, {})


def stations(standing: Mapping[str, int], ways: Iterable[tuple[str, int | None]]) -> dict[str, int | None]:
    """Return what is told of how many cases are at each station; ``ways``: where each ends, cases told.

    A number is hidden that is small, or from which a way that is told leaves fewer than the threshold.
    """
    into: dict[str, list[int]] = {}
    for after, number in ways:
        if number is not None:
            into.setdefault(after, []).append(number)
    return {
        key: number
        if number >= THRESHOLD and all(number - one >= THRESHOLD for one in into.get(key, ()))
        else None
        for key, number in standing.items()
    }


def waits(walks: Iterable[Walk]) -> tuple[WaitClass, ...]:
    """Return how long was waited in classes of at least the threshold each; nothing when that makes no two.

    Nothing either where a few more cases have days nobody knows: their number could be reckoned.
    """
    every = list(walks)
    known = sorted(one.days for one in every if one.days is not None)
    if 0 < len(every) - len(known) < THRESHOLD:
        return ()
    found: list[WaitClass] = []
    done = 0
    for upto in _CLASSES:
        number = sum(days <= upto for days in known) - done
        if number >= THRESHOLD and len(known) - done - number >= THRESHOLD and len(found) < _MOST_CLASSES - 1:
            found.append(WaitClass(upto, number))
            done += number
    return (*found, WaitClass(None, len(known) - done)) if found else ()


def band(number: int) -> str:
    """Return the band of a number of municipalities."""
    return next((name for below, name in _BANDS if number < below), _MANY)


def _median(walks: Iterable[Walk]) -> int | None:
    known = [one.days for one in walks if one.days is not None]
    return median_low(known) if len(known) >= THRESHOLD else None


def _still(walks: Sequence[Walk]) -> int | None:
    number = sum(one.waits for one in walks)
    return number if THRESHOLD <= number <= len(walks) - THRESHOLD else None


def _who(cases: Sequence[WalkedCase]) -> str:
    """Return of whom it may be said that mostly they wait: never how many they are."""
    for trait in _TRAITS:
        number = sum(trait in one.traits for one in cases)
        if number >= THRESHOLD and number >= len(cases) * _MOSTLY:
            return trait
    return ""
