"""The registry of a Kreis on a real PostgreSQL server: same steps, same rows, one trail in the vault."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect, select, text

from kimdesk import kreis, sync
from kimdesk.domain.errors import StoreError
from kimdesk.domain.records import Contact, Finding, Goal
from kimdesk.domain.terms import SharingLevel
from kimdesk.kreis.registry import REGISTRY, metadata, open_registry
from kimdesk.kreis.rows import working
from kimdesk.store import audit
from kimdesk.store.failures import understood
from kimdesk.store.postgresql.engine import build_engine
from kimdesk.store.sql import Statement
from tests.postgresql import Server
from tests.sync.exchange import NOW, TODAY, Exchange, enrol

MOMENTS = {"registry_receipt": ("body",)}  # sealed anew each time


@pytest.fixture
def empty(postgresql: Server) -> Iterator[Engine]:
    """An empty database on the server."""
    with postgresql.database("registry") as engine:
        yield engine


@pytest.fixture
def moved(exchange: Exchange, empty: Engine) -> Exchange:
    """A desk and a Kreis whose registry stands on the server, the desk enrolled there too."""
    exchange.kreis.server = empty
    enrol(exchange.desk, exchange.kreis, exchange.home)
    return exchange


def everything(engine: Engine) -> dict[str, list[dict[str, Any]]]:
    """Return all rows of the registry."""
    found = {}
    with engine.connect() as connection:
        for table in metadata.sorted_tables:
            left_out = MOMENTS.get(table.name, ())
            rows = connection.execute(select(table).order_by(*table.primary_key)).mappings()
            found[table.name] = [{k: v for k, v in row.items() if k not in left_out} for row in rows]
    return found


def told(exchange: Exchange) -> list[str]:
    """Return what the trail of the Kreis's vault tells of the registry."""
    with exchange.kreis.reading() as reader:
        return [each.action for each in audit.entries(reader.connection) if each.kind == "kreis"]


def a_busy_month(exchange: Exchange) -> None:
    """Hand over cases of every level, changes of them, and erasures."""
    for level in SharingLevel:
        known = exchange.case(level=level)
        exchange.put(Contact(case_id=known.case.id, held_on=TODAY, content="Öl, 100 % und 'Striche'"))
        exchange.put(Finding(case_id=known.case.id, title="Kein Kurs", frequency=12))
    exchange.round()
    exchange.change(known.goal, text="Neu")
    withdrawn = exchange.case("Haddad")
    exchange.round()
    exchange.change(withdrawn.agreed, withdrawn_on=date(2026, 11, 1))
    exchange.round()


def test_the_steps_go_up_and_down_and_end_at_what_the_tables_say(empty: Engine) -> None:
    REGISTRY.bring_up_to_date(empty)
    with empty.connect() as connection:
        options: dict[str, Any] = {
            "compare_type": True,
            "include_object": lambda _, name, kind, *__: kind != "table" or name in metadata.tables,
        }
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []
    for number in reversed(range(int(REGISTRY.head))):
        REGISTRY.migrate(empty, f"{number:04}")
    assert inspect(empty).get_table_names() == ["registry_version"]
    REGISTRY.bring_up_to_date(empty)


def test_what_comes_in_stands_there_as_it_would_in_the_vault(exchange: Exchange, empty: Engine) -> None:
    a_busy_month(exchange)
    written = sorted(exchange.stick.glob("*.kimb"), key=lambda each: int(each.stem.rsplit("-", 1)[1]))
    embedded = everything(exchange.kreis.vault.engine)
    exchange.kreis.server = empty
    with open_registry(exchange.kreis).engine.begin() as connection:
        connection.execute(metadata.tables["registry_desk"].insert(), _fresh(embedded["registry_desk"]))
    results = exchange.carry(*written)
    assert [each.result for each in results] == ["applied"] * 3
    assert everything(empty) == embedded
    assert embedded["registry_erased"]
    assert embedded["registry_goal"]


def _fresh(desks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    start = {"epoch": 1, "last_seq": 0, "applied_change": 0, "last_receipt": 0, "heard_at": ""}
    return [row | start for row in desks]


def test_the_whole_way_from_enrolment_to_receipt(moved: Exchange) -> None:
    known = moved.case()
    moved.round()
    assert [goal["text"] for goal in moved.held(Goal)] == [known.goal.text]
    assert sync.status(moved.desk).unsent == 0
    [row] = kreis.desks(moved.kreis, now=NOW)
    assert (row.name, row.last_seq, row.state) == ("Eschenried", 1, "fine")
    assert kreis.overview(moved.kreis, now=NOW).totals.here == 1


def test_the_trail_stays_in_the_vault(moved: Exchange, empty: Engine) -> None:
    moved.case()
    moved.round()
    assert told(moved) == ["desk_enrolled", "desk_enrolled", "bundle_read"]
    assert {name.partition("_")[0] for name in inspect(empty).get_table_names()} == {"registry"}


def test_what_the_vault_cannot_tell_is_not_done(moved: Exchange, empty: Engine) -> None:
    moved.case()
    path = moved.export().path
    before = everything(empty)
    with moved.kreis.vault.connection() as database:
        database.execute("PRAGMA query_only = ON")
    [result] = moved.carry(path)
    assert (result.result, result.code) == ("refused", "E902")
    assert everything(empty) == before


def test_a_server_that_is_stopped_in_the_middle_of_an_import_leaves_nothing(
    moved: Exchange, postgresql: Server, empty: Engine
) -> None:
    before = everything(empty)

    def interrupted() -> None:
        with working(open_registry(moved.kreis)) as work:
            work.connection.execute(metadata.tables["registry_figures"].insert(), _figures())
            postgresql.stop()
            postgresql.start()
            work.connection.execute(select(1))

    with pytest.raises(StoreError, match="E951"):
        interrupted()
    assert everything(empty) == before
    assert told(moved) == ["desk_enrolled", "desk_enrolled"]
    moved.case()
    moved.round()


def _figures() -> dict[str, Any]:
    return {"desk_id": "D1", "as_of": "2026-11-01", "body": "{}", "held_active": 1, "at": ""}


def refused(engine: Engine, *said: str) -> str:
    """Return the code under which the last of some statements is refused."""
    try:
        with understood(), engine.begin() as connection:
            for each in said:
                connection.execute(text(each))
    except StoreError as refusal:
        return refusal.code
    return ""


def test_each_failure_of_a_server_has_a_sentence_of_its_own(postgresql: Server, empty: Engine) -> None:
    nowhere = build_engine("postgresql+psycopg://kreis@127.0.0.1:1/registry")
    assert refused(nowhere, "SELECT 1") == "E950"
    assert refused(build_engine(postgresql.address("absent")), "SELECT 1") == "E958"
    assert refused(build_engine(postgresql.address(role="nobody")), "SELECT 1") == "E954"
    assert refused(empty, "SET TRANSACTION READ ONLY", "CREATE TABLE a (b int)") == "E954"
    reader = "CREATE ROLE figures LOGIN", "CREATE TABLE rows (id int PRIMARY KEY)", "SET ROLE figures"
    assert refused(empty, *reader, "INSERT INTO rows VALUES (1)") == "E954"
    assert refused(empty, "SELECT pg_terminate_backend(pg_backend_pid())") == "E951"
    taken = "CREATE TEMP TABLE rows (id int PRIMARY KEY)", "INSERT INTO rows VALUES (1)"
    assert refused(empty, *taken, taken[1]) == "E905"
    assert refused(empty, "SET statement_timeout = 20", "SELECT pg_sleep(5)") == "E955"
    raised = "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{}'; END $$"
    codes = {"53100": "E953", "53200": "E952", "40001": "E955", "40P01": "E955", "58030": "E956",
             "XX001": "E956", "23503": "E907", "57P01": "E951", "57P03": "E950"}  # fmt: skip
    assert {state: refused(empty, raised.format(state)) for state in codes} == codes


def test_a_server_without_a_free_place_says_so(postgresql: Server) -> None:
    few = ("max_connections=2", "superuser_reserved_connections=0", "max_wal_senders=0")
    postgresql.stop()
    postgresql.start(*few)
    try:
        engine = build_engine(postgresql.address())
        with engine.connect(), engine.connect():
            assert refused(build_engine(postgresql.address()), "SELECT 1") == "E952"
        engine.dispose()
    finally:
        postgresql.stop()
        postgresql.start()


def test_a_database_without_a_free_place_says_so(postgresql: Server, empty: Engine) -> None:
    postgresql.run("ALTER DATABASE registry CONNECTION LIMIT 1")
    postgresql.run("CREATE ROLE guest LOGIN")
    address = postgresql.address("registry", role="guest")
    guest = build_engine(address)
    with guest.connect():
        assert refused(build_engine(address), "SELECT 1") == "E952"
    guest.dispose()


def test_statements_of_the_store_reach_the_server_too(empty: Engine) -> None:
    """Also past SQLAlchemy, and what they are refused for is understood."""
    from kimdesk.store.dialect import listed, place_of

    counted = Statement(select(place_of(text("'Amtsgericht'"), text("'gericht'"))))
    with empty.begin() as connection:
        assert Statement(listed("ids"), "ids").rows(connection, '["a", "b"]') == [("a",), ("b",)]
        assert counted.scalar(connection) == 5
        connection.execute(text("CREATE TABLE one (id int PRIMARY KEY)"))
    twice = Statement(text("INSERT INTO one SELECT 1 FROM generate_series(1, 2)"))
    with empty.connect() as connection, pytest.raises(StoreError, match="E905"), understood():
        twice.run(connection)
