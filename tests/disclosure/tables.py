"""Tables to protect: made of their innermost counts, with every margin."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from random import Random

from kimdesk.disclosure.values import CellKey, Linked, Sum

ALL = ""


def table(name: str, inner: Mapping[tuple[str, ...], int], *, also: Sequence[Sum] = ()) -> Linked:
    """Return a table by its innermost counts, with every margin along each of its axes."""
    axes = [sorted({codes[axis] for codes in inner}) for axis in range(len(next(iter(inner))))]
    counts: dict[CellKey, int] = {}
    for codes in product(*([*axis, ALL] for axis in axes)):
        among = (
            number
            for own, number in inner.items()
            if all(code in (ALL, mine) for code, mine in zip(codes, own, strict=True))
        )
        counts[name, *codes] = sum(among)
    return Linked(counts, (*_margins(name, axes), *also))


def _margins(name: str, axes: Sequence[Sequence[str]]) -> Iterator[Sum]:
    for along, axis in enumerate(axes):
        others = [[*each, ALL] for each in axes]
        for codes in product(*others[:along], [ALL], *others[along + 1 :]):
            parts = ((name, *codes[:along], code, *codes[along + 1 :]) for code in axis)
            yield Sum((name, *codes), tuple(parts))


def drawn(seed: int, shape: Sequence[int], mean: float, name: str = "t") -> Linked:
    """Return a table of that shape as they are met: a few large rows, many small ones."""
    random = Random(seed)
    weights = [[random.gammavariate(1.5, 1.0) for _ in range(size)] for size in shape]
    inner: dict[tuple[str, ...], int] = {}
    for places in product(*map(range, shape)):
        expected = mean
        for axis, place in enumerate(places):
            expected *= weights[axis][place] / 1.5
        inner[tuple(f"{place:02}" for place in places)] = int(random.expovariate(1.0 / max(expected, 0.01)))
    return table(name, inner)


def joined(*tables: Linked) -> Linked:
    """Return tables as those of one release; what shares a key must be the same count."""
    counts: dict[CellKey, int] = {}
    for each in tables:
        assert all(counts.get(key, number) == number for key, number in each.counts.items())
        counts |= each.counts
    return Linked(counts, tuple(dict.fromkeys(row for each in tables for row in each.sums)))
