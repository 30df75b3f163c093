"""Vaults whose passphrase costs nothing to try: what is tested here is the disk, not Argon2."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from kimdesk.vault.opening import passphrase_slot
from kimdesk.vault.slotfile import write_copies
from tests.conftest import PASSPHRASE
from tests.remembering import PLACE
from tests.vault.helpers import opened


class _Quick:
    """Stands in for Argon2id, of which an opened vault takes 0.1 to 0.5 s and 64 MiB."""

    def __init__(self, *, salt: bytes, **_cost: Any) -> None:
        self._salt = salt

    def derive_into(self, secret: bytes, key: bytearray) -> None:
        key[:] = hashlib.blake2b(secret, key=self._salt, digest_size=len(key)).digest()


@contextmanager
def quickly() -> Iterator[None]:
    """Derive keys at no cost for a block, in this process."""
    with patch(PLACE, _Quick):
        yield


def quicken(folder: Path) -> None:
    """Let the passphrase of the vault in ``folder`` open it ``quickly`` from now on, and only so."""
    with patch(PLACE, Argon2id):
        found = opened(folder)
    with quickly():
        slot = passphrase_slot(found, PASSPHRASE, found.slot.label, found.slot.kdf)
        write_copies(folder, found.book.replacing(found.slot, slot), found.key)
