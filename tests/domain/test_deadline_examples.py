"""Deadlines worked out by hand, each with its source, and what a derivation says on the way."""

import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kimdesk.catalogue.calendar import holiday_name
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.catalogue.deadline_rules import parse
from kimdesk.domain.errors import CaseworkError, ContentError
from kimdesk.domain.law.deadline_rule import Facts
from kimdesk.texts import derivation

HERE = Path(__file__)
EXAMPLES = tomllib.loads(HERE.with_name("deadline_examples.toml").read_text("utf-8"))["example"]
SAID = tomllib.loads(HERE.with_name("derivation_examples.toml").read_text("utf-8"))["derivation"]
NBSP = "\u00a0"


def params(examples: list[dict[str, Any]]) -> list[Any]:
    """Return them as parameters that are called by number and rule: plain, whatever language names them."""
    return [pytest.param(each, id=f"{number}-{each['rule']}") for number, each in enumerate(examples, 1)]


@pytest.mark.parametrize("example", params(EXAMPLES))
def test_a_deadline_ends_as_worked_out_by_hand(example: dict[str, Any]) -> None:
    assert SHIPPED.rules.deadlines.derive(example["rule"], Facts.read(example["facts"])).due == example["due"]


def test_every_rule_has_an_example_and_every_example_a_source_and_a_reason() -> None:
    assert len(EXAMPLES) >= 240
    assert {each["rule"] for each in EXAMPLES} == {each.code for each in SHIPPED.rules.deadlines.every}
    counted = Counter(each["rule"] for each in EXAMPLES)
    assert {rule for rule, count in counted.items() if count == 1} == {
        "section24_end"
    }  # the law names its day
    assert all("§" in each["source"] or "BSG" in each["source"] for each in EXAMPLES)
    assert all(each["why"].endswith(".") for each in EXAMPLES)
    assert len({each["name"] for each in EXAMPLES}) == len(EXAMPLES)


@pytest.mark.parametrize("example", params(SAID))
def test_each_step_says_what_happened_its_source_and_whether_it_was_checked(example: dict[str, Any]) -> None:
    found = SHIPPED.rules.deadlines.derive(example["rule"], Facts.read(example["facts"]))
    checked = {True: "", False: "ungeprüft"}
    told = [(each.text, each.source, checked[each.checked]) for each in derivation.sentences(found)]
    lines = [" | ".join(filter(None, each)).replace(NBSP, " ") for each in told]
    assert (found.due, lines) == (example["due"], example["said"].splitlines())


def said(code: str, **facts: str) -> list[str]:
    return [one.text for one in derivation.sentences(SHIPPED.rules.deadlines.derive(code, Facts.read(facts)))]


def test_a_letter_over_easter_is_explained_step_by_step() -> None:
    assert said("objection_social", posted_on="2026-04-02", delivery="post") == [
        "Der Bescheid wurde am 02.04.2026 zur Post gegeben.",
        "Er gilt am 4. Tag danach, am 06.04.2026, als bekannt gegeben.",
        "Dass das ein Feiertag (Ostermontag) ist, ändert daran nichts.",
        "Dieser Tag zählt nicht mit; der erste Tag der Frist ist der 07.04.2026.",
        "Die Frist von einem Monat endet am 06.05.2026, einem Mittwoch.",
    ]


def test_days_that_are_no_working_days_are_named() -> None:
    assert said("objection_social", posted_on="2026-02-27", delivery="post")[-1] == (
        "Keine Werktage: 03.04.2026 (Karfreitag), 04.04.2026 (Samstag), 05.04.2026 (Sonntag), "
        "06.04.2026 (Ostermontag). Die Frist endet deshalb am nächsten Werktag, dem 07.04.2026."
    )


def test_a_deadline_counted_back_says_when_to_act() -> None:
    last = said("measles_school", day="2026-08-03")[-1]
    assert "verlängern sich nicht; handeln Sie spätestens am 31.07.2026." in last


def test_a_month_without_that_day_is_explained() -> None:
    assert (
        "Einen 31. gibt es in diesem Monat nicht" in said("objection_social", delivered_on="2025-01-31")[-1]
    )


def test_each_step_of_a_rule_has_a_source_that_says_whether_it_was_checked() -> None:
    found = SHIPPED.rules.deadlines.derive("child_title", Facts(day=date(2026, 3, 3)))
    steps = derivation.sentences(found)
    assert all(step.source for step in steps)
    assert all(step.checked for step in steps)
    asylum = SHIPPED.rules.deadlines.derive(
        "lawsuit_asylum", Facts(delivered_on=date(2026, 3, 3), delivery="formal")
    )
    assert not derivation.sentences(asylum)[-1].checked


@pytest.mark.parametrize("rule", SHIPPED.rules.deadlines.every, ids=lambda rule: rule.code)
def test_a_rule_can_be_said_in_german(rule: Any) -> None:
    assert rule.source.startswith("§")
    assert derivation.group_label(rule.group)
    notice = rule.counts_from == "notice"
    assert notice == bool(rule.law)
    assert notice != bool(rule.question and rule.reason and rule.event)
    for words in (rule.label, rule.title, rule.note, rule.source, rule.question, rule.event):
        assert "§ " not in words
        assert '"' not in words


def test_fictions_follow_each_other_without_a_gap() -> None:
    kinds = {(each.law, each.delivery) for each in SHIPPED.rules.deadlines.fictions}
    for law, delivery in kinds:
        for day in (date(2020, 1, 1), date(2024, 12, 31), date(2025, 1, 1), date(2030, 1, 1)):
            assert sum(each.holds(law, delivery, day) for each in SHIPPED.rules.deadlines.fictions) == 1


def test_holidays_are_those_of_nrw() -> None:
    found = [day for day in (date(2026, 1, 6), date(2026, 6, 4), date(2026, 8, 15), date(2026, 10, 31),
                             date(2026, 11, 1)) if holiday_name(day)]  # fmt: skip
    assert found == [date(2026, 6, 4), date(2026, 11, 1)]


@pytest.mark.parametrize(
    ("code", "facts", "error"),
    [
        ("objection_social", Facts(delivery="post"), "E890"),
        ("child_title", Facts(delivered_on=date(2026, 1, 1)), "E890"),
        ("residence_rule", Facts(day=date(9999, 5, 1)), "E891"),
        ("job_seeker", Facts(day=date(1, 1, 1)), "E891"),
        ("unknown", Facts(), "E892"),
        (
            "objection_social",
            Facts(posted_on=date(2026, 3, 4), delivered_on=date(2026, 3, 2), delivery="post"),
            "E893",
        ),
    ],
)
def test_what_cannot_be_counted_is_refused(code: str, facts: Facts, error: str) -> None:
    with pytest.raises(CaseworkError) as refused:
        SHIPPED.rules.deadlines.derive(code, facts)
    assert refused.value.code == error


def test_facts_come_back_as_they_were_stored() -> None:
    facts = Facts(dated_on=date(2026, 4, 2), delivery="post", instruction="missing")
    assert Facts.read(facts.plain()) == facts
    assert Facts.read({"day": "gestern", "foreign": 1}) == Facts()


@pytest.mark.parametrize(
    "change",
    [
        {"late": ["nobody"]},
        {"counts_from": "fixed", "counting": "fixed"},
        {"on": date(2027, 3, 4)},
        {"counting": "sometimes"},
        {"length": {"count": 1, "unit": "moons"}},
        {"colour": "red"},
    ],
)
def test_a_rule_of_a_layer_that_cannot_hold_is_refused(change: dict[str, Any]) -> None:
    rule = {
        "code": "own", "label": "a", "title": "b", "group": "appeal",
        "counts_from": "event", "counting": "event", "source": "§ 1",
        "question": "?", "event": "{day}", "reason": "weil",
    }  # fmt: skip
    sheet = {"state": date(2026, 8, 19), "fiction": []}
    assert parse({**sheet, "rule": [rule]}).rule("own").title == "b"
    with pytest.raises(ContentError) as refused:
        parse({**sheet, "rule": [rule | change]})
    assert refused.value.code == "E700"
    for part in ({"effect": [{"rule": "nobody", "suspends": "no", "source": "§"}]},
                 {"agency": [{"words": ["amt"], "rule": "nobody"}]}):  # fmt: skip
        with pytest.raises(ContentError):
            parse({**sheet, "rule": [rule], **part})
