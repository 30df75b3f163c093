"""Conditions judged over a case: yes, no, not known; for whom, by what, and what is missing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as some

from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.catalogue.conditions import When, complaints, demand_small
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.needs.conditions import Fact
from kimdesk.domain.needs.facts import gathered, sections_of
from kimdesk.domain.needs.judging import Judgement, MissingFact, judge
from kimdesk.domain.records import (
    Case,
    CaseFile,
    Member,
    Person,
    PhaseEntry,
    RegimeSpell,
    Relation,
    ResidenceSpell,
)
from kimdesk.domain.terms import Lane, Phase, Role

DAY = date(2026, 11, 30)
OTHERS_15 = {"who": "others", "from_age": 15}
UNDER_15 = {"who": "household", "under_age": 15}


def person(key: str, role: Role, birth: str = "", **more: Any) -> tuple[Person, Member]:
    born = PartialDate.parse(birth) if birth else None
    return Person(id=key, birth_date=born, **more), Member(case_id="c", person_id=key, role=role)


def case(*people: tuple[Person, Member], **more: Any) -> CaseFile:
    return CaseFile(
        case=Case(id="c", opened_on=DAY),
        persons=tuple(one for one, _ in people),
        members=tuple(one for _, one in people),
        **more,
    )


def judged(when: dict[str, Any], file: CaseFile, day: date = DAY) -> Judgement:
    read = msgspec.convert(when, When)
    assert list(complaints(read, SHIPPED)) == []
    return judge(read.meaning, gathered(file, day))


CLIENT = person("client", Role.CLIENT, "1990-05-02")
FAMILY = case(CLIENT, person("ali", Role.CHILD, "2018-03-01"), person("sara", Role.CHILD, "2014-11-30"))


def test_children_under_15_are_counted_by_name() -> None:
    found = judged(UNDER_15, FAMILY)
    assert (found.truth, found.persons) == (True, ("ali", "sara"))
    assert [(one.person_id, one.number) for one in found.because[0].seen] == [("ali", 8), ("sara", 12)]
    assert judged(OTHERS_15, FAMILY).truth is False


@pytest.mark.parametrize(("day", "persons"), [
    (date(2029, 11, 29), ()), (date(2029, 11, 30), ("sara",)),
])  # fmt: skip
def test_an_age_turns_on_the_birthday(day: date, persons: tuple[str, ...]) -> None:
    assert judged(OTHERS_15, FAMILY, day).persons == persons


def test_a_leap_birthday_turns_on_the_first_of_march() -> None:
    file = case(CLIENT, person("b", Role.CHILD, "2012-02-29"))
    assert judged(OTHERS_15, file, date(2027, 2, 28)).truth is False
    assert judged(OTHERS_15, file, date(2027, 3, 1)).truth is True


@pytest.mark.parametrize(("birth", "truth"), [
    ("2011", None), ("2011-11", True), ("2011-12", False), ("2012", False), ("2010", True), ("", None),
])  # fmt: skip
def test_a_birth_date_known_to_the_year_says_only_what_is_sure(birth: str, truth: bool | None) -> None:
    found = judged(OTHERS_15, case(CLIENT, person("b", Role.SIBLING, birth)))
    assert found.truth is truth
    assert found.lacking == ((MissingFact(Fact.AGE, "b"),) if truth is None else ())


def test_who_lives_there_must_be_known_before_it_is_nobody() -> None:
    alone = PhaseEntry(case_id="c", phase=Phase.ASSESSMENT, form="assessment",
                       answers={"household": {"living": "alone"}})  # fmt: skip
    together = replace(alone, answers={"household": {"living": "with_others"}})
    assert judged(OTHERS_15, case(CLIENT)).lacking == (MissingFact(Fact.HOUSEHOLD),)
    assert judged(OTHERS_15, case(CLIENT, phases=(together,))).truth is None
    assert judged(OTHERS_15, case(CLIENT, phases=(alone,))).truth is False
    assert judged({"who": "client", "from_age": 15}, case()).lacking == (MissingFact(Fact.PERSON),)


def test_who_moved_out_or_comes_later_is_not_counted() -> None:
    who, member = person("b", Role.PARTNER, "1985-01-01")
    for away in (replace(member, until=date(2026, 11, 29)), replace(member, since=date(2026, 12, 1))):
        assert judged(OTHERS_15, case(CLIENT, (who, away))).truth is not True
    assert judged(OTHERS_15, case(CLIENT, (who, replace(member, until=DAY)))).truth is True


def spell(regime: str, since: str, until: str = "", lane: Lane = Lane.BENEFIT, **more: Any) -> RegimeSpell:
    ends = date.fromisoformat(until) if until else None
    return RegimeSpell(case_id="c", person_id="client", lane=lane, regime=regime,
                       starts_on=date.fromisoformat(since), ends_on=ends, **more)  # fmt: skip


ASYLBLG = {"who": "client", "benefit": ["asylblg_basic", "asylblg_analog"]}


@pytest.mark.parametrize(("spells", "now", "lately"), [
    ((), None, None),
    ((spell("asylblg_basic", "2024-01-01"),), True, True),
    ((spell("asylblg_basic", "2024-01-01", "2026-09-30"), spell("sgb2", "2026-10-01")), False, True),
    ((spell("asylblg_basic", "2020-01-01", "2025-10-31"), spell("sgb2", "2025-11-01")), False, False),
    ((spell("sgb2", "2026-10-01"),), False, None),
    ((spell("sgb2", "2026-10-01"), spell("asylblg_basic", "2027-01-01")), False, None),
    ((spell("sgb2", "2020-10-01"), spell("asylblg_basic", "2026-01-01", expected=True)), False, False),
    ((spell("asylblg_basic", "2024-01-01", "2026-09-30"),), None, True),
])  # fmt: skip
def test_a_benefit_is_one_of_the_day_or_of_the_last_year(
    spells: tuple[RegimeSpell, ...], now: bool | None, lately: bool | None
) -> None:
    file = case(CLIENT, regimes=spells)
    assert judged(ASYLBLG, file).truth is now
    assert judged({**ASYLBLG, "during": "lately"}, file).truth is lately


def test_ever_is_never_a_no() -> None:
    when = {"who": "client", "school": ["berufskolleg"], "during": "ever"}
    assert judged(when, case(CLIENT, regimes=(spell("kita", "2020-01-01", lane=Lane.SCHOOL),))).truth is None
    past = spell("berufskolleg", "2020-01-01", "2021-07-01", lane=Lane.SCHOOL)
    assert judged(when, case(CLIENT, regimes=(past,))).truth is True


def test_a_child_has_no_job_and_nobody_asks() -> None:
    work = {"who": "household", "work": ["full_time", "part_time"]}
    found = judged(work, FAMILY)
    assert found.truth is None
    assert found.lacking == (MissingFact(Fact.WORK, "client"),)


def title(status: str, paragraph: str = "", **more: Any) -> ResidenceSpell:
    return ResidenceSpell(case_id="c", person_id="client", status=status, paragraph=paragraph, **more)


@pytest.mark.parametrize(("written", "asked", "truth"), [
    ("§ 25 Abs. 3 AufenthG", "25.3", True), ("25 III", "25.3", True), ("§ 25a Abs. 1", "25a", True),
    ("§ 25a", "25", False), ("§ 25", "25.3", None), ("§25 Absatz 2", "25.3", False),
    ("25(3)", "25.3", True), ("", "25.3", None), ("§\u00a018b", "24", False),
])  # fmt: skip
def test_a_paragraph_is_read_as_people_write_it(written: str, asked: str, truth: bool | None) -> None:
    file = case(CLIENT, residence=(title("permit", written),))
    assert judged({"who": "client", "paragraph": [asked]}, file).truth is truth


def test_no_paragraph_is_read_from_other_words() -> None:
    assert sections_of("humanitär") == frozenset()


def test_a_title_counts_while_it_is_valid_and_a_german_needs_none() -> None:
    when = {"who": "client", "status": ["toleration_60a"]}
    held = title("toleration_60a", valid_until=DAY)
    assert judged(when, case(CLIENT, residence=(held,))).truth is True
    assert judged(when, case(CLIENT, residence=(held,)), date(2026, 12, 1)).lacking == (
        MissingFact(Fact.STATUS, "client"),
    )
    german = person("client", Role.CLIENT, nationalities=("000", "475"))
    assert judged(when, case(german)).truth is False


def test_who_moves_freely_may_work() -> None:
    when = {"who": "client", "employment": ["with_permission", "forbidden"]}
    assert judged(when, case(person("client", Role.CLIENT, nationalities=("152",)))).truth is False
    assert judged(when, case(person("client", Role.CLIENT, nationalities=("475",)))).truth is None


@pytest.mark.parametrize(("nationality", "groups"), [
    ("000", {"german"}), ("152", {"eu"}), ("158", {"eu"}), ("149", {"eu"}), ("166", {"third"}),
    ("475", {"third"}), ("168", {"third"}),
])  # fmt: skip
def test_nationalities_stand_in_three_groups(nationality: str, groups: set[str]) -> None:
    file = case(person("client", Role.CLIENT, nationalities=(nationality,)))
    found = {one for one in ("german", "eu", "third")
             if judged({"who": "client", "nationality": [one]}, file).truth}  # fmt: skip
    assert found == groups
    assert judged({"who": "client", "nationality": ["eu"]}, case(CLIENT)).truth is None


def test_a_stay_is_counted_in_full_months() -> None:
    file = case(person("client", Role.CLIENT, arrived_on=PartialDate(2023, 11, 30)))
    when = {"who": "client", "from_stay": 36}
    assert judged(when, file).truth is True
    assert judged(when, file, date(2026, 11, 29)).truth is False


def test_tests_are_of_one_person() -> None:
    """The grown-up child is not at school, and who is at school is no child."""
    grown = person("g", Role.CHILD, "2000-01-01")
    file = case(CLIENT, grown, regimes=(
        spell("berufskolleg", "2026-08-01", lane=Lane.SCHOOL),
        replace(spell("berufskolleg", "2018-08-01", "2020-07-01", lane=Lane.SCHOOL), person_id="g"),
    ))  # fmt: skip
    assert judged({"who": "children", "school": ["berufskolleg"]}, file).truth is False
    assert judged({"who": "household", "from_age": 18, "school": ["berufskolleg"]}, file).persons == (
        "client",
    )


def test_a_relation_and_a_protection_are_never_known_not_to_be() -> None:
    partner = Relation(case_id="c", person_id="client", other_id="x", kind="partner")
    when = {"who": "client", "relation": ["partner", "separated"]}
    assert judged(when, case(CLIENT)).truth is None
    assert judged(when, case(CLIENT, relations=(partner,))).truth is True
    hidden = person("client", Role.CLIENT, address_blocked=True)
    assert judged({"who": "client", "protection": ["address_blocked"]}, case(hidden)).truth is True
    assert judged({"who": "client", "protection": ["address_blocked"]}, case(CLIENT)).truth is None


def test_what_no_record_holds_is_judged_by_hand() -> None:
    assert judged({"by_hand": True}, FAMILY) == Judgement(None, lacking=(MissingFact(Fact.JUDGEMENT),))


TRUTHS = {True: UNDER_15, False: OTHERS_15, None: {"by_hand": True}}


@given(some.lists(some.sampled_from((True, False, None)), min_size=1, max_size=5))
def test_parts_are_joined_as_kleene_says(truths: list[bool | None]) -> None:
    parts = [TRUTHS[one] for one in truths]
    all_of = False if False in truths else None if None in truths else True
    any_of = True if True in truths else None if None in truths else False
    assert judged({"all": parts}, FAMILY).truth is all_of
    assert judged({"any": parts}, FAMILY).truth is any_of
    assert judged({"none": parts}, FAMILY).truth is (None if any_of is None else not any_of)


def nested(depth: int) -> dict[str, Any]:
    return UNDER_15 if depth == 1 else {"any": [nested(depth - 1)]}


@pytest.mark.parametrize(("when", "refused"), [
    (nested(4), False), (nested(5), True), ({"all": [UNDER_15] * 8}, False), ({"all": [UNDER_15] * 9}, True),
    ({"any": [{"none": [UNDER_15] * 9}]}, True),
])  # fmt: skip
def test_a_condition_nobody_can_read_is_too_large(when: dict[str, Any], refused: bool) -> None:
    assert bool(demand_small(when)) is refused


def test_depth_is_measured_without_going_down_it() -> None:
    deep: dict[str, Any] = {}
    for _ in range(100_000):
        deep = {"any": [deep]}
    assert demand_small(deep) == "when: depth"


def broken() -> Iterator[dict[str, Any]]:
    yield {}
    yield {"from_age": 15}
    yield {**UNDER_15, "by_hand": True}
    yield {"form": "intake", "field": "check.classification", "in": ["x"], "who": "client"}
    yield {"form": "intake", "field": "check.classification", "in": ["x"], "under_age": 3}
    yield {"by_hand": True, "during": "ever"}
    yield {"by_hand": True, "field": "a.b"}
    yield {"any": [UNDER_15], "all": [UNDER_15]}
    yield {"any": [{}]}
    yield {"form": "intake", "field": "check.classification"}
    yield {"who": "client", "from_age": -1}
    yield {"who": "client", "from_age": 15, "under_age": 15}
    yield {"who": "client", "from_stay": 100_000}
    yield {"who": "client", "benefit": ["no_such"]}
    yield {"who": "client", "benefit": ["sgb2", "sgb2"]}
    yield {"who": "client", "paragraph": ["§ 25"]}
    yield {"who": "client", "nationality": ["Syrien"]}
    yield {"who": "client", "nationality": [f"{number:03}" for number in range(100, 200)]}


@pytest.mark.parametrize("when", list(broken()), ids=str)
def test_what_is_no_condition_is_complained_of(when: dict[str, Any]) -> None:
    assert list(complaints(msgspec.convert(when, When), SHIPPED))


@pytest.mark.parametrize("when", [{"who": "neighbours"}, {"who": "client", "religion": ["x"]}, {"run": "x"}])
def test_what_nobody_may_ask_for_has_no_word(when: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(when, When)
