"""Every table there is that fits what was given out: the slow third way, with no linear programming in it."""

from collections.abc import Iterator, Mapping, Sequence

from kimdesk.disclosure.values import Bound, CellFate, CellKey, Linked, Shown


def possible(
    linked: Linked, shown: Mapping[CellKey, Shown], most: int, threshold: int = 5
) -> tuple[Bound, ...]:
    """Return the range of each hidden cell over all tables whose innermost counts are at most ``most``."""
    totals = {each.total for each in linked.sums}
    inner = [key for key in linked.counts if key not in totals]
    seen: dict[CellKey, tuple[int, int]] = {}
    for table in _tables(linked, shown, inner, {}, most, threshold):
        for key, number in table.items():
            least, greatest = seen.get(key, (number, number))
            seen[key] = min(least, number), max(greatest, number)
    return tuple(Bound(key, *seen[key]) for key in linked.counts if shown[key].number is None)


def _tables(
    linked: Linked,
    shown: Mapping[CellKey, Shown],
    inner: Sequence[CellKey],
    table: dict[CellKey, int],
    most: int,
    threshold: int,
) -> Iterator[dict[CellKey, int]]:
    if not inner:
        yield table
        return
    for number in _may_be(shown[inner[0]], most, threshold):
        grown = _summed(linked, shown, table | {inner[0]: number}, threshold)
        if grown is not None:
            yield from _tables(linked, shown, inner[1:], grown, most, threshold)


def _may_be(cell: Shown, most: int, threshold: int) -> range:
    if cell.number is not None:
        return range(cell.number, cell.number + 1)
    if cell.fate is CellFate.SMALL:
        return range(threshold)
    return range(threshold if cell.fate is CellFate.COVERED else 0, most + 1)


def _summed(
    linked: Linked, shown: Mapping[CellKey, Shown], table: dict[CellKey, int], threshold: int
) -> dict[CellKey, int] | None:
    """Return the table with every total that is known by now, None when one is not what was given out."""
    grown = True
    while grown:
        grown = False
        for each in linked.sums:
            known = [table[part] for part in each.parts if part in table]
            top = _may_be(shown[each.total], 10**6, threshold)
            if sum(known) >= top.stop:
                return None
            if len(known) == len(each.parts):
                if sum(known) not in top or table.get(each.total, sum(known)) != sum(known):
                    return None
                grown |= each.total not in table
                table[each.total] = sum(known)
    return table
