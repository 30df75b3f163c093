"""What is wrong with a database, by every check there is."""

import sqlcipher3.dbapi2 as sqlcipher

from kimdesk.vault.database import Connection

_LIMIT = 20


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
