"""Writing rows of the registry: one transaction, and "insert or update" in the words of either database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table

from kimdesk.kreis.registry import Registry
from kimdesk.store.audit import Trail
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
