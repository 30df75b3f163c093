"""Talks: noting one with what follows from it, and everything that happened in a case on one line."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import bindparam, select

from kimdesk.casework import admission
from kimdesk.casework.case_file import read_file
from kimdesk.casework.desk import Desk
from kimdesk.domain.dates import today as calendar_day
from kimdesk.domain.kinds import ref_of
from kimdesk.domain.law.spans import SpanName
from kimdesk.domain.phases import latest
from kimdesk.domain.records import CaseFile, Contact, FollowUp, RecordRef
from kimdesk.domain.terms import FollowUpKind, Phase
from kimdesk.forms.answers import listed
from kimdesk.store.sql import Statement
from kimdesk.store.tables import RECORD_TABLES
from kimdesk.store.work import Reader, Writer

_TITLE = 120
_dates = RECORD_TABLES[FollowUp]
_AWAITED = Statement(
    select(_dates.c.case_id)
    .where(
        _dates.c.kind == FollowUpKind.APPOINTMENT.value,
        _dates.c.done_on.is_(None),
        _dates.c.due_on.between(bindparam("first"), bindparam("last")),
    )
    .distinct()
    .order_by(_dates.c.case_id),
    "first",
    "last",
)
_CAME = frozenset({"professional", "remote", "volunteer"})  # interpreter_use


@dataclass(frozen=True, slots=True)
class CourseMoment:
    """Something that happened: ``event`` says what.

    ``kind`` is contact, phase, referral, decision, finding or paper_issue.
    ``ref`` is where it stands; ``facts`` are codes and texts of the record itself.
    """

    day: date
    kind: str
    event: str
    ref: RecordRef
    facts: Mapping[str, str] = field(default_factory=dict)


def note(desk: Desk, contact: Contact) -> Contact:
    """Save a talk; a booked interpreter of that day came or did not, as the talk says.

    Raises StoreError E905 when it was changed meanwhile, ContentError as ``admission.admit_typed``.
    """
    with desk.writing() as writer:
        admission.admit_typed(writer, desk.catalogue, contact)
        saved = writer.put(contact)
        _settle_booking(writer, saved)
        return saved


def follow_up(desk: Desk, contact: Contact, reason: str, today: date | None = None) -> FollowUp:
    """Make the next steps of a saved talk a follow-up: on the day agreed, else in a week.

    ``reason`` says in words that the talk agreed on it; the talk itself no longer asks for it. Raises
    StoreError E905 when the talk was changed meanwhile.
    """
    day = contact.follow_up_on or desk.rules.spans.after(SpanName.REMINDER, today or calendar_day())
    lines = [line.strip() for line in contact.next_steps.splitlines() if line.strip()]
    title = (lines[0] if lines else desk.catalogue.label("contact_form", contact.form))[:_TITLE]
    made = FollowUp(
        case_id=contact.case_id,
        kind=FollowUpKind.FOLLOW_UP,
        title=title,
        reason=reason,
        due_on=day,
        about=contact.id,
    )
    with desk.writing() as writer:
        if contact.follow_up_on:
            writer.put(replace(contact, follow_up_on=None))
        return writer.put(made)


def appointments(file: CaseFile, today: date) -> tuple[FollowUp, ...]:
    """Return the appointments still to come, the next one first."""
    coming = (
        each
        for each in file.follow_ups
        if each.kind is FollowUpKind.APPOINTMENT and each.done_on is None and each.due_on >= today
    )
    return tuple(sorted(coming, key=lambda each: (each.due_on, each.time)))


def cases_awaited(reader: Reader, first: date, last: date) -> tuple[CaseFile, ...]:
    """Return the cases with an appointment that is still to come between two days, both included."""
    found = _AWAITED.rows(reader.connection, first.isoformat(), last.isoformat())
    return tuple(read_file(reader, case_id) for (case_id,) in found)


def timeline(file: CaseFile) -> tuple[CourseMoment, ...]:
    """Return all that happened in the case, the latest first."""
    found = (moment for part in _PARTS for moment in part(file))
    return tuple(sorted(found, key=lambda each: (each.day, each.ref), reverse=True))


def _settle_booking(writer: Writer, contact: Contact) -> None:
    came = "came" if contact.interpreter in _CAME else contact.interpreter
    if came not in ("came", "no_show"):
        return
    for each in writer.of_case(FollowUp, contact.case_id):
        if each.due_on == contact.held_on and each.interpreter == "booked":
            writer.put(replace(each, interpreter=came))


def _talks(file: CaseFile) -> Iterator[CourseMoment]:
    for each in file.contacts:
        facts = {
            "form": each.form,
            "minutes": str(each.minutes or ""),
            "content": each.content,
            "next_steps": each.next_steps,
        }
        yield CourseMoment(each.held_on, "contact", each.status, ref_of(each), facts)


def _phases(file: CaseFile) -> Iterator[CourseMoment]:
    for each in file.events:
        facts = {"phase": str(each.phase), "reason": each.reason}
        yield CourseMoment(each.at.astimezone().date(), "phase", each.event, _phase(each.phase), facts)
    yield CourseMoment(file.case.opened_on, "phase", "opened", _phase(Phase.ACCESS))
    if file.case.closed_on:
        facts = {"closing_reason": file.case.closing_reason}
        yield CourseMoment(file.case.closed_on, "phase", "closed", _phase(Phase.EVALUATION), facts)


def _referrals(file: CaseFile) -> Iterator[CourseMoment]:
    for each in file.referrals:
        facts = {"agency": each.agency, "service": each.service, "state": str(each.state)}
        steps = ((each.prepared_on, "prepared"), (each.sent_on, "sent"), (each.answered_on, "answered"))
        for day, event in steps:
            if day:
                yield CourseMoment(day, "referral", event, ref_of(each), facts)


def _decisions(file: CaseFile) -> Iterator[CourseMoment]:
    entry = latest(file.phases, Phase.COORDINATION)
    answers = entry.answers if entry else {}
    ref = _phase(Phase.COORDINATION)
    for each in listed(answers, "conferences"):
        if day := _day(each.get("held_on")):
            decisions = "\n".join(each.get("decisions") or ())
            yield CourseMoment(day, "decision", "conference", ref, {"decisions": decisions})
    for each in listed(answers, "notices"):
        if day := _day(each.get("delivered_on")):
            facts = {name: each.get(name) or "" for name in ("agency", "subject")}
            yield CourseMoment(day, "decision", "notice", ref, facts)


def _findings(file: CaseFile) -> Iterator[CourseMoment]:
    for each in file.findings:
        if each.noted_on:
            facts = {"title": each.title, "effects": each.effects}
            yield CourseMoment(each.noted_on, "finding", "noted", ref_of(each), facts)


def _papers(file: CaseFile) -> Iterator[CourseMoment]:
    for each in file.paper_issues:
        if each.issued_on:
            facts = {"title": each.title, "handed_to": each.handed_to}
            yield CourseMoment(each.issued_on, "paper_issue", each.how, ref_of(each), facts)


def _phase(phase: Phase) -> RecordRef:
    return RecordRef("phase", phase)


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None


_PARTS: tuple[Callable[[CaseFile], Iterator[CourseMoment]], ...] = (
    _talks,
    _phases,
    _referrals,
    _decisions,
    _findings,
    _papers,
)
