"""Key slots: the vault's key, wrapped once for every secret that opens it."""

import secrets
from collections.abc import Collection
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

from kimdesk.domain.errors import VaultError
from kimdesk.vault.kdf import Kdf, KdfParameters, argon2id, check_limits
from kimdesk.vault.keys import KEY_BYTES, wipe

FORMAT: Final = "kimdesk-vault"
VERSION: Final = 1
TEXT_LIMIT = 200
SLOTS_LIMIT = 32
_TAG_BYTES = 16

Kind = Literal["pass", "recovery", "escrow"]
Identifier = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}\Z")]
Text = Annotated[str, Meta(max_length=TEXT_LIMIT)]
Count = Annotated[int, Meta(ge=1, le=2**53)]


class Slot(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One way in: how a secret becomes a key, and the vault's key wrapped by it (AES-256-GCM).

    ``sealed`` is the secret of an escrow, sealed to who may use it (see ``escrow``); empty otherwise.
    """

    id: Identifier
    kind: Kind
    label: Text
    kdf: KdfParameters
    salt: Annotated[bytes, Meta(min_length=16, max_length=16)]
    nonce: Annotated[bytes, Meta(min_length=12, max_length=12)]
    wrapped: Annotated[bytes, Meta(min_length=KEY_BYTES + _TAG_BYTES, max_length=KEY_BYTES + _TAG_BYTES)]
    sealed: Annotated[bytes, Meta(max_length=4096)] = b""


class SlotBook(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything a slot file says: what the vault is called and the ways in."""

    format: Literal["kimdesk-vault"]
    version: Literal[1]
    vault_id: Identifier
    generation: Count
    key_epoch: Count
    name: Text
    role: Annotated[str, Meta(pattern=r"^(desk|kreis)\Z")]
    practice: bool
    slots: Annotated[tuple[Slot, ...], Meta(min_length=1, max_length=SLOTS_LIMIT)]

    def of_kind(self, kind: Kind) -> tuple[Slot, ...]:
        """Return the slots of one kind, oldest first."""
        return tuple(slot for slot in self.slots if slot.kind == kind)

    def adding(self, new: Slot) -> "SlotBook":
        """Return the next generation, with ``new`` at the end."""
        return msgspec.structs.replace(self, generation=self.generation + 1, slots=(*self.slots, new))

    def without(self, gone: Collection[Slot]) -> "SlotBook":
        """Return the next generation, without the slots ``gone``."""
        slots = tuple(slot for slot in self.slots if slot not in gone)
        return msgspec.structs.replace(self, generation=self.generation + 1, slots=slots)

    def replacing(self, old: Slot, new: Slot) -> "SlotBook":
        """Return the next generation, with ``new`` in the place of ``old``."""
        slots = tuple(new if slot == old else slot for slot in self.slots)
        return msgspec.structs.replace(self, generation=self.generation + 1, slots=slots)


class _Stamp(msgspec.Struct):
    format: Literal["kimdesk-vault"]
    version: int


def encode(book: SlotBook) -> bytes:
    """Return the one line that stands for ``book``; there is no other."""
    return msgspec.json.encode(book)


def decode(line: bytes) -> SlotBook:
    """Return the book a line stands for.

    Raises VaultError E008 for a later version, E007 for a KDF cost outside the limits, and E003 for
    everything that ``encode`` would not have written, down to the order of the fields.
    """
    try:
        if msgspec.json.decode(line, type=_Stamp).version > VERSION:
            raise VaultError("E008")
        book = msgspec.json.decode(line, type=SlotBook)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise VaultError("E003") from None
    if encode(book) != line:
        raise VaultError("E003")
    for slot in book.slots:
        check_limits(slot.kdf)
    return book


def wrap(
    key: bytearray,
    secret: bytes,
    *,
    vault_id: str,
    kind: Kind,
    label: str,
    parameters: KdfParameters,
    kdf: Kdf = argon2id,
) -> Slot:
    """Return a new slot in which ``secret`` wraps ``key``; fresh id, salt and nonce."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    identity, salt, nonce = secrets.token_hex(16), secrets.token_bytes(16), secrets.token_bytes(12)
    bound = _bound(vault_id, identity, kind, parameters)
    wrapping = kdf(secret, salt, parameters)
    wrapped = AESGCM(wrapping).encrypt(nonce, key, bound)
    wipe(wrapping)
    return Slot(identity, kind, label, parameters, salt, nonce, wrapped)


def unwrap(slot: Slot, secret: bytes, vault_id: str, kdf: Kdf = argon2id) -> bytearray | None:
    """Return the key in ``slot``, or None when ``secret`` does not open it."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    wrapping, key = kdf(secret, slot.salt, slot.kdf), bytearray(KEY_BYTES)
    bound = _bound(vault_id, slot.id, slot.kind, slot.kdf)
    try:
        AESGCM(wrapping).decrypt_into(slot.nonce, slot.wrapped, bound, key)
    except InvalidTag:
        return None
    finally:
        wipe(wrapping)
    return key


def _bound(vault_id: str, slot_id: str, kind: Kind, parameters: KdfParameters) -> bytes:
    """What a wrapped key is bound to: a JSON list, so no two different sets read the same."""
    return msgspec.json.encode(["kimdesk slot 1", vault_id, slot_id, kind, parameters])
