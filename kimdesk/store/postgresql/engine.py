"""SQLAlchemy on a PostgreSQL server."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Engine

PATIENCE = 10
"""Seconds to wait for the server to answer."""


def build_engine(address: str) -> "Engine":
    """Return an engine on the server at ``address`` (``postgresql+psycopg://…``); nothing is asked yet.

    No failure tells the values of its statement. A connection that broke meanwhile is made anew before it
    is used.
    """
    from sqlalchemy import create_engine

    return create_engine(
        address, hide_parameters=True, pool_pre_ping=True, connect_args={"connect_timeout": PATIENCE}
    )
