"""What is given out of a table of counts, looked at by somebody who wants to find a person in it.

The auditor knows the total and everything that was given out, tries every table of whole numbers there is,
and shares no code with the rule. The stronger one knows the rule as well: it asks which tables would have
been given out the same.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from kimdesk.domain.small_cells import Given, suppress

SMALL = range(5)
tables = st.lists(st.one_of(st.integers(0, 4), st.integers(0, 14)), min_size=2, max_size=4).map(
    lambda numbers: dict(zip("abcd", numbers, strict=False))
)
HALF_HIDDEN = {"a": None, "b": 12, "c": None}


def all_tables(total: int, codes: int) -> Iterator[tuple[int, ...]]:
    """Yield every way to make ``total`` of ``codes`` numbers."""
    if codes == 1:
        yield (total,)
        return
    for number in range(total + 1):
        for rest in all_tables(total - number, codes - 1):
            yield (number, *rest)


def possible(counts: Mapping[str, int], shown: Given, fresh: frozenset[str]) -> dict[str, set[int]]:
    """Return what each hidden count can be for somebody who knows the total and can add up.

    ``fresh`` are the codes whose number is known to be exact; others may have moved by less than five.
    """
    found: dict[str, set[int]] = {code: set() for code in shown if shown[code] is None}
    for numbers in all_tables(sum(counts.values()), len(counts)):
        table = dict(zip(counts, numbers, strict=True))
        if all(_agrees(table[code], number, code in fresh) for code, number in shown.items()):
            for code, values in found.items():
                values.add(table[code])
    return found


def _agrees(number: int, told: int | None, exact: bool) -> bool:
    return told is None or number == told or (not exact and abs(number - told) < 5 and number >= 5)


@cache
def same_output(
    total: int, codes: str, before: tuple[tuple[str, int | None], ...]
) -> dict[object, list[dict[str, int]]]:
    """Return all tables of a total by what the rule gives out of them."""
    found: dict[object, list[dict[str, int]]] = {}
    for numbers in all_tables(total, len(codes)):
        table = dict(zip(codes, numbers, strict=True))
        found.setdefault(tuple(suppress(table, dict(before)).items()), []).append(table)
    return found


def small(counts: Mapping[str, int], shown: Given) -> list[str]:
    return [code for code, number in counts.items() if number < 5 and shown[code] is None]


@settings(max_examples=400, deadline=None)
@given(tables.filter(lambda each: sum(each.values()) >= 5))
def test_whoever_adds_up_cannot_tell_a_small_count_from_none(counts: dict[str, int]) -> None:
    shown = suppress(counts, {})
    found = possible(counts, shown, frozenset(counts))
    for code in small(counts, shown):
        assert set(SMALL) <= found[code]


@settings(max_examples=300, deadline=None)
@given(tables.filter(lambda each: 5 <= sum(each.values()) <= 24))
def test_whoever_knows_the_rule_as_well_cannot_either(counts: dict[str, int]) -> None:
    shown = suppress(counts, {})
    alike = same_output(sum(counts.values()), "".join(counts), ())[tuple(shown.items())]
    for code in small(counts, shown):
        assert set(SMALL) <= {table[code] for table in alike}


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=2, max_size=5).filter(
        lambda each: all(5 <= sum(numbers) <= 24 for numbers in each)
    )
)
def test_a_row_of_releases_tells_no_more(series: list[list[int]]) -> None:
    """Each release, with all before it in hand, by somebody who knows the rule and each total."""
    before: dict[str, int | None] = {}
    for numbers in series:
        counts = dict(zip("abc", numbers, strict=True))
        shown = suppress(counts, before)
        alike = same_output(sum(numbers), "abc", tuple(before.items()))[tuple(shown.items())]
        fresh = frozenset(code for code in counts if before.get(code) is None or shown[code] != before[code])
        added = possible(counts, shown, fresh)
        for code in small(counts, shown):
            assert set(SMALL) <= {table[code] for table in alike}
            assert set(SMALL) <= added[code]
        before = shown


@settings(max_examples=300, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=3, max_size=3), st.lists(st.sampled_from("abc"), max_size=12))
def test_nobody_s_coming_is_seen(numbers: list[int], coming: list[str]) -> None:
    """People come one at a time, and after each a release is given out."""
    counts = dict(zip("abc", numbers, strict=True))
    releases = [suppress(counts, {})]
    for code in coming:
        counts = {**counts, code: counts[code] + 1}
        releases.append(suppress(counts, releases[-1]))
    for earlier, later in pairwise(releases):
        for code in counts:
            one, other = earlier[code], later[code]
            assert one is None or other is None or one == other or abs(one - other) >= 5
            assert one is not None or other is None or other >= 9, "from anything small it is far"


@given(tables, tables)
def test_no_small_count_is_shown(counts: dict[str, int], earlier: dict[str, int]) -> None:
    shown = suppress(counts, suppress(earlier, {}))
    assert shown.keys() == counts.keys()
    for code, number in counts.items():
        assert number >= 5 or shown[code] is None
        assert (shown[code] or 5) >= 5


def test_none_at_all_is_hidden_like_a_few() -> None:
    known = {"active": 40, "closed": 0}
    assert suppress(known, {}, known_total=False) == {"active": 40, "closed": None}
    assert suppress(known | {"closed": 3}, {}, known_total=False) == {"active": 40, "closed": None}
    assert suppress(known, {}) == {"active": None, "closed": None}


def test_what_was_hidden_with_a_small_count_is_hidden_again() -> None:
    assert suppress({"a": 30, "b": 20, "c": 2}, {}) == {"a": 30, "b": None, "c": None}
    assert suppress({"a": 30, "b": 20, "c": 2}, {"a": None, "b": 20, "c": None}) == {
        "a": None,
        "b": 20,
        "c": None,
    }


def test_large_counts_are_all_given_out() -> None:
    assert suppress({"a": 30, "b": 9, "c": 5}, {}) == {"a": 30, "b": 9, "c": 5}
    assert suppress({"a": 30, "b": 9, "c": 12}, HALF_HIDDEN) == {"a": 30, "b": 12, "c": 12}


def test_another_threshold_is_kept_as_well() -> None:
    assert suppress({"a": 30, "b": 9, "c": 2}, {}, threshold=3) == {"a": 30, "b": None, "c": None}
    assert suppress({"a": 30, "b": 3}, {}, threshold=3) == {"a": 30, "b": 3}
