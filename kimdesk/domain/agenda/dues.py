"""The dates that follow from what is recorded, whatever the day is: what is due, when, by which rule.

A rule is a code; when it is shown, its German words and its source stand in
``resources/rules/next_steps.toml``. Facts are short: codes, dates in ISO, texts of the record itself.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any, cast

from kimdesk.domain.agenda import regime_dates
from kimdesk.domain.agenda.due import Due, later
from kimdesk.domain.records import (
    Attachment,
    CaseFile,
    CaseRecord,
    Consent,
    Contact,
    FollowUp,
    Goal,
    Measure,
    Person,
    Record,
    Referral,
    RegimeChange,
    RegimeSpell,
    ResidenceSpell,
)
from kimdesk.domain.terms import (
    ContactStatus,
    FollowUpKind,
    GoalState,
    ItemState,
    MeasureState,
    ReferralState,
)

SILENCE = timedelta(weeks=6)  # [D]: no contact for longer is worth a look
UNSENT = timedelta(days=3)  # [D]: a referral with all documents should be on its way
COLLECTING = timedelta(days=14)  # [D]: documents for a referral should be together
_PLAN_ENDED = frozenset({MeasureState.DONE, MeasureState.REJECTED, MeasureState.ABANDONED})


def of_file(file: CaseFile) -> tuple[Due, ...]:
    """Return all dates of a case, the earliest first."""
    groups: tuple[Sequence[CaseRecord], ...] = (
        file.consents,
        file.residence,
        file.regimes,
        file.regime_changes,
        file.referrals,
        file.measures,
        file.goals,
        file.follow_ups,
        file.contacts,
        file.attachments,
    )
    found = [due for group in groups if group for due in of_records(type(group[0]), group)]
    found += regime_dates.of_household(file.persons, file.residence, file.regimes)
    return tuple(sorted(found, key=lambda each: (each.due_on, each.rule, each.record_id)))


def of_records(record_type: type[CaseRecord], records: Sequence[CaseRecord]) -> Iterator[Due]:
    """Yield the dates that follow from all ``records`` of one type in a case."""
    rule = _RULES.get(record_type)
    return rule(records) if rule else iter(())


def _consents(consents: Sequence[Consent]) -> Iterator[Due]:
    given = [each for each in consents if each.given_on and not each.withdrawn_on]
    for consent in _lasting_longest(given, lambda each: (each.recipient, each.purpose), _consent_end):
        if consent.valid_until:
            facts = {"recipient": consent.recipient, "recipient_name": consent.recipient_name}
            yield Due("consent_ends", consent.valid_until, "consent", consent.id, facts)


def _consent_end(consent: Consent) -> date:
    return consent.valid_until or date.max


def _lasting_longest(
    records: Iterable[Any], key: Callable[[Any], object], end: Callable[[Any], date]
) -> Iterable[Any]:
    found: dict[object, Any] = {}
    for record in records:
        known = found.get(key(record))
        if known is None or end(record) > end(known):
            found[key(record)] = record
    return found.values()


def _referrals(referrals: Sequence[Referral]) -> Iterator[Due]:
    for referral in referrals:
        facts = {"service": referral.service, "agency": referral.agency}
        if referral.state is ReferralState.PREPARED and referral.prepared_on:
            yield _preparing(referral, referral.prepared_on, facts)
        elif referral.state is ReferralState.SENT and referral.answer_due_on:
            facts["sent_on"] = referral.sent_on.isoformat() if referral.sent_on else ""
            yield Due("referral_unanswered", referral.answer_due_on, "referral", referral.id, facts)


def _preparing(referral: Referral, since: date, facts: dict[str, str]) -> Due:
    missing = [each.item for each in referral.checklist if each.state is ItemState.MISSING]
    if not missing:
        return Due("referral_ready", later(since, UNSENT), "referral", referral.id, facts)
    facts |= {"missing": str(len(missing)), "item": missing[0], "version": str(referral.service_version)}
    return Due("documents_missing", later(since, COLLECTING), "referral", referral.id, facts)


def _measures(measures: Sequence[Measure]) -> Iterator[Due]:
    for measure in measures:
        if measure.state in _PLAN_ENDED:
            continue
        facts = {"title": measure.title, "agency": measure.agency}
        if measure.due_on:
            yield Due("measure_due", measure.due_on, "measure", measure.id, facts)
        if measure.follow_up_on:
            yield Due("measure_follow_up", measure.follow_up_on, "measure", measure.id, facts)


def _goals(goals: Sequence[Goal]) -> Iterator[Due]:
    for goal in goals:
        if goal.due_on and goal.state is GoalState.ACTIVE:
            yield Due("goal_due", goal.due_on, "goal", goal.id, {"title": goal.text})


def _follow_ups(follow_ups: Sequence[FollowUp]) -> Iterator[Due]:
    for each in follow_ups:
        if each.done_on is None:
            facts = {"title": each.title, "reason": each.reason, "time": each.time, "place": each.place}
            yield Due(_FOLLOW_UP_RULES[each.kind], each.due_on, "follow_up", each.id, facts)
        yield from _interpreting(each)


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


def _contacts(contacts: Sequence[Contact]) -> Iterator[Due]:
    held = [each for each in contacts if each.status is ContactStatus.HELD]
    last = max(held, key=lambda each: (each.held_on, each.id), default=None)
    if last:
        facts = {"held_on": last.held_on.isoformat()}
        yield Due("no_contact", later(last.held_on, SILENCE), "contact", last.id, facts)
        if last.follow_up_on:
            facts = {"title": last.next_steps, **facts}
            yield Due("contact_follow_up", last.follow_up_on, "contact", last.id, facts)


def _attachments(attachments: Sequence[Attachment]) -> Iterator[Due]:
    """A newer scan of the same kind and title stands for the older one."""
    for one in _lasting_longest(attachments, _same_paper, lambda each: each.valid_until or date.max):
        if one.valid_until:
            facts = {"title": one.title, "document": one.document}
            yield Due("document_ends", one.valid_until, "attachment", one.id, facts)


def _same_paper(attachment: Attachment) -> tuple[str, str]:
    return attachment.document, attachment.title.casefold()


_Rule = Callable[[Sequence[CaseRecord]], Iterator[Due]]
_RULES: dict[type[CaseRecord], _Rule] = {
    Consent: cast("_Rule", _consents),
    ResidenceSpell: cast("_Rule", regime_dates.of_residence),
    RegimeSpell: cast("_Rule", regime_dates.of_regimes),
    RegimeChange: cast("_Rule", regime_dates.of_changes),
    Referral: cast("_Rule", _referrals),
    Measure: cast("_Rule", _measures),
    Goal: cast("_Rule", _goals),
    FollowUp: cast("_Rule", _follow_ups),
    Contact: cast("_Rule", _contacts),
    Attachment: cast("_Rule", _attachments),
}
SOURCES = tuple(_RULES)
"""The record types dates follow from."""
HOUSEHOLD: tuple[type[Record], ...] = (Person, ResidenceSpell, RegimeSpell)
"""The record types that ``regime_dates.of_household`` reads together."""
