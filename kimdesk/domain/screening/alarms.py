"""What a person has to hear of before it is too late, and when something becomes possible."""

from collections.abc import Iterator
from datetime import date, timedelta

from kimdesk.domain.screening.result import Alarm, Light, Screened
from kimdesk.domain.screening.rules import ScreeningLaw

TITLE_ENDS = "title_ends"
WINDOW_CLOSES = "window_closes"
POSSIBLE_FROM = "possible_from"


def alarms_of(found: Screened, today: date, law: ScreeningLaw) -> tuple[Alarm, ...]:
    """Return the alarms of a rule, those of days past among them, the earliest first."""
    if found.light in (Light.RED, Light.GREY):
        return ()
    return tuple(sorted(_all(found, today, law), key=lambda one: one.day))


def _all(found: Screened, today: date, law: ScreeningLaw) -> Iterator[Alarm]:
    last = found.last_day
    if last is not None and last >= today:
        ends = any(one.why.code in ("apply_first", "before_title_ends") and one.day is None
                   and one.why.facts.get("day") == last for one in found.conditions)  # fmt: skip
        code, before = (TITLE_ENDS, law.title_ends) if ends else (WINDOW_CLOSES, law.window_closes)
        for days in before:
            yield Alarm(day=last - timedelta(days=days), code=code, about=last)
    if found.earliest is not None and today < found.earliest <= (last or found.earliest):
        yield Alarm(day=found.earliest, code=POSSIBLE_FROM, about=found.earliest)
