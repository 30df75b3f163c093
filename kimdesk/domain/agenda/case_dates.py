"""The dates that follow from consents, referrals, the plan, follow-ups, talks and phases."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import TypeVar

from kimdesk.domain.agenda.due import Due
from kimdesk.domain.law.periods import later
from kimdesk.domain.law.spans import SpanName, Spans
from kimdesk.domain.phases import latest
from kimdesk.domain.records import CaseFile, Consent, Contact, FollowUp, Goal, Measure, Referral
from kimdesk.domain.referral_steps import open_query
from kimdesk.domain.terms import (
    ContactStatus,
    FollowUpKind,
    GoalState,
    ItemState,
    MeasureState,
    Phase,
    ReferralState,
)

R = TypeVar("R")

_PLAN_ENDED = frozenset({MeasureState.DONE, MeasureState.REJECTED, MeasureState.ABANDONED})


def of_consents(consents: Sequence[Consent]) -> Iterator[Due]:
    """Yield the end of each consent that is given and that no longer one for the same stands for."""
    given = [each for each in consents if each.given_on and not each.withdrawn_on]
    for consent in lasting_longest(given, lambda each: (each.recipient, each.purpose), _consent_end):
        if consent.valid_until:
            facts = {"recipient": consent.recipient, "recipient_name": consent.recipient_name}
            yield Due("consent_ends", consent.valid_until, "consent", consent.id, facts)


def _consent_end(consent: Consent) -> date:
    return consent.valid_until or date.max


def lasting_longest(
    records: Iterable[R], key: Callable[[R], object], end: Callable[[R], date]
) -> Iterable[R]:
    """Return of the records with the same key the one that ends last."""
    found: dict[object, R] = {}
    for record in records:
        known = found.get(key(record))
        if known is None or end(record) > end(known):
            found[key(record)] = record
    return found.values()


def of_referrals(referrals: Sequence[Referral], spans: Spans) -> Iterator[Due]:
    """Yield what each referral waits for: its documents, being sent, an answer."""
    for referral in referrals:
        facts = {"service": referral.service, "agency": referral.agency}
        if referral.state is ReferralState.PREPARED and referral.prepared_on:
            yield _preparing(referral, referral.prepared_on, facts, spans)
        elif referral.state is ReferralState.SENT:
            facts["sent_on"] = referral.sent_on.isoformat() if referral.sent_on else ""
            yield from _waiting(referral, facts)


def _waiting(referral: Referral, facts: dict[str, str]) -> Iterator[Due]:
    """Yield when the office is asked again, or what it asked is to be answered."""
    query, day = open_query(referral), referral.remind_on or referral.answer_due_on
    if day and query:
        facts |= {"query": query.text.partition("\n")[0]}
        yield Due("referral_query", day, "referral", referral.id, facts)
    elif day:
        yield Due("referral_unanswered", day, "referral", referral.id, facts)


def _preparing(referral: Referral, since: date, facts: dict[str, str], spans: Spans) -> Due:
    missing = [each.item for each in referral.checklist if each.state is ItemState.MISSING]
    if not missing:
        return Due("referral_ready", spans.after(SpanName.UNSENT, since), "referral", referral.id, facts)
    facts |= {"missing": str(len(missing)), "item": missing[0], "version": str(referral.service_version)}
    return Due("documents_missing", spans.after(SpanName.COLLECTING, since), "referral", referral.id, facts)


def of_measures(measures: Sequence[Measure]) -> Iterator[Due]:
    """Yield the end and the follow-up of each measure that has not ended."""
    for measure in measures:
        if measure.state in _PLAN_ENDED:
            continue
        facts = {"title": measure.title, "agency": measure.agency}
        if measure.due_on:
            yield Due("measure_due", measure.due_on, "measure", measure.id, facts)
        if measure.follow_up_on:
            yield Due("measure_follow_up", measure.follow_up_on, "measure", measure.id, facts)


def of_goals(goals: Sequence[Goal]) -> Iterator[Due]:
    """Yield until when each active goal is to be reached."""
    for goal in goals:
        if goal.due_on and goal.state is GoalState.ACTIVE:
            yield Due("goal_due", goal.due_on, "goal", goal.id, {"title": goal.text})


def of_follow_ups(follow_ups: Sequence[FollowUp]) -> Iterator[Due]:
    """Yield each follow-up that is not done, and what its interpreter needs."""
    for each in follow_ups:
        if each.done_on is None:
            facts = {"title": each.title, "reason": each.reason, "time": each.time, "place": each.place}
            facts |= {"interpreter": each.interpreter, "language": each.language}
            facts |= {"deadline": each.rule} if each.rule else {}
            since = _day(each.facts.get("since")) or date.min  # a date taken up is shown as long as before
            yield Due(_rule_of(each), each.due_on, "follow_up", each.id, facts, since=min(since, each.due_on))
        yield from _interpreting(each)


def _rule_of(follow_up: FollowUp) -> str:
    return "after_care" if is_after_care(follow_up) else _FOLLOW_UP_RULES[follow_up.kind]


def is_after_care(follow_up: FollowUp) -> bool:
    """Return whether it is the contact after the case is closed: it is about the case itself."""
    return bool(follow_up.about) and follow_up.about == follow_up.case_id


def _interpreting(appointment: FollowUp) -> Iterator[Due]:
    """Before an appointment somebody is booked; afterwards it is noted whether they came."""
    facts = {"title": appointment.title}
    if appointment.kind is not FollowUpKind.APPOINTMENT:
        return
    if appointment.interpreter in _NOT_BOOKED and appointment.done_on is None:
        yield Due("interpreter_needed", appointment.due_on, "follow_up", appointment.id, facts)
    elif appointment.interpreter == "booked":
        yield Due("interpreter_came", appointment.due_on, "follow_up", appointment.id, facts)


_NOT_BOOKED = frozenset({"needed", "requested", "cancelled"})  # interpreter_booking
_FOLLOW_UP_RULES = {
    FollowUpKind.APPOINTMENT: "appointment",
    FollowUpKind.DEADLINE: "deadline",
    FollowUpKind.FOLLOW_UP: "follow_up",
}


def of_contacts(contacts: Sequence[Contact], spans: Spans) -> Iterator[Due]:
    """Yield what was agreed for a day that no later talk has reached, and when silence is long."""
    last = last_talk(contacts)
    if last:
        silence = spans.length(SpanName.SILENCE, last.held_on)
        facts = {"held_on": last.held_on.isoformat(), "span": f"{silence.count} {silence.unit}"}
        yield Due("no_contact", later(last.held_on, silence), "contact", last.id, facts)
    for each in contacts:
        if each.follow_up_on and not _is_overtaken(each, last):
            rule = "contact_follow_up" if each.status is ContactStatus.HELD else "missed_follow_up"
            facts = {"title": each.next_steps, "held_on": each.held_on.isoformat()}
            yield Due(rule, each.follow_up_on, "contact", each.id, facts)


def last_talk(contacts: Iterable[Contact]) -> Contact | None:
    """Return the last talk that took place, None when there was none."""
    held = (each for each in contacts if each.status is ContactStatus.HELD)
    return max(held, key=lambda each: (each.held_on, each.id), default=None)


def _is_overtaken(contact: Contact, last: Contact | None) -> bool:
    """Return whether there was a talk since ``contact``, on or after the day agreed in it."""
    if last is None or contact.follow_up_on is None or last.id == contact.id:
        return False
    after = (last.held_on, last.id) > (contact.held_on, contact.id)
    return after and last.held_on >= contact.follow_up_on


def of_phases(file: CaseFile) -> Iterator[Due]:
    """Yield the deadline named at the first talk, until a deadline of that day stands for it."""
    entry = latest(file.phases, Phase.INTAKE)
    answers = (entry.answers.get("request") if entry else None) or {}
    day = _day(answers.get("deadline_on"))
    if entry is None or day is None or "deadline" not in (answers.get("immediate_needs") or ()):
        return
    kept = any(each.kind is FollowUpKind.DEADLINE and each.due_on == day for each in file.follow_ups)
    if not kept:
        steps = str(answers.get("immediate_steps") or "").strip().partition("\n")[0]
        yield Due("intake_deadline", day, "phase", str(Phase.INTAKE), {"title": steps})


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
