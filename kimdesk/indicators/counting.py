"""Counting: a wish in, every cell and total out; and what was counted behind a number."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from itertools import product
from typing import Any, Final, NamedTuple

import msgspec
from sqlalchemy import Connection, Select, case, distinct, func, select

from kimdesk.domain.errors import ContentError
from kimdesk.indicators.definitions import FOLDER, Indicator, indicator
from kimdesk.indicators.facts import CountedRows, values
from kimdesk.indicators.source import CountedTables, Source
from kimdesk.indicators.subjects import parameter
from kimdesk.indicators.values import TOTAL, CountedCell, Says, Tally, Wish
from kimdesk.store.failures import understood
from kimdesk.store.sql import Row, Statement

_QUARTERS: Final = (1, 2, 3)
Codes = tuple[str, ...]
Given = Mapping[str, str]
_KEPT: Final[dict[Any, "_Counted"]] = {}
"""The statements once written: to write one costs more than a desk's database does to run it."""


@dataclass(frozen=True, slots=True)
class CountedUnit:
    """One thing that was counted, as far as it may be shown where it was counted.

    ``kind`` and ``id`` name the record, ``unit`` is what counts once (a person), ``case_id`` its case.
    ``desk_id`` is the desk that shared it and ``shared`` at which level, "" where it is a desk's own.
    """

    kind: str
    id: str
    unit: str
    case_id: str
    desk_id: str = ""
    shared: str = ""


def count(source: Source, wish: Wish) -> Tally:
    """Return what an indicator comes to, every cell and total.

    Raises ContentError E700 for an indicator or a breakdown nobody knows, or one it does not have.
    """
    asked = _asked(wish)
    given = values(wish, source)
    found: dict[Codes, CountedCell] = {}
    for kept in product((True, False), repeat=len(wish.breakdowns)):
        counted = _counted(source.tables, asked, _Question(wish.breakdowns, kept, bool(wish.municipalities)))
        found |= {each.codes: each for each in counted.cells(source.connection, given)}
    total = (TOTAL,) * len(wish.breakdowns)
    found.setdefault(total, _nothing(total, asked.says))
    cells = tuple(found[codes] for codes in sorted(found))
    return Tally(wish, asked.version, asked.says, cells, digest(wish, asked.version, cells))


def units(source: Source, wish: Wish, codes: Codes) -> tuple[CountedUnit, ...]:
    """Return what was counted in the cell ``codes``, ``TOTAL`` for all of a breakdown; in a lasting order."""
    asked = _asked(wish)
    kept = tuple(code != TOTAL for code in codes)
    counted = _counted(source.tables, asked, _Question(wish.breakdowns, kept, bool(wish.municipalities)))
    given = values(wish, source)
    given |= {f"code_{place}": code for place, code in enumerate(each for each in codes if each != TOTAL)}
    return tuple(counted.units(source.connection, given))


def digest(wish: Wish, version: int, cells: Iterable[CountedCell]) -> str:
    """Return SHA-256 over what was asked, by which version, and what came of it; the same everywhere."""
    said = {
        "code": wish.code,
        "version": version,
        "first": wish.span.first.isoformat(),
        "last": wish.span.last.isoformat(),
        "municipalities": sorted(wish.municipalities),
        "breakdowns": wish.breakdowns,
        "cells": [asdict(each) for each in cells],
    }
    return hashlib.sha256(msgspec.json.encode(said, order="sorted")).hexdigest()


def _asked(wish: Wish) -> Indicator:
    asked = indicator(wish.code, wish.span.last)
    offered = {each.code for each in asked.breakdowns}
    for each in wish.breakdowns:
        if each not in offered or wish.breakdowns.count(each) > 1:
            raise ContentError("E700", name=f"{FOLDER}/{wish.code}", place=each)
    return asked


def _nothing(codes: Codes, says: Says) -> CountedCell:
    return CountedCell(codes, 0, 0, 0 if says is Says.SHARE else None)


class _Question(NamedTuple):
    """How an indicator is broken down, over which breakdowns it is ``kept`` apart, whether by place."""

    breakdowns: tuple[str, ...]
    kept: tuple[bool, ...]
    placed: bool


def _counted(tables: CountedTables, asked: Indicator, question: _Question) -> "_Counted":
    key = (tables, asked.code, asked.version, question)
    if key not in _KEPT:
        _KEPT[key] = _Counted(tables, asked, question)
    return _KEPT[key]


class _Counted:
    """The statements for the cells over those breakdowns that are kept, the others in total."""

    def __init__(self, tables: CountedTables, asked: Indicator, question: _Question) -> None:
        self._asked, self._kept = asked, question.kept
        offered = {each.code: each for each in asked.breakdowns}
        own = [offered[code] for code, stays in zip(question.breakdowns, question.kept, strict=True) if stays]
        self._rows = CountedRows(tables, asked).rows(own, placed=question.placed).subquery()
        self._by = [self._rows.c[f"by_{place}"] for place in range(len(own))]
        self._numbers = Statement(self._by_case() if asked.subject.whole else self._by_unit())

    def cells(self, connection: Connection, given: Given) -> Iterator[CountedCell]:
        """Yield them; none where nothing was counted."""
        days = self._quartiles(connection, given) if self._asked.sheet.days else {}
        for row in _run(self._numbers, connection, given):
            key, (number, cases, *having) = tuple(row[: len(self._by)]), row[len(self._by) :]
            if number:
                of = int(having[0]) if having else None
                yield CountedCell(self._codes(key), int(number), int(cases), of, days.get(key))

    def units(self, connection: Connection, given: Given) -> Iterator[CountedUnit]:
        """Yield what was counted where the breakdowns kept have the codes given."""
        kind, before = self._asked.subject.kind, None
        for unit, record, case_id, desk_id, shared in _run(self._behind, connection, given):
            if unit != before or self._asked.subject.whole:
                yield CountedUnit(kind, record, unit, case_id, desk_id or "", shared or "")
            before = unit

    @cached_property
    def _behind(self) -> Statement:
        rows = self._rows.c
        picked = (each == parameter(f"code_{place}") for place, each in enumerate(self._by))
        columns = (rows.unit, rows.id, rows.case_id, rows.desk_id, rows.shared)
        return Statement(select(*columns).where(*picked).order_by(rows.unit, rows.case_id))

    def _by_case(self) -> Select[Any]:
        """Count cases first, so that a case with much counts once among ``cases``."""
        rows = self._rows.c
        columns = [func.sum(rows.weight).label("number")]
        columns += [func.sum(rows.having).label("having")] if self._asked.having else []
        each = select(*self._by, rows.case_id, *columns).group_by(*self._by, rows.case_id).subquery()
        by = [each.c[column.name] for column in self._by]
        number, *having = (func.sum(each.c[column.name]) for column in columns)
        return select(*by, number, func.count(), *having).group_by(*by)

    def _by_unit(self) -> Select[Any]:
        rows = self._rows.c
        number = func.count(distinct(rows.unit)).label("number")
        cases = func.count(distinct(rows.case_id)).label("cases")
        columns = [number, cases]
        if self._asked.having:
            columns.append(func.count(distinct(case((rows.having == 1, rows.unit)))).label("having"))
        return select(*self._by, *columns).group_by(*self._by)

    @cached_property
    def _taken(self) -> Statement:
        rows = self._rows.c
        return Statement(select(*self._by, rows.days, func.count()).group_by(*self._by, rows.days))

    def _quartiles(self, connection: Connection, given: Given) -> dict[Codes, tuple[int, int, int]]:
        taken: dict[Codes, list[tuple[int, int]]] = {}
        for *key, days, number in _run(self._taken, connection, given):
            taken.setdefault(tuple(key), []).append((days, number))
        return {key: _quartiles(found) for key, found in taken.items()}

    def _codes(self, key: Codes) -> Codes:
        own = iter(key)
        return tuple(next(own) if stays else TOTAL for stays in self._kept)


def _run(statement: Statement, connection: Connection, given: Given) -> Sequence[Row]:
    with understood():
        names = statement.ready_for(connection.dialect).names
        return statement.rows(connection, *(given[name] for name in names))


def _quartiles(taken: list[tuple[int, int]]) -> tuple[int, int, int]:
    """Return of which number of days it is true that a quarter, half, three quarters took at most so many."""
    taken.sort()
    every = sum(number for _, number in taken)
    found = []
    for quarter in _QUARTERS:
        wanted, reached = -(-every * quarter // 4), 0
        for days, number in taken:
            reached += number
            if reached >= wanted:
                found.append(days)
                break
    return found[0], found[1], found[2]
