"""A report as Excel: what it says at a glance, a sheet for each section, one tidy sheet, definitions."""

import io
import re
from datetime import date
from typing import Any, Final

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.documents.figures import tidy
from kimdesk.indicators.values import TOTAL, Says
from kimdesk.kreis.steering.report_values import (
    ReportFigure,
    ReportTable,
    SteeringReport,
    headlines,
    table_of,
)
from kimdesk.texts import dates, say
from kimdesk.texts import report as words

_LONGEST_NAME: Final = 31
_NO_NAME: Final = re.compile(r"[\[\]:*?/\\']")
_WIDTHS: Final = (34, 22, 22, 38)
_TIDY_WIDTH: Final = 16
_PLAIN: Final = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    "default_date_format": "dd.mm.yyyy",
}  # fmt: skip


def as_xlsx(report: SteeringReport, catalogue: Catalogue) -> bytes:
    """Return the workbook. Every cell is a number, a day or a text; what others wrote is never a formula."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    with Workbook(out, _PLAIN) as book:
        book.set_properties({"title": report.template.title, "author": "KIMdesk",
                             "created": report.drawn_at.replace(tzinfo=None)})  # fmt: skip
        made = _Book(book, report, catalogue)
        made.front()
        for section in report.template.section:
            found = (table_of(report, each.indicator, each.by) for each in section.table)
            made.section(section.title, [each for each in found if each])
        made.mapping()
        made.data()
        made.definitions()
    return out.getvalue()


class _Book:
    def __init__(self, book: Any, report: SteeringReport, catalogue: Catalogue) -> None:
        self._book, self._report, self._catalogue = book, report, catalogue
        self._strong = book.add_format({"bold": True})
        self._title = book.add_format({"bold": True, "font_size": 14})
        self._wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self._percent = book.add_format({"num_format": "0 %"})
        self._used: set[str] = set()

    def front(self) -> None:
        """Write what the report is about and its headlines."""
        sheet, report = self._sheet(say("report.headlines"), _WIDTHS), self._report
        sheet.write_string(0, 0, report.template.title, self._title)
        for row, (word, value) in enumerate(facts(report), 1):
            sheet.write_string(row, 0, word)
            sheet.write_string(row, 1, value)
        at = len(facts(report)) + 2
        if report.empty:
            sheet.write_string(at, 0, say("report.empty"))
            at += 2
        self._rows(sheet, at, headlines(report), totals=True)
        at += len(headlines(report)) + 2
        threshold = report.threshold
        for text in (say("report.legend", threshold=threshold), say("report.steady", threshold=threshold)):
            sheet.write_string(at, 0, text)
            at += 1

    def section(self, title: str, tables: list[ReportTable]) -> None:
        """Write the tables of a section one below the other."""
        sheet, at = self._sheet(title, _WIDTHS), 0
        for table in tables:
            sheet.write_string(at, 0, heading(table), self._title)
            at = self._rows(sheet, at + 1, (table,), totals=False) + 1

    def mapping(self) -> None:
        """Write a funder's list with our figures."""
        if not self._report.template.mapping:
            return
        sheet = self._sheet(say("report.list_title"), (10, 44, 28, 60))
        self._head(sheet, 0, [say(f"report.column_{name}") for name in ("number", "title", "value", "what")])
        for row, line in enumerate(self._report.template.mapping, 1):
            sheet.write_string(row, 0, line.number)
            sheet.write_string(row, 1, line.title)
            table = table_of(self._report, line.indicator, line.by) if line.indicator else None
            sheet.write_string(row, 3, table.asked.definition if table else line.not_counted)
            if table:
                self._value(sheet, row, 2, table, table.total.now)

    def data(self) -> None:
        """Write the tidy table."""
        sheet = self._sheet(say("report.sheet_data"), (_TIDY_WIDTH,) * len(tidy.COLUMNS))
        self._head(sheet, 0, list(tidy.COLUMNS))
        row = 0
        for row, line in enumerate(tidy.lines(self._report, self._catalogue), 1):
            for column, (name, value) in enumerate(line._asdict().items()):
                if name in ("first", "last"):
                    sheet.write_datetime(row, column, date.fromisoformat(value))
                elif isinstance(value, int):
                    sheet.write_number(row, column, value)
                elif value:
                    sheet.write_string(row, column, value)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(row, 1), len(tidy.COLUMNS) - 1)

    def definitions(self) -> None:
        """Write what is counted, and how."""
        sheet = self._sheet(say("report.definitions"), (26, 34, 90, 12, 14))
        self._head(sheet, 0, [*tidy.COLUMNS[0:1], say("report.column_title"), say("report.column_definition"),
                              tidy.COLUMNS[1], say("report.column_valid_from")])  # fmt: skip
        known = {each.asked.code: each.asked for each in self._report.tables}
        for row, each in enumerate(known.values(), 1):
            for column, text in enumerate((each.code, each.title, each.definition)):
                sheet.write_string(row, column, text, self._wrapped)
            sheet.write_number(row, 3, each.version)
            sheet.write_datetime(row, 4, each.sheet.valid_from)
        for row, text in enumerate(self._report.template.method, len(known) + 2):
            sheet.write_string(row, 2, text, self._wrapped)
        sheet.freeze_panes(1, 0)

    def _rows(self, sheet: Any, at: int, tables: tuple[ReportTable, ...], *, totals: bool) -> int:
        self._head(sheet, at, ["", *(say(f"report.column_{name}") for name in ("value", "before", "change"))])
        report = self._report
        for table in tables:
            for row in table.rows[:1] if totals else table.rows:
                at += 1
                name = table.asked.title if totals else tidy.name_of(table, row.code, self._catalogue)
                sheet.write_string(at, 0, name, self._strong if row.code == TOTAL else None)
                self._value(sheet, at, 1, table, row.now)
                self._value(sheet, at, 2, table, row.before)
                sheet.write_string(at, 3, words.change(table, row, report.span, report.before))
        return at + 1

    def _value(self, sheet: Any, row: int, column: int, table: ReportTable, figure: ReportFigure) -> None:
        if figure.value is None:
            sheet.write_string(row, column, words.value(table, figure, self._report.threshold))
        elif table.says is Says.SHARE:
            sheet.write_number(row, column, figure.value / 100, self._percent)
        else:
            sheet.write_number(row, column, figure.value)

    def _head(self, sheet: Any, row: int, titles: list[str]) -> None:
        for column, text in enumerate(titles):
            sheet.write_string(row, column, text, self._strong)

    def _sheet(self, title: str, widths: tuple[int, ...]) -> Any:
        name = _NO_NAME.sub(" ", title).strip()[: _LONGEST_NAME - 3] or "–"
        while name.casefold() in self._used:
            name = f"{name[: _LONGEST_NAME - 2]} 2"
        self._used.add(name.casefold())
        sheet = self._book.add_worksheet(name)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        return sheet


def facts(report: SteeringReport) -> tuple[tuple[str, str], ...]:
    """Return what a report is about: words and values."""
    version = say("report.template_version", code=report.template.code, version=report.template.version)
    return (
        (say("report.kreis"), report.kreis),
        (say("report.place"), tidy.place_of(report)),
        (say("report.period"), words.period(report.span)),
        (say("report.compared"), words.period(report.before)),
        (say("report.drawn"), dates.moment(report.drawn_at)),
        (say("report.template"), version),
        (say("report.proof_digest"), report.digest),
    )


def heading(table: ReportTable) -> str:
    """Return the heading of a table: „Laufende Fälle nach Gemeinde“."""
    if not table.by:
        return table.asked.title
    return f"{table.asked.title} {say('report.by', by=tidy.breakdown_title(table))}"
