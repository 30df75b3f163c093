"""What is really in a bundle: exactly what may leave, at each level, and nothing else."""

from collections.abc import Mapping

import msgspec
import pytest

from kimdesk.domain.records import PhaseEntry
from kimdesk.domain.terms import Phase, SharingLevel
from tests.sync.canaries import Canaries, plant
from tests.sync.exchange import Exchange

CASE = {"file_number", "opened_on", "legal_basis", "worker", "closed_on", "closing_reason", "retain_until"}
PERSON = {"family_name", "given_names", "birth_name", "call_name", "german_name", "alias", "original_name",
          "birth_place", "birth_date", "birth_country", "sex", "nationalities", "languages", "city", "phone",
          "email", "safe_contact", "interpreter_wish"}  # fmt: skip
GOAL = {"text", "life_domain", "smart", "indicator", "baseline", "due_on",
        "by_client", "by_case_manager", "by_others", "gas_minus_2", "gas_minus_1", "gas_0", "gas_plus_1",
        "gas_plus_2", "signed_on", "level_reason"}  # fmt: skip
LEAVES_WITH_NAMES = {
    "case": CASE,
    "person": PERSON,
    "child": {"family_name", "given_names", "sex", "nationalities", "city"},
    "client_member": {"relation", "since", "until"},
    "child_member": {"relation", "since", "until"},
    "consent": {"recipient_name", "form"},
    "phase_entry": {"started_on", "finished_on"},
    "phase_event": {"event", "reason", "at"},
    "goal": GOAL,
    "measure": {"title", "regime", "agency", "starts_on", "due_on", "follow_up_on", "fallback"},
    "referral": {"service", "agency", "purpose", "prepared_on", "sent_on", "answered_on", "answer_due_on",
                 "reject_reason", "result", "checklist.item"},
    "regime_spell": {"regime", "starts_on", "ends_on", "agency"},
    "regime_change": {"from_regime", "to_regime", "changes_on", "done_on", "checklist.item"},
    "residence_spell": {"status", "paragraph", "valid_from", "valid_until", "employment", "residence_rule",
                        "applied_on", "certificate_on"},
    "contact": {"held_on", "form", "language", "interpreter", "content", "next_steps", "follow_up_on"},
    "follow_up": {"title", "reason", "due_on", "done_on"},
    "finding": {"title", "phase", "kind", "life_domain", "agencies", "transition", "ags", "effects",
                "proposal", "state"},
    "answers": {"housing", "health", "summary"},
}  # fmt: skip
"""What leaves with names, written down a second time, against a slip in the policy."""


def found_in(text: str, canaries: Canaries) -> set[str]:
    return {place for place, mark in canaries.marks.items() if mark in text}


def text_of(exchange: Exchange) -> str:
    """Return everything in the next bundle, as text."""
    return msgspec.json.encode(exchange.opened(exchange.export().path)).decode()


def test_with_names_exactly_the_fields_allowed_leave(exchange: Exchange) -> None:
    canaries = plant(exchange, SharingLevel.IDENTIFIED)
    allowed = {f"{kind}.{name}" for kind, names in LEAVES_WITH_NAMES.items() for name in names}
    assert found_in(text_of(exchange), canaries) == allowed & canaries.marks.keys()


def test_pseudonymised_no_mark_leaves_at_all(exchange: Exchange) -> None:
    canaries = plant(exchange, SharingLevel.PSEUDONYMISED)
    text = text_of(exchange)
    assert found_in(text, canaries) == set()
    with exchange.desk.reading() as reader:
        rows = reader.connection.exec_driver_sql("SELECT record_id FROM change").all()
    assert len(rows) > 15
    assert not any(row[0] in text for row in rows), "identities leave as pseudonyms only"


@pytest.mark.parametrize("level", [SharingLevel.STATISTICS, None])
def test_for_the_statistics_only_numbers_leave(exchange: Exchange, level: SharingLevel | None) -> None:
    canaries = plant(exchange, level)
    sections = exchange.opened(exchange.export().path)
    assert sections["records"] == []
    assert sections["erase"] == []
    assert found_in(msgspec.json.encode(sections).decode(), canaries) == set()
    [statistics] = sections["statistics"]
    assert all(
        number is None for cells in statistics["release"]["figures"].values() for number in cells.values()
    )


def test_the_file_itself_shows_nothing(exchange: Exchange) -> None:
    canaries = plant(exchange, SharingLevel.IDENTIFIED)
    exported = exchange.export()
    data = exported.path.read_bytes()
    assert not any(mark.encode() in data for mark in canaries.marks.values())
    assert exported.path.name == "KIM-eschenried-1.kimb"


def test_without_the_special_category_no_health_leaves(exchange: Exchange) -> None:
    canaries = plant(exchange, SharingLevel.IDENTIFIED, special_categories=())
    found = found_in(text_of(exchange), canaries)
    assert "answers.housing" in found
    assert not {"answers.health", "answers.summary"} & found


def test_a_kind_the_consent_does_not_name_stays(exchange: Exchange) -> None:
    canaries = plant(exchange, SharingLevel.IDENTIFIED, kinds=("goals",))
    kinds = {place.split(".")[0] for place in found_in(text_of(exchange), canaries)}
    assert kinds == {"case", "consent", "goal", "phase_entry", "phase_event", "finding"}


def intake(exchange: Exchange, level: SharingLevel, answers: Mapping[str, object]) -> dict[str, object]:
    """Return what leaves of the answers of an intake."""
    known = exchange.case(level=level, special_categories=("health",))
    given = {"phase": Phase.INTAKE, "form": "intake", "version": 1, "answers": answers}
    exchange.put(PhaseEntry(case_id=known.case.id, **given))  # type: ignore[arg-type]
    lines = exchange.opened(exchange.export().path)["records"]
    [row] = [line["row"] for line in lines if line["kind"] == "phase_entry"]
    found: dict[str, object] = row.get("answers", {})
    return found


def test_an_answer_that_a_condition_hides_stays(exchange: Exchange) -> None:
    """The date was given while the need was ticked; it is not ticked any more."""
    answers = {"request": {"request": "Wohnung", "immediate_needs": ["money"], "deadline_on": "2026-12-01"}}
    found = intake(exchange, SharingLevel.IDENTIFIED, answers)
    assert found == {"request": {"request": "Wohnung", "immediate_needs": ["money"]}}


def test_pseudonymised_only_codes_leave_of_answers(exchange: Exchange) -> None:
    answers = {
        "request": {"request": "Wohnung", "immediate_needs": ["deadline"], "deadline_on": "2026-12-01"},
        "check": {"classification": "case_management", "criteria": ["keine solche Angabe"]},
    }
    found = intake(exchange, SharingLevel.PSEUDONYMISED, answers)
    assert found == {
        "request": {"immediate_needs": ["deadline"]},
        "check": {"classification": "case_management"},
    }
