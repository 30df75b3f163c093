"""A picture in HEIC without an encoder: one block of 16 by 16 that HEVC carries as it is (H.265 7.3.8.7).

There is nothing to predict or to compress, so the slice is a few fixed bits of arithmetic code around the
samples.
"""

import struct

_SIDE = 16
_START = bytes((0x86, 0x80))  # part_mode 2Nx2N, pcm_flag, aligned
_END = bytes((0xFE, 0x80))  # end_of_slice_segment_flag, stop bit, aligned


def heic(exif: bytes = b"") -> bytes:
    """Return a picture of 16 by 16; ``exif`` is what its camera says, beginning with ``Exif`` or TIFF."""
    tiff = exif.removeprefix(b"Exif\0\0")
    picture = _sized(_slice())
    items = [picture, struct.pack(">I", 0) + tiff] if exif else [picture]
    start = _box(b"ftyp", b"heic", bytes(4), b"mif1heic")
    meta_size = len(_meta(items, 0))
    return start + _meta(items, len(start) + meta_size + 8) + _box(b"mdat", *items)


def _meta(items: list[bytes], at: int) -> bytes:
    entries = [_full(b"infe", 2, struct.pack(">HH", 1, 0), b"hvc1", b"\0")]
    if len(items) > 1:
        entries.append(_full(b"infe", 2, struct.pack(">HH", 2, 0), b"Exif", b"\0"))
    links = [_full(b"iref", 0, _box(b"cdsc", struct.pack(">HHH", 2, 1, 1)))] if len(items) > 1 else []
    places = b""
    for number, item in enumerate(items, 1):
        places += struct.pack(">HHHII", number, 0, 1, at, len(item))
        at += len(item)
    properties = _box(
        b"iprp",
        _box(b"ipco", _box(b"hvcC", _configuration()), _full(b"ispe", 0, struct.pack(">II", _SIDE, _SIDE))),
        _full(b"ipma", 0, struct.pack(">IHBBB", 1, 1, 2, 0x81, 2)),
    )
    return _full(
        b"meta", 0,
        _full(b"hdlr", 0, bytes(4), b"pict", bytes(13)),
        _full(b"pitm", 0, struct.pack(">H", 1)),
        _full(b"iloc", 0, bytes((0x44, 0)), struct.pack(">H", len(items)), places),
        _full(b"iinf", 0, struct.pack(">H", len(entries)), *entries),
        *links,
        properties,
    )  # fmt: skip


def _configuration() -> bytes:
    head = (
        bytes((1, 3))
        + _COMPATIBLE
        + bytes((0x90, 0, 0, 0, 0, 0, 30, 0xF0, 0, 0xFC, 0xFD, 0xF8, 0xF8, 0, 0, 0x0F))
    )
    sets = ((32, _video()), (33, _sequence()), (34, _picture()))
    return (
        head
        + bytes([len(sets)])
        + b"".join(bytes([0x80 | kind]) + struct.pack(">HH", 1, len(unit)) + unit for kind, unit in sets)
    )


_COMPATIBLE = bytes((0x70, 0, 0, 0))  # Main Still Picture and those that contain it
_LEVEL = "00000011" + "".join(f"{each:08b}" for each in _COMPATIBLE) + "1001" + "0" * 44 + f"{30:08b}"


def _video() -> bytes:
    return _unit(32, "0000110000000001" + "1" * 16 + _LEVEL + "1" + "111" + "000000" + "100")


def _sequence() -> bytes:
    size = _ue(1) + _ue(_SIDE) + _ue(_SIDE) + "0"
    blocks = _ue(1) + _ue(0) + _ue(0) + _ue(2) + _ue(0) + _ue(0)
    samples = "1" + "01110111" + _ue(1) + _ue(0) + "1"
    return _unit(
        33,
        "0000" "000" "1" + _LEVEL + _ue(0) + size + _ue(0) * 3 + "1" + _ue(0) * 3 + blocks + "000" + samples
        + _ue(0) + "00000",
    )  # fmt: skip


def _picture() -> bytes:
    return _unit(
        34, _ue(0) * 2 + "0000000" + _ue(0) * 3 + "000" + _ue(0) * 2 + "0" * 7 + "10100" + _ue(0) + "00"
    )


_BRIGHTER = bytes(40 + 10 * (number % _SIDE) for number in range(_SIDE * _SIDE))  # from left to right


def _slice(luma: bytes = _BRIGHTER) -> bytes:
    chroma = bytes([128]) * (_SIDE * _SIDE // 2)
    return _unit(19, "10" + _ue(0) + _ue(2) + _ue(0), _START + luma + chroma + _END)


def _unit(kind: int, bits: str, data: bytes = b"") -> bytes:
    """Return a NAL unit: its head, ``bits`` with the stop bit, ``data``; with emulation prevention."""
    bits += "1"
    bits += "0" * (-len(bits) % 8)
    raw = int(bits, 2).to_bytes(len(bits) // 8) + data
    out = bytearray((kind << 1, 1))
    for value in raw:
        if value <= 3 and out.endswith(b"\0\0"):
            out.append(3)
        out.append(value)
    return bytes(out)


def _ue(value: int) -> str:
    """Return ``value`` in the Exp-Golomb code of H.265 9.2."""
    digits = f"{value + 1:b}"
    return "0" * (len(digits) - 1) + digits


def _sized(unit: bytes) -> bytes:
    return struct.pack(">I", len(unit)) + unit


def _box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I", len(body) + 8) + kind + body


def _full(kind: bytes, version: int, *parts: bytes) -> bytes:
    return _box(kind, struct.pack(">I", version << 24), *parts)
