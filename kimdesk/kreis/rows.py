"""Writing rows of the registry: one transaction, and "insert or update" in the words of either database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

from kimdesk.kreis.registry import Registry
from kimdesk.store.audit import Trail
from kimdesk.store.failures import understood


@contextmanager
def transaction(registry: Registry) -> Iterator[Connection]:
    """Read and write in one transaction that any exception undoes. Raises StoreError for the database."""
    with understood(), registry.engine.connect() as free:
        connection = free.execution_options(immediate=True)
        with connection.begin():
            yield connection


def tell(registry: Registry, connection: Connection, action: str, record_id: str) -> None:
    """Note ``action`` in the audit trail of the Kreis's vault, in the transaction it belongs to.

    ``record_id`` is a desk's key or a bundle's hash, never a person.
    """
    Trail(connection, registry.desk.actor).append(action, "kreis", record_id, "")


def upsert(connection: Connection, table: Table) -> Any:
    """Return an insert into ``table`` that takes ``on_conflict_do_update``."""
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)
