"""The helper's side of reading a bundle in: frames, zstd and lines of strangers become typed rows.

Whoever reads this file in the program reads ``reading`` instead; see docs/decisions/0040.
"""

import hashlib
from collections.abc import Iterator
from typing import Annotated, Any

import msgspec

from kimdesk.domain.errors import BundleError
from kimdesk.domain.kinds import KINDS
from kimdesk.kreis.taking.said import (
    EraseLine,
    Erasures,
    Figures,
    Identity,
    Level,
    Named,
    Records,
    Rows,
    Said,
)
from kimdesk.kreis.taking.shapes import LEVELS, RowShape, shape
from kimdesk.sync.leaving.export import ERASE, RECORDS, STATISTICS
from kimdesk.sync.leaving.policy import policy
from kimdesk.sync.leaving.statistics import FigureSection
from kimdesk.sync.sealing.limits import MIB
from kimdesk.sync.sealing.manifest import SectionInfo
from kimdesk.sync.sealing.plain import Plain
from kimdesk.sync.sealing.sections import BundleSection, read_sections
from kimdesk.sync.sealing.wire import Rising

_MOST, _LARGEST = 2000, MIB  # lines of one answer, and their bytes


class WireLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One record: its kind, the level it is shared at, the bundle since which its terms hold, its members."""

    kind: str
    level: Level
    scope: Rising
    row: msgspec.Raw


class _NamedRow(msgspec.Struct, frozen=True):
    id: Identity
    case_id: Annotated[str, msgspec.Meta(max_length=200)] = ""


class _NamedLine(msgspec.Struct, frozen=True):
    kind: Annotated[str, msgspec.Meta(pattern=r"^[a-z_]{1,40}\Z")]
    row: _NamedRow


_LINE = msgspec.json.Decoder(WireLine)
_NAMED = msgspec.json.Decoder(_NamedLine)
_ERASE = msgspec.json.Decoder(EraseLine)
_FIGURES = msgspec.json.Decoder(FigureSection)
_SHAPES = {(kind, level): found for kind in KINDS for level in LEVELS if (found := shape(kind, level))}
_REASONS = frozenset(policy().erase_reason)


def read(pieces: Iterator[bytes], size: int, infos: list[Any]) -> Iterator[Said]:
    """Yield what the plaintext of a bundle says, ``size`` bytes with the sections its manifest announces.

    Raises BundleError E103, E603, E604 as ``sections.read_sections`` does, E730 for content that is none.
    """
    for section in read_sections(Plain(pieces, size), msgspec.convert(infos, list[SectionInfo])):
        if section.name == RECORDS:
            yield from map(_records, _batches(section))
        elif section.name == ERASE:
            yield from map(_erasures, _batches(section))
        elif section.name == STATISTICS:
            yield from (Figures(_decoded(_FIGURES, line)) for line in section.content)


def _batches(section: BundleSection) -> Iterator[list[bytes]]:
    batch: list[bytes] = []
    size = 0
    for line in section.content:
        batch.append(line)
        size += len(line)
        if size >= _LARGEST or len(batch) == _MOST:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _records(batch: list[bytes]) -> Records:
    found: dict[tuple[str, Level], list[tuple[Any, ...]]] = {}
    unread = []
    for each in batch:
        try:
            line = _LINE.decode(each)
            row = _row(_SHAPES[line.kind, line.level], line)
        except (ValueError, KeyError, RecursionError):
            unread.append(_named(each))
        else:
            found.setdefault((line.kind, line.level), []).append(row)
    groups = [Rows(*key, msgspec.Raw(msgspec.msgpack.encode(rows))) for key, rows in found.items()]
    return Records(groups, unread)


def _row(known: RowShape, line: WireLine) -> tuple[Any, ...]:
    """Return the values of an ``Incoming``. Raises ValueError."""
    values = list(msgspec.structs.astuple(known.line.decode(line.row)))
    for place, how in known.stored:
        if values[place] is not None:
            values[place] = how(values[place])
    sent = bytes(line.row)
    if b"\\u0000" in sent and any("\0" in each for each in values if isinstance(each, str)):
        raise ValueError(line.kind)  # PostgreSQL has no such text
    digest = hashlib.sha256(line.level.encode() + sent).hexdigest()
    return line.scope, digest, *values


def _named(line: bytes) -> Named:
    found = _decoded(_NAMED, line)
    case_id = found.row.id if found.kind == "case" else found.row.case_id
    return Named(found.kind, found.row.id, case_id)


def _erasures(batch: list[bytes]) -> Erasures:
    lines = [_decoded(_ERASE, each) for each in batch]
    if any(each.kind not in KINDS or each.reason not in _REASONS for each in lines):
        raise BundleError("E730")
    return Erasures(lines)


def _decoded(decoder: msgspec.json.Decoder[Any], line: bytes) -> Any:
    try:
        return decoder.decode(line)
    except (ValueError, RecursionError):
        raise BundleError("E730") from None
