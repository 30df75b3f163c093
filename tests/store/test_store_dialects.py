"""What the store asks of a database, it can ask of SQLite and of PostgreSQL."""

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType

import pytest
from sqlalchemy.dialects import registry

import kimdesk.casework
import kimdesk.store
import kimdesk.sync
from kimdesk.domain.kinds import RECORD_TYPES, kind_of
from kimdesk.domain.records import Record
from kimdesk.store import history
from kimdesk.store.mapping import shape
from kimdesk.store.sql import Statement

CORNERS = ("kimdesk.store.sqlite", "kimdesk.store.migrations")


def modules() -> Iterator[ModuleType]:
    for room in (kimdesk.store, kimdesk.sync, kimdesk.casework):
        for found in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            if not found.name.startswith(CORNERS):
                yield importlib.import_module(found.name)


def statements() -> Iterator[tuple[str, Statement]]:
    for module in modules():
        for name, value in vars(module).items():
            if isinstance(value, Statement):
                yield f"{module.__name__}.{name}", value


@pytest.mark.parametrize("database", ["sqlite.pysqlite", "postgresql.psycopg"])
def test_every_statement_has_words_for_either_database(database: str) -> None:
    found = dict(statements())
    assert len(found) > 50
    for name, statement in found.items():
        ready = statement.ready_for(registry.load(database)())
        assert all(f":{each}" in ready.text or f"%({each})s" in ready.text for each in ready.names), name


@pytest.mark.parametrize("record_type", RECORD_TYPES, ids=kind_of)
def test_records_are_read_written_and_kept_on_either_database(record_type: type[Record]) -> None:
    one = shape(record_type)
    every = (one.by_id, one.of_case, one.insert, one.update, one.delete, history._keeping(record_type))  # type: ignore[arg-type]
    for database in ("sqlite.pysqlite", "postgresql.psycopg"):
        assert all(each.ready_for(registry.load(database)()).text for each in every)
