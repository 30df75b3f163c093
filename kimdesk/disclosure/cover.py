"""The cheapest choice of what is hidden: a whole-number program that learns from the attacks on it.

Each round hides what the program chooses, looks how far every guarded cell can go, and tells the program of
each that cannot go far enough what would let it (Benders; Fischetti and Salazar-González). Bounded by effort
and not by time, so the same tables have the same answer wherever they are made.
"""

from collections.abc import Callable, Iterator
from typing import Any, Final

from kimdesk.disclosure import ways
from kimdesk.disclosure.field import MoveField
from kimdesk.disclosure.moves import Moves, Need
from kimdesk.disclosure.solver import solver

_NEAR: Final = 1e-6

Cut = tuple[dict[int, float], float]
"""Of the hidden places at least so much, each with its weight."""


def best(
    field: MoveField, answer: frozenset[int], *, rounds: int, nodes: int, check: Callable[[], None]
) -> frozenset[int]:
    """Return the cheapest choice found, ``answer`` (one that is enough) if none is cheaper."""
    if not rounds:
        return answer
    master = _Master(field, nodes)
    for need in field.needs:
        for cut in _lines(field, need):
            master.learn(cut)
    for _ in range(rounds):
        check()
        chosen = master.choose()
        if chosen is None or field.cost(chosen) >= field.cost(answer) - _NEAR:
            return answer
        cuts = _attack(field, chosen, check)
        if not cuts:
            return chosen
        for cut in cuts:
            master.learn(cut)
        mended = ways.hide(field, chosen, check)
        if mended is not None and field.cost(mended) < field.cost(answer) - _NEAR:
            answer = mended
    return answer


class _Master:
    """The program that chooses: what is hidden costs, and every cut must be met."""

    def __init__(self, field: MoveField, nodes: int) -> None:
        import highspy

        self._field = field
        self._free = [at for at, place in enumerate(field.places) if place.may and not place.must]
        self._column = {at: column for column, at in enumerate(self._free)}
        self._program = solver(mip_max_nodes=nodes, time_limit=60.0)
        for column, at in enumerate(self._free):
            self._program.addVar(0.0, 1.0)
            self._program.changeColCost(column, field.places[at].cost)
            self._program.changeColIntegrality(column, highspy.HighsVarType.kInteger)
        self._end = highspy.kHighsInf

    def learn(self, cut: Cut) -> None:
        weights, least = cut
        columns = [self._column[at] for at in weights]
        self._program.addRow(least, self._end, len(columns), columns, list(weights.values()))

    def choose(self) -> frozenset[int] | None:
        """Return the cheapest places by all that was learned, None when there are none or it is too hard."""
        self._program.run()
        values: Any = self._program.getSolution().col_value
        if (
            self._program.getModelStatus().name not in ("kOptimal", "kSolutionLimit", "kIterationLimit")
            or not values
        ):
            return None
        return self._field.must | {at for at, value in zip(self._free, values, strict=True) if round(value)}


def _lines(field: MoveField, need: Need) -> Iterator[Cut]:
    """Yield what each equation of a guarded place says at once: others must go with it."""
    at, sign, far = need
    for row in field.rows_of.get(at, ()):
        factor = dict(row).get(at)
        if factor:
            others = [(place, (-sign * factor * times > 0)) for place, times in row if place != at]
            yield from _cut(field, [(place, side, 1.0) for place, side in others], float(far))


def _attack(field: MoveField, hidden: frozenset[int], check: Callable[[], None]) -> list[Cut]:
    """Return a cut for each need that is not met."""
    moves, met, cuts = Moves(field, hidden), ways.Used(), list[Cut]()
    for need in field.needs:
        if need in met:
            continue
        check()
        at, sign, far = need
        move, worth = moves.farthest(need)
        if move[at] * sign >= far - _NEAR:
            ways.note(field, move, met)
            continue
        terms = [(way // 2, way % 2 == 1, value) for way, value in enumerate(worth) if value > _NEAR]
        cuts += _cut(
            field, [term for term in terms if term[0] != at], far * (1.0 - worth[2 * at + (sign > 0)])
        )
    return cuts


def _cut(field: MoveField, terms: list[tuple[int, bool, float]], least: float) -> Iterator[Cut]:
    """Yield the cut, if it asks for anything: places that may be hidden, capped at what is asked for."""
    weights: dict[int, float] = {}
    for at, side, value in terms:
        place = field.places[at]
        fixed = place.hidden if place.must else place.shown
        least -= value * fixed[side]
        if place.may and not place.must:
            weights[at] = weights.get(at, 0.0) + value * (place.hidden[side] - place.shown[side])
    if least > _NEAR:
        yield {at: min(weight, least) for at, weight in weights.items() if weight > _NEAR}, least - _NEAR
