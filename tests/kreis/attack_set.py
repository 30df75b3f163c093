"""Files that cost as much as a desk's key can make them cost: each well signed and well sealed.

Their sections are written by hand, so that they may be what no writer of ours would write.
"""

import hashlib
import os
import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import repeat
from pathlib import Path
from typing import Any

import msgspec
import zstandard

from kimdesk.kreis.enrolled.keyring import trust
from kimdesk.sync.sealing import container, frames, sealed_stream, wire
from kimdesk.sync.sealing.container import FrameWriter, HeaderFields
from kimdesk.sync.sealing.limits import MIB, RATIO, RECORDS
from kimdesk.sync.sealing.manifest import BundleManifest, SectionInfo, SectionKind
from kimdesk.sync.trust import device
from tests.sync.exchange import AGS, Exchange

CASE = b'{"kind":"case","level":"identified","scope":1,"row":{"id":"c","rev":1,"ags":"%s","status":"active"}}'
CASE_LINE = CASE % AGS.encode()


@dataclass
class Packed:
    """A section of records as it lies in its frames; ``lies`` is what the manifest says of it instead."""

    name: str
    lines: Iterable[bytes]
    lies: dict[str, Any] = field(default_factory=dict)

    def frames(self, infos: list[SectionInfo]) -> Iterator[bytes]:
        """Yield the frames, and append what they hold to ``infos``."""
        sha256, size, records = hashlib.sha256(), 0, 0
        chunker = zstandard.ZstdCompressor(level=1).chunker(chunk_size=64 * 1024)

        def taken() -> Iterator[bytes]:
            nonlocal size, records
            for each in _joined(self.lines):
                sha256.update(each)
                size += len(each)
                records += each.count(b"\n")
                yield from chunker.compress(each)
            yield from chunker.finish()  # type: ignore[no-untyped-call]

        for piece in taken():
            yield frames.frame(frames.DATA, piece)
        yield frames.frame(frames.SECTION_END)
        found = SectionInfo(self.name, SectionKind.RECORDS, records, size, sha256.hexdigest())
        infos.append(msgspec.structs.replace(found, **self.lies))


def _joined(lines: Iterable[bytes]) -> Iterator[bytes]:
    batch = bytearray()
    for each in lines:
        batch += each
        if len(batch) >= MIB:
            yield bytes(batch)
            batch.clear()
    yield bytes(batch)


@dataclass
class Chain:
    """The bundles of one desk, each after the one before, whatever becomes of them."""

    exchange: Exchange
    seq: int = 0
    prev: str = ""

    def write(self, name: str, sections: Iterable[Packed], ballast: int) -> Path:
        """Write a bundle, with as many random bytes beside as let it unpack to ``ballast``."""
        infos: list[SectionInfo] = []
        content = b"".join(piece for each in sections for piece in each.frames(infos))
        if ballast:
            blob = os.urandom(ballast // RATIO + 64 * 1024)
            infos.append(SectionInfo("ballast", 99, 0, len(blob), hashlib.sha256(blob).hexdigest()))
            cut = (blob[at : at + MIB] for at in range(0, len(blob), MIB))
            content += b"".join(frames.frame(frames.DATA, each) for each in cut)
            content += frames.frame(frames.SECTION_END)
        return self.seal(name, infos, content)

    def seal(self, name: str, infos: list[SectionInfo], content: bytes) -> Path:
        """Write a bundle with any frames behind its manifest, well signed and well sealed."""
        self.seq += 1
        plain = frames.frame(frames.MANIFEST, self._manifest(infos)) + content + frames.frame(frames.END)
        own, kreis = device.identity(self.exchange.desk), trust(self.exchange.kreis).ring.exchange.public
        fields = HeaderFields(
            kind="bundle", suite=container.SEALED, id=secrets.token_hex(16),
            sender=own.signing.public.key_id, recipient=kreis.sealing.key_id,
        )  # fmt: skip
        path = self.exchange.stick / f"{self.seq:02} {name}.kimb"
        with path.open("wb") as file:
            writer = FrameWriter(file.write, fields)
            stream = sealed_stream.start(writer, fields, own.signing.public, kreis.sealing)
            stream.write(plain.ljust(frames.padded(len(plain)), b"\0"))
            stream.finish()
            self.prev = writer.finish(own.signing).hex()
        return path

    def _manifest(self, infos: list[SectionInfo]) -> bytes:
        said: dict[str, Any] = {
            "device": device.identity(self.exchange.desk).public.key_id, "epoch": 1, "seq": self.seq,
            "prev": self.prev, "from_change": 1, "to_change": 9, "last_receipt": 0,
            "created": "2026-11-24T09:00:00Z", "cases": 1,
        }  # fmt: skip
        return wire.encode(BundleManifest(**said, sections=infos))


def _goal(number: int, more: bytes = b"") -> bytes:
    head = b'{"kind":"goal","level":"identified","scope":1,"row":{"id":"g%d","rev":1,"case_id":"c"' % number
    return head + more + b"}}\n"


def _padded(line: bytes, fill: bytes) -> bytes:
    """Return a line of a mebibyte: ``line`` with ``fill`` in the place of its ``%``."""
    before, _, after = line.partition(b"%")
    room = MIB - len(before) - len(after)
    return before + (fill * (room // len(fill)))[:room] + after


def _answers(fill: bytes, number: int) -> bytes:
    head = (
        b'{"kind":"phase_entry","level":"identified","scope":1,"row":{"id":"p%d","rev":1,"case_id":"c","answers":{"a":['
        % number
    )
    room = (MIB - len(head) - 16) // len(fill)
    return head + fill * room + b"0]}}}\n"


def _wide(number: int) -> bytes:
    head = (
        b'{"kind":"phase_entry","level":"identified","scope":1,"row":{"id":"w%d","rev":1,"case_id":"c","answers":{'
        % number
    )
    return head + b",".join(b'"%d":0' % each for each in range(90_000)) + b"}}}\n"


def _records(lines: Iterable[bytes], **lies: Any) -> list[Packed]:
    return [Packed("records", lines, lies)]


def _with_case(lines: Iterable[bytes]) -> Iterator[bytes]:
    yield CASE_LINE + b"\n"
    yield from lines


def _erasures(number: int) -> Iterator[bytes]:
    return (b'{"kind":"goal","id":"g%d","reason":"deleted"}\n' % each for each in range(number))


ATTACKS: dict[str, Callable[[], tuple[list[Packed], int]]] = {
    "escaped quotes without an end": lambda: (_records(repeat(b'\\"' * (MIB // 2) + b"\n", 64)), 64 * MIB),
    "a line feed eight million times": lambda: (_records(repeat(b"\n" * MIB, 8), records=RECORDS), 8 * MIB),
    "a mebibyte of blanks in each record": lambda: (
        _records(
            _with_case(_padded(_goal(each).replace(b'"row":', b'"row":%'), b" ") for each in range(100))
        ),
        120 * MIB,
    ),
    "a quarter of a gibibyte without a line": lambda: (_records(repeat(bytes(MIB), 256)), 256 * MIB),
    "more than was announced": lambda: (_records(repeat(bytes(MIB), 200), size=MIB), 0),
    "two hundred thousand records": lambda: (
        _records(_with_case(_goal(each) for each in range(RECORDS - 1))),
        64 * MIB,
    ),
    "two hundred thousand records of no shape": lambda: (
        _records(_goal(each, b',"shoe_size":1') for each in range(RECORDS)),
        64 * MIB,
    ),
    "two hundred thousand erasures": lambda: ([Packed("erase", _erasures(RECORDS))], 32 * MIB),
    "brackets beside each other": lambda: (
        _records(_with_case(_answers(b"[],", each) for each in range(16))),
        20 * MIB,
    ),
    "brackets in each other": lambda: (_records(repeat(b"[" * (MIB - 1) + b"\n", 16)), 20 * MIB),
    "small numbers": lambda: (_records(_with_case(_answers(b"0,", each) for each in range(16))), 20 * MIB),
    "a hundred thousand answers": lambda: (_records(_with_case(map(_wide, range(16)))), 20 * MIB),
    "a number of a mebibyte": lambda: (
        _records(_padded(_goal(each, b',"number":%'), b"9") for each in range(16)),
        20 * MIB,
    ),
    "texts of a mebibyte": lambda: (
        _records(_with_case(_padded(_goal(each, b',"text":"%"'), b"\\u00e4") for each in range(32))),
        40 * MIB,
    ),
    "thousands of sections": lambda: ([Packed(f"{each}", []) for each in range(6_000)], MIB),
}


def write_all(exchange: Exchange) -> Iterator[str]:
    """Write every file of the set onto the stick, an honest one last; yield what each is."""
    chain = Chain(exchange)
    for name, make in ATTACKS.items():
        sections, size = make()
        chain.write(name, sections, size)
        yield name
    flood = b"".join(frames.frame(frames.DATA, b"x") for _ in range(1_000_000))
    info = SectionInfo("flood", 99, 0, 1_000_000, "0" * 64)
    chain.seal("a flood of frames", [info], flood + frames.frame(frames.SECTION_END))
    yield "a flood of frames"
    chain.write("an honest bundle", _records([CASE_LINE + b"\n", _goal(1)]), 0)
