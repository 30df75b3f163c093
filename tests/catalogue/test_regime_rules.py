"""What is said about spells: gaps, overlaps, papers, each with its days, rule and source."""

import ast
import inspect
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.catalogue.regime_changes import GENERAL, ChangeList, parse
from kimdesk.domain import regime_remarks, title_remarks
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.errors import ContentError
from kimdesk.domain.records import Case, CaseFile, Person, RegimeSpell, ResidenceSpell
from kimdesk.domain.regime_remarks import remarks
from kimdesk.domain.remark import Remark
from kimdesk.domain.terms import Lane
from kimdesk.texts import say
from kimdesk.texts.remarks import ToldRemark, tell

TODAY = date(2026, 11, 24)
BAD_GERMAN = r"""["'`]|\.\.\.| - | –|§ |(Abs|Art|Nr)\. |\bSGB [IVX]|  |^ | $"""


def spell(regime: str, first: date, last: date | None = None, **facts: Any) -> RegimeSpell:
    return RegimeSpell(id=regime, person_id="a", regime=regime, starts_on=first, ends_on=last, **facts)


def title(status: str, first: date | None, last: date | None = None, **facts: Any) -> ResidenceSpell:
    return ResidenceSpell(
        id=status, person_id="a", status=status, valid_from=first, valid_until=last, **facts
    )


def file(*spells: RegimeSpell | ResidenceSpell, **person: Any) -> CaseFile:
    return CaseFile(
        case=Case(id="c", opened_on=TODAY),
        persons=(Person(id="a", given_names="Amna", **person),),
        regimes=tuple(one for one in spells if isinstance(one, RegimeSpell)),
        residence=tuple(one for one in spells if isinstance(one, ResidenceSpell)),
    )


def found(case: CaseFile, on: date = TODAY) -> tuple[Remark, ...]:
    return remarks(case, on, SHIPPED.rules.law)


def told(case: CaseFile, on: date = TODAY) -> ToldRemark:
    (one,) = found(case, on)
    words = tell(SHIPPED, one, on, ["Amna"])
    assert words
    return words


def test_a_gap_between_asylblg_and_sgb2_is_explained_with_its_days() -> None:
    case = file(
        spell("asylblg_basic", date(2024, 3, 1), date(2026, 9, 30)), spell("sgb2", date(2026, 10, 15))
    )
    words = told(case)
    assert words.title == "14 Tage ohne Leistung"
    assert words.sentence == (
        "Amna: 14 Tage ohne Leistung zwischen AsylbLG und SGB\u00a0II (01.10.2026 bis 14.10.2026). "
        "AsylbLG endet mit dem Monat (§\u00a01 Abs.\u00a03 AsylbLG); "
        "der SGB-II-Antrag wirkt auf den Monatsersten (§\u00a037 SGB\u00a0II)."
    )
    assert (words.tone, words.standing) == ("bad", "Stand 19.08.2026")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("asylblg_analog", "", "gap_asylblg_sgb2"),
        ("sgb2", "asylblg_basic", "gap_sgb2_asylblg"),
        ("own_income", "asylblg_basic", "gap_to_asylblg"),
        ("sgb2", "sgb12", "gap_benefit"),
        ("asylblg_basic", "own_income", "gap_benefit"),
    ],
)
def test_each_direction_of_a_change_has_its_own_rule(before: str, after: str, expected: str) -> None:
    spells = [spell(before, date(2025, 1, 1), date(2026, 10, 31))]
    if after:
        spells.append(spell(after, date(2026, 12, 1), expected=True))
    assert [one.rule for one in found(file(*spells))] == [expected]


def test_an_end_to_come_is_no_gap_yet() -> None:
    case = file(spell("sgb2", date(2025, 1, 1), date(2026, 11, 30)))
    assert found(case) == ()
    assert [one.days(date(2026, 12, 1)) for one in found(case, date(2026, 12, 1))] == [1]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("asylblg_basic", "sgb2", "excluded_pair"),
        ("wohngeld", "sgb2", "excluded_pair"),
        ("asylblg_basic", "asylblg_analog", "excluded_pair"),
        ("own_income", "sgb2", ""),
        ("kinderzuschlag", "wohngeld", ""),
        ("bafoeg", "sgb3", "unknown_pair"),
    ],
)
def test_two_benefits_at_once_are_excluded_allowed_or_to_be_looked_at(
    one: str, other: str, expected: str
) -> None:
    case = file(spell(one, date(2026, 1, 1)), spell(other, date(2026, 3, 1), date(2026, 3, 31)))
    assert [each.rule for each in found(case) if each.rule != "analog_due"] == (
        [expected] if expected else []
    )


def test_an_excluded_pair_names_why_and_by_which_law() -> None:
    words = told(
        file(spell("sgb2", date(2026, 1, 1)), spell("wohngeld", date(2026, 3, 1), date(2026, 3, 31)))
    )
    assert "31 Tage nebeneinander (01.03.2026 bis 31.03.2026)" in words.sentence
    assert "vom Wohngeld ausgeschlossen" in words.sentence
    assert words.source == "§\u00a07 Abs.\u00a01 Nr.\u00a01 WoGG"


ENDED = date(2026, 10, 31)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, "title_ended"),
        ({"applied_on": ENDED}, "certificate_missing"),
        ({"applied_on": ENDED + timedelta(days=1)}, "applied_late"),
        ({"applied_on": ENDED, "certificate_on": ENDED + timedelta(days=3)}, ""),
    ],
)
def test_a_title_that_ended(facts: dict[str, date], expected: str) -> None:
    case = file(title("permit", date(2024, 3, 1), ENDED, **facts))
    assert [one.rule for one in found(case)] == ([expected] if expected else [])
    assert found(case, ENDED) == ()


def test_the_missing_certificate_counts_its_days() -> None:
    words = told(file(title("permit", date(2024, 3, 1), ENDED, applied_on=date(2026, 10, 1))))
    assert words.title == "Fiktionsbescheinigung fehlt seit 24 Tagen"
    assert "§\u00a081 Abs.\u00a05 AufenthG" in words.sentence


def test_a_paper_that_followed_late_is_only_mentioned_when_no_application_covered_the_time() -> None:
    later = title("settlement_permit", date(2026, 11, 10))
    before = title("permit", date(2024, 3, 1), ENDED)
    assert [one.rule for one in found(file(before, later))] == ["title_interrupted"]
    assert found(file(replace(before, applied_on=ENDED), later)) == ()


def test_sgb2_beside_a_gestattung_is_questioned() -> None:
    benefit, paper = spell("sgb2", date(2026, 1, 1)), title("asylum_permission", date(2025, 1, 1))
    assert [one.rule for one in found(file(benefit, paper))] == ["sgb2_without_right"]
    permit = title("permit", date(2025, 6, 1))
    assert found(file(benefit, paper, permit)) == ()


def test_36_months_of_basic_benefits() -> None:
    case = file(spell("asylblg_basic", date(2023, 11, 24)))
    assert found(case, date(2026, 11, 23)) == ()
    assert [(one.rule, one.starts_on) for one in found(case)] == [("analog_due", TODAY)]


def test_a_child_born_here_without_a_title() -> None:
    born = {"birth_date": PartialDate(2026, 5, 24), "birth_country": "000"}
    assert found(file(**born)) == ()
    assert [one.rule for one in found(file(**born), date(2026, 11, 25))] == ["born_here_late"]
    assert found(file(nationalities=("000",), **born), date(2026, 11, 25)) == ()


def test_what_is_only_planned_says_so() -> None:
    paper = title("permit", date(2025, 4, 1), paragraph="§ 24 AufenthG")
    case = file(spell("sgb2", date(2025, 5, 1)), paper, nationalities=("166",))
    assert told(case).standing == "geplant, unbestätigt"
    assert (
        found(file(*case.regimes, replace(paper, valid_from=date(2025, 3, 31)), nationalities=("166",))) == ()
    )


def test_a_benefit_is_called_by_its_name_of_the_day() -> None:
    assert SHIPPED.benefit_label("sgb2", date(2026, 6, 30)) == "Bürgergeld (SGB\u00a0II)"
    assert SHIPPED.benefit_label("sgb2", date(2026, 7, 1)) == "Grundsicherungsgeld (SGB\u00a0II)"
    assert SHIPPED.benefit_label("wohngeld", TODAY) == "Wohngeld"


def test_every_remark_has_a_rule_and_every_rule_a_remark() -> None:
    trees = [ast.parse(inspect.getsource(each)) for each in (regime_remarks, title_remarks)]
    used = {node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert {one.code for one in SHIPPED.rules.regimes.rules} <= used
    with pytest.raises(ContentError):
        SHIPPED.rules.regimes.rule("unknown")


def test_the_words_are_set_as_german_is_set() -> None:
    assert [say(f"dates.{key}", n=n) for key, n in (("days", 1), ("days", 2), ("days_dative", 1))] == [
        "1 Tag",
        "2 Tage",
        "einem Tag",
    ]
    texts = [
        text
        for one in SHIPPED.rules.regimes.rules
        for text in (one.title, one.sentence, one.open, one.advice, one.source)
    ]
    texts += [text for pair in SHIPPED.rules.regimes.pairs for text in (pair.why, pair.source)]
    for each in SHIPPED.change_lists:
        texts += [
            each.title,
            each.source,
            *(one.label for one in each.items),
            *(one.source for one in each.items),
        ]
        texts += [one.condition for one in each.items]
    for text in texts:
        assert not re.search(BAD_GERMAN, text), text


def test_a_rule_is_said_only_while_it_holds() -> None:
    gap = found(file(spell("sgb2", date(2015, 1, 1), date(2016, 1, 1))), date(2016, 2, 1))
    assert [tell(SHIPPED, one, date(2016, 2, 1), ["Amna"]) for one in gap] == [None]


TRANSITIONS = [
    ("asylblg_basic", "sgb2", "asylblg_sgb2"),
    ("sgb2", "asylblg_analog", "sgb2_asylblg"),
    ("asylblg_analog", "own_income", "asylblg_work"),
    ("sgb2", "own_income", "sgb2_work"),
    ("sgb2", "sgb12", "sgb2_sgb12"),
    ("sgb2", "sgb3", "sgb2_sgb3"),
    ("sgb8", "sgb2", "sgb8_sgb2"),
    ("sgb8", "asylblg_basic", "sgb8_asylblg"),
    ("sgb2", "wohngeld", "any_wohngeld"),
    ("bafoeg", "sgb3", GENERAL),
]


@pytest.mark.parametrize(("before", "after", "code"), TRANSITIONS)
def test_each_change_has_its_checklist(before: str, after: str, code: str) -> None:
    sheet = SHIPPED.change_list(before, after, TODAY)
    assert sheet.code == code
    assert sum(one.mandatory for one in sheet.items) >= 3
    assert {one.by for one in sheet.items} <= {one.code for one in SHIPPED.code_list("change_owner").codes}


def test_a_change_keeps_the_list_of_its_day() -> None:
    for code, on, rule in (("income_told", date(2026, 8, 18), ""),
                           ("income_told", date(2026, 8, 19), "asylblg_work_report")):  # fmt: skip
        found = SHIPPED.change_list("asylblg_basic", "own_income", on).item(code)
        assert found
        assert found.rule == rule
    for on, known in ((date(2026, 8, 18), False), (date(2026, 8, 19), True)):
        sheet = SHIPPED.change_list("sgb2", "asylblg_basic", on)
        assert bool(sheet.item("urgent_application")) is known
    assert "43" in SHIPPED.change_list("bafoeg", "sgb3", date(2026, 8, 18)).source
    assert "43" not in SHIPPED.change_list("bafoeg", "sgb3", date(2026, 8, 19)).source


def test_who_brings_the_certificate_of_work_is_asked_by_the_client() -> None:
    item = SHIPPED.change_list("sgb2", "sgb3", TODAY).item("work_certificate")
    assert item
    assert item.by == "client"


@pytest.mark.parametrize(
    ("day", "part"),
    [(date(2026, 8, 18), "soll ab 01.07.2026"), (date(2026, 8, 19), "war für 01.07.2026 geplant")],
)
def test_a_rule_is_said_as_it_stood_on_the_day(day: date, part: str) -> None:
    paper = title("permit", date(2025, 4, 1), paragraph="§ 24 AufenthG")
    case = file(spell("sgb2", date(2025, 5, 1)), paper, nationalities=("166",))
    assert part in told(case, day).sentence


@pytest.mark.parametrize("code", ["gap_asylblg_sgb2", "gap_sgb2_asylblg", "gap_to_asylblg"])
def test_asylblg_is_promised_nothing_that_holds_among_social_benefits_alone(code: str) -> None:
    """§ 28 SGB X and § 43 SGB I are not taken over in § 9 AsylbLG."""
    one = SHIPPED.rules.regimes.rule(code, TODAY)
    assert not re.search("\u00a028 SGB\u00a0X|\u00a043 SGB\u00a0I\\b", one.advice + one.source)


def test_the_application_is_due_in_the_month_of_the_change() -> None:
    application = SHIPPED.change_list("asylblg_basic", "sgb2", TODAY).item("main_application")
    assert application
    assert application.due_on(date(2026, 11, 1)) == date(2026, 11, 30)


@pytest.mark.parametrize(
    "broken",
    [
        {"code": "other"},
        {"from_regimes": ["nowhere"]},
        {"item": []},
        {"item": [{"code": "a", "label": "A", "by": "nobody", "source": "§"}]},
        {"item": [{"code": "a", "label": "A", "by": "client", "source": "§", "condition": "x"}]},
        {"item": [{"code": "a", "label": "A", "by": "client", "source": "§", "rule": "no_rule"}]},
        {"unknown": 1},
    ],
)
def test_a_broken_list_is_refused(broken: dict[str, Any]) -> None:
    table: dict[str, Any] = {
        "code": "a_b", "title": "A", "from_regimes": ["sgb2"], "to_regimes": ["sgb3"], "old_body": "A",
        "new_body": "B", "source": "§", "valid_from": date(2026, 1, 1),
        "item": [{"code": "a", "label": "A", "by": "client", "source": "§"}],
    }  # fmt: skip
    assert isinstance(parse(table, "a_b", SHIPPED), ChangeList)
    with pytest.raises(ContentError):
        parse(table | broken, "a_b", SHIPPED)


def test_insurance_is_told_apart_from_benefits() -> None:
    card = spell("health_card", date(2024, 3, 1), ENDED, lane=Lane.HEALTH_INSURANCE)
    assert told(file(card)).title == "24 Tage ohne Krankenversicherung"
