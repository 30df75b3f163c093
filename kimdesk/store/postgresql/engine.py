"""SQLAlchemy on a PostgreSQL server."""

from typing import TYPE_CHECKING, Final

from kimdesk.store.postgresql.address import ServerAddress, read_address

if TYPE_CHECKING:
    from sqlalchemy import Engine

PATIENCE: Final = 10
"""Seconds to wait for the server to answer."""
TURN: Final = 120
"""Seconds to wait for whoever writes the same at the moment."""
LINE: Final = {
    "connect_timeout": PATIENCE,
    "application_name": "KIMdesk",
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "options": f"-c lock_timeout={TURN}s -c client_encoding=UTF8",
}
"""How every connection is made, whatever the address says."""


def build_engine(address: str | ServerAddress) -> "Engine":
    """Return an engine on the server at ``address`` (see ``address``); nothing is asked yet.

    No failure tells the values of its statement, and the engine does not tell the address. A connection that
    broke meanwhile is made anew before it is used. Raises StoreError as ``read_address``.
    """
    from sqlalchemy import create_engine

    known = read_address(address) if isinstance(address, str) else address
    return create_engine(
        "postgresql+psycopg://",
        hide_parameters=True,
        pool_pre_ping=True,
        connect_args={**known.parameters(), **LINE},
    )


def demand_usable(engine: "Engine") -> None:
    """Ask the server once. Raises StoreError as ``failures.understood``, E959 for one that is not UTF-8."""
    from sqlalchemy import text

    from kimdesk.domain.errors import StoreError
    from kimdesk.store.failures import understood

    with understood(), engine.connect() as connection:
        if connection.execute(text("SHOW server_encoding")).scalar() != "UTF8":
            raise StoreError("E959")
