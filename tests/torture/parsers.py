"""The parsers of foreign bytes that lie behind signatures and seals, each as a function of bytes."""

import io
from collections.abc import Callable

import msgspec

from kimdesk.casework import parcel
from kimdesk.catalogue.fitting import demand_fitting
from kimdesk.kreis.taking import caged
from kimdesk.sync import packs
from kimdesk.sync.passing import statements
from kimdesk.sync.sealing import age_stream, frames, wire
from kimdesk.sync.sealing.container import Container
from kimdesk.sync.sealing.envelope import keys_of_bytes
from kimdesk.sync.sealing.manifest import (
    SectionInfo,
    SectionKind,
    decode_handover,
    decode_manifest,
    decode_receipt,
)
from kimdesk.sync.sealing.plain import Plain
from kimdesk.sync.sealing.sections import BundleSection, read_sections, write_section
from kimdesk.sync.trust import cards, enrolment, kreis_keys
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
    found = wire.decode(enrolment.Certificate, data)
    found.kreis.checked()
    _ = found.last_day, found.issued_at


def _statement(data: bytes) -> None:
    found = wire.decode(kreis_keys.KreisKeys, data)
    _ = found.last_day, found.exchange.checked()


def _card(data: bytes) -> None:
    found = wire.decode(cards.CardBody, data)
    found.identity.checked()
    keys_of_bytes(found.certificate)
    _certificate(Container(io.BytesIO(found.certificate)).unproven_body())


def _offer(data: bytes) -> None:
    found = wire.decode(statements.CaseOffer, data)
    _ = found.last_day, statements.moment_of(found.made)


def _reply(data: bytes) -> None:
    _ = wire.decode(statements.OfferReply, data).moment


def _handover(data: bytes) -> None:
    found = decode_handover(data)
    statements.unproven_offer(found.offer)
    statements.signer_of(found.reply)


def _parcel(data: bytes) -> None:
    found = parcel.read(data)
    _ = found.name, found.file_number, found.blobs()
    parcel.states(parcel.renamed(found, {found.case_id: "another"}))


def _documents(data: bytes) -> None:
    """Lay what a pack brings over the shipped documents."""
    demand_fitting((), packs.understood(data).layer())


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
    "kreis_keys": _statement,
    "card": _card,
    "pack": packs.understood,
    "pack_documents": _documents,
    "handover_manifest": _handover,
    "offer": _offer,
    "reply": _reply,
    "case_document": _parcel,
    "slot_file": slotfile.parse,
}
