"""What becomes of the open dates of a closed case: handed over to somebody named, or let go for a reason."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from kimdesk.casework.case_file import demand_reason, known_case, read_file
from kimdesk.casework.changes import Change, changing
from kimdesk.casework.desk import Desk
from kimdesk.domain.agenda.due import Due
from kimdesk.domain.agenda.dues import WAIVED, due_in
from kimdesk.domain.agenda.rules import AgendaRules
from kimdesk.domain.dates import today as calendar_day
from kimdesk.domain.kinds import KINDS
from kimdesk.domain.records import Case, CaseFile, FollowUp, SettledDate
from kimdesk.domain.terms import FollowUpKind

HANDED_OVER, LET_GO = "handed_over", "let_go"  # settled_how, of a closed case


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


def let_go(desk: Desk, case_id: str, keys: Iterable[str], why: str, today: date | None = None) -> Change:
    """Let go dates of a case that is worked on, for a reason; one whose day changes comes back.

    Raises CaseworkError E851 without a reason, E853 when there is no such case.
    """
    return settle(desk, case_id, keys, Settling(WAIVED, why), today)


def bring_back(desk: Desk, case_id: str, key: str) -> Change:
    """Bring back a date that was let go. Raises CaseworkError E853 when there is no such case."""
    with changing(desk) as step:
        case = known_case(step.writer, case_id)
        step.put(replace(case, settled=tuple(one for one in case.settled if one.key != key)))
    return step.change


def take_up(desk: Desk, case_id: str, key: str, title: str, reason: str, today: date | None = None) -> Change:
    """Make a follow-up of a date that follows from a record; it stands for it, and says the same rule.

    ``title`` and ``reason`` are the words. What is gone meanwhile changes nothing. Raises CaseworkError E853
    when there is no such case.
    """
    day = today or calendar_day()
    with changing(desk) as step:
        file = read_file(step.writer, case_id)
        found = next((one for one in due_in(file, desk.rules, day) if one.key == key), None)
        if found and found.is_derived:
            step.put(_follow_up(desk, found, case_id, title, reason))
    return step.change


def _follow_up(desk: Desk, due: Due, case_id: str, title: str, reason: str) -> FollowUp:
    deadline = due.facts.get("deadline") or desk.catalogue.rules.steps[due.rule].deadline
    counted = due.facts.get("counted_on", "")
    facts = {"due": due.key, "due_on": due.due_on.isoformat(), "since": due.since.isoformat()}
    facts |= {"day": counted} if counted else {}
    return FollowUp(
        case_id=case_id,
        kind=FollowUpKind.DEADLINE if deadline else FollowUpKind.FOLLOW_UP,
        title=title,
        reason=reason,
        due_on=due.due_on,
        rule=deadline,
        facts=facts,
        about=due.ref.id if due.kind in KINDS else due.facts.get("person_id", ""),
    )
