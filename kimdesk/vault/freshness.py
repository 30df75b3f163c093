"""Whether the database is the one last seen: a counter inside it, and an anchor beside it.

SQLCipher notices a changed page but not a page, or a whole file, put back from yesterday. The anchor is
authenticated by the vault's key and holds the counter of the last checkpoint; a database that counts less
was put back. Who puts back the anchor too is noticed only by the Kreis.
"""

from pathlib import Path
from typing import Annotated

import msgspec

from kimdesk.domain.errors import VaultError
from kimdesk.domain.files import write_atomically
from kimdesk.vault.database import Connection
from kimdesk.vault.keys import is_genuine, seal_line, split_line

ANCHOR = "anchor"
_PURPOSE = "anchor"
_SIZE_LIMIT = 4096


class _Anchor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    vault_id: str
    counter: Annotated[int, msgspec.Meta(ge=0, le=2**62)]


def create_state(connection: Connection, vault_id: str) -> None:
    """Make the one-row table in which the database says whose it is and how often it was anchored."""
    connection.execute(
        "CREATE TABLE vault_state (id INTEGER PRIMARY KEY CHECK (id = 1),"
        " vault_id TEXT NOT NULL, counter INTEGER NOT NULL) STRICT"
    )
    connection.execute("INSERT INTO vault_state VALUES (1, ?, 0)", (vault_id,))


def read_state(connection: Connection) -> tuple[str, int]:
    """Return the vault's id and the counter from the database. Raises sqlcipher3's DatabaseError."""
    found: tuple[str, int] | None = connection.execute("SELECT vault_id, counter FROM vault_state").fetchone()
    return found or ("", 0)


def advance(connection: Connection, seen: int) -> int:
    """Count one further than the database and than ``seen``; return the new counter."""
    counter = max(read_state(connection)[1], seen) + 1
    connection.execute("UPDATE vault_state SET counter = ?", (counter,))
    return counter


def mark_restored(connection: Connection) -> None:
    """Note in the database that it is a restored backup, by an empty table."""
    connection.execute("CREATE TABLE IF NOT EXISTS vault_restored (id INTEGER PRIMARY KEY) STRICT")


def is_restored(connection: Connection) -> bool:
    """Say whether that note stands."""
    named = connection.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'vault_restored'").fetchone()
    return bool(named[0])


def settle_restored(connection: Connection) -> None:
    """Take the note away."""
    connection.execute("DROP TABLE IF EXISTS vault_restored")


def write_anchor(folder: Path, key: bytearray, vault_id: str, counter: int) -> None:
    """Write down that ``counter`` was seen. Raises OSError."""
    line = msgspec.json.encode(_Anchor(vault_id, counter))
    write_atomically(folder / ANCHOR, seal_line(line, key, _PURPOSE))


def read_anchor(folder: Path, key: bytearray, vault_id: str) -> int | None:
    """Return the counter last seen, or None when there is no genuine anchor.

    That is no reason to refuse: an anchor can be lost, and who can forge nothing can still delete. One that
    is there and cannot be read is a reason: VaultError E034 when that is not allowed, OSError when it fails.
    """
    try:
        with (folder / ANCHOR).open("rb") as file:
            parts = split_line(file.read(_SIZE_LIMIT))
    except (FileNotFoundError, IsADirectoryError):
        return None
    except PermissionError:
        raise VaultError("E034") from None
    if not parts or not is_genuine(*parts, key, _PURPOSE):
        return None
    try:
        anchor = msgspec.json.decode(parts[0], type=_Anchor)
    except (ValueError, msgspec.MsgspecError):
        return None
    return anchor.counter if anchor.vault_id == vault_id else None
