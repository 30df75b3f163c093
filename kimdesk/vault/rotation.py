"""Which backups to keep: seven days, four weeks, twelve months."""

from collections.abc import Callable, Hashable, Iterable
from datetime import datetime
from typing import Literal

Span = Literal["day", "week", "month"]
_DAYS, _WEEKS, _MONTHS = 7, 4, 12


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


def newest_two(moments: Iterable[datetime]) -> frozenset[datetime]:
    """Return the newest two of ``moments``."""
    return frozenset(sorted(moments, reverse=True)[:2])


def _newest_of_each(
    newest_first: Iterable[datetime], period: Callable[[datetime], Hashable], number: int
) -> set[datetime]:
    newest: dict[Hashable, datetime] = {}
    for moment in newest_first:
        newest.setdefault(period(moment), moment)
    return set(list(newest.values())[:number])
