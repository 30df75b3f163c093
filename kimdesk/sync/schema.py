"""Tables of a room of its own beside the records: made when first needed, numbered, never half."""

from sqlalchemy import Column, Connection, Engine, Integer, MetaData, Table, Text, insert, select

from kimdesk.domain.errors import StoreError
from kimdesk.store.failures import understood

_rooms = Table(
    "room_schema",
    MetaData(),
    Column("room", Text, primary_key=True),
    Column("version", Integer, nullable=False),
)


def ensure(engine: Engine, metadata: MetaData, room: str, version: int) -> None:
    """Make the tables of ``room`` unless they are there.

    Works on SQLite and PostgreSQL. Raises StoreError E908 when a newer KIMdesk has changed them.
    """
    with understood(), engine.connect() as connection, connection.begin():
        found = _version(connection, room)
        if found is None:
            metadata.create_all(connection)
            connection.execute(insert(_rooms).values(room=room, version=version))
        elif found > version:
            raise StoreError("E908")


def _version(connection: Connection, room: str) -> int | None:
    _rooms.create(connection, checkfirst=True)
    return connection.execute(select(_rooms.c.version).where(_rooms.c.room == room)).scalar()
