"""A second reader of the file format, written from docs/bundle-format.md alone.

It imports nothing of KIMdesk. Short rather than strict: whole files in memory, ``assert`` for the rules it
checks. The numbers over the parts are the document's.
"""

import base64
import hashlib
import hmac
import json
from typing import Any

import zstandard
from cryptography.hazmat.primitives import hashes, hpke
from cryptography.hazmat.primitives.asymmetric import ec, mldsa, mlkem
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

Json = dict[str, Any]
P384 = ec.SECP384R1()
SUITE = hpke.Suite(hpke.KEM.MLKEM1024_P384, hpke.KDF.HKDF_SHA384, hpke.AEAD.AES_256_GCM)


def take(data: bytes, size: int) -> tuple[bytes, bytes]:
    assert len(data) >= size
    return data[:size], data[size:]


# 1. The outside


def outside(data: bytes) -> tuple[Json, bytes, bytes, bytes]:
    """Return header, header bytes, body and signatures."""
    magic, rest = take(data, 6)
    assert magic == b"KIMB1\n"
    length, rest = take(rest, 4)
    header, rest = take(rest, int.from_bytes(length, "big"))
    body, trailer = rest[:-3421], rest[-3421:]
    assert int.from_bytes(trailer[:8], "big") == len(body)
    assert trailer[-8:] == b"KIMEND1\n"
    return json.loads(header), header, body, trailer[8:-8]


def message(kind: str, header: bytes, body: bytes) -> bytes:
    media = f"application/vnd.kimdesk.{kind}.v1".encode()
    signed = header + hashlib.sha512(body).digest()
    return b"DSSEv1 %d %s %d %s" % (len(media), media, len(signed), signed)


def verify(data: bytes, sender: Json) -> str:
    """Check both signatures and return the digest in hex. Raises InvalidSignature."""
    fields, header, body, signatures = outside(data)
    assert fields["sender"] == signing_digest(sender)[:16].hex()
    signed = message(fields["kind"], header, body)
    r, s = int.from_bytes(signatures[:48], "big"), int.from_bytes(signatures[48:96], "big")
    point = ec.EllipticCurvePublicKey.from_encoded_point(P384, raw(sender, "signing", "p384"))
    point.verify(encode_dss_signature(r, s), signed, ec.ECDSA(hashes.SHA384()))
    lattice = mldsa.MLDSA65PublicKey.from_public_bytes(raw(sender, "signing", "mldsa65"))
    lattice.verify(signatures[96:], signed, f"kimdesk/{fields['kind']}/v1".encode())
    return hashlib.sha384(signed).hexdigest()


# 2. Keys


def raw(identity: Json, part: str, name: str) -> bytes:
    return base64.b64decode(identity[part][name], validate=True)


def signing_digest(public: Json) -> bytes:
    parts = raw(public, "signing", "p384") + raw(public, "signing", "mldsa65")
    return hashlib.sha256(b"KIMdesk signing key v1\0" + parts).digest()


def sealing_digest(public: Json) -> bytes:
    parts = raw(public, "sealing", "p384") + raw(public, "sealing", "mlkem1024")
    return hashlib.sha256(b"KIMdesk sealing key v1\0" + parts).digest()


def identity_digest(public: Json) -> bytes:
    start = b"KIMdesk identity v1\0" + public["kind"].encode() + b"\0"
    return hashlib.sha256(start + signing_digest(public) + sealing_digest(public)).digest()


def fingerprint(public: Json) -> str:
    digits = str(int.from_bytes(identity_digest(public), "big") % 10**40).rjust(40, "0")
    return " ".join(digits[5 * i : 5 * i + 5] for i in range(8))


def scalar(private: Json, part: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(raw(private, part, "p384"), "big"), P384)


def public_of(private: Json) -> Json:
    def point(part: str) -> bytes:
        numbers = scalar(private, part).public_key().public_numbers()
        return b"\4" + numbers.x.to_bytes(48, "big") + numbers.y.to_bytes(48, "big")

    lattice = mldsa.MLDSA65PrivateKey.from_seed_bytes(raw(private, "signing", "mldsa65"))
    kem = mlkem.MLKEM1024PrivateKey.from_seed_bytes(raw(private, "sealing", "mlkem1024"))
    signing = {"p384": point("signing"), "mldsa65": lattice.public_key().public_bytes_raw()}
    sealing = {"p384": point("sealing"), "mlkem1024": kem.public_key().public_bytes_raw()}
    parts = {"signing": signing, "sealing": sealing}
    return {
        "format": 1,
        "kind": private["kind"],
        **{
            part: {name: base64.b64encode(value).decode() for name, value in values.items()}
            for part, values in parts.items()
        },
    }


# 3. The sealed body


def derive(file_key: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(hashes.SHA384(), 32, salt, info).derive(file_key)


def unpadded(text: bytes) -> bytes:
    return base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)


def unseal(data: bytes, sender: Json, recipient: Json) -> bytes:
    """Return the plaintext of a sealed file; ``recipient`` is private."""
    fields, _, body, _ = outside(data)
    assert fields["suite"] == 1
    assert fields["recipient"] == sealing_digest(public_of(recipient))[:16].hex()
    end = body.index(b"\n--- ") + 4
    mac, payload = body[end + 1 :].split(b"\n", 1)
    version, *stanzas = body[: end - 4].split(b"\n-> ")
    assert version == b"KIMdesk-sealed/v1"
    assert len(stanzas) <= 8
    ((arguments, *lines),) = [s.split(b"\n") for s in stanzas if s.startswith(b"hpke-mlkem1024-p384 ")]
    enc, wrapped = unpadded(arguments.split(b" ")[1]), unpadded(b"".join(lines))
    assert (len(enc), len(wrapped)) == (1665, 48)
    file_key = open_file_key(fields, enc + wrapped, sender, recipient)
    expected = hmac.digest(derive(file_key, b"", b"header"), body[:end], "sha384")
    assert unpadded(mac) == expected
    return decrypt(file_key, payload)


def open_file_key(fields: Json, sealed: bytes, sender: Json, recipient: Json) -> bytes:
    info = b"KIMdesk HPKE v1\0" + fields["suite"].to_bytes(4, "big")
    info += signing_digest(sender) + sealing_digest(public_of(recipient))
    info += bytes.fromhex(fields["id"]) + fields["kind"].encode()
    kem = mlkem.MLKEM1024PrivateKey.from_seed_bytes(raw(recipient, "sealing", "mlkem1024"))
    key = hpke.MLKEM1024P384PrivateKey(kem, scalar(recipient, "sealing"))
    return SUITE.decrypt(sealed, key, info)


def decrypt(file_key: bytes, payload: bytes) -> bytes:
    nonce, sealed = take(payload, 16)
    cipher = AESGCM(derive(file_key, nonce, b"payload"))
    chunks = [sealed[at : at + 65552] for at in range(0, len(sealed), 65552)]
    assert len(chunks) == 1 or len(chunks[-1]) > 16
    return b"".join(
        cipher.decrypt(i.to_bytes(11, "big") + bytes([i == len(chunks) - 1]), chunk, None)
        for i, chunk in enumerate(chunks)
    )


# 4. Frames


def frames(plain: bytes) -> tuple[Json, list[bytes]]:
    """Return the manifest and what lies in the DATA frames of each section."""
    manifest, sections, current, rest, kind = b"", [], b"", plain, 0
    while kind != 4:
        length, rest = take(rest, 4)
        (kind,), rest = take(rest, 1)
        payload, rest = take(rest, int.from_bytes(length, "big"))
        assert (kind == 1) == (manifest == b"")
        if kind == 1:
            manifest = payload
        elif kind == 2:
            current += payload
        elif kind == 3:
            sections.append(current)
            current = b""
    used = len(plain) - len(rest)
    assert current == b""
    assert not any(rest)
    assert len(plain) == padme(used)
    return json.loads(manifest), sections


def padme(length: int) -> int:
    e = length.bit_length() - 1  # ⌊log2 L⌋
    s = e.bit_length()  # ⌊log2 E⌋ + 1
    unit: int = 2 ** (e - s)
    return -(-length // unit) * unit


# 5. Sections


def content(info: Json, data: bytes) -> bytes:
    if info["kind"] in (1, 3):
        data = zstandard.ZstdDecompressor(max_window_size=8 << 20).decompressobj().decompress(data)
    assert len(data) == info["size"]
    assert hashlib.sha256(data).hexdigest() == info["sha256"]
    return data


def records(info: Json, data: bytes) -> list[Json]:
    *lines, rest = data.split(b"\n")
    assert rest == b""
    assert len(lines) == info["records"]
    return [json.loads(line) for line in lines]


def read(data: bytes, sender: Json, recipient: Json) -> tuple[str, Json, list[tuple[Json, bytes]]]:
    """Return digest, manifest and the sections with their contents."""
    digest = verify(data, sender)
    manifest, stored = frames(unseal(data, sender, recipient))
    infos = manifest.get("sections", [])
    assert len(infos) == len(stored)
    return digest, manifest, [(info, content(info, each)) for info, each in zip(infos, stored, strict=True)]
