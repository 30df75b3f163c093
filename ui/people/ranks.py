"""Generations, their order and their places: the arithmetic below the genogram."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

_ROUNDS = 12  # there and back, until places stand still
_HALF = 0.5

Pairs = Sequence[tuple[str, str]]
Parents = Mapping[str, Sequence[str]]


def ranks(
    keys: Sequence[str], up: Iterable[tuple[str, str, int]], couples: Pairs, start: str
) -> dict[str, int]:
    """Return the row of each person, the eldest generation in row 0 and no row empty.

    ``up``: the first stands so many generations above the other. Contradictions (a circle) are let be.
    """
    links = [(one, other, by) for one, other, by in up if one in keys and other in keys]
    found: dict[str, int] = {}
    for first in dict.fromkeys([start, *keys]):
        if first in keys and first not in found:
            found[first] = 0
            _reach(first, links, found)
    for _ in keys:
        before = dict(found)
        for one, other, by in links:
            _push_down(found, (one, other) if by > 0 else (other, one), by)
        for one, other in couples:
            found[one] = found[other] = max(found[one], found[other])
        if found == before:
            break
    present = sorted(set(found.values()))
    return {key: present.index(rank) for key, rank in found.items()}


def order(
    keys: Sequence[str],
    rows: Mapping[str, int],
    couples: Pairs,
    parents: Parents,
    siblings: Pairs,
    start: str,
) -> list[list[str]]:
    """Return who stands in each row from left to right; couples and siblings stand together."""
    lines = [[key for key in keys if rows[key] == row] for row in range(max(rows.values(), default=-1) + 1)]
    if not lines:
        return []
    own = rows[start]
    places: dict[str, float] = {}
    lines[own] = _line(lines[own], couples, _first_places(lines[own], parents, siblings, couples, start))
    _note(places, lines[own])
    children = _turned(parents)
    for row in range(own - 1, -1, -1):
        wanted = {key: _mean(children.get(key, ()), places) for key in lines[row]}
        lines[row] = _line(lines[row], couples, wanted)
        _note(places, lines[row])
    for row in range(own + 1, len(lines)):
        wanted = {key: _mean(parents.get(key, ()), places) for key in lines[row]}
        lines[row] = _line(lines[row], couples, wanted)
        _note(places, lines[row])
    return lines


def spread(lines: Sequence[Sequence[str]], parents: Parents, couples: Pairs) -> dict[str, float]:
    """Return a place for everybody: at least one step apart, children below their parents' middle."""
    places = {key: float(number) for line in lines for number, key in enumerate(line)}
    children = _turned(parents)
    for _ in range(_ROUNDS):
        for line in lines[1:]:
            places.update(_apart(line, _below_parents(line, parents, places)))
        for line in reversed(lines[:-1]):
            places.update(_apart(line, _above_children(line, children, couples, places)))
    for line in lines[1:]:
        places.update(_apart(line, _below_parents(line, parents, places)))
    least = min(places.values(), default=0.0)
    return {key: place - least for key, place in places.items()}


def _reach(first: str, links: Sequence[tuple[str, str, int]], found: dict[str, int]) -> None:
    waiting = [first]
    while waiting:
        here = waiting.pop(0)
        for one, other, by in links:
            for near, far, way in ((one, other, by), (other, one, -by)):
                if near == here and far not in found:
                    found[far] = found[here] + way
                    waiting.append(far)


def _push_down(found: dict[str, int], pair: tuple[str, str], by: int) -> None:
    elder, younger = pair
    if by:
        found[younger] = max(found[younger], found[elder] + 1)


def _first_places(
    line: Sequence[str], parents: Parents, siblings: Pairs, couples: Pairs, start: str
) -> dict[str, float]:
    """Return where those of the client's generation would like to stand: siblings left of the client."""
    kin = {one for pair in siblings if start in pair for one in pair}
    kin |= {key for key in line if set(parents.get(key, ())) & set(parents.get(start, ()))}
    wanted = {key: float(number) for number, key in enumerate(line)}
    for key in line:
        wanted[key] += -len(line) if key in kin else 2 * len(line)
    wanted[start] = 0.0
    near = {one for pair in couples if start in pair for one in pair} - {start}
    for key in line:
        shared = any(set(parents.get(key, ())) & set(parents.get(one, ())) for one in near)
        if key not in kin and (shared or any({key, one} == set(pair) for pair in siblings for one in near)):
            wanted[key] = float(len(line))
    return wanted


def _line(line: Sequence[str], couples: Pairs, wanted: Mapping[str, float | None]) -> list[str]:
    """Return ``line`` with couples side by side, otherwise in the order of ``wanted``."""
    chains = _chains(line, couples)
    known = {key: place for key, place in wanted.items() if place is not None}
    turned = []
    for number, chain in enumerate(chains):
        ends = [known.get(chain[0]), known.get(chain[-1])]
        backwards = ends[0] is not None and ends[1] is not None and ends[0] > ends[1]
        here = [known[key] for key in chain if key in known]
        middle = sum(here) / len(here) if here else float(len(line) + number)
        turned.append((middle, number, chain[::-1] if backwards else chain))
    return [key for _, _, chain in sorted(turned) for key in chain]


def _chains(line: Sequence[str], couples: Pairs) -> list[list[str]]:
    near: dict[str, list[str]] = {key: [] for key in line}
    for one, other in couples:
        if one in near and other in near:
            near[one].append(other)
            near[other].append(one)
    found: list[list[str]] = []
    seen: set[str] = set()
    for key in sorted(line, key=lambda each: (len(near[each]) > 1, line.index(each))):
        if key not in seen:
            chain: list[str] = []
            _walk(key, near, seen, chain)
            found.append(chain)
    return found


def _walk(key: str, near: Mapping[str, Sequence[str]], seen: set[str], chain: list[str]) -> None:
    seen.add(key)
    chain.append(key)
    for other in near[key]:
        if other not in seen:
            _walk(other, near, seen, chain)


def _turned(parents: Parents) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for child, both in parents.items():
        for parent in both:
            found.setdefault(parent, []).append(child)
    return found


def _mean(keys: Iterable[str], places: Mapping[str, float]) -> float | None:
    known = [places[key] for key in keys if key in places]
    return sum(known) / len(known) if known else None


def _note(places: dict[str, float], line: Sequence[str]) -> None:
    places.update({key: float(number) for number, key in enumerate(line)})


def _below_parents(line: Sequence[str], parents: Parents, places: Mapping[str, float]) -> dict[str, float]:
    wanted = {key: places[key] for key in line}
    having = [key for key in line if parents.get(key)]
    for both, group in groupby(sorted(having, key=lambda key: (sorted(parents[key]), line.index(key))),
                               key=lambda key: sorted(parents[key])):  # fmt: skip
        middle, children = _mean(both, places), list(group)
        for number, key in enumerate(children):
            if middle is not None:
                wanted[key] = middle + number - (len(children) - 1) * _HALF
    return wanted


def _above_children(
    line: Sequence[str], children: Mapping[str, Sequence[str]], couples: Pairs, places: Mapping[str, float]
) -> dict[str, float]:
    wanted = {key: places[key] for key in line}
    for key in line:
        middle = _mean(children.get(key, ()), places)
        if middle is None:
            continue
        mates = [one for pair in couples if key in pair for one in pair if one != key and one in line]
        sharing = [one for one in mates if set(children.get(one, ())) & set(children[key])]
        side = line.index(key) - line.index(sharing[0]) if sharing else 0
        wanted[key] = middle + (_HALF if side > 0 else -_HALF if side < 0 else 0.0)
    return wanted


def _apart(line: Sequence[str], wanted: Mapping[str, float]) -> dict[str, float]:
    """Return the places nearest to ``wanted`` that keep the order and one step between any two."""
    blocks: list[list[float]] = []  # sum of what is wanted less its number, how many
    for number, key in enumerate(line):
        blocks.append([wanted[key] - number, 1.0])
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] > blocks[-1][0] / blocks[-1][1]:
            last = blocks.pop()
            blocks[-1] = [blocks[-1][0] + last[0], blocks[-1][1] + last[1]]
    starts = [block[0] / block[1] for block in blocks for _ in range(int(block[1]))]
    return {key: starts[number] + number for number, key in enumerate(line)}
