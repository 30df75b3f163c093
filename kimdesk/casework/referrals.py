"""Referrals to services: prepared under a consent, with a checklist, then sent and answered."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from kimdesk.casework.case_file import demand_reason, known_case, read_file
from kimdesk.casework.checklists import begun, set_entry, settled
from kimdesk.casework.desk import Desk
from kimdesk.casework.local_offices import known_office
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.catalogue.services import Service
from kimdesk.domain import consent as consent_rule
from kimdesk.domain.dates import today
from kimdesk.domain.errors import CaseworkError
from kimdesk.domain.needs.facts import gathered
from kimdesk.domain.records import ChecklistEntry, Consent, Referral
from kimdesk.domain.referral_steps import ANSWERS, may_become
from kimdesk.domain.terms import ItemState, ReferralState
from kimdesk.store.work import Reader, Writer


def prepare(
    desk: Desk,
    case_id: str,
    service_code: str,
    *,
    agency: str,
    purpose: str,
    warm: bool = False,
    override_reason: str = "",
) -> Referral:
    """Prepare a referral with the service's checklist: missing, or not needed by what the case says.

    Without an ``agency`` it goes to the office that the desk noted for the municipality, if it did.
    Raises CaseworkError E850 when no consent covers it and no ``override_reason`` says why it is needed
    all the same (kept with the referral and in the audit trail), E853 when there is no such case.
    """
    wanted, day = desk.catalogue.service(service_code), today()
    with desk.writing() as writer:
        place = known_case(writer, case_id).ags
        consent = _fitting(writer, case_id, wanted, purpose, day)
        if consent is None and not override_reason.strip():
            raise CaseworkError("E850")
        prepared = writer.put(
            Referral(
                case_id=case_id,
                service=wanted.code,
                service_version=wanted.version,
                agency=agency or known_office(writer, desk.catalogue, wanted.code, place).name,
                purpose=purpose,
                warm=warm,
                consent_id=consent.id if consent else "",
                override_reason="" if consent else override_reason,
                prepared_on=day,
                checklist=begun(wanted.items, gathered(read_file(writer, case_id), day)),
            )
        )
        if consent is None:
            writer.record("prepared_uncovered", "referral", prepared.id, case_id)
        return prepared


def set_item(
    desk: Desk,
    referral: Referral,
    item_code: str,
    state: ItemState,
    note: str | None = None,
    valid_until: date | None = None,
) -> Referral:
    """Note where a document of the checklist stands; without ``note`` the earlier one stays.

    Raises StoreError E905 when the referral was changed meanwhile.
    """
    known = {entry.item: entry for entry in referral.checklist}
    before = known.get(item_code, ChecklistEntry(item=item_code))
    known[item_code] = replace(set_entry(before, state, note, today()), valid_until=valid_until)
    with desk.writing() as writer:
        return writer.put(replace(referral, checklist=tuple(known.values())))


def advance(
    desk: Desk,
    referral: Referral,
    state: ReferralState,
    *,
    reason: str = "",
    on: date | None = None,
    override_reason: str = "",
) -> Referral:
    """Take a referral to its next state. Rejecting and withdrawing need a reason.

    From then on its checklist stands as it is. Sending asks for the consent once
    more, because it may have been withdrawn or expired meanwhile.
    Raises CaseworkError E852 for a step that does not follow, E851 without a needed reason, E850 as
    ``prepare``, StoreError E905 when the referral was changed meanwhile.
    """
    if not may_become(referral.state, state):
        raise CaseworkError("E852")
    day = on or today()
    if state in (ReferralState.REJECTED, ReferralState.WITHDRAWN):
        demand_reason(reason)
    with desk.writing() as writer:
        referral = settled(desk.catalogue, referral, gathered(read_file(writer, referral.case_id), today()))
        if state is ReferralState.SENT:
            referral = _covered(writer, desk.catalogue, referral, day, override_reason)
        return writer.put(_taken(desk.catalogue, referral, state, reason, day))


def _taken(
    catalogue: Catalogue, referral: Referral, state: ReferralState, reason: str, day: date
) -> Referral:
    if state is ReferralState.SENT:
        days = catalogue.service(referral.service, referral.service_version).answer_days
        return replace(referral, state=state, sent_on=day, answer_due_on=day + timedelta(days=days))
    if state in ANSWERS:
        rejected = reason if state is ReferralState.REJECTED else referral.reject_reason
        return replace(referral, state=state, answered_on=day, reject_reason=rejected)
    return replace(referral, state=state, result=reason or referral.result)


def _covered(
    writer: Writer, catalogue: Catalogue, referral: Referral, day: date, override_reason: str
) -> Referral:
    wanted = catalogue.service(referral.service, referral.service_version)
    consent = _fitting(writer, referral.case_id, wanted, referral.purpose, day)
    if consent:
        return replace(referral, consent_id=consent.id, override_reason="")
    lapsed = bool(referral.consent_id)
    reason = override_reason.strip() or ("" if lapsed else referral.override_reason)
    if not reason:
        raise CaseworkError("E850")
    writer.record("sent_uncovered", "referral", referral.id, referral.case_id)
    return replace(referral, consent_id="", override_reason=reason)


def _fitting(reader: Reader, case_id: str, wanted: Service, purpose: str, on: date) -> Consent | None:
    consents: Iterable[Consent] = reader.of_case(Consent, case_id)
    return consent_rule.fitting(consents, wanted.code, purpose, on, wanted.information_kinds)
