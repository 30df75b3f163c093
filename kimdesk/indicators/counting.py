"""Counting: a wish in, every cell and total out; and what was counted behind a number."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import product
from typing import Any, Final

import msgspec
from sqlalchemy import Select, case, distinct, func, select

from kimdesk.domain.errors import ContentError
from kimdesk.indicators.breakdowns import Breakdown
from kimdesk.indicators.definitions import FOLDER, Indicator, indicator
from kimdesk.indicators.facts import CountedRows
from kimdesk.indicators.source import Source
from kimdesk.indicators.values import TOTAL, CountedCell, Says, Tally, Wish

_QUARTERS: Final = (1, 2, 3)
Codes = tuple[str, ...]


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
    asked, by = _asked(wish)
    found: dict[Codes, CountedCell] = {}
    for kept in product((True, False), repeat=len(by)):
        counted = _Counted(source, asked, wish, by, kept)
        found |= {each.codes: each for each in counted.cells()}
    total = (TOTAL,) * len(by)
    found.setdefault(total, _nothing(total, asked.says))
    cells = tuple(found[codes] for codes in sorted(found))
    return Tally(wish, asked.version, asked.says, cells, digest(wish, asked.version, cells))


def units(source: Source, wish: Wish, codes: Codes) -> tuple[CountedUnit, ...]:
    """Return what was counted in the cell ``codes``, ``TOTAL`` for all of a breakdown; in a lasting order."""
    asked, by = _asked(wish)
    rows = CountedRows(source, asked, wish.span).rows(wish.municipalities, by).subquery()
    picked = [rows.c[f"by_{place}"] == code for place, code in enumerate(codes) if code != TOTAL]
    statement = select(rows.c.unit, rows.c.id, rows.c.case_id, rows.c.desk_id, rows.c.shared).where(*picked)
    found = source.connection.execute(statement.order_by(rows.c.unit, rows.c.case_id))
    made = (
        CountedUnit(asked.subject.kind, row.id, row.unit, row.case_id, row.desk_id or "", row.shared or "")
        for row in found
    )
    if asked.subject.whole:
        return tuple(made)
    return tuple({each.unit: each for each in reversed(list(made))}.values())[::-1]


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


def _asked(wish: Wish) -> tuple[Indicator, tuple[Breakdown, ...]]:
    asked = indicator(wish.code, wish.span.last)
    offered = {each.code: each for each in asked.breakdowns}
    for each in wish.breakdowns:
        if each not in offered or wish.breakdowns.count(each) > 1:
            raise ContentError("E700", name=f"{FOLDER}/{wish.code}", place=each)
    return asked, tuple(offered[each] for each in wish.breakdowns)


def _nothing(codes: Codes, says: Says) -> CountedCell:
    return CountedCell(codes, 0, 0, 0 if says is Says.SHARE else None)


class _Counted:
    """The cells over those breakdowns that are ``kept``, the others in total."""

    def __init__(
        self, source: Source, asked: Indicator, wish: Wish, by: tuple[Breakdown, ...], kept: Sequence[bool]
    ) -> None:
        self._asked, self._source, self._kept = asked, source, kept
        own = tuple(each for each, stays in zip(by, kept, strict=True) if stays)
        self._rows = CountedRows(source, asked, wish.span).rows(wish.municipalities, own).subquery()
        self._by = [self._rows.c[f"by_{place}"] for place in range(len(own))]

    def cells(self) -> Iterator[CountedCell]:
        """Yield them; none where nothing was counted."""
        days = self._quartiles()
        statement = self._by_case() if self._asked.subject.whole else self._by_unit()
        for row in self._source.connection.execute(statement):
            key = tuple(row[: len(self._by)])
            if row.number:
                having = int(row.having) if self._asked.having else None
                yield CountedCell(self._codes(key), int(row.number), int(row.cases), having, days.get(key))

    def _by_case(self) -> Select[Any]:
        """Count cases first, so that a case with much counts once among ``cases``."""
        rows = self._rows.c
        columns = [func.sum(rows.weight).label("number")]
        columns += [func.sum(rows.having).label("having")] if self._asked.having else []
        each = select(*self._by, rows.case_id, *columns).group_by(*self._by, rows.case_id).subquery()
        by = [each.c[column.name] for column in self._by]
        totals = [func.sum(each.c[column.name]).label(column.name) for column in columns]
        return select(*by, *totals, func.count().label("cases")).group_by(*by)

    def _by_unit(self) -> Select[Any]:
        rows = self._rows.c
        number = func.count(distinct(rows.unit)).label("number")
        cases = func.count(distinct(rows.case_id)).label("cases")
        columns = [number, cases]
        if self._asked.having:
            columns.append(func.count(distinct(case((rows.having == 1, rows.unit)))).label("having"))
        return select(*self._by, *columns).group_by(*self._by)

    def _quartiles(self) -> dict[Codes, tuple[int, int, int]]:
        if not self._asked.sheet.days:
            return {}
        rows = self._rows.c
        statement = select(*self._by, rows.days, func.count()).group_by(*self._by, rows.days)
        taken: dict[Codes, list[tuple[int, int]]] = {}
        for *key, days, number in self._source.connection.execute(statement):
            taken.setdefault(tuple(key), []).append((days, number))
        return {key: _quartiles(found) for key, found in taken.items()}

    def _codes(self, key: Codes) -> Codes:
        own = iter(key)
        return tuple(next(own) if stays else TOTAL for stays in self._kept)


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
