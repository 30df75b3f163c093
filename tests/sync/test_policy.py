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
from kimdesk.sync.answers import CODES
from kimdesk.sync.policy import PATH, AnswerRule, FieldRule, Treatment, parse, policy
from kimdesk.sync.projection import PLAIN, plan
from kimdesk.sync.scope import Terms


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
    steps = plan(kind, Terms(SharingLevel.STATISTICS, frozenset({"person"})), PLAIN)
    assert {step.treatment for step in steps} == {Treatment.DROP}


@pytest.mark.parametrize(
    ("kind", "field", "rule"),
    [
        ("person", "azr_number", {"identified": "keep"}),
        ("goal", "extra", {"identified": "keep"}),
        ("person", "street", {"address": False}),
        ("contact", "content", {"pseudonymised": "keep"}),
        ("goal", "text", {"pseudonymised": "keep"}),
        ("person", "phone", {"pseudonymised": "keep"}),
        ("goal", "text", {"why": "no such reason"}),
        ("goal", "text", {"codes": "no_such_list"}),
        ("goal", "nobody_knows", {"group": "plan"}),
    ],
)
def test_a_list_that_opens_what_must_stay_closed_is_refused(
    table: dict[str, Any], kind: str, field: str, rule: dict[str, Any]
) -> None:
    found = table["record"][kind]["field"]
    found[field] = found.get(field, {"group": "plan"}) | rule
    with pytest.raises(ContentError, match="E700"):
        parse(table)


def test_a_reason_for_what_leaves_that_nobody_explains_is_refused(table: dict[str, Any]) -> None:
    table["record"]["goal"]["basis"] = "no such reason"
    with pytest.raises(ContentError, match="E700"):
        parse(table)


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
