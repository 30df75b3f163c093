"""The periods the ledger can be narrowed to."""

from datetime import date, timedelta

from kimdesk.domain.law.periods import month_start
from kimdesk.texts import say

MONTH, QUARTER, YEAR, LAST_YEAR, ALL = "month", "quarter", "year", "last_year", "all"


def periods() -> tuple[tuple[str, str], ...]:
    """Return the periods with their words."""
    return (
        (MONTH, say("findings.this_month")),
        (QUARTER, say("findings.this_quarter")),
        (YEAR, say("findings.this_year")),
        (LAST_YEAR, say("findings.last_year")),
        (ALL, say("findings.all_time")),
    )


def span(period: str, today: date) -> tuple[date, date]:
    """Return the first and last day of ``period`` around ``today``; appointments to come belong to it."""
    if period == MONTH:
        first = today.replace(day=1)
        return first, month_start(first, 1) - timedelta(days=1)
    if period == QUARTER:
        first = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
        return first, month_start(first, 3) - timedelta(days=1)
    if period == ALL:
        return date(1900, 1, 1), date(2999, 12, 31)
    year = today.year - (1 if period == LAST_YEAR else 0)
    return date(year, 1, 1), date(year, 12, 31)
