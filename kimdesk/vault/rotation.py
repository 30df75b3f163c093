"""Which backups to keep: seven days, four weeks, twelve months."""

from collections.abc import Callable, Hashable, Iterable
from datetime import datetime

_DAYS, _WEEKS, _MONTHS = 7, 4, 12


def kept(moments: Iterable[datetime]) -> frozenset[datetime]:
    """Return which of ``moments`` to keep, in the time zone they are given in.

    The newest of each of the last 7 days, 4 weeks (ISO 8601) and 12 months in which there is one at all, so
    that a long holiday costs no backup; the newest of all is always among them.
    """
    newest_first = sorted(moments, reverse=True)
    return frozenset(
        _newest_of_each(newest_first, datetime.date, _DAYS)
        | _newest_of_each(newest_first, lambda moment: moment.isocalendar()[:2], _WEEKS)
        | _newest_of_each(newest_first, lambda moment: (moment.year, moment.month), _MONTHS)
    )


def _newest_of_each(
    newest_first: Iterable[datetime], period: Callable[[datetime], Hashable], number: int
) -> set[datetime]:
    newest: dict[Hashable, datetime] = {}
    for moment in newest_first:
        newest.setdefault(period(moment), moment)
    return set(list(newest.values())[:number])
