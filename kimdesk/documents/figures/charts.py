"""The charts of a report: its tables as bars or tiles, hidden figures in words."""

from typing import Final

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.documents.figures import tidy
from kimdesk.indicators.values import Says
from kimdesk.kreis.steering.report_values import ReportRow, ReportTable, SteeringReport
from kimdesk.pictures.bars import BarRow, bars
from kimdesk.pictures.drawing import Chart, ChartPen
from kimdesk.pictures.tiles import Tile, tiles
from kimdesk.texts import report as words
from kimdesk.texts import say

_MOST: Final = 14
_UNITS: Final = {Says.MEDIAN_DAYS: "report.unit_days", Says.SHARE: "report.unit_percent"}


def chart(report: SteeringReport, table: ReportTable, catalogue: Catalogue, pen: ChartPen) -> Chart | None:
    """Return the picture of a table, None where there is nothing to be seen."""
    rows = list(table.rows[1:])
    if not table.chart or not any(each.now.value is not None for each in rows):
        return None
    if table.chart == "tiles":
        places = [
            Tile(
                each.code,
                tidy.name_of(table, each.code, catalogue),
                each.now.value,
                _hidden(report, table, each),
            )
            for each in rows
        ]  # fmt: skip
        return tiles(places, pen)
    rows.sort(key=lambda each: -1 if each.now.value is None else each.now.value, reverse=True)
    unit = say(_UNITS[table.says]) if table.says in _UNITS else ""
    found = [
        BarRow(
            each.code, tidy.name_of(table, each.code, catalogue), each.now.value,
            None if each.now.value is None else each.before.value, _hidden(report, table, each), unit,
        )
        for each in rows[:_MOST]
    ]  # fmt: skip
    return bars(found, pen)


def _hidden(report: SteeringReport, table: ReportTable, row: ReportRow) -> str:
    return "" if row.now.value is not None else words.value(table, row.now, report.threshold)
