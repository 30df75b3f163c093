"""Two offices of a Kreis on one database: what they do at the same time is lost by neither, and done once."""

import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import Engine, func, select, text

from kimdesk import kreis, sync
from kimdesk.casework.desk import Desk
from kimdesk.domain.errors import KimdeskError, StoreError
from kimdesk.domain.records import Finding
from kimdesk.kreis import findings
from kimdesk.kreis.registry import (
    REGISTRY,
    answer_table,
    desk_table,
    inbox,
    ledger,
    metadata,
    open_registry,
    receipt,
)
from kimdesk.kreis.rows import EVERYTHING, WrittenBeside, working
from kimdesk.kreis.taking.answering import KeptReceipt
from kimdesk.store.postgresql import turns
from kimdesk.store.postgresql.engine import LINE, build_engine
from kimdesk.store.steps import NOTHING, run
from kimdesk.sync.sealing.manifest import decode_receipt
from tests.conftest import PASSPHRASE
from tests.postgresql import Server
from tests.sync.exchange import NOW, Exchange, enrol, make_desk

ROUNDS = 3


@dataclass
class Offices:
    """A desk, and two offices of its Kreis that work on one database."""

    exchange: Exchange
    second: Desk
    address: str
    engine: Engine

    def bundles(self, number: int) -> list[Path]:
        """Return bundles of the desk, each with a case of its own."""
        found = []
        for each in range(number):
            known = self.exchange.case(f"Fall{each}")
            self.exchange.put(Finding(case_id=known.case.id, title=f"Befund {each}", frequency=1))
            found.append(self.exchange.export().path)
        return found

    def count(self, table: Any) -> int:
        with self.engine.connect() as connection:
            return connection.execute(select(func.count()).select_from(table)).scalar() or 0


@pytest.fixture
def offices(exchange: Exchange, postgresql: Server) -> Iterator[Offices]:
    """The second office is a copy of the first one's vault, as a restored backup is."""
    with postgresql.database("offices") as engine:
        address = postgresql.address("offices")
        exchange.kreis.set_server(address)
        enrol(exchange.desk, exchange.kreis, exchange.home)
        exchange.kreis.close()
        shutil.copytree(exchange.home / "kreis", exchange.home / "second")
        exchange.kreis = Desk.unlock(exchange.home / "kreis", PASSPHRASE)
        second = Desk.unlock(exchange.home / "second", PASSPHRASE)
        yield Offices(exchange, second, address, engine)
        second.close()


def at_once(*works: Any) -> list[Any]:
    """Do all of ``works``, each in a thread; return what came of them: a value, or the code of a refusal."""
    found: list[Any] = [None] * len(works)
    start = threading.Barrier(len(works))

    def run(number: int) -> None:
        start.wait()
        try:
            found[number] = works[number]()
        except KimdeskError as refusal:
            found[number] = refusal.code
        except Exception as fault:
            found[number] = fault

    threads = [threading.Thread(target=run, args=(each,)) for each in range(len(works))]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return found


def office_at_work(vault: Path, files: list[Path]) -> subprocess.Popen[str]:
    """Start an office that reads ``files`` in once it gets a line, its receipts in a folder of its own."""
    receipts = vault.parent / f"of_{vault.name}"
    receipts.mkdir()
    command: list[str | Path] = [sys.executable, "-m", "tests.kreis.importing_child", vault, receipts, *files]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def numbers(engine: Engine, column: Any) -> list[int]:
    with engine.connect() as connection:
        return list(connection.execute(select(column).order_by(column)).scalars())


def test_two_processes_that_read_the_same_bundles_in_take_each_once(offices: Offices) -> None:
    """Every bundle counts once; whoever comes later gets the very receipt that was written before."""
    home, files = offices.exchange.home, offices.bundles(6)
    offices.exchange.kreis.close()
    offices.second.close()
    with ExitStack() as stack:
        started = [stack.enter_context(office_at_work(home / name, files)) for name in ("kreis", "second")]
        for each in started:
            assert each.stdout is not None
            assert each.stdout.readline() == "ready\n"
        for each in started:
            assert each.stdin is not None
            each.stdin.write("\n")
            each.stdin.flush()
        told = [each.communicate()[0] for each in started]
    first, second = ([json.loads(line) for line in each.splitlines()] for each in told)
    assert len(first) == len(second) == len(files)
    for mine, others in zip(first, second, strict=True):
        assert sorted((mine[1], others[1])) == ["applied", "duplicate"]
        ours, theirs = home / "of_kreis" / mine[3], home / "of_second" / others[3]
        assert ours.read_bytes() == theirs.read_bytes()
    assert offices.count(receipt) == len(files)
    assert numbers(offices.engine, ledger.c.seq) == [1, 2, 3, 4, 5, 6]
    assert offices.count(inbox) == 2 * len(files)
    assert offices.count(metadata.tables["registry_goal"]) == len(files)


def test_receipts_of_two_offices_never_share_a_number(offices: Offices) -> None:
    """Two desks at two offices: the numbers only rise, and each receipt says the one it stands under."""
    other = make_desk(offices.exchange.home / "other", "Nachbarort")
    enrol(other, offices.exchange.kreis, offices.exchange.home)
    neighbour = Exchange(offices.exchange.home / "n", other, offices.second)
    for each in (neighbour.stick, neighbour.receipts):
        each.mkdir(parents=True)
    for _ in range(ROUNDS):
        offices.exchange.case()
        neighbour.case("Nowak")
        mine, theirs = offices.exchange.export().path, neighbour.export().path
        found = at_once(lambda one=mine: offices.exchange.carry(one), lambda one=theirs: neighbour.carry(one))
        assert [each.result for [each] in found] == ["applied", "applied"]
    with offices.engine.connect() as connection:
        kept = connection.execute(select(receipt.c.kreis_seq, receipt.c.body)).all()
    assert len(kept) == 2 * ROUNDS
    for row in kept:
        said = decode_receipt(msgspec.msgpack.decode(row.body, type=KeptReceipt).said)
        assert said.kreis_seq == row.kreis_seq
    other.close()


def test_a_bundle_waits_until_the_other_office_is_done_with_this_desk(offices: Offices) -> None:
    [file] = offices.bundles(1)
    with offices.engine.connect() as connection:
        desk_id = connection.execute(select(desk_table.c.id)).scalar_one()
    done: list[Any] = []
    with working(open_registry(offices.second), WrittenBeside.ANYBODY, desk_id=desk_id):
        reading = threading.Thread(target=lambda: done.extend(offices.exchange.carry(file)))
        reading.start()
        reading.join(0.3)
        assert not done
    reading.join()
    assert [each.result for each in done] == ["applied"]


def test_what_two_offices_answer_at_once_reaches_the_desk_whole(offices: Offices) -> None:
    """Numbers of answers rise in the order in which they count: a desk that has one has all before."""
    offices.exchange.carry(*offices.bundles(4))
    ids = [each.id for each in findings.reported(offices.exchange.kreis)]
    halves = (offices.exchange.kreis, ids[:2]), (offices.second, ids[2:])
    told = at_once(*(
        lambda desk=desk, part=part: [findings.answer(desk, each, "decided", "Ja", now=NOW) for each in part]
        for desk, part in halves
    ))  # fmt: skip
    assert all(isinstance(each, list) for each in told), told
    found = numbers(offices.engine, answer_table.c.number)
    assert len(found) == len(set(found)) == 4
    offices.exchange.case("Neu")
    taken = offices.exchange.take(offices.exchange.carry(offices.exchange.export().path)[0])
    assert len(taken.answers) == 4


def test_a_desk_that_one_office_revokes_is_not_taken_by_the_other(offices: Offices) -> None:
    """Also when it was looked up before: what counts is what stands there when its turn comes."""
    [file] = offices.bundles(1)
    with offices.engine.connect() as connection:
        desk_id = connection.execute(select(desk_table.c.id)).scalar_one()
    with offices.engine.begin() as holding:
        turns.take_turn(holding, EVERYTHING, together=True)
        turns.take_turn(holding, desk_id)
        holding.execute(desk_table.update().values(revoked_from=1, revoked_epoch=1))
        found: list[Any] = []
        reading = threading.Thread(target=lambda: found.extend(offices.exchange.carry(file)))
        reading.start()
        reading.join(0.3)
        assert not found
    reading.join()
    assert [(each.result, each.code) for each in found] == [("refused", "E203")]
    assert offices.count(metadata.tables["registry_goal"]) == 0


def test_enrolling_at_two_offices_at_once_knows_both_desks(offices: Offices) -> None:
    home = offices.exchange.home
    desks = [make_desk(home / name, name) for name in ("Norden", "Süden")]
    asked = []
    for each in desks:
        path = home / f"{each.name}.kimq"
        asked.append((sync.request(each, path), path.read_bytes()))
        each.close()
    found = at_once(*(
        lambda office=office, words=words, file=file: kreis.enrol(office, file, words, now=NOW).name
        for office, (words, file) in zip((offices.exchange.kreis, offices.second), asked, strict=True)
    ))  # fmt: skip
    assert found == ["Norden", "Süden"]
    assert {each.name for each in kreis.desks(offices.second, now=NOW)} == {"Eschenried", "Norden", "Süden"}


def test_two_offices_that_come_first_make_the_tables_once(postgresql: Server) -> None:
    """Who looked before the other was done finds the tables made when its turn comes."""
    with postgresql.database("fresh") as engine:
        other = build_engine(postgresql.address("fresh"))
        with engine.begin() as making:
            turns.take_turn(making, REGISTRY.version_table)
            second = threading.Thread(target=REGISTRY.bring_up_to_date, args=(other,))
            second.start()
            second.join(0.3)
            assert second.is_alive()
            run(REGISTRY.configuration(making), NOTHING, REGISTRY.head)
        second.join()
        with engine.connect() as connection:
            assert REGISTRY.found(connection) == REGISTRY.head
        other.dispose()


def test_nobody_waits_for_ever_for_an_office_that_comes_to_no_end(
    offices: Offices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LINE, "options", "-c lock_timeout=50ms")
    offices.second.set_server(offices.address)
    with offices.engine.begin() as holding:
        turns.take_turn(holding, EVERYTHING)
        with pytest.raises(StoreError, match="E955"), working(open_registry(offices.second)) as work:
            work.connection.execute(text("SELECT 1"))
