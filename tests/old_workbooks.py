"""Small old workbooks (.xls), written record by record as ``tests.workbooks`` writes new ones ([MS-XLS])."""

import re
import struct
from collections.abc import Iterator, Mapping

from tests.foreign.tables import compound
from tests.workbooks import Cell, Sheet

_BOF, _EOF, _MODE, _FONT, _FORMAT, _XF, _BOUND, _STRINGS = (
    0x809, 0x0A, 0x22, 0x31, 0x41E, 0xE0, 0x85, 0xFC,
)  # fmt: skip
_ROW, _NUMBER, _LABEL, _SHARED, _FORMULA, _STRING, _MERGED = 0x208, 0x203, 0x204, 0xFD, 6, 0x207, 0xE5
_FIRST_FORMAT = 164
_ERROR, _EMPTY, _NOT_AVAILABLE, _ONE = 2, 3, 0x2A, b"\x1e\x01\x00"
_RANGE = re.compile(r"([A-Z])(\d+):([A-Z])(\d+)")


def xls(sheets: Mapping[str, Sheet], *, starts_1904: bool = False, strings: bool = False) -> bytes:
    """Return an old workbook; with ``strings`` its texts stand in the table of shared strings."""
    shared: list[str] = []
    styles: dict[tuple[str, bool], int] = {("", False): 0}
    bodies = [b"".join(_sheet(each, styles, shared if strings else None)) for each in sheets.values()]
    places, whole = [0] * len(bodies), b""
    for _ in range(2):  # once more when it is known where each sheet begins
        whole = b"".join(_globals(sheets, places, styles, shared, starts_1904))
        places = [len(whole) + sum(map(len, bodies[:at])) for at in range(len(bodies))]
    return compound(whole + b"".join(bodies))


def record(kind: int, layout: str, *values: object, rest: bytes = b"") -> bytes:
    """Return one record."""
    body = struct.pack(layout, *values) + rest
    return struct.pack("<HH", kind, len(body)) + body


def _globals(
    sheets: Mapping[str, Sheet], places: list[int], styles: dict[tuple[str, bool], int], shared: list[str],
    starts_1904: bool,
) -> Iterator[bytes]:  # fmt: skip
    yield record(_BOF, "<HHHHII", 0x600, 5, 0, 0, 0, 6)
    yield record(_MODE, "<H", starts_1904)
    for struck in (False, True):
        yield record(_FONT, "<5H4B", 200, 8 * struck, 0x7FFF, 400, 0, 0, 0, 0, 0, rest=_text("Arial", "<B"))
    codes = list(dict.fromkeys(code for code, _ in styles if code))
    for at, code in enumerate(codes):
        yield record(_FORMAT, "<H", _FIRST_FORMAT + at, rest=_text(code, "<H"))
    for code, struck in styles:
        number = _FIRST_FORMAT + codes.index(code) if code else 0
        yield record(_XF, "<3H14x", int(struck), number, 0)
    for (name, each), place in zip(sheets.items(), places, strict=True):
        yield record(_BOUND, "<IBB", place, int(each.hidden), 0, rest=_text(name, "<B"))
    texts = b"".join(_text(each, "<H") for each in shared)
    yield record(_STRINGS, "<II", len(shared), len(shared), rest=texts)
    yield record(_EOF, "")


def _text(said: str, size: str) -> bytes:
    return struct.pack(size, len(said)) + b"\x01" + said.encode("utf-16-le")


def _sheet(sheet: Sheet, styles: dict[tuple[str, bool], int], shared: list[str] | None) -> Iterator[bytes]:
    yield record(_BOF, "<HHHHII", 0x600, 0x10, 0, 0, 0, 6)
    for row, line in enumerate(sheet.lines, sheet.first_row - 1):
        hidden = 0x20 * (row + 1 in sheet.hidden_rows)
        yield record(_ROW, "<8H", row, 0, len(line), 255, 0, 0, 0x100 | hidden, 0)
        for column, value in enumerate(line):
            if value != "":
                cell = value if isinstance(value, Cell) else Cell(value)
                style = styles.setdefault((cell.code, cell.struck), len(styles))
                yield from _cell(cell, (row, column, style), shared)
    merged = [_corners(each) for each in sheet.merged]
    if merged:
        yield record(_MERGED, "<H", len(merged), rest=b"".join(struct.pack("<4H", *each) for each in merged))
    yield record(_EOF, "")


def _cell(cell: Cell, place: tuple[int, int, int], shared: list[str] | None) -> Iterator[bytes]:
    if cell.kind or cell.formula:
        yield from _formula(cell, place)
    elif not isinstance(cell.value, str):
        yield record(_NUMBER, "<3Hd", *place, cell.value)
    elif shared is None:
        yield record(_LABEL, "<3H", *place, rest=_text(cell.value, "<H"))
    else:
        shared.append(cell.value)
        yield record(_SHARED, "<3HI", *place, len(shared) - 1)


def _formula(cell: Cell, place: tuple[int, int, int]) -> Iterator[bytes]:
    kind = _ERROR if cell.kind == "e" else 0 if cell.value else _EMPTY
    value = _NOT_AVAILABLE if kind == _ERROR else 0
    yield record(_FORMULA, "<3HBxB3xHHIH", *place, kind, value, 0xFFFF, 0, 0, len(_ONE), rest=_ONE)
    if kind == 0:
        yield record(_STRING, "", rest=_text(str(cell.value), "<H"))


def _corners(given: str) -> tuple[int, int, int, int]:
    found = _RANGE.fullmatch(given)
    assert found is not None
    return int(found[2]) - 1, int(found[4]) - 1, ord(found[1]) - ord("A"), ord(found[3]) - ord("A")
