"""Reading the lines of a bundle, strictly: only what a desk may send, in the types of the records."""

import hashlib
import types
from dataclasses import fields
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import msgspec

from kimdesk.domain import records
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.errors import BundleError
from kimdesk.domain.kinds import type_of
from kimdesk.domain.terms import SharingLevel
from kimdesk.sync.policy import SILENT, FieldRule, Treatment, policy
from kimdesk.sync.projection import RENAMED
from kimdesk.sync.wire import Rising

Identity = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Pseudonym = Annotated[str, msgspec.Meta(pattern=r"^P[a-z2-7]{24}\Z")]
Partial = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}(-[0-9]{2}){0,2}\Z")]
Whole = Annotated[int, msgspec.Meta(ge=-(2**31), le=2**31 - 1)]


class WireLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One record: its kind, the level it is shared at, the bundle since which its terms hold, its members."""

    kind: str
    level: SharingLevel
    scope: Rising
    row: msgspec.Raw


class EraseLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One record to be erased."""

    kind: str
    id: Identity
    reason: str


class Incoming(msgspec.Struct, frozen=True):
    """A record as it came: its members as values of the columns, and the digest of what was sent."""

    kind: str
    level: SharingLevel
    scope: int
    values: dict[str, Any]
    digest: str


_LINE = msgspec.json.Decoder(WireLine)
_ERASE = msgspec.json.Decoder(EraseLine)


def read_line(data: bytes) -> Incoming:
    """Return the record in a line. Raises BundleError E730 for anything a desk may not send."""
    line = _decode(_LINE, data)
    if line.kind not in policy().record or line.level is SharingLevel.STATISTICS:
        raise BundleError("E730")
    shape = _shape(line.kind, line.level)
    found = _decode(shape, bytes(line.row))
    values = {name: value for name in found.__struct_fields__ if (value := getattr(found, name)) is not None}
    digest = hashlib.sha256(line.level.encode() + bytes(line.row)).hexdigest()
    return Incoming(line.kind, line.level, line.scope, _with_dates(line.kind, values), digest)


def read_erase(data: bytes) -> EraseLine:
    """Return what is to be erased. Raises BundleError E730."""
    line: EraseLine = _decode(_ERASE, data)
    if line.kind not in policy().record or line.reason not in policy().erase_reason:
        raise BundleError("E730")
    return line


def decode(kind: type[Any], data: bytes) -> Any:
    """Return ``data`` as a ``kind``. Raises BundleError E730."""
    return _decode(msgspec.json.Decoder(kind), data)


def _decode(decoder: msgspec.json.Decoder[Any], data: bytes) -> Any:
    try:
        return decoder.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise BundleError("E730") from None


@cache
def _shape(kind: str, level: SharingLevel) -> msgspec.json.Decoder[Any]:
    """Return the decoder of a row: only the members the policy lets out at ``level``."""
    hints = get_type_hints(type_of(kind), vars(records))
    members: list[Any] = []
    for name, rule in policy().record[kind].field.items():
        members += _members(name, rule, hints[name], level)
    shape = msgspec.defstruct(f"{kind}_{level.value}", members, forbid_unknown_fields=True, kw_only=True)
    return msgspec.json.Decoder(shape)


def _members(name: str, rule: FieldRule, hint: Any, level: SharingLevel) -> list[Any]:
    ways = {rule.treatment(level, household=household) for household in (False, True)} - SILENT
    named = {RENAMED.get(way, name): way for way in ways}
    return [_member(member, hint, way) for member, way in named.items()]


def _member(member: str, hint: Any, way: Treatment) -> tuple[Any, ...]:
    if way is Treatment.AGE_BAND:
        return member, str | None, None
    if member == "rev":
        return member, Rising
    if member == "id":
        return member, Pseudonym if way is Treatment.HMAC else Identity
    if way is Treatment.HMAC:
        return member, (list[Pseudonym] if get_origin(hint) is tuple else Pseudonym) | None, None
    return member, _wire_type(hint) | None, None


def _wire_type(hint: Any) -> Any:
    if get_origin(hint) in (Union, types.UnionType):
        hint = next(each for each in get_args(hint) if each is not types.NoneType)
    if hint is PartialDate:
        return Partial
    if hint is int:
        return Whole
    return dict[str, Any] if "Mapping" in str(hint) else hint


@cache
def _partial_dates(kind: str) -> frozenset[str]:
    hints = get_type_hints(type_of(kind), vars(records))
    return frozenset(each.name for each in fields(type_of(kind)) if "PartialDate" in str(hints[each.name]))


def _with_dates(kind: str, values: dict[str, Any]) -> dict[str, Any]:
    for name in _partial_dates(kind) & values.keys():
        try:
            values[name] = PartialDate.parse(values[name])
        except ValueError:
            raise BundleError("E730") from None
    return values
