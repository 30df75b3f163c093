"""The shapes of the rows a desk may send: for each kind and level only the members the policy lets out."""

import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache, lru_cache
from typing import Annotated, Any, Final, Union, get_args, get_origin, get_type_hints

import msgspec

from kimdesk.domain import records
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.kinds import type_of
from kimdesk.domain.terms import SharingLevel
from kimdesk.kreis.taking.said import Identity, Incoming, Level
from kimdesk.store.columns import ColumnCodec, codec_for
from kimdesk.sync.leaving.policy import SHIELDED, SILENT, FieldRule, Treatment, policy
from kimdesk.sync.leaving.projection import RENAMED
from kimdesk.sync.sealing.wire import Rising

Pseudonym = Annotated[str, msgspec.Meta(pattern=r"^P[a-z2-7]{24}\Z")]
Partial = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}(-[0-9]{2}){0,2}\Z")]
Year = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}\Z")]
Month = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}(-[0-9]{2})?\Z")]
Whole = Annotated[int, msgspec.Meta(ge=-(2**31), le=2**31 - 1)]
LEVELS: Final[tuple[Level, ...]] = get_args(Level)

_CUT: Final[Mapping[Treatment, Any]] = {Treatment.YEAR: Year, Treatment.MONTH: Month}
"""How a date is sent of which no more may be told."""
_AS_IT_IS = (str, int, date, Enum)
"""What msgspec sends back from the cage just as a column holds it."""


@dataclass(frozen=True, slots=True)
class RowShape:
    """One kind of record at one level.

    ``members``: the names, ``id`` and ``rev`` first. ``line`` reads a row as it is sent, strictly; ``stored``
    makes of the values at these places what columns hold, raising ValueError. ``incoming`` are the rows that
    come out of the cage.
    """

    members: tuple[str, ...]
    line: msgspec.json.Decoder[Any]
    stored: tuple[tuple[int, Callable[[Any], Any]], ...]
    incoming: msgspec.msgpack.Decoder[list[Incoming]]


@cache
def shape(kind: str, level: Level) -> RowShape | None:
    """Return the shape of records of ``kind`` at ``level``, None when none of them may leave a desk."""
    if kind not in policy().record or level not in LEVELS:
        return None
    at, shielded = SharingLevel(level.removesuffix(SHIELDED)), level.endswith(SHIELDED)
    hints = get_type_hints(type_of(kind), vars(records))
    members: dict[str, tuple[Any, ColumnCodec]] = {}
    for name, rule in policy().record[kind].field.items():
        if rule.shielded == "keep" or not shielded:
            members |= _members(name, rule, hints[name], at)
    if not {"id", "rev"} <= members.keys():
        return None
    names = ("id", "rev", *(name for name in members if name not in ("id", "rev")))
    sent = [(name, members[name][0], *_default(name)) for name in names]
    line = msgspec.defstruct(f"{kind}_{level}", sent, forbid_unknown_fields=True, kw_only=True)
    stored = [(place, how) for place, name in enumerate(names) if (how := _stored(*members[name]))]
    return RowShape(names, msgspec.json.Decoder(line), tuple(stored), _incoming(kind, level, names, members))


def _default(name: str) -> tuple[None, ...]:
    return () if name in ("id", "rev") else (None,)


def _incoming(
    kind: str, level: Level, names: tuple[str, ...], members: Mapping[str, tuple[Any, ColumnCodec]]
) -> msgspec.msgpack.Decoder[list[Incoming]]:
    columns = [(name, (Whole if members[name][1].number else str) | None) for name in names[2:]]
    row: Any = msgspec.defstruct(
        f"{kind}_{level}_row", columns, bases=(Incoming,), array_like=True, frozen=True,
        namespace={"of_kind": kind, "shared": level},
    )  # fmt: skip
    return msgspec.msgpack.Decoder(list[row])


def _members(
    name: str, rule: FieldRule, hint: Any, level: SharingLevel
) -> dict[str, tuple[Any, ColumnCodec]]:
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


def _stored(sent: Any, codec: ColumnCodec) -> Callable[[Any], Any] | None:
    """Return what makes of a value as it is sent what its column holds, None where that is the same."""
    kind = _plain(sent)
    if kind in (Partial, *_CUT.values()):
        return _real
    if kind is datetime or not (isinstance(kind, type) and issubclass(kind, _AS_IT_IS)) or kind is bool:
        return codec.encode
    return None


@lru_cache(4096)
def _real(text: str) -> str:
    return PartialDate.parse(text).iso()
