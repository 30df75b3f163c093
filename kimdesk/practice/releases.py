"""Consents and releases of confidentiality: one per recipient and purpose, some ended, some withdrawn."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.consent import KREIS
from kimdesk.domain.records import Consent, Referral
from kimdesk.domain.terms import Phase, ReferralState, SharingLevel
from kimdesk.practice.cast_templates import CastConsent
from kimdesk.practice.library import kreis, odds, texts
from kimdesk.practice.scene import Scene

_WITHOUT_SHARE = 0.06  # of referrals under way without a written consent
_EXPIRED_SHARE = 0.05
_WITHDRAWN_SHARE = 0.06
_PREPARED_WITHOUT_SHARE = 0.3
_YEAR = 365


def service_consent(scene: Scene, referral: Referral) -> Consent | None:
    """Return the consent under which ``referral`` goes, None when there is none in writing."""
    for fixed in scene.outline.consent:
        if fixed.recipient == referral.service:
            return _fixed(scene, fixed)
    prepared = referral.state is ReferralState.PREPARED
    share = _PREPARED_WITHOUT_SHARE if prepared else _WITHOUT_SHARE
    if not scene.outline.file_number and scene.dice.chance(share):
        return None
    given = max(
        (referral.prepared_on or scene.until) - timedelta(days=scene.dice.between(0, 12)), scene.opened
    )
    withdrawn = referral.state is ReferralState.WITHDRAWN and scene.dice.chance(0.7)
    return _consent(scene, referral.service, referral.purpose, given, withdrawn=withdrawn)


def further_consents(scene: Scene, referrals: tuple[Referral, ...]) -> Iterator[Consent]:
    """Yield the consents that belong to no referral: for the Kreis, and those the cast fixes."""
    covered = {referral.service for referral in referrals}
    for fixed in scene.outline.consent:
        if fixed.recipient not in covered:
            yield _fixed(scene, fixed)
    begun = scene.started.get(Phase.INTAKE)
    if begun and scene.outline.level:
        given = min(begun + timedelta(days=scene.dice.between(0, 6)), scene.until)
        withdrawn = not scene.outline.file_number and scene.dice.chance(_WITHDRAWN_SHARE)
        yield _consent(scene, KREIS, "reporting", given, withdrawn=withdrawn)
    elif begun:
        yield _consent(scene, "mbe", "counselling", begun, withdrawn=False)


def _consent(scene: Scene, recipient: str, purpose: str, given: date, *, withdrawn: bool) -> Consent:
    dice, talk, to_kreis = scene.dice, texts().consent, recipient == KREIS
    level = scene.outline.level or SharingLevel.IDENTIFIED if to_kreis else SharingLevel.IDENTIFIED
    kinds = odds().to_kreis[level] if to_kreis else SHIPPED.service(recipient, on=given).information_kinds
    return Consent(
        id=scene.new_id(given),
        case_id=scene.case_id,
        recipient=recipient,
        recipient_name=kreis().ki if to_kreis else scene.agency(recipient)[0],
        purpose=purpose,
        kinds=kinds,
        special_categories=("health",) if "health" in kinds else (),
        level=level,
        necessity=scene.pick(talk["ki_necessity" if to_kreis else "necessity"]),
        refusal_consequences=scene.pick(talk["ki_refusal" if to_kreis else "refusal"]),
        mutual=not to_kreis and dice.chance(0.5),
        form="electronic" if dice.chance(0.1) else "written",
        given_on=given,
        valid_until=_valid_until(scene, given),
        withdrawn_on=dice.day(given + timedelta(days=3), scene.until) if withdrawn else None,
        language=_language(scene),
        interpreter=scene.interpreter,
    )


def _valid_until(scene: Scene, given: date) -> date:
    dice = scene.dice
    usual = given + timedelta(days=_YEAR)
    if scene.course.closed:
        return max(usual, scene.until)
    if not scene.outline.file_number and dice.chance(_EXPIRED_SHARE):
        return max(min(usual, scene.today - timedelta(days=dice.between(20, 200))), given)
    return max(usual, scene.today + timedelta(days=dice.between(40, 200)))


def _language(scene: Scene) -> str:
    client = scene.client
    return client.languages[0].language if client and scene.interpreted else "deu"


def _fixed(scene: Scene, fixed: CastConsent) -> Consent:
    given = max(scene.today - timedelta(days=fixed.given_days), scene.opened)
    drawn = _consent(scene, fixed.recipient, fixed.purpose, given, withdrawn=False)
    return replace(drawn, valid_until=scene.today + timedelta(days=fixed.until_days))
