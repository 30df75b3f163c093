"""Templates of reports: which indicators, in which order, how broken down (``resources/reports``).

One for the Kreis, one for a municipality, and one that maps the list of a funder: there is no public list.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final, Literal

import msgspec

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.errors import CaseworkError, ContentError
from kimdesk.forms.shape import shaped
from kimdesk.indicators.definitions import indicator

FOLDER: Final = "reports"
UNKNOWN_TEMPLATE: Final = "E810"
MUNICIPALITY: Final = "municipality"
"""What a report is about, and the breakdown of that name."""
Chart = Literal["", "bars", "tiles"]


class TableSheet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An indicator and how it is broken down and drawn; ``by``: a code of a breakdown, or none."""

    indicator: str
    by: str = ""
    chart: Chart = ""


class ReportSection(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Tables under one heading."""

    title: str
    table: tuple[TableSheet, ...]


class MappedLine(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A line of a funder's list, with our indicator for it or in ``not_counted`` why there is none."""

    number: str
    title: str
    indicator: str = ""
    by: str = ""
    not_counted: str = ""


class ReportTemplate(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A report as its file says it; ``headlines``: indicators that come first, in total."""

    code: str
    version: int
    title: str
    about: Literal["kreis", "municipality"]
    source: str
    checked: bool = False
    valid_from: date
    valid_until: date | None = None
    headlines: tuple[str, ...] = ()
    section: tuple[ReportSection, ...] = ()
    mapping: tuple[MappedLine, ...] = ()
    method: tuple[str, ...] = ()

    def holds(self, on: date) -> bool:
        """Return whether it is in force on the day ``on``."""
        return self.valid_from <= on <= (self.valid_until or on)

    def tables(self) -> Iterator[TableSheet]:
        """Yield every table, those of headlines and mapped lines too; each once for the same breakdown."""
        seen: dict[tuple[str, str], TableSheet] = {}
        for each in (one for section in self.section for one in section.table):
            seen.setdefault((each.indicator, each.by), each)
        for line in self.mapping:
            if line.indicator:
                seen.setdefault((line.indicator, line.by), TableSheet(indicator=line.indicator, by=line.by))
        shown = {code for code, _ in seen}
        for code in self.headlines:
            if code not in shown:
                seen.setdefault((code, ""), TableSheet(indicator=code))
        yield from seen.values()


def parse(table: Mapping[str, Any], name: str) -> ReportTemplate:
    """Return the template that ``table`` describes. Raises ContentError E819 when it is broken."""
    try:
        found = shaped(table, ReportTemplate, name)
        complaints = list(_complaints(found))
    except ContentError as error:
        raise ContentError("E819", place=str(error.facts.get("place", ""))) from error
    if complaints:
        raise ContentError("E819", place=complaints[0])
    return found


def _complaints(found: ReportTemplate) -> Iterator[str]:
    if not all(each.strip() for each in (found.code, found.title, found.source)):
        yield "code, title, source"
    if not list(found.tables()):
        yield "section, mapping"
    for each in found.tables():
        offered = {one.code for one in indicator(each.indicator).breakdowns}
        if each.by and each.by not in offered:
            yield f"{each.indicator}: {each.by}"
    for line in found.mapping:
        if bool(line.indicator) == bool(line.not_counted):
            yield f"mapping {line.number}: indicator, not_counted"


def templates(catalogue: Catalogue, on: date) -> tuple[ReportTemplate, ...]:
    """Return the newest version in force on ``on`` of each template, those of layers too, by title."""
    newest: dict[str, ReportTemplate] = {}
    for document in catalogue.stack.folder(FOLDER):
        one = parse(document.table, document.name)
        if document.until is None and one.holds(on):
            newest[one.code] = max(one, newest.get(one.code, one), key=lambda each: each.version)
    return tuple(sorted(newest.values(), key=lambda each: (each.title, each.code)))


def template(catalogue: Catalogue, code: str, on: date) -> ReportTemplate:
    """Return the template ``code``. Raises CaseworkError E810 when none of that name is in force."""
    found = templates(catalogue, on)
    for each in found:
        if each.code == code:
            return each
    raise CaseworkError(UNKNOWN_TEMPLATE, known=", ".join(each.code for each in found))
