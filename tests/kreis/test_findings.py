"""The Kreis answers a finding: the answer reaches the desk that saw it, for good, and nobody else."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from kimdesk import sync
from kimdesk.casework import trail
from kimdesk.casework.desk import Desk
from kimdesk.casework.trail import Filter
from kimdesk.domain.errors import BundleError, ContentError
from kimdesk.domain.records import Finding
from kimdesk.kreis import findings
from kimdesk.kreis.findings import ReportedFinding
from kimdesk.kreis.registry import open_registry
from kimdesk.kreis.rows import transaction
from kimdesk.kreis.stock import publishing
from kimdesk.kreis.taking.inbox import ImportResult
from kimdesk.sync import catalogue, finding_answers
from kimdesk.sync.finding_answers import KreisAnswer
from kimdesk.sync.sealing import manifest, wire
from kimdesk.sync.sealing.manifest import FindingAnswer
from tests.sync.exchange import AGS, NOW, TODAY, Exchange, enrol, make_desk


def seen(exchange: Exchange, title: str = "Kein Kurs mit Kinderbetreuung", **values: Any) -> Finding:
    known = exchange.case()
    fields = {"kind": "service_gap", "ags": AGS, "noted_on": TODAY, **values}
    return exchange.put(Finding(case_id=known.case.id, title=title, **fields))


def reported(exchange: Exchange, title: str = "Kein Kurs mit Kinderbetreuung") -> ReportedFinding:
    return next(one for one in findings.reported(exchange.kreis) if one.title == title)


def answered(exchange: Exchange, finding: Finding) -> KreisAnswer | None:
    return finding_answers.answer_to(exchange.desk, finding.id)


def decide(exchange: Exchange, text: str, state: str = "working_group", **how: Any) -> None:
    findings.answer(exchange.kreis, reported(exchange).id, state, text, now=how.get("now", NOW))


def receipt(exchange: Exchange) -> ImportResult:
    [result] = exchange.carry(exchange.export().path)
    return result


def test_state_and_decision_travel_back_with_the_next_receipt(exchange: Exchange) -> None:
    finding = seen(exchange)
    exchange.round()
    assert answered(exchange, finding) is None
    assert findings.count_unanswered(exchange.kreis) == 1
    decide(exchange, "Die AG Sprache klärt das mit dem Träger.")
    assert findings.count_unanswered(exchange.kreis) == 0
    assert not reported(exchange).arrived
    exchange.round()
    assert answered(exchange, finding) == KreisAnswer(
        "working_group", "Die AG Sprache klärt das mit dem Träger.", TODAY
    )
    exchange.round()
    assert reported(exchange).arrived
    words = [line.words for line in trail.page(exchange.kreis, Filter()).lines]
    assert "Strukturbefund beantwortet" in words


def test_an_answer_is_told_once_until_it_changes(exchange: Exchange) -> None:
    seen(exchange)
    exchange.round()
    decide(exchange, "eins")
    assert [len(exchange.take(receipt(exchange)).answers) for _ in range(3)] == [1, 0, 0]
    decide(exchange, "zwei")
    assert [len(exchange.take(receipt(exchange)).answers) for _ in range(2)] == [1, 0]


def test_receipts_twice_and_out_of_order_never_bring_an_older_answer_back(exchange: Exchange) -> None:
    finding = seen(exchange)
    exchange.round()
    decide(exchange, "eins")
    first = receipt(exchange)
    decide(exchange, "zwei", "decided", now=NOW + timedelta(days=3))
    second = receipt(exchange)
    for each in (second, first, second, first):
        exchange.take(each)
        found = answered(exchange, finding)
        assert found is not None
        assert (found.state, found.text, found.on) == ("decided", "zwei", TODAY + timedelta(days=3))


def test_a_lost_receipt_costs_no_answer(exchange: Exchange) -> None:
    finding = seen(exchange)
    exchange.round()
    decide(exchange, "eins")
    receipt(exchange)
    exchange.round()
    assert answered(exchange, finding) is not None


def test_answers_come_again_after_a_new_start(exchange: Exchange) -> None:
    finding = seen(exchange)
    exchange.round()
    decide(exchange, "eins")
    exchange.round()
    sync.start_epoch(exchange.desk)
    exchange.round()
    assert answered(exchange, finding) is not None


def test_only_the_desk_that_saw_it_hears_of_it(exchange: Exchange, tmp_path: Path) -> None:
    seen(exchange)
    exchange.round()
    decide(exchange, "nur für Eschenried")
    (tmp_path / "in").mkdir()
    with make_desk(tmp_path / "other", "Ostermark") as other:
        enrol(other, exchange.kreis, tmp_path / "in")
        there = replace(exchange, desk=other)
        there.round()
        assert exchange.take(receipt(exchange)).answers
        assert there.take(receipt(there)).answers == ()


def test_a_finding_that_is_withdrawn_takes_its_answer_along(exchange: Exchange) -> None:
    finding = seen(exchange)
    exchange.round()
    decide(exchange, "eins")
    here = reported(exchange).id
    exchange.remove(finding)
    result = receipt(exchange)
    assert exchange.take(result).answers == ()
    with pytest.raises(ContentError, match="E747"):
        findings.answer(exchange.kreis, here, "decided")
    assert findings.reported(exchange.kreis) == ()


def test_more_answers_than_one_receipt_holds_come_with_the_next(exchange: Exchange) -> None:
    many = [seen(exchange, f"Befund {number}") for number in range(manifest.ANSWERS + 5)]
    exchange.round()
    for one in findings.reported(exchange.kreis):
        findings.answer(exchange.kreis, one.id, "bundled", "x" * 2000, now=NOW)
    assert [len(exchange.take(receipt(exchange)).answers) for _ in range(3)] == [manifest.ANSWERS, 5, 0]
    assert len(finding_answers.answers(exchange.desk)) == len(many)


def test_what_is_no_answer_is_refused_and_changes_nothing(exchange: Exchange) -> None:
    seen(exchange)
    exchange.round()
    here = reported(exchange).id
    for state, text, code in (("gone", "", "E749"), ("decided", "x" * 2001, "E748")):
        with pytest.raises(ContentError, match=code):
            findings.answer(exchange.kreis, here, state, text)
    assert findings.count_unanswered(exchange.kreis) == 1


BAD = {
    "month 13": FindingAnswer("f", 1, "decided", "", "2026-13-01"),
    "a text that turns its direction": FindingAnswer("f", 1, "decided", "a\u202eb", "2026-11-01"),
    "a text that steers a terminal": FindingAnswer("f", 1, "decided", "\x1b[2J", "2026-11-01"),
}


@pytest.mark.parametrize("fault", BAD)
def test_a_bad_answer_breaks_the_receipt_and_nothing_else(exchange: Exchange, fault: str) -> None:
    with exchange.desk.writing() as writer, pytest.raises(BundleError, match="E103"):
        finding_answers.take_answers(writer, [BAD[fault]])


def test_the_kreis_sees_which_desk_works_with_which_pack(exchange: Exchange) -> None:
    exchange.round()
    assert set(findings.packs_in_use(exchange.kreis).values()) == {0}
    made = publishing.publish(exchange.kreis)
    catalogue.take(exchange.desk, made.file)
    exchange.round()
    assert set(findings.packs_in_use(exchange.kreis).values()) == {1}


def test_a_desk_that_claims_any_version_does_not_use_the_numbers_up(exchange: Exchange) -> None:
    said = manifest.BundleManifest(
        device="d", epoch=1, seq=1, prev="", from_change=1, to_change=1, last_receipt=0, cases=0,
        created="2026-11-24T09:00:00Z", catalogue=2**31 - 1,
    )  # fmt: skip
    with transaction(open_registry(exchange.kreis)) as connection:
        findings.note_report(connection, "d", manifest.decode_manifest(wire.encode(said)))
    assert publishing.publish(exchange.kreis).version == 101


def test_a_kreis_desk_has_no_answers_of_its_own(exchange: Exchange) -> None:
    kreis: Desk = exchange.kreis
    assert finding_answers.answers(kreis) == {}
    assert finding_answers.answer_to(kreis, "f") is None
