"""Closing a case: what is still open, how long it is kept and why, the contact afterwards."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kimdesk.casework.case_file import demand_reason, read_file
from kimdesk.casework.desk import Desk
from kimdesk.casework.phases import begin
from kimdesk.casework.settling import Settling, settled, standing_dates
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.agenda.case_dates import is_after_care
from kimdesk.domain.agenda.due import Due
from kimdesk.domain.agenda.dues import open_dates
from kimdesk.domain.agenda.rules import AgendaRules
from kimdesk.domain.dates import today as calendar_day
from kimdesk.domain.kinds import ref_of
from kimdesk.domain.law.spans import SpanName, Spans
from kimdesk.domain.phases import ENDED, latest, unrated_goals
from kimdesk.domain.records import Case, CaseFile, FollowUp, PhaseEntry, RecordRef
from kimdesk.domain.terms import CaseStatus, FollowUpKind, MeasureState, Phase, ReferralState
from kimdesk.store.changes import exchanges, is_unsent
from kimdesk.store.work import Reader, Writer

_UNDER_WAY = frozenset({MeasureState.APPLIED, MeasureState.GRANTED, MeasureState.RUNNING})
_WAITING = frozenset({ReferralState.PREPARED, ReferralState.SENT})


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """One thing that is still open at the end: ``kind`` is referral, deadline, measure, goals or receipt.

    ``words`` are those of the record; what a deadline says follows from ``due``. ``ref`` is where it stands;
    the receipt of the Kreis belongs to no record.
    """

    kind: str
    words: str
    due_on: date | None
    ref: RecordRef | None = None
    due: Due | None = None


@dataclass(frozen=True, slots=True)
class Retention:
    """Until when a closed case is kept: ``years`` from the end of ``start``."""

    start: date
    years: int
    until: date


def open_points(desk: Desk, case_id: str, today: date | None = None) -> tuple[OpenPoint, ...]:
    """Return what is still open: it is named, it does not block. Raises CaseworkError E853 for no case."""
    with desk.reading() as reader:
        file = read_file(reader, case_id)
        return (*_of_file(desk.catalogue, file, desk.rules, today or calendar_day()), *_unsent(reader, file))


def retention(spans: Spans, closed_on: date) -> Retention:
    """Return how long a case closed on a day is usually kept (DIN 66398)."""
    years = spans.length(SpanName.RETENTION, closed_on).months // 12
    return Retention(closed_on, years, spans.after(SpanName.RETENTION, closed_on))


def close(
    desk: Desk,
    case_id: str,
    reason: str,
    *,
    on: date | None = None,
    until: date | None = None,
    why: str = "",
    dates: Settling | None = None,
) -> Case:
    """Close a case for ``reason`` (closing_reason) and keep it ``until`` a day.

    ``dates`` says what becomes of all dates that are open; without it they stay until they are settled.
    The form of the evaluation says the same. A contact afterwards that is planned there becomes a follow-up.
    Raises CaseworkError E851 without a reason, or when ``until`` is not the usual day and ``why`` is empty,
    E853 when there is no such case.
    """
    day = on or calendar_day()
    usual = retention(desk.rules.spans, day).until
    with desk.writing() as writer:
        file = read_file(writer, case_id)
        demand_reason(reason)
        if until and until != usual:
            demand_reason(why)
        kept = until or usual
        _say_in_form(writer, desk.catalogue, file, reason, day, kept, why)
        writer.record("closed", "case", case_id, case_id)
        closed = replace(
            file.case, status=CaseStatus.CLOSED, closed_on=day, closing_reason=reason, retain_until=kept
        )
        open_ones = standing_dates(file, desk.rules, day) if dates else ()
        return writer.put(settled(closed, open_ones, dates, day) if dates else closed)


def keep_until(desk: Desk, case_id: str, until: date, why: str) -> Case:
    """Keep a closed case until another day. Raises CaseworkError E851 without a reason."""
    with desk.writing() as writer:
        file = read_file(writer, case_id)
        demand_reason(why)
        _say_in_form(writer, desk.catalogue, file, file.case.closing_reason, file.case.closed_on, until, why)
        return writer.put(replace(file.case, retain_until=until))


def _after_care(writer: Writer, case_id: str, title: str, on: date) -> FollowUp:
    """Keep the contact afterwards as a follow-up about the case itself; its rule says why."""
    planned = (each for each in writer.of_case(FollowUp, case_id) if is_after_care(each) and not each.done_on)
    new = FollowUp(case_id=case_id, kind=FollowUpKind.FOLLOW_UP, title=title, due_on=on, about=case_id)
    return writer.put(replace(next(planned, new), due_on=on))


def _say_in_form(
    writer: Writer,
    catalogue: Catalogue,
    file: CaseFile,
    reason: str,
    day: date | None,
    until: date,
    why: str,
) -> None:
    """Bring the evaluation in step with the closing, unless it is completed."""
    known = latest(file.phases, Phase.EVALUATION)
    entry = known or begin(writer, catalogue, file.case.id, Phase.EVALUATION, calendar_day())
    answers = entry.answers
    planned = _day(_section(answers, "after_care").get("planned_on"))
    if planned and _section(answers, "after_care").get("wanted"):
        form = catalogue.phase_form(Phase.EVALUATION, entry.version or None)
        section = form.section("after_care")
        _after_care(writer, file.case.id, section.title if section else form.title, planned)
    if entry.state in ENDED:
        return
    said = {
        "closing": {"reason": reason, **({"closed_on": day.isoformat()} if day else {})},
        "retention": {"delete_on": until.isoformat(), **({"why": why} if why else {})},
    }
    merged = {name: {**_section(answers, name), **part} for name, part in said.items()}
    writer.put(replace(entry, answers={**answers, **merged}))


def planned_reason(file: CaseFile) -> str:
    """Return the reason the evaluation already gives, "" for none."""
    return str(_section(_evaluation(file), "closing").get("reason") or "")


def planned_until(file: CaseFile) -> date | None:
    """Return the day of erasure the evaluation already gives."""
    return _day(_section(_evaluation(file), "retention").get("delete_on"))


def _evaluation(file: CaseFile) -> Mapping[str, Any]:
    entry: PhaseEntry | None = latest(file.phases, Phase.EVALUATION)
    return entry.answers if entry else {}


def _section(answers: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = answers.get(name)
    return found if isinstance(found, Mapping) else {}


def _of_file(catalogue: Catalogue, file: CaseFile, rules: AgendaRules, today: date) -> Iterator[OpenPoint]:
    under_way = {("measure", each.id) for each in file.measures if each.state in _UNDER_WAY}
    for referral in file.referrals:
        if referral.state in _WAITING:
            name = referral.agency or catalogue.service_name(referral.service)
            yield OpenPoint("referral", name, referral.answer_due_on, ref_of(referral))
    for each in open_dates(file, rules, today):
        named = each.kind == "referral" or (each.kind, each.record_id) in under_way
        if not named and each.rule != "after_care":
            yield OpenPoint("deadline", "", each.due_on, each.ref, each)
    for measure in file.measures:
        if measure.state in _UNDER_WAY:
            yield OpenPoint("measure", measure.title, measure.due_on, ref_of(measure))
    if number := unrated_goals(file):
        yield OpenPoint("goals", str(number), None, RecordRef("phase", Phase.EVALUATION))


def _unsent(reader: Reader, file: CaseFile) -> Iterator[OpenPoint]:
    """Yield the hand-over the Kreis has not confirmed yet."""
    if exchanges(reader.connection) and is_unsent(reader.connection, file.case.id):
        yield OpenPoint("receipt", "", None)


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
