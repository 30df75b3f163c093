"""What the tests of the file format share: identities made once, small bundles, files wrong on purpose."""

import io
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from kimdesk.domain.errors import BundleError
from kimdesk.sync.sealing import age_stream, container, frames, sealed_stream, wire
from kimdesk.sync.sealing.age_stream import SUITE_1, Encryptor, Stanza
from kimdesk.sync.sealing.container import HeaderFields
from kimdesk.sync.sealing.envelope import OpenedEnvelope, seal, verify_and_open
from kimdesk.sync.sealing.keys import DeviceIdentity, PublicIdentity
from kimdesk.sync.sealing.manifest import BundleManifest, SectionInfo, SectionKind
from kimdesk.sync.sealing.sections import BundleSection, write_section

RECORDS = [json.dumps({"kind": "goal", "id": str(number)}).encode() for number in range(5)]


@cache
def identity(name: str) -> DeviceIdentity:
    """Return the keys of ``name``, a Kreis if the name starts so."""
    return DeviceIdentity.create("kreis" if name.startswith("kreis") else "desk")


def enrolled(key_id: str) -> PublicIdentity | None:
    """Know the desks ``desk`` and ``neighbour`` and the Kreis, and nobody else."""
    known = (identity(name).public for name in ("desk", "neighbour", "kreis"))
    return next((each for each in known if each.signing.key_id == key_id), None)


def manifest(infos: Sequence[SectionInfo] = (), **changes: Any) -> bytes:
    """Return the manifest of a first bundle."""
    found = BundleManifest(
        device=identity("desk").public.key_id,
        epoch=1,
        seq=1,
        prev="",
        from_change=1,
        to_change=12,
        last_receipt=0,
        created="2026-03-02T09:30:00Z",
        cases=1,
        sections=list(infos),
    )
    return wire.encode(msgspec.structs.replace(found, **changes))


def bundle(*sections: BundleSection, sender: str = "desk", recipient: str = "kreis") -> bytes:
    """Return a sealed bundle, by default with five records."""
    out = io.BytesIO()
    content = sections or (BundleSection("goals", SectionKind.RECORDS, RECORDS),)
    seal(
        out,
        content,
        kind="bundle",
        sender=identity(sender),
        recipient=identity(recipient).public,
        manifest=manifest,
    )
    return out.getvalue()


def opened(
    data: bytes | BinaryIO | Path, *, recipient: str = "kreis", kind: str = "bundle"
) -> OpenedEnvelope:
    """Check and open ``data`` as the Kreis does."""
    file = io.BytesIO(data) if isinstance(data, bytes) else data
    return verify_and_open(file, recipient=identity(recipient), senders=enrolled, kind=kind)


def contents(data: bytes | BinaryIO) -> dict[str, list[bytes]]:
    """Return all sections of ``data``, read to the end."""
    return {section.name: list(section.content) for section in opened(data).sections()}


def refusal(read: Callable[[Any], object], data: Any) -> str:
    """Return the code ``data`` is refused with, "" when it is accepted."""
    try:
        read(data)
    except BundleError as error:
        return error.code
    return ""


@dataclass(frozen=True)
class Parts:
    """A file taken apart."""

    header: bytes
    body: bytes
    trailer: bytes

    def joined(self) -> bytes:
        return container.MAGIC + wire.u32(len(self.header)) + self.header + self.body + self.trailer


def apart(data: bytes) -> Parts:
    """Take a good file apart."""
    size = int.from_bytes(data[6:10], "big")
    return Parts(data[10 : 10 + size], data[10 + size : -container.TRAILER], data[-container.TRAILER :])


def signed(body: bytes, *, signer: str = "desk", **changes: Any) -> bytes:
    """Return a file with ``body`` and the header ``fields()``, well signed by ``signer``."""
    out = io.BytesIO()
    writer = container.FrameWriter(out.write, msgspec.structs.replace(fields(signer), **changes))
    writer.write(body)
    writer.finish(identity(signer).signing)
    return out.getvalue()


def fields(sender: str = "desk") -> HeaderFields:
    """Return the header of a bundle to the Kreis, the same every time."""
    return HeaderFields(
        kind="bundle",
        suite=container.SEALED,
        id="0" * 32,
        sender=identity(sender).signing.public.key_id,
        recipient=identity("kreis").public.sealing.key_id,
    )


def stanza(file_key: bytes) -> Stanza:
    """Return the stanza that seals ``file_key`` to the Kreis for the header ``fields()``."""
    public, desk = identity("kreis").public.sealing, identity("desk").signing.public
    encapsulated, wrapped = public.wrap(file_key, sealed_stream.binding(fields(), desk, public))
    return Stanza(sealed_stream.STANZA, (age_stream.encode64(encapsulated),), wrapped)


def body(plain: bytes, *, file_key: bytes = b"", head: bytes = b"") -> bytes:
    """Return a sealed stream of any plaintext; ``head`` is its header, else a proper one."""
    file_key = file_key or os.urandom(32)
    out = io.BytesIO()
    out.write(head or age_stream.write_header(SUITE_1, file_key, [stanza(file_key)]))
    stream = Encryptor(SUITE_1, file_key, out.write)
    stream.write(plain)
    stream.finish()
    return out.getvalue()


def pad(content: bytes) -> bytes:
    """Pad as the format asks."""
    return content.ljust(frames.padded(len(content)), b"\0")


def framed(
    sections: Sequence[BundleSection], announce: Callable[[list[SectionInfo]], bytes] = manifest
) -> bytes:
    """Return the padded plaintext of a bundle with ``sections``, whatever the manifest says."""
    packed = io.BytesIO()
    infos = [write_section(section, packed.write) for section in sections]
    start = frames.frame(frames.MANIFEST, announce(infos))
    return pad(start + packed.getvalue() + frames.frame(frames.END))
