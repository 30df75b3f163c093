"""Which answers count: what a condition hides is never exported or counted."""

from typing import Any

import pytest
from hypothesis import given, settings

from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.forms.answers import answered, blank, choices_of, effective, visible
from kimdesk.forms.definition import FormDefinition
from kimdesk.forms.progress import EntryState, progress
from kimdesk.forms.validate import problems
from tests.forms.sample import sample
from tests.forms.strategies import JSON, answers

SAMPLE = sample()


def test_an_answer_hidden_by_a_condition_does_not_count() -> None:
    given_answers = {"request": {"wish": "Kita", "urgent": False, "until": "2026-12-01"}}
    assert effective(SAMPLE, given_answers) == {"request": {"wish": "Kita", "urgent": False}}


def test_what_is_hidden_hides_what_depends_on_it() -> None:
    asked = {"request": {"wish": "Kita"}, "domains": {"housing": {"scale": 0, "need": "Wohnung"}}}
    hidden = {"request": {"wish": " "}, "domains": {"housing": {"scale": 0, "need": "Wohnung"}}}
    assert effective(SAMPLE, asked)["domains"] == {"housing": {"scale": 0, "need": "Wohnung"}}
    assert effective(SAMPLE, hidden) == {}
    assert not any(path.startswith("domains.") for path in visible(SAMPLE, hidden))


def test_a_field_may_belong_to_one_life_domain_only() -> None:
    shown = visible(SAMPLE, {"request": {"wish": "Kurs"}})
    assert "domains.language.level" in shown
    assert "domains.housing.level" not in shown


def test_zero_is_an_answer_and_so_is_no() -> None:
    assert answered(0)
    assert answered(False)
    nothing: list[object] = [None, "", "  ", [], {}, ()]
    assert not any(answered(value) for value in nothing)


def test_one_is_not_yes() -> None:
    assert "request.until" not in visible(SAMPLE, {"request": {"urgent": 1}})
    assert "request.until" in visible(SAMPLE, {"request": {"urgent": True}})


def test_a_blank_form_starts_with_the_entries_a_list_needs() -> None:
    start = blank(SAMPLE)
    assert start["notices"] == [{}]
    assert len(start["domains"]) == 12
    assert effective(SAMPLE, start) == {}
    assert problems(SAMPLE, start) == ()


def test_progress_counts_what_is_asked_only() -> None:
    filled: dict[str, Any] = {
        "request": {"wish": "Kita", "urgent": True},
        "domains": {"housing": {"scale": 4}, "work": {"scale": 1}},
        "notices": [{"agency": "Jobcenter"}, {"at": "09:30"}],
    }
    found = progress(SAMPLE, filled, {"goal": 1})
    assert (found["request"].filled, found["request"].required) == (1, 2)
    assert (found["domains"].filled, found["domains"].required) == (1, 12)
    assert found["domains"].entries["housing"] is EntryState.DONE
    assert found["domains"].entries["work"] is EntryState.BEGUN
    assert found["domains"].entries["health"] is EntryState.OPEN
    assert (found["notices"].filled, found["notices"].required) == (1, 2)
    assert (found["plan"].filled, found["plan"].required) == (0, 1)
    assert progress(SAMPLE, filled, {"goal": 2})["plan"].filled == 1


def test_a_hidden_section_asks_for_nothing() -> None:
    found = progress(SAMPLE, {"domains": {"housing": {"scale": 4}}})
    assert (found["domains"].filled, found["domains"].required) == (0, 0)


def test_the_lane_of_a_spell_picks_its_code_list() -> None:
    spell = SHIPPED.record_form("regime_spell").sections[0].field("regime")
    assert spell is not None
    assert choices_of(spell, {"lane": "health_insurance"}) == "insurance"
    assert choices_of(spell, {"lane": "work"}) == "work"
    assert choices_of(spell, {}) == "legal_regime"


@given(answers(SAMPLE) | JSON)
def test_reducing_answers_twice_changes_nothing(any_answers: Any) -> None:
    once = effective(SAMPLE, any_answers)
    assert effective(SAMPLE, once) == once


@pytest.mark.parametrize("definition", SHIPPED.forms(), ids=lambda one: one.name)
def test_reducing_answers_twice_changes_nothing_in_any_phase(definition: FormDefinition) -> None:
    @settings(max_examples=15)
    @given(answers(definition))
    def check(any_answers: dict[str, Any]) -> None:
        once = effective(definition, any_answers)
        assert effective(definition, once) == once

    check()
