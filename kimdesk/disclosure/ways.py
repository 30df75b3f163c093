"""Way by way: for each guarded cell the cheapest move that takes it far enough; what moves is hidden.

Finds an answer where there is one, and a good one; then takes away whatever is not needed after all.
"""

from collections.abc import Callable, Iterable

from kimdesk.disclosure.field import MoveField
from kimdesk.disclosure.moves import Moves, Need

Used = dict[Need, frozenset[int]]
"""By which places each need is met."""


def hide(
    field: MoveField, begun: Iterable[int] = (), check: Callable[[], None] = lambda: None
) -> frozenset[int] | None:
    """Return which places are hidden so that every need is met, those ``begun`` among them as far as they
    are needed; None when no choice is enough. ``check`` is called often and may raise.
    """
    hidden = set(field.must) | set(begun)
    moves, used = Moves(field, hidden, others=True), Used()
    for need in field.needs:
        if need in used:
            continue
        check()
        way = moves.find(need)
        if way is None:
            return None
        new = {at for at in way if field.places[at].may} - hidden
        hidden |= new
        moves.hide(new)
        note(field, way, used)
    return _spared(field, hidden, used, check)


def note(field: MoveField, way: dict[int, float], used: Used) -> None:
    """Note every need that this move meets."""
    places = frozenset(way)
    for at, distance in way.items():
        for need in field.needs_of.get(at, ()):
            _, sign, far = need
            if need not in used and distance * sign >= far - 1e-6:
                used[need] = places


def _spared(field: MoveField, hidden: set[int], used: Used, check: Callable[[], None]) -> frozenset[int]:
    """Return what is left of the hidden places when each that is not needed is shown, the dearest first."""
    moves = Moves(field, hidden)
    for at in sorted(hidden - field.must, key=lambda each: (-field.places[each].cost, each)):
        check()
        moves.show([at])
        again = Used()
        for need in (need for need, places in used.items() if at in places):
            way = moves.find(need) if need not in again else None
            if need not in again and way is None:
                moves.hide([at])
                break
            if way is not None:
                note(field, way, again)
        else:
            hidden.discard(at)
            used |= again
    return frozenset(hidden)
