"""Bundles that wait for a decision are kept as they came, sealed, so that deciding needs no stick."""

from pathlib import Path
from typing import Final

from sqlalchemy import Connection, func, select

from kimdesk.kreis.registry import waiting

MOST: Final = 16_000_000
"""Bytes of a bundle that is kept at most; of a larger one, the stick is needed again."""
ROOM: Final = 64_000_000
"""Bytes that are kept of one desk at most."""


def bytes_to_keep(connection: Connection, desk_id: str, file: Path) -> bytes:
    """Return the content of a bundle, b"" when it is too large to keep."""
    kept = select(func.sum(waiting.c.size)).where(waiting.c.desk_id == desk_id)
    room = min(MOST, ROOM - int(connection.execute(kept).scalar() or 0))
    try:
        return file.read_bytes() if 0 < file.stat().st_size <= room else b""
    except OSError:
        return b""
