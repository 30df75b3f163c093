"""The file that brings a case, or a word about it, from one desk to another: sealed for that desk alone.

An envelope of kind ``handover``. Its manifest says which step of which passage it is and carries what was
signed; where a case goes along, its document and its scans are sections, named by their SHA-256. No more than
one scan lies in memory, neither when it is written nor when it is read.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

import msgspec

from kimdesk.casework import attachments
from kimdesk.casework.joining import Scans, no_scans
from kimdesk.casework.scans.scan import Scan
from kimdesk.domain.errors import BundleError
from kimdesk.sync.sealing import wire
from kimdesk.sync.sealing.envelope import OpenedEnvelope, Senders, seal, verify_and_open
from kimdesk.sync.sealing.keys import DeviceIdentity, PublicIdentity
from kimdesk.sync.sealing.manifest import HANDOVER, HandoverManifest, SectionKind, decode_handover
from kimdesk.sync.sealing.sections import BundleSection

SUFFIX: Final = ".kimh"


@dataclass(frozen=True, slots=True)
class PassageContent:
    """A case on its way: the JSON of its parcel, and what gives its scans, read from the file once more."""

    document: bytes = b""
    scans: Scans = no_scans


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that was checked to its end: who sent it, what it says, the case that came with it."""

    sender: PublicIdentity
    manifest: HandoverManifest
    content: PassageContent


def write(
    out: BinaryIO | Path,
    manifest: HandoverManifest,
    document: bytes,
    scans: Mapping[str, Callable[[], bytes]],
    *,
    sender: DeviceIdentity,
    recipient: PublicIdentity,
) -> None:
    """Write a file of a passage; ``scans`` give their bytes one after the other.

    Raises BundleError E601 to E604 over a limit, and what ``scans`` raise.
    """
    seal(
        out,
        _sections(document, scans),
        kind=HANDOVER,
        sender=sender,
        recipient=recipient,
        manifest=lambda infos: wire.encode(msgspec.structs.replace(manifest, sections=infos)),
    )


def read(
    path: Path | BinaryIO, *, recipient: DeviceIdentity, senders: Senders, whole: bool = True
) -> Arrived:
    """Return a file of a passage, checked to its end; without ``whole`` the case itself is left aside.

    Scans are made anew, as those from a camera are, when they are asked for. Raises BundleError as
    ``verify_and_open``, E103 when the content is not what was signed; giving the scans raises that too, and
    CaseworkError and ForeignFileError for a scan that is none.
    """
    with verify_and_open(path, recipient=recipient, senders=senders, kind=HANDOVER) as opened:
        manifest = decode_handover(opened.manifest)
        document = _document(opened, manifest) if whole else b""
        arrived = PassageContent(document, partial(_scans, path, recipient, senders, opened.sha384))
        return Arrived(opened.sender, manifest, arrived)


def _sections(document: bytes, scans: Mapping[str, Callable[[], bytes]]) -> Iterable[BundleSection]:
    if document:
        yield BundleSection("", SectionKind.PACKED_BLOB, [document])
    for sha256 in scans:
        yield BundleSection(sha256, SectionKind.BLOB, _once(scans[sha256]))


def _once(give: Callable[[], bytes]) -> Iterable[bytes]:
    yield give()


def _document(opened: OpenedEnvelope, manifest: HandoverManifest) -> bytes:
    """Return the document, once every section was read through and is what it says."""
    document = b""
    for section in opened.sections():
        if section.name == manifest.content and not document:
            document = b"".join(section.content)
        elif section.kind != SectionKind.BLOB or _sha256(section.content) != section.name:
            raise BundleError("E103")
    if hashlib.sha256(document).hexdigest() != manifest.content and (document or manifest.content):
        raise BundleError("E103")
    return document


def _scans(
    path: Path | BinaryIO, recipient: DeviceIdentity, senders: Senders, sha384: bytes
) -> Iterator[tuple[str, Scan]]:
    """Yield each scan of a file that was checked, with its SHA-256; another file in its place is refused."""
    with verify_and_open(path, recipient=recipient, senders=senders, kind=HANDOVER) as opened:
        if opened.sha384 != sha384:
            raise BundleError("E103")
        for section in opened.sections():
            data = b"".join(section.content)
            if section.kind == SectionKind.BLOB:
                yield section.name, attachments.inspect(data)


def _sha256(pieces: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()
