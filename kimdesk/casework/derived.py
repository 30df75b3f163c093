"""Bringing what follows from the records up to the day, and up to the rules after an update."""

from datetime import date

from kimdesk import vault
from kimdesk.casework.desk import Desk
from kimdesk.domain.dates import today as calendar_day
from kimdesk.store import derived, dues, summary
from kimdesk.store.settings import get_setting, set_setting

AT_ONCE = 20
"""Cases worked out in one step: short enough that nobody waits for it."""

_DAY = "dates_named_on"  # the setting with the day whose dates the list of cases names


def outdated(desk: Desk) -> int:
    """Return how many cases are still to be worked out again by the rules of now."""
    with desk.reading() as reader:
        return derived.count_outdated(reader.connection, desk.rules)


def renew_steps(desk: Desk) -> vault.Steps[int]:
    """Work out again, case by case, what follows from earlier rules or code; return of how many cases.

    After a break it goes on where it was. Open pages are told at the end.
    """
    number, done = outdated(desk), 0
    while True:
        with desk.writing() as writer:
            found = derived.outdated(writer.connection, desk.rules, AT_ONCE)
            for case_id in found:
                derived.rebuild(writer.connection, case_id, desk.rules, calendar_day())
        if not found:
            break
        done += len(found)
        yield min(done / max(number, 1), 1.0)
    if done:
        desk.announce("case")
    return done


def renew(desk: Desk) -> int:
    """Do all of ``renew_steps`` at once."""
    return vault.finished(renew_steps(desk))


def sweep(desk: Desk, today: date | None = None) -> int:
    """Let the list of cases name the dates of ``today``; return in how many it is another one.

    Between two days it becomes time for something, or something lapses (a past appointment, a paper that a
    checklist needs), or somebody grows too old for a line of it.
    """
    day = today or calendar_day()
    with desk.reading() as reader:
        last = get_setting(reader, _DAY) or date.min.isoformat()
    if last == day.isoformat():
        return 0
    with desk.writing() as writer:
        since = date.fromisoformat(last)
        lists = dues.turned_lists(writer.connection, day, since)
        for each in lists:
            summary.turn_lists(writer.connection, each, desk.rules, day)
        cases = dict.fromkeys((*dues.turned(writer.connection, since, day), *lists))
        turned = sum(summary.refresh_date(writer.connection, each, desk.rules, day) for each in cases)
        set_setting(writer, _DAY, day.isoformat())
    return turned
