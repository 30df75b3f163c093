"""An old workbook whose damage makes its native reader give up in a panic, not in an error."""

import struct

_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_SECTORS = 8  # of the stream of the workbook


def panicking_workbook() -> bytes:
    """Return a compound file of ten sectors: its table, its folder, and a stream of zeros with one damage."""
    stream = bytearray(_SECTORS * _SECTOR)
    stream[60] = 133  # a sheet is told of, and nothing follows
    chain = [*range(3, 2 + _SECTORS), _END]
    table = [_FAT, _END, *chain]
    table += [_FREE] * (_SECTOR // 4 - len(table))
    folder = _entry("Root Entry", 5, 1, _END, 0) + _entry("Workbook", 2, _FREE, 2, len(stream))
    return _head() + struct.pack(f"<{len(table)}I", *table) + folder.ljust(_SECTOR, b"\0") + bytes(stream)


def _head() -> bytes:
    fixed = struct.pack("<8s16x5H6x", bytes.fromhex("D0CF11E0A1B11AE1"), 0x3E, 3, 0xFFFE, 9, 6)
    places = struct.pack("<9I", 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    return fixed + places + struct.pack("<109I", 0, *[_FREE] * 108)


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    wide = (name + "\0").encode("utf-16-le")
    return struct.pack("<64sHBB3I36xIQ", wide, len(wide), kind, 1, _FREE, _FREE, child, start, size)
