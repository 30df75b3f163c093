"""What the records of a case tell a screening about each of its people."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.records import (
    Achievement,
    Case,
    CaseFile,
    DatedNote,
    Member,
    Person,
    RegimeSpell,
    Relation,
    ResidenceSpell,
    Standing,
)
from kimdesk.domain.screening.facts import AsylumKind, Benefit, German, Job, SpellKind, Training
from kimdesk.domain.screening.of_case import facts_of, screen_case
from kimdesk.domain.screening.result import Light
from kimdesk.domain.terms import Lane, Role

TODAY = date(2026, 11, 30)
LAW = SHIPPED.rules.screening
FATHER = Person(id="f", given_names="Mamadou", birth_date=PartialDate(1990, 3, 5), nationalities=("261",))
MOTHER = Person(id="m", given_names="Kadiatou", birth_date=PartialDate(1995))
CHILD = Person(id="c", given_names="Fanta", birth_date=PartialDate(2021, 8, 20))


def case(**records: Any) -> CaseFile:
    return CaseFile(
        case=Case(id="case", opened_on=TODAY),
        persons=(FATHER, MOTHER, CHILD),
        members=(
            Member(person_id="f", role=Role.CLIENT),
            Member(person_id="m", role=Role.PARTNER),
            Member(person_id="c", role=Role.CHILD),
        ),
        **records,
    )


def paper(status: str, first: date | None, last: date | None = None, **more: Any) -> ResidenceSpell:
    return ResidenceSpell(person_id="f", status=status, valid_from=first, valid_until=last, **more)


def told(*papers: ResidenceSpell) -> list[tuple[str, str, date | None, date | None]]:
    spells = facts_of(case(residence=papers), FATHER, TODAY).spells or ()
    return [(str(one.kind), one.paragraph, one.first, one.last) for one in spells]


def test_nothing_recorded_is_nothing_known() -> None:
    facts = facts_of(CaseFile(case=Case(id="x", opened_on=TODAY)), Person(id="p"), TODAY)
    known = {name for name in facts.__slots__ if getattr(facts, name) is not None}
    assert known == set()


@pytest.mark.parametrize(
    ("status", "kind", "paragraph"),
    [
        ("arrival_certificate", SpellKind.PERMISSION, ""),
        ("asylum_permission", SpellKind.PERMISSION, ""),
        ("toleration_60a", SpellKind.TOLERATION, "60a"),
        ("toleration_60b", SpellKind.TOLERATION_60B, "60b"),
        ("toleration_60d", SpellKind.TOLERATION, "60d"),
        ("fiction_81_3", SpellKind.FICTION_3, ""),
        ("settlement_permit", SpellKind.TITLE, "9"),
        ("blue_card", SpellKind.TITLE, "18g"),
        ("none", SpellKind.NONE, ""),
    ],
)
def test_each_status_is_a_kind_of_paper(status: str, kind: SpellKind, paragraph: str) -> None:
    assert told(paper(status, TODAY)) == [(kind, paragraph, TODAY, None)]


def test_a_status_that_is_unknown_or_only_expected_says_nothing() -> None:
    assert told(paper("unknown", TODAY), paper("permit", TODAY, expected=True)) == []


def test_an_expected_title_says_from_when_one_can_be_naturalised() -> None:
    coming = paper("permit", date(2027, 2, 1), paragraph="§ 25b", expected=True)
    tolerated = paper("toleration_60a", date(2019, 1, 1))
    found = screen_case(case(residence=(tolerated, coming)), LAW, TODAY)["f"].of("stag_10")
    assert (found.light, found.earliest) == (Light.YELLOW, date(2032, 2, 1))


def test_a_title_that_was_to_be_prolonged_in_time_goes_on() -> None:
    first, last = date(2024, 1, 1), date(2026, 6, 30)
    title = paper("permit", first, last, paragraph="§ 25b", applied_on=date(2026, 6, 30))
    assert told(title)[1] == ("fiction_81_4", "§ 25b", date(2026, 7, 1), None)
    assert len(told(replace(title, applied_on=date(2026, 7, 1)))) == 1


def test_a_child_of_the_household_shortens_the_time_of_both_parents() -> None:
    papers = [replace(paper("toleration_60a", date(2023, 1, 9)), person_id=one) for one in "fm"]
    found = screen_case(case(residence=tuple(papers)), LAW, TODAY)
    assert {found[one].of("25b").earliest for one in "fm"} == {date(2027, 1, 9)}
    assert found["c"].shown == () or all(one.light is Light.YELLOW for one in found["c"].shown)
    gone = Member(person_id="c", role=Role.CHILD, until=date(2026, 1, 1))
    away = replace(case(residence=tuple(papers)), members=(*case().members[:2], gone))
    assert screen_case(away, LAW, TODAY)["f"].of("25b").earliest == date(2029, 1, 9)


def test_relations_tell_children_and_partner_too() -> None:
    relations = (
        Relation(person_id="m", other_id="c", kind="parent"),
        Relation(person_id="f", other_id="m", kind="partner"),
    )
    assert facts_of(case(relations=relations), FATHER, TODAY).minor_child == (date(2021, 8, 20),)


def test_a_german_partner_counts_from_the_wedding() -> None:
    wed = Relation(person_id="m", other_id="f", kind="partner", since=date(2022, 6, 10))
    found = replace(case(relations=(wed,)), persons=(FATHER, replace(MOTHER, nationalities=("000",)), CHILD))
    assert facts_of(found, FATHER, TODAY).german_spouse == date(2022, 6, 10)


def test_achievements_tell_german_test_school_training_and_work() -> None:
    def done(kind: str, **more: Any) -> Achievement:
        return Achievement(person_id="f", kind=kind, **more)

    achieved = (
        done("german_certificate", level="A2", achieved_on=date(2025, 6, 14)),
        done("german_certificate", level="B1", achieved_on=date(2026, 6, 14)),
        done("civic_test", achieved_on=date(2026, 5, 2), points=30),
        done("school_degree", level="msa", achieved_on=date(2024, 7, 5)),
        done("training", starts_on=date(2027, 8, 1), registered_on=date(2026, 10, 1), follow_on="yes"),
        done("job", starts_on=date(2025, 9, 1), weekly_hours=30, insured="yes", skilled="no"),
        replace(done("job", starts_on=date(2020, 1, 1)), person_id="m"),
    )
    facts = facts_of(case(achievements=achieved), FATHER, TODAY)
    assert facts.german == German(level="B1", on=date(2026, 6, 14))
    assert (facts.civic_test, facts.civic_points) == (date(2026, 5, 2), 30)
    assert [one.degree for one in facts.school or ()] == [True]
    assert facts.training == (Training(start=date(2027, 8, 1), registered=True, promised=True),)
    assert facts.jobs == (Job(first=date(2025, 9, 1), hours=30, insured=True, skilled=False),)
    assert facts.partner_jobs == (Job(first=date(2020, 1, 1)),)


def test_a_school_before_the_entry_is_no_school_in_germany() -> None:
    degree = Achievement(person_id="f", kind="school_degree", level="abitur", achieved_on=date(2010, 7, 1))
    came = replace(FATHER, arrived_on=PartialDate(2022, 10))
    assert facts_of(case(achievements=(degree,)), came, TODAY).school is None


def test_the_standing_tells_asylum_identity_and_livelihood() -> None:
    standing = Standing(
        person_id="f",
        asylum_applied_on=date(2022, 1, 3),
        asylum_decided_on=date(2024, 1, 3),
        asylum_decision="ban",
        identity_steps=(DatedNote(date(2024, 5, 6)),),
        income_share=120,
        flat="no",
        unable="yes",
    )
    facts = facts_of(case(standings=(standing,)), FATHER, TODAY)
    assert facts.asylum
    assert (facts.asylum.kind, facts.asylum.decided) == (AsylumKind.REMOVAL_BAN, date(2024, 1, 3))
    assert (facts.identity_steps, facts.income_share) == ((date(2024, 5, 6),), 1.0)
    assert (facts.flat, facts.unable) == (False, True)


def test_a_refusal_that_is_not_final_leaves_the_procedure_open() -> None:
    standing = Standing(person_id="f", asylum_decision="refused", asylum_decided_on=date(2026, 10, 1))
    permitted = paper("asylum_permission", date(2025, 1, 1))
    facts = facts_of(case(standings=(standing,), residence=(permitted,)), FATHER, TODAY)
    assert facts.asylum
    assert facts.asylum.kind is AsylumKind.PENDING
    final = replace(standing, asylum_final_on=date(2026, 11, 2))
    facts = facts_of(case(standings=(final,), residence=(permitted,)), FATHER, TODAY)
    assert facts.asylum
    assert (facts.asylum.kind, facts.asylum.decided) == (AsylumKind.REFUSED, date(2026, 11, 2))


def test_benefits_are_known_when_the_record_says_what_is_lived_on_today() -> None:
    old = RegimeSpell(person_id="f", lane=Lane.BENEFIT, regime="sgb2", ends_on=date(2025, 1, 1))
    now = RegimeSpell(person_id="f", lane=Lane.BENEFIT, regime="own_income", starts_on=date(2025, 1, 2))
    assert facts_of(case(regimes=(old,)), FATHER, TODAY).benefits is None
    assert facts_of(case(regimes=(old, now)), FATHER, TODAY).benefits == (
        Benefit(regime="sgb2", last=date(2025, 1, 1)),
        Benefit(regime="own_income", first=date(2025, 1, 2)),
    )


def test_a_year_of_birth_alone_shuts_no_window_and_opens_none() -> None:
    papers = (replace(paper("toleration_60a", date(2020, 1, 1)), person_id="m"),)
    young = replace(case(residence=papers), persons=(replace(MOTHER, birth_date=PartialDate(2000)),))
    limit = screen_case(young, LAW, TODAY)["m"].of("25a")
    assert limit.last_day == date(2026, 12, 31)
    born = replace(case(residence=papers), persons=(replace(MOTHER, birth_date=PartialDate(2012)),))
    age = screen_case(born, LAW, TODAY)["m"].of("25a")
    assert next(one.day for one in age.conditions if one.id == "age_from") == date(2026, 12, 31)


def test_a_recognised_degree_needs_two_years_of_skilled_work_only() -> None:
    achieved = (
        Achievement(person_id="f", kind="recognition", achieved_on=date(2024, 1, 1)),
        Achievement(person_id="f", kind="job", starts_on=date(2024, 12, 15), skilled="yes"),
    )
    papers = (paper("toleration_60a", date(2020, 1, 1)),)
    found = screen_case(case(residence=papers, achievements=achieved), LAW, TODAY)["f"].of("19d")
    assert (found.paragraph[-12:], found.earliest) == ("1 b AufenthG", date(2026, 12, 15))
