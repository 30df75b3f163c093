"""What the Kreis says against bundles and records is shown at the desk, until it is settled."""

import json
from typing import Any

import pytest

from kimdesk import kreis, sync
from kimdesk.domain.errors import BundleError
from kimdesk.domain.records import Goal
from kimdesk.kreis.registry import RECORDS
from kimdesk.sync.sealing.manifest import ReceiptBody, decode_receipt
from kimdesk.texts import exchange as words
from tests.kreis.forging import forge
from tests.sync.exchange import NOW, Exchange, Known

OTHER = "05111000"
RECEIPT: dict[str, Any] = {
    "format": 1, "bundle": "a" * 96, "bundle_id": "0" * 32, "device": "0" * 32, "epoch": 1, "seq": 1,
    "result": "applied", "code": "", "to_change": 9, "kreis_seq": 1, "counts": {}, "missing": [],
    "aside": [], "reasons": {}, "answers": [], "again": [], "known_epoch": 1,
    "created": "2026-11-24T09:00:00Z",
}  # fmt: skip


def encoded(**changes: Any) -> bytes:
    said = RECEIPT | changes
    ordered = {name: said[name] for name in ReceiptBody.__struct_fields__ if name in said}
    return json.dumps(ordered, separators=(",", ":")).encode()


@pytest.mark.parametrize(
    "odd",
    [
        {"created": "gestern"},
        {"created": "2026-13-01T09:00:00Z"},
        {"created": "2026-11-24T25:00:00Z"},
        {"created": "2026-11-24T09:00:00+00:00"},
        {"created": "2026-11-24T09:00:00Z\n"},
        {"result": "perhaps"},
        {"code": "E4011"},
        {"missing": [[3, 1]]},
        {"missing": [[0, 1]]},
        {"kreis_seq": 2**53},
        {"to_change": -1},
        {"epoch": 0},
        {"bundle": "a"},
        {"aside": [{"kind": "Goal", "id": "1", "reason": "content"}]},
        {"aside": [{"kind": "goal", "id": "", "reason": "content"}]},
        {"reasons": {"content": -1}},
    ],
    ids=str,
)
def test_a_receipt_with_odd_values_is_not_taken(odd: dict[str, Any]) -> None:
    assert decode_receipt(encoded()).created == RECEIPT["created"]
    with pytest.raises(BundleError, match="E103"):
        decode_receipt(encoded(**odd))


def test_an_odd_moment_that_was_stored_before_breaks_nothing(exchange: Exchange) -> None:
    exchange.case()
    exchange.round()
    for odd in ("gestern", "9999-99-99T00:00:00Z", "0001-01-01T00:00:00+23:59"):
        with exchange.desk.writing() as writer:
            writer.connection.exec_driver_sql("UPDATE sync_out SET receipt_at = ?", (odd,))
        [package] = sync.status(exchange.desk, now=NOW).chain
        assert (package.state, package.answered_on) == ("acknowledged", None)


def test_an_open_fork_is_said_at_the_desk_until_it_is_decided(exchange: Exchange) -> None:
    exchange.case()
    exchange.carry(forge(exchange, []))
    result = exchange.round()
    assert (result.result, result.code) == ("quarantined", "E401")
    now = sync.status(exchange.desk, now=NOW)
    assert now.stopped == "E401"
    assert words.stopped(now.stopped)[0] == "Der Kreis muss entscheiden, welche Zählung gilt"
    [dispute] = kreis.disputes(exchange.kreis)
    mine = next(each for each in dispute.histories if not each.counts)
    assert mine.digits == now.chain[-1].digits, "both ends show the same digits"
    [answer] = kreis.choose(exchange.kreis, dispute.desk_id, mine.digest, exchange.receipts, now=NOW)
    exchange.take(answer)
    assert sync.status(exchange.desk, now=NOW).stopped == ""


@pytest.fixture
def refused(exchange: Exchange) -> Known:
    """A case of which one record was set aside, because another desk has one of that identity."""
    known = exchange.case()
    with exchange.kreis.writing() as writer:
        row = {"id": known.goal.id, "desk_id": "another", "shared": "identified", "epoch": 1, "rev": 1,
               "scope": 1, "received_seq": 1}  # fmt: skip
        writer.connection.execute(RECORDS["goal"].insert().values(row))
    exchange.round()
    return known


def test_what_was_set_aside_is_told_by_case(exchange: Exchange, refused: Known) -> None:
    [found] = sync.status(exchange.desk, now=NOW).aside
    assert (found.case_id, found.reason, found.kinds) == (refused.case.id, "owner", {"goal": 1})
    told = words.set_aside(found, exchange.desk.catalogue)
    assert told == "Osman, Amna – Ziel (1): Der Datensatz oder sein Fall gehört einem anderen Arbeitsplatz."
    assert sync.status(exchange.desk, now=NOW).unsent == 0


def test_it_stays_told_until_it_was_changed_and_taken_over(exchange: Exchange, refused: Known) -> None:
    exchange.round()
    assert sync.status(exchange.desk, now=NOW).aside
    with exchange.kreis.writing() as writer:
        writer.connection.execute(RECORDS["goal"].delete())
    exchange.change(refused.goal, text="Noch einmal")
    exchange.round()
    assert sync.status(exchange.desk, now=NOW).aside == ()
    assert [row["text"] for row in exchange.held(Goal)] == ["Noch einmal"]
    assert kreis.set_aside(exchange.kreis) == ()


def test_what_the_kreis_releases_is_sent_again_unchanged(exchange: Exchange, refused: Known) -> None:
    with exchange.kreis.writing() as writer:
        writer.connection.execute(RECORDS["goal"].delete())
    [group] = kreis.set_aside(exchange.kreis)
    assert (group.desk, group.reason, group.kinds, group.cases) == ("Eschenried", "owner", {"goal": 1}, 1)
    assert kreis.release(exchange.kreis, group.desk_id, group.reason) == 1
    exchange.round()
    assert sync.status(exchange.desk, now=NOW).unsent == 1, "the receipt asks for it"
    exchange.round()
    assert [row["id"] for row in exchange.held(Goal)] == [refused.goal.id]
    assert (sync.status(exchange.desk, now=NOW).aside, kreis.set_aside(exchange.kreis)) == ((), ())


def test_the_receipt_of_an_older_bundle_brings_nothing_back(exchange: Exchange) -> None:
    known = exchange.case()
    with exchange.kreis.writing() as writer:
        row = {"id": known.goal.id, "desk_id": "another", "shared": "identified", "epoch": 1, "rev": 1,
               "scope": 1, "received_seq": 1}  # fmt: skip
        writer.connection.execute(RECORDS["goal"].insert().values(row))
    [first] = exchange.carry(exchange.export().path)
    with exchange.kreis.writing() as writer:
        writer.connection.execute(RECORDS["goal"].delete())
    exchange.change(known.goal, text="Neu")
    exchange.round()
    exchange.take(first)
    assert sync.status(exchange.desk, now=NOW).aside == ()
