"""Who is responsible for a case, and what became of it before: for whoever looks at it."""

from datetime import date

from kimdesk.casework.custody import standing_of
from kimdesk.casework.desk import Desk
from kimdesk.domain.custody import CaseStanding, Passage, standing
from kimdesk.domain.dates import today as calendar_day
from kimdesk.store import passages


def of_case(desk: Desk, case_id: str, today: date | None = None) -> CaseStanding:
    """Return who is responsible for a case on a day."""
    with desk.reading() as reader:
        return standing_of(reader, case_id, today)


def history(desk: Desk, case_id: str) -> tuple[Passage, ...]:
    """Return every passage of a case, the oldest first."""
    with desk.reading() as reader:
        return passages.of_case(reader.connection, case_id)


def under_way(desk: Desk, today: date | None = None) -> tuple[CaseStanding, ...]:
    """Return what holds for every case that ever passed between desks, the last one first."""
    day, found = today or calendar_day(), dict[str, tuple[Passage, ...]]()
    with desk.reading() as reader:
        for each in passages.every(reader.connection):
            found[each.case_id] = (*found.pop(each.case_id, ()), each)
    return tuple(standing(every, day) for every in reversed(found.values()))
