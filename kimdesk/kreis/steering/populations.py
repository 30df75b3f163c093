"""What indicators count in common: the same things under two names are one number to whoever compares them.

Running cases, and the cases of which some have a plan, are the same cases; those accepted of the referrals
that were answered are those whose days to acceptance are counted. Protected apart, one table would tell what
the other hides.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import Final

from kimdesk.indicators.definitions import Indicator, indicators
from kimdesk.indicators.values import Says

WHOLE, HAVING, LACKING = "", "having", "lacking"
CASELOAD: Final = ("active_cases", "new_cases", "closed_cases")
"""A stock and its flows: who knows two of them reckons the third."""

_IS: Final = " is "


def population(asked: Indicator, on: date, part: str = WHOLE) -> str:
    """Return the name of what is counted: of the first indicator on the day ``on`` that counts just this,
    else of the indicator itself with its part.
    """
    wanted = _conditions(asked, part)
    for each in indicators(on):
        if _conditions(each, WHOLE) == wanted:
            return f"{each.code}@{each.version}"
    for each in indicators(on):
        for one in parts(each):
            if _conditions(each, one) == wanted:
                return f"{each.code}@{each.version}.{one}"
    return f"{asked.code}@{asked.version}.{part}" if part else f"{asked.code}@{asked.version}"


def owners(code: str, on: date) -> frozenset[str]:
    """Return the indicators by whose names an indicator and its parts go, but for itself."""
    asked = next(each for each in indicators(on) if each.code == code)
    return frozenset(population(asked, on, part).partition("@")[0] for part in parts(asked)) - {code}


@cache
def together(on: date) -> dict[str, frozenset[str]]:
    """Return by code the indicators that are protected with it, itself too."""
    named = {each.code: {population(each, on, part) for part in parts(each)} for each in indicators(on)}
    groups: list[tuple[set[str], set[str]]] = []
    for code, names in [(CASELOAD[0], set().union(*(named[code] for code in CASELOAD))), *named.items()]:
        touched = [group for group in groups if group[1] & names]
        codes, every = (
            {code}.union(*(group[0] for group in touched)),
            names.union(*(group[1] for group in touched)),
        )
        groups = [*(group for group in groups if group not in touched), (codes, every)]
    return {code: frozenset(codes) for codes, _ in groups for code in codes}


def parts(asked: Indicator) -> tuple[str, ...]:
    """Return what is told of an indicator: the whole, and those who have and lack its property."""
    return (WHOLE, HAVING, LACKING) if asked.says is Says.SHARE else (WHOLE,)


def _conditions(asked: Indicator, part: str) -> tuple[object, ...]:
    """Return what is counted, so that the same things are said the same way."""
    sheet, lines = asked.sheet, asked.sheet.where
    if part == HAVING:
        lines = (*lines, *sheet.having)
    elif part == LACKING:
        lines = (*lines, *_without(lines, sheet.having))
    return sheet.subject, sheet.dated, sheet.hours, frozenset(_narrowed(lines))


def _without(where: Iterable[str], having: tuple[str, ...]) -> tuple[str, ...]:
    """Return the conditions of those that lack a property."""
    if len(having) == 1 and _IS in having[0]:
        field, _, codes = having[0].partition(_IS)
        for each in where:
            if each.startswith(field + _IS):
                left = _codes(each.partition(_IS)[2]) - _codes(codes)
                return (f"{field}{_IS}{', '.join(sorted(left))}",)
    return (f"not {sorted(having)}",)


def _narrowed(lines: Iterable[str]) -> Iterator[str]:
    """Yield conditions; several that name the codes of one field as one."""
    codes: dict[str, frozenset[str]] = {}
    for each in lines:
        field, _, named = each.partition(_IS)
        if not named or " or " in each or each.startswith("not "):
            yield each
        else:
            codes[field] = codes.get(field, _codes(named)) & _codes(named)
    yield from (f"{field}{_IS}{', '.join(sorted(named))}" for field, named in codes.items())


def _codes(named: str) -> frozenset[str]:
    return frozenset(each.strip() for each in named.split(","))
