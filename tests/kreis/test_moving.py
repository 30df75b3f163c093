"""Moving the registry to a server and back: everything arrives, or the source is what counts."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from kimdesk import kreis
from kimdesk.casework import upkeep
from kimdesk.casework.desk import Desk
from kimdesk.cli.__main__ import main
from kimdesk.domain.errors import BundleError, StoreError
from kimdesk.kreis import moving
from kimdesk.kreis.moving import EMBEDDED, move
from kimdesk.kreis.registry import REGISTRY, metadata, open_registry
from kimdesk.kreis.rows import EVERYTHING, WrittenBeside, working
from kimdesk.store.postgresql.turns import take_turn
from tests.conftest import PASSPHRASE
from tests.kreis.test_postgresql import a_busy_month, everything
from tests.postgresql import Server
from tests.sync.exchange import NOW, Exchange


@pytest.fixture
def month(exchange: Exchange) -> Exchange:
    """A Kreis with a month of bundles in its vault; keys that other collations would put in another order."""
    a_busy_month(exchange)
    with open_registry(exchange.kreis).engine.begin() as connection:
        for key in ("Ä", "a", "B", "_", "ß", "-", "b"):
            row = {"desk_id": key, "as_of": "2026-11-01", "body": "{}", "held_active": 1, "at": ""}
            connection.execute(metadata.tables["registry_figures"].insert(), row)
    return exchange


@pytest.fixture
def engine(postgresql: Server) -> Iterator[Engine]:
    with postgresql.database("moving") as engine:
        yield engine


@pytest.fixture
def address(postgresql: Server, engine: Engine) -> str:
    return postgresql.address("moving")


def nothing(found: dict[str, list[dict[str, object]]]) -> bool:
    return not any(found.values())


def test_everything_goes_to_the_server_and_back_and_work_goes_on(
    month: Exchange, engine: Engine, address: str
) -> None:
    own = month.kreis.vault.engine
    before = everything(own)
    moved = move(month.kreis, address)
    assert (moved.to_server, moved.emptied) == (True, True)
    assert moved.tables == {name: len(rows) for name, rows in before.items()}
    assert everything(engine) == before
    assert nothing(everything(own))
    known = month.case("Neu")
    assert month.round().result == "applied"  # numbers follow on those that came along
    month.kreis.close()
    month.kreis = Desk.unlock(month.home / "kreis", PASSPHRASE)
    assert month.kreis.server is not None
    assert kreis.desks(month.kreis, now=NOW)[0].last_seq == 4
    there = everything(engine)
    back = move(month.kreis, EMBEDDED)
    assert (back.to_server, back.emptied) == (False, True)
    assert everything(month.kreis.vault.engine) == there
    assert nothing(everything(engine))
    month.change(known.goal, text="Später")
    assert month.round().result == "applied"
    assert upkeep.check(month.kreis, full=True) == []


def test_nothing_moves_where_something_else_stands(month: Exchange, engine: Engine, address: str) -> None:
    before = everything(month.kreis.vault.engine)
    with pytest.raises(StoreError, match="E967"):
        move(month.kreis, EMBEDDED)
    REGISTRY.bring_up_to_date(engine)
    with engine.begin() as connection:
        row = {"desk_id": "D", "as_of": "2026-11-01", "body": "{}", "held_active": 1, "at": ""}
        connection.execute(metadata.tables["registry_figures"].insert(), row)
    with pytest.raises(StoreError, match="E966"):
        move(month.kreis, address)
    assert month.kreis.server is None
    assert everything(month.kreis.vault.engine) == before
    with pytest.raises(BundleError, match="E806"):
        move(month.desk, address)


def test_a_copy_that_was_whole_when_the_power_went_is_taken_up(
    month: Exchange, engine: Engine, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server had committed, the vault had not: it counts, and moving again finds the same there."""

    class PowerCutError(Exception):
        pass

    def cut(*_: object) -> None:
        raise PowerCutError

    before = everything(month.kreis.vault.engine)
    monkeypatch.setattr(moving, "_settle", cut)
    with pytest.raises(PowerCutError):
        move(month.kreis, address)
    monkeypatch.undo()
    assert month.kreis.server is None
    assert everything(month.kreis.vault.engine) == before
    assert everything(engine) == before
    assert move(month.kreis, address).rows == sum(map(len, before.values()))


def test_what_arrives_otherwise_is_not_moved(month: Exchange, engine: Engine, address: str) -> None:
    """A server that changes what is written (a trigger of somebody's) is found out."""
    before = everything(month.kreis.vault.engine)
    REGISTRY.bring_up_to_date(engine)
    with engine.begin() as connection:
        connection.execute(text("CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS "
                                "$$ BEGIN NEW.text := upper(NEW.text); RETURN NEW; END $$"))  # fmt: skip
        connection.execute(text("CREATE TRIGGER spoil BEFORE INSERT ON registry_goal "
                                "FOR EACH ROW EXECUTE FUNCTION spoil()"))  # fmt: skip
    with pytest.raises(StoreError, match="E969"):
        move(month.kreis, address)
    assert nothing(everything(engine))
    assert month.kreis.server is None
    assert everything(month.kreis.vault.engine) == before


@pytest.mark.parametrize("failure", ["lost", "full"])
def test_a_server_that_fails_in_the_middle_changes_nothing(
    month: Exchange, engine: Engine, address: str, failure: str
) -> None:
    before = everything(month.kreis.vault.engine)
    REGISTRY.bring_up_to_date(engine)
    done = {"lost": "PERFORM pg_terminate_backend(pg_backend_pid())",
            "full": "RAISE EXCEPTION USING ERRCODE = '53100'"}[failure]  # fmt: skip
    with engine.begin() as connection:
        connection.execute(text("CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS "
                                f"$$ BEGIN {done}; RETURN NEW; END $$"))  # fmt: skip
        connection.execute(text("CREATE TRIGGER fail BEFORE INSERT ON registry_inbox "
                                "FOR EACH ROW EXECUTE FUNCTION fail()"))  # fmt: skip
    with pytest.raises(StoreError, match={"lost": "E951", "full": "E953"}[failure]):
        move(month.kreis, address)
    assert nothing(everything(engine))
    assert month.kreis.server is None
    assert everything(month.kreis.vault.engine) == before


def test_nothing_moves_while_another_office_is_at_work(month: Exchange, engine: Engine, address: str) -> None:
    move(month.kreis, address)
    with engine.begin() as other:
        take_turn(other, EVERYTHING, together=True)
        with pytest.raises(StoreError, match="E968"):
            move(month.kreis, EMBEDDED)
    assert month.kreis.server is not None
    with working(open_registry(month.kreis), WrittenBeside.ANYBODY):
        pass


def test_the_command_tells_the_counts_and_no_address(
    month: Exchange, address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    month.kreis.close()
    secret, vault = tmp_path / "word", month.home / "kreis"
    secret.write_text(PASSPHRASE)

    def call(*to: str) -> dict[str, object]:
        main(["--json", "kreis", "move-registry", str(vault), "--passphrase-file", str(secret), *to])
        told = capsys.readouterr()
        assert address not in told.out + told.err
        return dict(json.loads(told.out))

    (tmp_path / "address").write_text(address)
    moved = call("--to-file", str(tmp_path / "address"))
    assert (moved["to"], moved["emptied"]) == ("server", True)
    assert isinstance(moved["tables"], dict)
    assert moved["rows"] == sum(moved["tables"].values())
    assert call("--to", EMBEDDED)["to"] == "embedded"
    refused = call("--to", EMBEDDED)["error"]
    assert isinstance(refused, dict)
    assert refused["code"] == "E967"
    month.kreis = Desk.unlock(vault, PASSPHRASE)
