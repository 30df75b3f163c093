"""Whether a key is that of the database beside the slot files, which may have come from another vault.

SQLCipher 4 ends each page of 4,096 bytes with an IV (16 bytes) and an HMAC-SHA512 (64) over what is
encrypted, the IV and the page's number; its key comes from ours by PBKDF2 in two rounds over the database's
salt (its first 16 bytes, each XOR 0x3a; zetetic.net/sqlcipher/design, 2026). One page that fits proves it,
be it in the log. Nothing is written, and neither file is read while this process has it open: on POSIX,
closing any handle on a database gives up SQLite's lock on it.
"""

import hashlib
import hmac
import struct
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from kimdesk.domain.errors import VaultError
from kimdesk.vault.keys import derive

_PLAIN = b"SQLite format 3"
_PAGE, _SALT, _IV, _MAC = 4096, 16, 16, 64
_MASK, _ROUNDS = 0x3A, 2
_PAGES = 16
_LOG_HEADER, _FRAME_HEADER, _FRAMES = 32, 24, 1024

_open: dict[Path, bytes] = {}


def note_open(folder: Path, key: bytearray) -> None:
    """Say that ``key`` has opened the database in ``folder``, which this process keeps open."""
    _open[folder.resolve()] = _mark(key)


def note_closed(folder: Path) -> None:
    """Say that this process has closed it again."""
    _open.pop(folder.resolve(), None)


def belongs(database: Path, key: bytearray) -> bool:
    """Say whether ``key`` is that of ``database``. The caller holds the lock on its folder.

    Raises VaultError E003 when there is no database, E006 when it is one in clear, E034 when it may not be
    read, and OSError.
    """
    known = _open.get(database.parent.resolve())
    if known is not None:
        return hmac.compare_digest(known, _mark(key))
    pages = [*_first_pages(database), *_logged_pages(database)]
    if pages and pages[0][1].startswith(_PLAIN):
        raise VaultError("E006")
    salts = {page[:_SALT] for number, page in pages if number == 1}
    return any(_fits(page, number, salt, key) for salt in salts for number, page in pages)


def _first_pages(database: Path) -> Iterator[tuple[int, bytes]]:
    try:
        with database.open("rb") as file:
            content = file.read(_PAGES * _PAGE)
    except FileNotFoundError:
        raise VaultError("E003") from None
    except PermissionError:
        raise VaultError("E034") from None
    for number, at in enumerate(range(0, len(content), _PAGE), start=1):
        yield number, content[at : at + _PAGE]


def _logged_pages(database: Path) -> Iterator[tuple[int, bytes]]:
    """Yield number and content of what the log beside ``database`` holds, damaged or not."""
    with suppress(FileNotFoundError), database.with_name(f"{database.name}-wal").open("rb") as file:
        file.seek(_LOG_HEADER)
        for _ in range(_FRAMES):
            frame = file.read(_FRAME_HEADER + _PAGE)
            if len(frame) < _FRAME_HEADER + _PAGE:
                return
            yield struct.unpack_from(">I", frame)[0], frame[_FRAME_HEADER:]


def _fits(page: bytes, number: int, salt: bytes, key: bytearray) -> bool:
    if len(page) < _PAGE:
        return False
    mac_key = hashlib.pbkdf2_hmac("sha512", key, bytes(each ^ _MASK for each in salt), _ROUNDS, len(key))
    covered = page[_SALT if number == 1 else 0 : _PAGE - _MAC] + struct.pack("<I", number)
    return hmac.compare_digest(page[_PAGE - _MAC :], hmac.digest(mac_key, covered, "sha512"))


def _mark(key: bytearray) -> bytes:
    return derive(key, "open here")
