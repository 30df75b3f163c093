"""SQLAlchemy on one encrypted connection."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import sqlcipher3.dbapi2 as sqlcipher

from kimdesk.vault.database import Connection

if TYPE_CHECKING:
    from sqlalchemy import Connection as SqlConnection
    from sqlalchemy import Engine


def build_engine(connect: Callable[[], Connection]) -> "Engine":
    """Return an engine with a single connection, for which threads wait in turn.

    Transactions begin with ``BEGIN``, or with ``BEGIN IMMEDIATE`` on a connection with the execution
    option ``immediate=True``, so that a writer that has read cannot be refused half way.
    """
    from sqlalchemy import QueuePool, create_engine, event

    engine = create_engine(
        "sqlite://", creator=connect, module=sqlcipher, poolclass=QueuePool, pool_size=1, max_overflow=0
    )
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: "SqlConnection") -> None:
    immediate = connection.get_execution_options().get("immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
