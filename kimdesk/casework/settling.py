"""What becomes of the open dates of a closed case: handed over to somebody named, or let go for a reason."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from kimdesk.casework.case_file import demand_reason, read_file
from kimdesk.casework.changes import Change, changing
from kimdesk.casework.desk import Desk
from kimdesk.domain.agenda.due import Due
from kimdesk.domain.agenda.dues import due_in
from kimdesk.domain.agenda.rules import AgendaRules
from kimdesk.domain.dates import today as calendar_day
from kimdesk.domain.records import Case, CaseFile, SettledDate

HANDED_OVER, LET_GO = "handed_over", "let_go"  # settled_how


@dataclass(frozen=True, slots=True)
class Settling:
    """What is to become of dates: ``outcome`` (settled_how), and who takes over or why they are let go."""

    outcome: str
    said: str


def settled(case: Case, dues: Iterable[Due], how: Settling, on: date) -> Case:
    """Return ``case`` with what became of ``dues``. Raises CaseworkError E851 when that is not said."""
    demand_reason(how.said)
    new = {each.key: SettledDate(each.key, each.due_on, how.outcome, how.said.strip(), on) for each in dues}
    kept = tuple(one for one in case.settled if one.key not in new)
    return replace(case, settled=(*kept, *new.values()))


def standing_dates(file: CaseFile, rules: AgendaRules, today: date) -> tuple[Due, ...]:
    """Return the dates of a case that are still to be met, the most pressing first."""
    return tuple(each for each in due_in(file, rules, today) if each.is_date)


def settle(desk: Desk, case_id: str, keys: Iterable[str], how: Settling, today: date | None = None) -> Change:
    """Say what became of the open dates ``keys`` of a closed case.

    Raises CaseworkError E851 when nobody and nothing is named, E853 when there is no such case.
    """
    day, wanted = today or calendar_day(), frozenset(keys)
    with changing(desk) as step:
        file = read_file(step.writer, case_id)
        found = [each for each in standing_dates(file, desk.rules, day) if each.key in wanted]
        step.put(settled(file.case, found, how, day))
    return step.change
