"""The parsers of foreign bytes that lie behind signatures and seals, each as a function of bytes."""

import io
from collections.abc import Callable

import msgspec

from kimdesk.kreis.taking import caged
from kimdesk.sync.sealing import age_stream, frames, wire
from kimdesk.sync.sealing.container import Container
from kimdesk.sync.sealing.manifest import SectionInfo, SectionKind, decode_manifest, decode_receipt
from kimdesk.sync.sealing.plain import Plain
from kimdesk.sync.sealing.sections import BundleSection, read_sections, write_section
from kimdesk.sync.trust import enrolment
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


def _lines(section: str) -> Callable[[bytes], object]:
    """Return what reads lines of a section of a bundle, behind frames that are as they should be."""

    def read(data: bytes) -> None:
        lines = [line + b"\n" for line in data.split(b"\n") if line]
        body = io.BytesIO(frames.frame(frames.MANIFEST, b"{}"))
        body.seek(0, io.SEEK_END)
        info = write_section(
            BundleSection(section, SectionKind.RECORDS, [each[:-1] for each in lines]), body.write
        )
        body.write(frames.frame(frames.END))
        size = frames.padded(body.tell())
        plain = body.getvalue().ljust(size, b"\0")
        list(caged.read(iter([plain]), size, [msgspec.to_builtins(info)]))

    return read


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
    "record_line": _lines("records"),
    "erase_line": _lines("erase"),
    "figures": _lines("statistics"),
    "request": _request,
    "certificate": _certificate,
    "slot_file": slotfile.parse,
}
