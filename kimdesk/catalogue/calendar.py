"""Public holidays in Nordrhein-Westfalen, from the ``holidays`` library (loaded on first use)."""

from datetime import date
from functools import cache


def holiday_name(day: date) -> str:
    """Return the German name of the public holiday in Nordrhein-Westfalen on ``day``, "" when it is none."""
    return _year(day.year).get(day, "")


@cache
def _year(year: int) -> dict[date, str]:
    from holidays import country_holidays

    return dict(country_holidays("DE", subdiv="NW", years=year, language="de"))
