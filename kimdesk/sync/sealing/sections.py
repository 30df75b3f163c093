"""The sections of a bundle: records as JSON lines, files by their SHA-256; packed, counted, checked.

What goes in and what comes out meets the same limits, so nothing is written that a reader would refuse.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain

import zstandard

from kimdesk.domain.errors import BundleError
from kimdesk.sync.sealing import limits
from kimdesk.sync.sealing.frames import DATA, SECTION_END, frame, read_frames
from kimdesk.sync.sealing.manifest import SectionInfo, SectionKind
from kimdesk.sync.sealing.plain import Plain

LEVEL = 3
"""zstd level, chosen for speed."""
PACKED = frozenset({SectionKind.RECORDS, SectionKind.PACKED_BLOB})
"""Kinds of section that are packed with zstd."""

_BATCH = 64 * 1024
_SIP = 256  # four bytes of zstd can unpack to 128 KiB, a sip to 8 MiB
_BRACKETS = b"[{]}"
_OTHERS = bytes(set(range(256)).difference(_BRACKETS))
_STEP = {ord(each): step for each, step in zip("[{]}", (1, 1, -1, -1), strict=True)}


@dataclass(frozen=True, slots=True)
class BundleSection:
    """A named part of a bundle.

    ``content`` gives the records of a RECORDS section one by one, without line feeds, and pieces of any
    length for other kinds. ``name`` is unique in a bundle; that of a blob is its SHA-256 and may be left
    out when writing.
    """

    name: str
    kind: int
    content: Iterable[bytes]

    def batches(self) -> Iterator[list[bytes]]:
        """Yield the content, of a section that is read as many records as come together."""
        return (
            self.content.batches if isinstance(self.content, SectionContent) else iter([list(self.content)])
        )


class _Meter:
    """Counts and hashes content as it passes."""

    def __init__(self) -> None:
        self.size = 0
        self.records = 0
        self._sha256 = hashlib.sha256()

    def take(self, data: bytes) -> None:
        self.size += len(data)
        self._sha256.update(data)

    def info(self, name: str, kind: int) -> SectionInfo:
        found = self._sha256.hexdigest()
        return SectionInfo(name or found, kind, self.records, self.size, found)


def write_section(section: BundleSection, write: Callable[[bytes], object]) -> SectionInfo:
    """Write the frames of ``section`` and return what the manifest says of it. Raises BundleError E604."""
    meter = _Meter()
    content = _lines(section.content, meter) if section.kind == SectionKind.RECORDS else section.content
    pieces = _metered(_batches(content), meter)
    for piece in _pack(pieces) if section.kind in PACKED else pieces:
        write(frame(DATA, piece))
    write(frame(SECTION_END))
    return meter.info(section.name, section.kind)


def _lines(records: Iterable[bytes], meter: _Meter) -> Iterator[bytes]:
    for batch in _gathered(records):
        _check_records(batch)
        lines = b"\n".join((*batch, b""))
        if lines.count(b"\n") != len(batch) or not all(batch):
            raise ValueError("a record is one line")
        meter.records += len(batch)
        yield lines


def _gathered(records: Iterable[bytes]) -> Iterator[list[bytes]]:
    batch, size = [], 0
    for record in records:
        batch.append(record)
        size += len(record)
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _batches(parts: Iterable[bytes]) -> Iterator[bytes]:
    batch = bytearray()
    for part in parts:
        batch += part
        while len(batch) >= _BATCH:
            yield bytes(batch[: limits.FRAME])
            del batch[: limits.FRAME]
    if batch:
        yield bytes(batch)


def _metered(pieces: Iterable[bytes], meter: _Meter) -> Iterator[bytes]:
    for piece in pieces:
        meter.take(piece)
        yield piece


def _pack(pieces: Iterable[bytes]) -> Iterator[bytes]:
    chunker = zstandard.ZstdCompressor(level=LEVEL).chunker(chunk_size=_BATCH)
    for piece in pieces:
        yield from chunker.compress(piece)
    yield from chunker.finish()  # type: ignore[no-untyped-call]


def read_sections(plain: Plain, infos: Sequence[SectionInfo]) -> Iterator[BundleSection]:
    """Yield the sections ``infos`` announce, each to be read before the next is asked for.

    What is left unread of one is checked all the same. Raises BundleError E103 when content is not what was
    announced, E603 when it unpacks to more, E604 for a record that is too long or too deep.
    """
    frames = read_frames(plain)
    next(frames)
    for info in infos:
        content = SectionContent(_content(frames, info))
        yield BundleSection(info.name, info.kind, content)
        for _ in content:
            pass
    for _ in frames:
        raise BundleError("E103")


class SectionContent:
    """The content of a section that is read: records or pieces one by one, or as many as come together."""

    def __init__(self, batches: Iterator[list[bytes]]) -> None:
        self.batches = batches

    def __iter__(self) -> Iterator[bytes]:
        return chain.from_iterable(self.batches)


def _content(frames: Iterator[tuple[int, bytes]], info: SectionInfo) -> Iterator[list[bytes]]:
    meter = _Meter()
    stored = _payloads(frames)
    pieces = _checked(_unpack(stored) if info.kind in PACKED else stored, info, meter)
    if info.kind == SectionKind.RECORDS:
        yield from _records(pieces, info, meter)
    else:
        yield from ([piece] for piece in pieces)
    if meter.info(info.name, info.kind) != (info if info.kind == SectionKind.RECORDS else _unnumbered(info)):
        raise BundleError("E103")


def _unnumbered(info: SectionInfo) -> SectionInfo:
    return SectionInfo(info.name, info.kind, 0, info.size, info.sha256)


def _payloads(frames: Iterator[tuple[int, bytes]]) -> Iterator[bytes]:
    for kind, payload in frames:
        if kind == SECTION_END:
            return
        yield payload


def _unpack(stored: Iterable[bytes]) -> Iterator[bytes]:
    unpacker = zstandard.ZstdDecompressor(max_window_size=limits.ZSTD_WINDOW).decompressobj()
    try:
        for payload in stored:
            for at in range(0, len(payload), _SIP):
                yield from _pieces(unpacker.decompress(payload[at : at + _SIP]))
    except zstandard.ZstdError as fault:
        raise BundleError("E103") from fault
    if not unpacker.eof or unpacker.unused_data:
        raise BundleError("E103")


def _pieces(data: bytes) -> Iterator[bytes]:
    yield from (data[at : at + _BATCH] for at in range(0, len(data), _BATCH))


def _checked(pieces: Iterable[bytes], info: SectionInfo, meter: _Meter) -> Iterator[bytes]:
    for piece in pieces:
        meter.take(piece)
        if meter.size > info.size:
            raise BundleError("E603")
        yield piece


def _records(pieces: Iterable[bytes], info: SectionInfo, meter: _Meter) -> Iterator[list[bytes]]:
    pending, fresh, ended = bytearray(), 0, False
    for piece in chain(pieces, (b"",)):
        pending += piece
        fresh += len(piece)
        ended = ended or b"\n" in piece
        if ended and (fresh >= _BATCH or not piece):
            *lines, rest = bytes(pending).split(b"\n")
            pending, fresh, ended = bytearray(rest), 0, False
            meter.records += len(lines)
            if meter.records > info.records or not all(lines):
                raise BundleError("E103")
            _check_records(lines)
            yield lines
        if len(pending) > limits.RECORD + _BATCH:
            raise BundleError("E604")
    if pending:
        raise BundleError("E103")


def _check_record(record: bytes) -> None:
    if len(record) > limits.RECORD or _depth_exceeds(record, limits.DEPTH):
        raise BundleError("E604")


def _check_records(records: Sequence[bytes]) -> None:
    opened = [each.count(b"{") + each.count(b"[") for each in records]
    if max(map(len, records)) > limits.RECORD or max(opened) > limits.DEPTH:
        for each in records:
            _check_record(each)


def _depth_exceeds(record: bytes, limit: int) -> bool:
    """Return whether brackets outside of strings nest deeper; the time grows as the record does."""
    if record.count(b"{") + record.count(b"[") <= limit:
        return False
    unescaped = record.replace(rb"\\", b"").replace(rb"\"", b"")
    outside = b"".join(unescaped.split(b'"')[::2]).translate(None, _OTHERS)
    return max(accumulate(map(_STEP.__getitem__, outside)), default=0) > limit
