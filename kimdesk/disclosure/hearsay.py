"""All that was ever given out, put together as an attacker would: one number for each key."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from kimdesk.disclosure.reckoning import Equation, Reckoner, Row, Span, apart, plain
from kimdesk.disclosure.values import Bound, CellFate, CellKey, Linked, ProtectedTables, Shown, StockMove, Sum

_ANYTHING: Final[Span] = (0, None)

Earlier = Sequence[ProtectedTables]


def conclude(
    linked: Linked,
    released: Mapping[CellKey, Shown],
    threshold: int,
    earlier: Earlier,
    wanted: Collection[CellKey],
) -> tuple[Bound, ...]:
    """Return the range of everything that is not told; exact for those ``wanted``."""
    spans = _spans(linked, released, threshold, earlier)
    own = set(_rows(linked.sums, linked.steps, spans))
    foreign = {row for each in earlier for row in _rows(each.sums, each.steps, spans)} - own
    rows = [*sorted(own), *_still_true(sorted(foreign), spans, linked.counts)]
    return Reckoner(spans, rows).bounds(wanted)


def _rows(sums: Iterable[Sum], steps: Iterable[StockMove], known: Collection[CellKey]) -> Iterator[Row]:
    for each in sums:
        yield ((each.total, -1), *((part, 1) for part in each.parts))
    for step in steps:
        if step.entered and step.left and step.before in known:
            yield (step.now, -1), (step.before, 1), (step.entered, 1), (step.left, -1)


def _spans(
    linked: Linked, released: Mapping[CellKey, Shown], threshold: int, earlier: Earlier
) -> dict[CellKey, Span]:
    """Return what is told of each cell. What an earlier release said and is no longer so says nothing."""
    newest = {
        key: cell.number
        for release in earlier
        for key, cell in release.cells.items()
        if cell.number is not None
    }
    truth = newest | dict(linked.counts)
    spans: dict[CellKey, Span] = {}
    kept = {(each.key, release.cells.get(each.key)) for release in earlier for each in release.proof.guards}
    for release in earlier:
        for key, cell in release.cells.items():
            told = _told(cell, threshold, kept=(key, cell) in kept)
            is_so = key not in truth or _within(truth[key], told)
            spans[key] = _both(spans.get(key, _ANYTHING), told if is_so else _ANYTHING)
    for key, cell in released.items():
        told = _told(cell, threshold, kept=cell.number != linked.counts[key] or (key, cell) in kept)
        spans[key] = _both(spans.get(key, _ANYTHING), told)
    return spans


def _told(cell: Shown, threshold: int, *, kept: bool) -> Span:
    """Return in which range the cell is by what is told of it; a number that was ever kept is near."""
    if cell.number is not None:
        near = threshold - 1 if kept else 0
        return max(0, cell.number - near), cell.number + near
    if cell.fate is CellFate.SMALL:
        return 0, threshold - 1
    return (threshold, None) if cell.fate is CellFate.COVERED else _ANYTHING


def _within(number: int, span: Span) -> bool:
    return span[0] <= number and (span[1] is None or number <= span[1])


def _both(one: Span, other: Span) -> Span:
    """Return what both say; where they contradict each other, what the later one says."""
    ends = [each[1] for each in (one, other) if each[1] is not None]
    least, most = max(one[0], other[0]), min(ends, default=None)
    return other if most is not None and most < least else (least, most)


def _still_true(
    foreign: Sequence[Row], spans: Mapping[CellKey, Span], counts: Mapping[CellKey, int]
) -> list[Row]:
    """Return the equations of earlier releases that fit the counts as they are now."""
    fixed = dict(spans) | {key: (count, count) for key, count in counts.items()}
    alike: dict[Equation, list[Row]] = {}
    for row in foreign:
        alike.setdefault(plain(row, fixed), []).append(row)
    kept = [row for (left, right), rows in alike.items() if not left and not right for row in rows]
    for _, equations in apart(alike, [key for key, (least, most) in fixed.items() if least != most]):
        rows = [row for equation in equations for row in alike[equation]]
        if Reckoner({key: fixed[key] for row in rows for key, _ in row}, rows).is_possible():
            kept += rows
    return kept
