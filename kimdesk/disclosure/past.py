"""What earlier releases mean for whoever hides: what they said of each cell, and numbers that fit it all."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from kimdesk.disclosure.solver import solver
from kimdesk.disclosure.values import CellFate, CellKey, Linked, ProtectedTables, Shown, StockMove, Sum

Line = tuple[tuple[CellKey, int], ...]
"""Cells times coefficients add up to nought."""

Range = tuple[int, int]

ENDLESS: Final = 10**7
ANYTHING: Final[Range] = (0, ENDLESS)


class Past:
    """Earlier releases (oldest first) as seen from the counts of today."""

    def __init__(self, linked: Linked, threshold: int, earlier: Sequence[ProtectedTables]) -> None:
        self._linked, self._threshold, self._earlier = linked, threshold, earlier

    def last(self, key: CellKey) -> Shown | None:
        """Return how this count, or the stock from which it came, was given out the last time."""
        names = [key, *self._origins.get(key, ())]
        for release in reversed(self._earlier):
            for name in names:
                if name in release.cells:
                    cell = release.cells[name]
                    known = cell.number is None and self.told.get(key, ANYTHING)[0] >= self._threshold
                    return Shown(CellFate.COVERED) if known else cell
        return None

    @cached_property
    def told(self) -> Mapping[CellKey, Range]:
        """Between what each cell lies by all that was said of it and may still hold; a later word outdoes an
        earlier one that it contradicts.
        """
        found: dict[CellKey, Range] = {}
        for release in reversed(self._earlier):
            for key, cell in release.cells.items():
                said = self._said(cell, exactly=(key, cell.number) not in self.kept)
                count, (least, most) = self._linked.counts.get(key), found.get(key, ANYTHING)
                both = max(said[0], least), min(said[1], most)
                fits = both[0] <= both[1] if count is None else said[0] <= count <= said[1]
                found[key] = both if fits else (least, most)
        return found

    @cached_property
    def kept(self) -> frozenset[tuple[CellKey, int | None]]:
        """Numbers that were once told again although the count had moved a little: they are only near."""
        return frozenset(
            (each.key, release.cells[each.key].number)
            for release in self._earlier
            for each in release.proof.guards
            if each.key in release.cells and release.cells[each.key].number is not None
        )

    @cached_property
    def guards(self) -> Mapping[CellKey, Range]:
        """What nobody may be able to rule out since an earlier release, as far as it is still so."""
        found = {
            each.key: (each.least, ENDLESS if each.most is None else each.most)
            for release in self._earlier
            for each in release.proof.guards
        }
        counts = self._linked.counts
        return {key: span for key, span in found.items() if span[0] <= counts.get(key, span[0]) <= span[1]}

    @cached_property
    def numbers(self) -> Mapping[CellKey, int]:
        """Today's counts, and for every other cell of an earlier release a number that it could be."""
        return self._fitted[0]

    @cached_property
    def lines(self) -> Sequence[Line]:
        """All sums and steps that these numbers keep."""
        return self._fitted[1]

    @cached_property
    def _origins(self) -> dict[CellKey, list[CellKey]]:
        found: dict[CellKey, list[CellKey]] = {}
        for step in self._linked.steps:
            found.setdefault(step.now, []).append(step.before)
        return found

    def _said(self, cell: Shown, *, exactly: bool) -> Range:
        near = 0 if exactly else self._threshold - 1
        if cell.number is not None:
            return max(0, cell.number - near), cell.number + near
        if cell.fate is CellFate.SMALL:
            return 0, self._threshold - 1
        return (self._threshold, ENDLESS) if cell.fate is CellFate.COVERED else ANYTHING

    @cached_property
    def _fitted(self) -> tuple[dict[CellKey, int], list[Line]]:
        numbers = dict(self._linked.counts)
        known = numbers.keys() | self.told.keys()
        lines = list(dict.fromkeys(self._lines(self._linked.sums, self._linked.steps, known)))
        for release in self._earlier:
            lines += self._lines(release.sums, release.steps, known)
        lines = list(dict.fromkeys(lines))
        unknown = {key: span for key, span in self.told.items() if key not in numbers}
        if unknown:
            numbers |= _fit(unknown, lines, numbers)
        return numbers, [line for line in lines if not sum(times * numbers[key] for key, times in line)]

    @staticmethod
    def _lines(sums: Iterable[Sum], steps: Iterable[StockMove], known: Iterable[CellKey]) -> Iterator[Line]:
        for each in sums:
            yield ((each.total, -1), *((part, 1) for part in each.parts))
        for step in steps:
            if step.entered and step.left and step.before in known:
                yield (step.now, -1), (step.before, 1), (step.entered, 1), (step.left, -1)


def _fit(
    unknown: Mapping[CellKey, Range], lines: Sequence[Line], known: Mapping[CellKey, int]
) -> dict[CellKey, int]:
    """Return numbers within their ranges that keep as many of the equations as they can."""
    import highspy

    program, column = solver(mip_max_nodes=1000), {key: at for at, key in enumerate(unknown)}
    for span in unknown.values():
        program.addVar(*map(float, span))
    program.changeColsIntegrality(
        len(column), list(range(len(column))), [highspy.HighsVarType.kInteger] * len(column)
    )
    for line in lines:
        terms = [(column[key], float(times)) for key, times in line if key in column]
        if terms:
            slack = program.getNumCol()
            for _ in range(2):
                program.addVar(0.0, highspy.kHighsInf)
            program.changeColCost(slack, 1.0)
            program.changeColCost(slack + 1, 1.0)
            right = -float(sum(times * known[key] for key, times in line if key in known))
            terms += [(slack, 1.0), (slack + 1, -1.0)]
            program.addRow(right, right, len(terms), [at for at, _ in terms], [times for _, times in terms])
    program.run()
    values = program.getSolution().col_value
    return {key: round(values[at]) for key, at in column.items()}
