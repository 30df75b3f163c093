"""The encrypted database: opened with the raw key, set up, and never without its cipher."""

from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from kimdesk.domain.errors import VaultError
from kimdesk.domain.files import private_file
from kimdesk.vault.keys import wipe

Connection = Any  # sqlcipher3 has no types

DATABASE = "data.db"
LOG = f"{DATABASE}-wal"

_PLAIN = b"SQLite format 3"
_STATEMENTS = 512  # kept prepared; with the default of 20-odd every save would be prepared anew
_SETTINGS = (
    "locking_mode = EXCLUSIVE",
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "secure_delete = ON",
    "temp_store = MEMORY",
    "cache_size = -65536",
    "mmap_size = 0",
)


def open_database(path: Path, key: bytearray, *, new: bool = False) -> Connection:
    """Return a connection to the database at ``path``, locked for this process.

    ``new`` makes the file, its owner's alone, as is then what SQLite puts beside it. Raises VaultError E003
    when the file is missing, E034 when it may not be read, E006 when it is not encrypted or the cipher is
    missing, and sqlcipher3's DatabaseError when it is damaged, in use or of another key.
    """
    if new:
        private_file(path)
    else:
        refuse_plain(path)
    connection = sqlcipher.connect(
        f"{path.absolute().as_uri()}?mode=rw",
        uri=True,
        timeout=0,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=_STATEMENTS,
    )
    try:
        _unseal(connection, key)
        _set_up(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def refuse_plain(path: Path) -> None:
    """Raise VaultError E006 when the file at ``path`` is a database in clear, E003 when there is none.

    E034 when it may not be read.

    Never while it is open: on POSIX, closing any handle on a file gives up SQLite's lock on it.
    """
    try:
        with path.open("rb") as file:
            start = file.read(len(_PLAIN))
    except FileNotFoundError:
        raise VaultError("E003") from None
    except PermissionError:
        raise VaultError("E034") from None
    if start == _PLAIN:
        raise VaultError("E006")


def _unseal(connection: Connection, key: bytearray) -> None:
    """Give the key as bytes, not as SQL text: fewer copies of it stay in memory (SECURITY §0, trap 8)."""
    connection.execute("PRAGMA cipher_log_level = NONE")
    literal = bytearray(b"x'" + key.hex().encode() + b"'")
    connection.set_key(literal)
    wipe(literal)
    if not connection.execute("PRAGMA cipher_version").fetchone():
        raise VaultError("E006")


def _set_up(connection: Connection) -> None:
    for setting in _SETTINGS:
        connection.execute(f"PRAGMA {setting}").fetchall()
    connection.execute("BEGIN EXCLUSIVE")
    connection.execute("COMMIT")
    connection.set_authorizer(_authorize)


def _authorize(action: int, *_details: str | None) -> int:
    denied: int = sqlcipher.SQLITE_DENY if action == sqlcipher.SQLITE_ATTACH else sqlcipher.SQLITE_OK
    return denied
