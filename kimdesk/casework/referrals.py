"""Referrals to services: prepared under a consent, with a checklist, then sent, answered and settled.

Whatever happens is a step that is kept (``casework.referral_course``).
"""

from dataclasses import replace
from datetime import date

from kimdesk.casework.case_file import known_case, read_file
from kimdesk.casework.checklists import begun, set_entry, unproven
from kimdesk.casework.desk import Desk
from kimdesk.casework.local_offices import known_office
from kimdesk.casework.records import known
from kimdesk.casework.referral_course import StepFacts, take
from kimdesk.casework.referral_grounds import coded, fitting
from kimdesk.domain import slip_codes
from kimdesk.domain.dates import today
from kimdesk.domain.errors import CaseworkError
from kimdesk.domain.identity import new_id
from kimdesk.domain.needs.facts import gathered
from kimdesk.domain.records import ChecklistEntry, Referral
from kimdesk.domain.terms import ItemState, ReferralState, StepKind
from kimdesk.store import referrals as stored


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
        consent = fitting(writer, case_id, wanted, purpose, day)
        if consent is None and not override_reason.strip():
            raise CaseworkError("E850")
        begun_now = Referral(
            id=new_id(),
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
        prepared = writer.put(coded(writer, begun_now))
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
    with desk.writing() as writer:
        before = writer.get(Referral, referral.id)
        entries = {each.item: each for each in unproven(referral, before.checklist if before else ())}
        entry = entries.get(item_code, ChecklistEntry(item=item_code))
        shown = next((one for one in referral.checklist if one.item == item_code), entry)
        state = entry.state if note is not None and state is shown.state else state
        entries[item_code] = replace(set_entry(entry, state, note, today()), valid_until=valid_until)
        return writer.put(replace(referral, checklist=tuple(entries.values())))


def advance(
    desk: Desk,
    referral: Referral,
    state: ReferralState,
    *,
    reason: str = "",
    on: date | None = None,
    override_reason: str = "",
) -> Referral:
    """Take a referral to its next state; ``reason`` is that of a rejection or withdrawal, or the result.

    Raises as ``take``, and CaseworkError E852 for ``prepared``.
    """
    if state is ReferralState.PREPARED:
        raise CaseworkError("E852")
    rejected = state is ReferralState.REJECTED
    said = StepFacts(on=on, reason=reason if rejected else "", text="" if rejected else reason)
    return take(desk, referral, StepKind(state), said, override_reason)


def find_slip(desk: Desk, typed: str) -> tuple[Referral, ...]:
    """Return the referral of a code that was typed or scanned; several after two desks were joined.

    Raises CaseworkError E848 when it is no code, E849 when no referral here has it.
    """
    code = slip_codes.read(typed)
    if not code:
        raise CaseworkError("E848")
    with desk.reading() as reader:
        found = stored.by_code(reader.connection, code)
    if not found:
        raise CaseworkError("E849")
    return tuple(found)


def with_code(desk: Desk, referral_id: str) -> Referral:
    """Return the referral with the code of its slip; one that has none yet is given it.

    Raises StoreError E909 when there is no such referral.
    """
    with desk.writing() as writer:
        found = known(writer, Referral, referral_id)
        return found if found.slip_code else writer.put(coded(writer, found))
