"""The two copies of the slot file: reading them with suspicion, writing them one after the other."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kimdesk.domain.errors import VaultError
from kimdesk.domain.files import write_atomically
from kimdesk.vault.kdf import Kdf, argon2id
from kimdesk.vault.keys import is_genuine, seal_line, split_line, wipe
from kimdesk.vault.slots import SLOTS_LIMIT, Kind, Slot, SlotBook, decode, encode, unwrap

COPIES = ("vault.kimv", "vault.kimv.2")
_SIZE_LIMIT = 64 * 1024
_PURPOSE = "slots"
_TELLING = ("E008", "E007", "E003")


@dataclass(frozen=True, slots=True)
class SlotFileCopy:
    """A slot file that can be read; whether it is genuine shows once the key is known."""

    book: SlotBook
    line: bytes
    mac: bytes

    def is_genuine(self, key: bytearray) -> bool:
        """Say whether the holder of ``key`` wrote this copy."""
        return is_genuine(self.line, self.mac, key, _PURPOSE)


@dataclass(frozen=True, slots=True)
class OpenedSlot:
    """The newest genuine book, the slot that opened it, and the vault's key."""

    book: SlotBook
    slot: Slot
    key: bytearray


def is_vault(folder: Path) -> bool:
    """Say whether a slot file lies in ``folder``, whole or not."""
    return any((folder / name).is_file() for name in COPIES)


def read_copies(folder: Path) -> tuple[SlotFileCopy, ...]:
    """Return the readable copies in ``folder``, newest first.

    Raises VaultError E002 when there is no slot file, and E003, E007 or E008 when none can be read.
    """
    if not is_vault(folder):
        raise VaultError("E002")
    copies, refusals = [], {"E003"}
    for name in COPIES:
        try:
            copies.append(parse(_read(folder / name)))
        except VaultError as refusal:
            refusals.add(refusal.code)
    if not copies:
        raise VaultError(next(code for code in _TELLING if code in refusals))
    return tuple(sorted(copies, key=lambda copy: copy.book.generation, reverse=True))


def parse(data: bytes) -> SlotFileCopy:
    """Return the copy that ``data`` holds. Raises VaultError E003, E007 or E008 (see ``slots.decode``)."""
    parts = split_line(data) if len(data) <= _SIZE_LIMIT else None
    if parts is None:
        raise VaultError("E003")
    return SlotFileCopy(decode(parts[0]), *parts)


def open_copies(
    copies: tuple[SlotFileCopy, ...], kind: Kind, secret: bytes, kdf: Kdf = argon2id
) -> OpenedSlot:
    """Return the key that ``secret`` opens through a slot of ``kind``.

    Only the newest genuine copy counts: a slot that stands in an older one alone opens nothing.
    Raises VaultError E001 when the secret fits no slot, E003 when it fits but no copy is genuine.
    """
    refusal = "E001"
    ways = dict.fromkeys((copy.book.vault_id, slot) for copy in copies for slot in copy.book.of_kind(kind))
    for vault_id, slot in ways:
        key = unwrap(slot, secret, vault_id, kdf)
        if key is None:
            continue
        newest = next((each.book for each in copies if each.is_genuine(key)), None)
        if newest is not None and slot in newest.slots:
            return OpenedSlot(newest, slot, key)
        wipe(key)
        refusal = "E003" if newest is None else refusal
    raise VaultError(refusal)


def write_copies(folder: Path, book: SlotBook, key: bytearray) -> None:
    """Write ``book`` to both copies, the second first: once that one stands, the change is made.

    A failure before that changes nothing and raises OSError; a first copy that could not follow is
    mended when the vault is next opened. Where there was no slot file before, both are written or OSError
    is raised. Raises VaultError E015 for more than a slot file holds.
    """
    data = seal_line(encode(book), key, _PURPOSE)
    if len(book.slots) > SLOTS_LIMIT or len(data) > _SIZE_LIMIT:
        raise VaultError("E015")
    dispensable = (OSError,) if is_vault(folder) else ()
    write_atomically(folder / COPIES[1], data)
    with suppress(*dispensable):
        write_atomically(folder / COPIES[0], data)


def mend_copies(folder: Path, opened: OpenedSlot) -> None:
    """Make both copies the genuine one that opened. A disk that refuses does not keep the vault shut."""
    data = seal_line(encode(opened.book), opened.key, _PURPOSE)
    with suppress(OSError):
        for name in reversed(COPIES):
            if _read(folder / name) != data:
                write_atomically(folder / name, data)


def _read(path: Path) -> bytes:
    """Return the first bytes of ``path``, one more than allowed; nothing when it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(_SIZE_LIMIT + 1)
    except OSError:
        return b""
