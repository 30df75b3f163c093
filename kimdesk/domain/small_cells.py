"""Figures in which nobody can be found: what of a table of counts is given out (DOMAIN.md §9).

A small count and none at all are never told apart: whatever is given out, and whoever knows this rule and the
total, every hidden count below the threshold may still be anything from none to just below it.

* Counts below the threshold are hidden, "none" like the others; a table names all its codes.
* Where the total is known, what is hidden adds up to a known sum. It is given out only if every small count
  could still be anything; else a further count is hidden with them. Which one never follows from the counts,
  or the choice would tell: first one that was hidden before, then the last of the table.
* Over time a count keeps its value until it has moved by the threshold, and one that was hidden comes back
  when it has moved that far from being small. Two releases compared tell of nobody's coming or going.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

THRESHOLD: Final = 5
"""Counts below this are never given out."""

Given = Mapping[str, int | None]
"""Counts by code as they are given out, None where one is hidden."""


def suppress(
    counts: Mapping[str, int], before: Given, *, threshold: int = THRESHOLD, known_total: bool = True
) -> dict[str, int | None]:
    """Return what of ``counts`` is given out; ``before`` is what was given out of them the last time.

    ``known_total``: others can know how many there are in all, from another table or otherwise.
    """
    floors = {code: _floor(code, before, threshold) for code in counts}
    hidden = [code for code, number in counts.items() if number < floors[code]]
    if known_total and hidden and not _any_fits(counts, hidden, floors, threshold):
        hidden += _covering(counts, hidden, floors, before, threshold)
    return {
        code: None if code in hidden else _steady(number, before.get(code), threshold)
        for code, number in counts.items()
    }


def _floor(code: str, before: Given, threshold: int) -> int:
    """Return from which number on a count is no small one; hidden ones come back later."""
    return 2 * threshold - 1 if code in before and before[code] is None else threshold


def _any_fits(
    counts: Mapping[str, int], small: Collection[str], floors: Mapping[str, int], threshold: int
) -> bool:
    """Return whether small counts of a known sum can each be anything, whatever made it up."""
    most = [floors[code] - 1 for code in small]
    return 2 * threshold - 1 <= sum(counts[code] for code in small) <= sum(most) - max(most)


def _covering(
    counts: Mapping[str, int],
    small: Collection[str],
    floors: Mapping[str, int],
    before: Given,
    threshold: int,
) -> list[str]:
    """Return which counts are hidden with the small ones; the last of them can stand for any of these."""
    total, chosen = sum(counts[code] for code in small), []
    for code in _order([code for code in counts if code not in small], before):
        chosen.append(code)
        total += counts[code]
        if total >= floors[code] + threshold - 1:
            break
    return chosen


def _order(codes: Sequence[str], before: Given) -> list[str]:
    from_last = list(reversed(codes))
    known = [code for code in from_last if code in before and before[code] is None]
    return known + [code for code in from_last if code not in known]


def _steady(number: int, before: int | None, threshold: int) -> int:
    return before if before is not None and abs(number - before) < threshold else number
