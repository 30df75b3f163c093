"""What a failure of the database file, the disk or the machine means for the vault.

Which error of the system means what is a table, ``resources/rules/causes.toml``.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

import resources
from kimdesk.domain.errors import KimdeskError, StoreError, VaultError

_DISK_FULL = "E901"
_READ_ONLY = "E902"
_DISK = "E904"
_MEMORY = "E039"
_HANDLES = "E046"
_OF_THE_VAULT = frozenset({"E003", "E037", "E038", _MEMORY, _HANDLES, "E047"})  # the others are the disk's
_NO_HANDLE = (errno.EMFILE, errno.ENFILE)
_NEEDED = 8  # more than opening a database takes at once

_DATABASE = {
    sqlcipher.SQLITE_FULL: _DISK_FULL,
    sqlcipher.SQLITE_READONLY: _READ_ONLY,
    sqlcipher.SQLITE_PERM: _READ_ONLY,
    sqlcipher.SQLITE_CANTOPEN: _READ_ONLY,
    sqlcipher.SQLITE_IOERR: _DISK,
    sqlcipher.SQLITE_NOMEM: _MEMORY,
}
_WITHOUT_CODE = {  # what ``Connection.backup`` says: the text of SQLite's code without the code
    "database or disk is full": sqlcipher.SQLITE_FULL,
    "attempt to write a readonly database": sqlcipher.SQLITE_READONLY,
    "unable to open database file": sqlcipher.SQLITE_CANTOPEN,
    "disk I/O error": sqlcipher.SQLITE_IOERR,
    "out of memory": sqlcipher.SQLITE_NOMEM,
}


@contextmanager
def understood(during: str = "") -> Iterator[None]:
    """Turn a failure of the file, the disk or the machine into ours; it carries no path and no statement.

    VaultError E003 (damaged), E004 (in use), E037 (a circle of links), E038 (a path too long), E039 (little
    memory) or E046 (no file handle left); StoreError E901 disk full, E902 no right to write, E904 the disk
    fails. ``during`` "making" tells E047, not allowed to make something here, from E902.
    """
    try:
        yield
    except (sqlcipher.DatabaseError, OSError, MemoryError, ImportError) as error:
        refusal = refusal_of(error, during)
        if refusal is None:
            raise
        raise refusal from None


def refusal_of(error: Exception, during: str = "") -> KimdeskError | None:
    """Return what ``error`` means, None for a fault of ours."""
    if isinstance(error, sqlcipher.DatabaseError):
        code = getattr(error, "sqlite_errorcode", None) or _WITHOUT_CODE.get(str(error), 0)
        return _of_database(code & 0xFF)
    if isinstance(error, MemoryError):
        return VaultError(_MEMORY)
    if isinstance(error, ImportError):  # a module that is there cannot be read without a handle
        return VaultError(_HANDLES) if _few_handles_left() else None
    if not isinstance(error, OSError):
        return None
    if error.errno in _NO_HANDLE:  # nor is there one for the table
        return VaultError(_HANDLES)
    return _coded(_codes(during).get(error.errno or 0, _DISK))


def demand_reachable(path: Path) -> None:
    """Raise OSError when the system cannot follow ``path`` to something or nothing: a circle, a long name."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return


@cache
def _codes(during: str) -> dict[int, str]:
    """Return the code of each error of the system; the first in the table counts."""
    found: dict[int, str] = {}
    for cause in resources.read_toml("rules/causes.toml")["cause"]:
        if cause.get("during", during) == during:
            for name in cause.get("errors", ()):
                found.setdefault(getattr(errno, name, 0), cause["code"])
    return found


def _of_database(code: int) -> KimdeskError:
    if code == sqlcipher.SQLITE_BUSY:
        return VaultError("E004")
    if code == sqlcipher.SQLITE_CANTOPEN and _few_handles_left():
        return VaultError(_HANDLES)
    return _coded(_DATABASE.get(code, "E003"))


def _coded(code: str) -> KimdeskError:
    return (VaultError if code in _OF_THE_VAULT else StoreError)(code)


def _few_handles_left() -> bool:
    """Say whether what failed may have failed for want of a handle; those it had are free again by now."""
    opened: list[int] = []
    try:
        while len(opened) < _NEEDED:
            opened.append(os.open(os.devnull, os.O_RDONLY))
    except OSError as error:
        return error.errno in _NO_HANDLE
    else:
        return False
    finally:
        for handle in opened:
            os.close(handle)
