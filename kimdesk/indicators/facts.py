"""The rows an indicator counts, as one statement: the query tree said in SQLAlchemy."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Select,
    Text,
    and_,
    case,
    cast,
    func,
    literal,
    or_,
    select,
)

from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.law.spans import SpanName
from kimdesk.indicators.beside import BESIDE
from kimdesk.indicators.breakdowns import UNKNOWN, Breakdown, breakdowns
from kimdesk.indicators.definitions import Indicator
from kimdesk.indicators.query import ENDS, Codes, Compared, Condition, Either, Names, Over, Present, Within
from kimdesk.indicators.source import AGE_BAND, CountedTables, Source
from kimdesk.indicators.subjects import parameter
from kimdesk.indicators.values import Wish
from kimdesk.store.dialect import as_json, listed
from kimdesk.store.reckoning import days_from, first_day, last_day

Expression = ColumnElement[Any]
_HOUR: Final = 60
_LONGEST: Final = 4000
"""Days in which nobody is a newcomer any more."""


class CountedRows:
    """What an indicator counts: its rows, and what stands beside each of them, with open parameters."""

    def __init__(self, tables: CountedTables, asked: Indicator) -> None:
        self.asked = asked
        self._tables = tables
        self.base = asked.subject.rows(tables, asked.names)
        self._joined: dict[str, FromClause] = {}
        self._from = self.base
        if asked.subject.kind != "finding":  # which leaves without its case
            self._beside("case")

    def rows(self, by: Sequence[Breakdown], *, placed: bool) -> Select[Any]:
        """Return what is counted: unit, case_id, weight, property, days, and a code per breakdown.

        ``placed``: only where the parameter ``ags`` names the municipality.
        """
        sheet = self.asked.sheet
        case_id = func.coalesce(self.base.c.case_id, self.base.c.unit)
        columns: list[Expression] = [
            self.base.c.unit,
            case_id.label("case_id"),
            self._weight().label("weight"),
        ]
        if self.asked.having:
            has = case((and_(*map(self._condition, self.asked.having)), 1), else_=0)
            columns.append(has.label("having"))
        if sheet.days:
            columns.append(self._days().label("days"))
        columns += [self.code(each).label(f"by_{place}") for place, each in enumerate(by)]
        columns += [self._shown("id"), self._shown("desk_id"), self._shown("shared")]
        where = [self._condition(each) for each in self.asked.where]
        if sheet.days:
            where += [self.column(each).is_not(None) for each in sheet.days]
        if placed:
            where.append(self.column("place.ags").in_(listed("ags")))
        return select(*columns).select_from(self._from).where(*where)

    def _shown(self, name: str) -> Expression:
        return self.base.c[name].label(name)

    def code(self, by: Breakdown) -> Expression:
        """Return the code of a row in a breakdown, ``UNKNOWN`` where there is none."""
        field = self.column(by.field)
        if by.by:
            return _GROUPED[by.by](self, field)
        if by.groups:
            return case(*((_one_of(field, codes), code) for code, codes in by.groups.items()), else_=UNKNOWN)
        return func.coalesce(func.nullif(_text(field), ""), UNKNOWN)

    def column(self, path: str) -> Expression:
        """Return a field of the rows, or of what stands beside them."""
        beside, _, name = path.rpartition(".")
        if not beside:
            return self.base.c[name]
        if beside == "stay":
            return _stay(self.column("person.arrived_on"))
        if beside == "place":
            return self.base.c.ags if self.asked.subject.kind == "finding" else self._beside("case").c.ags
        return self._beside(beside).c[name]

    def _beside(self, what: str) -> FromClause:
        if what not in self._joined:
            beside = BESIDE[what]
            whose = self.base.c.case_id if beside.of_case else self._who()
            table = beside.rows(self._tables)
            self._joined[what] = table
            self._from = self._from.join(table, table.c[beside.key] == whose, isouter=not beside.must)
        return self._joined[what]

    def _condition(self, asked: Condition) -> Expression:
        if isinstance(asked, Either):
            return or_(*map(self._condition, asked.clauses))
        field = self.column(asked.field)
        if isinstance(asked, Codes):
            found = func.coalesce(_text(field), "")
            return ~_one_of(found, asked.codes) if asked.negated else _one_of(found, asked.codes)
        if isinstance(asked, Names):
            return func.coalesce(field, "").like(f'%"{asked.code}"%')
        if isinstance(asked, Present):
            text = func.coalesce(_text(field), "")
            return text == "" if asked.negated else text != ""
        if isinstance(asked, Over):
            return field > asked.least
        return self._dated(asked, field)

    def _dated(self, asked: Compared | Within, field: Expression) -> Expression:
        day = self._day(asked.field)
        first, last = parameter("first"), parameter("last")
        given = func.coalesce(field, "") != ""
        if isinstance(asked, Within):
            return and_(given, day >= first, day <= last)
        bound = first if asked.bound == "first" else last
        compared = {"until": day <= bound, "before": day < bound, "from": day >= bound, "after": day > bound}
        return and_(given, compared[asked.order])

    def _day(self, path: str) -> Expression:
        field = self.column(path)
        return last_day(field) if path.rpartition(".")[2] in ENDS else first_day(field)

    def _weight(self) -> Expression:
        if not self.asked.sheet.hours:
            return literal(1)
        minutes = func.coalesce(self.column(self.asked.sheet.hours), 0)
        return cast((minutes + _HOUR - 1) // _HOUR, Integer)

    def _days(self) -> Expression:
        fields = self.asked.sheet.days
        if len(fields) == 1:
            return self.column(fields[0])
        passed = days_from(*(self._day(each) for each in fields))
        return case((passed > 0, passed), else_=0)

    def _who(self) -> Expression:
        """Return the person a row is about: its own, or the client of its case."""
        if self.asked.subject.person:
            return self.base.c.person_id
        return self._beside("client").c.person_id

    def older(self, birth: Expression, years: int) -> Expression:
        """Return whether somebody born then is ``years`` old; an unknown day is the latest possible."""
        born = case((func.length(birth) == len("2026-11"), birth.op("||")("-31")), else_=last_day(birth))
        return born <= parameter(f"born_{years}")


def values(wish: Wish, source: Source) -> dict[str, str]:
    """Return the open parameters of a statement by name."""
    upto = min(wish.span.last, source.today)
    born = {f"born_{each.below}": _years_before(upto, each.below) for each in breakdowns().band}
    return born | {
        "first": wish.span.first.isoformat(),
        "last": wish.span.last.isoformat(),
        "upto": upto.isoformat(),
        "newcomer": _newcomers_since(upto).isoformat(),
        "ags": as_json(wish.municipalities),
        "desk": source.desk,
    }


def _years_before(day: date, years: int) -> str:
    """Return the day of the year ``years`` before; one that does not exist counts in its place."""
    return f"{max(day.year - years, 0):04}{day.isoformat()[4:]}"


def _one_of(field: Expression, codes: Sequence[str]) -> Expression:
    return or_(*(field == each for each in codes))


def _text(field: Expression) -> Expression:
    return cast(field, Text) if isinstance(field.type, Integer) else field


def _age(facts: CountedRows, birth: Expression) -> Expression:
    bands = breakdowns().band
    return case(
        (func.coalesce(birth, "") == "", func.coalesce(facts.column(f"person.{AGE_BAND}"), UNKNOWN)),
        *((~facts.older(birth, each.below), each.code) for each in bands[:-1]),
        else_=bands[-1].code,
    )


def _nationality(_: CountedRows, keys: Expression) -> Expression:
    groups = breakdowns().nationality
    fitting = ((or_(*(keys.like(f'%"{start}%') for start in each.starts)), each.code) for each in groups)
    return case(*fitting, else_=UNKNOWN)


def _stay(arrived: Expression) -> Expression:
    """Return the band of ``domain.arrival.stay_band``; a vague day may leave it open."""
    return case(
        (func.coalesce(arrived, "") == "", UNKNOWN),
        (first_day(arrived) > parameter("upto"), UNKNOWN),
        (first_day(arrived) >= parameter("newcomer"), "recent"),
        (last_day(arrived) < parameter("newcomer"), "longer"),
        else_=UNKNOWN,
    )


def _newcomers_since(day: date) -> date:
    """Return the first day of arrival on which somebody is still a newcomer on ``day``."""
    spans, days = SHIPPED.rules.agenda.spans, range(max(1, day.toordinal() - _LONGEST), day.toordinal())
    first = bisect_left(days, day, key=lambda one: spans.after(SpanName.NEWCOMER, date.fromordinal(one)))
    return date.fromordinal(days.start + first)


_GROUPED: Final[dict[str, Callable[[CountedRows, Expression], Expression]]] = {
    "age": _age,
    "nationality": _nationality,
}
