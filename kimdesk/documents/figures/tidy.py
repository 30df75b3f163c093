"""A report as one tidy table: a line for each figure of each period."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.catalogue.municipalities import municipality_name
from kimdesk.indicators.breakdowns import breakdown, label
from kimdesk.indicators.values import TOTAL, Period
from kimdesk.kreis.steering.report_values import ReportFigure, ReportTable, SteeringReport
from kimdesk.texts import say

COLUMNS: Final = (
    "indicator", "version", "title", "municipality", "breakdown", "code", "label", "first", "last", "says",
    "value", "number", "having", "quarter", "three_quarters", "status",
)  # fmt: skip
"""Names of the columns, the same in CSV, Excel and JSON."""


class TidyLine(NamedTuple):
    """One figure. ``value`` is empty where it is not shown; ``first`` and ``last`` are ISO days."""

    indicator: str
    version: int
    title: str
    municipality: str
    breakdown: str
    code: str
    label: str
    first: str
    last: str
    says: str
    value: int | None
    number: int | None
    having: int | None
    quarter: int | None
    three_quarters: int | None
    status: str


def lines(report: SteeringReport, catalogue: Catalogue) -> Iterator[TidyLine]:
    """Yield every figure of the tables, totals first."""
    for table in report.tables:
        for row in table.rows:
            for span, figure in ((report.span, row.now), (report.before, row.before)):
                yield _line(report, table, row.code, span, figure, catalogue)


def _line(
    report: SteeringReport, table: ReportTable, code: str, span: Period, figure: ReportFigure,
    catalogue: Catalogue,
) -> TidyLine:  # fmt: skip
    quarter, three_quarters = figure.quartiles or (None, None)
    return TidyLine(
        table.asked.code, table.asked.version, table.asked.title, report.municipality,
        table.by if code != TOTAL else "", code, name_of(table, code, catalogue), span.first.isoformat(),
        span.last.isoformat(), table.says.value, figure.value, figure.number, figure.having, quarter,
        three_quarters, figure.status.value,
    )  # fmt: skip


def name_of(table: ReportTable, code: str, catalogue: Catalogue) -> str:
    """Return what people call a row."""
    return say("report.all") if code == TOTAL else label(table.by, code, catalogue)


def breakdown_title(table: ReportTable) -> str:
    """Return by what a table is broken down, "" for nothing."""
    return breakdown(table.by).title if table.by else ""


def place_of(report: SteeringReport) -> str:
    """Return what a report is about, in words."""
    return municipality_name(report.municipality) if report.municipality else say("report.place_kreis")
