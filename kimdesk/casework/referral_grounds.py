"""What every referral rests on: a consent, a code of its own, when an answer is expected."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from enum import StrEnum

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.catalogue.services import Service
from kimdesk.domain import consent as consent_rule
from kimdesk.domain import slip_codes
from kimdesk.domain.errors import CaseworkError, ContentError
from kimdesk.domain.records import Consent, Referral
from kimdesk.store import referrals as stored
from kimdesk.store.work import Reader, Writer

_UNKNOWN = 14  # days


def expected_days(reader: Reader, catalogue: Catalogue, referral: Referral) -> int:
    """Return after how many days an answer is expected: usual at this office, else agreed for the service."""
    return stored.usual_days(reader.connection, referral) or agreed_days(catalogue, referral)


def agreed_days(catalogue: Catalogue, referral: Referral) -> int:
    """Return the answer time of the service, two weeks for one that the catalogue does not have."""
    try:
        return catalogue.service(referral.service, referral.service_version).answer_days
    except ContentError:
        return _UNKNOWN


class Unwritable(StrEnum):
    """Why the office of a referral is not written to about its client."""

    NO_CLIENT = "no_client"  # the counselling is anonymous
    NO_SERVICE = "no_service"  # the catalogue does not know any more what goes to it
    NO_CONSENT = "no_consent"


def unwritable(
    reader: Reader, catalogue: Catalogue, referral: Referral, name: str, day: date
) -> Unwritable | None:
    """Return why no letter about its client, called ``name`` ("" for nobody), may go out on ``day``."""
    if not name:
        return Unwritable.NO_CLIENT
    try:
        wanted = catalogue.service(referral.service, referral.service_version)
    except ContentError:
        return Unwritable.NO_SERVICE
    found = fitting(reader, referral.case_id, wanted, referral.purpose, day)
    return None if found else Unwritable.NO_CONSENT


def coded(writer: Writer, referral: Referral) -> Referral:
    """Return ``referral`` with a code that no other of this desk has."""
    attempt = 0
    while not referral.slip_code:
        code = slip_codes.of(referral.id, attempt)
        if not stored.by_code(writer.connection, code):
            return replace(referral, slip_code=code)
        attempt += 1
    return referral


def covered(
    writer: Writer, catalogue: Catalogue, referral: Referral, day: date, override_reason: str
) -> Referral:
    """Return ``referral`` with what it may be sent under on ``day``; without consent the trail is told.

    Raises CaseworkError E850 when there is neither a consent in force nor a reason.
    """
    wanted = catalogue.service(referral.service, referral.service_version)
    consent = fitting(writer, referral.case_id, wanted, referral.purpose, day)
    if consent:
        return replace(referral, consent_id=consent.id, override_reason="")
    lapsed = bool(referral.consent_id)
    reason = override_reason.strip() or ("" if lapsed else referral.override_reason)
    if not reason:
        raise CaseworkError("E850")
    writer.record("sent_uncovered", "referral", referral.id, referral.case_id)
    return replace(referral, consent_id="", override_reason=reason)


def fitting(reader: Reader, case_id: str, wanted: Service, purpose: str, on: date) -> Consent | None:
    """Return the consent under which all that ``wanted`` needs may go to it, None without one."""
    consents: Iterable[Consent] = reader.of_case(Consent, case_id)
    return consent_rule.fitting(consents, wanted.code, purpose, on, wanted.information_kinds)
