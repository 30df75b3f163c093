"""Bringing a vault's schema to the state this program knows."""

from pathlib import Path
from typing import TYPE_CHECKING

from kimdesk.domain.errors import StoreError
from kimdesk.store.failures import understood

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection, Engine

HEAD = "0002"


def migrate(engine: "Engine", revision: str = HEAD) -> None:
    """Bring the schema to ``revision``, wholly or not at all; nothing is done when it is there.

    ``PRAGMA user_version`` holds the number of the revision, so that Alembic is only loaded when there
    is something to do. Raises StoreError E908 for a schema of a newer KIMdesk.
    """
    with understood(), engine.connect() as free:
        connection = free.execution_options(immediate=True)
        with connection.begin():
            found = int(connection.exec_driver_sql("PRAGMA user_version").scalar() or 0)
            if found > int(HEAD):
                raise StoreError("E908")
            if found != int(revision):
                _run(connection, found, revision)
                connection.exec_driver_sql(f"PRAGMA user_version = {int(revision)}")


def _run(connection: "Connection", found: int, revision: str) -> None:
    from alembic import command

    config = configuration()
    config.attributes["connection"] = connection
    if int(revision) > found:
        command.upgrade(config, revision)
    else:
        command.downgrade(config, revision if int(revision) else "base")


def configuration() -> "Config":
    """Return Alembic's configuration for the steps in ``kimdesk/store/migrations``."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config
