"""The shapes of the rows a desk may send: for each kind and level only the members the policy lets out."""

import types
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import Enum
from functools import cache, lru_cache
from typing import Annotated, Any, Final, Union, get_args, get_origin, get_type_hints

import msgspec

from kimdesk.domain import records
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.kinds import type_of
from kimdesk.domain.terms import SharingLevel
from kimdesk.kreis.taking.said import Identity, Level
from kimdesk.store.columns import ColumnCodec, codec_for
from kimdesk.sync.leaving.allow_list import RENAMED, SHIELDED, SILENT, FieldRule, Treatment, shipped
from kimdesk.sync.sealing.wire import Rising

Pseudonym = Annotated[str, msgspec.Meta(pattern=r"^P[a-z2-7]{24}\Z")]
Partial = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}(-[0-9]{2}){0,2}\Z")]
Year = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}\Z")]
Month = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}(-[0-9]{2})?\Z")]
Whole = Annotated[int, msgspec.Meta(ge=-(2**31), le=2**31 - 1)]
LEVELS: Final[tuple[Level, ...]] = get_args(Level)

_CUT: Final[Mapping[Treatment, Any]] = {Treatment.YEAR: Year, Treatment.MONTH: Month}
"""How a date is sent of which no more may be told."""
_ALWAYS: Final = frozenset(("id", "rev"))
_AS_IT_IS = (str, int, date, Enum)
"""What msgspec sends back from the cage just as a column holds it."""


Member = tuple[Any, ColumnCodec]
"""How a value is sent, and how its column holds it."""


@cache
def members(kind: str, level: Level) -> dict[str, Member] | None:
    """Return the members of records of ``kind`` at ``level``, ``id`` and ``rev`` first.

    None when none of them may leave a desk.
    """
    if kind not in shipped().record or level not in LEVELS:
        return None
    at, shielded = SharingLevel(level.removesuffix(SHIELDED)), level.endswith(SHIELDED)
    found: dict[str, Member] = {}
    for name, rule in shipped().record[kind].field.items():
        if rule.shielded == "keep" or not shielded:
            found |= _members(name, rule, _hints(kind)[name], at)
    if not found.keys() >= _ALWAYS:
        return None
    return {name: found[name] for name in ("id", "rev", *(each for each in found if each not in _ALWAYS))}


@cache
def _hints(kind: str) -> dict[str, Any]:
    return get_type_hints(type_of(kind), vars(records))


def _members(name: str, rule: FieldRule, hint: Any, level: SharingLevel) -> dict[str, Member]:
    ways = [rule.treatment(level, household=household) for household in (False, True)]
    named = {RENAMED.get(way, name): way for way in ways if way not in SILENT}  # in the same order everywhere
    return {member: (_sent_type(member, hint, way), _codec(hint, way)) for member, way in named.items()}


def _codec(hint: Any, way: Treatment) -> ColumnCodec:
    return ColumnCodec() if way is Treatment.AGE_BAND or way in _CUT else codec_for(hint)


def _sent_type(member: str, hint: Any, way: Treatment) -> Any:
    if member == "rev":
        return Rising
    if member == "id":
        return Pseudonym if way is Treatment.HMAC else Identity
    if way is Treatment.AGE_BAND:
        return str | None
    if way is Treatment.HMAC:
        return (list[Pseudonym] if get_origin(hint) is tuple else Pseudonym) | None
    return _CUT.get(way, _wire_type(hint)) | None


def _plain(hint: Any) -> Any:
    if get_origin(hint) in (Union, types.UnionType):
        return next(each for each in get_args(hint) if each is not types.NoneType)
    return hint


def _wire_type(hint: Any) -> Any:
    hint = _plain(hint)
    known = {PartialDate: Partial, int: Whole}
    return known.get(hint) or (dict[str, Any] if "Mapping" in str(hint) else hint)


def stored(sent: Any, codec: ColumnCodec) -> Callable[[Any], Any] | None:
    """Return what makes of a value as it is sent what its column holds, None where that is the same.

    It raises ValueError for a day that does not exist.
    """
    kind = _plain(sent)
    if kind in (Partial, *_CUT.values()):
        return _real
    if kind is datetime or not (isinstance(kind, type) and issubclass(kind, _AS_IT_IS)) or kind is bool:
        return codec.encode
    return None


@lru_cache(4096)
def _real(text: str) -> str:
    return PartialDate.parse(text).iso()
