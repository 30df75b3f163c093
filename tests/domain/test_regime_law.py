"""Titles, analogous benefits, children born here, Kindergeld: the day before and after each threshold."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.agenda.dues import of_file
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.law.claims import ChildTitle, analog_on, child_title, suspended_until
from kimdesk.domain.law.paragraphs import Paragraph, read
from kimdesk.domain.law.regime_law import Law, TitleList
from kimdesk.domain.records import Member, Person, Record, RegimeSpell, Relation, ResidenceSpell
from kimdesk.domain.regime_remarks import remarks
from kimdesk.domain.terms import Lane, Role
from tests.domain.case_files import file_of

RULES = SHIPPED.rules.agenda
LAW = RULES.law
TODAY = date(2026, 11, 30)


def paper(
    first: date | None, last: date | None = None, text: str = "§ 24 AufenthG", **more: Any
) -> ResidenceSpell:
    known = {"id": f"t{first}", "person_id": "a", "status": "permit", **more}
    return ResidenceSpell(valid_from=first, valid_until=last, paragraph=text, **known)


def spell(regime: str, first: date, last: date | None = None, **more: Any) -> RegimeSpell:
    known = {"id": f"s{regime}{first}", "person_id": "a", **more}
    return RegimeSpell(regime=regime, starts_on=first, ends_on=last, **known)


def due(rule: str, *records: Record) -> list[date]:
    return [one.due_on for one in of_file(file_of(*records), RULES) if one.rule == rule]


def said(*records: Record, on: date = TODAY) -> set[str]:
    return {one.rule for one in remarks(file_of(*records), on, LAW)}


def named(text: str) -> tuple[str, str, str, str]:
    found = read(text)
    return found.section, found.part, found.sentence, found.alternative


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("§ 25 Abs. 2 Satz 1 Alt. 2 AufenthG", ("25", "2", "1", "2")),
        ("§\u00a025 Abs.\u00a02 S. 1 1. Alternative", ("25", "2", "1", "1")),
        ("§25 II", ("25", "2", "", "")),
        ("§ 25 IVa", ("25", "4a", "", "")),
        ("25 (5)", ("25", "5", "", "")),
        ("25.2", ("25", "2", "", "")),
        ("§24(1)", ("24", "1", "", "")),
        ("§ 104c AufenthG", ("104c", "", "", "")),
        ("§ 25 (2), subsidiärer Schutz", ("25", "2", "", "2")),
        ("seit 24.02.2022 § 25 Abs. 3", ("25", "3", "", "")),
        ("§ 24 AufenthG bis 04.03.2027", ("24", "", "", "")),
        ("24.02.2022", ("", "", "", "")),
        ("", ("", "", "", "")),
    ],
)
def test_a_paragraph_is_read_as_people_write_it(text: str, parts: tuple[str, ...]) -> None:
    assert named(text) == parts


def test_what_is_not_said_may_be_but_is_not_sure() -> None:
    assert Paragraph("25", "4").may_lie_in("25.4.1")
    assert not Paragraph("25", "4").lies_in("25.4.1")
    assert not Paragraph("25", "4a").may_lie_in("25.4.1")
    assert not Paragraph().may_lie_in("25")


# ---- § 24: UkraineAufenthFGV

UKRAINIAN = Person(id="a", nationalities=("166",))
SYRIAN = Person(id="a", nationalities=("475",))


@pytest.mark.parametrize(
    ("papers", "last"),
    [
        ([paper(date(2025, 6, 1), date(2026, 2, 1))], date(2027, 3, 4)),  # valid on the day
        ([paper(date(2026, 2, 1), date(2026, 3, 4))], date(2027, 3, 4)),
        ([paper(date(2025, 6, 1), date(2026, 1, 31))], date(2026, 1, 31)),  # ended the day before
        ([paper(date(2026, 2, 2), date(2026, 12, 1))], date(2026, 12, 1)),  # issued the day after
        ([paper(date(2023, 6, 1), date(2024, 3, 4))], date(2027, 3, 4)),  # from one year to the next
        ([paper(date(2023, 6, 1), date(2024, 1, 31))], date(2024, 1, 31)),
        ([paper(date(2025, 6, 1), date(2027, 6, 1))], date(2027, 6, 1)),  # printed longer
    ],
)
def test_a_title_of_a_ukrainian_runs_on_if_it_was_valid_on_the_day(
    papers: list[ResidenceSpell], last: date
) -> None:
    told = due("section24_ends", UKRAINIAN, *papers) + due("residence_title_ends", UKRAINIAN, *papers)
    assert told == [last]
    expired = {"title_ended", "section24_ask"} & said(UKRAINIAN, *papers)
    assert bool(expired) is (last < TODAY)


def test_an_individual_new_issue_ends_it() -> None:
    old, new = paper(date(2025, 6, 1), date(2026, 3, 4)), paper(date(2026, 6, 1), date(2026, 10, 31))
    assert due("section24_ends", UKRAINIAN, old, new) == []
    assert due("residence_title_ends", UKRAINIAN, old, new) == [date(2026, 10, 31)]
    assert "title_ended" in said(UKRAINIAN, old, new)
    assert "title_interrupted" not in said(UKRAINIAN, old, new)  # the old one ran on until then
    awaited = replace(new, expected=True)
    assert due("section24_ends", UKRAINIAN, old, awaited) == [date(2027, 3, 4)]


def test_of_others_it_is_asked_to_which_group_they_belong() -> None:
    old = paper(date(2025, 6, 1), date(2026, 3, 4))
    for person in (SYRIAN, Person(id="a")):
        assert due("residence_title_ends", person, old) == [date(2026, 3, 4)]
        assert "section24_ask" in said(person, old)
        assert "section24_ask" in said(person, old, on=date(2027, 3, 4))
        assert "title_ended" in said(person, old, on=date(2027, 3, 5))


def test_another_title_does_not_run_on() -> None:
    other = paper(date(2025, 6, 1), date(2026, 3, 4), "§ 25 Abs. 3 AufenthG")
    tolerated = replace(other, status="toleration_60a", paragraph="§ 24")
    for each in (other, tolerated):
        assert due("section24_ends", UKRAINIAN, each) == []
        assert "title_ended" in said(UKRAINIAN, each)


# ---- AsylbLG with § 25 Abs. 5

DULDUNG = paper(date(2025, 5, 10), date(2026, 4, 30), "§ 60a", status="toleration_60a")
HUMANITARIAN = paper(date(2026, 5, 1), None, "§ 25 Abs. 5 AufenthG")


@pytest.mark.parametrize(
    ("decided", "last"),
    [
        (date(2025, 5, 10), date(2026, 11, 30)),
        (date(2025, 5, 1), date(2026, 11, 30)),
        (date(2025, 4, 30), date(2026, 10, 31)),
        (date(2025, 8, 31), date(2027, 2, 28)),
    ],
)
def test_asylblg_ends_with_the_month_in_which_it_is_18_months(decided: date, last: date) -> None:
    assert suspended_until([replace(DULDUNG, valid_from=decided)], LAW.spans) == last
    own = [replace(DULDUNG, valid_from=decided), HUMANITARIAN]
    for first, told in ((last, True), (last + timedelta(1), False)):
        rules = said(*own, spell("sgb2", first), on=first)
        assert ("sgb2_by_title" in rules) is told
        assert "suspension_unknown" not in rules


def test_without_a_duldung_the_day_is_asked_for() -> None:
    for regime in ("sgb2", "asylblg_basic"):
        assert "suspension_unknown" in said(HUMANITARIAN, spell(regime, date(2026, 5, 1)))
    assert said(HUMANITARIAN, spell("own_income", date(2026, 5, 1))) == set()
    assert said(paper(date(2026, 5, 1), None, "§ 25 Abs. 3"), spell("sgb2", date(2026, 5, 1))) == set()


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("§ 25 Abs. 4 Satz 1", "sgb2_by_title"),
        ("§ 25 Abs. 4 Satz 2", ""),
        ("§ 25 Abs. 4a", ""),
        ("§ 25 Abs. 4", "title_unclear"),
        ("§ 23 Abs. 1", "title_unclear"),
        ("§ 23 Abs. 2", ""),
        ("§ 25 Abs. 2", ""),
        ("§ 25", ""),
    ],
)
def test_what_a_title_says_of_sgb2(text: str, rule: str) -> None:
    found = said(paper(date(2026, 5, 1), None, text), spell("sgb2", date(2026, 5, 1)))
    assert found == ({rule} if rule else set())


# ---- analogous benefits

BASIC = spell("asylblg_basic", date(2024, 6, 1))


@pytest.mark.parametrize(
    ("arrived", "first", "sure"),
    [
        (PartialDate(2024, 3, 15), date(2027, 3, 15), date(2027, 3, 15)),
        (PartialDate(2024, 3), date(2027, 3, 1), date(2027, 3, 31)),
        (PartialDate(2024, 8, 1), date(2027, 6, 1), date(2027, 6, 1)),  # an arrival that cannot be
        (None, date(2027, 6, 1), date(2027, 6, 1)),
    ],
)
def test_the_stay_counts_not_the_first_day_of_asylblg(
    arrived: PartialDate | None, first: date, sure: date
) -> None:
    file = file_of(Person(id="a", arrived_on=arrived), BASIC)
    assert analog_on(BASIC, file, LAW.spans) == first
    assert analog_on(BASIC, file, LAW.spans, surely=True) == sure
    records = [Person(id="a", arrived_on=arrived), BASIC]
    assert "analog_due" not in said(*records, on=sure - timedelta(1))
    assert "analog_due" in said(*records, on=sure)


def test_a_minor_follows_a_parent() -> None:
    child = Person(id="b", birth_date=PartialDate(2020, 5, 5))
    own = spell("asylblg_basic", date(2026, 1, 1), person_id="b")
    hers = spell("asylblg_analog", date(2026, 9, 1))
    parent = Relation(person_id="a", other_id="b", kind="parent")
    assert analog_on(own, file_of(Person(id="a"), child, own, hers, parent), LAW.spans) == date(2026, 9, 1)
    assert analog_on(own, file_of(Person(id="a"), child, own, hers), LAW.spans) == date(2029, 1, 1)
    grown = replace(child, birth_date=PartialDate(2008, 9, 1))
    assert analog_on(own, file_of(Person(id="a"), grown, own, hers, parent), LAW.spans) == date(2029, 1, 1)
    minor = replace(child, birth_date=PartialDate(2008, 9, 2))
    assert analog_on(own, file_of(Person(id="a"), minor, own, hers, parent), LAW.spans) == date(2026, 9, 1)


# ---- children born here

BORN = date(2026, 8, 10)
BABY = Person(id="b", birth_date=PartialDate(2026, 8, 10), birth_country="000")
MOTHER, FATHER = Person(id="a", nationalities=("475",)), Person(id="c", nationalities=("475",))
PARENTS: tuple[Record, ...] = (
    MOTHER,
    FATHER,
    BABY,
    Relation(person_id="a", other_id="b", kind="parent"),
    Relation(person_id="c", other_id="b", kind="parent"),
)
HERS = paper(date(2026, 1, 1), None, "§ 25 Abs. 2")
HIS = replace(HERS, id="his", person_id="c")
SETTLED = replace(HERS, status="settlement_permit", paragraph="§ 26 Abs. 3")


@pytest.mark.parametrize(
    ("papers", "need"),
    [
        ([], ChildTitle.NEEDED),
        ([HERS], ChildTitle.NEEDED),
        ([HERS, HIS], ChildTitle.EX_OFFICIO),
        ([HERS, replace(HIS, valid_from=BORN)], ChildTitle.EX_OFFICIO),
        ([HERS, replace(HIS, valid_from=BORN + timedelta(1))], ChildTitle.NEEDED),
        ([HERS, replace(HIS, valid_until=BORN - timedelta(1))], ChildTitle.NEEDED),
        ([HERS, replace(HIS, status="toleration_60a")], ChildTitle.NEEDED),
        ([HERS, Relation(person_id="a", other_id="b", kind="custodian")], ChildTitle.EX_OFFICIO),
        ([HIS, Relation(person_id="a", other_id="b", kind="custodian")], ChildTitle.NEEDED),
        ([replace(HERS, status="asylum_permission")], ChildTitle.ASYLUM),
        ([replace(HERS, status="eu_free_movement")], ChildTitle.FREE_MOVEMENT),
        ([replace(SETTLED, valid_from=date(2021, 8, 10))], ChildTitle.GERMAN),
        ([replace(SETTLED, valid_from=date(2021, 8, 11))], ChildTitle.NEEDED),
        ([SETTLED, paper(date(2021, 8, 10), date(2025, 12, 31), id="old")], ChildTitle.GERMAN),
    ],
)
def test_which_children_born_here_need_an_application(papers: list[Record], need: ChildTitle) -> None:
    file = file_of(*PARENTS, *papers)
    assert child_title(BABY, file, LAW) is need
    told = {one.rule for one in of_file(file, RULES)}
    assert ("born_here" in told) is (need is ChildTitle.NEEDED)
    assert ("born_in_asylum" in told) is (need is ChildTitle.ASYLUM)


@pytest.mark.parametrize(
    ("nationality", "need"),
    [("000", ChildTitle.GERMAN), ("161", ChildTitle.FREE_MOVEMENT), ("158", ChildTitle.FREE_MOVEMENT)],
)
def test_a_german_or_european_parent(nationality: str, need: ChildTitle) -> None:
    records = [replace(MOTHER, nationalities=(nationality,)), *PARENTS[1:]]
    assert child_title(BABY, file_of(*records), LAW) is need


def test_until_26_06_2024_it_took_eight_years() -> None:
    settled = replace(SETTLED, valid_from=date(2017, 1, 1))
    for day, need in ((26, ChildTitle.NEEDED), (27, ChildTitle.GERMAN)):
        baby = replace(BABY, birth_date=PartialDate(2024, 6, day))
        file = file_of(MOTHER, FATHER, baby, *PARENTS[3:], settled)
        assert child_title(baby, file, LAW) is need


# ---- Kindergeld

CHILD = Person(id="b", birth_date=PartialDate(2020, 5, 5))
OF_HER: tuple[Record, ...] = (MOTHER, CHILD, Relation(person_id="b", other_id="a", kind="child"))


@pytest.mark.parametrize(
    ("papers", "last"),
    [
        ([HERS], date(2026, 7, 31)),  # a title of 01.01.2026, whatever AsylbLG did
        ([HERS, spell("asylblg_basic", date(2025, 1, 1))], date(2026, 7, 31)),
        ([replace(HERS, valid_from=date(2026, 1, 31))], date(2026, 7, 31)),
        ([replace(HERS, employment="forbidden")], None),
        ([replace(HERS, status="toleration_60a")], None),
        ([replace(HERS, status="toleration_60d")], date(2026, 7, 31)),
        ([replace(HERS, paragraph="§ 16e")], None),
        ([replace(HERS, paragraph="§ 16b")], None),
        ([replace(HERS, paragraph="§ 25 Abs. 3")], date(2027, 10, 31)),  # 15 months here: 01.04.2027
        (
            [replace(HERS, paragraph="§ 25 Abs. 5"), replace(DULDUNG, valid_from=date(2024, 1, 1))],
            date(2026, 7, 31),
        ),
        (
            [replace(HERS, paragraph="§ 25 Abs. 5"), spell("part_time", date(2026, 3, 1), lane=Lane.WORK)],
            date(2026, 9, 30),
        ),
        ([HERS, spell("kindergeld", date(2026, 2, 1), person_id="b")], None),
        ([], None),
    ],
)
def test_kindergeld_counts_from_the_first_day_of_the_right_of_a_parent(
    papers: list[Record], last: date | None
) -> None:
    assert due("child_benefit", *OF_HER, *papers) == ([last] if last else [])


def test_kindergeld_is_not_older_than_the_child_and_its_arrival() -> None:
    title = replace(HERS, valid_from=date(2020, 1, 1))
    born = replace(CHILD, birth_date=PartialDate(2026, 10, 31))
    assert due("child_benefit", MOTHER, born, OF_HER[2], title) == [date(2027, 4, 30)]
    came = replace(CHILD, arrived_on=PartialDate(2026, 11, 2))
    assert due("child_benefit", MOTHER, came, OF_HER[2], title) == [date(2027, 5, 31)]


def test_of_role_the_client_and_partner_are_the_parents() -> None:
    members = [Member(person_id="a", role=Role.CLIENT), Member(person_id="b", role=Role.CHILD)]
    assert due("child_benefit", MOTHER, CHILD, *members, HERS) == [date(2026, 7, 31)]


# ---- full age in youth welfare

YOUTH = Person(id="a", birth_date=PartialDate(2009, 2, 1))
HELP = spell("sgb8", date(2024, 1, 1))


@pytest.mark.parametrize(
    ("status", "follows"),
    [
        ("asylum_permission", "asylblg_basic"),
        ("toleration_60a", "asylblg_basic"),
        ("permit", "sgb2"),
        ("unknown", "sgb2"),
    ],
)
def test_who_turns_18_in_youth_welfare_changes_by_the_papers(status: str, follows: str) -> None:
    file = file_of(YOUTH, HELP, paper(date(2024, 1, 1), None, "", status=status))
    [told] = [one for one in of_file(file, RULES) if one.rule == "youth_ends"]
    assert (told.due_on, told.facts["to_regime"]) == (date(2027, 2, 1), follows)


def test_it_is_told_half_a_year_before() -> None:
    [told] = [one for one in of_file(file_of(YOUTH, HELP), RULES) if one.rule == "youth_ends"]
    assert told.since == date(2026, 8, 2)
    ended = replace(HELP, ends_on=date(2027, 1, 30))
    assert due("youth_ends", YOUTH, ended) == []


def test_a_request_for_protection_without_title_and_fiction_leads_to_asylblg() -> None:
    asked = ResidenceSpell(id="q", person_id="a", status="section24_request", valid_from=date(2026, 8, 3))
    living = RegimeSpell(id="s", person_id="a", regime="sgb2", starts_on=date(2026, 8, 3), lane=Lane.BENEFIT)
    assert "sgb2_without_right" in said(UKRAINIAN, asked, living)
    fiction = replace(asked, id="f", status="fiction_81_3", paragraph="§ 24", valid_from=date(2026, 8, 3))
    assert "sgb2_without_right" not in said(UKRAINIAN, fiction, living)


def test_which_titles_the_law_names_together_is_data() -> None:
    child = Person(id="k", birth_date=PartialDate(2026, 1, 10))
    kin = Relation(id="r", person_id="a", other_id="k", kind="parent")
    title = paper(date(2026, 2, 1), None, "§ 25 Abs. 2 AufenthG")
    assert due_with(LAW, title, child, kin) == {"child_benefit", "course_right_ends"}
    none: dict[TitleList, tuple[str, ...]] = {**LAW.titles, TitleList.COURSE_RIGHT: ()}
    none[TitleList.NO_CHILD_BENEFIT] = ("25.2",)
    assert due_with(replace(LAW, titles=none), title, child, kin) == set()


def due_with(law: Law, *records: Record) -> set[str]:
    found = of_file(file_of(UKRAINIAN, *records), replace(RULES, law=law))
    return {one.rule for one in found} & {"child_benefit", "course_right_ends"}
