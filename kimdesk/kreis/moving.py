"""Moving the registry of a Kreis from its vault to a server and back.

Every table goes over in one transaction of the target, is read again on both sides and compared row by row.
Only then the vault says where the registry stands, and what stood there before is emptied. Until then the
source is what counts, whatever happens.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import msgspec
from sqlalchemy import Column, Connection, Engine, Integer, Table, Text, delete, func, select, text
from sqlalchemy.types import TypeDecorator

from kimdesk.casework.desk import Desk, demand_server, note_server
from kimdesk.casework.events import REGISTRY as REGISTRY_CHANGED
from kimdesk.domain.errors import BundleError, KimdeskError, StoreError
from kimdesk.kreis.registry import REGISTRY, metadata
from kimdesk.kreis.rows import EVERYTHING
from kimdesk.store.dialect import POSTGRESQL
from kimdesk.store.failures import understood
from kimdesk.store.postgresql import dumps
from kimdesk.store.postgresql.engine import build_engine
from kimdesk.store.postgresql.turns import is_free
from kimdesk.store.work import Writer

EMBEDDED: Final = "embedded"
_BATCH: Final = 2_000
_STREAMED: Final = {"stream_results": True, "max_row_buffer": _BATCH}
Progress = Callable[[int, int], None]
Digests = Mapping[str, tuple[int, str]]


@dataclass(frozen=True, slots=True)
class MovedRegistry:
    """What was moved: rows by table; whether the place it stood in could be emptied."""

    to_server: bool
    tables: Mapping[str, int]
    emptied: bool

    @property
    def rows(self) -> int:
        """Return how many rows there are."""
        return sum(self.tables.values())


def move(desk: Desk, to: str, *, progress: Progress | None = None) -> MovedRegistry:
    """Move the registry to the server at the address ``to``, or into the vault (``EMBEDDED``).

    ``progress`` is told (rows done, all). Nothing is changed when it raises: BundleError E806 in the vault of
    a desk, StoreError E967 when it stands there already, E966 when something else does, E968 while another
    office is at work, E969 when what arrived is not the same, and what ``demand_server`` raises.
    """
    if desk.role != "kreis":
        raise BundleError("E806")
    moved = _to_vault(desk, progress) if to == EMBEDDED else _to_server(desk, to, progress)
    desk.announce(REGISTRY_CHANGED)
    return moved


def _to_server(desk: Desk, address: str, progress: Progress | None) -> MovedRegistry:
    if desk.server is not None:
        raise StoreError("E967")
    demand_server(address, desk.role)
    engine = build_engine(address)
    try:
        _prepare(desk, engine)
        with desk.writing() as writer:
            with _alone(engine) as there:
                found = _carry(writer.connection, there, progress)
            _settle(desk, writer, address)
            _empty(writer.connection)
    finally:
        engine.dispose()
    desk.use_server(address)
    return MovedRegistry(to_server=True, tables=found, emptied=True)


def _to_vault(desk: Desk, progress: Progress | None) -> MovedRegistry:
    engine = desk.server
    if engine is None:
        raise StoreError("E967")
    _prepare(desk, engine)
    found: Mapping[str, int] = {}
    emptied = False
    try:
        with _alone(engine) as there:
            with desk.writing() as writer:
                found = _carry(there, writer.connection, progress)
                _settle(desk, writer, "")
            emptied = True  # the vault counts from here on
            _empty(there)
    except KimdeskError:
        if not emptied:
            raise
        emptied = False
    desk.use_server("")
    with desk.vault.connection() as kept:
        dumps.forget_dump(kept)  # of the backup this vault was made from
    return MovedRegistry(to_server=False, tables=found, emptied=emptied)


def _prepare(desk: Desk, server: Engine) -> None:
    for engine in (desk.vault.engine, server):
        REGISTRY.bring_up_to_date(engine)


def _settle(desk: Desk, writer: Writer, address: str) -> None:
    note_server(writer, address)
    writer.record("registry_moved", "kreis", desk.vault.header.vault_id)


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """Yield a connection in a transaction beside which nobody writes to the registry on the server."""
    with understood(), engine.connect() as connection, connection.begin():
        if not is_free(connection, EVERYTHING):
            raise StoreError("E968")
        yield connection


def _carry(source: Connection, target: Connection, progress: Progress | None) -> Mapping[str, int]:
    """Bring everything over unless the very same stands there, and compare; return rows by table."""
    with understood():
        if _any(target):
            if digests(source) != digests(target):
                raise StoreError("E966")
        else:
            _copy(source, target, progress)
        expected, arrived = digests(source), digests(target)
    if expected != arrived:
        raise StoreError("E969")
    return {name: rows for name, (rows, _) in arrived.items()}


def _any(connection: Connection) -> bool:
    wanted = (
        select(table.c[table.primary_key.columns.keys()[0]]).limit(1) for table in metadata.sorted_tables
    )
    return any(connection.execute(each).first() is not None for each in wanted)


def _copy(source: Connection, target: Connection, progress: Progress | None) -> None:
    total = sum(_count(source, table) for table in metadata.sorted_tables)
    done = 0
    for table in metadata.sorted_tables:
        for batch in _batches(source, table):
            _write(target, table, batch)
            done += len(batch)
            if progress:
                progress(done, total)
        _count_on(target, table)


def _count(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar() or 0


def _batches(connection: Connection, table: Table) -> Iterator[list[tuple[Any, ...]]]:
    """Yield the rows of a table as they are stored, by their keys in the order of bytes."""
    keys = ", ".join(_key(connection, each) for each in table.primary_key)
    words = f"SELECT {_names(table)} FROM {table.name} ORDER BY {keys}"  # noqa: S608 - names of our own
    found = connection.execute(text(words), execution_options=_STREAMED)
    while batch := found.fetchmany(_BATCH):
        yield [tuple(row) for row in batch]


def _key(connection: Connection, column: Column[Any]) -> str:
    impl = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
    plain = connection.dialect.name != POSTGRESQL or not isinstance(impl, Text)
    return f'"{column.name}"' if plain else f'"{column.name}" COLLATE "C"'


def _names(table: Table) -> str:
    return ", ".join(f'"{each.name}"' for each in table.columns)


def _write(target: Connection, table: Table, rows: list[tuple[Any, ...]]) -> None:
    database: Any = target.connection.driver_connection
    if target.dialect.name == POSTGRESQL:
        with database.cursor().copy(f"COPY {table.name} ({_names(table)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    else:
        marks = ", ".join("?" * len(table.columns))
        words = f"INSERT INTO {table.name} ({_names(table)}) VALUES ({marks})"  # noqa: S608 - names of our own
        database.cursor().executemany(words, rows)


def _count_on(target: Connection, table: Table) -> None:
    """Let the numbers that the server gives out follow on those that stand there."""
    [first, *others] = table.primary_key
    if others or not isinstance(first.type, Integer) or target.dialect.name != POSTGRESQL:
        return
    sequence = func.pg_get_serial_sequence(table.name, first.name)
    if target.execute(select(sequence)).scalar() is not None:
        last = select(func.coalesce(func.max(first), 0)).scalar_subquery()
        target.execute(select(func.setval(sequence, last + 1, False)))


def digests(connection: Connection) -> Digests:
    """Return how many rows each table has, and a digest over them by their keys."""
    found = {}
    for table in metadata.sorted_tables:
        digest, rows = hashlib.blake2b(digest_size=32), 0
        for batch in _batches(connection, table):
            digest.update(b"".join(map(msgspec.msgpack.encode, batch)))
            rows += len(batch)
        found[table.name] = (rows, digest.hexdigest())
    return found


def _empty(connection: Connection) -> None:
    with understood():
        for table in reversed(metadata.sorted_tables):
            connection.execute(delete(table))
