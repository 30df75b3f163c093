"""What is wrong in the spells of a household: by which rule, whose, on which days, from which records."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.law.regime_law import Law
from kimdesk.domain.records import Person, Record, RecordRef, RegimeSpell, Relation, ResidenceSpell
from kimdesk.domain.regime_remarks import remarks
from kimdesk.domain.remark import Remark
from kimdesk.domain.terms import Lane
from tests.domain.case_files import file_of

TODAY = date(2026, 11, 24)
ENDED, NEXT = date(2026, 10, 31), date(2026, 11, 1)
LONG_AGO = date(2025, 1, 1)
LAW = Law(
    SHIPPED.rules.agenda.spans,
    pairs={
        frozenset({"asylblg_basic", "sgb2"}): "excluded",
        frozenset({"own_income", "sgb2"}): "allowed",
    },
    without_sgb2=frozenset({"toleration_60a", "none"}),
    ukraine_since=date(2025, 4, 1),
    ukraine_from=date(2026, 7, 1),
)
RUNS_ON = replace(LAW, continuations=SHIPPED.rules.law.continuations)
BABY = Person(id="b", birth_date=PartialDate(2026, 5, 23), birth_country="000")
REFUGEE = Person(id="a", nationalities=("423", "166"))


def benefit(name: str, regime: str, first: date | None, last: date | None = None, **more: Any) -> RegimeSpell:
    return RegimeSpell(id=name, regime=regime, starts_on=first, ends_on=last, **{"person_id": "a", **more})


def paper(
    name: str, status: str, first: date | None, last: date | None = None, **more: Any
) -> ResidenceSpell:
    return ResidenceSpell(
        id=name, status=status, valid_from=first, valid_until=last, **{"person_id": "a", **more}
    )


def title(first: date | None = LONG_AGO, last: date | None = None, **more: Any) -> ResidenceSpell:
    return paper("t1", "permit", first, last, paragraph="§ 24", **more)


def by(*names: str) -> tuple[RecordRef, ...]:
    """Return references: „s…“ a spell, „t…“ a title, else a person."""
    kinds = {"s": "regime_spell", "t": "residence_spell"}
    return tuple(RecordRef(kinds.get(name[0], "person"), name) for name in names)


def of_title(**days: str) -> dict[str, str]:
    return {"status": "permit", "paragraph": "§ 24", "valid_until": "2026-10-31", **days}


def said(*records: Record, on: date = TODAY) -> list[Remark]:
    """Return the remarks; with somebody whose nationality is asked for, titles run on as the law has it."""
    law = RUNS_ON if any(isinstance(one, Person) and one.id == "a" for one in records) else LAW
    return list(remarks(file_of(*records), on, law))


BASIC = benefit("s1", "asylblg_basic", LONG_AGO, ENDED)
SGB2 = benefit("s1", "sgb2", LONG_AGO, ENDED)
HERS: dict[str, Any] = {"person_id": "b"}
BENEFIT = Lane.BENEFIT
ROWS: list[tuple[list[Record], Remark]] = [
    (
        [BASIC, benefit("s2", "sgb2", date(2026, 11, 15))],
        Remark("gap_asylblg_sgb2", "a", BENEFIT, NEXT, date(2026, 11, 14), by("s1", "s2"),
               {"before": "asylblg_basic", "after": "sgb2"}),
    ),
    (
        [BASIC],
        Remark("gap_asylblg_sgb2", "a", BENEFIT, NEXT, None, by("s1"),
               {"before": "asylblg_basic", "after": ""}),
    ),
    (
        [SGB2, benefit("s2", "asylblg_basic", date(2026, 12, 1), expected=True)],
        Remark("gap_sgb2_asylblg", "a", BENEFIT, NEXT, None, by("s1", "s2"),
               {"before": "sgb2", "after": "asylblg_basic", "planned_on": "2026-12-01"}),
    ),
    (
        [benefit("s1", "own_income", LONG_AGO, ENDED), benefit("s2", "asylblg_basic", TODAY)],
        Remark("gap_to_asylblg", "a", BENEFIT, NEXT, date(2026, 11, 23), by("s1", "s2"),
               {"before": "own_income", "after": "asylblg_basic"}),
    ),
    (
        [SGB2, benefit("s2", "sgb12", TODAY), benefit("s3", "sgb3", date(2026, 11, 9), TODAY, expected=True)],
        Remark("gap_benefit", "a", BENEFIT, NEXT, date(2026, 11, 23), by("s1", "s2"),
               {"before": "sgb2", "after": "sgb12"}),
    ),
    (
        [benefit("s1", "health_card", LONG_AGO, ENDED, lane=Lane.HEALTH_INSURANCE)],
        Remark("gap_insurance", "a", Lane.HEALTH_INSURANCE, NEXT, None, by("s1"),
               {"before": "health_card", "after": ""}),
    ),
    (
        [SGB2, benefit("s2", "asylblg_basic", ENDED)],
        Remark("excluded_pair", "a", BENEFIT, ENDED, ENDED, by("s1", "s2"),
               {"before": "sgb2", "after": "asylblg_basic"}),
    ),
    (
        [SGB2, benefit("s2", "bafoeg", ENDED)],
        Remark("unknown_pair", "a", BENEFIT, ENDED, ENDED, by("s1", "s2"),
               {"before": "sgb2", "after": "bafoeg"}),
    ),
    (
        [benefit("s1", "sgb2", LONG_AGO), benefit("s2", "sgb2", NEXT)],
        Remark("double_entry", "a", BENEFIT, NEXT, None, by("s1", "s2"), {"before": "sgb2", "after": "sgb2"}),
    ),
    (
        [
            benefit("s1", "health_card", LONG_AGO, lane=Lane.HEALTH_INSURANCE),
            benefit("s2", "public", NEXT, lane=Lane.HEALTH_INSURANCE),
        ],
        Remark("double_insurance", "a", Lane.HEALTH_INSURANCE, NEXT, None, by("s1", "s2"),
               {"before": "health_card", "after": "public"}),
    ),
    ([title(last=ENDED)], Remark("title_ended", "a", None, NEXT, None, by("t1"), of_title())),
    (
        [title(last=ENDED, applied_on=ENDED)],
        Remark("certificate_missing", "a", None, NEXT, None, by("t1"), of_title(applied_on="2026-10-31")),
    ),
    (
        [title(last=ENDED, applied_on=NEXT)],
        Remark("applied_late", "a", None, NEXT, None, by("t1"), of_title(applied_on="2026-11-01")),
    ),
    (
        [title(last=ENDED), paper("t2", "settlement_permit", TODAY)],
        Remark("title_interrupted", "a", None, NEXT, date(2026, 11, 23), by("t1", "t2"), of_title()),
    ),
    (
        [benefit("s1", "sgb2", LONG_AGO), paper("t1", "toleration_60a", NEXT, TODAY)],
        Remark("sgb2_without_right", "a", BENEFIT, NEXT, TODAY, by("s1", "t1"), {"status": "toleration_60a"}),
    ),
    (
        [benefit("s1", "sgb2", NEXT), paper("t1", "toleration_60a", None)],
        Remark("sgb2_without_right", "a", BENEFIT, NEXT, None, by("s1", "t1"), {"status": "toleration_60a"}),
    ),
    (
        [benefit("s1", "asylblg_basic", date(2023, 11, 24), TODAY)],
        Remark("analog_due", "a", BENEFIT, TODAY, TODAY, by("s1")),
    ),
    (
        [benefit("s0", "asylblg_analog", date(2020, 1, 1), ENDED), benefit("s1", "asylblg_basic", NEXT)],
        Remark("analog_due", "a", BENEFIT, NEXT, None, by("s1")),
    ),
    (
        [Person(id="b", birth_date=PartialDate(2026, 5, 23), birth_country="000")],
        Remark("born_here_late", "b", None, TODAY, None, by("b")),
    ),
    (
        [Person(id="a"), title(last=ENDED)],
        Remark("section24_ask", "a", None, NEXT, None, by("t1"), of_title()),
    ),
    (
        [benefit("s1", "sgb2", NEXT), paper("t1", "permit", NEXT, paragraph="§ 25 Abs. 4 Satz 1 AufenthG")],
        Remark("sgb2_by_title", "a", BENEFIT, NEXT, None, by("s1", "t1"),
               {"status": "permit", "paragraph": "§ 25 Abs. 4 Satz 1 AufenthG"}),
    ),
    (
        [benefit("s1", "sgb2", NEXT), paper("t1", "permit", NEXT, paragraph="§ 25 Abs. 5 AufenthG")],
        Remark("suspension_unknown", "a", None, NEXT, None, by("t1"),
               {"status": "permit", "paragraph": "§ 25 Abs. 5 AufenthG"}),
    ),
    (
        [benefit("s1", "asylblg_basic", NEXT), paper("t1", "permit", NEXT, paragraph="§ 25 IV")],
        Remark("title_unclear", "a", None, NEXT, None, by("t1"),
               {"status": "permit", "paragraph": "§ 25 IV"}),
    ),
    (
        [
            Person(id="a"), Person(id="c"), BABY, Relation(person_id="a", other_id="b", kind="parent"),
            Relation(person_id="b", other_id="c", kind="child"), title(), replace(title(), person_id="c"),
        ],
        Remark("child_ex_officio", "b", None, date(2026, 5, 23), None, by("b")),
    ),
    (
        [
            Person(id="a", nationalities=("000",)), BABY,
            Relation(person_id="a", other_id="b", kind="parent"),
        ],
        Remark("child_german", "b", None, date(2026, 5, 23), None, by("b")),
    ),
    (
        [REFUGEE, benefit("s1", "sgb2", date(2025, 5, 1), date(2026, 12, 31)), title(date(2025, 4, 1))],
        Remark("ukraine_planned", "a", BENEFIT, date(2026, 7, 1), date(2026, 12, 31), by("s1")),
    ),
    (
        [REFUGEE, benefit("s1", "sgb2", NEXT), title(date(2025, 4, 1))],
        Remark("ukraine_planned", "a", BENEFIT, NEXT, None, by("s1")),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("records", "expected"), ROWS, ids=[remark.rule for _, remark in ROWS])
def test_a_remark_says_whose_since_when_and_by_which_records(records: list[Record], expected: Remark) -> None:
    assert [one for one in said(*records) if one.rule == expected.rule] == [expected]


def test_every_rule_of_the_data_has_its_row() -> None:
    assert {remark.rule for _, remark in ROWS} == {one.code for one in SHIPPED.rules.regimes.rules}


ON_SGB2 = benefit("s1", "sgb2", LONG_AGO)
TOLERATED = paper("t1", "toleration_60a", LONG_AGO)
LATE = title(date(2025, 4, 1))
SILENT: list[tuple[str, str, list[Record]]] = [
    ("gap_benefit", "between courses", [benefit("s1", "integration", LONG_AGO, ENDED, lane=Lane.COURSE)]),
    ("gap_benefit", "to come", [benefit("s1", "sgb2", LONG_AGO, TODAY)]),
    ("gap_asylblg_sgb2", "something else is expected", [BASIC, benefit("s2", "sgb12", TODAY, expected=True)]),
    ("excluded_pair", "only expected", [ON_SGB2, benefit("s2", "asylblg_basic", NEXT, expected=True)]),
    ("unknown_pair", "allowed", [ON_SGB2, benefit("s2", "own_income", NEXT)]),
    ("title_ended", "ends today", [title(last=TODAY)]),
    ("title_ended", "no paper at all", [paper("t1", "unknown", LONG_AGO, ENDED)]),
    ("title_ended", "one without beginning goes on", [title(last=ENDED), paper("t2", "permit", None)]),
    ("certificate_missing", "it is there", [title(last=ENDED, applied_on=ENDED, certificate_on=TODAY)]),
    ("title_interrupted", "applied for in time",
     [title(last=ENDED, applied_on=ENDED), paper("t2", "permit", TODAY)]),
    ("sgb2_without_right", "another benefit", [benefit("s1", "own_income", LONG_AGO), TOLERATED]),
    ("sgb2_without_right", "only expected", [benefit("s1", "sgb2", LONG_AGO, expected=True), TOLERATED]),
    ("sgb2_without_right", "since nobody knows when", [benefit("s1", "sgb2", None), TOLERATED]),
    ("sgb2_without_right", "paper only expected",
     [ON_SGB2, paper("t1", "toleration_60a", NEXT, expected=True)]),
    ("sgb2_without_right", "somebody else's paper", [ON_SGB2, paper("t1", "toleration_60a", NEXT, **HERS)]),
    ("sgb2_without_right", "paper ended before",
     [benefit("s1", "sgb2", NEXT), paper("t1", "toleration_60a", LONG_AGO, ENDED)]),
    ("sgb2_without_right", "a title from the last day", [SGB2, TOLERATED, paper("t2", "permit", ENDED)]),
    ("sgb2_without_right", "a title until the first day",
     [benefit("s1", "sgb2", NEXT), TOLERATED, paper("t2", "permit", None, NEXT)]),
    ("analog_due", "tomorrow", [benefit("s1", "asylblg_basic", date(2023, 11, 25))]),
    ("analog_due", "over", [benefit("s1", "asylblg_basic", date(2023, 1, 1), date(2026, 11, 23))]),
    ("born_here_late", "of age today", [Person(birth_date=PartialDate(2008, 11, 24), birth_country="000")]),
    ("born_here_late", "the last day", [Person(birth_date=PartialDate(2026, 5, 24), birth_country="000")]),
    ("ukraine_planned", "from elsewhere", [Person(id="a", nationalities=("423",)), ON_SGB2, LATE]),
    ("ukraine_planned", "another benefit", [REFUGEE, benefit("s1", "own_income", LONG_AGO), LATE]),
    ("ukraine_planned", "over by then", [REFUGEE, benefit("s1", "sgb2", LONG_AGO, date(2026, 6, 30)), LATE]),
    ("ukraine_planned", "no title", [REFUGEE, ON_SGB2]),
    ("ukraine_planned", "titled before", [REFUGEE, ON_SGB2, LATE, title(date(2025, 3, 31))]),
    ("ukraine_planned", "another title", [REFUGEE, ON_SGB2, paper("t1", "permit", NEXT, paragraph="§ 25")]),
    ("ukraine_planned", "of 2024", [REFUGEE, ON_SGB2, paper("t1", "permit", NEXT, paragraph="§ 25, 2024")]),
    ("ukraine_planned", "somebody else's title", [REFUGEE, ON_SGB2, title(NEXT, **HERS)]),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "why", "records"), SILENT, ids=[" ".join(row[:2]) for row in SILENT])
def test_nothing_is_said(rule: str, why: str, records: list[Record]) -> None:
    assert rule not in [one.rule for one in said(*records)]


TOLD: list[tuple[str, str, list[Record]]] = [
    ("gap_benefit", "after a course", [benefit("s0", "b1", LONG_AGO, LONG_AGO, lane=Lane.COURSE), SGB2]),
    ("gap_benefit", "after an end to come",
     [benefit("s0", "sgb2", LONG_AGO, TODAY, **HERS),
      benefit("s1", "sgb2", LONG_AGO, date(2026, 12, 9)), benefit("s2", "sgb12", date(2026, 12, 21))]),
    ("title_ended", "since today", [title(last=TODAY - timedelta(1))]),
    ("title_ended", "without a title since", [title(last=ENDED), paper("t2", "none", NEXT)]),
    ("title_ended", "one only expected", [title(last=ENDED), paper("t2", "permit", NEXT, expected=True)]),
    ("title_ended", "beside somebody else's", [title(last=ENDED), paper("t2", "permit", LONG_AGO, **HERS)]),
    ("sgb2_without_right", "beside other benefits",
     [benefit("s0", "own_income", LONG_AGO, **HERS), ON_SGB2, TOLERATED]),
    ("sgb2_without_right", "for a day", [SGB2, paper("t1", "toleration_60a", ENDED)]),
    ("sgb2_without_right", "after a title", [ON_SGB2, title(None, LONG_AGO - timedelta(1)), TOLERATED]),
    ("sgb2_without_right", "before a title", [SGB2, TOLERATED, title(NEXT)]),
    ("sgb2_without_right", "an expected title", [ON_SGB2, TOLERATED, title(LONG_AGO, expected=True)]),
    ("sgb2_without_right", "two that give no claim", [ON_SGB2, TOLERATED, paper("t2", "unknown", LONG_AGO)]),
    ("born_here_late", "seventeen", [Person(birth_date=PartialDate(2008, 11, 25), birth_country="000")]),
    ("ukraine_planned", "until the first day", [REFUGEE, replace(ON_SGB2, ends_on=date(2026, 7, 1)), LATE]),
    ("ukraine_planned", "close set", [REFUGEE, ON_SGB2, paper("t1", "permit", NEXT, paragraph="§24(1)")]),
    ("ukraine_planned", "after another benefit",
     [REFUGEE, benefit("s0", "own_income", LONG_AGO, **HERS), ON_SGB2, LATE]),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "why", "records"), TOLD, ids=[" ".join(row[:2]) for row in TOLD])
def test_what_stands_beside_it_hides_nothing(rule: str, why: str, records: list[Record]) -> None:
    assert rule in [one.rule for one in said(*records)]


def test_titles_are_looked_at_person_by_person() -> None:
    hers = paper("t2", "permit", LONG_AGO, **HERS)
    assert said(title(last=ENDED), hers, paper("t3", "permit", NEXT)) == []


def test_what_lasts_comes_first_then_the_latest_then_by_strand_and_rule() -> None:
    card = benefit("s1", "health_card", LONG_AGO, NEXT, lane=Lane.HEALTH_INSURANCE)
    child = Person(id="b", birth_date=PartialDate(2026, 5, 1), birth_country="000")
    closed = [
        benefit("s3", "sgb2", LONG_AGO, date(2026, 11, 9), **HERS),
        benefit("s4", "sgb12", date(2026, 11, 20), **HERS),
    ]
    assert [one.rule for one in said(SGB2, card, title(last=NEXT), child, *closed)] == [
        "gap_insurance",
        "born_here_late",
        "title_ended",
        "gap_benefit",
        "gap_benefit",
    ]


@pytest.mark.parametrize(
    ("ends_on", "day", "lasts", "days"),
    [
        (None, date(2026, 10, 30), False, 0),
        (None, date(2026, 10, 31), False, 0),
        (None, NEXT, True, 1),
        (None, TODAY, True, 24),
        (date(2026, 11, 10), NEXT, True, 10),
        (date(2026, 11, 10), date(2026, 11, 10), True, 10),
        (date(2026, 11, 10), date(2026, 11, 11), False, 10),
    ],
)
def test_it_lasts_from_its_first_to_its_last_day(
    ends_on: date | None, day: date, lasts: bool, days: int
) -> None:
    one = Remark("gap_benefit", "a", BENEFIT, NEXT, ends_on)
    assert (one.lasts(day), one.days(day)) == (lasts, days)
