"""What is wrong is said in German at the field, and never repeats what was typed."""

from typing import Any

import pytest
from hypothesis import given

from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.forms.answers import effective
from kimdesk.forms.validate import Problem, problems
from kimdesk.texts.problems import message
from tests.forms.sample import sample
from tests.forms.strategies import JSON, answers

SAMPLE = sample()
GOOD: dict[str, Any] = {
    "request": {"wish": "Kita", "urgent": True, "until": "2026-12-01", "needs": ["money"], "minutes": 90},
    "domains": {one.code: {"scale": 4} for one in SHIPPED.code_list("life_domain").codes},
    "notices": [
        {
            "agency": "Jobcenter",
            "born": "1990-05",
            "at": "09:30",
            "languages": [{"language": "ckb", "level": "B1", "interpreter": True}, {"language": "deu"}],
            "tags": ["eins", "zwei"],
            "who": "0190f3c0-0000-7000-8000-000000000001",
            "ags": "05558012",
        }
    ],
}


def found(section: str, field: str, value: object) -> list[str]:
    if section == "notices":
        changed: Any = [{**GOOD["notices"][0], field: value}]
    elif section == "domains":
        changed = {**GOOD["domains"], "language": {"scale": 4, field: value}}
    else:
        changed = {**GOOD.get(section, {}), field: value}
    return [one.code for one in problems(SAMPLE, {**GOOD, section: changed})]


def paths(answers: object, **counts: int) -> list[tuple[str, str]]:
    return [(one.path, one.code) for one in problems(SAMPLE, answers, counts=counts, complete=True)]


def test_good_answers_have_no_problem() -> None:
    assert problems(SAMPLE, GOOD, counts={"goal": 2}, complete=True) == ()


def test_a_draft_may_have_gaps() -> None:
    assert problems(SAMPLE, {}) == ()
    assert problems(SAMPLE, {"request": {"wish": "", "until": None}, "notices": []}) == ()


def test_a_complete_form_names_every_gap_in_the_order_of_the_form() -> None:
    gaps = paths({"request": {"wish": "Kita", "urgent": True}, "domains": {"housing": {"scale": 1}}})
    assert gaps[0] == ("request.until", "E701")
    assert ("domains.housing.need", "E701") in gaps
    assert ("domains.work.scale", "E701") in gaps
    assert gaps[-2:] == [("notices", "E706"), ("plan.goals", "E706")]


def test_what_is_hidden_is_not_missed() -> None:
    assert paths({"notices": GOOD["notices"]}, goal=2) == [("request.wish", "E701")]


def test_a_gap_speaks_german_and_names_its_life_domain() -> None:
    gaps = {one.path: one for one in problems(SAMPLE, {"request": GOOD["request"]}, complete=True)}
    scale = gaps["domains.housing.scale"]
    assert (scale.label, message(scale)) == ("Stufe (Wohnen)", "Bitte wählen Sie eine Stufe aus.")
    urgent = problems(SAMPLE, {"request": {"wish": "x", "urgent": True}}, complete=True)[0]
    assert urgent == Problem("request.until", "E701", "Frist", "date")


@pytest.mark.parametrize(
    ("section", "field", "value", "code"),
    [
        ("request", "wish", 7, "E702"),
        ("request", "wish", "x" * 501, "E704"),
        ("request", "wish", "a\x00b", "E702"),
        ("request", "wish", "a\ud800b", "E702"),
        ("request", "urgent", 1, "E702"),
        ("request", "until", "2026-02-30", "E702"),
        ("request", "until", "30.11.2026", "E702"),
        ("request", "until", "20261130", "E702"),
        ("request", "until", "2026-11", "E702"),
        ("request", "until", "0026-11-30", "E704"),
        ("request", "until", "٢٠٢٦-11-30", "E702"),
        ("request", "needs", "money", "E702"),
        ("request", "needs", ["money", "sun"], "E703"),
        ("request", "needs", ["money", "money"], "E704"),
        ("request", "needs", [["money"]], "E702"),
        ("request", "needs", {"money": True}, "E702"),
        ("request", "minutes", 91, "E704"),
        ("request", "minutes", 10**400, "E704"),
        ("request", "minutes", 5.0, "E702"),
        ("request", "minutes", True, "E702"),
        ("request", "mood", "gut", "E705"),
        ("domains", "scale", 5, "E704"),
        ("domains", "scale", "4", "E702"),
        pytest.param("domains", "scale", 10**5000, "E704", id="endless number"),
        pytest.param("request", "needs", [10**5000], "E702", id="endless number as a code"),
        ("domains", "need", "x" * 20_001, "E704"),
        ("domains", "level", "Z9", "E703"),
        ("notices", "born", "1990-13", "E702"),
        ("notices", "at", "24:00", "E702"),
        ("notices", "languages", [{"language": "xx"}], "E703"),
        ("notices", "languages", [{"language": "ckb", "mother": True}], "E705"),
        ("notices", "languages", [{"language": "ckb", "level": "gut"}], "E703"),
        ("notices", "languages", [{"language": "ckb", "interpreter": "ja"}], "E702"),
        ("notices", "languages", ["ckb"], "E702"),
        ("notices", "tags", ["x"] * 201, "E704"),
        ("notices", "tags", ["x", 1], "E702"),
        ("notices", "who", "../../etc", "E702"),
        ("notices", "ags", "0555801", "E702"),
        ("plan", "goals", ["x"], "E705"),
    ],
)
def test_a_wrong_value_is_a_problem_even_in_a_draft(
    section: str, field: str, value: object, code: str
) -> None:
    assert found(section, field, value) == [code]


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ([], "E702"),
        ("text", "E702"),
        ({"weather": {}}, "E705"),
        ({"request": []}, "E702"),
        ({"notices": {}}, "E702"),
        ({"notices": ["x"]}, "E702"),
        ({"notices": [{}] * 4}, "E704"),
        ({"domains": {"weather": {}}}, "E703"),
        ({"domains": {"housing": 4}}, "E702"),
    ],
)
def test_a_wrong_shape_is_a_problem(answers: object, code: str) -> None:
    assert [one.code for one in problems(SAMPLE, answers)] == [code]


def test_a_wrong_value_cannot_hide_behind_a_condition() -> None:
    assert [one.code for one in problems(SAMPLE, {"request": {"urgent": False, "until": 5}})] == ["E702"]


def test_a_problem_never_repeats_the_answer() -> None:
    secret = "Amna Osman wohnt im Mühlenweg"
    wrong = {"request": {"until": secret, "urgent": secret, secret: secret}, secret: secret}
    wrong["domains"] = {"housing": {"scale": secret}, secret: {}}
    shown = str(problems(SAMPLE, wrong, complete=True))
    assert "E702" in shown
    assert "Osman" not in shown


@given(JSON | answers(SAMPLE))
def test_any_json_gives_problems_and_never_an_exception(junk: Any) -> None:
    assert problems(SAMPLE, junk, complete=True) == problems(SAMPLE, junk, complete=True)
    effective(SAMPLE, junk)


@given(answers(SAMPLE))
def test_reduced_answers_have_no_other_problems_than_the_answers_themselves(any_answers: Any) -> None:
    before = {one.code for one in problems(SAMPLE, any_answers)}
    assert {one.code for one in problems(SAMPLE, effective(SAMPLE, any_answers))} <= before
