"""The script of roles on a real server: each role does its own work, and the reader sees nobody."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from kimdesk.domain.errors import StoreError
from kimdesk.kreis.moving import move
from kimdesk.kreis.registry import REGISTRY, metadata
from kimdesk.store.failures import understood
from kimdesk.store.postgresql.engine import build_engine
from tests.kreis.test_postgresql import a_busy_month
from tests.postgresql import Server
from tests.sync.exchange import Exchange

SCRIPT = Path(__file__).parents[2] / "packaging" / "postgresql" / "roles.sql"
ROLES = ("migrator", "importer", "reader")
TELLING = (
    "name", "street", "city", "postcode", "phone", "email", "birth", "text", "title", "content", "answers",
    "address", "file", "body", "key", "identity", "certificate", "translations", "contact_", "effects",
    "proposal", "reason", "worker", "actor", "place", "azr", "note",
)  # fmt: skip


def asked(engine: Engine, statement: str) -> str:
    """Return the code under which a statement is refused, "" when it is done."""
    try:
        with understood(), engine.begin() as connection:
            connection.execute(text(statement))
    except StoreError as refusal:
        return refusal.code
    return ""


@pytest.fixture
def roles(exchange: Exchange, postgresql: Server) -> Iterator[dict[str, Engine]]:
    """A registry with rows, after the script was run on it twice; an engine for each role."""
    with postgresql.database("with_roles"):
        a_busy_month(exchange)
        move(exchange.kreis, postgresql.address("with_roles"))
        for each in ROLES:
            postgresql.run(f"CREATE ROLE kim_{each} LOGIN")
        named = [part for each in ROLES for part in ("-v", f"{each}=kim_{each}")]
        command = ["psql", "-X", "-q", "-h", str(postgresql.home), "-U", "kreis", "-d", "with_roles", *named]
        for _ in range(2):
            subprocess.run([*command, "-f", str(SCRIPT)], check=True, capture_output=True)
        made = {each: build_engine(postgresql.address("with_roles", role=f"kim_{each}")) for each in ROLES}
        yield made
        for engine in made.values():
            engine.dispose()
    for each in ROLES:
        postgresql.run(f"DROP ROLE kim_{each}")


def test_each_role_does_its_work_and_the_reader_sees_nobody(
    exchange: Exchange, postgresql: Server, roles: dict[str, Engine]
) -> None:
    exchange.kreis.set_server(postgresql.address("with_roles", role="kim_importer"))
    exchange.case("Neu")
    assert exchange.round().result == "applied"
    assert asked(roles["importer"], "CREATE TABLE other (a int)") == "E954"
    assert asked(roles["importer"], "DROP TABLE registry_goal") == "E954"
    reader, seen = roles["reader"], set()
    for table in metadata.sorted_tables:
        for column in table.columns:
            code = asked(reader, f'SELECT "{column.name}" FROM {table.name}')
            assert code in ("", "E954")
            if not code:
                seen.add(f"{table.name}.{column.name}")
        for change in (f"DELETE FROM {table.name}", f"SELECT * FROM {table.name}"):
            assert asked(reader, change) == "E954"
    assert len(seen) > 100
    assert {each for each in seen if each.startswith("registry_person.")} == {
        f"registry_person.{name}"
        for name in ("id", "shared", "epoch", "received_seq", "age_band", "sex", "arrived_on")
    }
    told = {each for each in seen if any(word in each.partition(".")[2] for word in TELLING)}
    assert told <= {"registry_case.closing_reason", "registry_finding.noted_on"}  # a code, a day
    assert asked(reader, "SELECT status, count(*) FROM registry_case GROUP BY status") == ""
    REGISTRY.migrate(roles["migrator"], f"{int(REGISTRY.head) - 1:04}")
    REGISTRY.bring_up_to_date(roles["migrator"])
