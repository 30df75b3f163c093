"""The keys of a desk and of a Kreis: one pair of pairs to sign with, one hybrid pair to unseal with.

Signing: ECDSA P-384 (RFC 6979, SHA-384) and ML-DSA-65 (FIPS 204), and both must verify.
Sealing: HPKE (RFC 9180) with MLKEM1024-P384, HKDF-SHA384, AES-256-GCM.
The signing and the sealing part have identifiers of their own, so either can be replaced alone.
"""

import hashlib
from functools import cached_property
from typing import Any, Literal

import msgspec
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes, hpke
from cryptography.hazmat.primitives.asymmetric import ec, mldsa, mlkem
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from kimdesk.domain.errors import BundleError
from kimdesk.sync.sealing import wire

Kind = Literal["desk", "kreis"]

COORDINATE = 48
"""Bytes of a coordinate or scalar of P-384."""
POINT = 1 + 2 * COORDINATE
"""Bytes of a P-384 public key, uncompressed (SEC 1 §2.3.3)."""
ECDSA_SIZE = 2 * COORDINATE
"""Bytes of an ECDSA signature: r, then s."""
MLDSA_SIZE = 3309
"""Bytes of an ML-DSA-65 signature."""
SIGNATURE = ECDSA_SIZE + MLDSA_SIZE
"""Bytes of both signatures."""
ENCAPSULATED = 1665
"""Bytes HPKE sends to the recipient's key: an ML-KEM-1024 ciphertext and a P-384 point."""

_CURVE = ec.SECP384R1()
_ECDSA = ec.ECDSA(hashes.SHA384(), deterministic_signing=True)
_HPKE = hpke.Suite(hpke.KEM.MLKEM1024_P384, hpke.KDF.HKDF_SHA384, hpke.AEAD.AES_256_GCM)


class SigningPublic(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """What verifies signatures: an uncompressed P-384 point and an ML-DSA-65 public key."""

    p384: bytes
    mldsa65: bytes

    @cached_property
    def digest(self) -> bytes:
        """Return the 32 byte that stand for this key."""
        return hashlib.sha256(b"KIMdesk signing key v1\0" + self.p384 + self.mldsa65).digest()

    @property
    def key_id(self) -> str:
        """Return the identifier a header carries: 32 hexadecimal digits."""
        return self.digest[:16].hex()

    @cached_property
    def _keys(self) -> tuple[ec.EllipticCurvePublicKey, mldsa.MLDSA65PublicKey]:
        return _point(self.p384), mldsa.MLDSA65PublicKey.from_public_bytes(self.mldsa65)

    def verifies(self, signature: bytes, message: bytes, context: bytes) -> bool:
        """Tell whether both halves of ``signature`` are ours over ``message``; ``context`` is ML-DSA's."""
        p384, mldsa65 = self._keys
        r = int.from_bytes(signature[:COORDINATE], "big")
        s = int.from_bytes(signature[COORDINATE:ECDSA_SIZE], "big")
        try:
            mldsa65.verify(signature[ECDSA_SIZE:], message, context)
            p384.verify(encode_dss_signature(r, s), message, _ECDSA)
        except InvalidSignature:
            return False
        return True


class SealingPublic(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """What seals to its owner: an uncompressed P-384 point and an ML-KEM-1024 public key."""

    p384: bytes
    mlkem1024: bytes

    @cached_property
    def digest(self) -> bytes:
        """Return the 32 byte that stand for this key."""
        return hashlib.sha256(b"KIMdesk sealing key v1\0" + self.p384 + self.mlkem1024).digest()

    @property
    def key_id(self) -> str:
        """Return the identifier a header carries: 32 hexadecimal digits."""
        return self.digest[:16].hex()

    @cached_property
    def _key(self) -> hpke.MLKEM1024P384PublicKey:
        inner = mlkem.MLKEM1024PublicKey.from_public_bytes(self.mlkem1024)
        return hpke.MLKEM1024P384PublicKey(inner, _point(self.p384))

    def wrap(self, file_key: bytes, info: bytes) -> tuple[bytes, bytes]:
        """Return what HPKE encapsulates for the owner, and ``file_key`` sealed under it."""
        sealed = _HPKE.encrypt(file_key, self._key, info)
        return sealed[:ENCAPSULATED], sealed[ENCAPSULATED:]


class PublicIdentity(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True):
    """Who a desk or a Kreis is to others: its public keys, both parts."""

    format: int = wire.FORMAT
    kind: Kind
    signing: SigningPublic
    sealing: SealingPublic

    @cached_property
    def digest(self) -> bytes:
        """Return the 32 byte that stand for both parts and the kind."""
        parts = self.kind.encode(), b"\0", self.signing.digest, self.sealing.digest
        return hashlib.sha256(b"KIMdesk identity v1\0" + b"".join(parts)).digest()

    @property
    def key_id(self) -> str:
        """Return the identifier of the whole identity: 32 hexadecimal digits, never in a header."""
        return self.digest[:16].hex()

    def fingerprint(self) -> str:
        """Return what people compare on the telephone: eight groups of five digits (132 bit)."""
        digits = f"{int.from_bytes(self.digest, 'big') % 10**40:040}"
        return " ".join(digits[at : at + 5] for at in range(0, 40, 5))

    def to_bytes(self) -> bytes:
        """Return the identity as JSON."""
        return wire.encode(self)

    @classmethod
    def from_bytes(cls, data: bytes) -> "PublicIdentity":
        """Return the identity in ``data``. Raises BundleError E103, E501."""
        return wire.decode(cls, data).checked()

    def checked(self) -> "PublicIdentity":
        """Return this identity, its four keys tried. Raises BundleError E103."""
        try:
            _ = self.signing._keys, self.sealing._key  # noqa: SLF001 - parts of the same value
        except ValueError as fault:
            raise BundleError("E103") from fault
        return self


class Secret(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """Private keys, which no traceback or log shows."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def __rich_repr__(self) -> Any:
        yield "private"


class SigningPrivate(Secret, frozen=True):
    """What signs: a P-384 scalar and an ML-DSA-65 seed."""

    p384: bytes
    mldsa65: bytes

    @classmethod
    def create(cls) -> "SigningPrivate":
        """Return a new pair."""
        return cls(_new_scalar(), mldsa.MLDSA65PrivateKey.generate().private_bytes_raw())

    @cached_property
    def _keys(self) -> tuple[ec.EllipticCurvePrivateKey, mldsa.MLDSA65PrivateKey]:
        return _scalar(self.p384), mldsa.MLDSA65PrivateKey.from_seed_bytes(self.mldsa65)

    @cached_property
    def public(self) -> SigningPublic:
        """Return the public half."""
        p384, mldsa65 = self._keys
        return SigningPublic(_point_bytes(p384), mldsa65.public_key().public_bytes_raw())

    def sign(self, message: bytes, context: bytes) -> bytes:
        """Return both signatures over ``message``, ``SIGNATURE`` bytes; ``context`` is ML-DSA's."""
        p384, mldsa65 = self._keys
        halves = decode_dss_signature(p384.sign(message, _ECDSA))
        ecdsa = b"".join(half.to_bytes(COORDINATE, "big") for half in halves)
        return ecdsa + mldsa65.sign(message, context)


class SealingPrivate(Secret, frozen=True):
    """What unseals: a P-384 scalar and an ML-KEM-1024 seed."""

    p384: bytes
    mlkem1024: bytes

    @classmethod
    def create(cls) -> "SealingPrivate":
        """Return a new pair."""
        return cls(_new_scalar(), mlkem.MLKEM1024PrivateKey.generate().private_bytes_raw())

    @cached_property
    def _key(self) -> hpke.MLKEM1024P384PrivateKey:
        inner = mlkem.MLKEM1024PrivateKey.from_seed_bytes(self.mlkem1024)
        return hpke.MLKEM1024P384PrivateKey(inner, _scalar(self.p384))

    @cached_property
    def public(self) -> SealingPublic:
        """Return the public half."""
        inner = mlkem.MLKEM1024PrivateKey.from_seed_bytes(self.mlkem1024)
        return SealingPublic(_point_bytes(_scalar(self.p384)), inner.public_key().public_bytes_raw())

    def unwrap(self, encapsulated: bytes, sealed: bytes, info: bytes) -> bytes:
        """Return the file key. Raises BundleError E302: sealed to another key or for another envelope."""
        try:
            return _HPKE.decrypt(encapsulated + sealed, self._key, info)
        except (InvalidTag, ValueError) as fault:
            raise BundleError("E302") from fault


class DeviceIdentity(Secret, frozen=True, kw_only=True):
    """Who a desk or a Kreis is to itself: its private keys. Kept inside the vault, nowhere else."""

    format: int = wire.FORMAT
    kind: Kind
    signing: SigningPrivate
    sealing: SealingPrivate

    @classmethod
    def create(cls, kind: Kind) -> "DeviceIdentity":
        """Return a new identity with keys of its own."""
        return cls(kind=kind, signing=SigningPrivate.create(), sealing=SealingPrivate.create())

    @cached_property
    def public(self) -> PublicIdentity:
        """Return what others may know."""
        return PublicIdentity(kind=self.kind, signing=self.signing.public, sealing=self.sealing.public)

    def to_bytes(self) -> bytes:
        """Return the private keys as JSON, for the vault."""
        return wire.encode(self)

    @classmethod
    def from_bytes(cls, data: bytes) -> "DeviceIdentity":
        """Return the identity in ``data``. Raises BundleError E103, E501."""
        identity = wire.decode(cls, data)
        try:
            identity.public.checked()
        except ValueError as fault:
            raise BundleError("E103") from fault
        return identity


def _point(data: bytes) -> ec.EllipticCurvePublicKey:
    if len(data) != POINT:
        raise ValueError("not an uncompressed point of P-384")
    return ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, data)


def _scalar(data: bytes) -> ec.EllipticCurvePrivateKey:
    if len(data) != COORDINATE:
        raise ValueError("not a scalar of P-384")
    return ec.derive_private_key(int.from_bytes(data, "big"), _CURVE)


def _new_scalar() -> bytes:
    number = ec.generate_private_key(_CURVE).private_numbers().private_value
    return number.to_bytes(COORDINATE, "big")


def _point_bytes(key: ec.EllipticCurvePrivateKey) -> bytes:
    numbers = key.public_key().public_numbers()
    return b"\x04" + b"".join(n.to_bytes(COORDINATE, "big") for n in (numbers.x, numbers.y))
