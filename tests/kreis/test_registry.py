"""The registry is the same on SQLite and PostgreSQL, and has a place for all that may leave a desk."""

from dataclasses import fields

import pytest
from sqlalchemy import Table
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.dialects.sqlite.base import SQLiteDialect
from sqlalchemy.engine import Dialect
from sqlalchemy.schema import CreateTable

from kimdesk.domain.kinds import RECORD_TYPES, kind_of
from kimdesk.domain.records import Record
from kimdesk.kreis.registry import RECORDS, metadata

DIALECTS = [SQLiteDialect(), PGDialect()]  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("dialect", DIALECTS, ids=["sqlite", "postgresql"])
@pytest.mark.parametrize("table", metadata.sorted_tables, ids=str)
def test_every_table_can_be_made_on_either_database(table: Table, dialect: Dialect) -> None:
    assert str(CreateTable(table).compile(dialect=dialect))


@pytest.mark.parametrize("record_type", RECORD_TYPES, ids=kind_of)
def test_there_is_a_place_for_every_field(record_type: type[Record]) -> None:
    columns = RECORDS[kind_of(record_type)].c
    assert {each.name for each in fields(record_type)} - {"extra"} <= {each.name for each in columns}
