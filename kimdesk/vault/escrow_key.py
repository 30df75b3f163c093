"""The files of an escrow key: one to hand out, and one that stays offline under a passphrase of its own.

Both are one JSON line. The public file names the holder and carries the key; people compare its fingerprint
before they trust it. The private file carries the private key under AES-256-GCM, its key worked out of the
passphrase by Argon2id; everything else in the line is bound to it.
"""

import hashlib
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from kimdesk.domain.errors import StoreError, VaultError
from kimdesk.vault.escrow import PRIVATE_BYTES, check_public, new_escrow_key
from kimdesk.vault.kdf import KdfParameters, Strength, argon2id, check_limits, parameters_for
from kimdesk.vault.keys import wipe
from kimdesk.vault.passphrase import demand_strong, prepared
from kimdesk.vault.slots import TEXT_LIMIT

_TAG = 16
_DIGITS, _GROUP = 40, 5
_SIZE_LIMIT = 16 * 1024
Label = Annotated[str, Meta(min_length=1, max_length=TEXT_LIMIT)]


class _PublicFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: Literal["kimdesk-escrow-public"]
    version: Literal[1]
    label: Label
    key: bytes


class _PrivateFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: Literal["kimdesk-escrow-private"]
    version: Literal[1]
    label: Label
    kdf: KdfParameters
    salt: Annotated[bytes, Meta(min_length=16, max_length=16)]
    nonce: Annotated[bytes, Meta(min_length=12, max_length=12)]
    wrapped: Annotated[bytes, Meta(min_length=PRIVATE_BYTES + _TAG, max_length=PRIVATE_BYTES + _TAG)]


@dataclass(frozen=True, slots=True)
class EscrowKey:
    """The public half: who holds the private one, the key, and the digits people compare."""

    label: str
    key: bytes

    @property
    def fingerprint(self) -> str:
        """Return what people read to one another: eight groups of five digits (132 bit)."""
        digest = hashlib.sha256(b"KIMdesk escrow key v1\0" + self.key).digest()
        digits = f"{int.from_bytes(digest, 'big') % 10**_DIGITS:0{_DIGITS}}"
        return " ".join(digits[at : at + _GROUP] for at in range(0, _DIGITS, _GROUP))


@dataclass(frozen=True, slots=True)
class EscrowFiles:
    """A new key pair as two files: ``public`` to hand out, ``private`` to keep offline."""

    holder: EscrowKey
    public: bytes
    private: bytes


def new_escrow_files(label: str, passphrase: str, *, strength: Strength = Strength.STRONG) -> EscrowFiles:
    """Return a new key pair of the holder ``label``, the private half under ``passphrase``.

    Raises VaultError E009 (too weak) or E016 (no name).
    """
    demand_strong(passphrase)
    name = label.strip()[:TEXT_LIMIT]
    if not name:
        raise VaultError("E016")
    private, public = new_escrow_key()
    holder = EscrowKey(name, public)
    shown = _PublicFile("kimdesk-escrow-public", 1, name, public)
    kept = _wrapped(name, private, passphrase, parameters_for(strength))
    return EscrowFiles(holder, msgspec.json.encode(shown) + b"\n", msgspec.json.encode(kept) + b"\n")


def read_key_file(path: Path) -> bytes:
    """Return what stands in a key file, never more than one holds. Raises StoreError E910."""
    try:
        with path.open("rb") as file:
            return file.read(_SIZE_LIMIT)
    except OSError:
        raise StoreError("E910") from None


def read_escrow_key(data: bytes) -> EscrowKey:
    """Return the public half in a file. Raises VaultError E020 for anything else."""
    try:
        found = msgspec.json.decode(data, type=_PublicFile)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise VaultError("E020") from None
    check_public(found.key)
    return EscrowKey(found.label, found.key)


def open_escrow_key(data: bytes, passphrase: str) -> bytes:
    """Return the private key in a file that ``passphrase`` opens.

    The cost of the passphrase is checked before it is paid. Raises VaultError E022 (wrong passphrase, or the
    file was changed) or E023 (no such file, or not with such a cost).
    """
    try:
        found = msgspec.json.decode(data, type=_PrivateFile)
        check_limits(found.kdf)
    except (msgspec.MsgspecError, ValueError, RecursionError, VaultError):
        raise VaultError("E023") from None
    return _unwrapped(found, passphrase)


def _wrapped(label: str, private: bytes, passphrase: str, cost: KdfParameters) -> _PrivateFile:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    wrapping = argon2id(prepared(passphrase), salt, cost)
    wrapped = AESGCM(wrapping).encrypt(nonce, private, _bound(label, cost))
    wipe(wrapping)
    return _PrivateFile("kimdesk-escrow-private", 1, label, cost, salt, nonce, wrapped)


def _unwrapped(file: _PrivateFile, passphrase: str) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    wrapping = argon2id(prepared(passphrase), file.salt, file.kdf)
    try:
        return AESGCM(wrapping).decrypt(file.nonce, file.wrapped, _bound(file.label, file.kdf))
    except InvalidTag:
        raise VaultError("E022") from None
    finally:
        wipe(wrapping)


def _bound(label: str, cost: KdfParameters) -> bytes:
    """What the private key is bound to: a JSON list, so no two different sets read the same."""
    return msgspec.json.encode(["kimdesk escrow key 1", label, cost])
