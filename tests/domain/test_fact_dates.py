"""Dates of the law from facts of a case: which fact tells them, and which other takes them away."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.agenda.due import Due
from kimdesk.domain.agenda.dues import due_in, noted_in, of_file, open_dates
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.law.deadline_rule import Facts
from kimdesk.domain.records import (
    Achievement,
    Case,
    DatedNote,
    FollowUp,
    Person,
    Record,
    RegimeSpell,
    Relation,
    ResidenceSpell,
    SettledDate,
    Standing,
)
from kimdesk.domain.terms import CaseStatus, FollowUpKind, Lane
from tests.domain.case_files import file_of

RULES = SHIPPED.rules.agenda
DAY, TRAINS = date(2026, 3, 2), date(2026, 8, 1)
SHE = Person(id="a", birth_date=PartialDate(1990, 5, 5))


def told(rule: str, *records: Record) -> list[Due]:
    return [one for one in of_file(file_of(*records), RULES) if one.rule == rule]


def days(rule: str, *records: Record) -> list[date]:
    return [one.due_on for one in told(rule, *records)]


def permit(text: str, first: date = DAY, last: date | None = None, **more: Any) -> ResidenceSpell:
    known = {"id": "t", "person_id": "a", "status": "permit", **more}
    return ResidenceSpell(paragraph=text, valid_from=first, valid_until=last, **known)


def spell(regime: str, first: date, last: date | None = None, lane: Lane = Lane.BENEFIT) -> RegimeSpell:
    return RegimeSpell(id=regime, person_id="a", regime=regime, starts_on=first, ends_on=last, lane=lane)


# ---- family reunion

FINAL = Standing(id="x", person_id="a", asylum_final_on=DAY, asylum_decision="refugee")


@pytest.mark.parametrize(
    ("decision", "last"),
    [
        ("refugee", [date(2026, 6, 2)]),
        ("asylum", [date(2026, 6, 2)]),
        ("subsidiary", []),  # suspended: § 36a Abs. 5, § 104 Abs. 14
        ("ban", []),
        ("pending", []),
        ("", []),
    ],
)
def test_three_months_of_family_reunion_are_those_of_refugees(decision: str, last: list[date]) -> None:
    assert days("family_reunion", SHE, replace(FINAL, asylum_decision=decision)) == last


def test_they_end_as_the_rule_of_the_law_says() -> None:
    for final in (date(2025, 11, 30), date(2026, 1, 31), date(2026, 5, 16)):
        by_rule = SHIPPED.rules.deadlines.derive("family_reunion_3_months", Facts(day=final)).due
        assert days("family_reunion", replace(FINAL, asylum_final_on=final)) == [by_rule]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("§ 25 Abs. 1", True),
        ("§ 25 Abs. 2", True),  # which alternative is not said
        ("§ 25 Abs. 2 Satz 1 Alt. 1", True),
        ("§ 25 Abs. 2 Satz 1 Alt. 2", False),
        ("§ 25 Abs. 3", False),
        ("§ 24", False),
    ],
)
def test_a_title_of_a_refugee_asks_for_the_day_that_is_missing(text: str, asked: bool) -> None:
    assert days("family_unknown", SHE, permit(text)) == ([DAY] if asked else [])
    assert days("family_unknown", SHE, permit(text), FINAL) == []


# ---- the right to the integration course


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("§ 25 Abs. 2", [date(2027, 3, 2)]),
        ("§ 28", [date(2027, 3, 2)]),
        ("§ 25b", [date(2027, 3, 2)]),
        ("§ 24", []),
        ("§ 25 Abs. 5", []),
        ("§ 16b", []),
    ],
)
def test_the_right_to_the_course_ends_a_year_after_the_title(text: str, last: list[date]) -> None:
    assert days("course_right_ends", SHE, permit(text)) == last
    assert days("course_right_ends", SHE, permit(text), spell("integration", DAY, lane=Lane.COURSE)) == []


def test_children_have_school_instead() -> None:
    for born, last in ((PartialDate(2008, 3, 2), [date(2027, 3, 2)]), (PartialDate(2008, 3, 3), [])):
        assert days("course_right_ends", replace(SHE, birth_date=born), permit("§ 25 Abs. 2")) == last


# ---- work

ASYLBLG = spell("asylblg_basic", date(2025, 1, 1))


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 3, 2), date(2026, 3, 5)),
        (date(2026, 3, 4), date(2026, 3, 9)),  # the third day is a Saturday
        (date(2026, 4, 1), date(2026, 4, 7)),  # the Easter days
    ],
)
def test_work_beside_asylblg_is_to_be_told_on_the_third_day(first: date, last: date) -> None:
    job = spell("part_time", first, lane=Lane.WORK)
    assert days("work_in_asylblg", ASYLBLG, job) == [last]
    assert days("work_in_asylblg", replace(ASYLBLG, ends_on=first), job) == [last]
    assert days("work_in_asylblg", replace(ASYLBLG, ends_on=first - timedelta(1)), job) == []
    assert days("work_in_asylblg", ASYLBLG, replace(job, regime="seeking")) == []


def test_the_end_of_work_is_told_to_the_agency_before_and_on_its_first_day() -> None:
    job = spell("full_time", date(2025, 1, 1), date(2026, 6, 30), Lane.WORK)
    assert days("work_ends", job) == [date(2026, 3, 31)]
    assert days("unemployed", job) == [date(2026, 7, 1)]
    assert days("unemployed", replace(job, ends_on=date(2026, 7, 3))) == [date(2026, 7, 6)]  # a Saturday
    training = replace(job, regime="apprenticeship")
    assert (days("work_ends", training), days("unemployed", training)) == ([], [date(2026, 7, 1)])
    for follows in ("seeking", "full_time"):
        after = replace(spell(follows, date(2026, 7, 1), lane=Lane.WORK), id="n")
        assert days("work_ends", job, after) == days("unemployed", job, after) == []


# ---- training


@pytest.mark.parametrize(
    ("papers", "told_on"),
    [
        ([permit("", status="toleration_60a")], [date(2026, 8, 1)]),
        ([permit("", status="asylum_permission")], [date(2026, 8, 1)]),
        ([permit("§ 25 Abs. 2")], []),
        ([permit("", status="toleration_60a"), permit("§ 16g", date(2026, 8, 1), id="n")], []),
        (
            [permit("", status="toleration_60a"), permit("§ 16g", date(2026, 8, 2), id="n")],
            [date(2026, 8, 1)],
        ),
        ([], []),
    ],
)
def test_a_training_asks_for_a_title_from_seven_months_before(
    papers: list[ResidenceSpell], told_on: list[date]
) -> None:
    start = date(2026, 8, 1)
    training = Achievement(id="y", person_id="a", kind="training", starts_on=start)
    of_spells = spell("apprenticeship", start, lane=Lane.WORK)
    for record in (training, of_spells):
        found = told("training_title", SHE, record, *papers)
        assert sorted({one.due_on for one in found}) == told_on
        assert {min(each.since for each in found)} <= {date(2026, 1, 1)} if found else told_on == []
    assert days("training_title", SHE, replace(training, level="preparation"), *papers) == []


# ---- stays abroad


@pytest.mark.parametrize(
    ("paper", "back", "last"),
    [
        (permit("§ 25 Abs. 2", date(2025, 1, 1)), None, [date(2026, 9, 2)]),
        (permit("§ 18g", date(2025, 1, 1), status="blue_card"), None, [date(2027, 3, 2)]),
        (permit("§ 25 Abs. 2", date(2025, 1, 1)), date(2026, 4, 1), []),
        (permit("", date(2025, 1, 1), status="toleration_60a"), None, []),
        (permit("§ 25 Abs. 2", date(2025, 1, 1), date(2026, 3, 1)), None, []),
    ],
)
def test_a_title_lapses_while_its_holder_stays_abroad(
    paper: ResidenceSpell, back: date | None, last: list[date]
) -> None:
    away = Standing(id="x", person_id="a", absences=(DatedNote(DAY, back),))
    assert days("title_lapses", SHE, away, paper) == last


# ---- grants


@pytest.mark.parametrize(
    ("regime", "rule", "last", "since"),
    [
        ("sgb2", "sgb2_renewal", date(2026, 10, 31), date(2026, 9, 1)),
        ("sgb12", "sgb12_renewal", date(2026, 10, 31), date(2026, 9, 1)),
        ("wohngeld", "housing_benefit_renewal", date(2026, 10, 31), date(2026, 9, 1)),
        ("bafoeg", "regime_ends", date(2026, 11, 30), date(2026, 10, 1)),
        ("asylblg_basic", "asylblg_ends", date(2026, 11, 30), date(2026, 10, 1)),
    ],
)
def test_the_end_of_a_grant_asks_for_its_renewal(regime: str, rule: str, last: date, since: date) -> None:
    [found] = told(rule, spell(regime, date(2026, 1, 1), date(2026, 10, 31)))
    assert (found.due_on, found.since) == (last, since)
    more = replace(spell("own_income", date(2026, 11, 1)), id="n")
    assert told(rule, spell(regime, date(2026, 1, 1), date(2026, 10, 31)), more) == []


def test_the_18_months_ask_for_sgb2_until_it_is_there() -> None:
    duldung = permit("§ 60a", date(2025, 5, 10), status="toleration_60a", id="d")
    title = permit("§ 25 Abs. 5", date(2026, 5, 1))
    assert days("asylblg_18_months", SHE, duldung, title, ASYLBLG) == [date(2026, 12, 31)]
    assert days("asylblg_18_months", SHE, title, ASYLBLG) == []  # nobody knows when: it is asked for
    ahead = replace(spell("sgb2", date(2026, 12, 1)), expected=True)
    assert days("asylblg_18_months", SHE, duldung, title, ASYLBLG, ahead) == []
    late = replace(title, valid_from=date(2026, 12, 1))
    assert days("asylblg_18_months", SHE, duldung, late, ASYLBLG) == []


# ---- what ends AsylbLG while it is entered as going on

RECOGNISED = Standing(id="x", person_id="a", asylum_decided_on=DAY, asylum_decision="refugee")


@pytest.mark.parametrize(
    ("papers", "last"),
    [
        ([permit("§ 25 Abs. 2")], date(2026, 4, 30)),
        ([permit("§ 25 Abs. 2", date(2026, 3, 31))], date(2026, 4, 30)),
        ([permit("§ 25 Abs. 2", date(2026, 4, 1))], date(2026, 5, 31)),
        ([permit("§ 24")], date(2026, 4, 30)),
        ([permit("§ 24", status="fiction_81_3")], date(2026, 4, 30)),  # § 1 Abs. 3a AsylbLG
        ([permit("", status="fiction_81_3")], None),
        ([permit("", status="settlement_permit")], date(2026, 4, 30)),
        ([permit("§ 25 Abs. 5")], None),  # has a date of its own
        ([permit("§ 25 Abs. 4")], None),
        ([permit("§ 25 Abs. 4 Satz 2")], date(2026, 4, 30)),
        ([permit("§ 23 Abs. 1")], None),
        ([permit("§ 25")], None),
        ([permit("")], None),
        ([permit("", status="asylum_permission")], None),
        ([RECOGNISED], date(2026, 4, 30)),
        ([replace(RECOGNISED, asylum_decision="ban")], None),
        ([RECOGNISED, permit("§ 25 Abs. 2", date(2026, 5, 5))], date(2026, 4, 30)),  # the notice counts
    ],
)
def test_a_title_ends_asylblg_with_its_month(papers: list[Record], last: date | None) -> None:
    assert days("asylblg_by_title", SHE, ASYLBLG, *papers) == ([last] if last else [])


def test_it_is_silent_once_something_follows() -> None:
    title = permit("§ 25 Abs. 2")
    assert days("asylblg_by_title", SHE, replace(ASYLBLG, ends_on=date(2026, 3, 31)), title) == []
    ahead = replace(spell("sgb2", date(2026, 4, 1)), expected=True)
    assert days("asylblg_by_title", SHE, ASYLBLG, ahead, title) == []
    later = spell("asylblg_basic", date(2026, 4, 1))
    assert days("asylblg_by_title", SHE, later, title) == []


def test_a_household_that_asks_alike_is_told_once() -> None:
    he, his = Person(id="b"), permit("§ 25 Abs. 2", id="u", person_id="b")
    for rule in ("family_unknown", "course_right_ends"):
        assert len(days(rule, SHE, he, permit("§ 25 Abs. 2"), his)) == 1
        assert len(days(rule, SHE, he, permit("§ 25 Abs. 2"), replace(his, valid_from=date(2026, 3, 3)))) == 2


# ---- taken up, let go


def kept(due: Due, **more: str) -> FollowUp:
    facts = {"due": due.key, "due_on": due.due_on.isoformat(), **more}
    return FollowUp(id="f", due_on=due.due_on, title="Antrag", facts=facts, about=due.record_id)


def test_a_follow_up_stands_for_the_date_it_was_made_of_until_that_moves() -> None:
    title = permit("§ 25 Abs. 3", date(2024, 1, 1), date(2026, 4, 1))
    [due] = told("residence_title_ends", title)
    for follow_up in (kept(due), replace(kept(due), done_on=DAY)):
        assert [one.rule for one in due_in(file_of(title, follow_up), RULES, DAY)] == (
            [] if follow_up.done_on else ["follow_up"]
        )
    moved = replace(title, valid_until=date(2026, 4, 2))
    rules = {one.rule for one in due_in(file_of(moved, kept(due)), RULES, DAY)}
    assert rules == {"residence_title_ends", "follow_up"}


def test_what_was_let_go_counts_no_more_whether_the_case_is_open_or_closed() -> None:
    title = permit("§ 25 Abs. 3", date(2024, 1, 1), date(2026, 4, 1))
    [due] = told("residence_title_ends", title)
    gone = SettledDate(due.key, due.due_on, "waived", "zieht weg", DAY)
    for status in CaseStatus:
        case = Case(id="1", opened_on=DAY, status=status, settled=(gone,))
        assert due_in(file_of(title, case=case), RULES, DAY) == ()
        assert open_dates(file_of(title, case=case), RULES, DAY) == ()
        moved = replace(title, valid_until=date(2026, 4, 2))
        assert len(due_in(file_of(moved, case=case), RULES, DAY)) == 1


# ---- noted by hand

CHILD = Person(id="k", birth_date=PartialDate(2026, 1, 10))
SETTLED = ResidenceSpell(id="t", person_id="a", status="settlement_permit", valid_from=date(2020, 1, 1))
KIN = Relation(id="r", person_id="a", other_id="k", kind="parent")


def note(due_on: date, day: date | None = None, **more: Any) -> FollowUp:
    facts = {"day": day.isoformat()} if day else {}
    known = {"id": "f", "title": "Kindergeld", "kind": FollowUpKind.DEADLINE, "rule": "child_benefit"}
    return FollowUp(due_on=due_on, facts=facts, **(known | more))


def due_rules(*records: Record) -> list[str]:
    return [one.rule for one in due_in(file_of(SHE, CHILD, SETTLED, KIN, *records), RULES, DAY)]


DERIVED = date(2026, 7, 31)  # Kindergeld reaches back six months: § 70 Abs. 1 EStG


def test_the_date_stands_alone_without_a_note() -> None:
    assert due_rules() == ["child_benefit"]
    assert [one.due_on for one in due_in(file_of(SHE, CHILD, SETTLED, KIN), RULES, DAY)] == [DERIVED]


@pytest.mark.parametrize(
    ("noted", "stands"),
    [
        (note(DERIVED), ["deadline"]),
        (note(date(2026, 7, 1)), ["deadline"]),  # another day, the only child: the same matter
        (note(date(2026, 7, 1), about="k"), ["deadline"]),
        (note(date(2026, 7, 1), about="somebody"), ["deadline", "child_benefit"]),
        (note(DERIVED, done_on=DAY), []),
        (note(date(2026, 5, 1), date(2026, 1, 10), done_on=DAY), []),  # counted from the same day
        (note(date(2026, 5, 1), done_on=DAY), ["child_benefit"]),  # done, on another day
        (note(date(2025, 3, 1)), ["deadline", "child_benefit"]),  # long ago: another matter
        (note(DERIVED, rule="title_renewal"), ["deadline", "child_benefit"]),
        (note(DERIVED, rule=""), ["deadline", "child_benefit"]),
    ],
)
def test_a_note_made_by_hand_stands_for_the_date_of_the_same_matter(
    noted: FollowUp, stands: list[str]
) -> None:
    assert sorted(due_rules(noted)) == sorted(stands)


def test_a_note_that_names_nobody_stands_for_no_second_child_on_another_day() -> None:
    twin = Person(id="l", birth_date=PartialDate(2026, 2, 20))
    kin = Relation(id="s", person_id="a", other_id="l", kind="parent")
    assert due_rules(twin, kin, note(date(2026, 7, 1))).count("child_benefit") == 2
    assert due_rules(twin, kin, note(date(2026, 7, 1), about="k")).count("child_benefit") == 1
    assert due_rules(twin, kin, note(DERIVED)).count("child_benefit") == 1


def test_for_which_date_a_note_stands_can_be_told() -> None:
    file = file_of(SHE, CHILD, SETTLED, KIN, note(date(2026, 7, 1)))
    [(follow_up, due)] = noted_in(file, RULES).items()
    assert (follow_up, due.rule, due.due_on) == ("f", "child_benefit", DERIVED)
    assert open_dates(file, RULES, DAY)[0].rule == "deadline"


def test_after_a_request_for_protection_asylblg_ends_with_the_month_of_the_fiction() -> None:
    asked = ResidenceSpell(id="q", person_id="a", status="section24_request", valid_from=date(2026, 8, 3))
    fiction = ResidenceSpell(
        id="f", person_id="a", status="fiction_81_3", paragraph="§ 24", valid_from=date(2026, 9, 10)
    )
    living = spell("asylblg_basic", date(2026, 8, 3))
    assert days("asylblg_by_title", SHE, asked, living) == []
    assert days("asylblg_by_title", SHE, asked, fiction, living) == [date(2026, 10, 31)]


# ---- told anew in stages

CHANCE = permit("§ 104c", date(2025, 9, 1), date(2027, 2, 28))


def stage(*records: Record, on: date) -> list[tuple[str, date]]:
    file = file_of(SHE, CHANCE, *records)
    return [(one.key, one.since) for one in due_in(file, RULES, on) if one.rule == "section104c_ends"]


@pytest.mark.parametrize(
    ("on", "number", "since"),
    [
        (date(2026, 8, 29), "", date(2026, 8, 29)),
        (date(2026, 10, 30), "", date(2026, 8, 29)),
        (date(2026, 10, 31), ".1", date(2026, 10, 31)),  # 120 days before
        (date(2026, 12, 30), ".2", date(2026, 12, 30)),
        (date(2027, 2, 7), ".3", date(2027, 2, 7)),
        (date(2027, 3, 20), ".3", date(2027, 2, 7)),  # still there once it has passed
    ],
)
def test_the_end_of_a_chancen_aufenthalt_is_told_anew(on: date, number: str, since: date) -> None:
    assert stage(on=on) == [(f"section104c_ends:t{number}", since)]


def test_who_let_the_first_telling_go_hears_the_next() -> None:
    gone = SettledDate("section104c_ends:t", date(2027, 2, 28), "waived", "wartet auf den Pass", DAY)
    case = Case(id="c", file_number="x", ags="05999001", opened_on=DAY, settled=(gone,))
    file = replace(file_of(SHE, CHANCE), case=case)
    found = [one for one in due_in(file, RULES, date(2026, 9, 10)) if one.rule == "section104c_ends"]
    assert [one.is_shown(date(2026, 9, 10)) for one in found] == [False]
    assert [one.is_shown(date(2026, 10, 31)) for one in found] == [True]


def test_what_was_made_of_one_stage_stands_for_all() -> None:
    made = FollowUp(id="f", due_on=date(2027, 2, 28), title="§ 25b beantragen",
                    facts={"due": "section104c_ends:t.1", "due_on": "2027-02-28"})  # fmt: skip
    for day in (date(2026, 9, 10), date(2026, 12, 31), date(2027, 2, 10)):
        assert stage(made, on=day) == []


def test_a_training_is_told_anew_while_one_can_apply() -> None:
    tolerated = ResidenceSpell(id="d", person_id="a", status="toleration_60a", valid_from=DAY)
    trains = Achievement(id="s", person_id="a", kind="training", starts_on=date(2027, 8, 1))
    found = told("training_title", SHE, tolerated, trains)
    assert [one.since for one in found] == [date(2027, 1, 1), date(2027, 5, 1), date(2027, 7, 2)]
    assert {one.ref.id for one in found} == {"s"}


# ---- work while waiting for the asylum decision

WAITS = ResidenceSpell(id="g", person_id="a", status="asylum_permission", valid_from=date(2026, 8, 31))


@pytest.mark.parametrize(
    ("records", "day"),
    [
        ([SHE, WAITS], [date(2026, 12, 1)]),  # November lacks the 31st
        ([SHE, replace(WAITS, valid_from=date(2026, 9, 5))], [date(2026, 12, 5)]),
        ([SHE, replace(WAITS, id="z", status="arrival_certificate", valid_from=date(2026, 8, 1)), WAITS],
         [date(2026, 11, 1)]),
        ([replace(SHE, birth_date=PartialDate(2011, 12, 1)), WAITS], [date(2026, 12, 1)]),
        ([replace(SHE, birth_date=PartialDate(2011, 12, 2)), WAITS], []),  # 14 on that day
        ([SHE, replace(WAITS, employment="allowed")], []),
        ([SHE, WAITS, spell("part_time", DAY, lane=Lane.WORK)], []),
        ([SHE, WAITS, replace(WAITS, id="d", status="toleration_60a", valid_from=date(2026, 10, 1))], []),
        ([SHE, replace(WAITS, status="toleration_60a")], []),
    ],
)  # fmt: skip
def test_work_is_possible_after_three_months_of_gestattung(records: list[Record], day: list[date]) -> None:
    assert days("work_possible", *records) == day
