"""Writing rows of the registry: one transaction, and "insert or update" in the words of either database.

On a server several offices write at the same time. They take turns, always in this order: ``EVERYTHING`` (who
reads bundles in or answers takes it together with others, who decides about desks alone), then the desk whose
bundle is read in, and last the numbers that only rise, ``RECEIPTS`` or ``ANSWERS``: who has one is followed
by nobody who could be told before.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum, auto
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Table

from kimdesk.kreis.registry import Registry
from kimdesk.store.audit import Trail
from kimdesk.store.dialect import POSTGRESQL, insert_for
from kimdesk.store.failures import understood
from kimdesk.store.postgresql.turns import take_turn

EVERYTHING: Final = "registry"
RECEIPTS: Final = "registry receipts"
ANSWERS: Final = "registry answers"


class WrittenBeside(Enum):
    """Whom others may write beside."""

    NOBODY = auto()
    ANYBODY = auto()


@contextmanager
def transaction(registry: Registry) -> Iterator[Connection]:
    """Read and write in one transaction that any exception undoes. Raises StoreError for the database."""
    with understood(), registry.engine.connect() as free:
        connection = free.execution_options(immediate=True)
        with connection.begin():
            yield connection


@contextmanager
def snapshot(registry: Registry) -> Iterator[Connection]:
    """Read in one transaction that sees everything as it was at its beginning. Raises StoreError likewise.

    On a server nobody waits for it. In a vault, which has one connection, others wait while it lasts: what
    takes long is done after it.
    """
    with understood(), registry.engine.connect() as free:
        connection = free
        if free.dialect.name == POSTGRESQL:
            connection = free.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
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
def working(
    registry: Registry, beside: WrittenBeside = WrittenBeside.NOBODY, desk_id: str = ""
) -> Iterator[RegistryWork]:
    """Write to the registry and tell of it: both, or on any exception neither.

    Others may write ``beside``, but nobody to what ``desk_id`` sends. Raises StoreError E955 when they do not
    come to an end.

    In one transaction where the registry stands in the vault. On a server the trail is written first: what
    breaks between the two is told though it was not done, and never done without being told.
    """
    with transaction(registry) as connection:
        take_turn(connection, EVERYTHING, together=beside is WrittenBeside.ANYBODY)
        if desk_id:
            take_turn(connection, desk_id)
        if registry.in_vault:
            yield RegistryWork(connection, Trail(connection, registry.desk.actor))
        else:
            with transaction(Registry(registry.desk, registry.desk.vault.engine)) as vault:
                yield RegistryWork(connection, Trail(vault, registry.desk.actor))


def upsert(connection: Connection, table: Table) -> Any:
    """Return an insert into ``table`` that takes ``on_conflict_do_update``."""
    return insert_for(connection.dialect)(table)
