"""SQLAlchemy on one encrypted connection."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import sqlcipher3.dbapi2 as sqlcipher

from kimdesk.vault.database import Connection

if TYPE_CHECKING:
    from sqlalchemy import Connection as SqlConnection
    from sqlalchemy import Engine


def build_engine(
    connect: Callable[[], Connection], begin_to_write: Callable[[], None], ended: Callable[[], None]
) -> "Engine":
    """Return an engine with a single connection, for which threads wait in turn.

    ``begin_to_write`` is asked before each transaction that writes, and raises what should stop it;
    ``ended`` is called after each transaction.

    Transactions begin with ``BEGIN``, or with ``BEGIN IMMEDIATE`` on a connection with the execution
    option ``immediate=True``, so that a writer that has read cannot be refused half way. No failure tells
    the values of its statement.
    """
    from sqlalchemy import QueuePool, create_engine, event

    engine = create_engine(
        "sqlite://", creator=connect, module=sqlcipher, poolclass=QueuePool, pool_size=1, max_overflow=0,
        hide_parameters=True,
    )  # fmt: skip

    def begin(connection: "SqlConnection") -> None:
        immediate = connection.get_execution_options().get("immediate", False)
        if immediate:
            begin_to_write()
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    event.listen(engine, "begin", begin)
    event.listen(engine, "checkin", lambda *_: ended())
    return engine
