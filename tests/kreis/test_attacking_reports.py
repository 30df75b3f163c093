"""Somebody lays two real reports side by side and adds up what is printed in them; nothing else is in hand.

Ranges are narrowed from sum to sum until nothing moves any more: none of the code that hides or audits.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from kimdesk.indicators.definitions import indicator
from kimdesk.indicators.values import Says
from kimdesk.kreis.steering.populations import population
from kimdesk.kreis.steering.releases import keep
from kimdesk.kreis.steering.report import draw
from kimdesk.kreis.steering.report_values import (
    FigureStatus,
    ReportFigure,
    ReportRow,
    ReportTable,
    SteeringReport,
)
from kimdesk.kreis.steering.templates import template
from tests.kreis.counted_kreis import AHLBRUECK, MOORFELD, TODAY, CountedKreis, CountedTemplate
from tests.kreis.test_report import AUTUMN

SAME = {  # what counts the same things, read in the definitions by a person
    "help_plan_share": "active_cases",
    "no_other_access": "active_cases",
    "warm_referrals": "referrals_sent",
    "regime_changes_with_gap": "regime_changes",
    "newcomers_share": "clients",
    "case_duration": "closed_cases",
    "findings_decided": "findings_received",
    "interpreted_contacts": "contacts_held",
}
ADD_UP = ("municipality", "access_route", "closing_reason", "residence_group")
ENDLESS = 10**6

Name = tuple[str, ...]
Range = tuple[int, int]


class Reader:
    """What is known of each number after reading reports."""

    def __init__(self) -> None:
        self.known: dict[Name, Range] = {}
        self.small: set[Name] = set()
        self.sums: list[tuple[Name, list[Name]]] = []

    def read(self, report: SteeringReport) -> None:
        for table in report.tables:
            code = SAME.get(table.asked.code, table.asked.code)
            for when in ("now", "before"):
                span = str(report.span if when == "now" else report.before)
                names = [self._row(code, table, row, when, (span, report.municipality)) for row in table.rows]
                if table.by in ADD_UP and table.says is not Says.MEDIAN_DAYS:
                    self.sums.append((names[0], names[1:]))

    def _row(self, code: str, table: ReportTable, row: ReportRow, when: str, where: tuple[str, str]) -> Name:
        by, asked = table.by, table.asked.code
        figure: ReportFigure = getattr(row, when)
        span, place = where
        at = (place, by if row.code else "", row.code)
        if by == "municipality" and row.code:
            at = (row.code, "", "")
        name = (code, span, *at)
        if figure.number is not None:
            self._know(name, (figure.number, figure.number))
            if figure.having is not None:
                self._know((asked, *name[1:], "having"), (figure.having, figure.having))
        elif figure.status is FigureStatus.SMALL:
            self.small.add(name)
            self._know(name, (0, 4))
        else:
            self._know(name, (0, 0) if figure.status is FigureStatus.NOTHING_RECORDED else (0, ENDLESS))
        return name

    def _know(self, name: Name, found: Range) -> None:
        least, most = self.known.get(name, (0, ENDLESS))
        self.known[name] = max(least, found[0]), min(most, found[1])
        assert self.known[name][0] <= self.known[name][1], f"{name} contradicts itself"

    def conclude(self) -> Mapping[Name, Range]:
        """Narrow every range by every sum until nothing moves."""
        before: dict[Name, Range] = {}
        while before != self.known:
            before = dict(self.known)
            for total, parts in self.sums:
                for name, found in _narrowed(self.known, total, parts):
                    self._know(name, found)
        return self.known


def _narrowed(known: Mapping[Name, Range], total: Name, parts: list[Name]) -> Iterator[tuple[Name, Range]]:
    least, most = (sum(known[each][end] for each in parts) for end in (0, 1))
    yield total, (least, most)
    for each in parts:
        yield each, (known[total][0] - most + known[each][1], known[total][1] - least + known[each][0])


@pytest.fixture
def kreis(tmp_path: Path, counted_kreis_template: CountedTemplate) -> Iterator[CountedKreis]:
    with counted_kreis_template.copied(tmp_path / "kreis") as found:
        yield found


def drawn(kreis: CountedKreis, name: str, municipality: str = "") -> SteeringReport:
    found = draw(kreis.desk, template(kreis.desk.catalogue, name, TODAY), AUTUMN, municipality, today=TODAY)
    keep(kreis.desk, found)
    return found


def test_two_reports_side_by_side_tell_of_nobody(kreis: CountedKreis) -> None:
    """The Kreis, two of its municipalities, the Kreis by other breakdowns, given out one after another."""
    reader = Reader()
    for name, place in (("kreis", ""), ("gemeinde", AHLBRUECK), ("gemeinde", MOORFELD), ("blank", "")):
        reader.read(drawn(kreis, name, place))
    known = reader.conclude()
    assert len(reader.small) > 20
    for small in reader.small:
        assert known[small] == (0, 4), small


def test_who_counts_the_same_is_known_by_the_program_as_by_a_person() -> None:
    for one, other in SAME.items():
        assert population(indicator(one, TODAY), TODAY) == population(indicator(other, TODAY), TODAY)
