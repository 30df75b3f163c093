"""The smallest parts of the format: counted reads, big-endian lengths, JSON with exactly one spelling."""

from datetime import datetime
from typing import Annotated, BinaryIO, TypeVar

import msgspec

from kimdesk.domain.errors import BundleError

T = TypeVar("T", bound=msgspec.Struct)

FORMAT = 1
"""The major version this program reads and writes."""


Number = Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]
"""A count, or a number in an order, as every database and every language holds it."""
Rising = Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)]
"""A number that starts with 1."""
Large = Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1)]
"""A number of bytes, or a moment: what JSON holds exactly in every language (RFC 8259 §6)."""


Moment = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z\Z")]
"""A moment in UTC, to the second, in its one spelling; ``check_moment`` tells whether there is such a day."""
Digest = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{96}\Z")]
"""What names a file in chains and receipts."""


def check_moment(text: str) -> None:
    """Raise BundleError E103 for a day or time that does not exist."""
    try:
        datetime.fromisoformat(text)
    except ValueError:
        raise BundleError("E103") from None


class _Versioned(msgspec.Struct):
    """Only the version of a JSON object, whatever else it holds."""

    format: int


def encode(value: msgspec.Struct) -> bytes:
    """Return ``value`` as compact JSON, members in the order of the struct."""
    return msgspec.json.encode(value)


def decode(kind: type[T], data: bytes) -> T:
    """Return ``data`` as a ``kind``, whose one spelling it must be: no unknown, missing or doubled members.

    Raises BundleError E501 for another major version, E103 for anything else that is not a ``kind``.
    """
    if _attempt(_Versioned, data).format != FORMAT:
        raise BundleError("E501")
    value = _attempt(kind, data)
    if encode(value) != data:
        raise BundleError("E103")
    return value


def _attempt(kind: type[T], data: bytes) -> T:
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as fault:
        raise BundleError("E103") from fault


def read_some(file: BinaryIO, size: int) -> bytes:
    """Return ``size`` bytes, fewer only at the end of the file, however little a single read gives.

    Raises BundleError E103 when the medium fails.
    """
    parts = []
    try:
        while size and (data := file.read(size)):
            parts.append(data)
            size -= len(data)
    except OSError as fault:
        raise BundleError("E103") from fault
    return parts[0] if len(parts) == 1 else b"".join(parts)


def read_exactly(file: BinaryIO, size: int) -> bytes:
    """Return exactly ``size`` bytes. Raises BundleError E102 when the file ends before."""
    data = read_some(file, size)
    if len(data) != size:
        raise BundleError("E102")
    return data


def u32(value: int) -> bytes:
    """Return ``value`` as four bytes, the highest first."""
    return value.to_bytes(4, "big")
