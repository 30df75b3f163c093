"""The rules of the screening as data; a layer can bring another reading of them, in words that are known."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, get_args, get_type_hints

from kimdesk.domain.errors import ContentError
from kimdesk.domain.screening.conditions import KINDS
from kimdesk.domain.screening.conditions.person import LEVELS
from kimdesk.domain.screening.conditions.work import EXCUSES
from kimdesk.domain.screening.facts import ScreeningFacts
from kimdesk.domain.screening.rules import ConditionRule, ScreeningLaw
from kimdesk.forms.shape import shaped

PATH = "rules/screening.toml"
_MONTHS, _YEARS, _DAYS, _HOURS = 1_200, 120, 3_650, 168
_WAIVERS = frozenset({"unable", "pension_age", "child"})


def parse(table: Mapping[str, Any]) -> ScreeningLaw:
    """Return the rules that ``table`` describes. Raises ContentError E700 when it is broken."""
    _known(table, ScreeningLaw)
    law = shaped(table, ScreeningLaw, PATH)
    if strange := next(_complaints(law), ""):
        raise ContentError("E700", name=PATH, place=strange)
    return law


def spoken(law: ScreeningLaw) -> frozenset[str]:
    """Return what the program has words for: rules, conditions and evidence by their codes."""
    conditions = [each for rule in law.rules for way in rule.ways for each in way.conditions]
    return frozenset(
        (*(f"rule {one.code}" for one in law.rules), *(f"condition {one.id}" for one in conditions),
         *(f"evidence {one}" for each in conditions for one in each.evidence))
    )  # fmt: skip


def _complaints(law: ScreeningLaw) -> Iterator[str]:
    """Yield what no rule can be judged by: names the program does not have, numbers beyond all measure."""
    known = {each.name for each in fields(ScreeningFacts)}
    days = (law.urgent_days, *law.title_ends, *law.window_closes)
    if not (_within(days, _DAYS) and _within((law.adult_age, law.pension_age), _YEARS)):
        yield "days"
    if not (_within((law.hole_months,), _MONTHS) and 0 < law.full_time <= _HOURS):
        yield "full_time"
    for rule in law.rules:
        whom = rule.for_whom
        if not rule.ways or not known.issuperset(rule.about):
            yield rule.code
        if not _within((whom.shown_from, whom.shown_until, whom.own_from), _YEARS):
            yield rule.code
        for each in (one for way in rule.ways for one in way.conditions):
            yield from _of_condition(each)


def _of_condition(one: ConditionRule) -> Iterator[str]:
    if one.kind not in KINDS:
        yield one.kind
    months = (one.months, one.months_with_child, one.months_before, one.gap_months, one.absence_months)
    limits = tuple(limit.months for limit in one.limits)
    measured = _within((*months, *limits), _MONTHS) and _within((one.age, one.until_age), _YEARS)
    known = EXCUSES.keys() >= set(one.excused) and set(one.waived) <= _WAIVERS
    named = known and one.level in ("", *LEVELS)
    if not (measured and named and 0 <= one.share <= 1 and 0 <= one.hours <= _HOURS):
        yield one.id


def _within(numbers: tuple[int, ...], most: int) -> bool:
    return all(0 <= one <= most for one in numbers)


@cache
def _inner(shape: Any) -> Mapping[str, Any]:
    """Return of the members of a dataclass the dataclass within, None where there is none."""
    hints = get_type_hints(shape).items()
    return {name: next(filter(is_dataclass, (hint, *get_args(hint))), None) for name, hint in hints}


def _known(table: Any, shape: Any) -> None:
    """Refuse a member that ``shape``, or a dataclass within it, does not have."""
    if not isinstance(table, Mapping):
        return
    if strange := table.keys() - {each.name for each in fields(shape)}:
        raise ContentError("E700", name=PATH, place=min(strange))
    for name, inner in _inner(shape).items():
        value = table.get(name)
        for each in value if isinstance(value, list) else (value,):
            if inner is not None:
                _known(each, inner)
