"""What the page of figures shows, as plain values: all of it from a report, whose figures are protected."""

from collections.abc import Iterator, Sized
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Literal

from kimdesk.domain.law.periods import month_start
from kimdesk.indicators.breakdowns import label
from kimdesk.indicators.values import TOTAL, Period, Says
from kimdesk.pictures.bars import BarRow
from kimdesk.pictures.bars import number as spelled
from kimdesk.pictures.split_bars import SplitRow
from kimdesk.pictures.tiles import Tile
from kimdesk.texts import dates, say

if TYPE_CHECKING:
    from kimdesk.catalogue.catalogue import Catalogue
    from kimdesk.kreis.steering.report_values import ReportFigure, ReportRow, ReportTable, SteeringReport

SPLIT: Final = "regime_changes_with_gap"
"""Its two parts are people with and without benefits: both are told, not a share."""
_BETTER: Final = {"days_to_acceptance": -1, SPLIT: -1, "days_without_benefit": -1, "help_plan_share": 1}
_MOST, _HIDDEN = 12, 2  # bars that are drawn, of hidden ones; all of them stand in the list
Direction = Literal["up", "down", "same", ""]


@dataclass(frozen=True, slots=True)
class Headline:
    """A number as its tile shows it; ``value`` is words where it is hidden (``shown`` is False).

    ``tone``: ok or bad where it is beyond doubt whether more is better.
    """

    code: str
    title: str
    value: str
    unit: str
    shown: bool
    change: str
    direction: Direction
    tone: str

    @property
    def spoken(self) -> str:
        """Return it as it is read aloud."""
        return ", ".join(
            part for part in (f"{self.title}: {self.value} {self.unit}".strip(), self.change) if part
        )


def before_words(report_span: Period, before: Period) -> str:
    """Return the period before, without its year where that is the same."""
    same = report_span.last.year == before.first.year == before.last.year
    return span_words(before).removesuffix(f" {before.last.year}") if same else span_words(before)


def span_words(span: Period) -> str:
    """Return „Sept. – Nov. 2026“ for whole months, else both days."""
    if span.first.day == 1 and (span.last + timedelta(days=1)).day == 1:
        first, last = dates.short_month(span.first), dates.short_month(span.last)
        if span.first.year != span.last.year:
            return f"{first} {span.first.year} – {last} {span.last.year}"
        return f"{last} {span.last.year}" if first == last else f"{first} – {last} {span.last.year}"
    return dates.span(span.first, span.last)


def spans_offered(today: date) -> tuple[Period, ...]:
    """Return the periods one may choose from, the usual one first: whole months that are over, then years."""
    end = month_start(today) if (today + timedelta(days=1)).day != 1 else month_start(today, 1)
    found = [Period(month_start(end, -months), end - timedelta(days=1)) for months in (3, 1, 6, 12)]
    found.insert(1, Period(month_start(end, -6), month_start(end, -3) - timedelta(days=1)))
    found.append(Period(date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)))
    found.append(Period(date(today.year, 1, 1), today))
    return tuple(dict.fromkeys(found))


def hidden_words(figure: "ReportFigure") -> str:
    """Return why a figure is not shown."""
    return say(f"figures.hidden_{figure.status.value}")


def headline(table: "ReportTable", when: str) -> Headline:
    """Return the total of ``table`` as a tile; ``when``: what it is compared with."""
    row, code = table.total, table.asked.code
    if row.now.value is None:
        return Headline(code, table.asked.title, hidden_words(row.now), "", False, "", "", "text-2")
    change = _change(table, row)
    direction: Direction = "" if change is None else "up" if change > 0 else "down" if change else "same"
    told, tone = _told(table, change, when), _tone(code, change)
    return Headline(code, table.asked.title, *_value(table, row.now), True, told, direction, tone)


def _value(table: "ReportTable", figure: "ReportFigure") -> tuple[str, str]:
    if table.asked.code == SPLIT:
        return spelled(figure.having or 0), say("figures.of_all", all=spelled(figure.number or 0))
    unit = {Says.COUNT: "", Says.SHARE: "%", Says.MEDIAN_DAYS: say("figures.days_median")}[table.says]
    return spelled(figure.value or 0), unit


def _change(table: "ReportTable", row: "ReportRow") -> int | None:
    if table.asked.code == SPLIT:
        now, then = row.now.having, row.before.having
        return None if now is None or then is None else now - then
    return row.change


def _told(table: "ReportTable", change: int | None, when: str) -> str:
    if change is None:
        return say("figures.nothing_to_compare", when=when)
    if not change:
        return say("figures.same_as", when=when)
    way, by = "more" if change > 0 else "fewer", spelled(abs(change))
    if table.says is Says.SHARE and table.asked.code != SPLIT:
        return say(f"figures.{way}_points", n=abs(change))
    return say(f"figures.{way}_than", change=by, when=when)


def _tone(code: str, change: int | None) -> str:
    better = _BETTER.get(code, 0) * (change or 0)
    return "ok" if better > 0 else "bad" if better < 0 else "text-2"


def bar_rows(table: "ReportTable", catalogue: "Catalogue") -> tuple[BarRow, ...]:
    """Return the rows of a table as bars, the longest first, what is hidden last."""
    rows = [
        BarRow(
            row.code, label(table.by, row.code, catalogue), row.now.value, row.before.value,
            "" if row.now.value is not None else hidden_words(row.now),
            _unit(table.says), table.asked.code in _BETTER and _BETTER[table.asked.code] < 0,
        )
        for row in _parts(table)
    ]  # fmt: skip
    shown = sorted(
        (each for each in rows if each.now is not None), key=lambda one: (-(one.now or 0), one.name)
    )
    hidden = [each for each in rows if each.now is None]
    return (*shown[:_MOST], *hidden[:_HIDDEN])


def left_out(table: "ReportTable", drawn: Sized) -> int:
    """Return how many rows of a table the picture leaves out."""
    return len(tuple(_parts(table))) - len(drawn)


def split_rows(table: "ReportTable", catalogue: "Catalogue") -> tuple[SplitRow, ...]:
    """Return the rows of a share as what has the property and what has not."""
    found = []
    for row in _parts(table):
        having, number = row.now.having, row.now.number
        plain = None if having is None or number is None else number - having
        words = "" if plain is not None else hidden_words(row.now)
        found.append(SplitRow(row.code, label(table.by, row.code, catalogue), plain, having, words))
    shown = sorted((each for each in found if each.plain is not None), key=lambda one: -(one.plain or 0))
    return (*shown[:_MOST], *[each for each in found if each.plain is None][:_HIDDEN])


def tile_places(table: "ReportTable", catalogue: "Catalogue") -> tuple[Tile, ...]:
    """Return the municipalities of a table in the order of their keys."""
    return tuple(
        Tile(row.code, label(table.by, row.code, catalogue), row.now.value,
             "" if row.now.value is not None else hidden_words(row.now))
        for row in sorted(_parts(table), key=lambda one: one.code)
    )  # fmt: skip


def told_rows(table: "ReportTable", catalogue: "Catalogue") -> tuple[tuple[str, str, str], ...]:
    """Return name, now and before of every row of a table, for its list."""
    return tuple(
        (label(table.by, row.code, catalogue), in_words(table, row.now), in_words(table, row.before))
        for row in _parts(table)
    )


def in_words(table: "ReportTable", figure: "ReportFigure") -> str:
    """Return a figure in words, hidden or not."""
    return hidden_words(figure) if figure.value is None else " ".join(_value(table, figure)).strip()


def main_table(report: "SteeringReport", code: str) -> "ReportTable | None":
    """Return the table in which ``code`` is told, that with a breakdown first."""
    own = [each for each in report.tables if each.asked.code == code]
    return next((each for each in own if each.by), own[0] if own else None)


def charted(report: "SteeringReport", first: str) -> "Iterator[ReportTable]":
    """Yield the tables that have a picture, those of the opened number first."""
    tables = [each for each in report.tables if each.by and len(each.rows) > 1]
    yield from sorted(tables, key=lambda each: each.asked.code != first)


def _unit(says: Says) -> str:
    return {Says.COUNT: "", Says.SHARE: say("figures.per_cent"), Says.MEDIAN_DAYS: say("figures.days")}[says]


def _parts(table: "ReportTable") -> "Iterator[ReportRow]":
    return (each for each in table.rows if each.code != TOTAL)
