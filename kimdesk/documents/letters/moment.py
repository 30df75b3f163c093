"""When something came in, as it stands in the frame of a letter."""

from datetime import date, datetime

from kimdesk.domain.dates import today as calendar_day
from kimdesk.texts import dates, say


def received(day: date) -> tuple[str, str]:
    """Return the words of the frame for ``day``: with the hour when it is today, else with room for it."""
    said = say("letter.received_day", weekday=dates.short_weekday(day), day=dates.full(day))
    hour = dates.time(datetime.now().astimezone()) if day == calendar_day() else say("letter.no_hour")
    return say("letter.received"), say("letter.received_at", day=said, hour=hour)
