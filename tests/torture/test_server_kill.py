"""The server of a Kreis is killed while bundles are read in: nothing is lost, nothing counts twice."""

import threading
import time
from pathlib import Path

from sqlalchemy import Engine, select

from kimdesk.domain.errors import StoreError
from kimdesk.domain.records import Goal
from kimdesk.kreis.moving import move
from kimdesk.kreis.registry import ledger
from tests.postgresql import Server
from tests.sync.exchange import Exchange
from tests.torture.measure import dice, progress, report, times

GONE = ("E950", "E951", "E952")


def test_no_bundle_is_lost_or_taken_twice_when_the_server_is_killed(
    exchange: Exchange, postgresql: Server
) -> None:
    number, taken, refused, lost = times(8, 100), 0, 0, list[str]()
    with postgresql.database("killed") as engine:
        move(exchange.kreis, postgresql.address("killed"))
        for each in range(1, number + 1):
            exchange.case(f"Fall{each}")
            path = exchange.export().path
            first = _read_in_while_killed(exchange, postgresql, path, dice("server", each).uniform(0, 0.8))
            taken, refused = taken + (first == "applied"), refused + (first in GONE)
            lost += _wrong(exchange, engine, path, each, first)
            progress("kills of the server", each, number)
        exchange.kreis.set_server("")
    report("kills of the server while reading in", kills=number, taken=taken, refused=refused, lost=len(lost))
    assert lost == []


def _read_in_while_killed(exchange: Exchange, server: Server, path: Path, after: float) -> str:
    """Return what was said of a bundle: its result, or the code that says why nothing was taken."""

    def kill() -> None:
        time.sleep(after)
        server.stop()
        server.start()

    killing = threading.Thread(target=kill)
    killing.start()
    try:
        [found] = exchange.carry(path)
    except StoreError as refusal:
        return refusal.code
    else:
        return found.code or found.result
    finally:
        killing.join()


def _wrong(exchange: Exchange, engine: Engine, path: Path, number: int, first: str) -> list[str]:
    """Read the bundle in again; return what is not as it was said, or not as it must be."""
    if first not in ("applied", *GONE):
        return [f"{number}: {first}"]
    [again] = exchange.carry(path)
    wanted = ("duplicate",) if first == "applied" else ("applied", "duplicate")
    found = [] if again.result in wanted else [f"{number}: {first}, then {again.result} {again.code}"]
    exchange.take(again)
    engine.dispose()
    with engine.connect() as connection:
        known = select(ledger.c.seq).where(ledger.c.state == "applied").order_by(ledger.c.seq)
        seqs = list(connection.execute(known).scalars())
    if seqs != list(range(1, number + 1)):
        found.append(f"{number}: ledger {seqs}")
    if len(exchange.held(Goal)) != number:
        found.append(f"{number}: {len(exchange.held(Goal))} goals")
    return found
