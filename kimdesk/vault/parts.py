"""Folders under construction, which their names prove to be ours when a kill leaves them behind.

Such a folder is called ``.<name>.<nonce><mark>.part``; the mark is an HMAC under the vault's key. While
somebody works in it, a file in it is locked. So a later run removes what a killed one left, and nothing else:
neither what another process is building now, nor what happens to lie there under a similar name.
"""

import hmac
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kimdesk.domain.errors import VaultError
from kimdesk.domain.files import folder_beside
from kimdesk.vault import lock
from kimdesk.vault.keys import derive

_PART = ".part"
_BUSY = "busy"
_NAME_LENGTH = 40  # of the name to come: no file system takes more than 255 bytes
_NONCE, _MARK = 5, 10  # bytes


@contextmanager
def under_construction(path: Path, key: bytearray) -> Iterator[Path]:
    """Yield an empty folder, for files only, that takes the name ``path``; see ``folder_beside``.

    Should the process be killed in the block, ``sweep`` removes what is left, with the same ``key``.
    """
    with folder_beside(path, _name(path.name, secrets.token_bytes(_NONCE), key)) as scaffold:
        with lock.busy(scaffold / _BUSY):
            yield scaffold
        (scaffold / _BUSY).unlink(missing_ok=True)


def sweep(folder: Path, key: bytearray) -> None:
    """Remove what killed processes left in ``folder`` of what they built under ``key``.

    A disk that refuses does not matter: the next run tries again.
    """
    with suppress(OSError):
        for found in [each.name for each in os.scandir(folder) if each.name.endswith(_PART)]:
            if _is_ours(found, key) and not (folder / found).is_symlink():
                _remove(folder / found)


def sweep_files(folder: Path, names: tuple[str, ...]) -> None:
    """Remove half-written files of these ``names``; the caller holds the lock, so nobody is writing them."""
    for name in names:
        for left in folder.glob(f".{name}.*{_PART}"):
            with suppress(OSError):
                left.unlink()


def remove_files(folder: Path, names: tuple[str, ...]) -> None:
    """Remove the files ``names`` in this order, then ``folder``. Raises OSError if more is in it."""
    for name in names:
        (folder / name).unlink(missing_ok=True)
    folder.rmdir()


def _remove(left: Path) -> None:
    with suppress(OSError, VaultError):
        with lock.busy(left / _BUSY):
            files = [each for each in left.iterdir() if each.name != _BUSY]
            if any(each.is_symlink() or not each.is_file() for each in files):
                return
            for each in files:
                each.unlink()
        remove_files(left, (_BUSY,))


def _name(name: str, nonce: bytes, key: bytearray) -> str:
    short = name[:_NAME_LENGTH]
    mark = hmac.digest(derive(key, "part"), nonce + os.fsencode(short), "sha256")
    return f".{short}.{nonce.hex()}{mark[:_MARK].hex()}{_PART}"


def _is_ours(found: str, key: bytearray) -> bool:
    short, _, proof = found[1:].removesuffix(_PART).rpartition(".")
    if not found.endswith(_PART) or len(proof) != 2 * (_NONCE + _MARK):
        return False
    try:
        nonce = bytes.fromhex(proof[: 2 * _NONCE])
    except ValueError:
        return False
    return hmac.compare_digest(
        found.encode("utf-8", "surrogateescape"), _name(short, nonce, key).encode("utf-8", "surrogateescape")
    )
