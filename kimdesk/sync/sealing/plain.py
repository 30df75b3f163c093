"""Plaintext as it is decrypted, to be read once from its start in pieces of any size."""

from collections.abc import Iterator

from kimdesk.domain.errors import BundleError


class Plain:
    """The plaintext ``chunks`` give, ``total`` bytes of it, of which ``taken`` have been read."""

    def __init__(self, chunks: Iterator[bytes], total: int) -> None:
        self._chunks = chunks
        self._pending = b""
        self._at = 0
        self.total = total
        self.taken = 0

    def read(self, size: int) -> bytes:
        """Return exactly ``size`` bytes. Raises BundleError E103 past the end."""
        while len(self._pending) - self._at < size:
            chunk = next(self._chunks, b"")
            if not chunk:
                raise BundleError("E103")
            self._pending = self._pending[self._at :] + chunk
            self._at = 0
        data = self._pending[self._at : self._at + size]
        self._at += size
        self.taken += size
        return data
