"""The allow-list names every field, opens nothing that must stay closed, and denies what it does not name."""

import copy
from dataclasses import fields
from typing import Any

import pytest

import resources
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.errors import ContentError
from kimdesk.domain.kinds import RECORD_TYPES, kind_of
from kimdesk.domain.records import Record
from kimdesk.domain.terms import SharingLevel
from kimdesk.forms.definition import Repeat
from kimdesk.sync.leaving.allow_list import PATH, AnswerRule, FieldRule, Treatment
from kimdesk.sync.leaving.answers import CODES
from kimdesk.sync.leaving.policy import parse, policy
from kimdesk.sync.leaving.projection import PLAIN, plan
from kimdesk.sync.leaving.scope import Terms


@pytest.fixture
def table() -> dict[str, Any]:
    return copy.deepcopy(resources.read_toml(PATH))


@pytest.mark.parametrize("record_type", RECORD_TYPES, ids=kind_of)
def test_every_field_of_every_record_is_decided(record_type: type[Record]) -> None:
    assert set(policy().record[kind_of(record_type)].field) == {each.name for each in fields(record_type)}


def test_a_field_that_is_not_named_stays(table: dict[str, Any]) -> None:
    del table["record"]["goal"]["field"]["text"]
    assert "text" not in parse(table).record["goal"].field


@pytest.mark.parametrize("kind", sorted(kind_of(each) for each in RECORD_TYPES))
def test_at_the_level_of_statistics_no_field_leaves(kind: str) -> None:
    steps = plan(kind, Terms(SharingLevel.STATISTICS), PLAIN)
    assert {step.treatment for step in steps} == {Treatment.DROP}


def refusal(table: dict[str, Any]) -> str:
    """Return the place in the file that is complained of."""
    with pytest.raises(ContentError) as refused:
        parse(table)
    assert (refused.value.code, refused.value.facts["name"]) == ("E700", PATH)
    return str(refused.value.facts["place"])


@pytest.mark.parametrize(
    ("kind", "field", "rule", "place"),
    [
        ("person", "azr_number", {"identified": "keep"}, "record.person.azr_number: never"),
        ("person", "azr_number", {"household": "year"}, "record.person.azr_number: never"),
        ("goal", "extra", {"identified": "keep"}, "record.goal.extra: never"),
        ("goal", "extra", {"pseudonymised": "count"}, "record.goal.extra: never"),
        ("person", "street", {"address": False}, "record.person.street: address"),
        ("person", "given_names", {"address": True}, "record.person.given_names: address"),
        ("contact", "content", {"pseudonymised": "keep"}, "record.contact.content: text"),
        ("goal", "text", {"pseudonymised": "keep"}, "record.goal.text: text"),
        ("goal", "smart", {"pseudonymised": "keep", "codes": ""}, "record.goal.smart: text"),
        ("person", "phone", {"pseudonymised": "keep"}, "record.person.phone: text"),
        ("goal", "text", {"why": "no such reason"}, "record.goal.text"),
        ("goal", "text", {"group": "no such group"}, "record.goal.text"),
        ("goal", "text", {"coarse_group": "no such group"}, "record.goal.text"),
        ("goal", "text", {"codes": "no_such_list"}, "record.goal.text: codes"),
        ("goal", "nobody_knows", {"group": "plan"}, "record.goal.nobody_knows"),
    ],
)
def test_a_list_that_opens_what_must_stay_closed_is_refused(
    table: dict[str, Any], kind: str, field: str, rule: dict[str, Any], place: str
) -> None:
    found = table["record"][kind]["field"]
    found[field] = found.get(field, {"group": "plan"}) | rule
    assert refusal(table) == place


@pytest.mark.parametrize(
    ("kind", "field", "rule"),
    [
        ("person", "azr_number", {"identified": "drop"}),
        ("goal", "due_on", {"pseudonymised": "keep"}),
        ("goal", "number", {"pseudonymised": "keep"}),
        ("goal", "text", {"pseudonymised": "count"}),
        ("goal", "text", {"pseudonymised": "keep", "codes": "life_domain"}),
    ],
)
def test_what_says_no_more_than_it_may_is_taken(
    table: dict[str, Any], kind: str, field: str, rule: dict[str, Any]
) -> None:
    table["record"][kind]["field"][field] |= rule
    assert field in parse(table).record[kind].field


def test_a_reason_for_what_leaves_that_nobody_explains_is_refused(table: dict[str, Any]) -> None:
    table["record"]["goal"]["basis"] = "no such reason"
    assert refusal(table) == "reason.no such reason"


def test_a_list_for_other_kinds_of_records_is_refused(table: dict[str, Any]) -> None:
    goal = table["record"].pop("goal")
    assert refusal(table) == "record.goal"
    table["record"] |= {"goal": goal, "nobody": goal}
    assert refusal(table) == "record.nobody"


@pytest.mark.parametrize(
    ("part", "value", "place"),
    [
        ("version", "one", "$.version"),
        ("reason", None, "$.reason"),
        ("group", {"plan": "nothing"}, "$.group"),
        ("nobody_knows", 1, "nobody_knows"),
    ],
)
def test_a_list_of_another_shape_is_refused_with_its_place(
    table: dict[str, Any], part: str, value: Any, place: str
) -> None:
    table[part] = value
    assert place in refusal(table)


def test_the_shipped_list_is_the_one_that_is_used(table: dict[str, Any]) -> None:
    assert policy() == parse(table)


def test_each_level_has_a_treatment_of_its_own_and_the_household_only_when_identified() -> None:
    rule = FieldRule(
        identified=Treatment.KEEP, household=Treatment.YEAR, pseudonymised=Treatment.HMAC, group="plan"
    )
    told = [
        rule.treatment(level, household=household)
        for level in (SharingLevel.IDENTIFIED, SharingLevel.PSEUDONYMISED)
        for household in (False, True)
    ]
    assert told == [Treatment.KEEP, Treatment.YEAR, Treatment.HMAC, Treatment.HMAC]


def test_each_level_has_answers_of_its_own() -> None:
    rule = AnswerRule(kind="person", identified=("a.b",), pseudonymised=("a.c",))
    assert rule.paths(SharingLevel.IDENTIFIED) == ("a.b",)
    assert rule.paths(SharingLevel.PSEUDONYMISED) == ("a.c",)


def test_for_statistics_nothing_leaves_whatever_a_rule_says() -> None:
    keep = Treatment.KEEP
    rule = FieldRule(identified=keep, household=keep, pseudonymised=keep, group="plan")
    for household in (True, False):
        assert rule.treatment(SharingLevel.STATISTICS, household=household) is Treatment.DROP
    answers = AnswerRule(kind="person", identified=("a.b",), pseudonymised=("a.b",))
    assert answers.paths(SharingLevel.STATISTICS) == ()


def test_kinds_of_information_are_those_a_consent_can_name() -> None:
    asked = {rule.kind for rule in policy().record.values()} | {
        rule.kind for rule in policy().answers.values()
    }
    asked |= {each.kind or "" for rule in policy().record.values() for each in rule.field.values()}
    assert asked - {""} <= {entry.code for entry in SHIPPED.code_list("information_kind").codes}


def test_special_categories_are_those_a_consent_can_name() -> None:
    special = policy().special
    named = {each for found in special.values() for each in found.values()}
    named |= {each for rule in policy().answers.values() for each in rule.special.values()}
    assert named <= {entry.code for entry in SHIPPED.code_list("special_category").codes}
    assert special["life_domain"].keys() <= {entry.code for entry in SHIPPED.code_list("life_domain").codes}
    assert special["service"].keys() <= {entry.code for entry in SHIPPED.services()}


def test_a_service_that_gets_health_data_is_sensitive() -> None:
    asked = {each.code for each in SHIPPED.services() if "health" in each.information_kinds}
    assert asked - {"health_insurance", "asylblg_office"} <= policy().special["service"].keys()


def paths_of(name: str) -> dict[str, Any]:
    return {
        f"{section.id}{'' if section.repeat is Repeat.ONCE else '.*'}.{field.id}": field
        for section in SHIPPED.form(name).sections
        for field in section.fields
    }


@pytest.mark.parametrize("name", sorted(policy().answers))
def test_the_paths_of_answers_are_those_of_the_form(name: str) -> None:
    rule = policy().answers[name]
    known = paths_of(name)
    assert set(rule.identified) <= known.keys()
    assert set(rule.pseudonymised) <= set(rule.identified)
    assert set(rule.special) <= set(rule.identified)
    assert {known[path].type for path in rule.pseudonymised} <= CODES


def test_age_bands_cover_everybody() -> None:
    assert [band.below for band in policy().age_band] == sorted(band.below for band in policy().age_band)
    assert policy().age_band[-1].below > 130
