"""Reading single values of a neutral document, strictly; what is wrong is said by its place only."""

import math
import re
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec

from kimdesk.domain.characters import is_writable, tidy
from kimdesk.domain.dates import FIRST_YEAR, LAST_YEAR, PartialDate
from kimdesk.domain.errors import ContentError
from kimdesk.domain.kinds import RECORD_TYPES
from kimdesk.domain.records import Record

WRONG_TYPE, MISSING_MEMBER, UNKNOWN_CODE, NO_NUMBER = "E711", "E712", "E713", "E733"
NO_DAY = "E736"

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_PARTIAL = re.compile(r"\d{4}(-\d{2}){0,2}", re.ASCII)
_DEEPEST = 32  # levels of nesting in what is kept unread (SECURITY §2, limits)

_LARGEST = 2**53  # whole numbers that every program reads as they are

D = TypeVar("D", date, datetime, PartialDate)
Read = Callable[[Any], Any]


def values(
    record_type: type[Record], given: Mapping[str, Any], names: tuple[str, ...], place: str
) -> dict[str, Any]:
    """Return the values of the fields ``names`` that ``given`` has, each of its field's type.

    A null stands for the field's default. Raises ContentError E711 (wrong type) or E713 (unknown code of
    a closed vocabulary), naming the place.
    """
    found: dict[str, Any] = {}
    for name in names:
        if name not in given:
            continue
        if given[name] is None:
            found |= _default(record_type, name, f"{place}{name}")
            continue
        try:
            found[name] = _READERS[record_type][name](given[name])
        except (ValueError, TypeError) as fault:
            code = fault.code if isinstance(fault, _ValueFaultError) else WRONG_TYPE
            raise ContentError(code, place=f"{place}{name}") from None
    return found


def demand(record_type: type[Record], given: Mapping[str, Any], place: str) -> None:
    """Raise ContentError E712 when a field without a default is missing in ``given``."""
    for field in fields(record_type):
        if field.default is MISSING and field.default_factory is MISSING and field.name not in given:
            raise ContentError(MISSING_MEMBER, place=f"{place}{field.name}")


def kept(members: Mapping[str, Any], place: str) -> dict[str, Any]:
    """Return unknown members that are kept, tidy. Raises ContentError E711 for one that cannot be stored."""
    found: dict[str, Any] = {}
    for name, value in members.items():
        try:
            found[_text(name)] = _storable(value, 0)
        except ValueError as fault:
            code = fault.code if isinstance(fault, _ValueFaultError) else WRONG_TYPE
            raise ContentError(code, place=f"{place}{name}" if is_writable(name) else place) from None
    if len(found) != len(members):  # two names that are spelled differently and are one
        raise ContentError(WRONG_TYPE, place=place)
    return found


class _ValueFaultError(ValueError):
    """Something about a value that has a sentence of its own."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def _default(record_type: type[Record], name: str, place: str) -> dict[str, Any]:
    default = next(field.default for field in fields(record_type) if field.name == name)
    if default is MISSING:
        raise ContentError(MISSING_MEMBER, place=place)
    return {name: default}


def _reader(hint: Any) -> Read:
    if get_origin(hint) in (Union, types.UnionType):
        return _reader(next(each for each in get_args(hint) if each is not types.NoneType))
    if hint in _PLAIN:
        return _PLAIN[hint]
    if isinstance(hint, type) and issubclass(hint, Enum):
        return lambda value: _code(hint, value)
    if get_origin(hint) is Mapping:
        return _tree
    return lambda value: _parts(msgspec.convert(_storable(value, 0), hint))


def _parts(found: Any) -> Any:
    """Return a list of small values (languages, checklist, steps) whose days are all sensible."""
    for part in found:
        for each in fields(part) if is_dataclass(part) else ():
            if isinstance(value := getattr(part, each.name), date):
                _sensible(value)
            elif isinstance(value, tuple):
                _parts(value)
    return found


def _code(vocabulary: type[Enum], value: Any) -> Enum:
    try:
        return vocabulary(_text(value))
    except ValueError:
        raise _ValueFaultError(UNKNOWN_CODE) from None


def _text(value: Any) -> str:
    if not isinstance(value, str) or not is_writable(value):
        raise ValueError
    return tidy(value)


def _whole(value: Any) -> int:
    _demand_number(value)
    if type(value) is not int:
        raise ValueError
    return value


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _day(value: Any) -> date:
    if not _DAY.fullmatch(_text(value)):
        raise ValueError
    return _sensible(date.fromisoformat(value))


def _partial(value: Any) -> PartialDate:
    if not _PARTIAL.fullmatch(_text(value)):
        raise ValueError
    return _sensible(PartialDate.parse(value))


def _moment(value: Any) -> datetime:
    found = datetime.fromisoformat(_text(value))
    if found.tzinfo is None:
        raise ValueError
    return _sensible(_sensible(found).astimezone(UTC))


def _sensible(found: D) -> D:
    """Return a day that somebody can have meant, so that ages, deadlines and calendars can be worked out."""
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise _ValueFaultError(NO_DAY)
    return found


def _demand_number(value: Any) -> None:
    """Raise for what JSON does not call a number, and for one that no database keeps exactly."""
    if isinstance(value, float) and not math.isfinite(value):
        raise _ValueFaultError(NO_NUMBER)
    if type(value) is int and abs(value) > _LARGEST:
        raise _ValueFaultError(NO_NUMBER)


def _tree(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise TypeError
    found: Mapping[str, Any] = _storable(value, 0)
    return found


def _storable(value: Any, depth: int) -> Any:
    """Return ``value`` tidy if it is JSON that can be stored. Raises ValueError otherwise."""
    if depth > _DEEPEST:
        raise ValueError
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, dict):
        found = {_text(name): _storable(each, depth + 1) for name, each in value.items()}
        if len(found) != len(value):
            raise ValueError
        return found
    _demand_number(value)
    return [_storable(each, depth + 1) for each in value] if isinstance(value, list) else value


_PLAIN: dict[Any, Read] = {
    str: _text,
    int: _whole,
    bool: _truth,
    date: _day,
    datetime: _moment,
    PartialDate: _partial,
}
_READERS = {
    each: {name: _reader(hint) for name, hint in get_type_hints(each).items()} for each in RECORD_TYPES
}
