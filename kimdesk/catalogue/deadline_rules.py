"""Deadlines of the law as data: rules and fictions by version."""

from dataclasses import fields
from datetime import date
from functools import cache
from typing import Any

import msgspec

import resources
from kimdesk.catalogue.calendar import holiday_name
from kimdesk.domain.errors import CaseworkError, ContentError
from kimdesk.domain.law import derivation
from kimdesk.domain.law.deadline_rule import Derivation, Facts, Fiction, Rule

_PATH = "rules/deadlines.toml"


class _Book(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``resources/rules/deadlines.toml``."""

    state: date
    rule: list[dict[str, Any]]
    fiction: list[dict[str, Any]]


@cache
def _book() -> _Book:
    return msgspec.convert(resources.read_toml(_PATH), _Book)


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return every rule in every version, in the order of the file. Raises ContentError E700 when broken."""
    return tuple(_convert(entry, Rule) for entry in _book().rule)


@cache
def fictions() -> tuple[Fiction, ...]:
    """Return when letters count as known, in every version. Raises ContentError E700 when broken."""
    return tuple(_convert(entry, Fiction) for entry in _book().fiction)


def _convert(entry: dict[str, Any], kind: Any) -> Any:
    if unknown := entry.keys() - {each.name for each in fields(kind)}:
        raise ContentError("E700", name=_PATH, place=min(unknown))
    try:
        return msgspec.convert(entry, kind)
    except msgspec.ValidationError as error:
        raise ContentError("E700", name=_PATH, place=str(error)) from error


def rules() -> tuple[Rule, ...]:
    """Return the newest version of each rule, in the order of the file."""
    return tuple({one.code: one for one in all_rules()}.values())


def versions(code: str) -> tuple[Rule, ...]:
    """Return the rule ``code`` as it stood one after the other. Raises CaseworkError E892 for no rule."""
    found = tuple(one for one in all_rules() if one.code == code)
    if not found:
        raise CaseworkError("E892")
    return found


def rule(code: str) -> Rule:
    """Return the newest version of the rule ``code``, for as long as nothing is known of what happened.

    Raises CaseworkError E892 when there is none.
    """
    return versions(code)[-1]


def derive(code: str, facts: Facts) -> Derivation:
    """Return the last day by the rule ``code`` in NRW, with its steps and the version that was applied.

    Raises CaseworkError E890 when a date is missing, E891 when it is beyond the calendar, E892 for no rule,
    E893 when a letter arrived before it was posted.
    """
    return derivation.derive(versions(code), facts, fictions(), holiday_name)


def state() -> date:
    """Return the day on which the rules stood as they are here."""
    return _book().state
