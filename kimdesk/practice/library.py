"""The town's data, read strictly from ``resources/practice/`` and once."""

from functools import cache
from typing import TypeVar

import msgspec

import resources
from kimdesk.practice.further_templates import Further, StepTemplate
from kimdesk.practice.templates import (
    CaseOutline,
    Course,
    DomainTemplate,
    GoalTemplate,
    Journey,
    Kreis,
    MeasureTemplate,
    NamePool,
    Story,
    Table,
    Texts,
)

T = TypeVar("T")


def _read(name: str, wanted: type[T]) -> T:
    return msgspec.convert(resources.read_toml(f"practice/{name}.toml"), wanted, strict=False)


@cache
def names() -> dict[str, NamePool]:
    """Return the pools of names by origin."""
    return _read("names", dict[str, NamePool])


@cache
def kreis() -> Kreis:
    """Return the invented Kreis."""
    return _read("places", Kreis)


@cache
def journeys() -> dict[str, Journey]:
    """Return the ways through residence law by key."""
    return _read("journeys", dict[str, Journey])


@cache
def goals() -> dict[str, GoalTemplate]:
    """Return the goals by key."""
    return _read("goals", dict[str, GoalTemplate])


@cache
def measures() -> dict[str, MeasureTemplate]:
    """Return the measures by key."""
    return _read("measures", dict[str, MeasureTemplate])


@cache
def small_steps() -> dict[str, StepTemplate]:
    """Return the small steps of measures by the key of the measure."""
    return _read("steps", dict[str, StepTemplate])


@cache
def further() -> Further:
    """Return what stands beside the plan of some cases."""
    return _read("further", Further)


@cache
def domains() -> dict[str, tuple[DomainTemplate, ...]]:
    """Return what an assessment can say, by domain of life."""
    return _read("domains", dict[str, tuple[DomainTemplate, ...]])


@cache
def texts() -> Texts:
    """Return the sentences that fit most cases."""
    return _read("talk", Texts)


@cache
def stories() -> dict[str, Story]:
    """Return the stories by key."""
    paths = (path.removeprefix("practice/") for path in resources.names("practice/stories"))
    return {
        path.removeprefix("stories/").removesuffix(".toml"): _read(path.removesuffix(".toml"), Story)
        for path in paths
    }


class _Wheel(Table, frozen=True):
    course: tuple[Course, ...]


@cache
def courses() -> tuple[Course, ...]:
    """Return how far cases have come, as a wheel that turns with the cases."""
    return _read("courses", _Wheel).course


class _Cast(Table, frozen=True):
    case: tuple[CaseOutline, ...]


@cache
def cast() -> tuple[CaseOutline, ...]:
    """Return the cast: the hand-shaped cases every town begins with."""
    return _read("cast", _Cast).case
