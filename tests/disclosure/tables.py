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


def grouped(linked: Linked, name: str, groups: Mapping[str, Sequence[str]]) -> Linked:
    """Return a table of two axes with a level between: groups of the first, for each code of the other."""
    counts, sums = dict(linked.counts), list(linked.sums)
    for code in sorted({key[2] for key in linked.counts}):
        for group, members in groups.items():
            parts = tuple((name, member, code) for member in members)
            counts[name, group, code] = sum(counts[part] for part in parts)
            sums.append(Sum((name, group, code), parts))
        sums.append(Sum((name, ALL, code), tuple((name, group, code) for group in groups)))
    return Linked(counts, tuple(sums))


def random_release(seed: int) -> Linked:
    """Return what a report could hold: a table of one to three axes, one with a level between, or two that
    share the counts of places.
    """
    random = Random(seed)
    kind, mean = random.randrange(4), random.choice([1.0, 3.0, 8.0, 20.0])
    if kind == 0:
        return drawn(seed, [random.randint(2, 3) for _ in range(3)], mean)
    if kind == 1:
        places = [f"{place:02}" for place in range(random.randint(4, 6))]
        one = drawn(seed, [len(places), random.randint(2, 3)], mean)
        return grouped(one, "t", {"north": places[:2], "south": places[2:]})
    if kind == 2:
        return drawn(seed, [random.randint(2, 5) for _ in range(random.randint(1, 2))], mean)
    return _two(random, mean)


def _two(random: Random, mean: float) -> Linked:
    """Two breakdowns of the same cases by place."""
    places, one, other = range(random.randint(2, 4)), range(random.randint(2, 3)), range(random.randint(2, 3))
    cases = [
        (place, random.choice(one), random.choice(other))
        for place in places
        for _ in range(int(random.expovariate(1 / (4 * mean))))
    ]
    counts: dict[CellKey, int] = {}
    sums: list[Sum] = []
    for axis, codes in ((1, one), (2, other)):
        inner: dict[tuple[str, ...], int] = {
            (str(place), f"{axis}{code}"): 0 for place in places for code in codes
        }
        for case in cases:
            inner[str(case[0]), f"{axis}{case[axis]}"] += 1
        found = table("t", inner)
        counts |= found.counts
        sums += found.sums
    return Linked(counts, tuple(dict.fromkeys(sums)))
