"""What the painted parts of a case say: the chain, the timeline, the radar, the head. No pixels."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.law.periods import month_start
from kimdesk.domain.records import (
    Case,
    CaseFile,
    Consent,
    Goal,
    LanguageSkill,
    Measure,
    Member,
    Person,
    PhaseEntry,
    RegimeSpell,
    ResidenceSpell,
)
from kimdesk.domain.terms import Lane, MeasureState, Phase, Role
from kimdesk.pictures.chain import ChainFrame, chain
from kimdesk.pictures.life_domains import changes
from kimdesk.pictures.scale import MonthScale, window
from kimdesk.pictures.strands import strands
from ui.case.heading import heading
from ui.plan.warnings import warnings
from ui.regimes.coming import coming
from ui.regimes.lines import blocks
from ui.regimes.told import said

TODAY = date(2026, 11, 24)
AMNA = Person(
    id="p1",
    family_name="Osman",
    given_names="Amna",
    birth_date=PartialDate(1992, 5, 3),
    city="Eschenried",
    street="Mühlenweg 4",
    languages=(LanguageSkill("apc", interpreter=True),),
)


def file(**parts: object) -> CaseFile:
    made = CaseFile(
        case=Case(id="c", opened_on=TODAY, file_number="ESR-2026-017", phase=Phase.SUPPORT_PLAN),
        persons=(AMNA,),
        members=(Member(id="m", case_id="c", person_id="p1", role=Role.CLIENT),),
    )
    return replace(made, **parts)  # type: ignore[arg-type]


def plan() -> CaseFile:
    return file(
        goals=(Goal(id="g", text="B1", life_domain="language"),),
        measures=(
            Measure(
                id="kita",
                title="Kita-Platz",
                regime="sgb8",
                state=MeasureState.APPLIED,
                starts_on=date(2026, 10, 1),
                due_on=date(2027, 7, 31),
            ),
            Measure(
                id="kurs",
                title="Integrationskurs",
                goal_id="g",
                starts_on=date(2027, 3, 8),
                due_on=date(2027, 9, 30),
                requires=("kita",),
                fallback="Kurs mit Kinderbetreuung",
            ),
            Measure(id="later", title="Ohne Termin"),
        ),
    )


def test_measures_stand_in_the_strand_of_their_regime_or_goal() -> None:
    found = {strand.key: [one.id for one in strand.measures] for strand in strands(SHIPPED, plan())}
    assert found == {"children": ["kita"], "language": ["kurs"], "other": ["later"]}


def test_a_measure_that_begins_before_what_it_waits_for_ends_is_shown_as_blocked() -> None:
    picture = chain(SHIPPED, plan(), TODAY, ChainFrame(100, 900, 1.0), lambda words: 7.0 * len(words))
    bars = {bar.key: bar for bar in picture.bars}
    assert bars["kita"].style == "running"
    assert bars["kurs"].style == "blocked"
    assert "„Kita-Platz“ endet erst am 31.07.2027." in bars["kurs"].spoken
    assert picture.left_out == 1
    assert [arrow.late for arrow in picture.arrows] == [True]


def test_bars_of_a_strand_never_cover_each_other() -> None:
    many = tuple(
        Measure(id=str(n), title=f"Maßnahme {n}", starts_on=TODAY + timedelta(days=9 * n),
                due_on=TODAY + timedelta(days=9 * n + 30))
        for n in range(12)
    )  # fmt: skip
    bars = chain(
        SHIPPED, file(measures=many), TODAY, ChainFrame(100, 900, 1.0), lambda words: 7.0 * len(words)
    ).bars
    for one in bars:
        others = [bar for bar in bars if bar is not one and bar.top == one.top]
        assert all(bar.right <= one.left or bar.left >= one.right for bar in others)


def test_a_rejected_step_is_warned_about_with_its_fallback() -> None:
    kita, kurs, _ = plan().measures
    case = file(measures=(replace(kita, state=MeasureState.REJECTED), kurs))
    found = warnings(SHIPPED, case, TODAY)[0]
    assert found.title == "„Integrationskurs“ ist blockiert"
    assert found.text == "„Kita-Platz“ wurde abgelehnt. Ersatzplan: Kurs mit Kinderbetreuung"


def household() -> CaseFile:
    return file(
        regimes=(
            RegimeSpell(id="r1", person_id="p1", regime="asylblg_basic", starts_on=date(2024, 3, 1),
                        ends_on=date(2026, 10, 31)),
            RegimeSpell(id="r2", person_id="p1", regime="sgb2", starts_on=date(2026, 12, 1), expected=True),
        ),
        residence=(
            ResidenceSpell(id="t", person_id="p1", status="asylum_permission", valid_from=date(2024, 3, 1),
                           valid_until=date(2027, 1, 10)),
        ),
    )  # fmt: skip


def test_a_gap_between_regimes_is_drawn_until_the_expected_one_begins() -> None:
    scale = MonthScale(date(2026, 7, 1), 12, 0, 365)
    (block,) = blocks(SHIPPED, household(), scale, TODAY, 1.0)
    benefit = block.lines[0]
    gap = next(one for one in benefit.stretches if one.style == "gap")
    assert (gap.left, gap.right) == (scale.x(date(2026, 11, 1)), scale.x(date(2026, 12, 1)))
    assert [line.name for line in block.lines] == ["Leistung", "Titel"]


def test_an_open_gap_says_since_when_and_for_whom() -> None:
    (gap,) = said(SHIPPED, household(), TODAY)
    assert gap.told.title == "24 Tage ohne Leistung"
    assert gap.told.sentence.startswith("Amna: seit 01.11.2026 ohne Leistung; SGB\u00a0II wird ab 01.12.2026")
    assert "§\u00a037 SGB\u00a0II" in gap.told.source


def test_an_expected_benefit_does_not_close_a_gap() -> None:
    spell = household().regimes[1]
    begun = replace(spell, starts_on=date(2026, 11, 1))
    assert said(SHIPPED, file(regimes=(household().regimes[0], begun)), TODAY) != []
    sure = replace(begun, expected=False)
    assert said(SHIPPED, file(regimes=(household().regimes[0], sure)), TODAY) == []


def test_the_next_dates_are_numbered_in_their_order() -> None:
    found = coming(SHIPPED, household(), TODAY)
    assert [one.number for one in found] == list(range(1, len(found) + 1))
    assert [one.day for one in found] == sorted(one.day for one in found)


def test_a_date_that_is_told_early_stands_behind_one_that_comes_before_it() -> None:
    consent = Consent(id="a", given_on=TODAY, valid_until=TODAY + timedelta(days=30))
    title = replace(household().residence[0], status="permit", valid_until=TODAY + timedelta(days=50))
    found = coming(SHIPPED, file(consents=(consent,), residence=(title,)), TODAY)
    assert [(one.number, (one.day - TODAY).days) for one in found] == [(1, 30), (2, 50)]


def test_the_head_never_shows_a_protected_address() -> None:
    assert "Mühlenweg" in heading(SHIPPED, file(), TODAY).household
    hidden = heading(SHIPPED, file(persons=(replace(AMNA, protected=True),)), TODAY)
    assert "Mühlenweg" not in hidden.household
    assert "Eschenried" not in hidden.household
    assert "Adresse geschützt" in [badge.text for badge in hidden.badges]


def test_the_head_counts_only_consents_in_force() -> None:
    given = Consent(id="a", given_on=TODAY)
    ended = Consent(id="b", given_on=TODAY - timedelta(days=90), valid_until=TODAY - timedelta(days=1))
    assert heading(SHIPPED, file(consents=(given, ended)), TODAY).badges[0].text == "1 Einwilligung gültig"
    assert heading(SHIPPED, file(consents=(ended,)), TODAY).badges[0].text == "Keine gültige Einwilligung"


@pytest.mark.parametrize(
    ("until", "tone"),
    [(date(2026, 11, 2), "bad"), (date(2026, 12, 10), "warn"), (date(2028, 1, 1), "neutral")],
)
def test_a_title_about_to_end_is_coloured(until: date, tone: str) -> None:
    spell = replace(household().residence[0], valid_until=until)
    assert heading(SHIPPED, file(residence=(spell,)), TODAY).badges[-1].tone == tone


def test_an_anonymous_case_has_a_head_too() -> None:
    found = heading(SHIPPED, file(persons=(), members=()), TODAY)
    assert found.name == "Anonyme Beratung"


def test_a_new_round_is_compared_with_the_one_before() -> None:
    first = PhaseEntry(
        id="1", phase=Phase.ASSESSMENT, round=1, answers={"domains": {"language": {"scale": 1}}}
    )
    second = PhaseEntry(id="2", phase=Phase.ASSESSMENT, round=2)
    found = {
        one.code: one
        for one in changes(
            SHIPPED, file(phases=(first, second)), second, {"domains": {"language": {"scale": 3}}}
        )
    }
    assert (found["language"].before, found["language"].now, found["language"].kind) == (1, 3, "better")
    assert found["work"].kind == "open"


def test_months_are_counted_across_the_year() -> None:
    assert month_start(date(2026, 11, 24), 3) == date(2027, 2, 1)
    assert month_start(date(2026, 1, 31), -1) == date(2025, 12, 1)
    start, months = window(date(2020, 1, 1), date(2040, 1, 1), TODAY)
    assert (start, months) == (date(2026, 8, 1), 14)


def test_an_insurance_gap_is_told_apart_from_a_benefit_gap() -> None:
    spell = RegimeSpell(
        id="h", person_id="p1", lane=Lane.HEALTH_INSURANCE, regime="health_card",
        starts_on=date(2024, 3, 1), ends_on=date(2026, 10, 31),
    )  # fmt: skip
    (gap,) = said(SHIPPED, file(regimes=(spell,)), TODAY)
    assert gap.told.title == "24 Tage ohne Krankenversicherung"
