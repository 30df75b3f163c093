"""The town's data, read strictly from ``resources/practice/`` and once."""

from collections.abc import Callable
from functools import cache
from typing import TypeVar

import msgspec

import resources
from kimdesk.practice.cast_templates import Achieving, CaseOutline
from kimdesk.practice.kreis.plan import KreisPlan
from kimdesk.practice.templates import (
    Course,
    DomainTemplate,
    GoalTemplate,
    Journey,
    Kreis,
    MeasureTemplate,
    NamePool,
    StepTemplate,
    Story,
    TownTable,
)
from kimdesk.practice.text_templates import Further, Odds, Texts, TownWords

T = TypeVar("T")


class _Wheel(TownTable, frozen=True):
    course: tuple[Course, ...]


class _Cast(TownTable, frozen=True):
    case: tuple[CaseOutline, ...]


def _read(name: str, wanted: type[T]) -> T:
    return msgspec.convert(resources.read_toml(f"practice/{name}.toml"), wanted, strict=False)


def _table(name: str, wanted: type[T]) -> Callable[[], T]:
    return cache(lambda: _read(name, wanted))


names = _table("names", dict[str, NamePool])  # by origin
kreis = _table("places", Kreis)
kreis_plan = _table("kreis", KreisPlan)
journeys = _table("journeys", dict[str, Journey])
goals = _table("goals", dict[str, GoalTemplate])
measures = _table("measures", dict[str, MeasureTemplate])
small_steps = _table("steps", dict[str, StepTemplate])  # by the key of the measure
domains = _table("domains", dict[str, tuple[DomainTemplate, ...]])  # by domain of life
texts = _table("talk", Texts)
odds = _table("odds", Odds)
words = _table("words", TownWords)
translations = _table("translations", dict[str, dict[str, str]])  # by the German text, by language
further = _table("further", Further)
achieving = _table("achieving", Achieving)


@cache
def stories() -> dict[str, Story]:
    """Return the stories by key."""
    paths = (path.removesuffix(".toml") for path in resources.names("practice/stories"))
    return {path.rpartition("/")[2]: _read(path.removeprefix("practice/"), Story) for path in paths}


@cache
def courses() -> tuple[Course, ...]:
    """Return how far cases have come, as a wheel that turns with the cases."""
    return _read("courses", _Wheel).course


@cache
def cast() -> tuple[CaseOutline, ...]:
    """Return the cast: the hand-shaped cases every town begins with."""
    return _read("cast", _Cast).case
