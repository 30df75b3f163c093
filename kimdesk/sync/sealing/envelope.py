"""Sealing a bundle to one recipient and signing it; checking and opening what arrives.

A reader checks in this order: limits, framing, whom it is for and from, signatures, unsealing, the end of the
stream, the manifest. Nothing is given out before, no plaintext touches a disk, and memory stays small.
"""

import io
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import msgspec

from kimdesk.domain.errors import BundleError, StoreError
from kimdesk.domain.files import temporary_beside
from kimdesk.sync.sealing import container, frames, limits, sealed_stream
from kimdesk.sync.sealing.age_stream import CHUNK, Encryptor
from kimdesk.sync.sealing.container import Container, Header, HeaderFields
from kimdesk.sync.sealing.keys import DeviceIdentity, PublicIdentity
from kimdesk.sync.sealing.manifest import SectionInfo, sections_of
from kimdesk.sync.sealing.sealed_stream import SealedStream
from kimdesk.sync.sealing.sections import PACKED, BundleSection, read_sections, write_section
from kimdesk.sync.sealing.spool import Spool

ManifestOf = Callable[[list[SectionInfo]], bytes]
Senders = Callable[[str], PublicIdentity | None]


@dataclass(frozen=True, slots=True)
class SealedEnvelope:
    """What came of sealing: the random id, the digest that names the bundle in chains, the bytes written."""

    bundle_id: str
    sha384: bytes
    size: int


def seal(
    out: Path | BinaryIO,
    sections: Iterable[BundleSection],
    *,
    kind: str,
    sender: DeviceIdentity,
    recipient: PublicIdentity,
    manifest: bytes | ManifestOf,
    keys: bytes = b"",
) -> SealedEnvelope:
    """Write ``sections`` and the manifest, sealed to ``recipient`` and signed by ``sender``.

    ``manifest`` is asked for the manifest's bytes once the sections have been read and are known; plain
    bytes do where there are none. ``keys``: what a Kreis says of its keys, for the header. A file given as a
    path appears whole or not at all. Raises BundleError E601 to E604 when the content is over a limit, so a
    reader would refuse it, and OSError.
    """
    if isinstance(out, Path):
        with temporary_beside(out) as temporary, temporary.open("wb") as file:
            return _seal(file, sections, kind, sender, recipient, manifest, keys)
    return _seal(out, sections, kind, sender, recipient, manifest, keys)


def _seal(
    out: BinaryIO,
    sections: Iterable[BundleSection],
    kind: str,
    sender: DeviceIdentity,
    recipient: PublicIdentity,
    announce: bytes | ManifestOf,
    keys: bytes,
) -> SealedEnvelope:
    fields = HeaderFields(
        kind=kind,
        suite=container.SEALED,
        id=secrets.token_hex(16),
        sender=sender.signing.public.key_id,
        recipient=recipient.sealing.key_id,
        keys=keys or msgspec.UNSET,
    )
    with Spool() as spool:
        infos = [write_section(section, spool.write) for section in sections]
        announced = announce if isinstance(announce, bytes) else announce(infos)
        if sections_of(kind, announced) != infos:
            raise ValueError("the manifest does not announce the sections as they are")
        file = container.FrameWriter(out.write, fields)
        stream = sealed_stream.start(file, fields, sender.signing.public, recipient.sealing)
        _write_plain(stream, announced, spool)
    _check_sizes(infos, file.body_size)
    return SealedEnvelope(fields.id, file.finish(sender.signing), file.size)


def _write_plain(stream: Encryptor, announced: bytes, spool: Spool) -> None:
    start, end = frames.frame(frames.MANIFEST, announced), frames.frame(frames.END)
    stream.write(start)
    for piece in spool.read():
        stream.write(piece)
    stream.write(end)
    size = len(start) + spool.size + len(end)
    _write_zeros(stream, frames.padded(size) - size)
    stream.finish()


def _write_zeros(stream: Encryptor, count: int) -> None:
    block = bytes(CHUNK)
    for _ in range(count // len(block)):
        stream.write(block)
    stream.write(block[: count % len(block)])


def _check_sizes(infos: Sequence[SectionInfo], body_size: int) -> None:
    packed = sum(info.size for info in infos if info.kind in PACKED)
    if packed > limits.UNPACKED or sum(info.size for info in infos) > limits.RATIO * body_size:
        raise BundleError("E603")


def inspect(path: Path | BinaryIO) -> Header:
    """Return the clear header, for which no key is needed and which nothing proves.

    Raises BundleError E101, E102, E103, E501, E601, E604.
    """
    with ExitStack() as stack:
        return Container(_opened(path, stack)).header


def unproven_digest(path: Path) -> bytes:
    """Return the digest that names a file in chains, whoever signed it. Raises as ``inspect``."""
    with ExitStack() as stack:
        return Container(_opened(path, stack)).unproven_digest()


def keys_of(path: Path | BinaryIO) -> bytes:
    """Return what a file says of its Kreis's keys (``kreis_keys``), or b"". Raises as ``inspect``."""
    with ExitStack() as stack:
        return Container(_opened(path, stack)).fields.keys or b""


def keys_of_bytes(data: bytes) -> bytes:
    """Return what the file ``data`` says of its Kreis's keys, or b"". Raises as ``inspect``."""
    return keys_of(io.BytesIO(data))


def verify_and_open(
    path: Path | BinaryIO, *, recipient: DeviceIdentity, senders: Senders, kind: str
) -> "OpenedEnvelope":
    """Check everything about an envelope and open it; use the result in a ``with`` statement.

    ``senders`` returns the identity whose signing key has the given key id, None for a stranger; it may raise
    E203 itself. Raises BundleError: E10x not such a file, E301 for another, E202 stranger, E201 signature,
    E302 cannot be unsealed, E50x version, E60x limits.
    """
    with ExitStack() as stack:
        file = Container(_opened(path, stack))
        sender = _check_parties(file.fields, recipient, senders, kind)
        sha384 = file.authenticate(sender.signing)
        sealed = SealedStream(file, sender, recipient)
        announced, count = frames.outline(sealed.plain())
        infos = sections_of(kind, announced)
        if len(infos) != count:
            raise BundleError("E103")
        _check_sizes(infos, file.header.body_size)
        return OpenedEnvelope(file.header, sender, announced, sha384, sealed, infos, stack.pop_all())


def _opened(path: Path | BinaryIO, stack: ExitStack) -> BinaryIO:
    if not isinstance(path, Path):
        return path
    if path.exists() and not path.is_file():  # opening a pipe waits until somebody writes into it
        raise BundleError("E103")
    try:
        return stack.enter_context(path.open("rb"))
    except OSError as fault:
        raise StoreError("E910") from fault


def _check_parties(
    fields: HeaderFields, recipient: DeviceIdentity, senders: Senders, kind: str
) -> PublicIdentity:
    if fields.kind != kind or fields.suite != container.SEALED:
        raise BundleError("E104")
    if fields.recipient != recipient.sealing.public.key_id:
        raise BundleError("E301")
    sender = senders(fields.sender)
    if sender is None or sender.signing.key_id != fields.sender:
        raise BundleError("E202")
    return sender


class OpenedEnvelope:
    """An envelope that was checked to its end."""

    def __init__(
        self,
        header: Header,
        sender: PublicIdentity,
        manifest: bytes,
        sha384: bytes,
        sealed: SealedStream,
        infos: Sequence[SectionInfo],
        stack: ExitStack,
    ) -> None:
        self.header = header
        self.sender = sender
        self.manifest = manifest
        self.sha384 = sha384
        self.announced = infos
        self._sealed = sealed
        self._stack = stack

    def plaintext(self) -> tuple[int, Iterator[bytes]]:
        """Return the size of the plaintext, and its pieces: frames, as ``sections.read_sections`` takes."""
        return self._sealed.size, self._sealed.chunks()

    def sections(self) -> Iterator[BundleSection]:
        """Yield the sections in order, each to be read before the next is asked for; start again by calling.

        Raises BundleError E103, E603, E604 when content is not what the manifest announced: take nothing
        over until the last section is through.
        """
        return read_sections(self._sealed.plain(), self.announced)

    def close(self) -> None:
        """Close the file, if it was given as a path."""
        self._stack.close()

    def __enter__(self) -> "OpenedEnvelope":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
