"""Which backups to keep: seven days, four weeks, twelve months.

A clock may be wrong, the counter inside a vault is not: of two backups the one that counts further is the
later one. Dates that contradict that are not believed; such a backup is kept for a while without asking when
it was made, so that a clock which ran ahead, or behind, for a day costs no other backup its place.
"""

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable
from datetime import datetime
from typing import Literal, NamedTuple

Span = Literal["day", "week", "month"]
_DAYS, _WEEKS, _MONTHS = 7, 4, 12
_DOUBTFUL = 7


class Stamp(NamedTuple):
    """Which state of the vault a backup holds, and when it says it was made."""

    counter: int
    created: datetime


def believed(stamps: Iterable[Stamp]) -> frozenset[Stamp]:
    """Return as many of ``stamps`` as possible whose dates are in the order of their counters.

    Of several such choices it is the one with the earlier dates at the end.
    """
    chains: list[list[Stamp]] = []  # of each length the one that ends earliest
    for stamp in sorted(stamps):
        at = bisect_right(chains, stamp.created, key=lambda chain: chain[-1].created)
        chains[at : at + 1] = [[*(chains[at - 1] if at else ()), stamp]]
    return frozenset(chains[-1]) if chains else frozenset()


def spans(stamps: Iterable[Stamp]) -> dict[Stamp, Span]:
    """Return what each backup to be kept is kept as; the newest seven with a doubtful date as days."""
    ordered = sorted(stamps, reverse=True)
    good = believed(ordered)
    doubtful = [each for each in ordered if each not in good][:_DOUBTFUL]
    dated = kept_as(each.created for each in good)
    found = {each: dated[each.created] for each in good if each.created in dated}
    return {**dict.fromkeys(doubtful, "day"), **found}


def kept(moments: Iterable[datetime]) -> frozenset[datetime]:
    """Return which of ``moments`` to keep, in the time zone they are given in.

    The newest of each of the last 7 days, 4 weeks (ISO 8601) and 12 months in which there is one at all, so
    that a long holiday costs no backup; the newest of all is always among them.
    """
    return frozenset(kept_as(moments))


def kept_as(moments: Iterable[datetime]) -> dict[datetime, Span]:
    """Return what each of ``kept(moments)`` is kept as: the longest span that it stands for."""
    newest_first = sorted(moments, reverse=True)
    return {
        **dict.fromkeys(_newest_of_each(newest_first, datetime.date, _DAYS), "day"),
        **dict.fromkeys(_newest_of_each(newest_first, lambda each: each.isocalendar()[:2], _WEEKS), "week"),
        **dict.fromkeys(
            _newest_of_each(newest_first, lambda each: (each.year, each.month), _MONTHS), "month"
        ),
    }


def newest_two(stamps: Iterable[Stamp]) -> frozenset[Stamp]:
    """Return the newest two of ``stamps``."""
    return frozenset(sorted(stamps, reverse=True)[:2])


def _newest_of_each(
    newest_first: Iterable[datetime], period: Callable[[datetime], Hashable], number: int
) -> set[datetime]:
    newest: dict[Hashable, datetime] = {}
    for moment in newest_first:
        newest.setdefault(period(moment), moment)
    return set(list(newest.values())[:number])
