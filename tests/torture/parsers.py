"""The parsers of foreign bytes that lie behind signatures and seals, each as a function of bytes."""

import io
from collections.abc import Callable

from kimdesk.kreis.wire_rows import decode, read_erase, read_line
from kimdesk.sync import age_stream, enrolment, frames, statistics, wire
from kimdesk.sync.container import Container
from kimdesk.sync.manifest import SectionInfo, SectionKind, decode_manifest, decode_receipt
from kimdesk.sync.plain import Plain
from kimdesk.sync.sections import read_sections
from kimdesk.vault import slotfile


def _stream_header(data: bytes) -> None:
    age_stream.read_header(age_stream.SUITE_1, data)


def _plain(data: bytes) -> Plain:
    return Plain(iter([data] if data else []), len(data))


def _frames(data: bytes) -> None:
    frames.outline(_plain(data))


def _packed(data: bytes) -> None:
    """Read a section whose stored bytes are these; the manifest promises no more than they may unpack to."""
    head = frames.frame(frames.MANIFEST, b"{}")
    body = head + frames.frame(frames.DATA, data or b"x") + frames.frame(frames.SECTION_END)
    plain = _plain((body + frames.frame(frames.END)).ljust(frames.padded(len(body) + 5), b"\0"))
    info = SectionInfo("records", SectionKind.RECORDS, 1, 1 << 20, "0" * 64)
    for section in read_sections(plain, [info]):
        for _ in section.content:
            pass


def _figures(data: bytes) -> None:
    decode(statistics.FigureSection, data)


def _request(data: bytes) -> None:
    wire.decode(enrolment.Request, data).identity.checked()


def _certificate(data: bytes) -> None:
    wire.decode(enrolment.Certificate, data).kreis.checked()


PARSERS: dict[str, Callable[[bytes], object]] = {
    "outside": lambda data: Container(io.BytesIO(data)),
    "stream_header": _stream_header,
    "frames": _frames,
    "packed_records": _packed,
    "bundle_manifest": decode_manifest,
    "receipt": decode_receipt,
    "record_line": read_line,
    "erase_line": read_erase,
    "figures": _figures,
    "request": _request,
    "certificate": _certificate,
    "slot_file": slotfile.parse,
}
