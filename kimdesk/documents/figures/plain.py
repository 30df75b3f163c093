"""A report as CSV and as JSON."""

import csv
import io
import json
from typing import Any, Final

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.documents.figures import tidy
from kimdesk.kreis.steering.report_values import SteeringReport

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_BOM: Final = "\ufeff"


def as_csv(report: SteeringReport, catalogue: Catalogue) -> bytes:
    """Return the tidy table; UTF-8 with its mark and semicolons, which Excel in German reads by itself.

    A text that a spreadsheet would take for a formula has an apostrophe before it.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow((*tidy.COLUMNS, "digest"))
    for line in tidy.lines(report, catalogue):
        writer.writerow([_guarded(each) for each in (*line, report.digest)])
    return (_BOM + out.getvalue()).encode()


def _guarded(value: object) -> object:
    is_formula = isinstance(value, str) and value.startswith(_FORMULA)
    return f"'{value}" if is_formula else value


def as_json(report: SteeringReport, catalogue: Catalogue) -> bytes:
    """Return the report with its definitions and what was checked."""
    return (json.dumps(document(report, catalogue), ensure_ascii=False, indent=2) + "\n").encode()


def document(report: SteeringReport, catalogue: Catalogue) -> dict[str, Any]:
    """Return what stands in the JSON."""
    return {
        "report": report.template.code,
        "version": report.template.version,
        "title": report.template.title,
        "digest": report.digest,
        "first": report.span.first.isoformat(),
        "last": report.span.last.isoformat(),
        "before": [report.before.first.isoformat(), report.before.last.isoformat()],
        "municipality": report.municipality,
        "drawn_at": report.drawn_at.isoformat(timespec="seconds"),
        "figures": [line._asdict() for line in tidy.lines(report, catalogue)],
        "mapping": [
            {"number": each.number, "title": each.title, "indicator": each.indicator, "breakdown": each.by,
             "not_counted": each.not_counted}
            for each in report.template.mapping
        ],
        "definitions": [
            {"indicator": each.code, "version": each.version, "title": each.title,
             "definition": each.definition, "valid_from": each.sheet.valid_from.isoformat()}
            for each in {table.asked.code: table.asked for table in report.tables}.values()
        ],
        "desks": [
            {"name": each.name, "municipalities": list(each.municipalities), "silent": each.silent,
             "heard_at": each.heard_at.isoformat() if each.heard_at else None}
            for each in report.desks
        ],
        "without_desk": list(report.without_desk),
        "checked": {"threshold": report.threshold, "hidden": report.hidden, "against": list(report.against)},
    }  # fmt: skip
