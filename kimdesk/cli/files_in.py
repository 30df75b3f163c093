"""Small files named on the command line."""

from pathlib import Path

from kimdesk.domain.errors import StoreError


def read_file(path: Path) -> bytes:
    """Return the content of ``path``. Raises StoreError E910 when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError:
        raise StoreError("E910") from None
