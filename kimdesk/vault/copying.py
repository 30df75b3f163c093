"""A verified copy of an open database, under the same key or another."""

import os
from pathlib import Path

import msgspec

from kimdesk.domain.errors import VaultError
from kimdesk.vault.checks import findings
from kimdesk.vault.database import Connection, open_database, refuse_plain

_COUNTED = (
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
)
_AUDIT_HEAD = "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1"


def copy_database(source: Connection, path: Path, key: bytearray) -> bytes:
    """Write what ``source`` holds to a new file under ``key``, check it, and return its inventory.

    The file has a salt of its own. Nobody may write through ``source`` meanwhile. Raises VaultError E003
    when ``source`` is damaged (SQLite would copy a damaged page as an empty one), E014 when the copy is not
    whole or not the same, and what the database and the disk raise.
    """
    source.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    if findings(source):
        raise VaultError("E003")
    copy = open_database(path, key, new=True)
    try:
        source.backup(copy)
        copy.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        copy.close()
    with path.open("r+b") as file:
        os.fsync(file.fileno())
    refuse_plain(path)
    found = checked_inventory(path, key)
    if found is None or found != inventory(source):
        raise VaultError("E014")
    return found


def checked_inventory(path: Path, key: bytearray) -> bytes | None:
    """Return the inventory of the database at ``path``, None when one of the checks finds damage."""
    connection = open_database(path, key)
    try:
        return None if findings(connection, full=True) else inventory(connection)
    finally:
        connection.close()


def inventory(connection: Connection) -> bytes:
    """Return what equal databases have in common: tables, the rows in each, the end of the audit trail."""
    tables = [name for (name,) in connection.execute(_COUNTED).fetchall()]
    rows = [(name, _count(connection, name)) for name in tables]
    head = connection.execute(_AUDIT_HEAD).fetchone() if "audit" in tables else None
    version = connection.execute("PRAGMA user_version").fetchone()
    return msgspec.json.encode([rows, head, version])


def _count(connection: Connection, table: str) -> int:
    quoted = table.replace('"', '""')
    number: int = connection.execute(f'SELECT count(*) FROM "{quoted}"').fetchone()[0]  # noqa: S608 - quoted
    return number
