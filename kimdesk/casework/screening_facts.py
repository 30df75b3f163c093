"""Facts of a screening as they stand in a file, checked; whatever is absent is unknown.

The members are those of the contract of the command line; ``partner_jobs`` (the jobs of wife, husband or
partner, as ``jobs``) is one more.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from kimdesk.domain.dates import FIRST_YEAR, LAST_YEAR
from kimdesk.domain.errors import ContentError
from kimdesk.domain.law.paragraphs import read as read_paragraph
from kimdesk.domain.screening.conditions.person import LEVELS
from kimdesk.domain.screening.facts import (
    Asylum,
    AsylumKind,
    Benefit,
    German,
    Job,
    Schooling,
    ScreeningFacts,
    Spell,
    SpellKind,
    Timespan,
    Training,
)

UNKNOWN_MEMBER, NO_DATE, BACKWARDS = "E781", "E782", "E783"
NO_PARAGRAPH, OUT_OF_RANGE, NO_KIND = "E784", "E785", "E786"
_MOST_ENTRIES = 1_000
_MOST_MONTHS = 1_200
_HOURS_A_WEEK = 168
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_REGIMES = {
    **{one: one for one in ("asylblg_basic", "asylblg_analog", "sgb2", "sgb3", "sgb8", "sgb12", "wohngeld")},
    **{one: one for one in ("kinderzuschlag", "kindergeld", "bafoeg", "own_income", "none", "other")},
    "asylblg": "asylblg_basic",
}
Reader = Callable[[Any, str], Any]


def facts_of(table: Mapping[str, Any]) -> ScreeningFacts:
    """Return the facts of a JSON object; null is unknown.

    Raises ContentError E781 for a member that is not known, E782 for what is no day,
    E783 for an end before its begin, E784 for no paragraph, E785 for a value that cannot be, E786 for a word
    that is not among those that are known; ``place`` names the member.
    """
    return ScreeningFacts(**_read(table, _FACTS, ""))


def _read(table: Any, readers: Mapping[str, Reader], place: str) -> dict[str, Any]:
    if not isinstance(table, dict):
        raise ContentError(OUT_OF_RANGE, place=place)
    if strange := sorted(table.keys() - readers.keys()):
        raise ContentError(UNKNOWN_MEMBER, place=_at(place, _shown(strange[0])))
    return {
        str(_NAMES.get(name, name)): readers[name](value, _at(place, name))
        for name, value in table.items()
        if value is not None
    }


def _at(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name


def _shown(name: str) -> str:
    """Return a member's name when it can be one; whatever else stands there may be about a person."""
    return name if re.fullmatch(r"[A-Za-z_]{1,24}", name) else "?"


def _day(value: Any, place: str) -> date:
    if isinstance(value, str) and _ISO.fullmatch(value):
        try:
            day = date.fromisoformat(value)
        except ValueError:
            raise ContentError(NO_DATE, place=place) from None
        if FIRST_YEAR <= day.year <= LAST_YEAR:
            return day
    raise ContentError(NO_DATE, place=place)


def _flag(value: Any, place: str) -> bool:
    if not isinstance(value, bool):
        raise ContentError(OUT_OF_RANGE, place=place)
    return value


def _day_or_flag(value: Any, place: str) -> date | bool:
    return value if isinstance(value, bool) else _day(value, place)


def _done(value: Any, place: str) -> bool:
    """Read what is said by yes or no, by the day it was, or by what it is called."""
    if isinstance(value, str):
        if value[:1].isdigit():
            _day(value, place)
        return bool(value.strip())
    return _flag(value, place)


def _number(least: float, most: float, *, whole: bool = False) -> Reader:
    def read(value: Any, place: str) -> Any:
        fits = isinstance(value, int if whole else int | float) and not isinstance(value, bool)
        if not fits or not least <= value <= most:
            raise ContentError(OUT_OF_RANGE, place=place)
        return value

    return read


def _word(known: Mapping[str, Any]) -> Reader:
    def read(value: Any, place: str) -> Any:
        if not isinstance(value, str) or value not in known:
            raise ContentError(NO_KIND, place=place)
        return known[value]

    return read


def _paragraph(value: Any, place: str) -> str:
    if not isinstance(value, str) or (value.strip() and not read_paragraph(value).exact):
        raise ContentError(NO_PARAGRAPH, place=place)
    return value.strip()


def _nationality(value: Any, place: str) -> tuple[str, ...]:
    several = value if isinstance(value, list) else [value]
    if not several or not all(isinstance(one, str) and re.fullmatch(r"\d{3}", one) for one in several):
        raise ContentError(OUT_OF_RANGE, place=place)
    return tuple(several)


def _each(reader: Reader) -> Reader:
    def read(value: Any, place: str) -> tuple[Any, ...]:
        if not isinstance(value, list) or len(value) > _MOST_ENTRIES:
            raise ContentError(OUT_OF_RANGE, place=place)
        return tuple(reader(one, f"{place}[{number}]") for number, one in enumerate(value))

    return read


def _entry(shape: Callable[..., Any], readers: Mapping[str, Reader], *needed: str) -> Reader:
    def read(value: Any, place: str) -> Any:
        members = _read(value, readers, place)
        if missing := next((name for name in needed if name not in members), ""):
            raise ContentError(NO_KIND, place=_at(place, missing))
        if any(_is_backwards(members, *pair) for pair in _PAIRS):
            raise ContentError(BACKWARDS, place=place)
        return shape(**members)

    return read


_PAIRS = (("first", "last"), ("applied", "decided"), ("start", "diploma"))


def _is_backwards(members: Mapping[str, Any], begin: str, end: str) -> bool:
    first, last = members.get(begin), members.get(end)
    return isinstance(first, date) and isinstance(last, date) and last < first


def _words(kind: Any) -> dict[str, Any]:
    return {str(one): one for one in kind}


_NAMES = {"from": "first", "until": "last"}
_SPAN: dict[str, Reader] = {"from": _day, "until": _day}
_KINDS = _words(AsylumKind) | {
    "rejected": AsylumKind.REFUSED,
    "negative": AsylumKind.REFUSED,
    "denied": AsylumKind.REFUSED,
    "recognised": AsylumKind.REFUGEE,
    "recognized": AsylumKind.REFUGEE,
    "removal_ban": AsylumKind.REMOVAL_BAN,
    "manifestly_unfounded": AsylumKind.UNFOUNDED,
    "refugee_status": AsylumKind.REFUGEE,
    "subsidiary_protection": AsylumKind.SUBSIDIARY,
}
_JOBS = _each(_entry(Job, _SPAN | {"hours": _number(0, _HOURS_A_WEEK), "insured": _flag, "skilled": _flag}))
_FACTS: dict[str, Reader] = {
    "born": _day,
    "entry": _day,
    "nationality": _nationality,
    "spells": _each(
        _entry(Spell, _SPAN | {"kind": _word(_words(SpellKind)), "paragraph": _paragraph}, "kind")
    ),
    "asylum": _entry(Asylum, {"applied": _day, "decided": _day, "kind": _word(_KINDS)}),
    "identity_clarified": _day,
    "identity_steps": _each(_day),
    "german": _entry(German, {"level": _word({one: one for one in LEVELS}), "on": _day}, "level"),
    "civic_test": _day_or_flag,
    "school": _each(_entry(Schooling, _SPAN | {"degree": _done})),
    "training": _each(
        _entry(Training, {"start": _day, "registered": _done, "diploma": _day_or_flag, "promised": _done})
    ),
    "jobs": _JOBS,
    "partner_jobs": _JOBS,
    "income_share": _number(0, 1),
    "benefits": _each(_entry(Benefit, _SPAN | {"regime": _word(_REGIMES)}, "regime")),
    "pension_months": _number(0, _MOST_MONTHS, whole=True),
    "minor_child": lambda value, place: _each(_day)([value] if isinstance(value, str) else value, place),
    "german_spouse": _day,
    "flat": _flag,
    "absences": _each(_entry(Timespan, _SPAN)),
    "unable": _flag,
    "obstruction": _flag,
}
