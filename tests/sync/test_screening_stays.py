"""What is screened is worked out and forgotten: nothing of it, and of what it needs, leaves or is stored."""

import json
from datetime import date
from typing import Any

import msgspec

from kimdesk.casework import cases, perspective
from kimdesk.casework.document_out import document
from kimdesk.domain.records import Achievement, DatedNote, ResidenceSpell, Standing
from kimdesk.texts import screening as told
from tests.sync.exchange import TODAY, Exchange

STEP = date(2025, 3, 14)
TITLE = "Zertifikat Deutsch B1 der Volkshochschule Auental"


def planted(exchange: Exchange) -> str:
    """Return the case of somebody of whom the perspective is full."""
    known = exchange.case()
    case_id, person_id = known.case.id, known.person.id
    mine: dict[str, Any] = {"case_id": case_id, "person_id": person_id}
    exchange.put(ResidenceSpell(**mine, status="toleration_60b", valid_from=date(2020, 1, 1)))
    exchange.put(
        Standing(
            **mine,
            asylum_decision="refused",
            asylum_final_on=date(2021, 5, 6),
            identity_steps=(DatedNote(STEP, text="Botschaft in Berlin"),),
            income_share=65,
            pension_months=41,
            needs_legal_advice=True,
        )
    )
    exchange.put(Achievement(**mine, kind="german_certificate", level="B1", title=TITLE))
    return str(case_id)


def words(exchange: Exchange, case_id: str) -> set[str]:
    """Return every sentence and code that only a screening says."""
    found = perspective.of_file(exchange.desk.catalogue, cases.peek(exchange.desk, case_id), TODAY)
    rules = [one for screening in found.values() for one in screening.shown]
    assert any(one.light == "red" for one in rules)
    said = {told.rule(one.rule) for one in rules} | {told.step(one.step) for one in rules if one.step}
    return said | {told.said(each.why) for one in rules for each in one.conditions if len(each.why.code) > 12}


def test_a_bundle_for_the_kreis_has_no_light_and_nothing_of_what_it_follows_from(exchange: Exchange) -> None:
    case_id = planted(exchange)
    opened = exchange.opened(exchange.export().path)
    text = msgspec.json.encode(opened).decode()
    assert not [each for each in words(exchange, case_id) if each in text]
    assert TITLE not in text
    assert STEP.isoformat() not in text
    assert not any(line["kind"] in ("standing", "achievement") for line in opened["records"])


def test_the_document_of_a_case_has_records_and_no_light(exchange: Exchange) -> None:
    case_id = planted(exchange)
    text = json.dumps(document(cases.peek(exchange.desk, case_id), addresses=True), ensure_ascii=False)
    assert not [each for each in words(exchange, case_id) if each in text]
    for code in ('"light"', '"25b"', '"stag_10"', '"green"', '"yellow"', '"red"', "earliest"):
        assert code not in text


def test_to_screen_changes_no_record(exchange: Exchange) -> None:
    case_id = planted(exchange)
    before = cases.peek(exchange.desk, case_id)
    perspective.perspective(exchange.desk, case_id, TODAY)
    assert cases.peek(exchange.desk, case_id) == before
