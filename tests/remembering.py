"""Argon2id run once for each passphrase and salt: most tests open copies of the same few vaults."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

PLACE = "cryptography.hazmat.primitives.kdf.argon2.Argon2id"
_CHEAP = 64 * 1024  # KiB: ``Strength.INTERACTIVE``; what is measured on this machine is not remembered

_known: dict[tuple[bytes, ...], bytes] = {}


class _Remembering:
    """Argon2id itself, whose answer to the same question is had from memory."""

    def __init__(self, **cost: Any) -> None:
        self._cost = cost

    def derive_into(self, secret: bytes, key: bytearray) -> None:
        asked = (bytes(secret), *(repr(item).encode() for item in sorted(self._cost.items())))
        if asked not in _known:
            Argon2id(**self._cost).derive_into(secret, key)
            if self._cost["memory_cost"] > _CHEAP:
                return
            _known[asked] = bytes(key)
        key[:] = _known[asked]


@contextmanager
def remembering() -> Iterator[None]:
    """Derive each key of a cheap slot once, in this process, for a block."""
    with patch(PLACE, _Remembering):
        yield
