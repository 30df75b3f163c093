"""Drawing a report: everything counted for its period and the one before, protected, then told.

Pages and papers print what a ``SteeringReport`` holds and nothing else (docs/decisions/0079).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import Connection, select

from kimdesk.casework.desk import Desk
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.catalogue.municipalities import municipalities, municipality
from kimdesk.disclosure.protect import Effort, protect
from kimdesk.disclosure.publishable import publishable_days, publishable_share
from kimdesk.disclosure.values import CellFate, CellKey, ProtectedTables, Shown
from kimdesk.domain import dates
from kimdesk.domain.errors import CaseworkError
from kimdesk.indicators.definitions import Indicator, indicator
from kimdesk.indicators.source import Source
from kimdesk.indicators.values import TOTAL, CountedCell, Period, Says
from kimdesk.kreis.arriving import SILENCE
from kimdesk.kreis.registry import desk_table, open_registry
from kimdesk.kreis.rows import snapshot
from kimdesk.kreis.steering import kept_releases, spans
from kimdesk.kreis.steering.linking import (
    LinkedCounts,
    Place,
    group_of,
    is_named,
    key,
    released_spans,
)
from kimdesk.kreis.steering.populations import CASELOAD, HAVING, LACKING, owners, together
from kimdesk.kreis.steering.report_values import (
    DRAWN,
    DeskStanding,
    FigureStatus,
    ReportFigure,
    ReportRow,
    ReportTable,
    SteeringReport,
)
from kimdesk.kreis.steering.source import registry_source
from kimdesk.kreis.steering.templates import MUNICIPALITY, ReportTemplate, TableSheet, templates

_EFFORT: Final = Effort(rounds=4, nodes=50)
_KREIS: Final = 5  # digits of an AGS that name the Kreis
_STATUS: Final = {
    CellFate.SHOWN: FigureStatus.SHOWN,
    CellFate.SMALL: FigureStatus.SMALL,
    CellFate.COVERED: FigureStatus.COVERED,
    CellFate.HIDDEN: FigureStatus.COVERED,
}


def _go_on() -> None:
    """Do not stop."""


def draw(
    desk: Desk,
    template: ReportTemplate,
    span: Period,
    municipality: str = "",
    *,
    today: date | None = None,
    check: Callable[[], None] = _go_on,
) -> SteeringReport:
    """Return the report on ``span`` and the period before; ``municipality``: AGS, "" for the whole Kreis.

    ``check`` is called often and may raise to stop it.

    Raises:
        CaseworkError: the period makes no sense (E811 to E814), the municipality is none (E815) or of no
            desk's Kreis (E816), the template is about one and none is named (E818).
        DisclosureError: figures cannot be protected (E98x).
    """
    day = today or dates.today()
    spans.demand_sensible(span, day)
    if template.about == MUNICIPALITY and not municipality:
        raise CaseworkError("E818")
    with snapshot(open_registry(desk)) as connection:
        standings = _standings(connection, day)
        towns = _towns(standings, municipality)
        earlier = kept_releases.kept(connection)
        against = kept_releases.kept_digests(connection)
        drawing = _Drawing(desk.catalogue, day, span, municipality, standings, earlier, check)
        counted = drawing.counted(template, connection)
    tables, protected = drawing.finished(template, counted)
    with_desk = {ags for each in standings for ags in each.municipalities}
    return SteeringReport(
        template=template, span=span, before=spans.before(span), municipality=municipality, kreis=desk.name,
        tables=tables, desks=tuple(each for each in standings if municipality in ("", *each.municipalities)),
        without_desk=tuple(each for each in towns if each not in with_desk and municipality in ("", each)),
        protected=protected, against=against, drawn_at=dates.now(), seal=DRAWN,
    )  # fmt: skip


def _standings(connection: Connection, today: date) -> tuple[DeskStanding, ...]:
    rows = connection.execute(select(desk_table).order_by(desk_table.c.name, desk_table.c.id))
    found = []
    for row in rows:
        heard = datetime.fromisoformat(row.heard_at) if row.heard_at else None
        silent = heard is None or (today - heard.date()).days > SILENCE
        found.append(DeskStanding(row.name, tuple(row.municipalities.split()), heard, silent))
    return tuple(found)


def _towns(standings: tuple[DeskStanding, ...], wanted: str) -> tuple[str, ...]:
    """Return the municipalities of the Kreis. Raises CaseworkError E815 or E816 for one that is none."""
    with_desk = {ags for each in standings for ags in each.municipalities}
    kreise = {ags[:_KREIS] for ags in with_desk}
    if wanted and municipality(wanted) is None:
        raise CaseworkError("E815", ags=wanted)
    if wanted and kreise and wanted[:_KREIS] not in kreise:
        raise CaseworkError("E816")
    return tuple(sorted(with_desk | {each.ags for each in municipalities() if each.ags[:_KREIS] in kreise}))


@dataclass
class _Drawing:
    catalogue: Catalogue
    today: date
    span: Period
    municipality: str
    standings: tuple[DeskStanding, ...]
    earlier: tuple[Mapping[str, ProtectedTables], ...]
    check: Callable[[], None]

    def counted(self, template: ReportTemplate, connection: Connection) -> dict[str, LinkedCounts]:
        """Return the counts by the name of their group."""
        source = registry_source(connection, self.today)
        found = {}
        for name, own in self._groups(template).items():
            self.check()
            found[name] = self._counted(own, source)
        return found

    def finished(
        self, template: ReportTemplate, counted: Mapping[str, LinkedCounts]
    ) -> tuple[tuple[ReportTable, ...], dict[str, ProtectedTables]]:
        """Return the tables and what they are made of."""
        told: dict[str, ProtectedTables] = {}
        made: dict[TableSheet, ReportTable] = {}
        for name, own in self._groups(template).items():
            self.check()
            counts = counted[name]
            earlier = [each[name] for each in self.earlier if name in each]
            told[name] = protect(counts.linked(), earlier=earlier, effort=_EFFORT, check=self.check)
            made |= {each: self._table(each, counts, told[name]) for each in own}
        return tuple(made[each] for each in template.tables()), told

    def _groups(self, template: ReportTemplate) -> dict[str, list[TableSheet]]:
        """Return the tables by what is protected together."""
        groups: dict[str, list[TableSheet]] = {}
        for each in template.tables():
            groups.setdefault(group_of(each.indicator, self.span.last), []).append(each)
        return groups

    def _counted(self, sheets: list[TableSheet], source: Source) -> LinkedCounts:
        heard = {ags for each in self.standings if each.heard_at for ags in each.municipalities}
        crossed = frozenset(
            (sheet.indicator, sheet.by)
            for each in templates(self.catalogue, self.today)
            for sheet in each.tables()
            if each.about == MUNICIPALITY
        )
        crossed |= {(name, by) for code, by in crossed for name in self._names(code, by)}
        counts = LinkedCounts(source, self.catalogue, tuple(sorted(heard)), crossed)
        asked = {(each.indicator, each.by) for each in sheets}
        if any(each.indicator in together(self.span.last)[CASELOAD[0]] for each in sheets):
            asked |= {(code, "") for code in CASELOAD}
        asked |= {(name, by) for code, by in asked for name in self._names(code, by)}
        group, former = group_of(sheets[0].indicator, self.span.last), spans.before(self.span)
        counts.meet(dict.fromkeys(code for code, _ in sorted(asked)), (former, self.span))
        released = [each[group].cells for each in self.earlier if group in each]
        for code, by in sorted(asked):
            counts.add(code, by, (former, self.span), released_spans(released))
        if group_of(CASELOAD[0], self.span.last) == group:
            counts.add_moves(self.span, former)
        counts.add_names({code for code, _ in asked}, self.span.last)
        return counts

    def _names(self, code: str, by: str) -> Iterator[str]:
        """Yield the indicators that count the same as ``code`` and can be broken down ``by`` the same."""
        for name in owners(code, self.span.last):
            if by in ("", *indicator(name, self.span.last).sheet.breakdowns):
                yield name

    def _table(self, sheet: TableSheet, counts: LinkedCounts, told: ProtectedTables) -> ReportTable:
        asked = indicator(sheet.indicator, self.span.last)
        former = spans.before(self.span)
        both = self.span, former
        every = sheet.by in ("", MUNICIPALITY) or is_named(sheet.by, self.catalogue)
        rows = tuple(
            ReportRow(
                code,
                self._figure(sheet, self.span, place, counts, told),
                self._figure(sheet, former, place, counts, told),
            )
            for code, place in self._places(sheet, asked, told)
            if every or code == TOTAL or _is_common(told, [key(asked, each, place) for each in both])
        )
        return ReportTable(asked, sheet.by, sheet.chart, rows)

    def _places(
        self, sheet: TableSheet, asked: Indicator, told: ProtectedTables
    ) -> Iterator[tuple[str, Place]]:
        """Yield the total, then each code of the breakdown with the place it stands for."""
        yield TOTAL, (self.municipality, "", TOTAL)
        wanted = key(asked, self.span, (self.municipality, sheet.by, TOTAL))
        own = [each for each in told.cells if each[:2] == wanted[:2] and not each[5]]
        if sheet.by == MUNICIPALITY:
            towns = {each[2] for each in own if each[2] and not each[3]}
            towns |= {ags for each in self.standings for ags in each.municipalities}
            yield from ((ags, (ags, "", TOTAL)) for ags in sorted(towns) if self.municipality in ("", ags))
        elif sheet.by:
            found = [each[4] for each in own if each[2:4] == wanted[2:4]]
            yield from ((code, (self.municipality, sheet.by, code)) for code in dict.fromkeys(found))

    def _figure(
        self, sheet: TableSheet, span: Period, place: Place, counts: LinkedCounts, told: ProtectedTables
    ) -> ReportFigure:
        asked = indicator(sheet.indicator, span.last)
        whole = key(asked, span, place)
        cell = counts.cells.get(whole)
        if not self._is_recorded(place[0], cell):
            return ReportFigure(FigureStatus.NOTHING_RECORDED)
        if cell is None:  # none of a code that is not always named: told like a few
            return ReportFigure(FigureStatus.SMALL)
        return _told(asked.says, whole, cell, told.cells)

    def _is_recorded(self, ags: str, cell: CountedCell | None) -> bool:
        """Return whether anybody has sent something of a place: else there is nothing, not nought."""
        heard = [each for each in self.standings if each.heard_at]
        return bool(cell and cell.number) or any(ags in ("", *each.municipalities) for each in heard)


def _is_common(told: ProtectedTables, keys: list[CellKey]) -> bool:
    """Return whether it is no secret that there are some: else that there is such a row would tell it."""
    fates = [told.cells[each].fate for each in keys if each in told.cells]
    return CellFate.SHOWN in fates or CellFate.COVERED in fates


def _told(says: Says, whole: CellKey, cell: CountedCell, cells: Mapping[CellKey, Shown]) -> ReportFigure:
    """Return what may be said of a cell."""
    shown = cells[whole]
    if shown.number is None:
        return ReportFigure(_STATUS[shown.fate])
    if says is Says.SHARE:
        return _share(shown.number, cells[(*whole[:-1], HAVING)], cells[(*whole[:-1], LACKING)])
    if says is Says.MEDIAN_DAYS:
        if cell.days is None or not publishable_days(shown, cell.number, cell.cases):
            return ReportFigure(FigureStatus.COVERED, shown.number)
        quarter, half, most = cell.days
        return ReportFigure(FigureStatus.SHOWN, shown.number, half, quartiles=(quarter, most))
    return ReportFigure(FigureStatus.SHOWN, shown.number, shown.number)


def _share(number: int, having: Shown, lacking: Shown) -> ReportFigure:
    if publishable_share(having, lacking) and having.number is not None and number:
        percent = (200 * having.number + number) // (2 * number)
        return ReportFigure(FigureStatus.SHOWN, number, min(percent, 100), having.number)
    hidden = having if having.number is None else lacking
    small = hidden is having and hidden.fate is CellFate.SMALL
    return ReportFigure(FigureStatus.SMALL if small else FigureStatus.COVERED, number)
