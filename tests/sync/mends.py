"""Mends that can be taken out again, so that a test can show that the machine misses them."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from kimdesk.kreis.desks import Sender
from kimdesk.sync import rescope


@contextmanager
def scopes_forget_what_is_on_its_way() -> Iterator[None]:
    """Only what a receipt confirmed goes out anew under another scope, not what lies on a stick."""
    with patch.object(rescope, "carried", lambda *_: 0):
        yield


@contextmanager
def revocation_counts_numbers_alone() -> Iterator[None]:
    """A new epoch begins below the number from which on nothing counts any more."""
    check = Sender.check

    def without_epoch(sender: Sender, epoch: int, seq: int, *rest: object) -> None:
        revoked = sender.revoked
        same = revoked is None or seq >= revoked[1]
        check(sender, max(epoch, revoked[0]) if revoked and same else 0, seq, *rest)  # type: ignore[arg-type]

    with patch.object(Sender, "check", without_epoch):
        yield
