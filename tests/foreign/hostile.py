"""Files made to end a program: small on the disk, and without measure as soon as somebody reads them."""

import struct
from pathlib import Path

from tests.foreign import tables

_WIDE, _HIGH = 65_500, 1_220
_BLOCKS = -(-_WIDE // 8) * -(-_HIGH // 8)


def far_cell_xls() -> bytes:
    """Return a .xls of a few kilobytes whose last cell is so far away that its table has 100 GB."""
    far = (0x0203, struct.pack("<HHHd", 65_535, 65_535, 0, 1.0))
    records = tables.records()
    return tables.xls([*records[:-1], far, records[-1]])


def amplified_xlsx(references: int = 20_000, size: int = 1_000_000) -> bytes:
    """Return a .xlsx of some kilobytes, each of whose cells is the same text of a megabyte."""
    return tables.xlsx([("Nachname", "Vorname"), *[("A" * size, "A" * size)] * (references // 2)])


def far_cell_xlsx() -> bytes:
    """Return a .xlsx whose last cell is the last there can be, 512 GB of empty cells away."""
    parts = dict(tables.unzipped(tables.xlsx()))
    sheet = parts["xl/worksheets/sheet1.xml"]
    far = b'<row r="1048576"><c r="XFD1048576" t="str"><v>x</v></c></row></sheetData>'
    return tables.zipped({**parts, "xl/worksheets/sheet1.xml": sheet.replace(b"</sheetData>", far)})


def repeated_ods() -> bytes:
    """Return an .ods in which one row with a name is said to stand there two thousand million times."""
    parts = dict(tables.unzipped(tables.ods()))
    content = parts["content.xml"].replace(
        b"<table:table-row>", b'<table:table-row table:number-rows-repeated="2000000000">'
    )
    return tables.zipped({**parts, "content.xml": content})


def form_bomb(levels: int = 20) -> bytes:
    """Return a PDF whose page draws a form four times, which draws another four times, and so on."""
    form = "<</Type/XObject/Subtype/Form/BBox[0 0 300 300]"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Resources<</XObject<</F 5 0 R>>>>/Contents 4 0 R>>",
        "<</Length 5>>stream\n/F Do\nendstream",
        *(f"{form}/Resources<</XObject<</F {6 + level} 0 R>>>>/Length 24>>stream\n{'/F Do ' * 4}\nendstream"
          for level in range(levels)),
        f"{form}/Length 14>>stream\n0 0 m 9 9 l S \nendstream",
    ]  # fmt: skip
    return _pdf(objects)


def _pdf(objects: list[str]) -> bytes:
    body, places = b"%PDF-1.7\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    tail = f"trailer<</Root 1 0 R/Size {len(places) + 1}>>\nstartxref\n{len(body)}\n%%EOF"
    return body + f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}{tail}".encode()


def progressive_jpeg(scans: int = 4_000) -> bytes:
    """Return a photo of 80 million grey pixels, refined in thousands of passes of a hundred bytes each."""
    frame = struct.pack(">BHHB3B", 8, _HIGH, _WIDE, 1, 1, 0x11, 0)
    start = b"\xff\xd8" + _segment(0xDB, bytes([0, *[1] * 64])) + _segment(0xC2, frame)
    first = _codes(0x00, 0) + _segment(0xDA, bytes((1, 1, 0, 0, 0, 0))) + bytes(-(-_BLOCKS // 8))
    one = _segment(0xDA, bytes((1, 1, 0, 1, 5, 2))) + _nothing_to_add()
    return start + first + _codes(0x10, 0xE0, 0xC0) + one * scans + b"\xff\xd9"


def _codes(table: int, *values: int) -> bytes:
    counts = bytes(1 if length < len(values) else 0 for length in range(16))
    return _segment(0xC4, bytes([table]) + counts + bytes(values))


def _nothing_to_add() -> bytes:
    """Return a pass over all blocks that changes none: runs of up to 32,767 (T.81 G.1.2.2)."""
    whole, rest = divmod(_BLOCKS, 2**15 - 1)
    bits = ("0" + "1" * 14) * whole + "10" + f"{rest - 4096:012b}"
    bits += "1" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8).replace(b"\xff", b"\xff\0")


def _segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2) + body


def one_bit_heic() -> bytes:
    """Return a photo in which one bit has flipped; the library that draws it ends its process."""
    return Path(__file__).with_name("one_bit.heic").read_bytes()
