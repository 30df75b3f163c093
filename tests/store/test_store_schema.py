"""The schema goes up, down and up again on a real vault, and is what the program expects."""

import re
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine

import kimdesk
from kimdesk.domain.errors import StoreError
from kimdesk.domain.records import Case
from kimdesk.store import schema
from kimdesk.store.tables import metadata
from kimdesk.store.work import reading, writing
from kimdesk.vault import Vault, check

FOREIGN = ("search_name", "search_text", "alembic_", "vault_")


def names(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        return {row[0] for row in connection.exec_driver_sql("SELECT name FROM sqlite_master")}


def ours(_: object, name: str | None, kind: str, __: bool, ___: object) -> bool:
    """Leave out Alembic's own table, the search index and what the vault keeps about itself."""
    return kind != "table" or not (name or "").startswith(FOREIGN)


def test_the_head_of_the_schema_is_what_the_tables_say(engine: Engine) -> None:
    with engine.connect() as connection:
        options: dict[str, Any] = {"include_object": ours, "compare_type": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []


def test_down_and_up_again(vault: Vault) -> None:
    before = names(vault.engine)
    schema.migrate(vault.engine)
    made = names(vault.engine)
    schema.migrate(vault.engine, "0000")
    assert {name for name in names(vault.engine) - before if "alembic" not in name} <= {"sqlite_sequence"}
    schema.migrate(vault.engine)
    assert names(vault.engine) == made
    assert check(vault, full=True) == []


def test_a_second_time_changes_nothing(engine: Engine, case: Case) -> None:
    schema.migrate(engine)
    with reading(engine) as reader:
        assert reader.get(Case, case.id) == case


def test_a_vault_of_a_newer_program_is_left_alone(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql(f"PRAGMA user_version = {int(schema.HEAD) + 1}")
    with pytest.raises(StoreError, match="E908"):
        schema.migrate(engine)


def test_a_migration_that_fails_leaves_the_vault_as_it_was(vault: Vault) -> None:
    with vault.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE search_doc (in_the_way INTEGER)")
    before = names(vault.engine)
    with pytest.raises(Exception, match="already exists"):
        schema.migrate(vault.engine)
    assert names(vault.engine) == before


def test_every_record_table_reports_its_changes(engine: Engine) -> None:
    from kimdesk.store.tables import RECORD_TABLES

    expected = {
        f"{table.name}_{event}"
        for table in RECORD_TABLES.values()
        for event in ("INSERT", "UPDATE", "DELETE")
    }
    assert expected <= names(engine)


def test_the_store_works_once_migrated_by_hand(vault: Vault) -> None:
    schema.migrate(vault.engine, schema.HEAD)
    with writing(vault.engine, "Kim") as writer:
        assert writer.cases == frozenset()


@pytest.mark.parametrize("folder", ["store/migrations/versions", "sync/migrations", "kreis/migrations"])
def test_steps_follow_one_on_the_other_each_with_a_number_of_its_own(folder: str) -> None:
    """Two that were made on the same day once had the same number: one of them was never made."""
    steps = sorted((Path(kimdesk.__file__).parent / folder).glob("v*.py"))
    found = [re.findall(r'^(?:down_)?revision = "?(\w+)"?$', each.read_text("utf-8"), re.M) for each in steps]
    numbers = [f"{number:04}" for number in range(1, len(steps) + 1)]
    assert [each[0] for each in found] == numbers
    assert [each[1] for each in found[1:]] == numbers[:-1]
    assert [each.name[1:5] for each in steps] == numbers
