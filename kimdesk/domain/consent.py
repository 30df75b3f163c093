"""When a consent covers what is to be passed on (§ 203 StGB, § 67b Abs. 2 SGB X).

A consent covers one recipient and one purpose. Nothing identifiable leaves without one.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta

from kimdesk.domain.records import Consent

KREIS = "ki"
"""The recipient that stands for the Kreis (Kommunales Integrationszentrum)."""


def is_standing(consent: Consent, on: date) -> bool:
    """Return whether the consent is given, not withdrawn and not expired on the day ``on``."""
    return (
        consent.given_on is not None
        and consent.given_on <= on
        and (consent.withdrawn_on is None or consent.withdrawn_on > on)
        and (consent.valid_until is None or consent.valid_until >= on)
    )


def turns(consent: Consent) -> Iterator[date]:
    """Yield the days on which it may begin or cease to stand."""
    if consent.given_on:
        yield consent.given_on
    if consent.valid_until:
        yield consent.valid_until + timedelta(days=1)
    if consent.withdrawn_on:
        yield consent.withdrawn_on


def standing(consents: Iterable[Consent], on: date) -> tuple[Consent, ...]:
    """Return the consents that stand on the day ``on``."""
    return tuple(consent for consent in consents if is_standing(consent, on))


def fitting(
    consents: Iterable[Consent], recipient: str, purpose: str, on: date, kinds: Collection[str] = ()
) -> Consent | None:
    """Return the consent under which ``kinds`` of information may go to ``recipient`` for ``purpose``.

    The one that lasts longest when several fit, None when none does.
    """
    found = [
        consent
        for consent in standing(consents, on)
        if (consent.recipient, consent.purpose) == (recipient, purpose) and set(kinds) <= set(consent.kinds)
    ]
    return max(found, key=lambda consent: consent.valid_until or date.max, default=None)
