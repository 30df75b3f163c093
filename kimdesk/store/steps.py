"""Schemas: tables of a room of their own, made and changed in numbered steps, on SQLite and PostgreSQL.

Each schema keeps the number of its last step in a table of its own, so that several stand side by side in
one database and none knows of the others. (The vault's own schema is in ``schema``.)
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Column, MetaData, String, Table, inspect, select

from kimdesk.domain.errors import StoreError
from kimdesk.store.failures import understood
from kimdesk.store.postgresql.turns import take_turn

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection, Engine

NOTHING = "0000"
_ENVIRONMENT = Path(__file__).parent / "migrations"


@dataclass(frozen=True, slots=True)
class Schema:
    """``folder`` holds one module per step ("0001", "0002", …), ``head`` is the number of the last.

    ``version_table`` is where the database keeps the number it has reached.
    """

    folder: Path
    version_table: str
    head: str

    def bring_up_to_date(self, engine: "Engine") -> None:
        """Bring the tables to ``head``, wholly or not at all; nothing is done when they are there.

        Raises StoreError E908 for tables of a newer KIMdesk.
        """
        self.migrate(engine, self.head)

    def migrate(self, engine: "Engine", revision: str) -> None:
        """Bring the tables up or down to ``revision`` (``NOTHING``: none at all). Raises StoreError E908."""
        with understood(), engine.connect() as connection, connection.begin():
            found = self.found(connection)
        if found > self.head:
            raise StoreError("E908")
        if found != revision:
            with understood(), engine.connect() as free:
                connection = free.execution_options(immediate=True)
                with connection.begin():
                    take_turn(connection, self.version_table)
                    run(self.configuration(connection), self.found(connection), revision)

    def found(self, connection: "Connection") -> str:
        """Return the number of the last step that was made, ``NOTHING`` when there was none."""
        if not inspect(connection).has_table(self.version_table):
            return NOTHING
        table = Table(self.version_table, MetaData(), Column("version_num", String))
        return connection.execute(select(table.c.version_num)).scalar() or NOTHING

    def configuration(self, connection: "Connection") -> "Config":
        """Return Alembic's configuration for the steps of this schema, to be made on ``connection``."""
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(_ENVIRONMENT))
        config.set_main_option("path_separator", "newline")
        config.set_main_option("version_locations", str(self.folder))
        config.attributes["connection"] = connection
        config.attributes["version_table"] = self.version_table
        return config


def run(config: "Config", found: str, revision: str) -> None:
    """Make the steps from ``found`` up, or down, to ``revision``; none when it was reached meanwhile."""
    from alembic import command

    if revision > found:
        command.upgrade(config, revision)
    elif revision < found:
        command.downgrade(config, "base" if revision == NOTHING else revision)
