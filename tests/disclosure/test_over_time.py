"""Somebody who keeps every report and compares them."""

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kimdesk.disclosure.auditor import UnprotectedError, audit, guards, unprotected, verify
from kimdesk.disclosure.protect import Effort, protect
from kimdesk.disclosure.values import (
    Bound,
    CellFate,
    CellKey,
    Linked,
    ProtectedTables,
    Shown,
    StockMove,
    Sum,
)
from kimdesk.domain.errors import DisclosureError
from tests.disclosure.tables import drawn, table

QUICK = Effort(rounds=2, nodes=10, looks=20_000)


def line(name: str, *parts: str, **counts: int) -> Linked:
    """A total over some keys of their own period."""
    cells: dict[CellKey, int] = {(part, name): counts[part] for part in parts}
    total = ("".join(parts), name)
    return Linked(cells | {total: sum(cells.values())}, (Sum(total, tuple(cells)),))


def shown(tables: ProtectedTables) -> dict[str, int | str]:
    return {
        key[0]: cell.fate.value if cell.number is None else cell.number for key, cell in tables.cells.items()
    }


def test_a_second_breakdown_of_the_same_cases_does_not_tell_what_the_first_hid() -> None:
    """a + b + c and b + c of the same day: shown one after the other, their difference is the small one."""
    first = protect(line("day", "a", "b", "c", a=2, b=30, c=12))
    assert shown(first) == {"a": "small", "b": 30, "c": "covered", "abc": 44}
    second = line("day", "b", "c", b=30, c=12)
    alone = protect(second)
    assert shown(alone) == {"b": 30, "c": 12, "bc": 42}
    with pytest.raises(UnprotectedError):
        verify(second, alone.cells, earlier=[first])
    together = protect(second, earlier=[first])
    assert shown(together) == {"b": 30, "c": "covered", "bc": "covered"}
    assert together.proof.against == (first.digest,)


def test_the_report_of_one_place_beside_that_of_all_is_protected_with_it() -> None:
    everywhere = drawn(7, (4, 4), 9.0)
    first = protect(everywhere, effort=QUICK)
    keys = [key for key in everywhere.counts if key[1] == "01"]
    inner = Sum(("t", "01", ""), tuple(key for key in keys if key[2]))
    halves = Sum(("t", "01", ""), (("half", "one"), ("half", "two")))
    half = everywhere.counts["t", "01", ""] // 2
    counts = {key: everywhere.counts[key] for key in keys}
    counts |= {("half", "one"): half, ("half", "two"): everywhere.counts["t", "01", ""] - half}
    second = Linked(counts, (inner, halves))
    tables = protect(second, earlier=[first], effort=QUICK)
    bounds = audit(second, tables.cells, earlier=[first])
    assert unprotected(first.proof.guards, bounds) == ()


def test_nobody_s_coming_is_seen() -> None:
    """Drawn again with one case more, the same report says the same; with five more it says so."""
    first = protect(line("day", "a", "b", "c", a=20, b=30, c=12))
    one_more = protect(line("day", "a", "b", "c", a=21, b=30, c=12), earlier=[first])
    assert shown(one_more) == {"a": "covered", "b": 30, "c": 12, "abc": 62} or shown(one_more) == shown(first)
    assert shown(protect(line("day", "a", "b", "c", a=25, b=30, c=12), earlier=[first]))["a"] == 25


def test_a_stock_that_moved_by_less_than_the_threshold_is_told_as_before() -> None:
    first = protect(line("spring", "a", "b", a=20, b=30))
    moves = tuple(StockMove((name, "summer"), (name, "spring")) for name in ("a", "b", "ab"))
    later = line("summer", "a", "b", a=22, b=29)
    later = Linked(later.counts, later.sums, steps=moves)
    assert shown(protect(later, earlier=[first])) == shown(first)


def test_a_stock_and_what_entered_do_not_tell_who_left() -> None:
    """40, then 31; four entered: whoever knows both stocks reckons that thirteen left, and back."""
    first = protect(line("spring", "a", "b", a=40, b=30))
    stock = line("summer", "a", "b", a=31, b=30)
    flows: dict[CellKey, int] = {("in", "summer"): 2, ("out", "summer"): 11}
    step = StockMove(("a", "summer"), ("a", "spring"), ("in", "summer"), ("out", "summer"))
    later = Linked({**stock.counts, **flows}, stock.sums, steps=(step,))
    tables = protect(later, earlier=[first])
    assert tables.cells["in", "summer"].number is None
    assert tables.cells["out", "summer"].number is None
    bounds = {each.key: each for each in tables.proof.bounds}
    assert bounds["in", "summer"].holds(Bound(("in", "summer"), 0, 4))
    open_out = dict(tables.cells) | {("out", "summer"): Shown(CellFate.SHOWN, 11)}
    with pytest.raises(UnprotectedError):
        verify(later, open_out, earlier=[first])


def test_what_was_small_comes_back_when_it_is_far_from_it() -> None:
    first = protect(line("day", "a", "b", "c", a=3, b=30, c=12))
    assert shown(protect(line("day", "a", "b", "c", a=6, b=30, c=12), earlier=[first]))["a"] == "hidden"
    assert shown(protect(line("day", "a", "b", "c", a=9, b=30, c=12), earlier=[first]))["a"] == 9


def test_an_earlier_report_of_another_state_of_affairs_is_no_hindrance() -> None:
    """What was told of other cells then and no longer fits is no knowledge, and no contradiction."""
    first = protect(line("day", "a", "b", a=20, b=30))
    other = protect(Linked({("x", "day"): 40, ("y", "day"): 10, ("ab", "day"): 50},
                           (Sum(("ab", "day"), (("x", "day"), ("y", "day"))),)), earlier=[first])  # fmt: skip
    now = protect(line("day", "a", "b", a=60, b=30), earlier=[first, other])
    assert shown(now) == {"a": 60, "b": 30, "ab": 90}


def quarters(seed: int) -> Sequence[Linked]:
    """Return the same table four times, while people come and go or data are put right."""
    random = Random(seed)
    linked = drawn(
        seed, [random.randint(2, 4) for _ in range(random.randint(1, 2))], random.choice([2.0, 6.0])
    )
    found, moving = [linked], random.choice([0.0, 0.1, 0.3])
    for _ in range(3):
        inner = {key[1:]: count for key, count in found[-1].counts.items() if "" not in key}
        moved = {
            key: max(0, count + (random.choice([-1, 1, 2, 7, -6]) if random.random() < moving else 0))
            for key, count in inner.items()
        }
        found.append(table("t", moved))
    return found


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(st.integers(0, 10**9))
def test_all_reports_together_tell_of_nobody(seed: int) -> None:
    earlier: list[ProtectedTables] = []
    for linked in quarters(seed):
        try:
            tables = protect(linked, earlier=earlier, effort=QUICK)
        except DisclosureError as refused:  # too much has been told: then nothing more is
            if refused.code == "E985":
                return
            raise
        bounds = audit(linked, tables.cells, earlier=earlier)
        assert unprotected(guards(linked, tables.cells, earlier=earlier), bounds) == ()
        for each in (each for each in bounds if linked.counts.get(each.key, 5) < 5):
            assert each.holds(Bound(each.key, 0, 4))
        for key, cell in tables.cells.items():
            last = earlier[-1].cells[key].number if earlier else None
            assert None in (last, cell.number) or last == cell.number or abs(last - cell.number) >= 5  # type: ignore[operator]
        earlier.append(tables)
