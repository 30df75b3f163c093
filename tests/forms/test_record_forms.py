"""Typed records are edited with the same forms, and nothing of a record is lost on the way."""

import types
from dataclasses import MISSING, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest

from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.records import (
    Consent,
    Contact,
    DatedNote,
    FollowUp,
    Goal,
    LanguageSkill,
    Measure,
    Person,
    PlanStep,
    Record,
    Referral,
    RegimeSpell,
    ResidenceSpell,
    Translation,
)
from kimdesk.domain.terms import GoalState, Lane, SharingLevel
from kimdesk.forms.definition import Field, FieldType
from kimdesk.forms.records import RECORDS, answers_of, with_answers
from kimdesk.forms.validate import problems

TAKES: dict[FieldType, tuple[Any, ...]] = {
    FieldType.TEXT: (str,),
    FieldType.LONG_TEXT: (str,),
    FieldType.DATE: (date,),
    FieldType.PARTIAL_DATE: (PartialDate,),
    FieldType.TIME: (str,),
    FieldType.INTEGER: (int,),
    FieldType.BOOLEAN: (bool,),
    FieldType.CHOICE: (str, StrEnum),
    FieldType.CHOICES: (tuple[str, ...],),
    FieldType.SCALE: (int,),
    FieldType.LANGUAGES: (tuple[LanguageSkill, ...],),
    FieldType.STEPS: (tuple[PlanStep, ...],),
    FieldType.DAYS: (tuple[DatedNote, ...],),
    FieldType.SPANS: (tuple[DatedNote, ...],),
    FieldType.TRANSLATIONS: (tuple[Translation, ...],),
    FieldType.PERSON: (str,),
    FieldType.LINK: (str,),
    FieldType.LINKS: (tuple[str, ...],),
    FieldType.SERVICE: (str,),
    FieldType.MUNICIPALITY: (str,),
}
INNER = {"id", "rev", "extra", "case_id"}
ELSEWHERE = {
    "case": {"status", "phase", "closed_on", "closing_reason", "settled"},
    "goal": {"number"},
    "measure": {"template"},
    "follow_up": {"rule", "facts", "about"},
    "finding": {"about"},
    "referral": {"service_version", "state", "checklist", "course", "slip_code"},
    "attachment": {"media_type", "size", "sha256", "added_on", "item", "handed", "look"},
}
"""Set by a use case, never typed into a form."""


def form_fields(record: str) -> list[Field]:
    return [field for section in SHIPPED.record_form(record).sections for field in section.fields]


def plain(hint: Any) -> Any:
    if get_origin(hint) in (Union, types.UnionType):
        (hint,) = (one for one in get_args(hint) if one is not type(None))
    return StrEnum if isinstance(hint, type) and issubclass(hint, StrEnum) else hint


@pytest.mark.parametrize("record", RECORDS)
def test_each_field_is_an_attribute_of_its_type(record: str) -> None:
    hints = get_type_hints(RECORDS[record])
    for field in form_fields(record):
        assert plain(hints[field.id]) in TAKES[field.type], field.id


@pytest.mark.parametrize("record", RECORDS)
def test_each_attribute_has_its_field_exactly_once(record: str) -> None:
    typed = [field.id for field in form_fields(record)]
    attributes = {one.name for one in fields(RECORDS[record])} - INNER - ELSEWHERE.get(record, set())
    assert sorted(typed) == sorted(attributes)


@pytest.mark.parametrize("record", RECORDS)
def test_what_a_record_cannot_be_without_is_asked_for(record: str) -> None:
    needed = {one.name for one in fields(RECORDS[record]) if one.default is one.default_factory is MISSING}
    assert needed <= {field.id for field in form_fields(record) if field.required}


@pytest.mark.parametrize("record", RECORDS)
def test_a_word_rules_depend_on_is_chosen_from_its_own_list(record: str) -> None:
    for field in form_fields(record):
        hint = get_type_hints(RECORDS[record])[field.id]
        if plain(hint) is StrEnum:
            assert [one.code for one in SHIPPED.code_list(field.choices).codes] == [one.value for one in hint]


AMNA = Person(
    id="p1",
    rev=3,
    extra={"foreign": 1},
    family_name="Osman",
    given_names="Amna",
    birth_date=PartialDate(1992, 5),
    nationalities=("277", "998"),
    languages=(LanguageSkill("ara", "native", True), LanguageSkill("deu", "A1")),
    protected=True,
)
FULL: list[Record] = [
    AMNA,
    Goal(id="g1", text="Ich verstehe meinen Arzt.", life_domain="language", smart=("specific",), level=-2),
    Measure(title="Kurs suchen", goal_id="g1", requires=("m0",), gap=True, due_on=date(2026, 12, 1)),
    Contact(held_on=date(2026, 11, 24), minutes=45),
    FollowUp(due_on=date(2026, 11, 30), title="Anruf"),
    RegimeSpell(person_id="p1", lane=Lane.HEALTH_INSURANCE, regime="health_card", starts_on=date(2026, 1, 1)),
    ResidenceSpell(person_id="p1", status="permit", paragraph="§ 25 Abs. 2", valid_until=date(2027, 3, 1)),
    Referral(service="jobcenter", service_version=2, purpose="benefits", warm=True, consent_id="c1"),
    Consent(
        recipient="jobcenter",
        purpose="benefits",
        kinds=("person", "regimes"),
        level=SharingLevel.IDENTIFIED,
        necessity="Antrag",
        refusal_consequences="keine",
        given_on=date(2026, 11, 1),
    ),
]


def name_of(record: Record) -> str:
    return next(name for name, kind in RECORDS.items() if kind is type(record))


@pytest.mark.parametrize("record", FULL, ids=name_of)
def test_a_record_passes_through_its_form_unchanged(record: Record) -> None:
    definition = SHIPPED.record_form(name_of(record))
    answers = answers_of(definition, record)
    assert problems(definition, answers, complete=True) == ()
    assert with_answers(definition, record, answers) == record


def test_an_emptied_field_empties_the_record() -> None:
    definition = SHIPPED.record_form("person")
    answers = answers_of(definition, AMNA)
    answers["name"]["family_name"] = ""
    answers["birth"] |= {"birth_date": None, "nationalities": []}
    saved = with_answers(definition, AMNA, answers)
    assert saved == replace(AMNA, family_name="", birth_date=None, nationalities=())


def test_a_hidden_answer_does_not_reach_the_record() -> None:
    definition = SHIPPED.record_form("follow_up")
    appointment = FollowUp(due_on=date(2026, 11, 30), title="Anruf")
    answers = answers_of(definition, appointment)
    answers["follow_up"] |= {"kind": "deadline", "time": "09:30"}
    assert with_answers(definition, appointment, answers).time == ""
    answers["follow_up"]["kind"] = "appointment"
    assert with_answers(definition, appointment, answers).time == "09:30"


def test_a_choice_becomes_the_word_rules_depend_on() -> None:
    definition = SHIPPED.record_form("goal")
    answers = answers_of(definition, Goal(text="x"))
    answers["standing"]["state"] = "reached"
    assert with_answers(definition, Goal(text="x"), answers).state is GoalState.REACHED


def test_wrong_answers_are_refused_instead_of_stored() -> None:
    definition = SHIPPED.record_form("follow_up")
    with pytest.raises(ValueError, match="date"):
        with_answers(definition, FollowUp(due_on=date(2026, 1, 1)), {"follow_up": {"due_on": "morgen"}})


@pytest.mark.parametrize("code", ["statutory", "kita"])
def test_the_lane_decides_which_codes_fit(code: str) -> None:
    spell = {"spell": {"person_id": "p1", "lane": "health_insurance", "regime": code}}
    expected = [] if code == "statutory" else ["E703"]
    assert [
        one.code for one in problems(SHIPPED.record_form("regime_spell"), spell, complete=True)
    ] == expected
