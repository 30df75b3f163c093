"""Days and moments as people read them: short within the year, spelled out, or by how far away they are.

How a language writes them is a text of ``dates.toml``: a pattern of ``strftime`` where only numbers are
needed, for they stand in every list; names of days and months come from CLDR.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Literal

from kimdesk.domain.dates import PartialDate
from kimdesk.texts.speech import GERMAN, Speech

NONE = "–"


def full(day: date | None, speech: Speech = GERMAN) -> str:
    """Return „30.11.2026“, or a dash for no date."""
    return f"{day:{speech.say('dates.full')}}" if day else NONE


def span(start: date | None, end: date | None, speech: Speech = GERMAN) -> str:
    """Return „01.10.2026\u00a0– 31.10.2026“, „seit …“, „bis …“ or nothing."""
    if start and end:
        return f"{full(start, speech)}\u00a0– {full(end, speech)}"
    if start:
        return speech.say("common.since_day", day=full(start, speech))
    return speech.say("common.until_day", day=full(end, speech)) if end else ""


def short(day: date | None, today: date, speech: Speech = GERMAN) -> str:
    """Return „Mo., 30.11.“ within the year of ``today``, never broken, else the full date; or a dash."""
    if day is None or day.year != today.year:
        return full(day, speech)
    return speech.say("dates.short", weekday=short_weekday(day, speech), day=day_and_month(day, speech))


def without_year(text: str, today: date) -> str:
    """Return ``text`` with the days of this year as „30.11.“: within the year nobody needs it."""
    return re.sub(rf"\b(\d\d\.\d\d\.){today.year}\b", r"\1", text)


def spelled(day: date, speech: Speech = GERMAN) -> str:
    """Return „Dienstag, 24. November 2026“."""
    return speech.say("dates.spelled", weekday=weekday(day, speech), day=day.day, month=month(day, speech))


def month(day: date, speech: Speech = GERMAN) -> str:
    """Return „November 2026“."""
    return speech.say("dates.month", month=_names(speech.language, "months")[day.month], year=day.year)


def day_and_month(day: date, speech: Speech = GERMAN) -> str:
    """Return „30.11.“."""
    return f"{day:{speech.say('dates.day_and_month')}}"


def time(at: datetime, speech: Speech = GERMAN) -> str:
    """Return „10:24“ in local time."""
    return f"{at.astimezone():{speech.say('dates.time')}}"


def weekday(day: date, speech: Speech = GERMAN) -> str:
    """Return „Dienstag“."""
    return _names(speech.language, "days")[day.weekday()]


def short_weekday(day: date, speech: Speech = GERMAN) -> str:
    """Return „Di.“; from a text, because the first window says it and may not load CLDR."""
    return speech.say("dates.short_weekdays").split()[day.weekday()]


def short_month(day: date, speech: Speech = GERMAN) -> str:
    """Return „Nov“, as it stands at an axis."""
    return speech.say("dates.short_months").split()[day.month - 1]


def partial(day: PartialDate, speech: Speech = GERMAN) -> str:
    """Return „2026“, „11.2026“ or „30.11.2026“, as much as is known."""
    pattern = "dates.full" if day.day else "dates.month_and_year" if day.month else "dates.year"
    return f"{day.earliest():{speech.say(pattern)}}"


def of_iso(text: str, speech: Speech = GERMAN) -> str:
    """Return an ISO day, month or year as people write it; what is none stays as it is."""
    try:
        return partial(PartialDate.parse(text), speech)
    except ValueError:
        return text


def distance(day: date, today: date, speech: Speech = GERMAN) -> str:
    """Return how far ``day`` lies from ``today``: „morgen“, „in 3 Tagen“, „seit 12 Tagen“."""
    days = (day - today).days
    if near := {0: "dates.today", 1: "dates.tomorrow", -1: "dates.since_yesterday"}.get(days):
        return speech.say(near)
    return speech.say("dates.in_days", n=days) if days > 0 else speech.say("dates.since_days", n=-days)


def moment(at: datetime, speech: Speech = GERMAN) -> str:
    """Return „24.11.2026, 10:24 Uhr“ in local time."""
    return f"{at.astimezone():{speech.say('dates.moment')}}"


def second(at: datetime, speech: Speech = GERMAN) -> str:
    """Return „24.11.2026, 10:24:07“ in local time."""
    return f"{at.astimezone():{speech.say('dates.second')}}"


def lately(at: datetime, today: date, speech: Speech = GERMAN) -> str:
    """Return „heute, 10:24“, „gestern, 16:05“ or the day, in local time."""
    local = at.astimezone()
    near = {0: "dates.today", 1: "dates.yesterday"}.get((today - local.date()).days)
    if near is None:
        return short(local.date(), today, speech)
    return speech.say("dates.at_time", day=speech.say(near), time=time(at, speech))


@cache
def _names(language: str, what: Literal["days", "months"]) -> Mapping[int, str]:
    from babel import Locale  # costs more than the first window may

    locale = Locale.parse(language)
    names: Mapping[int, str] = (locale.days if what == "days" else locale.months)["format"]["wide"]
    return names
