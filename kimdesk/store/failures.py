"""What a failure of the database means for a person: one place from its codes to ours."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.exc import DBAPIError

from kimdesk.domain.errors import StoreError

_DISK_FULL = "E901"
_READ_ONLY = "E902"
_LOCKED = "E903"
_DISK = "E904"
_CHANGED = "E905"
_DAMAGED = "E906"
_LINKED = "E907"

_TAKEN = "UNIQUE"  # sqlcipher3 gives no extended code to tell this constraint from the others

_MEANING = {
    sqlcipher.SQLITE_FULL: _DISK_FULL,
    sqlcipher.SQLITE_READONLY: _READ_ONLY,
    sqlcipher.SQLITE_PERM: _READ_ONLY,
    sqlcipher.SQLITE_CANTOPEN: _READ_ONLY,
    sqlcipher.SQLITE_BUSY: _LOCKED,
    sqlcipher.SQLITE_LOCKED: _LOCKED,
    sqlcipher.SQLITE_IOERR: _DISK,
    sqlcipher.SQLITE_CORRUPT: _DAMAGED,
    sqlcipher.SQLITE_NOTADB: _DAMAGED,
}


@contextmanager
def understood() -> Iterator[None]:
    """Turn a failure of the database into a StoreError; it carries no statement and no value.

    E901 disk full, E902 read-only, E903 locked, E904 the disk fails, E905 an identity that is taken, E906
    damaged, E907 a record that others still refer to or that refers to none. Anything else is a fault of
    ours and goes on, without the values of its statement.
    """
    try:
        yield
    except sqlcipher.Error as error:
        raise _refusal(error) or error from None
    except DBAPIError as error:
        error.hide_parameters, error.params = True, None
        raise _refusal(error.orig) or error from None


def _refusal(error: BaseException | None) -> StoreError | None:
    if isinstance(error, sqlcipher.IntegrityError):
        return StoreError(_CHANGED if str(error).startswith(_TAKEN) else _LINKED)
    code = _MEANING.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
    return StoreError(code) if code else None
