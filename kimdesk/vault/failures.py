"""What a failure of the database file or the disk means for the vault."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

import sqlcipher3.dbapi2 as sqlcipher

from kimdesk.domain.errors import KimdeskError, StoreError, VaultError

_DISK_FULL = "E901"
_READ_ONLY = "E902"
_DISK = "E904"

_DATABASE = {
    sqlcipher.SQLITE_FULL: _DISK_FULL,
    sqlcipher.SQLITE_READONLY: _READ_ONLY,
    sqlcipher.SQLITE_PERM: _READ_ONLY,
    sqlcipher.SQLITE_CANTOPEN: _READ_ONLY,
    sqlcipher.SQLITE_IOERR: _DISK,
}
_WITHOUT_CODE = {  # what ``Connection.backup`` says: the text of SQLite's code without the code
    "database or disk is full": sqlcipher.SQLITE_FULL,
    "attempt to write a readonly database": sqlcipher.SQLITE_READONLY,
    "unable to open database file": sqlcipher.SQLITE_CANTOPEN,
    "disk I/O error": sqlcipher.SQLITE_IOERR,
}
_SYSTEM = {
    errno.ENOSPC: _DISK_FULL,
    errno.EDQUOT: _DISK_FULL,
    errno.EFBIG: _DISK_FULL,
    errno.EROFS: _READ_ONLY,
    errno.EACCES: _READ_ONLY,
    errno.EPERM: _READ_ONLY,
}


@contextmanager
def understood() -> Iterator[None]:
    """Turn a failure of the file or the disk into ours; it carries no path and no statement.

    VaultError E003 (damaged) or E004 (in use); StoreError E901 disk full, E902 no right to write, E904
    the disk fails.
    """
    try:
        yield
    except sqlcipher.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", None) or _WITHOUT_CODE.get(str(error), 0)
        raise _of_database(code & 0xFF) from None
    except OSError as error:
        raise StoreError(_SYSTEM.get(error.errno or 0, _DISK)) from None


def _of_database(code: int) -> KimdeskError:
    if code == sqlcipher.SQLITE_BUSY:
        return VaultError("E004")
    return StoreError(_DATABASE[code]) if code in _DATABASE else VaultError("E003")
