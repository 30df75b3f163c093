"""Who writes the papers of a desk: name, unit, address, lines at the foot, and a logo, kept in the vault."""

import struct
import zlib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import msgspec

from kimdesk.cage import Stop
from kimdesk.casework.desk import Desk
from kimdesk.casework.scans import looking
from kimdesk.casework.scans.scan import JPEG, PNG, Drawing
from kimdesk.domain.characters import tidy
from kimdesk.domain.errors import CaseworkError, StoreError
from kimdesk.store.settings import get_setting, set_setting
from kimdesk.store.work import Reader

TOO_LARGE, NO_PICTURE, TOO_LONG = "E840", "E841", "E842"
MOST_BYTES: Final = 5 * 1024 * 1024
"""Bytes of the file that a logo is read from."""
LINES: Final = 4
"""Lines of an address, of what stands at the foot, and of how somebody is reached."""
_LINE, _WIDTH, _HEIGHT = 120, 900, 360  # characters; pixels
_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_KEY, _DEFAULTS = "letterhead", "documents/letterhead.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """Who writes; what is empty is left out. ``logo`` is a PNG that this program has drawn itself.

    ``officer``: how the data protection officer is reached (Art. 13 Abs. 1 Buchst. b DSGVO).
    """

    name: str
    unit: str = ""
    address: tuple[str, ...] = ()
    foot: tuple[str, ...] = ()
    officer: tuple[str, ...] = ()
    logo: bytes = field(default=b"", repr=False)


def letterhead(desk: Desk) -> Letterhead:
    """Return who writes: as it was set, else the name of the desk and its usual unit."""
    with desk.reading() as reader:
        return known_letterhead(reader, desk)


def known_letterhead(reader: Reader, desk: Desk) -> Letterhead:
    """Return the same as ``letterhead`` within a transaction."""
    kept = get_setting(reader, _KEY)
    return msgspec.json.decode(kept, type=Letterhead) if kept else usual(desk)


def usual(desk: Desk) -> Letterhead:
    """Return the letterhead of a desk that has set none."""
    return Letterhead(name=desk.name, unit=desk.catalogue.stack.table(_DEFAULTS)["unit"])


def change(desk: Desk, wanted: Letterhead) -> Letterhead:
    """Write under ``wanted`` from now on and return it as it is kept; without a name that of the desk.

    Raises CaseworkError E842 for more or longer lines than a head has room for, ContentError E708 for a text
    that no desk stores.
    """
    kept = _tidied(wanted, desk.name)
    with desk.writing() as writer:
        set_setting(writer, _KEY, msgspec.json.encode(kept).decode())
        writer.record("letterhead_set", "vault", _KEY)
    return kept


def read_logo(source: Path | bytes, stop: Stop | None = None) -> bytes:
    """Return the picture in a file as a logo: a PNG of at most 900 × 360 pixels on white, drawn anew.

    Raises CaseworkError E840 when the file is too large, E841 when it is no PNG or JPEG, and as
    ``scans.looking.inspect``.
    """
    data = source if isinstance(source, bytes) else _read(source)
    if len(data) > MOST_BYTES:
        raise CaseworkError(TOO_LARGE, most=MOST_BYTES // 1024**2)
    scan = looking.inspect(data, stop)
    if scan.media_type not in (PNG, JPEG):
        raise CaseworkError(NO_PICTURE)
    drawn = looking.draw(scan.data, scan.media_type, 0, _WIDTH)
    if drawn.height > _HEIGHT:
        width = max(1, drawn.width * _HEIGHT // drawn.height)
        drawn = looking.draw(scan.data, scan.media_type, 0, width)
    return _png(drawn)


def _read(path: Path) -> bytes:
    """Read one byte more than a logo may have, at most. Raises StoreError E940."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError:
        raise StoreError("E940") from None


def _png(drawing: Drawing) -> bytes:
    """Return pixels as PNG (ISO/IEC 15948): what readers of pictures get to see later was written here."""
    row = 3 * drawing.width
    rows = (drawing.pixels[row * at : row * (at + 1)] for at in range(drawing.height))
    head = struct.pack(">IIBBBBB", drawing.width, drawing.height, 8, 2, 0, 0, 0)
    parts = (
        (b"IHDR", head),
        (b"IDAT", zlib.compress(b"".join(b"\0" + each for each in rows), 9)),
        (b"IEND", b""),
    )
    return _SIGNATURE + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )


def _tidied(wanted: Letterhead, desk_name: str) -> Letterhead:
    kept = replace(
        wanted,
        name=tidy(wanted.name).strip() or desk_name,
        unit=tidy(wanted.unit).strip(),
        address=_lines(wanted.address),
        foot=_lines(wanted.foot),
        officer=_lines(wanted.officer),
    )
    blocks = (kept.address, kept.foot, kept.officer)
    longest = max(map(len, (kept.name, kept.unit, *(line for block in blocks for line in block))))
    if longest > _LINE or max(map(len, blocks)) > LINES:
        raise CaseworkError(TOO_LONG, lines=LINES, characters=_LINE)
    return kept


def _lines(given: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(line for each in given if (line := " ".join(tidy(each).split())))
