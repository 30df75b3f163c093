"""The integration chain: which measures wait for which, and what is blocked."""

from collections.abc import Iterable
from graphlib import CycleError, TopologicalSorter

from kimdesk.domain.records import Measure
from kimdesk.domain.terms import MeasureState

ENDED_WELL = frozenset({MeasureState.DONE})
ENDED_BADLY = frozenset({MeasureState.REJECTED, MeasureState.ABANDONED})


def waits_for(measure: Measure, measures: Iterable[Measure]) -> tuple[Measure, ...]:
    """Return the measures that must be done before ``measure`` and are not."""
    wanted = set(measure.requires)
    return tuple(each for each in measures if each.id in wanted and each.state not in ENDED_WELL)


def is_blocked(measure: Measure, measures: Iterable[Measure]) -> bool:
    """Return whether ``measure`` cannot go on: something it waits for was rejected or abandoned."""
    if measure.state in ENDED_WELL | ENDED_BADLY:
        return False
    return any(each.state in ENDED_BADLY for each in waits_for(measure, measures))


def in_order(measures: Iterable[Measure]) -> tuple[Measure, ...]:
    """Return the measures so that each stands after those it waits for. Raises ValueError for a circle."""
    by_id = {each.id: each for each in measures}
    sorter: TopologicalSorter[str] = TopologicalSorter(
        {each.id: [one for one in each.requires if one in by_id] for each in by_id.values()}
    )
    try:
        return tuple(by_id[one] for one in sorter.static_order())
    except CycleError:
        raise ValueError("measures wait for each other in a circle") from None


def makes_circle(measure: Measure, measures: Iterable[Measure]) -> bool:
    """Return whether saving ``measure`` as it is would make measures wait for each other in a circle."""
    others = [each for each in measures if each.id != measure.id]
    try:
        in_order([*others, measure])
    except ValueError:
        return True
    return False
