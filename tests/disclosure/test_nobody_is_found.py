"""Random releases by the hundred, looked at in three ways that share no code: what hides, the auditor, and
every table there is. The ordinary run is the same each time; ``make torture`` draws others, more and larger.
"""

from collections.abc import Mapping
from itertools import combinations
from math import comb
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kimdesk.disclosure.auditor import UnprotectedError, audit, verify
from kimdesk.disclosure.protect import Effort, protect
from kimdesk.disclosure.values import Bound, CellFate, CellKey, Linked, Shown, Sum
from kimdesk.domain.errors import DisclosureError
from tests.disclosure.enumerating import possible
from tests.disclosure.tables import drawn, random_release

SMALL = 5
QUICK = Effort(rounds=3, nodes=10, looks=20_000)


def nobody_is_found(linked: Linked, shown: Mapping[CellKey, Shown]) -> None:
    bounds = {each.key: each for each in audit(linked, shown)}
    for key, count in linked.counts.items():
        if count < SMALL:
            assert shown[key].number is None
            assert bounds[key].holds(Bound(key, 0, SMALL - 1))
        else:
            assert shown[key].number in (None, count)


@settings(max_examples=500, deadline=None, derandomize=True, database=None)
@given(st.integers(0, 10**9))
def test_no_hidden_cell_can_be_bounded_to_less_than_anything_small(seed: int) -> None:
    linked = random_release(seed)
    nobody_is_found(linked, protect(linked, effort=QUICK).cells)


@pytest.mark.parametrize("seed", range(40))
def test_the_auditor_finds_what_trying_every_table_finds(seed: int) -> None:
    linked = drawn(seed, [(4,), (2, 2), (2, 3), (3, 2)][seed % 4], [1.0, 2.0, 3.0][seed % 3])
    cells = dict(protect(linked, effort=QUICK).cells)
    if seed % 2:  # a release with a hole, too
        covered = [key for key, cell in cells.items() if cell.fate is CellFate.COVERED]
        cells |= {key: Shown(CellFate.SHOWN, linked.counts[key]) for key in covered[:1]}
    totals = {each.total for each in linked.sums}
    most = 2 * SMALL + max(count for key, count in linked.counts.items() if key not in totals)
    reckoned = {each.key: each for each in audit(linked, cells)}
    for tried in possible(linked, cells, most):
        found = reckoned[tried.key]
        assert found.holds(tried)
        if cells[tried.key].fate is CellFate.SMALL:
            assert (tried.least, tried.most) == (found.least, found.most)


@pytest.mark.parametrize("seed", range(21))
def test_little_more_is_hidden_than_must_be(seed: int) -> None:
    """Every choice of further cells is tried, the fewest first, where that comes to an end."""
    linked = drawn(seed + 100, [(5,), (3, 2), (3, 3)][seed % 3], [2.0, 5.0, 9.0][seed % 3])
    shown = protect(linked).cells
    hidden = [key for key, cell in shown.items() if cell.number is None]
    if all(cell.fate is not CellFate.HIDDEN for cell in shown.values()):
        assert len(hidden) <= 1.3 * fewest(linked, len(hidden))


def fewest(linked: Linked, most: int) -> int:
    """Return how many cells are hidden at least, or a smaller number when there are too many choices."""
    small = [key for key, count in linked.counts.items() if count < SMALL]
    large = [key for key, count in linked.counts.items() if count >= SMALL]
    for more in range(most - len(small)):
        if comb(len(large), more) > 200:
            return len(small) + more
        for chosen in combinations(large, more):
            if is_enough(linked, small, chosen):
                return len(small) + more
    return most


@pytest.mark.parametrize("seed", range(8))
def test_little_more_is_hidden_than_the_whole_number_program_hides_that_runs_to_its_end(seed: int) -> None:
    linked = drawn(seed, (4, 5), 6.0)
    hidden, least = (
        sum(cell.number is None for cell in protect(linked, effort=effort).cells.values())
        for effort in (Effort(), Effort(rounds=1000, nodes=10**6, looks=10**9))
    )
    assert hidden <= 1.3 * least


def is_enough(linked: Linked, small: list[CellKey], covered: tuple[CellKey, ...]) -> bool:
    cells = {key: Shown(CellFate.SHOWN, count) for key, count in linked.counts.items()}
    cells |= dict.fromkeys(small, Shown(CellFate.SMALL)) | dict.fromkeys(covered, Shown(CellFate.COVERED))
    try:
        verify(linked, cells)
    except DisclosureError:
        return False
    return True


def test_no_covered_cell_could_be_shown_and_the_auditor_says_so() -> None:
    """Whatever of it is left out, by whatever fault: the auditor sees it."""
    tried = 0
    for seed in range(20):
        linked = random_release(seed)
        cells = protect(linked, effort=QUICK).cells
        for key, cell in cells.items():
            if cell.fate is CellFate.COVERED:
                tried += 1
                with pytest.raises(UnprotectedError):
                    verify(linked, {**cells, key: Shown(CellFate.SHOWN, linked.counts[key])})
    assert tried > 40


@pytest.mark.parametrize("seed", range(8))
def test_cells_that_stay_open_or_come_from_few_cases(seed: int) -> None:
    linked, random = drawn(seed, (4, 4), 9.0), Random(seed)
    large = [key for key, count in linked.counts.items() if count >= SMALL]
    few, open_cells = frozenset(random.sample(large, 1)), frozenset(random.sample(large, 2))
    linked = Linked(linked.counts, linked.sums, open_cells - few, few)
    shown = protect(linked, effort=QUICK).cells
    nobody_is_found(linked, shown)
    assert all(shown[key].number is None for key in few)
    assert all(shown[key].number == linked.counts[key] for key in linked.open_cells)


def renamed(linked: Linked, name: str) -> Linked:
    def new(key: CellKey) -> CellKey:
        return name, *key[1:]

    sums = tuple(Sum(new(each.total), tuple(map(new, each.parts))) for each in linked.sums)
    return Linked({new(key): count for key, count in linked.counts.items()}, sums)


def test_the_same_counts_under_two_names_tell_of_each_other_unless_the_names_are_joined() -> None:
    leaks = 0
    for seed in range(15):
        one, other = drawn(seed, (4, 3), 6.0), renamed(drawn(seed, (4, 3), 6.0), "u")
        other = Linked(other.counts, tuple(each for each in other.sums if each.total[2] == ""))
        same = tuple(Sum(("u", *key[1:]), (key,)) for key in one.counts)
        both = Linked({**one.counts, **other.counts}, (*one.sums, *other.sums, *same))
        nobody_is_found(both, protect(both, effort=QUICK).cells)
        cells = {**protect(one, effort=QUICK).cells, **protect(other, effort=QUICK).cells}
        try:
            verify(both, cells)
        except UnprotectedError:
            leaks += 1
    assert leaks > 2
