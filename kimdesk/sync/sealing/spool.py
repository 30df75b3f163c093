"""A place where packed sections wait until the manifest, which comes first, can be written."""

import os
import tempfile
from collections.abc import Iterator

from kimdesk.sync.sealing import age_stream, limits
from kimdesk.sync.sealing.age_stream import SUITE_1

SPOOL = 16 * limits.MIB
"""Bytes kept in memory; more goes to a nameless temporary file, sealed under a key that is never stored."""


class Spool:
    """Takes bytes once, gives them back once; ``size`` is how many. What it puts on a disk is sealed."""

    def __init__(self) -> None:
        self._key = os.urandom(age_stream.FILE_KEY)
        self._file = tempfile.SpooledTemporaryFile(SPOOL)  # noqa: SIM115 - closed by __exit__
        self._stream = age_stream.Encryptor(SUITE_1, self._key, self._file.write)
        self.size = 0

    def __enter__(self) -> "Spool":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def write(self, data: bytes) -> None:
        """Append ``data``."""
        self.size += len(data)
        self._stream.write(data)

    def read(self) -> Iterator[bytes]:
        """Return everything written, in pieces; nothing can be appended any more."""
        self._stream.finish()
        sealed = self._file.tell()
        self._file.seek(0)
        return age_stream.decrypt(SUITE_1, self._key, self._file.read, sealed)
