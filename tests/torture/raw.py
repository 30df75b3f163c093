"""The pages of an encrypted database as they lie on the disk, decrypted without SQLCipher.

SQLCipher 4: pages of 4096 bytes, AES-256-CBC, the last 80 bytes of a page hold its IV (16) and its HMAC
(64); the first 16 bytes of the file are the salt. A raw key is the encryption key itself. Free pages and
the unused parts of pages come out too, which no query would show.
"""

from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC

_PAGE, _RESERVE, _SALT = 4096, 80, 16
_LOG_HEADER, _FRAME_HEADER = 32, 24


def pages(folder: Path, key: bytearray) -> Iterator[bytes]:
    """Yield every page in the database and its log, old versions in the log included."""
    data = (folder / "data.db").read_bytes()
    for at in range(0, len(data), _PAGE):
        yield _decrypt(data[at : at + _PAGE], key, _SALT if at == 0 else 0)
    log = (folder / "data.db-wal").read_bytes() if (folder / "data.db-wal").exists() else b""
    for at in range(_LOG_HEADER, len(log), _FRAME_HEADER + _PAGE):
        first = int.from_bytes(log[at : at + 4], "big") == 1
        page = log[at + _FRAME_HEADER : at + _FRAME_HEADER + _PAGE]
        yield _decrypt(page, key, _SALT if first else 0)


def _decrypt(page: bytes, key: bytearray, start: int) -> bytes:
    vector = page[-_RESERVE:][:16]
    decryptor = Cipher(AES256(bytes(key)), CBC(vector)).decryptor()
    return decryptor.update(page[start:-_RESERVE]) + decryptor.finalize()
