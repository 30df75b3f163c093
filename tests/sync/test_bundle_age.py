"""Our stream is age's, with other constants: files of another implementation open, altered ones do not."""

import hashlib
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from kimdesk.domain.errors import BundleError
from kimdesk.sync.sealing import age_stream
from kimdesk.sync.sealing.age_stream import CHUNK, SUITE_1, Encryptor, Stanza, StreamCodec

AGE = StreamCodec(b"age-encryption.org/v1", hashes.SHA256(), ChaCha20Poly1305)
FOLDER = Path(__file__).parent.parent / "vectors" / "age"
INDEX = json.loads((FOLDER / "index.json").read_text(encoding="utf-8"))
IDENTITY = X25519PrivateKey.from_private_bytes(bytes.fromhex(INDEX["identity"]))
KEY = bytes(range(32))


def _wrapping_key(private: X25519PrivateKey, share: bytes, recipient: bytes, other: bytes) -> bytes:
    shared = private.exchange(X25519PublicKey.from_public_bytes(other))
    return HKDF(hashes.SHA256(), 32, share + recipient, b"age-encryption.org/v1/X25519").derive(shared)


def _public(key: X25519PrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def unwrap(stanza: Stanza) -> bytes:
    share = age_stream.decode64(stanza.arguments[0])
    key = _wrapping_key(IDENTITY, share, _public(IDENTITY), share)
    return ChaCha20Poly1305(key).decrypt(bytes(12), stanza.body, None)


def open_age(data: bytes) -> bytes:
    header = age_stream.read_header(AGE, data)
    (stanza,) = [each for each in header.stanzas if each.type == b"X25519"]
    file_key = unwrap(stanza)
    age_stream.check_header(AGE, file_key, header)
    payload = data[header.size :]
    return b"".join(age_stream.decrypt(AGE, file_key, io.BytesIO(payload).read, len(payload)))


@pytest.mark.parametrize("name", INDEX["files"])
def test_files_of_another_implementation_open(name: str) -> None:
    found = open_age((FOLDER / name).read_bytes())
    assert hashlib.sha256(found).hexdigest() == INDEX["files"][name]


def test_every_altered_bit_of_such_a_file_is_noticed() -> None:
    data = (FOLDER / "11.age").read_bytes()
    for at in range(len(data) * 8):
        altered = bytearray(data)
        altered[at // 8] ^= 1 << at % 8
        with pytest.raises((BundleError, InvalidTag, ValueError)):
            open_age(bytes(altered))


def payload(plain: bytes, codec: StreamCodec = SUITE_1) -> bytes:
    out = io.BytesIO()
    stream = Encryptor(codec, KEY, out.write)
    for at in range(0, len(plain), 1000):
        stream.write(plain[at : at + 1000])
    stream.finish()
    return out.getvalue()


def decrypted(data: bytes) -> Iterator[bytes]:
    return age_stream.decrypt(SUITE_1, KEY, io.BytesIO(data).read, len(data))


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 5])
def test_a_payload_of_any_length_comes_back(size: int) -> None:
    plain = bytes(size)
    sealed = payload(plain)
    assert b"".join(decrypted(sealed)) == plain
    assert age_stream.plain_size(len(sealed)) == size


def test_chunks_cannot_be_dropped_swapped_or_repeated() -> None:
    sealed = payload(bytes(3 * CHUNK))
    nonce, body = sealed[:16], sealed[16:]
    a, b, c = (body[at : at + CHUNK + 16] for at in range(0, len(body), CHUNK + 16))
    for chunks in ((a, b), (a, c), (b, a, c), (a, b, c, c), (c,), (a, b, b), (a, b, c, payload(b"")[16:])):
        with pytest.raises(BundleError, match="E302"):
            list(decrypted(nonce + b"".join(chunks)))


def test_an_empty_last_chunk_after_a_full_one_is_refused() -> None:
    nonce = bytes(16)
    cipher = SUITE_1.cipher(age_stream.derive(SUITE_1, KEY, nonce, b"payload"))
    full = cipher.encrypt(bytes(12), bytes(CHUNK), None)
    empty = cipher.encrypt(bytes(10) + b"\1\1", b"", None)
    with pytest.raises(BundleError, match="E302"):
        list(decrypted(nonce + full + empty))


STANZA = Stanza(b"type", (b"argument",), b"x" * 50)
HEADER = age_stream.write_header(SUITE_1, KEY, [STANZA])


@pytest.mark.parametrize("length", [0, 1, 47, 48, 49, 96, 200])
def test_a_stanza_body_of_any_length_comes_back(length: int) -> None:
    stanza = Stanza(b"t", (), b"\xff" * length)
    header = age_stream.write_header(SUITE_1, KEY, [stanza, STANZA])
    found = age_stream.read_header(SUITE_1, header + b"payload")
    assert found.stanzas == (stanza, STANZA)
    assert found.size == len(header)
    age_stream.check_header(SUITE_1, KEY, found)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"/v1\n", b"/v2\n"),
        (b"/v1\n", b"/v1\r\n"),
        (b"-> type", b"->type"),
        (b"-> type", b"->  type"),
        (b"-> type argument", b"-> type argument "),
        (b"argument", b"arg\xfcment"),
        (b"-> type argument\n", b"-> type argument\n\n"),
        (b"--- ", b"---"),
        (b"--- ", b"---  "),
        (b"--- ", b"-- "),
        (b"-> type", b"-- type"),
    ],
)
def test_a_header_against_the_grammar_is_refused(old: bytes, new: bytes) -> None:
    assert old in HEADER
    with pytest.raises(BundleError, match="E103"):
        age_stream.check_header(SUITE_1, KEY, age_stream.read_header(SUITE_1, HEADER.replace(old, new, 1)))


@pytest.mark.parametrize("text", [b"AAA=", b"AA==", b"AB", b"A", b"AA\n", b"A-_A", b"A AA"])
def test_base64_has_one_spelling(text: bytes) -> None:
    with pytest.raises(BundleError, match="E103"):
        age_stream.decode64(text)


def test_a_header_of_another_key_is_refused() -> None:
    with pytest.raises(BundleError, match="E302"):
        age_stream.check_header(SUITE_1, bytes(32), age_stream.read_header(SUITE_1, HEADER))


def test_more_than_eight_stanzas_are_refused() -> None:
    with pytest.raises(BundleError, match="E604"):
        age_stream.read_header(SUITE_1, age_stream.write_header(SUITE_1, KEY, [STANZA] * 9))


def test_a_header_without_an_end_is_refused() -> None:
    for size in range(len(HEADER)):
        with pytest.raises(BundleError):
            age_stream.read_header(SUITE_1, HEADER[:size])
