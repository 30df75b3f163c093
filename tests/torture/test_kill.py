"""A process that is killed in the middle of its work loses nothing it has acknowledged."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kimdesk import kreis, sync
from kimdesk.casework import upkeep
from kimdesk.casework.desk import Desk
from kimdesk.domain.records import Goal
from tests.conftest import PASSPHRASE
from tests.sync.exchange import NOW, Exchange, open_exchange
from tests.torture.clerk import Ack, unfindable
from tests.torture.kills import Tally, reckon, rounds
from tests.torture.measure import times
from tests.torture.quick import quickly
from tests.torture.victim import JOBS, carry


@pytest.fixture(autouse=True)
def _quickly() -> Iterator[None]:
    with quickly():
        yield


@pytest.mark.parametrize(
    "what", ["saving", "importing documents", "case import", "taking in lists", "attaching"]
)
def test_no_acknowledged_save_is_lost_by_a_kill(quick_template: Path, tmp_path: Path, what: str) -> None:
    job, many = JOBS[what]
    tally = Tally(what, times(3, many))
    for number, place in rounds(tally.count, quick_template, tmp_path):
        reckoning, _ = reckon(job, place, number)
        with Desk.unlock(place / "desk", PASSPHRASE) as desk:
            tally.note(number, reckoning, reckoning.losses(desk) + unfindable(desk, reckoning))
    tally.close()
    assert tally.acknowledged > tally.count


def test_no_bundle_is_lost_or_taken_twice_by_a_kill(quick_template: Path, tmp_path: Path) -> None:
    tally, steps = Tally("exchanging", times(3, JOBS["exchanging"][1])), 0
    for number, place in rounds(tally.count, quick_template, tmp_path):
        reckoning, others = reckon(carry, place, number)
        exchange = open_exchange(place)
        found = reckoning.losses(exchange.desk) + upkeep.check(exchange.kreis, full=True)
        found += unsettled(exchange, others)
        exchange.close()
        tally.note(number, reckoning, found)
        steps += sum(ack.done for ack in others)
    tally.close(bundle_steps=steps)


def unsettled(exchange: Exchange, told: list[Ack]) -> list[str]:
    """Return what desk and Kreis disagree on after a kill, and after one more exchange."""
    last = max((ack.rev for ack in told if ack.done and ack.kind == "export"), default=0)
    found = [f"export {last} forgotten"] if sync.status(exchange.desk).last_seq < last else []
    on_stick = sorted(exchange.stick.glob("*.kimb"), key=lambda path: path.stat().st_mtime_ns)
    again = kreis.import_files(exchange.kreis, on_stick, exchange.receipts, now=NOW)
    taken = {ack.id for ack in told if ack.done and ack.kind == "import"}
    for each in again:
        right = ("duplicate",) if each.file.name in taken else ("applied", "duplicate")
        found += [] if each.result in right else [f"{each.file.name} {each.result} {each.code}"]
        exchange.take(each)
    exchange.round()
    return found + differing(exchange)


def differing(exchange: Exchange) -> list[str]:
    """Return the goals that the Kreis holds in another revision than the desk, or not at all."""
    held = {row["id"]: row["rev"] for row in exchange.held(Goal)}
    with exchange.desk.reading() as reader:
        rows = reader.connection.exec_driver_sql(
            "SELECT id, rev FROM goal WHERE case_id IN (SELECT case_id FROM consent)"
        )
        here = {row[0]: row[1] for row in rows}
    ids = here.keys() | held.keys()
    return [f"goal {each} differs" for each in ids if here.get(each) != held.get(each)]
