"""Referrals with their checklists, and the consents under which anything may be passed on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.catalogue.services import Item, Service
from kimdesk.domain.records import ChecklistEntry, Consent, Referral
from kimdesk.domain.terms import ItemState, MeasureState, ReferralState
from kimdesk.practice.cast_templates import CastReferral
from kimdesk.practice.dice import Dice
from kimdesk.practice.library import odds, texts
from kimdesk.practice.plan import Planned
from kimdesk.practice.releases import service_consent
from kimdesk.practice.replying import replied
from kimdesk.practice.scene import Scene

_PREPARED_SHARE = 0.2  # of planned measures whose referral is being prepared
_SILENT_SHARE, _SILENT_CAST = 0.35, 0.05  # of sent referrals that wait for an answer too long


_Fixed = Mapping[str, ChecklistEntry]


@dataclass(frozen=True, slots=True)
class Dates:
    """The days of a referral, as far as they have come."""

    prepared: date
    sent: date | None = None
    answer_due: date | None = None
    answered: date | None = None


def referring(scene: Scene, steps: tuple[Planned, ...]) -> tuple[tuple[Referral, ...], tuple[Consent, ...]]:
    """Return the referrals of a case and the consents that cover them."""
    fixed = {each.service: each for each in scene.outline.referral}
    made = [_fixed(scene, each) for each in fixed.values()]
    made += [_drawn(scene, step) for step in _to_refer(scene, steps, fixed)]
    consents = [service_consent(scene, referral) for referral in made]
    joined = [
        replace(referral, consent_id=consent.id, override_reason="") if consent else referral
        for referral, consent in zip(made, consents, strict=True)
    ]
    told = tuple(replied(referral, scene.until) for referral in joined)
    return told, tuple(consent for consent in consents if consent)


def _to_refer(
    scene: Scene, steps: tuple[Planned, ...], fixed: Mapping[str, CastReferral]
) -> Iterator[Planned]:
    seen = set(fixed)
    for step in steps:
        wanted = step.template.refer and step.template.service not in seen
        if wanted and (step.state is not MeasureState.PLANNED or _is_prepared(scene)):
            seen.add(step.template.service)
            yield step


def _is_prepared(scene: Scene) -> bool:
    return not scene.course.closed and not scene.outline.file_number and scene.dice.chance(_PREPARED_SHARE)


def _drawn(scene: Scene, step: Planned) -> Referral:
    dice, talk = scene.dice, texts().referral
    state = dice.pick(odds().referral[step.state])
    known = SHIPPED.service(step.template.service, on=min(step.starts, scene.until))
    days = _dates(scene, state, step, known)
    agency, person = scene.agency(known.code)
    answer = {
        ReferralState.DONE: "result",
        ReferralState.ACCEPTED: "accepted",
        ReferralState.WITHDRAWN: "withdrawn",
    }
    return Referral(
        id=scene.new_id(days.prepared),
        case_id=scene.case_id,
        service=known.code,
        service_version=known.version,
        agency=agency,
        agency_person=person,
        purpose=known.purposes[0],
        warm=step.template.warm or dice.chance(0.2),
        state=state,
        override_reason=scene.pick(texts().consent["override"]),
        prepared_on=days.prepared,
        sent_on=days.sent,
        answered_on=days.answered,
        answer_due_on=days.answer_due,
        reject_reason=dice.pick(odds().reject_reason) if state is ReferralState.REJECTED else "",
        result=scene.pick(talk[answer[state]]) if state in answer else "",
        note=scene.pick(talk["note"]),
        checklist=_checklist(scene, known, state, days.prepared),
    )


def _dates(scene: Scene, state: ReferralState, step: Planned, known: Service) -> Dates:
    dice, wait = scene.dice, known.answer_days
    if state is ReferralState.PREPARED:
        return Dates(max(scene.until - timedelta(days=dice.between(0, 2)), scene.opened))
    if state is ReferralState.SENT:
        silent = _SILENT_CAST if scene.outline.file_number else _SILENT_SHARE
        waited = wait + dice.between(3, 25) if dice.chance(silent) else dice.between(0, wait - 1)
        sent = max(scene.until - timedelta(days=waited), step.starts, scene.opened)
        return Dates(_before(scene, sent), sent, sent + timedelta(days=wait))
    sent = min(max(step.starts, scene.opened), scene.until)
    answered = min(sent + timedelta(days=dice.between(2, wait)), scene.until)
    return Dates(_before(scene, sent), sent, sent + timedelta(days=wait), answered)


def _before(scene: Scene, day: date) -> date:
    return max(day - timedelta(days=scene.dice.between(1, 9)), scene.opened)


def _checklist(
    scene: Scene,
    known: Service,
    state: ReferralState,
    prepared: date,
    fixed: Mapping[str, ChecklistEntry] = {},
) -> tuple[ChecklistEntry, ...]:
    """Return the checklist, by chance of its own: what a service asks for changes nothing else."""
    dice = Dice(f"{scene.case_id}:{known.code}")
    drawn = (_entry(scene, dice, item, state, prepared) for item in known.items)
    return tuple(fixed.get(each.item, each) for each in drawn)


def _entry(scene: Scene, dice: Dice, item: Item, state: ReferralState, prepared: date) -> ChecklistEntry:
    if item.condition and state is ReferralState.PREPARED:
        return ChecklistEntry(item=item.code)  # the case says whether it is needed
    if item.condition and dice.chance(0.45):
        return ChecklistEntry(item=item.code, state=ItemState.NOT_NEEDED, since=prepared)
    found = dice.weighted(odds().items[state])
    return ChecklistEntry(
        item=item.code,
        state=found,
        note=scene.say(dice.pick(texts().referral[f"item_{found}"])),
        since=dice.day(prepared, min(prepared + timedelta(days=8), scene.until)),
        valid_until=_valid_until(item, scene.until, dice) if found is ItemState.PRESENT else None,
    )


def _valid_until(item: Item, until: date, dice: Dice) -> date | None:
    months = odds().valid_months.get(item.code)
    return until + timedelta(days=months * 30 - dice.between(0, 40)) if months else None


def _fixed(scene: Scene, given: CastReferral) -> Referral:
    known = SHIPPED.service(given.service, on=scene.today)
    prepared = scene.today - timedelta(days=given.days)
    sent = prepared if given.state is ReferralState.SENT else None
    agency, person = scene.agency(known.code)
    return Referral(
        id=scene.new_id(prepared),
        case_id=scene.case_id,
        service=known.code,
        service_version=known.version,
        agency=agency,
        agency_person=given.person or person,
        purpose=known.purposes[0],
        warm=given.warm,
        state=given.state,
        prepared_on=prepared,
        sent_on=sent,
        answer_due_on=sent + timedelta(days=given.wait_days or known.answer_days) if sent else None,
        note=scene.say(given.note),
        checklist=_checklist(scene, known, ReferralState.SENT, prepared, _given(scene, given, known)),
    )


def _given(scene: Scene, given: CastReferral, known: Service) -> _Fixed:
    """Return what is fixed; while it is prepared the case says whether the other conditions hold."""
    is_open = given.state is ReferralState.PREPARED
    left = {one.code: ChecklistEntry(item=one.code) for one in known.items if one.condition and is_open}
    return left | {
        code: ChecklistEntry(item=code, state=state, note=note, since=scene.today - timedelta(days=days))
        for code, (state, note, days) in given.items.items()
    }
