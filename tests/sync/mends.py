"""Mends that can be taken out again, so that a test can show that the machine misses them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any
from unittest.mock import patch

from kimdesk.domain import consent
from kimdesk.kreis.enrolled.roster import Sender
from kimdesk.kreis.taking import books
from kimdesk.kreis.taking.ledger import BundleChain, Claim
from kimdesk.sync.leaving import rescope


@contextmanager
def scopes_forget_what_is_on_its_way() -> Iterator[None]:
    """Only what a receipt confirmed goes out anew under another scope, not what lies on a stick."""
    with patch.object(rescope, "carried", lambda *_: 0):
        yield


@contextmanager
def forks_are_forgotten() -> Iterator[None]:
    """A bundle whose predecessor nobody knows passes for one after a lost stick, fork or no fork."""
    read = books.chain_of

    def chain_of(*arguments: Any) -> BundleChain:
        return replace(read(*arguments), forked=False, contested=False, rejected=())

    with patch.object(books, "chain_of", chain_of):
        yield


@contextmanager
def revocation_counts_numbers_alone() -> Iterator[None]:
    """A new epoch begins below the number from which on nothing counts any more."""
    check = Sender.check

    def by_number(sender: Sender, epoch: int, seq: int, today: date) -> None:
        passes = sender.revoked is not None and seq < sender.revoked[1]
        check(replace(sender, revoked=None) if passes else sender, epoch, seq, today)

    with patch.object(Sender, "check", by_number):
        yield


@contextmanager
def bundles_name_the_one_before_alone() -> Iterator[None]:
    """Two lost sticks hide that a laptop and its copy both write."""
    read = books.claim_of

    def claim_of(*arguments: Any) -> Claim:
        return replace(read(*arguments), earlier=())

    with patch.object(books, "claim_of", claim_of):
        yield


@contextmanager
def withdrawn_consents_stand() -> Iterator[None]:
    """The projection itself is wrong: whoever asks it alone finds that both sides agree."""
    stands = consent.is_standing
    with patch.object(consent, "is_standing", lambda one, on: stands(replace(one, withdrawn_on=None), on)):
        yield


MENDS = (
    scopes_forget_what_is_on_its_way,
    forks_are_forgotten,
    revocation_counts_numbers_alone,
    bundles_name_the_one_before_alone,
    withdrawn_consents_stand,
)
