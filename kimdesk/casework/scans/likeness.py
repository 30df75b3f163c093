"""Whether two scans show the same sheet: by how light changes over the first page, not by their bytes.

A sheet that was scanned or photographed again, stored smaller or in another format, has about the same look.
A look says nothing that could be read: 2 × 24 × 24 signs whether a spot is lighter or darker than the next.
"""

from typing import Final

from kimdesk.casework.scans.looking import draw
from kimdesk.casework.scans.scan import Drawing, Scan
from kimdesk.domain.errors import KimdeskError

_SIDE: Final = 24
_STEP: Final = 10  # of 255: what changes less is paper, noise or a fold
_FEWEST: Final = 12  # signs of a sheet that is not empty
_MOST_APART: Final = 0.3  # of the signs of both
_WIDTH: Final = 240


def look_of(scan: Scan) -> str:
    """Return the look of the first page of ``scan`` in hex, "" for an empty sheet or what cannot be drawn."""
    if not scan.drawable or not scan.pages:
        return ""
    try:
        found = draw(scan.data, scan.media_type, 0, _WIDTH)
    except KimdeskError:
        return ""
    return _look(found) if found.pixels else ""


def alike(one: str, other: str) -> bool:
    """Return whether two looks may be of the same sheet; "" is like nothing."""
    if not one or not other:
        return False
    here, there = int(one, 16), int(other, 16)
    apart, signs = (here ^ there).bit_count(), here.bit_count() + there.bit_count()
    return apart <= _MOST_APART * signs


def _look(found: Drawing) -> str:
    rows = [_row(found, number) for number in range(_SIDE)]
    changes = [row[at + 1] - row[at] for row in rows for at in range(_SIDE)]
    signs = "".join("1" if sign * change >= _STEP else "0" for sign in (1, -1) for change in changes)
    return f"{int(signs, 2):x}" if signs.count("1") >= _FEWEST else ""


def _row(found: Drawing, number: int) -> list[float]:
    """Return how light (0 to 255) the spots of one row of the page are, from its green alone."""
    green, wide = found.pixels[1::3], found.width
    top, below = _part(found.height, number, _SIDE)
    spots = [_part(wide, at, _SIDE + 1) for at in range(_SIDE + 1)]
    lines = range(top, below)
    return [
        sum(sum(green[line * wide + left : line * wide + right]) for line in lines)
        / (len(lines) * (right - left))
        for left, right in spots
    ]


def _part(length: int, number: int, parts: int) -> tuple[int, int]:
    """Return begin and end of a part of ``length`` pixels, one pixel at least."""
    begin = min(number * length // parts, length - 1)
    return begin, max((number + 1) * length // parts, begin + 1)
