"""Escrow: who chooses to may let the Kreis open the vault with a recovery key that it keeps offline.

The slot holds the vault's key, wrapped by a random secret; ``sealed`` is that secret under HPKE (RFC 9180:
MLKEM1024-P384, HKDF-SHA384, AES-256-GCM), bound to the vault. Anybody can see that there is an escrow and
for whom (``read_header``: a slot of kind ``escrow`` and its label). The key pair is used for nothing else:

* public key, 1665 bytes: ML-KEM-1024 encapsulation key (FIPS 203, 1568), P-384 point (SEC 1, 97)
* private key, 112 bytes: ML-KEM-1024 seed (64), P-384 scalar, big-endian (48)
"""

import secrets
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from kimdesk.domain.errors import VaultError
from kimdesk.vault.attempts import Clock
from kimdesk.vault.failures import understood
from kimdesk.vault.header import VaultHeader, header_of
from kimdesk.vault.kdf import FLOOR
from kimdesk.vault.keys import KEY_BYTES
from kimdesk.vault.opening import change_slots, rewrapped
from kimdesk.vault.passphrase import demand_strong, prepared
from kimdesk.vault.slotfile import OpenedSlot, read_copies
from kimdesk.vault.slots import TEXT_LIMIT, SlotBook, wrap

if TYPE_CHECKING:
    from cryptography.hazmat.primitives import hpke

_SEED, _SCALAR = 64, 48
_ENCAPSULATION_KEY, _POINT = 1568, 97
_OF_ANOTHER = ("E001", "E033")  # the slot stands in an outdated copy alone, or in that of another vault
PRIVATE_BYTES = _SEED + _SCALAR
"""Bytes of a private key."""


def new_escrow_key() -> tuple[bytes, bytes]:
    """Return a new private key, to be kept offline, and its public key."""
    from cryptography.hazmat.primitives.asymmetric import ec, mlkem
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    inner, outer = mlkem.MLKEM1024PrivateKey.generate(), ec.generate_private_key(ec.SECP384R1())
    scalar = outer.private_numbers().private_value.to_bytes(_SCALAR, "big")
    point = outer.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return inner.private_bytes_raw() + scalar, inner.public_key().public_bytes_raw() + point


@understood()
def add_escrow(
    folder: Path, passphrase: str, public_key: bytes, label: str, *, clock: Clock = time.time
) -> VaultHeader:
    """Let the holder of ``public_key``, named ``label``, open the vault in ``folder`` from now on.

    Raises VaultError E015 (too many), E016 (no name) or E020 (no such key), otherwise as ``unlock``.
    """
    recipient, name = _public(public_key), label.strip()[:TEXT_LIMIT]
    if not name:
        raise VaultError("E016")

    def change(opened: OpenedSlot) -> SlotBook:
        vault_id, secret = opened.book.vault_id, secrets.token_bytes(KEY_BYTES)
        slot = wrap(opened.key, secret, vault_id=vault_id, kind="escrow", label=name, parameters=FLOOR)
        sealed = _suite().encrypt(secret, recipient, _info(vault_id))
        return opened.book.adding(replace(slot, sealed=sealed))

    return header_of(change_slots(folder, "pass", prepared(passphrase), change, clock))


@understood()
def remove_escrow(folder: Path, passphrase: str, *, clock: Clock = time.time) -> VaultHeader:
    """Take every escrow off the vault. It still opens copies made before. Raises as ``unlock``."""

    def change(opened: OpenedSlot) -> SlotBook:
        return opened.book.without(opened.book.of_kind("escrow"))

    return header_of(change_slots(folder, "pass", prepared(passphrase), change, clock))


@understood()
def recover_by_escrow(folder: Path, private_key: bytes, new_passphrase: str) -> None:
    """Let ``new_passphrase`` open the vault instead of the first one's forgotten one.

    Raises VaultError E009, E020 or E024 (no escrow for this key), otherwise as ``unlock``.
    """
    key = _private(private_key)
    demand_strong(new_passphrase)
    for secret in dict.fromkeys(each for copy in read_copies(folder) for each in _unsealed(copy.book, key)):
        try:
            change_slots(folder, "escrow", secret, lambda opened: rewrapped(opened, new_passphrase))
        except VaultError as refusal:
            if refusal.code not in _OF_ANOTHER:
                raise
        else:
            return
    raise VaultError("E024")


def check_public(public_key: bytes) -> None:
    """Raise VaultError E020 when ``public_key`` is none."""
    _public(public_key)


def _unsealed(book: SlotBook, key: "hpke.MLKEM1024P384PrivateKey") -> Iterator[bytes]:
    from cryptography.exceptions import InvalidTag

    for slot in book.of_kind("escrow"):
        with suppress(InvalidTag, ValueError):
            yield _suite().decrypt(slot.sealed, key, _info(book.vault_id))


def _suite() -> "hpke.Suite":
    from cryptography.hazmat.primitives import hpke

    return hpke.Suite(hpke.KEM.MLKEM1024_P384, hpke.KDF.HKDF_SHA384, hpke.AEAD.AES_256_GCM)


def _info(vault_id: str) -> bytes:
    return f"kimdesk escrow 1 {vault_id}".encode()


def _public(data: bytes) -> "hpke.MLKEM1024P384PublicKey":
    from cryptography.hazmat.primitives import hpke
    from cryptography.hazmat.primitives.asymmetric import ec, mlkem

    if len(data) != _ENCAPSULATION_KEY + _POINT:
        raise VaultError("E020")
    try:
        inner = mlkem.MLKEM1024PublicKey.from_public_bytes(data[:_ENCAPSULATION_KEY])
        outer = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP384R1(), data[_ENCAPSULATION_KEY:])
    except ValueError:
        raise VaultError("E020") from None
    return hpke.MLKEM1024P384PublicKey(inner, outer)


def _private(data: bytes) -> "hpke.MLKEM1024P384PrivateKey":
    from cryptography.hazmat.primitives import hpke
    from cryptography.hazmat.primitives.asymmetric import ec, mlkem

    if len(data) != PRIVATE_BYTES:
        raise VaultError("E020")
    try:
        inner = mlkem.MLKEM1024PrivateKey.from_seed_bytes(data[:_SEED])
        outer = ec.derive_private_key(int.from_bytes(data[_SEED:], "big"), ec.SECP384R1())
    except ValueError:
        raise VaultError("E020") from None
    return hpke.MLKEM1024P384PrivateKey(inner, outer)
