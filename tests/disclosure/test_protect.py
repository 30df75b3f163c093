"""Tables as they are given out, looked at by somebody who wants to find a person in them."""

from dataclasses import replace

import pytest

from kimdesk.disclosure.auditor import UnprotectedError, audit, verify
from kimdesk.disclosure.protect import protect
from kimdesk.disclosure.release import restored, written
from kimdesk.disclosure.seal import Seal
from kimdesk.disclosure.values import Bound, CellFate, CellKey, Linked, ProtectedTables, Shown, StockMove, Sum
from kimdesk.domain.errors import DisclosureError
from tests.disclosure.tables import drawn, table

A, B, C, T = ("a",), ("b",), ("c",), ("t",)


def row(**counts: int) -> Linked:
    cells: dict[CellKey, int] = {(name,): number for name, number in counts.items()}
    return Linked(cells | {T: sum(counts.values())}, (Sum(T, tuple(cells)),))


def fates(tables: ProtectedTables) -> dict[str, str]:
    return {key[-1]: cell.fate.value for key, cell in tables.cells.items()}


def test_a_small_count_is_hidden_and_the_cheapest_other_with_it() -> None:
    shown = protect(row(a=2, b=30, c=12))
    assert fates(shown) == {"a": "small", "b": "shown", "c": "covered", "t": "shown"}
    assert shown.cells[B].number == 30


def test_none_is_hidden_like_a_few() -> None:
    assert fates(protect(row(a=0, b=30, c=12))) == fates(protect(row(a=4, b=30, c=12)))


def test_what_covers_is_large_enough_for_anything() -> None:
    """With 2 and 5 of a known 7, the small one could be 2 at most: COVERED is never below the threshold."""
    shown = protect(row(a=2, b=5, c=30))
    assert shown.cells[C].fate is CellFate.COVERED
    assert all(each.holds(Bound(A, 0, 4)) for each in shown.proof.bounds if each.key == A)


def test_large_tables_are_shown_whole() -> None:
    assert set(fates(protect(row(a=30, b=9, c=5))).values()) == {"shown"}


def test_where_the_words_would_tell_they_are_not_said() -> None:
    """Two small ones of at least five: neither can be none. So it is not said which are small."""
    assert fates(protect(row(a=3, b=4))) == {"a": "hidden", "b": "hidden", "t": "shown"}


def test_counts_from_few_cases_are_hidden_too() -> None:
    few = replace(row(a=7, b=30, c=12), few=frozenset([A]))
    shown = protect(few)
    assert shown.cells[A].number is None
    assert next(each for each in shown.proof.bounds if each.key == A).holds(Bound(A, 7, 11))


def test_open_cells_stay_open_or_nothing_is_given_out() -> None:
    assert protect(replace(row(a=2, b=30, c=12), open_cells=frozenset([C]))).cells[C].number == 12
    with pytest.raises(DisclosureError) as refused:
        protect(replace(row(a=2, b=30, c=12), open_cells=frozenset([B, C, T])))
    assert refused.value.code == "E985"


def test_sums_that_are_none_are_refused() -> None:
    with pytest.raises(DisclosureError) as refused:
        protect(replace(row(a=20, b=30), counts={A: 20, B: 30, T: 51}))
    assert refused.value.code == "E984"


def test_linked_tables_are_protected_together() -> None:
    """The total of one table is a row of the other, and both must keep the small one."""
    by_sex = table("sex", {("f",): 3, ("m",): 40})
    by_place = {("x",): 43, ("y",): 9, ("z",): 60}
    counts: dict[CellKey, int] = {("place", *key): number for key, number in by_place.items()}
    both = Linked(
        {**by_sex.counts, **counts, ("place", ""): 112},
        (
            *by_sex.sums,
            Sum(("place", ""), (("place", "x"), ("place", "y"), ("place", "z"))),
            Sum(("place", "x"), (("sex", "f"), ("sex", "m"))),
        ),
    )
    shown = protect(both)
    assert shown.cells["sex", "f"].fate is CellFate.SMALL
    verify(both, shown.cells)


def test_nobody_makes_protected_tables_but_the_room_that_protects() -> None:
    shown = protect(row(a=20, b=30))
    with pytest.raises(DisclosureError) as refused:
        ProtectedTables(shown.cells, shown.sums, shown.steps, shown.proof, shown.digest, Seal())
    assert refused.value.code == "E980"


def test_an_unprotected_cell_is_told() -> None:
    cells = dict(protect(row(a=2, b=30, c=12)).cells)
    with pytest.raises(UnprotectedError) as refused:
        verify(row(a=2, b=30, c=12), cells | {C: Shown(CellFate.SHOWN, 12)})
    assert refused.value.keys == (A,)


@pytest.mark.parametrize(
    "wrong",
    [
        {A: Shown(CellFate.SHOWN, 2)},
        {A: Shown(CellFate.COVERED)},
        {C: Shown(CellFate.SMALL)},
        {B: Shown(CellFate.SHOWN, 31)},
        {A: Shown(CellFate.SMALL, 2)},
        {("d",): Shown(CellFate.SMALL)},
    ],
)
def test_a_cell_that_says_what_it_may_not_is_told(wrong: dict[tuple[str, ...], Shown]) -> None:
    cells = dict(protect(row(a=2, b=30, c=12)).cells)
    with pytest.raises(DisclosureError) as refused:
        verify(row(a=2, b=30, c=12), cells | wrong)
    assert refused.value.code == "E981"


def test_kept_tables_come_back_as_they_were_and_can_be_verified_again() -> None:
    linked = drawn(3, (4, 5), 8)
    shown = protect(linked)
    back = restored(written(shown))
    assert back == shown
    assert audit(linked, back.cells) == shown.proof.bounds
    assert shown.proof.solver.startswith("HiGHS ")


@pytest.mark.parametrize("change", [("shown", "small"), ('"digest":"', '"digest":"0'), ("{", "[")])
def test_kept_tables_that_were_changed_are_refused(change: tuple[str, str]) -> None:
    text = written(protect(row(a=2, b=30, c=12)))
    with pytest.raises(DisclosureError) as refused:
        restored(text.replace(*change))
    assert refused.value.code == "E986"


def test_the_same_tables_are_protected_the_same_way() -> None:
    linked = drawn(5, (5, 6), 6)
    assert written(protect(linked)) == written(protect(linked))


def test_a_step_with_nothing_earlier_says_nothing() -> None:
    linked = replace(row(a=2, b=30, c=12), steps=(StockMove(A, ("before",)),))
    assert protect(linked).cells == protect(row(a=2, b=30, c=12)).cells
