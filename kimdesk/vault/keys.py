"""The one random key of a vault and everything derived from it."""

import hmac
import secrets

KEY_BYTES = 32
_MAC_HEX = 64


def new_key() -> bytearray:
    """Return a fresh random key of 32 bytes that can be wiped."""
    return bytearray(secrets.token_bytes(KEY_BYTES))


def wipe(secret: bytearray) -> None:
    """Overwrite ``secret`` with zeros. Copies that libraries made on the way are out of reach."""
    secret[:] = bytes(len(secret))


def derive(key: bytearray, purpose: str, length: int = KEY_BYTES) -> bytes:
    """Return ``length`` bytes for ``purpose`` (HKDF-SHA256, RFC 5869). Each purpose has its own."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), length, salt=None, info=f"kimdesk 1 {purpose}".encode()).derive(key)


def seal_line(line: bytes, key: bytearray, purpose: str) -> bytes:
    """Return ``line`` and, on a second line, its HMAC-SHA256 under the key for ``purpose``."""
    return line + b"\n" + _mac(line, key, purpose) + b"\n"


def split_line(data: bytes) -> tuple[bytes, bytes] | None:
    """Return the line and its HMAC in hex, or None when ``data`` does not have this shape."""
    parts = data.split(b"\n")
    if len(parts) == 3 and not parts[2] and len(parts[1]) == _MAC_HEX:  # noqa: PLR2004 - line, HMAC, nothing
        return parts[0], parts[1]
    return None


def is_genuine(line: bytes, mac: bytes, key: bytearray, purpose: str) -> bool:
    """Say whether ``mac`` was made over ``line`` with this key."""
    return hmac.compare_digest(mac, _mac(line, key, purpose))


def _mac(line: bytes, key: bytearray, purpose: str) -> bytes:
    return hmac.digest(derive(key, purpose), line, "sha256").hex().encode()
