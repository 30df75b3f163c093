"""Tables of a room of its own beside the records: made when first needed, numbered, never half."""

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    Table,
    Text,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.schema import CreateColumn

from kimdesk.domain.errors import StoreError
from kimdesk.store.failures import understood

_rooms = Table(
    "room_schema",
    MetaData(),
    Column("room", Text, primary_key=True),
    Column("version", Integer, nullable=False),
)


def ensure(engine: Engine, metadata: MetaData, room: str, version: int) -> None:
    """Make the tables of ``room`` unless they are there; add what an older KIMdesk did not have.

    A column that is added later may be empty: rows that are there get no value for it.
    Works on SQLite and PostgreSQL. Raises StoreError E908 when a newer KIMdesk has changed them.
    """
    with understood(), engine.connect() as connection, connection.begin():
        found = _version(connection, room)
        if found is None:
            metadata.create_all(connection)
            connection.execute(insert(_rooms).values(room=room, version=version))
        elif found > version:
            raise StoreError("E908")
        elif found < version:
            _extend(connection, metadata)
            connection.execute(update(_rooms).where(_rooms.c.room == room).values(version=version))


def _version(connection: Connection, room: str) -> int | None:
    _rooms.create(connection, checkfirst=True)
    return connection.execute(select(_rooms.c.version).where(_rooms.c.room == room)).scalar()


def _extend(connection: Connection, metadata: MetaData) -> None:
    there = inspect(connection)
    columns = {name: {each["name"] for each in there.get_columns(name)} for name in there.get_table_names()}
    metadata.create_all(connection)
    for table in metadata.sorted_tables:
        for column in table.columns:
            if table.name in columns and column.name not in columns[table.name]:
                described = CreateColumn(column).compile(dialect=connection.dialect)
                connection.exec_driver_sql(f"ALTER TABLE {table.name} ADD COLUMN {described}")
