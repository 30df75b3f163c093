"""Reading single values of a neutral document, strictly; what is wrong is said by its place only."""

import re
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import date, datetime
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec

from kimdesk.domain.characters import is_writable, tidy
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.errors import ContentError
from kimdesk.domain.kinds import RECORD_TYPES
from kimdesk.domain.records import Record

WRONG_TYPE, MISSING_MEMBER, UNKNOWN_CODE = "E711", "E712", "E713"

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_PARTIAL = re.compile(r"\d{4}(-\d{2}){0,2}", re.ASCII)
_DEEPEST = 32  # levels of nesting in what is kept unread (SECURITY §2, limits)

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
        except _UnknownCodeError:
            raise ContentError(UNKNOWN_CODE, place=f"{place}{name}") from None
        except (ValueError, TypeError):
            raise ContentError(WRONG_TYPE, place=f"{place}{name}") from None
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
        except ValueError:
            raise ContentError(WRONG_TYPE, place=f"{place}{name}" if is_writable(name) else place) from None
    if len(found) != len(members):  # two names that are spelled differently and are one
        raise ContentError(WRONG_TYPE, place=place)
    return found


class _UnknownCodeError(ValueError):
    """A code that a closed vocabulary does not have."""


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
    return lambda value: msgspec.convert(_storable(value, 0), hint)


def _code(vocabulary: type[Enum], value: Any) -> Enum:
    try:
        return vocabulary(_text(value))
    except ValueError:
        raise _UnknownCodeError from None


def _text(value: Any) -> str:
    if not isinstance(value, str) or not is_writable(value):
        raise ValueError
    return tidy(value)


def _whole(value: Any) -> int:
    if type(value) is not int or abs(value) > 2**53:
        raise ValueError
    return value


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _day(value: Any) -> date:
    if not _DAY.fullmatch(_text(value)):
        raise ValueError
    return date.fromisoformat(value)


def _partial(value: Any) -> PartialDate:
    if not _PARTIAL.fullmatch(_text(value)):
        raise ValueError
    return PartialDate.parse(value)


def _moment(value: Any) -> datetime:
    found = datetime.fromisoformat(_text(value))
    if found.tzinfo is None:
        raise ValueError
    return found


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
