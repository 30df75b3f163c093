"""From a valid file and a number to a changed one, always the same: by byte, by part, by size, or several."""

import re
from collections.abc import Callable, Sequence
from random import Random

from tests import old_workbooks
from tests.foreign import pictures, tables
from tests.foreign.parts import FORMS, Parts
from tests.workbooks import Cell, Sheet

_SHEET = Sheet(
    (("Nachname", "Vorname", "geb. am", "PLZ"),
     ("Osman", "Amna", Cell(33201, "dd/mm/yyyy"), Cell(1067, "00000")),
     ("", Cell("Ali", struck=True), Cell("1.2.1990", formula="A1", kind="str"), Cell("#N/A", "", kind="e"))),
    hidden_rows=frozenset({3}), merged=("A2:A3",),
)  # fmt: skip

SAMPLES: dict[str, tuple[Callable[[], bytes], ...]] = {
    "csv": (tables.csv,),
    "xlsx": (tables.xlsx,),
    "ods": (tables.ods,),
    "xls": (lambda: tables.xls(tables.records()), lambda: old_workbooks.xls({"Liste": _SHEET}, strings=True)),
    **pictures.SAMPLES,
}
TABLES = ("csv", "xlsx", "ods", "xls")
PICTURES = tuple(pictures.SAMPLES)

_EXTREMES = (0, 1, 2, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 2**31 - 1, 2**31, 2**32 - 1, 2**63, 2**64 - 1)
_NUMBERS = (b"0", b"-1", b"1", b"65535", b"65536", b"1048577", b"2147483647", b"4294967296", b"1e308", b"NaN",
            b"99999999999999999999", b"XFD1048576", b"0.0000001")  # fmt: skip
_NUMBER = re.compile(rb"\d+(?:\.\d+)?")
_ELEMENT = re.compile(rb"<[^<>]*>")
_MOST = 4 * 1024 * 1024  # bytes of a changed file: repeating grows fast


def changed(kind: str, seed: str, number: int) -> bytes:
    """Return the file ``number`` of a kind."""
    dice = Random(f"{seed}:{kind}:{number}")
    data = dice.choice(SAMPLES[kind])()
    for _ in range(dice.choice((1, 1, 1, 2, 4))):
        data = _by_byte(dice, data) if dice.random() < 0.4 else _by_part(dice, kind, data)
    return data


def _by_byte(dice: Random, data: bytes) -> bytes:
    return dice.choice(_BYTES)(dice, data) if data else b"\0"


def _by_part(dice: Random, kind: str, data: bytes) -> bytes:
    form = FORMS[kind]
    try:
        parts = form.split(data)
    except Exception:  # it was changed before and cannot be taken apart any more
        return _by_byte(dice, data)
    for _ in range(dice.choice((1, 1, 2, 5))):
        if parts:
            dice.choice(_PARTS)(dice, parts)
    return form.join(parts)


def _place(dice: Random, data: Sequence[object]) -> int:
    return dice.randrange(len(data))


def _span(dice: Random, data: bytes) -> tuple[int, int]:
    start = _place(dice, data)
    return start, min(len(data), start + dice.choice((1, 2, 4, 16, 64, 512)))


def _flip(dice: Random, data: bytes) -> bytes:
    found = bytearray(data)
    for _ in range(dice.choice((1, 1, 1, 4, 20))):
        found[_place(dice, found)] ^= 1 << dice.randrange(8)
    return bytes(found)


def _cut_off(dice: Random, data: bytes) -> bytes:
    return data[: _place(dice, data)]


def _leave_out(dice: Random, data: bytes) -> bytes:
    start, end = _span(dice, data)
    return data[:start] + data[end:]


def _repeat(dice: Random, data: bytes) -> bytes:
    start, end = _span(dice, data)
    times = min(dice.choice((2, 10, 1000, 100_000)), _MOST // (end - start))
    return data[:start] + data[start:end] * times + data[end:]


def _noise(dice: Random, data: bytes) -> bytes:
    start, end = _span(dice, data)
    return data[:start] + dice.randbytes(end - start) + data[end:]


def _extreme(dice: Random, data: bytes) -> bytes:
    size = dice.choice((1, 2, 4, 8))
    number = dice.choice(_EXTREMES) % (1 << 8 * size)
    start = _place(dice, data)
    return data[:start] + number.to_bytes(size, dice.choice(("big", "little"))) + data[start + size :]


def _number(dice: Random, data: bytes) -> bytes:
    """Change a number that is written in digits."""
    found = list(_NUMBER.finditer(data))
    if not found:
        return _extreme(dice, data)
    one = dice.choice(found)
    return data[: one.start()] + dice.choice(_NUMBERS) + data[one.end() :]


def _element(dice: Random, data: bytes) -> bytes:
    """Leave out, repeat or move an element of XML."""
    found = list(_ELEMENT.finditer(data))
    if not found:
        return _noise(dice, data)
    one, other = dice.choice(found), dice.choice(found)
    many = one[0] * min(5000, _MOST // len(one[0]))
    piece = dice.choice((b"", one[0] * 2, many, other[0], b"<a>" * 20_000))
    return data[: one.start()] + piece + data[one.end() :]


def _quote(dice: Random, data: bytes) -> bytes:
    start = _place(dice, data)
    sign = dice.choice((b'"', b"\0", b"\xff", b"\r", b"\xed\xa0\x80", b"&x;", b";" * 300))
    return data[:start] + sign + data[start:]


_BYTES = (_flip, _flip, _cut_off, _leave_out, _repeat, _noise, _extreme, _number, _quote)


def _change(dice: Random, parts: Parts) -> None:
    at = _place(dice, parts)
    name, body = parts[at]
    parts[at] = name, dice.choice((*_BYTES, _number, _element, _element))(dice, body) if body else b"\0"


def _drop(dice: Random, parts: Parts) -> None:
    del parts[_place(dice, parts)]


def _double(dice: Random, parts: Parts) -> None:
    at = _place(dice, parts)
    size = sum(map(len, parts[at])) + 1
    parts[at:at] = [parts[at]] * min(dice.choice((1, 1, 100, 5000)), _MOST // size)


def _swap(dice: Random, parts: Parts) -> None:
    one, other = _place(dice, parts), _place(dice, parts)
    parts[one], parts[other] = parts[other], parts[one]


def _exchange(dice: Random, parts: Parts) -> None:
    """Give a part the content of another."""
    one, other = _place(dice, parts), _place(dice, parts)
    parts[one] = parts[one][0], parts[other][1]


_PARTS = (_change, _change, _change, _change, _drop, _double, _swap, _exchange)
