"""Consents and releases of confidentiality: which stand, which fit, and withdrawing one."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from kimdesk.casework.desk import Desk
from kimdesk.domain import consent as rule
from kimdesk.domain.dates import today
from kimdesk.domain.records import Consent


def standing(consents: Iterable[Consent], on: date | None = None) -> tuple[Consent, ...]:
    """Return the consents that are given, not withdrawn and not expired on ``on`` (today)."""
    return rule.standing(consents, on or today())


def withdraw(desk: Desk, consent: Consent, on: date | None = None) -> Consent:
    """Note that ``consent`` was withdrawn: from that day nothing more leaves under it.

    Raises StoreError E905 when it was changed meanwhile.
    """
    with desk.writing() as writer:
        writer.record("withdrawn", "consent", consent.id, consent.case_id)
        return writer.put(replace(consent, withdrawn_on=on or today()))
