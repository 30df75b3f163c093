"""Writing rows of the registry: one transaction, and "insert or update" in the words of either database."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table

from kimdesk.kreis.registry import Registry
from kimdesk.store.audit import Trail
from kimdesk.store.columns import Stored
from kimdesk.store.dialect import insert_for
from kimdesk.store.failures import understood


@contextmanager
def transaction(registry: Registry) -> Iterator[Connection]:
    """Read and write in one transaction that any exception undoes. Raises StoreError for the database."""
    with understood(), registry.engine.connect() as free:
        connection = free.execution_options(immediate=True)
        with connection.begin():
            yield connection


class RegistryWork(NamedTuple):
    """A transaction of the registry that the audit trail tells of; the trail belongs to the Kreis's vault."""

    connection: Connection
    trail: Trail

    def tell(self, action: str, record_id: str) -> None:
        """Note ``action``; ``record_id`` is a desk's key or a bundle's hash, never a person."""
        self.trail.append(action, "kreis", record_id, "")


@contextmanager
def working(registry: Registry) -> Iterator[RegistryWork]:
    """Write to the registry and tell of it: both, or on any exception neither.

    In one transaction where the registry stands in the vault. On a server the trail is written first: what
    breaks between the two is told though it was not done, and never done without being told.
    """
    with transaction(registry) as connection:
        if registry.in_vault:
            yield RegistryWork(connection, Trail(connection, registry.desk.actor))
        else:
            with transaction(Registry(registry.desk, registry.desk.vault.engine)) as vault:
                yield RegistryWork(connection, Trail(vault, registry.desk.actor))


def upsert(connection: Connection, table: Table) -> Any:
    """Return an insert into ``table`` that takes ``on_conflict_do_update``."""
    return insert_for(connection.dialect)(table)


class Rows:
    """Whole rows of ``table`` on their way in, by a ``statement`` compiled once for a database.

    SQLAlchemy writes the statement and hands the rows on; what it does to each value is done here, because
    that costs more than the database does.
    """

    def __init__(self, connection: Connection, table: Table, statement: Any) -> None:
        compiled = statement.compile(dialect=connection.dialect, column_keys=table.columns.keys())
        names = compiled.positiontup or table.columns.keys()
        self._text = str(compiled)
        self._positional = compiled.positiontup is not None
        self._names = tuple(names)
        self._encoders = [(name, _encoder(table, name)) for name in names]

    def write(self, connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
        """Write rows given by column; a column that is not named stays empty."""
        connection.exec_driver_sql(self._text, [self._stored(each) for each in rows])

    def _stored(self, row: Mapping[str, Any]) -> Any:
        found = [
            value if (value := row.get(name)) is None or encode is None else encode(value)
            for name, encode in self._encoders
        ]
        return tuple(found) if self._positional else dict(zip(self._names, found, strict=True))


def _encoder(table: Table, name: str) -> Any:
    kind = table.columns[name].type
    return kind.codec.encode if isinstance(kind, Stored) else None
