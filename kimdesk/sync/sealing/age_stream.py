"""The age v1 file grammar: stanzas, a header MAC, and a payload in authenticated chunks of 64 KiB.

Grammar and payload follow https://age-encryption.org/v1 to the letter. What age fixes and we choose
otherwise (version line, hash, cipher) is a ``Codec``; wrapping the file key is the caller's business.
Nothing a decryption yields may be used before the last chunk has been seen.
"""

import base64
import binascii
import hmac
import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kimdesk.domain.errors import BundleError
from kimdesk.sync.sealing import limits

CHUNK = 64 * 1024
"""Bytes of plaintext in every chunk but the last."""
TAG = 16
"""Bytes a chunk grows by when sealed."""
NONCE = 16
"""Random bytes before the first chunk; they salt the payload key."""
FILE_KEY = 32
"""Bytes of the file key of suite 1."""

_COLUMNS = 64
_ARGUMENT = re.compile(rb"[\x21-\x7e]+")


@dataclass(frozen=True, slots=True)
class StreamCodec:
    """The constants of one family of files."""

    version: bytes
    hash: hashes.HashAlgorithm
    cipher: type[AESGCM] | type[ChaCha20Poly1305]


SUITE_1 = StreamCodec(b"KIMdesk-sealed/v1", hashes.SHA384(), AESGCM)


@dataclass(frozen=True, slots=True)
class Stanza:
    """One way to the file key: a type, its arguments, a body."""

    type: bytes
    arguments: tuple[bytes, ...]
    body: bytes


@dataclass(frozen=True, slots=True)
class StreamHeader:
    """The stanzas of a stream, the bytes the MAC covers, the MAC, and where the payload starts."""

    stanzas: tuple[Stanza, ...]
    covered: bytes
    mac: bytes
    size: int


def derive(codec: StreamCodec, file_key: bytes, salt: bytes, info: bytes) -> bytes:
    """Return 32 byte by HKDF; ``info`` is ``header`` or ``payload``."""
    return HKDF(codec.hash, 32, salt, info).derive(file_key)


def _mac(codec: StreamCodec, file_key: bytes, covered: bytes) -> bytes:
    return hmac.digest(derive(codec, file_key, b"", b"header"), covered, codec.hash.name)


def write_header(codec: StreamCodec, file_key: bytes, stanzas: Iterable[Stanza]) -> bytes:
    """Return the header with its MAC."""
    lines = [codec.version]
    for stanza in stanzas:
        lines.append(b" ".join([b"->", stanza.type, *stanza.arguments]))
        body = encode64(stanza.body)
        lines += [body[at : at + _COLUMNS] for at in range(0, len(body) + 1, _COLUMNS)]
    covered = b"\n".join([*lines, b"---"])
    return covered + b" " + encode64(_mac(codec, file_key, covered)) + b"\n"


def read_header(codec: StreamCodec, data: bytes) -> StreamHeader:
    """Return the header at the start of ``data``, which holds it whole.

    Raises BundleError E103 where the grammar is broken, E604 above eight stanzas.
    """
    lines = _Lines(data)
    if lines.next() != codec.version:
        raise BundleError("E103")
    stanzas = []
    while (line := lines.next()).startswith(b"-> "):
        stanzas.append(_stanza(line, lines))
        if len(stanzas) > limits.STANZAS:
            raise BundleError("E604")
    if not stanzas or not line.startswith(b"--- "):
        raise BundleError("E103")
    covered = data[: lines.at - 1 - len(line) + 3]
    return StreamHeader(tuple(stanzas), covered, decode64(line[4:]), lines.at)


class _Lines:
    """The lines of a text that must all end in a line feed."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.at = 0

    def next(self) -> bytes:
        end = self._data.find(b"\n", self.at)
        if end < 0:
            raise BundleError("E103")
        line = self._data[self.at : end]
        self.at = end + 1
        return line


def _stanza(line: bytes, lines: _Lines) -> Stanza:
    kind, *arguments = line[3:].split(b" ")
    if not all(_ARGUMENT.fullmatch(part) for part in (kind, *arguments)):
        raise BundleError("E103")
    body = []
    while len(part := lines.next()) == _COLUMNS:
        body.append(part)
    if len(part) > _COLUMNS:
        raise BundleError("E103")
    return Stanza(kind, tuple(arguments), decode64(b"".join([*body, part])))


def check_header(codec: StreamCodec, file_key: bytes, header: StreamHeader) -> None:
    """Check the MAC of ``header``. Raises BundleError E302."""
    if not hmac.compare_digest(_mac(codec, file_key, header.covered), header.mac):
        raise BundleError("E302")


class Encryptor:
    """Seals a payload of any length, chunk by chunk, into ``write``."""

    def __init__(self, codec: StreamCodec, file_key: bytes, write: Callable[[bytes], object]) -> None:
        nonce = os.urandom(NONCE)
        self._cipher = codec.cipher(derive(codec, file_key, nonce, b"payload"))
        self._write = write
        self._pending = bytearray()
        self._counter = 0
        write(nonce)

    def write(self, data: bytes) -> None:
        """Take ``data``; whole chunks leave as soon as it is sure that another follows."""
        self._pending += data
        while len(self._pending) > CHUNK:
            self._seal(bytes(self._pending[:CHUNK]), last=False)
            del self._pending[:CHUNK]

    def finish(self) -> None:
        """Write the last chunk, marked as the last."""
        self._seal(bytes(self._pending), last=True)
        self._pending.clear()

    def _seal(self, data: bytes, *, last: bool) -> None:
        self._write(self._cipher.encrypt(_nonce(self._counter, last=last), data, None))
        self._counter += 1


def _chunks(size: int) -> int:
    return max(1, -(-(size - NONCE) // (CHUNK + TAG)))


def plain_size(size: int) -> int:
    """Return how many bytes a payload of ``size`` bytes, nonce and all, decrypts to."""
    return size - NONCE - TAG * _chunks(size)


def decrypt(codec: StreamCodec, file_key: bytes, read: Callable[[int], bytes], size: int) -> Iterator[bytes]:
    """Yield the plaintext of a payload of ``size`` bytes that ``read`` gives.

    ``read(n)`` returns exactly n bytes. Raises BundleError E103 when it is too short to be one, E302 when a
    chunk was altered, cut off or moved, or the last one is empty and not the only one.
    """
    if size < NONCE + TAG:
        raise BundleError("E103")
    cipher = codec.cipher(derive(codec, file_key, read(NONCE), b"payload"))
    left = size - NONCE
    for counter in range(_chunks(size)):
        sealed = read(min(left, CHUNK + TAG))
        left -= len(sealed)
        if len(sealed) < TAG or (counter and len(sealed) == TAG):
            raise BundleError("E302")
        try:
            yield cipher.decrypt(_nonce(counter, last=not left), sealed, None)
        except InvalidTag as fault:
            raise BundleError("E302") from fault


def _nonce(counter: int, *, last: bool) -> bytes:
    return counter.to_bytes(11, "big") + bytes([last])


def encode64(data: bytes) -> bytes:
    """Return standard base64 without padding (RFC 4648 §4)."""
    return base64.b64encode(data).rstrip(b"=")


def decode64(text: bytes) -> bytes:
    """Return the bytes behind base64 in its one spelling. Raises BundleError E103."""
    try:
        data = base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except binascii.Error as fault:
        raise BundleError("E103") from fault
    if encode64(data) != text:
        raise BundleError("E103")
    return data
