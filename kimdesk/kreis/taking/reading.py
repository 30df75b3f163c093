"""What a bundle says, read in the cage: no byte behind its manifest is unpacked or parsed in the program."""

from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from math import ceil
from typing import Any, Final

import msgspec

from kimdesk.cage import MIB, CagedStream, Limits
from kimdesk.domain.errors import BundleError, ForeignFileError
from kimdesk.kreis.taking.said import Identity, Level, Rows, Said
from kimdesk.kreis.taking.shapes import Whole, members
from kimdesk.kreis.taking.sheets import Sheet
from kimdesk.sync.sealing.envelope import OpenedEnvelope
from kimdesk.sync.sealing.wire import Rising

_READ: CagedStream[Said] = CagedStream(
    "kimdesk.kreis.taking.caged:read",
    Said,  # type: ignore[arg-type]
    refusals=("E103", "E603", "E604", "E730"),
)
_IN_OUR_WORDS: Final = {"E760": "E605", "E761": "E606", "E763": "E608", "E764": "E609", "E765": "E608"}
STOPPED: Final = "E609"
NOT_THE_FILE: Final = frozenset({"E608", STOPPED})
"""Refusals that say nothing about a file: it may be read in again."""
_NUMBERS, _TEXTS = list[Whole | None], list[str | None]
_MEMORY, _ANSWER = 160 * MIB, 8 * MIB
_SECONDS, _MIB_A_SECOND = 60, 4  # an honest bundle takes a twentieth of it


_START: Final = _READ.prepare


def prepare() -> None:
    """Let the helper start while the first file is still being checked."""
    with suppress(OSError):  # each file will be told that none starts
        _START()


def read(opened: OpenedEnvelope) -> Iterator[Said]:
    """Yield what the sections of a bundle say, in their order.

    Raises BundleError E103, E603, E604 when they are not what was announced, E730 for content that is none,
    E605 to E607 when reading took too much memory or time, or crashed, E608 when no helper could do it, E609
    when it was stopped. What was yielded before is worth nothing then.
    """
    infos = [msgspec.to_builtins(each) for each in opened.announced]
    seconds = _SECONDS + ceil(sum(each.size for each in opened.announced) / MIB / _MIB_A_SECOND)
    limits = Limits(seconds=seconds, memory=_MEMORY, answer=_ANSWER)
    size, pieces = opened.plaintext()
    try:
        yield from _READ(pieces, size, infos, limits=limits)
    except ForeignFileError as error:
        raise BundleError(_IN_OUR_WORDS.get(error.code, "E607")) from None


def sheet_of(group: Rows) -> Sheet:
    """Return the rows of a group. Raises BundleError E607 when they have another shape."""
    known = members(group.kind, group.level)
    if known is None:
        raise BundleError("E607")
    try:
        columns = msgspec.structs.astuple(_columns(group.kind, group.level).decode(group.columns))
    except ValueError:
        raise BundleError("E607") from None
    if len({len(each) for each in columns}) > 1:
        raise BundleError("E607")
    return Sheet(group.kind, group.level, ("scope", *known), columns)


@cache
def _columns(kind: str, level: Level) -> msgspec.msgpack.Decoder[Any]:
    """Return what reads the columns of a sheet, and only such that the registry can hold."""
    known = members(kind, level) or {}
    types: dict[str, Any] = {name: _NUMBERS if codec.number else _TEXTS for name, (_, codec) in known.items()}
    types |= {"scope": list[Rising], "id": list[Identity], "rev": list[Rising]}
    fields = [(name, types[name]) for name in ("scope", *known)]
    return msgspec.msgpack.Decoder(msgspec.defstruct(f"{kind}_{level}", fields, array_like=True))
