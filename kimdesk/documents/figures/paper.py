"""A report as PDF for the Lenkungsgruppe: headlines, charts over their tables, definitions, the check."""

from collections.abc import Iterator

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.catalogue.municipalities import municipality_name
from kimdesk.documents.figures import charts, tidy
from kimdesk.documents.figures.sheet import FigureSheet
from kimdesk.documents.figures.workbook import facts, heading
from kimdesk.kreis.steering.report_values import ReportTable, SteeringReport, headlines, table_of
from kimdesk.texts import dates, say
from kimdesk.texts import report as words

Cells = tuple[str, ...]
_HEADLINES = (200.0, 110.0, 157.0)
_TABLE = (165.0, 95.0, 80.0, 127.0)
_LIST = (40.0, 187.0, 240.0)


def as_pdf(report: SteeringReport, catalogue: Catalogue, *, practice: bool = False) -> bytes:
    """Return the paper."""
    sheet = FigureSheet(report.template.title, practice=practice)
    sheet.facts(facts(report)[:-1])
    if report.empty:
        sheet.text(say("report.empty"))
    found = headlines(report)
    if found:
        sheet.heading(say("report.headlines"))
        sheet.table(
            _names("title", "value", "change"), _HEADLINES, [_headline(report, each) for each in found]
        )
    _mapping(sheet, report, catalogue)
    for section in report.template.section:
        sheet.heading(section.title)
        for each in section.table:
            table = table_of(report, each.indicator, each.by)
            if table:
                _table(sheet, report, table, catalogue)
    _legend(sheet, report)
    _behind(sheet, report)
    return sheet.finished()


def _names(*keys: str) -> Cells:
    return tuple(say(f"report.column_{each}") for each in keys)


def _headline(report: SteeringReport, table: ReportTable) -> Cells:
    row = table.total
    return (table.asked.title, words.value(table, row.now, report.threshold),
            words.change(table, row, report.span, report.before))  # fmt: skip


def _mapping(sheet: FigureSheet, report: SteeringReport, catalogue: Catalogue) -> None:
    if not report.template.mapping:
        return
    rows = []
    for line in report.template.mapping:
        table = table_of(report, line.indicator, line.by) if line.indicator else None
        told = words.value(table, table.total.now, report.threshold) if table else line.not_counted
        rows.append((line.number, line.title, told))
    sheet.heading(say("report.list_title"))
    sheet.table(_names("number", "title", "value"), _LIST, rows)
    for line in report.template.mapping:
        table = table_of(report, line.indicator, line.by) if line.indicator and line.by else None
        if table:
            _table(sheet, report, table, catalogue)


def _table(sheet: FigureSheet, report: SteeringReport, table: ReportTable, catalogue: Catalogue) -> None:
    sheet.under_heading(heading(table))
    sheet.chart(lambda pen: charts.chart(report, table, catalogue, pen))
    rows = []
    for row in table.rows:
        name = tidy.name_of(table, row.code, catalogue)
        told = [words.value(table, each, report.threshold) for each in (row.now, row.before)]
        half = words.middle_half(row.now)
        moved = "" if row.change is None else words.change(table, row, report.span, report.before)
        rows.append((name, f"{told[0]}, {half}" if half else told[0], told[1], moved or "–"))
    sheet.table((tidy.breakdown_title(table), *_names("value", "before", "change")), _TABLE, rows)


def _legend(sheet: FigureSheet, report: SteeringReport) -> None:
    sheet.small(say("report.legend", threshold=report.threshold))
    sheet.small(say("report.seldom"))
    sheet.small(say("report.steady", threshold=report.threshold))


def _behind(sheet: FigureSheet, report: SteeringReport) -> None:
    sheet.heading(say("report.desks"))
    sheet.items(list(_desks(report)))
    sheet.heading(say("report.definitions"))
    known = {each.asked.code: each.asked for each in report.tables}
    for each in sorted(known.values(), key=lambda one: one.sheet.number):
        told = say("report.definition", definition=each.definition, version=each.version,
                   day=each.sheet.valid_from)  # fmt: skip
        sheet.defined(each.title, told)
    sheet.heading(say("report.method"))
    sheet.items(report.template.method)
    sheet.heading(say("report.proof"))
    sheet.text(say("report.proof_checked", threshold=report.threshold))
    sheet.text(say("report.proof_hidden", n=report.hidden))
    sheet.text(say("report.proof_against", n=len(report.against)))
    sheet.text(f"{say('report.proof_digest')}: {report.digest}")
    sheet.text(say("report.again"))


def _desks(report: SteeringReport) -> Iterator[str]:
    if not report.desks and not report.without_desk:
        yield say("report.no_desks")
    for each in report.desks:
        state = "never" if each.heard_at is None else "silent" if each.silent else "heard"
        day = dates.full(each.heard_at.astimezone().date()) if each.heard_at else ""
        yield say(f"report.desk_{state}", name=each.name, day=day)
    if report.without_desk:
        yield say("report.without_desk", places=", ".join(map(municipality_name, report.without_desk)))
