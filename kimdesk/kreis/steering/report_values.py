"""A report as values: what pages and papers can print. ``report.draw`` alone makes one."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from kimdesk.disclosure.values import ProtectedTables
from kimdesk.domain.errors import DisclosureError
from kimdesk.indicators.definitions import Indicator
from kimdesk.indicators.values import TOTAL, Period, Says
from kimdesk.kreis.steering.templates import Chart, ReportTemplate


class FigureStatus(StrEnum):
    """What may be said of a figure."""

    SHOWN = "shown"
    SMALL = "small"  # below the threshold, nought too
    COVERED = "covered"  # hidden so that no small one can be reckoned
    NOTHING_RECORDED = "nothing_recorded"  # nobody has sent anything there


@dataclass(frozen=True, slots=True)
class ReportFigure:
    """One figure; ``number``: how many were counted, where that is shown.

    ``value`` is what the indicator says (a count, per cent, the median in days), None unless it is shown;
    ``quartiles``: between how many days the middle half took.
    """

    status: FigureStatus
    number: int | None = None
    value: int | None = None
    having: int | None = None
    quartiles: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A line of a table: a ``code`` of its breakdown (``TOTAL``: all), now and in the period before."""

    code: str
    now: ReportFigure
    before: ReportFigure

    @property
    def change(self) -> int | None:
        """Return by how much the value differs from that before (things, percentage points, days)."""
        if self.now.value is None or self.before.value is None:
            return None
        return self.now.value - self.before.value


@dataclass(frozen=True, slots=True)
class ReportTable:
    """An indicator in total (the first row) and by the codes of a breakdown."""

    asked: Indicator
    by: str
    chart: Chart
    rows: tuple[ReportRow, ...]

    @property
    def total(self) -> ReportRow:
        """Return the row over everything."""
        return self.rows[0]

    @property
    def says(self) -> Says:
        """Return what its values say."""
        return self.asked.says


@dataclass(frozen=True, slots=True)
class DeskStanding:
    """A desk whose cases count, and since when nothing came; ``heard_at`` None: it never sent anything."""

    name: str
    municipalities: tuple[str, ...]
    heard_at: datetime | None
    silent: bool


class DrawnSeal:
    """There is one: whoever has it not in hand can make no ``SteeringReport``."""


DRAWN: Final = DrawnSeal()


@dataclass(frozen=True, slots=True, kw_only=True)
class SteeringReport:
    """A report that may be looked at and given out: its tables are checked, their proof is with them.

    ``municipality``: AGS, "" for the Kreis; ``without_desk``: municipalities of which nobody can send;
    ``against``: digests of the reports it was checked against.
    """

    template: ReportTemplate
    span: Period
    before: Period
    municipality: str
    kreis: str
    tables: tuple[ReportTable, ...]
    desks: tuple[DeskStanding, ...]
    without_desk: tuple[str, ...]
    protected: Mapping[str, ProtectedTables] = field(repr=False)
    against: tuple[str, ...]
    drawn_at: datetime
    seal: DrawnSeal = field(repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.seal is not DRAWN:
            raise DisclosureError("E980")

    @property
    def empty(self) -> bool:
        """Return whether nobody has sent anything of what it is about."""
        return all(each.total.now.status is FigureStatus.NOTHING_RECORDED for each in self.tables)

    @property
    def digest(self) -> str:
        """Return SHA-256 over what it says and by which definitions: the same whenever it is drawn again.

        It is of nothing that is hidden: small numbers could be found by trying.
        """
        told = json.dumps(self._told(), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()

    @property
    def hidden(self) -> int:
        """Return how many figures of its tables are hidden."""
        hidden = (FigureStatus.SMALL, FigureStatus.COVERED)
        return sum(figure.status in hidden for figure in self._figures())

    @property
    def threshold(self) -> int:
        """Return below which number nothing is shown."""
        return max(each.proof.threshold for each in self.protected.values())

    def _figures(self) -> Iterator[ReportFigure]:
        return (figure for table in self.tables for row in table.rows for figure in (row.now, row.before))

    def _told(self) -> dict[str, Any]:
        return {
            "template": [self.template.code, self.template.version],
            "span": [self.span.first.isoformat(), self.span.last.isoformat()],
            "municipality": self.municipality,
            "tables": [
                [each.asked.code, each.asked.version, each.by, [_row(row) for row in each.rows]]
                for each in self.tables
            ],
        }


def _row(row: ReportRow) -> list[Any]:
    return [row.code, *(_figure(each) for each in (row.now, row.before))]


def _figure(figure: ReportFigure) -> list[Any]:
    return [figure.status.value, figure.number, figure.value, figure.having, figure.quartiles]


def headlines(report: SteeringReport) -> tuple[ReportTable, ...]:
    """Return the tables whose totals come first, in the order of the template."""
    return tuple(found for code in report.template.headlines if (found := table_of(report, code)))


def table_of(report: SteeringReport, code: str, by: str | None = None) -> ReportTable | None:
    """Return the table of an indicator; by default that with a breakdown, where there is one."""
    own = [each for each in report.tables if each.asked.code == code and by in (None, each.by)]
    return next((each for each in own if each.by), own[0] if own else None)


def row_of(table: ReportTable, code: str = TOTAL) -> ReportRow | None:
    """Return the row of a code, None when there is none."""
    return next((each for each in table.rows if each.code == code), None)
