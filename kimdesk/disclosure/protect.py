"""Which cells of linked tables are hidden, and the proof that it is enough.

Small ones always; with them the cheapest others that keep anybody from reckoning them, over all tables of the
release at once and whatever earlier releases said. The auditor has the last word: nothing is made without it.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from kimdesk.disclosure import cover, ways
from kimdesk.disclosure.auditor import UnprotectedError
from kimdesk.disclosure.field import MoveField
from kimdesk.disclosure.moves import Moves
from kimdesk.disclosure.patches import Patch, Terrain, together
from kimdesk.disclosure.release import sealed
from kimdesk.disclosure.values import THRESHOLD, CellFate, CellKey, Linked, ProtectedTables, Shown
from kimdesk.domain.errors import DisclosureError


def _go_on() -> None:
    """Do not stop."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is done to hide less: rounds of attack and answer, nodes of the whole-number program in each,
    and how many cells times guards are looked at in all rounds of one table (a larger one has fewer rounds).

    Counted and not timed, so that the same tables are protected the same way everywhere.
    """

    rounds: int = 8
    nodes: int = 20
    looks: int = 120_000

    def rounds_for(self, field: MoveField) -> int:
        """Return how many rounds a field is worth."""
        return min(self.rounds, self.looks // (1 + len(field.places) * len(field.needs)))


@dataclass(frozen=True, slots=True)
class _Choice:
    """What is hidden of a patch, and of which of these it is said whether they are small."""

    patch: Patch
    hidden: frozenset[int]
    told: frozenset[int]


def protect(
    linked: Linked,
    *,
    threshold: int = THRESHOLD,
    earlier: Sequence[ProtectedTables] = (),
    effort: Effort = Effort(),
    check: Callable[[], None] = _go_on,
) -> ProtectedTables:
    """Return tables in which nobody can be found, whatever the ``earlier`` ones (oldest first) told.

    ``check`` is called often and may raise to stop it.

    Raises:
        DisclosureError: the sums are none (E984), or so much must stay open that it cannot be (E985).
    """
    terrain = Terrain(linked, threshold, earlier)
    choices = [_chosen(patch, effort, check) for patch in terrain.patches()]
    while True:
        check()
        hidden = {key: cell for choice in choices for key, cell in _cells(choice, terrain).items()}
        try:
            cells = {key: hidden[key] for key in linked.counts}
            return sealed(linked, cells, threshold=threshold, earlier=earlier)
        except UnprotectedError as error:
            bare = frozenset(error.keys)
            choices = [
                _more(choice, bare) if bare.intersection(choice.patch.keys) else choice for choice in choices
            ]


def _chosen(patch: Patch, effort: Effort, check: Callable[[], None]) -> _Choice:
    field = patch.told
    hidden = ways.hide(field, check=check)
    if hidden is None:
        field = patch.mute
        hidden = ways.hide(field, check=check)
    if hidden is None:
        raise DisclosureError("E985")
    if hidden != field.must:
        hidden = cover.best(field, hidden, rounds=effort.rounds_for(field), nodes=effort.nodes, check=check)
    return _Choice(patch, hidden, hidden if field is patch.told else _worded(patch, hidden))


def _worded(patch: Patch, hidden: frozenset[int]) -> frozenset[int]:
    """Return of which hidden places can be said whether they are small: all that hang together, or none."""
    told, moves = frozenset[int](), Moves(patch.told, hidden)
    for group in _groups(patch.told, hidden):
        if all(moves.find(need) is not None for need in patch.told.needs if need[0] in group):
            told |= hidden & group
    return told


def _groups(field: MoveField, hidden: frozenset[int]) -> list[frozenset[int]]:
    """Return the places that can move, hidden or not, by what hangs together."""
    loose = {
        at for at, place in enumerate(field.places) if any(place.hidden if at in hidden else place.shown)
    } | hidden
    lines = [[at for at, _ in row if at in loose] for row in field.rows]
    keys = {at: (str(at),) for at in sorted(loose)}
    rows = [tuple((keys[at], 1) for at in line) for line in lines if line]
    return [frozenset(int(key[0]) for key in group) for group, _ in together(keys.values(), rows)]


def _more(choice: _Choice, bare: Collection[CellKey]) -> _Choice:
    """Hide the cheapest further place beside what hangs together with a bare one; or say less."""
    field, at = choice.patch.told, {key: place for place, key in enumerate(choice.patch.keys)}
    open_ = {at[key] for key in bare if key in at}
    beside = {place for group in _groups(field, choice.hidden) if group & open_ for place in group} | open_
    near = {
        place
        for row in field.rows
        if any(each in beside for each, _ in row)
        for place, _ in row
        if field.places[place].may and place not in choice.hidden
    }
    if near:
        hidden = choice.hidden | {min(near, key=lambda each: (field.places[each].cost, each))}
        told = hidden if choice.told == choice.hidden else _worded(choice.patch, hidden)
        return replace(choice, hidden=hidden, told=told)
    if not choice.told & beside:
        raise DisclosureError("E985")
    return replace(choice, told=choice.told - beside)


def _cells(choice: _Choice, terrain: Terrain) -> dict[CellKey, Shown]:
    found = {}
    for at, key in enumerate(choice.patch.keys):
        if key in terrain.linked.counts:
            small = terrain.linked.counts[key] < terrain.threshold
            word = CellFate.SMALL if small else CellFate.COVERED
            if at not in choice.hidden:
                found[key] = Shown(CellFate.SHOWN, terrain.number(key))
            else:
                found[key] = Shown(word if at in choice.told else CellFate.HIDDEN)
    return found
