"""Talks: noting one with what follows from it, and everything that happened in a case on one line."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kimdesk.casework.desk import Desk
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.dates import today as calendar_day
from kimdesk.domain.kinds import ref_of
from kimdesk.domain.phases import latest
from kimdesk.domain.records import CaseFile, Contact, FollowUp, RecordRef
from kimdesk.domain.terms import ContactStatus, FollowUpKind, Phase
from kimdesk.store.work import Writer

SOON = timedelta(days=7)  # [D]: when a next step without a date is looked at again
_TITLE = 120
_CAME = frozenset({"professional", "remote", "volunteer"})  # interpreter_use


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened: ``kind`` is contact, phase, referral, decision or finding.

    ``ref`` is where it stands; ``tone`` is "" or "warn".
    """

    day: date
    kind: str
    title: str
    text: str
    icon: str
    ref: RecordRef
    tone: str = ""


def note(desk: Desk, contact: Contact) -> Contact:
    """Save a talk; a booked interpreter of that day came or did not, as the talk says.

    Raises StoreError E905 when it was changed meanwhile.
    """
    with desk.writing() as writer:
        saved = writer.put(contact)
        _settle_booking(writer, saved)
        return saved


def follow_up(desk: Desk, contact: Contact, today: date | None = None) -> FollowUp:
    """Make the next steps of a saved talk a follow-up: on the day agreed, else in a week.

    The talk itself no longer asks for it. Raises StoreError E905 when the talk was changed meanwhile.
    """
    day = contact.follow_up_on or (today or calendar_day()) + SOON
    lines = [line.strip() for line in contact.next_steps.splitlines() if line.strip()]
    title = (lines[0] if lines else desk.catalogue.label("contact_form", contact.form))[:_TITLE]
    made = FollowUp(
        case_id=contact.case_id,
        kind=FollowUpKind.FOLLOW_UP,
        title=title,
        reason=f"weil das im Gespräch am {contact.held_on:%d.%m.%Y} so vereinbart wurde",
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


def timeline(catalogue: Catalogue, file: CaseFile) -> tuple[Moment, ...]:
    """Return all that happened in the case, the latest first."""
    found = (moment for part in _PARTS for moment in part(catalogue, file))
    return tuple(sorted(found, key=lambda each: (each.day, each.ref), reverse=True))


def _settle_booking(writer: Writer, contact: Contact) -> None:
    came = "came" if contact.interpreter in _CAME else contact.interpreter
    if came not in ("came", "no_show"):
        return
    for each in writer.of_case(FollowUp, contact.case_id):
        if each.due_on == contact.held_on and each.interpreter == "booked":
            writer.put(replace(each, interpreter=came))


def _talks(catalogue: Catalogue, file: CaseFile) -> Iterator[Moment]:
    for each in file.contacts:
        missed = each.status is not ContactStatus.HELD
        title = catalogue.label("contact_form", each.form)
        took = f"{each.minutes}\u00a0Minuten" if each.minutes else ""
        state = catalogue.label("contact_status", each.status) if missed else ""
        after = f"Nächste Schritte: {each.next_steps}" if each.next_steps else ""
        words = "\n".join(part for part in (each.content, after) if part)
        yield Moment(
            each.held_on,
            "contact",
            " · ".join(part for part in (title, took, state) if part),
            words,
            "chat-circle-text",
            ref_of(each),
            "warn" if missed else "",
        )


def _phases(catalogue: Catalogue, file: CaseFile) -> Iterator[Moment]:
    events = {"completed": "abgeschlossen", "skipped": "übersprungen", "reopened": "wieder geöffnet"}
    for each in file.events:
        word = events.get(each.event, each.event)
        title = f"{catalogue.label('phase', each.phase)} {word}"
        day = each.at.astimezone().date()
        yield Moment(day, "phase", title, each.reason, "path", _phase(each.phase))
    yield Moment(file.case.opened_on, "phase", "Fall eröffnet", "", "folder-open", _phase(Phase.ACCESS))
    if file.case.closed_on:
        why, at = catalogue.label("closing_reason", file.case.closing_reason), _phase(Phase.EVALUATION)
        yield Moment(file.case.closed_on, "phase", "Fall abgeschlossen", why, "archive", at)


def _referrals(catalogue: Catalogue, file: CaseFile) -> Iterator[Moment]:
    for each in file.referrals:
        name, ref = each.agency or catalogue.service_name(each.service), ref_of(each)
        steps = (
            (each.prepared_on, "vorbereitet"),
            (each.sent_on, "gesendet"),
            (each.answered_on, catalogue.label("referral_state", each.state)),
        )
        for day, word in steps:
            if day:
                yield Moment(day, "referral", f"Verweis {word}: {name}", "", "paper-plane-tilt", ref)


def _decisions(_: Catalogue, file: CaseFile) -> Iterator[Moment]:
    entry = latest(file.phases, Phase.COORDINATION)
    answers = entry.answers if entry else {}
    for each in answers.get("conferences", ()):
        if day := _day(each.get("held_on")):
            words = "\n".join(each.get("decisions", ()))
            yield Moment(day, "decision", "Fallkonferenz", words, "users-three", _phase(Phase.COORDINATION))
    for each in answers.get("notices", ()):
        if day := _day(each.get("delivered_on")):
            title = " · ".join(part for part in ("Bescheid", each.get("agency", "")) if part)
            words = each.get("subject", "")
            yield Moment(day, "decision", title, words, "envelope-simple", _phase(Phase.COORDINATION))


def _findings(_: Catalogue, file: CaseFile) -> Iterator[Moment]:
    for each in file.findings:
        if each.noted_on:
            title = f"Strukturbefund: {each.title}"
            yield Moment(each.noted_on, "finding", title, each.effects, "puzzle-piece", ref_of(each))


def _phase(phase: Phase) -> RecordRef:
    return RecordRef("phase", phase)


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None


_PARTS: tuple[Callable[[Catalogue, CaseFile], Iterator[Moment]], ...] = (
    _talks,
    _phases,
    _referrals,
    _decisions,
    _findings,
)
