"""How the values of records stand in columns: text and whole numbers only, the same on every database.

Dates are ISO text, moments ISO text in UTC, vocabularies their codes, tuples and mappings JSON.
"""

import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, Union, get_args, get_origin

import msgspec

from kimdesk.domain.dates import PartialDate
from kimdesk.domain.records import EMPTY

Convert = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class ColumnCodec:
    """One kind of value in a column; ``encode`` and ``decode`` are None where nothing is to do."""

    number: bool = False
    nullable: bool = False
    encode: Convert | None = None
    decode: Convert | None = None

    def in_json(self, stored: Any) -> Any:
        """Return what stands in a column as JSON says it; what is JSON already is not read for that."""
        if self.encode is _json and self.decode:
            return msgspec.Raw(stored.encode()) if stored else self.decode(stored)
        return bool(stored) if self.decode is bool else stored


def codec_for(hint: Any) -> ColumnCodec:
    """Return how values of the type ``hint`` are stored. Raises TypeError for a type no record has."""
    arguments = [each for each in get_args(hint) if each is not types.NoneType]
    if get_origin(hint) in (Union, types.UnionType):
        inner = codec_for(arguments[0])
        return ColumnCodec(inner.number, True, inner.encode, inner.decode)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return ColumnCodec(encode=str, decode=hint)
    if hint in _PLAIN:
        return _PLAIN[hint]
    if get_origin(hint) is tuple:
        return ColumnCodec(encode=_json, decode=_sequence(hint))
    if get_origin(hint) is Mapping:
        return ColumnCodec(encode=_json, decode=_mapping)
    raise TypeError(hint)


def moment_text(value: datetime) -> str:
    """Return ``value`` as ISO text in UTC, to the second."""
    return value.astimezone(UTC).replace(tzinfo=None, microsecond=0).isoformat() + "Z"


_PLAIN: dict[Any, ColumnCodec] = {
    str: ColumnCodec(),
    int: ColumnCodec(number=True),
    bool: ColumnCodec(number=True, encode=int, decode=bool),
    date: ColumnCodec(encode=date.isoformat, decode=date.fromisoformat),
    datetime: ColumnCodec(encode=moment_text, decode=datetime.fromisoformat),
    PartialDate: ColumnCodec(encode=PartialDate.iso, decode=PartialDate.parse),
}


def _json(value: Any) -> str:
    if not value:
        return ""
    return msgspec.json.encode(dict(value) if isinstance(value, Mapping) else value, enc_hook=dict).decode()


def _sequence(hint: Any) -> Convert:
    decoder = msgspec.json.Decoder(hint)

    def decode(text: str) -> Any:
        return decoder.decode(text) if text else ()

    return decode


def _mapping(text: str) -> Mapping[str, Any]:
    return msgspec.json.decode(text, type=dict[str, Any]) if text else EMPTY
