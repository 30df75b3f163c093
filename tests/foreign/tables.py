"""Lists of persons as .xls, .xlsx, .ods and .csv, made by hand, with a bit of all a list may hold."""

import struct
import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO

LINES: tuple[tuple[str | float, ...], ...] = (
    ("Nachname", "Vorname", "geb. am", "PLZ", "Staatsangehörigkeit"),
    ("Osman", "Amna", 33201.0, 1067.0, "Syrien"),
    ("Müßig", "Jürgen", 32874.0, 48143.0, "deutsch"),
    ("Yıldız", "Ayşe", 31000.5, 50667.0, "Türkei"),
    ("al-Hassan", "Layla", "1. März 1985", "AZ 0007", "Irak"),
)
_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"

_TYPES = f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType=' + (
    '"application/vnd.openxmlformats-package.relationships+xml"/>'
) + "".join(
    f'<Override PartName="/xl/{name}.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    f'spreadsheetml.{kind}+xml"/>'
    for name, kind in (("workbook", "sheet.main"), ("worksheets/sheet1", "worksheet"), ("styles", "styles"),
                       ("sharedStrings", "sharedStrings"))
) + "</Types>"  # fmt: skip
_STYLES = (
    f'<styleSheet {_MAIN}><numFmts count="1"><numFmt numFmtId="164" formatCode="00000"/></numFmts>'
    '<fonts count="1"><font><sz val="11"/></font></fonts><cellXfs count="4"><xf numFmtId="0" fontId="0"/>'
    '<xf numFmtId="0" fontId="0"/><xf numFmtId="14" fontId="0"/><xf numFmtId="164" fontId="0"/></cellXfs>'
    "</styleSheet>"
)
_SPACES = "".join(
    f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style", "manifest")
)

Records = list[tuple[int, bytes]]


def csv() -> bytes:
    lines = [";".join(f'"{cell}"' if cell == "Irak" else str(cell) for cell in line) for line in LINES]
    return ("Unterkunft Nord\r\n\r\n" + "\r\n".join(lines) + "\r\n").encode("cp1252", "replace")


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a zip file of such parts, always the same."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(zipfile.ZipInfo(name), body, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def unzipped(data: bytes) -> list[tuple[str, bytes]]:
    """Return the parts of a zip file."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def xlsx(lines: Sequence[Sequence[str | float]] = LINES) -> bytes:
    """Return a workbook with shared texts, formats and a merged cell."""
    words = sorted({cell for line in lines for cell in line if isinstance(cell, str)})
    places = {word: number for number, word in enumerate(words)}
    rows = "".join(
        f'<row r="{number}">{"".join(_cell(number, at, cell, places) for at, cell in enumerate(line))}</row>'
        for number, line in enumerate(lines, 1)
    )
    return zipped({
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _links([("a", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_RELATION}"><workbookPr date1904="0"/><sheets>'
        '<sheet name="Liste" sheetId="1" state="visible" r:id="r0"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _links([
            ("r0", "worksheet", "worksheets/sheet1.xml"), ("r1", "styles", "styles.xml"),
            ("r2", "sharedStrings", "sharedStrings.xml"),
        ]),
        "xl/styles.xml": _STYLES,
        "xl/sharedStrings.xml": f'<sst {_MAIN} count="{len(words)}" uniqueCount="{len(words)}">'
        f'{"".join(f"<si><t>{each}</t></si>" for each in words)}</sst>',
        "xl/worksheets/sheet1.xml": f'<worksheet {_MAIN}><dimension ref="A1:E{len(lines)}"/><sheetData>{rows}'
        '</sheetData><mergeCells count="1"><mergeCell ref="A4:A5"/></mergeCells></worksheet>',
    })  # fmt: skip


def _cell(row: int, column: int, cell: str | float, places: dict[str, int]) -> str:
    place = f'r="{"ABCDEFGH"[column]}{row}"'
    if isinstance(cell, str):
        return f'<c {place} t="s"><v>{places[cell]}</v></c>'
    return f'<c {place} s="{column % 4}"><v>{cell}</v></c>'


def _links(found: list[tuple[str, str, str]]) -> str:
    links = "".join(
        f'<Relationship Id="{name}" Type="{_RELATION}/{kind}" Target="{target}"/>'
        for name, kind, target in found
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'


def ods() -> bytes:
    """Return a workbook with repeated rows and cells."""
    rows = "".join(
        f"<table:table-row>{''.join(map(_open_cell, line))}"
        '<table:table-cell table:number-columns-repeated="3"/></table:table-row>'
        for line in LINES
    )
    content = (
        f'<office:document-content{_SPACES} office:version="1.3"><office:body><office:spreadsheet>'
        f'<table:table table:name="Liste">{rows}<table:table-row table:number-rows-repeated="40">'
        "<table:table-cell/></table:table-row></table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        f'<manifest:manifest{_SPACES}><manifest:file-entry manifest:full-path="/" '
        f'manifest:media-type="{kind}"/><manifest:file-entry manifest:full-path="content.xml" '
        'manifest:media-type="text/xml"/></manifest:manifest>'
    )
    return zipped({"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content})


def _open_cell(cell: str | float) -> str:
    if isinstance(cell, str):
        kind = 'office:value-type="string"'
    else:
        kind, cell = f'office:value-type="float" office:value="{cell}"', f"{cell:g}"
    return f"<table:table-cell {kind}><text:p>{cell}</text:p></table:table-cell>"


def records() -> Records:
    """Return the records of an old workbook (MS-XLS): its globals, then one sheet."""
    words = sorted({cell for line in LINES for cell in line if isinstance(cell, str)})
    strings = b"".join(struct.pack("<HB", len(each), 1) + each.encode("utf-16-le") for each in words)
    xf = struct.pack("<HHH14x", 0, 14, 0)
    before: Records = [
        (0x0809, struct.pack("<HHHHII", 0x0600, 5, 0x0DBB, 0x07CC, 0, 6)),
        (0x0042, struct.pack("<H", 1200)),
        (0x0022, struct.pack("<H", 0)),
        (0x041E, struct.pack("<HHB", 164, 5, 0) + b"00000"),
        (0x00E0, xf), (0x00E0, xf),
        (0x0085, struct.pack("<IBBBB", 0, 0, 0, 5, 0) + b"Liste"),
        (0x00FC, struct.pack("<II", len(words), len(words)) + strings),
        (0x000A, b""),
    ]  # fmt: skip
    cells: Records = [
        (0x00FD, struct.pack("<HHHI", row, column, 0, words.index(cell)))
        if isinstance(cell, str)
        else (0x0203, struct.pack("<HHHd", row, column, 1, cell))
        for row, line in enumerate(LINES)
        for column, cell in enumerate(line)
    ]
    return [
        *before,
        (0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0x0DBB, 0x07CC, 0, 6)),
        (0x0200, struct.pack("<IIHHH", 0, len(LINES), 0, len(LINES[0]), 0)),
        *cells,
        (0x00E5, struct.pack("<HHHHH", 1, 3, 4, 0, 0)),
        (0x000A, b""),
    ]


def xls(found: Records) -> bytes:
    """Return an old workbook of such records, the place of its sheet put right."""
    stream, sheet, place = bytearray(), 0, 0
    for kind, body in found:
        if kind == 0x0085 and len(body) >= 4:
            place = len(stream) + 4
        if kind == 0x0809:
            sheet = len(stream)
        stream += struct.pack("<HH", kind & 0xFFFF, len(body) & 0xFFFF) + body
    if place:
        stream[place : place + 4] = struct.pack("<I", sheet)
    return compound(bytes(stream))


def compound(stream: bytes) -> bytes:
    """Return a compound file (MS-CFB) with one stream, ``Workbook``."""
    stream = stream.ljust(4096, b"\0")
    sectors = -(-len(stream) // _SECTOR)
    tables = 1
    while tables * _SECTOR // 4 < sectors + 1 + tables:
        tables += 1
    first = tables + 1
    chain = [*range(first + 1, first + sectors), _END]
    table = [*[_FAT] * tables, _END, *chain]
    table += [_FREE] * (tables * _SECTOR // 4 - len(table))
    head = struct.pack("<8s16x5H6x", bytes.fromhex("D0CF11E0A1B11AE1"), 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9I", 0, tables, tables, 0, 4096, _END, 0, _END, 0)
    head += struct.pack("<109I", *range(tables), *[_FREE] * (109 - tables))
    folder = _entry("Root Entry", 5, 1, _END, 0) + _entry("Workbook", 2, _FREE, first, len(stream))
    body = stream.ljust(sectors * _SECTOR, b"\0")
    return head + struct.pack(f"<{len(table)}I", *table) + folder.ljust(_SECTOR, b"\0") + body


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    wide = (name + "\0").encode("utf-16-le")
    return struct.pack("<64sHBB3I36xIQ", wide, len(wide), kind, 1, _FREE, _FREE, child, start, size)
