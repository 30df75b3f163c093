"""Suite 1: an age-type stream whose file key HPKE seals to one recipient, bound to one envelope."""

import os
from collections.abc import Iterator

from kimdesk.domain.errors import BundleError
from kimdesk.sync.sealing import age_stream, limits, wire
from kimdesk.sync.sealing.age_stream import SUITE_1, Encryptor, Stanza
from kimdesk.sync.sealing.container import Container, FrameWriter, HeaderFields
from kimdesk.sync.sealing.keys import (
    ENCAPSULATED,
    DeviceIdentity,
    PublicIdentity,
    SealingPublic,
    SigningPublic,
)
from kimdesk.sync.sealing.plain import Plain

STANZA = b"hpke-mlkem1024-p384"
"""Type of the one stanza that counts."""


def binding(fields: HeaderFields, sender: SigningPublic, recipient: SealingPublic) -> bytes:
    """Return HPKE's ``info``: this suite, sender, recipient, envelope and kind, and no other."""
    parts = (
        wire.u32(fields.suite),
        sender.digest,
        recipient.digest,
        bytes.fromhex(fields.id),
        fields.kind.encode(),
    )
    return b"KIMdesk HPKE v1\0" + b"".join(parts)


def start(
    file: FrameWriter, fields: HeaderFields, sender: SigningPublic, recipient: SealingPublic
) -> Encryptor:
    """Write the header of a stream with a new file key, and return what seals its payload into ``file``."""
    file_key = os.urandom(age_stream.FILE_KEY)
    encapsulated, wrapped = recipient.wrap(file_key, binding(fields, sender, recipient))
    stanza = Stanza(STANZA, (age_stream.encode64(encapsulated),), wrapped)
    file.write(age_stream.write_header(SUITE_1, file_key, [stanza]))
    return Encryptor(SUITE_1, file_key, file.write)


class SealedStream:
    """The stream of an authenticated file, and the key to it."""

    def __init__(self, file: Container, sender: PublicIdentity, recipient: DeviceIdentity) -> None:
        """Unseal the file key. Raises BundleError E103, E302, E604."""
        self._file = file
        start_of_body = file.reader()(min(file.header.body_size, limits.HEADER))
        self._header = age_stream.read_header(SUITE_1, start_of_body)
        encapsulated, wrapped = _only_stanza(self._header)
        info = binding(file.fields, sender.signing, recipient.sealing.public)
        self._key = recipient.sealing.unwrap(encapsulated, wrapped, info)
        age_stream.check_header(SUITE_1, self._key, self._header)

    @property
    def size(self) -> int:
        """Return how many bytes the plaintext has."""
        return age_stream.plain_size(self._payload)

    @property
    def _payload(self) -> int:
        return self._file.header.body_size - self._header.size

    def chunks(self) -> Iterator[bytes]:
        """Return the plaintext from its start in pieces; each is checked before it is given."""
        read = self._file.reader()
        read(self._header.size)
        return age_stream.decrypt(SUITE_1, self._key, read, self._payload)

    def plain(self) -> Plain:
        """Return the plaintext from its start, to be read in pieces of any size."""
        return Plain(self.chunks(), self.size)


def _only_stanza(header: age_stream.StreamHeader) -> tuple[bytes, bytes]:
    ours = [stanza for stanza in header.stanzas if stanza.type == STANZA]
    if len(ours) != 1 or len(ours[0].arguments) != 1:
        raise BundleError("E302")
    encapsulated, wrapped = age_stream.decode64(ours[0].arguments[0]), ours[0].body
    if (len(encapsulated), len(wrapped)) != (ENCAPSULATED, age_stream.FILE_KEY + age_stream.TAG):
        raise BundleError("E302")
    return encapsulated, wrapped
