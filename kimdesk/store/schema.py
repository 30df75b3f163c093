"""Bringing a vault's schema to the state this program knows."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from kimdesk.domain.errors import StoreError
from kimdesk.store.failures import understood
from kimdesk.store.sqlite import number
from kimdesk.store.steps import Schema, run

if TYPE_CHECKING:
    from sqlalchemy import Engine

HEAD = "0018"
VAULT: Final = Schema(Path(__file__).parent / "migrations" / "versions", "alembic_version", HEAD)


def reached(engine: "Engine") -> str:
    """Return the number of the last step that was made, "0000" in a new vault."""
    with understood(), engine.connect() as connection, connection.begin():
        return f"{number.read(connection):04}"


def migrate(engine: "Engine", revision: str = HEAD) -> None:
    """Bring the schema to ``revision``, wholly or not at all; nothing is done when it is there.

    The file itself holds the number of the revision, so that Alembic is only loaded when there is something
    to do. Raises StoreError E908 for a schema of a newer KIMdesk.
    """
    with understood(), engine.connect() as free:
        connection = free.execution_options(immediate=True)
        with connection.begin():
            found = f"{number.read(connection):04}"
            if found > HEAD:
                raise StoreError("E908")
            if found != revision:
                run(VAULT.configuration(connection), found, revision)
                number.write(connection, int(revision))
