"""A verified copy of an open database, under the same key or another."""

import hashlib
import os
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, closing, nullcontext
from pathlib import Path
from typing import TypeVar

import msgspec

from kimdesk.domain.errors import VaultError
from kimdesk.domain.files import private_file
from kimdesk.vault.database import Connection, open_database, refuse_plain
from kimdesk.vault.integrity import findings
from kimdesk.vault.keys import derive

_T = TypeVar("_T")
Steps = Generator[float, None, _T]
"""Work in steps between which other work may be done: each yields how far it is, from 0 to 1."""

Lend = Callable[[], AbstractContextManager[Connection]]

PIECE = 4 * 1024 * 1024
_COUNTED = (
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
)
_AUDIT_HEAD = "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1"


def finished(steps: Steps[_T]) -> _T:
    """Do all ``steps`` at once and return their result."""
    try:
        while True:
            next(steps)
    except StopIteration as end:
        result: _T = end.value
        return result


def copy_database(source: Connection, path: Path, key: bytearray, *, settle: bool = True) -> bytes:
    """Do all of ``copy_steps`` at once. Nobody may write through ``source`` meanwhile."""
    return finished(copy_steps(lambda: nullcontext(source), path, key, settle=settle))


def copy_steps(lend: Lend, path: Path, key: bytearray, *, settle: bool = True) -> Steps[bytes]:
    """Write what the database that ``lend`` lends holds to a new file under ``key``; return its inventory.

    ``settle`` brings the log into the database before. The file has a salt of its own and is checked.
    Between two steps the database may be read and written: the copy holds the state of one moment. Raises
    VaultError E003 when the database is damaged (SQLite would copy a damaged page as an empty one), E014
    when the copy is not whole or not the same, and what the database and the disk raise.
    """
    with lend() as source:
        if settle:
            source.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        if findings(source):
            raise VaultError("E003")
    yield 0.3
    with lend() as source:
        if settle:
            source.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        _write(source, path, key)
        expected = inventory(source)
    yield 0.7
    with path.open("r+b") as file:
        os.fsync(file.fileno())
    refuse_plain(path)
    if checked_inventory(path, key) != expected:
        raise VaultError("E014")
    yield 1.0
    return expected


def carry_steps(source: Path, to: Path) -> Steps[str]:
    """Copy the file ``source`` to ``to`` piece by piece, each on the disk before the next.

    Returns the SHA-256, in hex, of what was read. Raises OSError, also when there is a file at ``to``.
    """
    whole, digest = max(source.stat().st_size, 1), hashlib.sha256()
    private_file(to)
    with source.open("rb") as old, to.open("r+b") as new:
        while piece := old.read(PIECE):
            digest.update(piece)
            new.write(piece)
            new.flush()
            os.fsync(new.fileno())
            yield min(1.0, new.tell() / whole)
    return digest.hexdigest()


def part(steps: Steps[_T], begin: float, end: float) -> Steps[_T]:
    """Do ``steps`` as the part of a larger work that leads from ``begin`` to ``end``."""
    with closing(steps):
        try:
            while True:
                yield begin + (end - begin) * next(steps)
        except StopIteration as last:
            result: _T = last.value
            return result


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


def inventory_seal(inventory: bytes, key: bytearray) -> str:
    """Return what a manifest says about the content: comparable, and telling nothing without the key."""
    return hashlib.blake2b(inventory, key=derive(key, "inventory"), digest_size=32).hexdigest()


def _write(source: Connection, path: Path, key: bytearray) -> None:
    copy = open_database(path, key, new=True)
    try:
        source.backup(copy)
        copy.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        copy.close()


def _count(connection: Connection, table: str) -> int:
    quoted = table.replace('"', '""')
    number: int = connection.execute(f'SELECT count(*) FROM "{quoted}"').fetchone()[0]  # noqa: S608 - quoted
    return number
