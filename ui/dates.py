"""Dates as they are read in lists: short within the year, with how far away they are."""

from datetime import date, datetime

from ui.text import tr

WEEKDAYS = ("Mo.", "Di.", "Mi.", "Do.", "Fr.", "Sa.", "So.")
LONG_WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
MONTHS = (
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
)


def full(day: date | None) -> str:
    """Return ``30.11.2026``, or a dash for no date."""
    return f"{day:%d.%m.%Y}" if day else "–"


def short(day: date | None, today: date) -> str:
    """Return „Mo., 30.11.“ within the year of ``today``, never broken, else the full date; or a dash."""
    if day is None or day.year != today.year:
        return full(day)
    return f"{WEEKDAYS[day.weekday()]},\u00a0{day:%d.%m.}"


def spelled(day: date) -> str:
    """Return „Dienstag, 24. November 2026“."""
    return f"{LONG_WEEKDAYS[day.weekday()]}, {day.day}.\u00a0{MONTHS[day.month - 1]} {day.year}"


def distance(day: date, today: date) -> str:
    """Return how far ``day`` lies from ``today``, in words."""
    days = (day - today).days
    words = {0: tr("today"), 1: tr("tomorrow"), -1: tr("since yesterday")}
    if days in words:
        return words[days]
    return tr("in {n} days", n=days) if days > 0 else tr("since {n} days", n=-days)


def moment(at: datetime) -> str:
    """Return „24.11.2026, 10:24 Uhr“ in local time."""
    return f"{at.astimezone():%d.%m.%Y, %H:%M} Uhr"


def lately(at: datetime, today: date) -> str:
    """Return „heute, 10:24“, „gestern, 16:05“ or the day, in local time."""
    local = at.astimezone()
    near = {0: tr("today"), 1: tr("yesterday")}
    word = near.get((today - local.date()).days)
    return f"{word},\u00a0{local:%H:%M}" if word else short(local.date(), today)
