"""The counts of indicators that hang together, as linked tables: every cell, and how they add up.

Whatever report is drawn, an indicator is protected over the Kreis and all its municipalities at once, so that
the reports of two municipalities, or one of them and that of the Kreis, tell no more than each alone.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from typing import Final

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.disclosure.values import THRESHOLD, CellKey, Linked, StockMove, Sum
from kimdesk.indicators.breakdowns import codes_of
from kimdesk.indicators.counting import count
from kimdesk.indicators.definitions import Indicator, indicator
from kimdesk.indicators.source import Source
from kimdesk.indicators.values import TOTAL, CountedCell, Period, Says, Wish
from kimdesk.kreis.steering import spans
from kimdesk.kreis.steering.populations import (
    CASELOAD,
    HAVING,
    LACKING,
    WHOLE,
    parts,
    population,
    together,
)
from kimdesk.kreis.steering.templates import MUNICIPALITY

_LISTED: Final = 20  # codes of a list that are all named; of a longer one those that were counted

Place = tuple[str, str, str]
"""AGS, breakdown, its code; each "" for all of them."""
EVERYWHERE: Final[Place] = (TOTAL, "", TOTAL)


def group_of(code: str, on: date) -> str:
    """Return by what name the indicators that are protected with ``code`` are kept."""
    group = together(on)[code]
    return "caseload" if CASELOAD[0] in group else min(group)


def key(asked: Indicator, span: Period, place: Place, part: str = WHOLE) -> CellKey:
    """Return what names a cell in all releases."""
    last = span.last.isoformat()
    when = last if asked.sheet.dated == "day" else f"{span.first.isoformat()}/{last}"
    return (f"{asked.code}@{asked.version}", when, *place, part)


@dataclass
class LinkedCounts:
    """Counts of a group while they are put together; ``known``: municipalities that can have cases.

    ``crossed``: indicators and breakdowns that are counted for each municipality too.
    ``cells``: what was counted under each key.
    """

    source: Source
    catalogue: Catalogue
    known: tuple[str, ...]
    crossed: frozenset[tuple[str, str]]
    cells: dict[CellKey, CountedCell] = field(default_factory=dict)
    _tallies: dict[Wish, list[Place]] = field(default_factory=dict)
    _counts: dict[CellKey, int] = field(default_factory=dict)
    _few: set[CellKey] = field(default_factory=set)
    _sums: dict[Sum, None] = field(default_factory=dict)
    _steps: dict[StockMove, None] = field(default_factory=dict)

    def meet(self, codes: Iterable[str], own: tuple[Period, ...]) -> None:
        """Get to know every place where one of these indicators counts something: all have a cell there.

        Else a table without that place would tell that another counts nothing in it.
        """
        found = {
            ags
            for code in codes
            for span in own
            for ags, _, _ in self._tally(indicator(code, span.last), (MUNICIPALITY,), span)
        }
        self.known = tuple(sorted({*self.known, *found} - {TOTAL}))

    def add(self, code: str, by: str, own: tuple[Period, ...], earlier: Iterable[Period]) -> None:
        """Count an indicator over its ``own`` periods, over ``earlier`` ones and all pieces that overlap."""
        wanted = own
        if indicator(code, own[0].last).sheet.dated == "period":
            near = [
                each for each in earlier if each not in own and any(spans.overlap(each, one) for one in own)
            ]
            wanted = tuple(dict.fromkeys((*own, *near, *spans.pieces((*own, *near)))))
        asked = {span: indicator(code, span.last) for span in wanted}
        found = [place for span in wanted for place in self._counted(asked[span], by, span)]
        places = tuple(dict.fromkeys((EVERYWHERE, *found)))
        for span in wanted:
            for place in places:
                self._put(asked[span], span, place)
            self._add_up(asked[span], by, span, places)
        if len(wanted) > len(own):
            self._add_pieces(asked[own[0]], wanted, places)

    def add_moves(self, span: Period, before: Period) -> None:
        """Say of each place how the stock of the last day came from that of the period before."""
        active, new, closed = (indicator(code, span.last) for code in CASELOAD)
        former = indicator(CASELOAD[0], before.last)
        for ags in ("", *self.known):
            place = (ags, "", TOTAL)
            keys = (key(active, span, place), key(former, before, place), key(new, span, place),
                    key(closed, span, place))  # fmt: skip
            if all(each in self._counts for each in keys):
                now, then, entered, left = (self._counts[each] for each in keys)
                if now == then + entered - left:
                    self._steps[StockMove(*keys)] = None

    def add_names(self, codes: Iterable[str], on: date) -> None:
        """Say which numbers count the same things under two names: a sum of one part."""
        names: dict[tuple[str, str], tuple[str, str]] = {}
        for asked in (indicator(code, on) for code in sorted(codes)):
            for part in parts(asked):
                name, _, owned = population(asked, on, part).partition(".")
                names[f"{asked.code}@{asked.version}", part] = (name, owned)
        for own in self._counts:
            name, owned = names.get((own[0], own[-1]), (own[0], own[-1]))
            if (name, owned) != (own[0], own[-1]):
                self._sum((name, *own[1:-1], owned), (own,))

    def linked(self) -> Linked:
        """Return all of it."""
        return Linked(self._counts, tuple(self._sums), few=frozenset(self._few), steps=tuple(self._steps))

    def _counted(self, asked: Indicator, by: str, span: Period) -> Iterator[Place]:
        """Count, and yield the places of the tables."""
        coded = by not in ("", MUNICIPALITY)
        crossed = (asked.code, by) in self.crossed
        towns = {ags for ags, _, _ in self._tally(asked, (MUNICIPALITY,), span)}
        places = sorted({*self.known, *towns} - {TOTAL})
        yield from ((ags, "", TOTAL) for ags in places)
        if coded:
            found = self._tally(asked, (MUNICIPALITY, by) if crossed else (by,), span)
            codes = self._codes(by, found)
            yield from (
                (ags, by, each) for ags, each in product((TOTAL, *places) if crossed else ("",), codes)
            )

    def _tally(self, asked: Indicator, by: tuple[str, ...], span: Period) -> list[Place]:
        """Count, keep the cells, and return where something was counted."""
        wish = Wish(asked.code, span, (), by)
        if wish not in self._tallies:
            rows = {_place(by, each.codes): each for each in count(self.source, wish).cells}
            self.cells |= {key(asked, span, place): cell for place, cell in rows.items()}
            self._tallies[wish] = list(rows)
        return self._tallies[wish]

    def _codes(self, by: str, places: Iterable[Place]) -> tuple[str, ...]:
        listed = codes_of(by, self.catalogue) if is_named(by, self.catalogue) else ()
        found = {code for _, _, code in places} - {TOTAL}
        return tuple(dict.fromkeys((*listed, *sorted(found))))

    def _put(self, asked: Indicator, span: Period, place: Place) -> None:
        whole = key(asked, span, place)
        cell = self.cells.get(whole) or CountedCell((), 0, 0, 0 if asked.says is Says.SHARE else None)
        self.cells[whole] = cell
        self._counts[whole] = cell.number
        if cell.cases < THRESHOLD <= cell.number:
            self._few.add(whole)
        if asked.says is Says.SHARE:
            having, lacking = key(asked, span, place, HAVING), key(asked, span, place, LACKING)
            self._counts[having] = cell.having or 0
            self._counts[lacking] = cell.number - (cell.having or 0)
            self._sum(whole, (having, lacking))

    def _add_up(self, asked: Indicator, by: str, span: Period, places: tuple[Place, ...]) -> None:
        towns = tuple(dict.fromkeys(ags for ags, _, _ in places if ags))
        codes = tuple(dict.fromkeys(code for _, one, code in places if one))
        for part in (WHOLE, HAVING, LACKING) if asked.says is Says.SHARE else (WHOLE,):

            def at(*place: str, part: str = part) -> CellKey:
                return key(asked, span, (place[0], place[1], place[2]), part)

            self._sum(at("", "", ""), tuple(at(ags, "", "") for ags in towns))
            for code in codes:
                self._sum(at("", by, code), tuple(at(ags, by, code) for ags in towns))
            for ags in ("", *towns) if codes else ():
                self._sum(at(ags, "", ""), tuple(at(ags, by, code) for code in codes))

    def _add_pieces(self, asked: Indicator, wanted: tuple[Period, ...], places: Iterable[Place]) -> None:
        cut = spans.pieces(wanted)
        for place, whole in product(places, wanted):
            own = [each for each in cut if spans.within(each, whole)]
            for part in (WHOLE, HAVING, LACKING) if asked.says is Says.SHARE else (WHOLE,):
                if len(own) > 1:
                    parts = tuple(key(asked, each, place, part) for each in own)
                    self._sum(key(asked, whole, place, part), parts)

    def _sum(self, total: CellKey, parts: tuple[CellKey, ...]) -> None:
        """Note that parts add up, where they do: who counts once in all may count in several parts."""
        found = [self._counts.get(each) for each in parts]
        if parts and None not in found and sum(filter(None, found)) == self._counts.get(total):
            self._sums[Sum(total, parts)] = None


def is_named(by: str, catalogue: Catalogue) -> bool:
    """Return whether every code of a breakdown is named; else those that are too seldom are left out."""
    return 0 < len(codes_of(by, catalogue)) <= _LISTED


def _place(by: tuple[str, ...], codes: tuple[str, ...]) -> Place:
    """Return where a cell stands that was counted by these breakdowns."""
    told = dict(zip(by, codes, strict=True))
    ags = told.pop(MUNICIPALITY, TOTAL)
    for each, code in told.items():
        if code != TOTAL:
            return ags, each, code
    return ags, "", TOTAL


def released_spans(counts: Iterable[Mapping[CellKey, object]]) -> tuple[Period, ...]:
    """Return over which periods was counted in earlier releases."""
    found = {each[1] for cells in counts for each in cells if "/" in each[1]}
    return tuple(_period(each) for each in sorted(found))


def _period(when: str) -> Period:
    first, _, last = when.partition("/")
    return Period(date.fromisoformat(first), date.fromisoformat(last))
