"""The day before each threshold of each rule, and the day itself."""

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from kimdesk.casework.screening_facts import facts_of
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.screening.engine import screen
from kimdesk.domain.screening.result import ConditionState, Light, Screened, ScreenedCondition
from tests.domain.test_screening_persons import plain

LAW = SHIPPED.rules.screening
DAY = timedelta(1)
D, G, U, T = "duldung", "gestattung", "duldung_60b", "title"
Table = dict[str, Any]


def on(facts: Table, rule: str, today: date) -> Screened:
    return screen(facts_of(plain(facts)), LAW, today).of(rule)


def line(found: Screened, name: str) -> ScreenedCondition:
    return next(one for one in found.conditions if one.id == name)


def spells(kind: str, first: str, paragraph: str = "", last: str | None = None) -> Table:
    return {"spells": [{"kind": kind, "paragraph": paragraph, "from": first, "until": last}]}


def title(paragraph: str, first: str) -> Table:
    return spells(T, first, paragraph)


FILE: dict[str, Any] = tomllib.loads(
    (Path(__file__).parent / "screening_thresholds.toml").read_text(encoding="utf-8")
)


def of(table: str) -> list[Any]:
    return [pytest.param(each, id=each["what"]) for each in FILE[table]]


@pytest.mark.parametrize("each", of("days"))
def test_a_condition_is_met_on_its_day_and_not_before(each: Table) -> None:
    facts, rule, name, day = each["facts"], each["rule"], each["condition"], each["day"]
    before, reached = line(on(facts, rule, day - DAY), name), line(on(facts, rule, day), name)
    assert (before.state, before.day) == (ConditionState.TIME, day)
    assert (reached.state, reached.day) == (ConditionState.MET, day)


@pytest.mark.parametrize("each", of("lasts"))
def test_a_window_has_a_last_day_and_is_shut_after_it(each: Table) -> None:
    facts, rule, last = each["facts"], each["rule"], each["last"]
    assert on(facts, rule, last).last_day == last
    assert on(facts, rule, last).urgent
    assert on(facts, rule, last + DAY).last_day != last


@pytest.mark.parametrize("each", of("states"))
def test_each_side_of_what_is_no_day(each: Table) -> None:
    found = on(spells(D, "2022-01-01") | each["facts"], each["rule"], date(2026, 11, 30))
    assert line(found, each["condition"]).state == each["state"]


def test_a_test_that_is_booked_counts_from_its_day_on() -> None:
    facts, day = spells(D, "2020-12-15") | {"civic_test": "2026-12-16"}, date(2026, 12, 16)
    before = line(on(facts, "25b", day - DAY), "civic")
    assert (before.state, before.day) == (ConditionState.TIME, day)
    assert line(on(facts, "25b", day), "civic").state is ConditionState.MET


def test_a_title_of_104c_that_ended_asks_whether_the_next_was_applied_for() -> None:
    facts = spells(T, "2025-07-01", "§ 104c", "2026-12-31")
    for rule in ("104c", "25b"):
        codes = {one.why.code for one in on(facts, rule, date(2027, 1, 1)).conditions}
        assert "title_ended" in codes


def test_the_special_paragraphs_for_holders_of_104c_end_on_1_july_2027() -> None:
    facts = {
        "spells": [
            {"kind": U, "from": "2020-01-01", "until": "2025-12-31"},
            {"kind": T, "paragraph": "§ 104c", "from": "2026-01-01", "until": "2027-12-31"},
        ]
    }
    assert line(on(facts, "25b", date(2027, 6, 30)), "residence").day == date(2026, 1, 1)
    assert line(on(facts, "25b", date(2027, 7, 1)), "residence").day == date(2032, 1, 1)


def test_a_hole_of_a_year_leaves_two_days_and_a_longer_one_begins_anew() -> None:
    def facts(until: str) -> Table:
        first = {"kind": D, "from": "2019-01-01", "until": until}
        return {"spells": [first, {"kind": D, "from": "2021-01-02"}]}

    short = on(facts("2020-01-01"), "25b", date(2026, 11, 30))
    assert (short.earliest, short.second_earliest) == (date(2026, 1, 2), date(2027, 1, 2))
    assert (line(short, "residence").state, short.light) == (ConditionState.DISCRETION, Light.YELLOW)
    long = on(facts("2019-12-31"), "25b", date(2026, 11, 30))
    assert (long.earliest, long.second_earliest) == (date(2027, 1, 2), None)


def test_a_stay_abroad_of_half_a_year_leaves_two_days() -> None:
    def facts(until: str) -> Table:
        return title("§ 25b", "2020-01-01") | {"absences": [{"from": "2024-01-01", "until": until}]}

    assert on(facts("2024-06-30"), "stag_10", date(2026, 11, 30)).second_earliest is None
    long = on(facts("2024-07-01"), "stag_10", date(2026, 11, 30))
    assert (long.earliest, long.second_earliest) == (date(2025, 7, 3), date(2029, 7, 2))


def test_full_time_counts_when_twenty_of_the_last_twenty_four_months_are_full() -> None:
    def livelihood(first: str) -> ConditionState:
        facts = title("§ 25b", "2019-01-01") | {
            "jobs": [{"from": first, "hours": 39}],
            "benefits": [{"regime": "sgb2", "from": "2022-01-01"}],
        }
        return line(on(facts, "stag_10", date(2026, 11, 30)), "livelihood").state

    assert livelihood("2025-03-30") is ConditionState.MET
    assert livelihood("2025-03-31") is ConditionState.AGAINST


def test_who_is_german_is_shown_nothing_and_who_is_not_meant_neither() -> None:
    today = date(2026, 11, 30)
    assert not screen(facts_of({"nationality": "000"}), LAW, today).shown
    child = facts_of({"born": "2021-08-20", "spells": [{"kind": D, "from": "2021-08-20"}]})
    assert not screen(child, LAW, today).shown
    refugee = facts_of(plain(title("§ 25 Abs. 2 S. 1 Alt. 1 AufenthG", "2022-01-01")))
    assert {one.rule for one in screen(refugee, LAW, today).shown} == {"26_3", "9a", "35", "stag_10"}


def test_a_benefit_of_which_nobody_knows_since_when_is_drawn() -> None:
    facts = title("§ 25b", "2019-01-01") | {"benefits": [{"regime": "sgb2"}]}
    assert line(on(facts, "stag_10", date(2026, 11, 30)), "livelihood").state is ConditionState.AGAINST


def test_a_paper_of_which_nobody_knows_since_when_is_held() -> None:
    found = on({"spells": [{"kind": D}]}, "25b", date(2026, 11, 30))
    assert line(found, "tolerated").state is ConditionState.MET
    assert (line(found, "residence").state, found.earliest) == (ConditionState.UNKNOWN, None)


def test_asylblg_in_one_word_is_asylblg() -> None:
    job = {"from": "2020-01-01", "skilled": True}
    facts = spells(D, "2020-01-01") | {
        "jobs": [job],
        "benefits": [{"regime": "asylblg", "from": "2022-01-01"}],
    }
    assert line(on(facts, "19d", date(2026, 11, 30)), "no_benefits").state is ConditionState.MISSING


def test_refused_as_manifestly_unfounded_leaves_what_is_no_claim_to_counsel() -> None:
    facts = spells(D, "2020-01-01") | {"asylum": {"kind": "refused_unfounded"}}
    for rule in ("16g", "19d"):
        assert line(on(facts, rule, date(2026, 11, 30)), "unfounded").state is ConditionState.DISCRETION
    assert not [one for one in on(facts, "25b", date(2026, 11, 30)).conditions if one.id == "unfounded"]


def test_the_note_of_60b_bars_what_needs_work_and_is_to_be_cured_for_25b() -> None:
    facts = spells(U, "2018-01-01") | {"born": "2004-01-01", "training": [{"start": "2027-08-01"}]}
    for rule in ("25a", "60c", "60d", "19d"):
        assert on(facts, rule, date(2026, 11, 30)).light is Light.RED
    lasting = on(facts, "25b", date(2026, 11, 30))
    assert (lasting.light, line(lasting, "note_60b").state) == (Light.YELLOW, ConditionState.MISSING)


def test_the_claim_after_a_training_asks_no_question_of_co_operation_again() -> None:
    facts = spells(D, "2023-08-01", "§ 60c") | {
        "training": [{"start": "2023-08-01", "diploma": "2026-07-10"}],
        "jobs": [{"from": "2026-08-01", "skilled": True}],
        "flat": True,
        "german": {"level": "B1"},
    }
    assert not [one for one in on(facts, "19d", date(2026, 11, 30)).conditions if one.id == "obstruction"]


def test_who_was_resettled_settles_like_a_refugee() -> None:
    today = date(2026, 11, 30)
    rules = {
        one.rule for one in screen(facts_of(plain(title("§ 23 Abs. 4", "2022-01-01"))), LAW, today).shown
    }
    assert "26_3" in rules
    assert "26_4" not in rules


def alarms(facts: Table, rule: str, today: date = date(2026, 11, 30)) -> list[tuple[date, str, date]]:
    return [(one.day, one.code, one.about) for one in on(facts, rule, today).alarms]


def test_the_end_of_a_104c_title_is_told_three_times() -> None:
    ends = date(2027, 3, 31)
    facts = spells(T, "2025-10-01", "§ 104c", "2027-03-31")
    days = [date(2026, 12, 1), date(2027, 1, 30), date(2027, 3, 10)]
    assert alarms(facts, "104c") == [(day, "title_ends", ends) for day in days]


def test_a_window_that_closes_and_a_day_that_opens_are_told() -> None:
    facts = spells(D, "2026-02-01") | {"born": "2000-06-01", "school": [{"degree": True}]}
    last = date(2027, 5, 31)
    assert alarms(facts, "25a") == [
        (date(2027, 1, 31), "window_closes", last),
        (date(2027, 4, 1), "window_closes", last),
        (date(2027, 5, 10), "window_closes", last),
    ]
    opens = date(2027, 2, 1)
    younger = spells(D, "2024-02-01") | {"born": "2008-06-01", "school": [{"degree": True}]}
    assert alarms(younger, "25a")[:1] == [(opens, "possible_from", opens)]
    assert alarms(facts | {"obstruction": True}, "25a") == []


def test_what_to_do_now_is_what_helps_most() -> None:
    def step(facts: Table, rule: str) -> tuple[str, Any, date | None]:
        found = on(facts, rule, date(2026, 11, 30)).step
        assert found
        return found.code, found.facts.get("condition"), found.day

    tolerated = spells(D, "2021-01-15") | {"minor_child": []}
    assert step(tolerated, "25b") == ("ask", "civic", date(2027, 1, 15))
    assert step(tolerated | {"civic_test": False}, "25b") == ("get", "civic", date(2027, 1, 15))
    assert step(tolerated | {"obstruction": True}, "25b") == ("cure", "obstruction", None)
    assert step(spells(G, "2021-01-15"), "25b")[0] == "status_first"
    assert step(tolerated, "stag_10")[0] == "title_first"
    known = {"civic_test": True, "income_share": 1.0, "german": {"level": "B1"}}
    known["identity_clarified"] = "2021-03-01"
    assert step(tolerated | known, "25b") == ("prepare", None, date(2027, 1, 15))
    assert step(spells(D, "2019-01-15") | known | {"minor_child": []}, "25b") == ("apply", None, None)


def test_a_child_under_sixteen_needs_neither_test_nor_certificate_to_be_naturalised() -> None:
    facts = title("§ 25 Abs. 2", "2019-01-01") | {"born": "2011-03-01"}
    young, grown = (on(facts, "stag_10", day) for day in (date(2027, 2, 28), date(2027, 3, 1)))
    for name in ("german", "civic"):
        assert line(young, name).state is ConditionState.NOT_NEEDED
        assert line(grown, name).state is ConditionState.UNKNOWN
    assert on(facts, "26_3", date(2027, 2, 28)).light is Light.GREY
