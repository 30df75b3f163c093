"""Looking for damage in an open vault."""

from contextlib import suppress

import sqlcipher3.dbapi2 as sqlcipher

from kimdesk.domain.errors import KimdeskError
from kimdesk.vault.database import Connection
from kimdesk.vault.vault import Vault

_LIMIT = 20


def check(vault: Vault, full: bool = False) -> list[str]:
    """Return what is wrong with the database, at most 20 findings of each kind; nothing when it is whole.

    The cipher's check sees changed pages, SQLite's sees missing ones: neither alone is enough (SECURITY
    §0, trap 4). ``full`` also compares every index with its table. No finding names what is stored.
    """
    with suppress(KimdeskError):  # the checks below say what is wrong
        vault.checkpoint()
    with vault.connection() as connection:
        return findings(connection, full)


def findings(connection: Connection, full: bool = False) -> list[str]:
    """Return what is wrong with the database behind ``connection``; see ``check``."""
    return [
        *_findings(connection, "cipher", "cipher_integrity_check"),
        *_findings(connection, "structure", f"{'integrity' if full else 'quick'}_check({_LIMIT})"),
        *_findings(connection, "reference", "foreign_key_check"),
    ]


def _findings(connection: Connection, kind: str, pragma: str) -> list[str]:
    try:
        rows = connection.execute(f"PRAGMA {pragma}").fetchmany(_LIMIT)
    except sqlcipher.DatabaseError:
        return [f"{kind}: unreadable"]
    return [f"{kind}: {' '.join(str(part) for part in row)}" for row in rows if row != ("ok",)]
