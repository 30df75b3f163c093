"""Where the persons of a genogram stand: generations below one another, couples side by side. No pixels.

Places are counted in steps: one step to the right is a person, one step down a generation.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from kimdesk.casework import relations
from kimdesk.catalogue.relation_rules import RelationRules
from kimdesk.domain.dates import age_on
from kimdesk.domain.household import is_inside
from kimdesk.domain.naming import full_name
from kimdesk.domain.records import CaseFile, Person, Relation
from ui.people.ranks import order, ranks, spread

_SHAPES = {"male": "square", "female": "circle"}  # standard genogram signs; everybody else a diamond


@dataclass(frozen=True, slots=True)
class Node:
    """One person: where she stands and what is shown of her."""

    key: str
    name: str
    words: tuple[str, ...]  # the name in lines
    age: str
    shape: str  # square | circle | diamond
    inside: bool  # belongs to the household
    client: bool
    x: float = 0.0
    row: int = 0


@dataclass(frozen=True, slots=True)
class Couple:
    """Two persons side by side; ``direct`` when nobody stands between them."""

    left: str
    right: str
    kind: str  # partner | separated | parents (of the same child, nothing else is known)
    direct: bool


@dataclass(frozen=True, slots=True)
class Family:
    """Children and the one or two parents they hang from; ``lane`` keeps the lines of a row apart."""

    parents: tuple[str, ...]
    children: tuple[str, ...]
    lane: int = 0


@dataclass(frozen=True, slots=True)
class Thread:
    """Any other relation: siblings whose parents are not known, guardians, grandparents, others."""

    one: str
    other: str
    kind: str


@dataclass(frozen=True, slots=True)
class Genogram:
    """The whole picture."""

    nodes: tuple[Node, ...]
    pairs: tuple[Couple, ...] = ()
    families: tuple[Family, ...] = ()
    threads: tuple[Thread, ...] = ()

    def node(self, key: str) -> Node | None:
        """Return the person ``key``."""
        return next((one for one in self.nodes if one.key == key), None)

    def neighbour(self, key: str, way: str) -> str:
        """Return who is reached from ``key`` by ``way`` (left, right, up, down); "" for nobody.

        Up leads to a parent and down to a child if there is one, otherwise to whoever stands nearest.
        """
        here = self.node(key)
        if here is None:
            return ""
        if way in ("left", "right"):
            row = sorted((one for one in self.nodes if one.row == here.row), key=lambda one: one.x)
            step = row.index(here) + (1 if way == "right" else -1)
            return row[step].key if 0 <= step < len(row) else ""
        return self._above(here) if way == "up" else self._below(here)

    def _above(self, here: Node) -> str:
        kin = {parent for one in self.families if here.key in one.children for parent in one.parents}
        return self._nearest(here, [one for one in self.nodes if one.row < here.row], kin)

    def _below(self, here: Node) -> str:
        kin = {child for one in self.families if here.key in one.parents for child in one.children}
        return self._nearest(here, [one for one in self.nodes if one.row > here.row], kin)

    def _nearest(self, here: Node, others: list[Node], kin: set[str]) -> str:
        wanted = [one for one in others if one.key in kin] or others
        if not wanted:
            return ""
        return min(wanted, key=lambda one: (abs(one.row - here.row), abs(one.x - here.x), one.x)).key


def genogram(rules: RelationRules, file: CaseFile, today: date) -> Genogram:
    """Return the genogram of the persons in ``file``."""
    links = relations.all_of(rules, file)
    known = {person.id for person in file.persons}
    parents = {child: found for child, found in relations.parents_of(links).items() if child in known}
    nodes = {person.id: _node(person, file, today) for person in _by_birth(file.persons)}
    couples = _couples(links, parents)
    up = [(one.person_id, one.other_id, rules.up(one.kind)) for one in links]
    rows = ranks(list(nodes), up, [pair for pair in couples if couples[pair] != "parents"], _start(file))
    lines = order(list(nodes), rows, list(couples), parents, _siblings(links), _start(file))
    places = spread(lines, parents, list(couples))
    nodes = {key: replace(one, x=places[key], row=rows[key]) for key, one in nodes.items()}
    pairs = [_pair(nodes, lines, pair, kind) for pair, kind in couples.items()]
    drawn = [one for one in pairs if one is not None]
    families = _families(parents, nodes)
    shown = _threads(links, parents)
    return Genogram(tuple(nodes.values()), tuple(drawn), families, shown)


def _node(person: Person, file: CaseFile, today: date) -> Node:
    member = next((one for one in file.members if one.person_id == person.id), None)
    client = file.client
    return Node(
        person.id,
        full_name(person) or "–",
        tuple(filter(None, (person.call_name or person.given_names, person.family_name))) or ("–",),
        str(max(0, age_on(person.birth_date, today))) if person.birth_date else "?",
        _SHAPES.get(person.sex, "diamond"),
        member is not None and is_inside(member, today),
        client is not None and client.id == person.id,
    )


def _by_birth(persons: Iterable[Person]) -> list[Person]:
    return sorted(persons, key=lambda one: (one.birth_date.iso() if one.birth_date else "9999", one.id))


def _start(file: CaseFile) -> str:
    if file.client:
        return file.client.id
    return file.persons[0].id if file.persons else ""


def _couples(links: Sequence[Relation], parents: dict[str, list[str]]) -> dict[tuple[str, str], str]:
    """Return couples with what they are to each other; the parents of one child count as such."""
    found: dict[tuple[str, str], str] = {}
    for one in links:
        pair = (min(one.person_id, one.other_id), max(one.person_id, one.other_id))
        if one.kind in ("partner", "separated"):
            found[pair] = "separated" if one.kind == "separated" or one.until else "partner"
    for both in parents.values():
        for left, right in pairwise(sorted(both)):
            found.setdefault((left, right), "parents")
    return found


def _siblings(links: Sequence[Relation]) -> list[tuple[str, str]]:
    return [(one.person_id, one.other_id) for one in links if one.kind == "sibling"]


def _pair(
    nodes: dict[str, Node], lines: Sequence[Sequence[str]], pair: tuple[str, str], kind: str
) -> Couple | None:
    left, right = sorted((nodes[key] for key in pair), key=lambda one: (one.x, one.key))
    line = next(line for line in lines if left.key in line)
    direct = right.key in line and abs(line.index(left.key) - line.index(right.key)) == 1
    return Couple(left.key, right.key, kind, direct) if direct or kind != "parents" else None


def _families(parents: dict[str, list[str]], nodes: dict[str, Node]) -> tuple[Family, ...]:
    grouped: dict[tuple[str, ...], list[str]] = {}
    for child, both in parents.items():
        key = tuple(sorted(both, key=lambda one: nodes[one].x))
        grouped.setdefault(key, []).append(child)
    found = [
        Family(both, tuple(sorted(children, key=lambda one: nodes[one].x)))
        for both, children in grouped.items()
    ]
    return _in_lanes(found, nodes)


def _in_lanes(families: list[Family], nodes: dict[str, Node]) -> tuple[Family, ...]:
    """Give families whose lines would lie on one another different lanes."""
    found: list[Family] = []
    taken: list[tuple[int, int, float, float]] = []  # row, lane, from, to
    for one in sorted(families, key=lambda each: _reach(each, nodes)):
        start, end = _reach(one, nodes)
        row = min(nodes[child].row for child in one.children)
        lane = 0
        while any((row, lane) == (r, n) and start < e and s < end for r, n, s, e in taken):
            lane += 1
        taken.append((row, lane, start, end))
        found.append(replace(one, lane=lane))
    return tuple(found)


def _reach(one: Family, nodes: dict[str, Node]) -> tuple[float, float]:
    places = [nodes[key].x for key in (*one.parents, *one.children)]
    return min(places) - 0.1, max(places) + 0.1


def _threads(links: Sequence[Relation], parents: dict[str, list[str]]) -> tuple[Thread, ...]:
    found: dict[frozenset[str], Thread] = {}
    for one in links:
        shared = set(parents.get(one.person_id, ())) & set(parents.get(one.other_id, ()))
        if one.kind in ("parent", "child", "partner", "separated") or (one.kind == "sibling" and shared):
            continue
        found.setdefault(
            frozenset((one.person_id, one.other_id)), Thread(one.person_id, one.other_id, one.kind)
        )
    return tuple(found.values())
