"""What somebody can conclude who has every release in hand and can add up; shares no code with what hides.

The attacker knows all sums and steps, that counts are whole numbers not below nought, every number given
out, and that SMALL is below the threshold and COVERED is not. Of an earlier release he takes for certain
whatever is still true; of a number that was kept although its count moved he knows that it is near.
"""

from collections.abc import Iterator, Mapping, Sequence

from kimdesk.disclosure.hearsay import conclude
from kimdesk.disclosure.values import (
    THRESHOLD,
    Bound,
    CellFate,
    CellKey,
    Linked,
    ProtectedTables,
    Shown,
)
from kimdesk.domain.errors import DisclosureError

Released = Mapping[CellKey, Shown]
Earlier = Sequence[ProtectedTables]

_MAY_BE_SMALL = (CellFate.SMALL, CellFate.HIDDEN)


class UnprotectedError(DisclosureError):
    """E982: of these cells something can be reckoned that must not be."""

    def __init__(self, keys: Sequence[CellKey]) -> None:
        super().__init__("E982", cells=len(keys))
        self.keys = tuple(keys)


def audit(
    linked: Linked, released: Released, *, threshold: int = THRESHOLD, earlier: Earlier = ()
) -> tuple[Bound, ...]:
    """Return in which range each hidden cell can be put, those of earlier releases (oldest first) too."""
    needed = guards(linked, released, threshold=threshold, earlier=earlier)
    return conclude(linked, released, threshold, earlier, frozenset(each.key for each in needed))


def guards(
    linked: Linked, released: Released, *, threshold: int = THRESHOLD, earlier: Earlier = ()
) -> tuple[Bound, ...]:
    """Return what nobody may be able to rule out.

    Of a small count anything from none to just below the threshold; of one from few cases as much more; of a
    count that has moved by less than the threshold, the number told before; of a count that may have been
    small before and is not yet far from it, that it still is; of a cell that was hidden in an earlier release
    whatever was guarded then, if it is still so.
    """
    found: dict[CellKey, Bound] = {}
    for release in earlier:
        for each in release.proof.guards:
            count, told = linked.counts.get(each.key), release.cells.get(each.key)
            is_so = count is None or each.holds(Bound(each.key, count, count))
            if is_so and (count is None or told is None or told.number is None):
                found[each.key] = each
    for key, cell in released.items():
        span = _guarded(linked, key, cell, before(linked, key, earlier), threshold)
        if span:
            found[key] = Bound(key, *span)
    return tuple(found.values())


def verify(
    linked: Linked, released: Released, *, threshold: int = THRESHOLD, earlier: Earlier = ()
) -> tuple[Bound, ...]:
    """Return the bounds of all hidden cells.

    Raises:
        DisclosureError: the sums are none (E984); a cell says what is not so or may not be said (E981); of
            cells something can be reckoned that must not be (``UnprotectedError``, E982).
    """
    if any(
        linked.counts[each.total] != sum(map(linked.counts.__getitem__, each.parts)) for each in linked.sums
    ):
        raise DisclosureError("E984")
    if linked.counts.keys() != released.keys() or any(_mistold(linked, released, threshold, earlier)):
        raise DisclosureError("E981")
    bounds = audit(linked, released, threshold=threshold, earlier=earlier)
    bare = unprotected(guards(linked, released, threshold=threshold, earlier=earlier), bounds)
    if bare:
        raise UnprotectedError(bare)
    return bounds


def unprotected(needed: Sequence[Bound], bounds: Sequence[Bound]) -> tuple[CellKey, ...]:
    """Return the cells of which something can be ruled out that must not be."""
    found = {each.key: each for each in bounds}
    return tuple(each.key for each in needed if not found[each.key].holds(each))


def before(linked: Linked, key: CellKey, earlier: Earlier) -> Shown | None:
    """Return how a count, or the stock it has come from, was given out the last time; as COVERED if it ever
    was, since then it is known not to be small.
    """
    names = (key, *(step.before for step in linked.steps if step.now == key))
    told = (release.cells[name] for release in reversed(earlier) for name in names if name in release.cells)
    last = next(told, None)
    covered = any(each.cells.get(key) == Shown(CellFate.COVERED) for each in earlier)
    return Shown(CellFate.COVERED) if covered and last is not None and last.number is None else last


def _guarded(
    linked: Linked, key: CellKey, cell: Shown, last: Shown | None, threshold: int
) -> tuple[int, int] | None:
    count = linked.counts[key]
    if cell.number is None and count < threshold:
        return 0, threshold - 1
    if cell.number is None and key in linked.few:
        return count, count + threshold - 1
    if cell.number is None and _is_close(count, last, threshold):
        return threshold - 1, count
    steady = _steady(count, None if key in linked.open_cells else last, threshold)
    return (min(steady, count), max(steady, count)) if steady != count else None


def _is_close(count: int, last: Shown | None, threshold: int) -> bool:
    """Return whether a count that may have been small is not far from it."""
    return last is not None and last.fate in _MAY_BE_SMALL and count < 2 * threshold - 1


def _mistold(linked: Linked, released: Released, threshold: int, earlier: Earlier) -> Iterator[bool]:
    for key, cell in released.items():
        count, is_open = linked.counts[key], key in linked.open_cells
        if cell.fate is CellFate.SHOWN:
            last = before(linked, key, earlier)
            small = count < threshold or key in linked.few or _is_close(count, last, threshold)
            yield cell.number != _steady(count, None if is_open else last, threshold)
            yield small and not is_open
        else:
            yield is_open or cell.number is not None
            yield cell.fate is CellFate.SMALL and count >= threshold
            yield cell.fate is CellFate.COVERED and count < threshold


def _steady(count: int, last: Shown | None, threshold: int) -> int:
    """Return the number that is given out: the last one until the count has moved by the threshold."""
    if last is None or last.number is None or abs(last.number - count) >= threshold:
        return count
    return last.number
