"""Tables of rooms are made in steps, up and down, and taken over from vaults that had them before."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, MetaData, inspect

from kimdesk import kreis, sync
from kimdesk.domain.errors import StoreError
from kimdesk.domain.records import Goal
from kimdesk.kreis import registry
from kimdesk.store.schema import migrate
from kimdesk.store.steps import NOTHING, Schema
from kimdesk.sync import tables
from kimdesk.vault import Vault
from tests.sync.exchange import NOW, Exchange, open_exchange

SECOND = Path(__file__).parent.parent / "vault" / "fixtures" / "second-schema"
ROOMS = pytest.mark.parametrize(
    ("schema", "metadata"),
    [(tables.SYNC, tables.metadata), (registry.REGISTRY, registry.metadata)],
    ids=["sync", "registry"],
)


@pytest.fixture
def engine(vault: Vault) -> Engine:
    """The engine of an open vault with an empty store."""
    migrate(vault.engine)
    return vault.engine


@pytest.fixture
def second(tmp_path: Path) -> Iterator[Exchange]:
    """The two vaults from before rooms had steps of their own, opened by this program."""
    home = tmp_path / "second"
    shutil.copytree(SECOND, home)
    for name in ("stick", "receipts"):
        (home / name).mkdir()
    found = open_exchange(home)
    yield found
    found.close()


def differences(engine: Engine, metadata: MetaData) -> list[Any]:
    def ours(_: object, name: str | None, kind: str, __: bool, ___: object) -> bool:
        return kind != "table" or name in metadata.tables

    with engine.connect() as connection:
        options: dict[str, Any] = {"include_object": ours, "compare_type": True}
        found: list[Any] = compare_metadata(MigrationContext.configure(connection, opts=options), metadata)
        return found


def names(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names())


@ROOMS
def test_the_last_step_is_what_the_tables_say(schema: Schema, metadata: MetaData, engine: Engine) -> None:
    schema.bring_up_to_date(engine)
    assert differences(engine, metadata) == []


@ROOMS
def test_down_and_up_again(schema: Schema, metadata: MetaData, engine: Engine) -> None:
    before = names(engine)
    for number in range(1, int(schema.head) + 1):
        schema.migrate(engine, f"{number:04}")
    for number in reversed(range(int(schema.head))):
        schema.migrate(engine, f"{number:04}")
    assert names(engine) - before == {schema.version_table}
    schema.bring_up_to_date(engine)
    assert differences(engine, metadata) == []


@ROOMS
def test_rooms_stand_side_by_side(schema: Schema, metadata: MetaData, engine: Engine) -> None:
    for each in (tables.SYNC, registry.REGISTRY):
        each.bring_up_to_date(engine)
    schema.migrate(engine, NOTHING)
    other = registry if schema is tables.SYNC else tables
    assert differences(engine, other.metadata) == []
    assert names(engine).isdisjoint(metadata.tables)


def test_tables_of_a_newer_program_are_left_alone(exchange: Exchange) -> None:
    with exchange.kreis.writing() as writer:
        writer.connection.exec_driver_sql("UPDATE registry_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="E908"):
        kreis.desks(exchange.kreis)


def test_a_step_that_fails_leaves_nothing(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE registry_inbox (in_the_way INTEGER)")
    before = names(engine)
    with pytest.raises(Exception, match="already exists"):
        registry.REGISTRY.bring_up_to_date(engine)
    assert names(engine) == before


def test_earlier_vaults_keep_what_they_exchanged(second: Exchange) -> None:
    status = sync.status(second.desk, now=NOW)
    assert (status.unsent, status.last_seq, status.last_receipt_seq) == (1, 1, 1)
    assert [row.seq for row in kreis.overview(second.kreis, now=NOW).rows] == [1]
    assert [goal["text"] for goal in second.held(Goal)] == ["Ziel von Vorlauf"]
    for desk, metadata in ((second.desk, tables.metadata), (second.kreis, registry.metadata)):
        assert differences(desk.vault.engine, metadata) == []
        assert "room_schema" not in names(desk.vault.engine)


def test_earlier_vaults_go_on_exchanging(second: Exchange) -> None:
    second.round()
    assert [goal["text"] for goal in second.held(Goal)] == ["Ziel danach"]
    assert sync.status(second.desk, now=NOW).unsent == 0


def test_a_first_registry_gets_what_came_later(engine: Engine) -> None:
    schema = registry.REGISTRY
    schema.migrate(engine, "0001")
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE registry_version")
        connection.exec_driver_sql("CREATE TABLE room_schema (room TEXT PRIMARY KEY, version INTEGER)")
        connection.exec_driver_sql(
            "INSERT INTO registry_erased VALUES ('R1', 'D1', 'goal', 'deleted', 1, '2026')"
        )
    schema.bring_up_to_date(engine)
    assert differences(engine, registry.metadata) == []
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT id FROM registry_erased").scalar() == "R1"
