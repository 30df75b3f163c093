"""The two copies of the slot file: reading them with suspicion, writing them one after the other.

Either copy may be damaged, outdated, or that of another vault; reading writes nothing. What takes the place
of something else keeps it under a name of its own (docs/decisions/0030).
"""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from kimdesk.domain.errors import VaultError
from kimdesk.domain.files import write_atomically
from kimdesk.vault.failures import demand_reachable
from kimdesk.vault.kdf import Kdf, argon2id
from kimdesk.vault.keys import is_genuine, seal_line, split_line, wipe
from kimdesk.vault.slots import SLOTS_LIMIT, Kind, Slot, SlotBook, decode, encode, unwrap

COPIES = ("vault.kimv", "vault.kimv.2")
_SIZE_LIMIT = 64 * 1024
_PURPOSE = "slots"
_TELLING = ("E008", "E007", "E003")
_NO_FILE = (FileNotFoundError, IsADirectoryError, NotADirectoryError)


class _Owned(msgspec.Struct):
    vault_id: str


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
    """Say whether a slot file lies in ``folder``, whole or not; E034 when the folder is closed to us."""
    try:
        return any((folder / name).is_file() for name in COPIES)
    except PermissionError:
        raise VaultError("E034") from None


def read_copies(folder: Path) -> tuple[SlotFileCopy, ...]:
    """Return the readable copies in ``folder``: those of the vault last open here first, then the newest.

    Nothing vouches for that order; which copy counts shows with its key. Raises VaultError E002 when there is
    no slot file, and E003, E007, E008 or E034 (not allowed) when none can be read; OSError when the system
    has no file handle left, or the disk fails.
    """
    try:
        demand_reachable(folder)
        there = is_vault(folder)
    except PermissionError:
        raise VaultError("E034") from None
    if not there:
        raise VaultError("E002")
    copies, refusals, failures = [], {"E003"}, []
    for name in COPIES:
        try:
            copies.append(parse(_read(folder / name)))
        except VaultError as refusal:
            refusals.add(refusal.code)
        except OSError as failure:
            failures.append(failure)
    if not copies:
        raise _unreadable(refusals, failures)
    owner = owner_last_seen(folder)
    return tuple(
        sorted(copies, key=lambda copy: (copy.book.vault_id == owner, copy.book.generation), reverse=True)
    )


def owner_of(path: Path) -> str:
    """Return the id of the vault that a slot file says it is of, empty when it is none. Raises OSError."""
    with suppress(VaultError):
        return parse(_read(path)).book.vault_id
    return ""


def owner_last_seen(folder: Path) -> str:
    """Return the id of the vault whose anchor lies in ``folder``, as it says itself; empty when none does."""
    with suppress(OSError, ValueError, msgspec.MsgspecError), (folder / "anchor").open("rb") as file:
        return msgspec.json.decode(file.readline(_SIZE_LIMIT), type=_Owned).vault_id
    return ""


def _unreadable(refusals: set[str], failures: list[OSError]) -> Exception:
    telling = next(code for code in _TELLING if code in refusals)
    failed = next((each for each in failures if not isinstance(each, _NO_FILE)), None)
    if telling != "E003" or failed is None:
        return VaultError(telling)
    return VaultError("E034") if isinstance(failed, PermissionError) else failed


def parse(data: bytes) -> SlotFileCopy:
    """Return the copy that ``data`` holds. Raises VaultError E003, E007 or E008 (see ``slots.decode``)."""
    parts = split_line(data) if len(data) <= _SIZE_LIMIT else None
    if parts is None:
        raise VaultError("E003")
    return SlotFileCopy(decode(parts[0]), *parts)


def open_copies(
    copies: tuple[SlotFileCopy, ...],
    kind: Kind,
    secret: bytes,
    kdf: Kdf = argon2id,
    belongs: Callable[[bytearray], bool] = lambda _: True,
) -> OpenedSlot:
    """Return the key that ``secret`` opens through a slot of ``kind``, and that ``belongs`` to the database.

    Only the newest genuine copy of that key counts: a slot that stands in an older one alone opens nothing.
    Raises VaultError E001 when the secret fits no slot, E003 when it fits but no copy is genuine, and E033
    when everything that it opens is of another vault.
    """
    unopened, forged = set(copies), False
    ways = dict.fromkeys((copy.book.vault_id, slot) for copy in copies for slot in copy.book.of_kind(kind))
    for vault_id, slot in ways:
        key = unwrap(slot, secret, vault_id, kdf)
        if key is None:
            continue
        genuine = {copy for copy in copies if copy.is_genuine(key)}
        newest = max((copy.book for copy in genuine), key=lambda book: book.generation, default=None)
        if newest is None:
            forged = True
        elif slot in newest.slots:
            if _holds(belongs, key):
                return OpenedSlot(newest, slot, key)
            unopened -= genuine
        wipe(key)
    raise VaultError("E003" if forged else "E001" if unopened else "E033")


def _holds(belongs: Callable[[bytearray], bool], key: bytearray) -> bool:
    try:
        return belongs(key)
    except BaseException:
        wipe(key)
        raise


def write_copies(folder: Path, book: SlotBook, key: bytearray) -> None:
    """Write ``book`` to both copies, the second first: once that one stands, the change is made.

    A failure before that changes nothing and raises OSError; a first copy that could not follow is
    mended when the vault is next opened. Where there was no slot file before, both are written or OSError
    is raised. What lies there without being of this key is kept aside. Raises VaultError E015 for more than a
    slot file holds.
    """
    data = seal_line(encode(book), key, _PURPOSE)
    if len(book.slots) > SLOTS_LIMIT or len(data) > _SIZE_LIMIT:
        raise VaultError("E015")
    dispensable = (OSError,) if is_vault(folder) else ()
    _put(folder / COPIES[1], data, replacing=lambda old: _is_of(old, key))
    with suppress(*dispensable):
        _put(folder / COPIES[0], data, replacing=lambda old: _is_of(old, key))


def mend_copies(folder: Path, opened: OpenedSlot) -> tuple[str, ...]:
    """Make both copies the one by which the vault was opened; what was in the place of one is kept aside.

    The copy that opened is not touched, nor one that may not be read. A disk that refuses does not keep the
    vault shut. Return the names of what is aside now and was not before.
    """
    before = asides(folder)
    data = seal_line(encode(opened.book), opened.key, _PURPOSE)
    for name in reversed(COPIES):
        with suppress(OSError):
            _put(folder / name, data, replacing=lambda _: False)
    return tuple(each for each in asides(folder) if each not in before)


def asides(folder: Path) -> tuple[str, ...]:
    """Return the names of the slot files that are kept aside in ``folder``, none when nobody can look."""
    with suppress(OSError):
        return tuple(sorted(each.name for each in folder.glob(f"{COPIES[0]}*.aside-*")))
    return ()


def _put(path: Path, data: bytes, *, replacing: Callable[[bytes], bool]) -> None:
    """Write ``data`` to ``path``, unless it stands there; keep aside what ``replacing`` does not give up."""
    with suppress(FileNotFoundError):
        old = _read(path)
        if old == data:
            return
        if not replacing(old):
            _keep_aside(path)
    write_atomically(path, data)


def _keep_aside(path: Path) -> None:
    """Give what lies at ``path`` a name beside it, the same for the same content. Raises OSError."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    path.replace(path.with_name(f"{path.name}.aside-{digest[:16]}"))


def _is_of(data: bytes, key: bytearray) -> bool:
    parts = split_line(data)
    return parts is not None and is_genuine(*parts, key, _PURPOSE)


def _read(path: Path) -> bytes:
    """Return the first bytes of ``path``, one more than allowed. Raises OSError."""
    with path.open("rb") as file:
        return file.read(_SIZE_LIMIT + 1)
