"""The helper's side of reading a bundle in: frames, zstd and lines of strangers become typed rows.

Whoever reads this file in the program reads ``reading`` instead; see docs/decisions/0040.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Annotated, Any, Final, Literal, NamedTuple

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
from kimdesk.kreis.taking.shapes import LEVELS, Member, members, stored
from kimdesk.sync.leaving.allow_list import shipped
from kimdesk.sync.sealing.figures import FigureSection
from kimdesk.sync.sealing.limits import MIB
from kimdesk.sync.sealing.manifest import ERASE, RECORDS, STATISTICS, SectionInfo
from kimdesk.sync.sealing.plain import Plain
from kimdesk.sync.sealing.sections import BundleSection, read_sections
from kimdesk.sync.sealing.wire import Rising

_MOST, _LARGEST = 4000, MIB  # lines of one answer, and their bytes


Key = tuple[str, Level]
Columns = list[list[Any]]


class _Head(msgspec.Struct, frozen=True):
    kind: str
    level: Level


class _NamedRow(msgspec.Struct, frozen=True):
    id: Identity
    case_id: Annotated[str, msgspec.Meta(max_length=200)] = ""


class _NamedLine(msgspec.Struct, frozen=True):
    kind: Annotated[str, msgspec.Meta(pattern=r"^[a-z_]{1,40}\Z")]
    row: _NamedRow


_HEAD = msgspec.json.Decoder(_Head)
_NAMED = msgspec.json.Decoder(_NamedLine)
_ERASE = msgspec.json.Decoder(EraseLine)
_FIGURES = msgspec.json.Decoder(FigureSection)
_REASONS = frozenset(shipped().erase_reason)


class LineShape(NamedTuple):
    """How lines of one kind at one level are read: kind, level, scope and row, strictly.

    ``stored`` makes of the columns at these places what is stored, raising ValueError.
    """

    decode: Callable[[bytes], Any]
    stored: Sequence[tuple[int, Callable[[Any], Any]]]


def _shape(kind: str, level: Level, known: Mapping[str, Member]) -> LineShape:
    sent = [(name, each[0], *(() if name in ("id", "rev") else (None,))) for name, each in known.items()]
    row = msgspec.defstruct(f"{kind}_{level}", sent, forbid_unknown_fields=True, kw_only=True, gc=False)
    members_of_line: list[Any] = [
        ("kind", Literal[kind]), ("level", Literal[level]), ("scope", Rising), ("row", row),
    ]  # fmt: skip
    line = msgspec.defstruct(f"{kind}_{level}_line", members_of_line, forbid_unknown_fields=True, gc=False)
    how = [(place, found) for place, each in enumerate(known.values(), 1) if (found := stored(*each))]
    return LineShape(msgspec.json.Decoder(line).decode, how)


_SHAPES: Final[Mapping[Key, LineShape]] = {
    (kind, level): _shape(kind, level, known)
    for kind in KINDS
    for level in LEVELS
    if (known := members(kind, level))
}
_BEGIN: Final = {f'{{"kind":"{kind}","level":"{level}"'.encode(): (kind, level) for kind, level in _SHAPES}
"""How lines begin that are spelled as a desk spells them."""


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
    """Yield the lines of a section, as many as make an answer."""
    batch: list[bytes] = []
    size = 0
    for lines in section.batches():
        for start in range(0, len(lines), _MOST):
            batch += lines[start : start + _MOST]
            size += sum(map(len, lines[start : start + _MOST]))
            if size >= _LARGEST or len(batch) >= _MOST:
                yield batch
                batch, size = [], 0
    if batch:
        yield batch


def _records(batch: list[bytes]) -> Records:
    """Return what lines say; those that begin alike are read together, and one by one if that fails."""
    begun: dict[bytes, list[bytes]] = {}
    for line in batch:
        begun.setdefault(line[: line.find(b',"scope":')], []).append(line)
    found: dict[Key, Columns] = {}
    unread: list[Named] = []
    for begin, lines in begun.items():
        try:
            key = _BEGIN[begin]
            _add(found, key, _columns(_SHAPES[key], lines))
        except (ValueError, KeyError, RecursionError):
            unread += filter(None, (_alone(each, found) for each in lines))
    groups = [Rows(*key, msgspec.Raw(msgspec.msgpack.encode(columns))) for key, columns in found.items()]
    return Records(groups, unread)


def _alone(line: bytes, found: dict[Key, Columns]) -> Named | None:
    """Add what one line says to ``found``, or return what it is about when that may not be."""
    try:
        head = _HEAD.decode(line)
        key = (head.kind, head.level)
        columns = _columns(_SHAPES[key], [line])
    except (ValueError, KeyError, RecursionError):
        return _named(line)
    _add(found, key, columns)
    return None


def _add(found: dict[Key, Columns], key: Key, columns: Columns) -> None:
    if key not in found:
        found[key] = columns
        return
    for there, more in zip(found[key], columns, strict=True):
        there.extend(more)


def _columns(known: LineShape, lines: list[bytes]) -> Columns:
    """Return the columns of a ``Sheet``. Raises ValueError when a line may not be sent so."""
    said = list(map(known.decode, lines))
    values = map(msgspec.structs.astuple, [each.row for each in said])
    columns = [[each.scope for each in said], *map(list, zip(*values, strict=True))]
    for place, how in known.stored:
        columns[place] = [None if each is None else how(each) for each in columns[place]]
    if b"\\u0000" in b"".join(lines) and any(map(_has_nul, columns)):
        raise ValueError  # PostgreSQL has no such text
    return columns


def _has_nul(column: list[Any]) -> bool:
    return any("\0" in each for each in column if isinstance(each, str))


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
