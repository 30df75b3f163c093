"""The number SQLite keeps for an application in the head of its file (``PRAGMA user_version``)."""

from sqlalchemy import Connection


def read(connection: Connection) -> int:
    """Return the number, 0 in a new file."""
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar() or 0)


def write(connection: Connection, number: int) -> None:
    """Set the number, in the transaction of the connection."""
    connection.exec_driver_sql(f"PRAGMA user_version = {number:d}")
