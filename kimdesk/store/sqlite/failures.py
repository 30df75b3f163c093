"""What SQLite's codes of failure mean for a person."""

import sqlcipher3.dbapi2 as sqlcipher

_TAKEN = "UNIQUE"  # sqlcipher3 gives no extended code to tell this constraint from the others
_MEANING = {
    sqlcipher.SQLITE_FULL: "E901",
    sqlcipher.SQLITE_READONLY: "E902",
    sqlcipher.SQLITE_PERM: "E902",
    sqlcipher.SQLITE_CANTOPEN: "E902",
    sqlcipher.SQLITE_BUSY: "E903",
    sqlcipher.SQLITE_LOCKED: "E903",
    sqlcipher.SQLITE_IOERR: "E904",
    sqlcipher.SQLITE_CORRUPT: "E906",
    sqlcipher.SQLITE_NOTADB: "E906",
}

Error: type[Exception] = sqlcipher.Error
"""What the driver raises."""


def code_of(error: BaseException) -> str | None:
    """Return our code for a failure of the driver, None for a fault of ours."""
    if isinstance(error, sqlcipher.IntegrityError):
        return "E905" if str(error).startswith(_TAKEN) else "E907"
    return _MEANING.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
