"""Deadlines of the law as data, and their derivation in German sentences."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import Any

import msgspec

import resources
from kimdesk.catalogue.calendar import holiday_name
from kimdesk.domain.errors import CaseworkError, ContentError
from kimdesk.domain.law import derivation
from kimdesk.domain.law.deadline_rule import NOTICE, Derivation, Facts, Fiction, Rule, Step
from kimdesk.domain.law.periods import Length

_PATH = "rules/deadlines.toml"


class _Texts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words of ``resources/rules/deadlines.toml``."""

    state: date
    group: dict[str, str]
    late: dict[str, str]
    sentence: dict[str, str]
    source: dict[str, str]
    reason: dict[str, str]
    length: dict[str, tuple[str, str]]
    whole: dict[str, tuple[str, str]]
    words: dict[str, Any]
    rule: list[dict[str, Any]]
    fiction: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One step of a derivation in German; ``checked`` is False while its source is „ungeprüft“."""

    text: str
    source: str
    checked: bool


@cache
def _texts() -> _Texts:
    return msgspec.convert(resources.read_toml(_PATH), _Texts)


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return every rule in every version, in the order of the file. Raises ContentError E700 when broken."""
    return tuple(_convert(entry, Rule) for entry in _texts().rule)


@cache
def fictions() -> tuple[Fiction, ...]:
    """Return when letters count as known, in every version. Raises ContentError E700 when broken."""
    return tuple(_convert(entry, Fiction) for entry in _texts().fiction)


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


def group_label(group: str) -> str:
    """Return the German name of a group of rules."""
    return _texts().group[group]


def state() -> date:
    """Return the day on which the rules stood as they are here."""
    return _texts().state


def late_hint(group: str) -> str:
    """Return what is still worth trying when a deadline of ``group`` has passed, "" for nothing."""
    return _texts().late.get(group, "")


def sentences(found: Derivation) -> tuple[Sentence, ...]:
    """Return the steps of a derivation in German."""
    return tuple(_sentence(step) for step in found.steps)


def reason(facts: Facts, found: Derivation) -> str:
    """Return why the deadline ends when it does, in one German clause („weil …“)."""
    day = german(found.counted_from)
    if found.rule.counts_from != NOTICE:
        return found.rule.reason.format(day=day)
    codes = {step.code for step in found.steps}
    kind = "delivered"
    if "fiction" in codes:
        kind = "late" if "came_later" in codes else "fiction"
    elif "delivered_formal" in codes:
        kind = "formal"
    posted = facts.dated_on or facts.posted_on
    return _texts().reason[kind].format(day=day, posted=german(posted) if posted else "")


def spoken(length: Length, table: str = "length") -> str:
    """Return „einem Monat“, „sechs Monaten“; with the table ``whole`` „drei ganze Monate“."""
    words: dict[str, tuple[str, str]] = getattr(_texts(), table)
    one, many = words[length.unit]
    numbers = _texts().words["numbers"]
    number = numbers[length.count] if length.count < len(numbers) else str(length.count)
    return one if length.count == 1 else many.format(n=number)


def german(day: date) -> str:
    """Return ``TT.MM.JJJJ``."""
    return f"{day:%d.%m.%Y}"


def _sentence(step: Step) -> Sentence:
    told = _spoken(step.facts)
    source = _texts().source.get(step.source, step.source)
    return Sentence(_texts().sentence[step.code].format_map(told), source, step.checked)


def _spoken(facts: Mapping[str, Any]) -> dict[str, str]:
    told = {name: _speak(value) for name, value in facts.items()}
    if "text" in facts:
        told["text"] = facts["text"].format(day=told["day"])
    if "day" in facts:
        told["weekday"] = _texts().words["weekdays"][facts["day"].weekday()]
    if "why" in facts:
        told["why"] = _why(facts["why"])
    if "length" in facts:
        told["whole"] = spoken(facts["length"], "whole")
    if "free" in facts:
        told["free"] = ", ".join(f"{german(day)} ({_name(why)})" for day, why in facts["free"])
    return told


def _speak(value: object) -> str:
    if isinstance(value, date):
        return german(value)
    return spoken(value) if isinstance(value, Length) else str(value)


def _name(why: str) -> str:
    return str(_texts().words.get(why, why))


def _why(why: str) -> str:
    kind = "free" if why in _texts().words else "holiday"
    return str(_texts().words[kind]).format(name=_name(why))
