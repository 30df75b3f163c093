"""Who is responsible for a case, and the one rule that keeps others from changing it."""

from collections.abc import Iterable
from datetime import date

from kimdesk.domain.custody import OWN, CaseStanding, Custody, standing
from kimdesk.domain.dates import today as calendar_day
from kimdesk.domain.errors import CaseworkError
from kimdesk.store import passages
from kimdesk.store.work import Reader, Writer

PASSED_ON, COVER_OVER, GIVEN_BACK = "E864", "E865", "E866"
_PERSON = "person"


def standing_of(reader: Reader, case_id: str, today: date | None = None) -> CaseStanding:
    """Return who is responsible for a case, within a transaction."""
    return standing(passages.of_case(reader.connection, case_id), today or calendar_day())


def standings(reader: Reader, case_ids: Iterable[str], today: date | None = None) -> dict[str, CaseStanding]:
    """Return who is responsible for those of the cases that ever passed between desks."""
    day = today or calendar_day()
    found = passages.of_cases(reader.connection, case_ids)
    return {case_id: standing(every, day) for case_id, every in found.items()}


def guard(writer: Writer) -> None:
    """Refuse a transaction that changed a case somebody else is responsible for.

    A person whom another case here names as well may be changed for that one; what passes a case on is not
    held up. Raises CaseworkError E864 (handed over), E865 (the cover is over), E866 (the copy went back):
    everything is undone.
    """
    written = {key: kinds for key, kinds in writer.kinds_by_case.items() if key not in writer.passing}
    if not written:
        return
    shut = {case_id: each for case_id, each in standings(writer, written).items() if each.read_only}
    for case_id, each in shut.items():
        if written[case_id] != {_PERSON} or not _elsewhere_too(writer, case_id):
            raise refusal(each)


def demand_writable(reader: Reader, case_id: str) -> None:
    """Raise as ``guard`` does when nothing of the case may be changed: for what is begun, not yet saved."""
    now = standing_of(reader, case_id)
    if now.read_only:
        raise refusal(now)


def refusal(now: CaseStanding) -> CaseworkError:
    """Return what a case that is read-only is refused with."""
    if now.custody is Custody.PASSED_ON:
        return CaseworkError(PASSED_ON, desk=now.passage.desk_name if now.passage else "")
    return CaseworkError(GIVEN_BACK if now.returned else COVER_OVER)


def _elsewhere_too(writer: Writer, case_id: str) -> bool:
    """Return whether every changed person of the case belongs to another case that may be changed."""
    changed = [each for kind, each in writer.touched if kind == _PERSON]
    mine = [each for each in changed if case_id in writer.cases_of(each)]
    return all(_is_open(writer, each) for each in mine)


def _is_open(writer: Writer, person_id: str) -> bool:
    cases = writer.cases_of(person_id)
    found = standings(writer, cases)
    return any(not found.get(each, OWN).read_only for each in cases)
