"""The outside of every KIMdesk file: a clear header, a body, a trailer with both signatures.

``"KIMB1\\n" | u32 length | header JSON | body | u64 body length | ECDSA | ML-DSA | "KIMEND1\\n"``.
The signatures cover the header and SHA-512 of the body in DSSE's pre-authentication encoding; they are
checked before any byte of the body is looked at.
"""

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, BinaryIO

import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kimdesk.domain.errors import BundleError
from kimdesk.sync.sealing import limits, wire
from kimdesk.sync.sealing.keys import SIGNATURE, SigningPrivate, SigningPublic

MAGIC = b"KIMB1\n"
END = b"KIMEND1\n"
TRAILER = 8 + SIGNATURE + len(END)

SEALED = 1
"""Suite: the body is sealed to one recipient."""
CLEAR = 2
"""Suite: the body is readable by anybody, and signed."""

_BLOCK = 64 * 1024

Hex32 = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{32}\Z")]


class HeaderFields(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What anybody may read: no names, no counts."""

    format: int = wire.FORMAT
    kind: Annotated[str, msgspec.Meta(pattern=r"^[a-z]{1,20}\Z")]
    suite: int
    id: Hex32
    sender: Hex32
    recipient: Annotated[str, msgspec.Meta(pattern=r"^([0-9a-f]{32})?\Z")] = ""
    keys: bytes | msgspec.UnsetType = msgspec.UNSET  # what a Kreis says of its keys: ``sync.kreis_keys``


@dataclass(frozen=True, slots=True)
class Header:
    """The clear header of a file and its sizes in bytes; nothing in it is proven."""

    kind: str  # bundle | receipt | request | certificate …
    suite: int
    bundle_id: str
    sender: str  # key id of the signing key
    recipient: str  # key id of the sealing key; "" when the body is clear
    size: int
    body_size: int


def pre_authentication(kind: str, header: bytes, body_sha512: bytes) -> bytes:
    """Return the bytes that are signed: DSSE's PAE over the type and ``header ‖ body_sha512``."""
    parts = f"application/vnd.kimdesk.{kind}.v1".encode(), header + body_sha512
    return b" ".join([b"DSSEv1", *(b"%d %b" % (len(part), part) for part in parts)])


def context(kind: str) -> bytes:
    """Return ML-DSA's context string, another for each kind of file."""
    return f"kimdesk/{kind}/v1".encode()


def digest(message: bytes) -> bytes:
    """Return SHA-384 of the signed bytes: what names a file in chains and receipts."""
    return hashlib.sha384(message).digest()


class FrameWriter:
    """Writes one file: the header at once, the body as it comes, the trailer at the end."""

    def __init__(self, write: Callable[[bytes], object], fields: HeaderFields) -> None:
        self._write = write
        self._fields = fields
        self._header = wire.encode(fields)
        self._sha512 = hashlib.sha512()
        self.body_size = 0
        start = MAGIC + wire.u32(len(self._header)) + self._header
        self._around = len(start) + TRAILER
        write(start)

    @property
    def size(self) -> int:
        """Return the bytes of the whole file, trailer included."""
        return self._around + self.body_size

    def write(self, data: bytes) -> None:
        """Append to the body. Raises BundleError E601 when the file would grow past its limit."""
        self.body_size += len(data)
        if self.size > limits.FILE:
            raise BundleError("E601")
        self._sha512.update(data)
        self._write(data)

    def finish(self, signer: SigningPrivate) -> bytes:
        """Write the trailer and return the file's digest."""
        kind = self._fields.kind
        message = pre_authentication(kind, self._header, self._sha512.digest())
        self._write(self.body_size.to_bytes(8, "big") + signer.sign(message, context(kind)) + END)
        return digest(message)


class Container:
    """An open file whose framing holds; ``authenticate`` it before reading the body."""

    def __init__(self, file: BinaryIO) -> None:
        """Read the header and the trailer. Raises BundleError E101, E102, E103, E501, E601, E604."""
        self._file = file
        size = file.seek(0, os.SEEK_END)
        if size > limits.FILE:
            raise BundleError("E601")
        file.seek(0)
        self._header = _read_header(file)
        self.fields = wire.decode(HeaderFields, self._header)
        if self.fields.suite not in (SEALED, CLEAR):
            raise BundleError("E501")
        if bool(self.fields.recipient) != (self.fields.suite == SEALED):
            raise BundleError("E103")
        self._start = len(MAGIC) + 4 + len(self._header)
        self.header = self._sized(size)
        self._signature = self._read_trailer()
        self._pins: list[bytes] = []
        self._pinning = AESGCM(os.urandom(32))

    def _sized(self, size: int) -> Header:
        f = self.fields
        return Header(f.kind, f.suite, f.id, f.sender, f.recipient, size, size - self._start - TRAILER)

    def _read_trailer(self) -> bytes:
        if self.header.body_size < 0:
            raise BundleError("E102")
        self._file.seek(self._start + self.header.body_size)
        trailer = wire.read_exactly(self._file, TRAILER)
        if not trailer.endswith(END):
            raise BundleError("E102")
        if int.from_bytes(trailer[:8], "big") != self.header.body_size:
            raise BundleError("E103")
        return trailer[8 : -len(END)]

    def digest(self) -> bytes:
        """Return the file's digest, whatever its signatures are worth."""
        sha512 = hashlib.sha512()
        for block in self._blocks():
            sha512.update(block)
        return digest(pre_authentication(self.fields.kind, self._header, sha512.digest()))

    def unproven_body(self) -> bytes:
        """Return the whole body as it lies there, for a reader that finds the signer's key in it."""
        return b"".join(self._blocks())

    def unproven_digest(self) -> bytes:
        """Return the file's digest without asking who signed it."""
        sha512 = hashlib.sha512()
        for block in self._blocks():
            sha512.update(block)
        return digest(pre_authentication(self.fields.kind, self._header, sha512.digest()))

    def authenticate(self, sender: SigningPublic) -> bytes:
        """Check both signatures over every byte and return the file's digest. Raises BundleError E201.

        From here on the body cannot change under us: each block read again must be the one that was
        signed, as a MAC under a key nobody else has shows, even if the medium plays tricks.
        """
        sha512 = hashlib.sha512()
        for index, block in enumerate(self._blocks()):
            sha512.update(block)
            self._pins.append(self._pin(index, block))
        message = pre_authentication(self.fields.kind, self._header, sha512.digest())
        if not sender.verifies(self._signature, message, context(self.fields.kind)):
            self._pins.clear()
            raise BundleError("E201")
        return digest(message)

    def reader(self) -> Callable[[int], bytes]:
        """Return a function that gives the next n bytes of the authenticated body, from its start.

        It raises BundleError E103 where the body ends before, or is no longer what was signed.
        """
        blocks = enumerate(self._blocks())
        pending = bytearray()

        def read(size: int) -> bytes:
            while len(pending) < size:
                index, block = next(blocks, (0, b""))
                if not block or self._pins[index : index + 1] != [self._pin(index, block)]:
                    raise BundleError("E103")
                pending.extend(block)
            data = bytes(pending[:size])
            del pending[:size]
            return data

        return read

    def _pin(self, index: int, block: bytes) -> bytes:
        return self._pinning.encrypt(index.to_bytes(12, "big"), b"", block)

    def _blocks(self) -> "Blocks":
        return Blocks(self._file, self._start, self.header.body_size)


class Blocks:
    """The blocks of the body in order; other readers of the same file do not disturb it."""

    def __init__(self, file: BinaryIO, start: int, size: int) -> None:
        self._file = file
        self._at = start
        self._end = start + size

    def __iter__(self) -> "Blocks":
        return self

    def __next__(self) -> bytes:
        if self._at == self._end:
            raise StopIteration
        self._file.seek(self._at)
        block = wire.read_exactly(self._file, min(_BLOCK, self._end - self._at))
        self._at += len(block)
        return block


def _read_header(file: BinaryIO) -> bytes:
    magic = wire.read_some(file, len(MAGIC))
    if magic != MAGIC:
        newer = (
            len(magic) == len(MAGIC)
            and magic[:4] == MAGIC[:4]
            and magic[4:5].isdigit()
            and magic[5:] == b"\n"
        )
        raise BundleError("E501" if newer else "E101")
    size = int.from_bytes(wire.read_exactly(file, 4), "big")
    if size > limits.HEADER:
        raise BundleError("E604")
    return wire.read_exactly(file, size)
