"""Reports of the Kreis: what is counted, what is shown of it, and what is kept of what was given out."""

import csv
import io
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from sqlalchemy import select

from kimdesk.disclosure.release import restored
from kimdesk.documents.figures.giving_out import made
from kimdesk.domain.errors import CaseworkError, ContentError, DisclosureError
from kimdesk.indicators.values import Period
from kimdesk.kreis.registry import open_registry
from kimdesk.kreis.rows import transaction
from kimdesk.kreis.steering import spans
from kimdesk.kreis.steering.releases import keep
from kimdesk.kreis.steering.report import draw
from kimdesk.kreis.steering.report_values import (
    FigureStatus,
    SteeringReport,
    headlines,
    row_of,
    table_of,
)
from kimdesk.kreis.steering.tables import release
from kimdesk.kreis.steering.templates import parse, template, templates
from tests.kreis.counted_kreis import (
    AHLBRUECK,
    ESCHENRIED,
    FIRST,
    LAST,
    MOORFELD,
    TODAY,
    UNHEARD,
    CountedKreis,
    CountedTemplate,
)

AUTUMN = Period(FIRST, LAST)
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
OWN_LIST = {"code": "own", "version": 1, "title": "Eigene", "about": "kreis", "source": "Wir",
            "valid_from": date(2026, 1, 1)}  # fmt: skip


@pytest.fixture(scope="module")
def kreis(
    tmp_path_factory: pytest.TempPathFactory, counted_kreis_template: CountedTemplate
) -> Iterator[CountedKreis]:
    """A Kreis with known numbers; nobody changes it."""
    with counted_kreis_template.copied(tmp_path_factory.mktemp("report") / "kreis") as found:
        yield found


@pytest.fixture
def own(tmp_path: Path, counted_kreis_template: CountedTemplate) -> Iterator[CountedKreis]:
    """The same for one test alone."""
    with counted_kreis_template.copied(tmp_path / "kreis") as found:
        yield found
    shutil.rmtree(tmp_path / "kreis")


def drawn(
    kreis: CountedKreis, name: str = "kreis", span: Period = AUTUMN, municipality: str = ""
) -> SteeringReport:
    found = template(kreis.desk.catalogue, name, TODAY)
    return draw(kreis.desk, found, span, municipality, today=TODAY)


def drawn_of(kreis: CountedKreis, code: str, span: Period = AUTUMN, by: str = "") -> SteeringReport:
    """Draw a list of the one indicator ``code``."""
    line = {"number": "1", "title": "Eine Zeile", "indicator": code, **({"by": by} if by else {})}
    found = parse({**OWN_LIST, "mapping": [line]}, "own")
    return draw(kreis.desk, found, span, today=TODAY)


@pytest.fixture(scope="module")
def report(kreis: CountedKreis) -> SteeringReport:
    """The report of the Kreis on the autumn."""
    return drawn(kreis)


def test_totals_are_what_was_put_there_with_the_period_before(report: SteeringReport) -> None:
    assert report.before == Period(date(2026, 6, 1), date(2026, 8, 31))
    active = table_of(report, "active_cases", "municipality")
    assert active is not None
    assert (active.total.now.value, active.total.before.value, active.total.change) == (39, 19, 20)


def test_days_are_told_as_median_and_middle_half_with_their_number(report: SteeringReport) -> None:
    days = table_of(report, "days_to_acceptance")
    assert days is not None
    assert (days.total.now.number, days.total.now.value, days.total.now.quartiles) == (9, 5, (3, 7))
    assert days.total.change is None


def test_a_small_municipality_is_hidden_and_another_with_it(report: SteeringReport) -> None:
    active = table_of(report, "active_cases", "municipality")
    assert active is not None
    found = {row.code: row.now for row in active.rows}
    assert found[MOORFELD].status is FigureStatus.SMALL
    hidden = [ags for ags in (ESCHENRIED, AHLBRUECK) if found[ags].status is FigureStatus.COVERED]
    assert len(hidden) == 1
    assert found[hidden[0]].number is None


def test_where_nobody_sent_anything_there_is_nothing_and_not_nought(report: SteeringReport) -> None:
    active = table_of(report, "active_cases", "municipality")
    assert active is not None
    row = row_of(active, UNHEARD)
    assert row is not None
    assert row.now.status is FigureStatus.NOTHING_RECORDED
    assert {each.name for each in report.desks if each.silent} == {"Moorfeld", "Auenhof"}


def test_the_totals_of_the_template_come_first(report: SteeringReport) -> None:
    assert [each.asked.code for each in headlines(report)] == list(report.template.headlines)


def test_who_has_a_seldom_code_is_not_told_by_its_row(report: SteeringReport) -> None:
    services = table_of(report, "days_to_acceptance", "service")
    assert services is not None
    assert [row.code for row in services.rows] == ["", "jobcenter"]


def test_drawn_again_it_has_the_same_digest_and_given_out_too(own: CountedKreis) -> None:
    first = drawn(own)
    keep(own.desk, first)
    again = drawn(own)
    assert again.digest == first.digest
    keep(own.desk, again)
    with transaction(open_registry(own.desk)) as connection:
        rows = connection.execute(select(release)).all()
    assert [(row.digest, row.template, row.by) for row in rows] == [(first.digest, "kreis", "M. Kessler")]
    assert restored(json.loads(rows[0].body)["caseload"]).proof.threshold == 5


def test_what_another_report_gave_out_meanwhile_is_not_passed_over(own: CountedKreis) -> None:
    one, other = drawn_of(own, "active_cases"), drawn(own, "gemeinde", municipality=ESCHENRIED)
    keep(own.desk, one)
    with pytest.raises(DisclosureError) as refused:
        keep(own.desk, other)
    assert refused.value.code == "E987"


def test_two_periods_cannot_be_subtracted(own: CountedKreis) -> None:
    """Nine referrals were sent by the first of November, one more after it: the difference tells of one."""
    own.referral(own.cases(1, ESCHENRIED, date(2026, 5, 4))[0], "jobcenter", date(2026, 11, 20), 3)
    first = drawn_of(own, "referrals_sent")
    keep(own.desk, first)
    given = table_of(first, "referrals_sent")
    later = table_of(drawn_of(own, "referrals_sent", Period(FIRST, date(2026, 11, 1))), "referrals_sent")
    assert given is not None
    assert later is not None
    assert given.total.now.value == 10
    assert later.total.now.status is FigureStatus.COVERED


def test_a_desk_that_came_late_does_not_show_itself_in_the_next_report(own: CountedKreis) -> None:
    keep(own.desk, drawn_of(own, "active_cases"))
    own.cases(2, ESCHENRIED, date(2026, 5, 4))
    active = table_of(drawn_of(own, "active_cases"), "active_cases")
    assert active is not None
    assert active.total.now.value == 39


def test_a_code_that_somebody_sent_is_no_formula(own: CountedKreis) -> None:
    """Codes that nobody knows are printed as they came."""
    with own.at_once():
        for begun, number in product(FORMULAS, range(1, 11)):
            own.referral(f"case-{number}", f"{begun}1+1", date(2026, 10, 1), 3)
    report = drawn_of(own, "days_to_acceptance", by="service")
    text = made(own.desk, report, ".csv").decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=";") for cell in row]
    assert [cell for cell in cells if cell.startswith(FORMULAS)] == []
    assert {f"'{begun}1+1" for begun in FORMULAS} <= set(cells)


def test_where_one_indicator_counts_something_its_likes_have_a_place_too(own: CountedKreis) -> None:
    """Days without benefit know no place without a gap; that would tell what is hidden of the place."""
    for ags, begins in ((ESCHENRIED, date(2026, 11, 1)), ("", date(2026, 10, 1))):
        [case_id] = own.cases(1, ags, date(2026, 9, 14))
        person = own.put("person")
        own.put("member", case_id=case_id, person_id=person, role="client")
        for regime, starts, ends in (
            ("asylblg_basic", date(2026, 1, 1), date(2026, 9, 30)),
            ("sgb2", begins, None),
        ):
            own.put("regime_spell", case_id=case_id, person_id=person, lane="benefit", regime=regime,
                    starts_on=starts, ends_on=ends, expected=False)  # fmt: skip
    found = table_of(drawn_of(own, "regime_changes_with_gap"), "regime_changes_with_gap")
    assert found is not None
    assert found.rows[0].now.status is not FigureStatus.SHOWN


def test_nobody_makes_a_report_but_drawing(report: SteeringReport) -> None:
    with pytest.raises(DisclosureError) as refused:
        replace(report, seal=object())  # type: ignore[arg-type]
    assert refused.value.code == "E980"


def test_a_kreis_without_bundles_claims_nothing(tmp_path: Path) -> None:
    from tests.sync.exchange import make_desk

    with make_desk(tmp_path / "empty", "Kreis Leer", "kreis") as desk:
        found = draw(desk, template(desk.catalogue, "kreis", TODAY), AUTUMN, today=TODAY)
    assert found.empty
    assert found.hidden == 0
    assert {row.now.status for each in found.tables for row in each.rows} == {FigureStatus.NOTHING_RECORDED}


@pytest.mark.parametrize(
    ("span", "municipality", "name", "code"),
    [
        (Period(LAST, FIRST), "", "kreis", "E811"),
        (Period(FIRST, date(2026, 12, 2)), "", "kreis", "E812"),
        (Period(date(2020, 1, 1), LAST), "", "kreis", "E813"),
        (Period(date(1, 1, 1), date(1, 2, 1)), "", "kreis", "E814"),
        (AUTUMN, "05999999", "kreis", "E815"),
        (AUTUMN, "nowhere", "kreis", "E815"),
        (AUTUMN, "05111000", "kreis", "E816"),
        (AUTUMN, "", "gemeinde", "E818"),
        (AUTUMN, "", "nobody's", "E810"),
    ],
)
def test_what_makes_no_sense_is_refused_by_its_cause(
    kreis: CountedKreis, span: Period, municipality: str, name: str, code: str
) -> None:
    with pytest.raises(CaseworkError) as refused:
        drawn(kreis, name, span, municipality)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (Period(date(2026, 10, 1), date(2026, 12, 31)), Period(date(2026, 7, 1), date(2026, 9, 30))),
        (Period(date(2028, 2, 1), date(2028, 2, 29)), Period(date(2028, 1, 1), date(2028, 1, 31))),
        (Period(date(2026, 1, 1), date(2026, 12, 31)), Period(date(2025, 1, 1), date(2025, 12, 31))),
        (Period(date(2026, 11, 10), date(2026, 11, 16)), Period(date(2026, 11, 3), date(2026, 11, 9))),
    ],
    ids=["quarter", "leap february", "year", "week"],
)
def test_the_period_before_is_as_long(span: Period, expected: Period) -> None:
    assert spans.before(span) == expected


def test_periods_that_overlap_fall_into_pieces() -> None:
    day = date(2026, 1, 1)
    found = spans.pieces([Period(day, date(2026, 3, 31)), Period(date(2026, 2, 1), date(2026, 4, 30))])
    assert [(each.first.month, each.last.month) for each in found] == [(1, 1), (2, 3), (4, 4)]


def test_shipped_templates_are_in_force_and_one_maps_a_list(kreis: CountedKreis) -> None:
    found = {each.code: each for each in templates(kreis.desk.catalogue, TODAY)}
    assert set(found) == {"kreis", "gemeinde", "blank"}
    assert [each.number for each in found["blank"].mapping if each.not_counted] == ["10"]


@pytest.mark.parametrize(
    "change",
    [
        {"mapping": [{"number": "1", "title": "Beides", "indicator": "new_cases", "not_counted": "nein"}]},
        {"mapping": [{"number": "1", "title": "Keins"}]},
        {"mapping": [{"number": "1", "title": "Fremd", "indicator": "no_such"}]},
        {"mapping": [{"number": "1", "title": "Schräg", "indicator": "new_cases", "by": "service"}]},
        {"mapping": [], "headlines": []},
        {"title": " "},
        {"more": 1},
    ],
    ids=["both", "neither", "unknown", "breakdown", "empty", "untitled", "further"],
)
def test_a_template_that_does_not_fit_is_refused(change: dict[str, object]) -> None:
    line = {"number": "1", "title": "Neue", "indicator": "new_cases"}
    good = {**OWN_LIST, "mapping": [line]}
    assert parse(good, "own").mapping[0].indicator == "new_cases"
    with pytest.raises(ContentError) as refused:
        parse(good | change, "own")
    assert refused.value.code == "E819"
