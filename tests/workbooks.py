"""Small workbooks, written part by part: what a test needs and no more."""

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STATES = ("visible", "hidden")
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


@dataclass(frozen=True)
class Cell:
    """A cell: a text, or a number with the format it is shown in; ``struck`` through, a ``formula``."""

    value: str | float
    code: str = ""
    struck: bool = False
    formula: str = ""
    kind: str = ""


Value = str | float | Cell
Lines = Sequence[Sequence[Value]]


@dataclass(frozen=True)
class Sheet:
    """A sheet; rows count from 1."""

    lines: Lines
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    merged: tuple[str, ...] = ()
    first_row: int = 1


def xlsx(sheets: Mapping[str, Sheet], *, starts_1904: bool = False, strings: bool = False) -> bytes:
    """Return a workbook; with ``strings`` its texts stand in the table of shared strings."""
    shared: list[str] = []
    styles: dict[tuple[str, bool], int] = {("", False): 0}
    bodies = [_sheet(each, styles, shared if strings else None) for each in sheets.values()]
    parts = {
        "[Content_Types].xml": _types(len(bodies)),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _book(sheets, starts_1904),
        "xl/_rels/workbook.xml.rels": _relations(
            [("worksheet", f"worksheets/sheet{at}.xml") for at in range(1, len(bodies) + 1)]
        ),
        "xl/styles.xml": _styles(styles),
        "xl/sharedStrings.xml": _shared(shared),
        **{f"xl/worksheets/sheet{at}.xml": body for at, body in enumerate(bodies, 1)},
    }
    return zipped(parts)


def ods(sheets: Mapping[str, Lines], *, encrypted: bool = False) -> bytes:
    """Return an OpenDocument table; a pair (number, text) is a number and what is shown of it."""
    tables = "".join(
        f"<table:table table:name={quoteattr(name)}>{''.join(map(_ods_row, lines))}</table:table>"
        for name, lines in sheets.items()
    )
    spaces = " ".join(
        f'xmlns:{each}="urn:oasis:names:tc:opendocument:xmlns:{each}:1.0"'
        for each in ("office", "table", "text")
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>{tables}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = "<m:manifest xmlns:m='m'><m:file-entry>{}</m:file-entry></m:manifest>"
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content,
            "META-INF/manifest.xml": manifest.format("<m:encryption-data/>" if encrypted else ""),
        }
    )


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a zip of ``parts``."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return held.getvalue()


def with_parts(data: bytes, parts: Mapping[str, str]) -> bytes:
    """Return the zip ``data`` with some of its parts said anew."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return zipped({**{each: archive.read(each) for each in archive.namelist()}, **parts})


def _ods_row(line: Sequence[Value]) -> str:
    return f"<table:table-row>{''.join(map(_ods_cell, line))}</table:table-row>"


def _ods_cell(value: Value) -> str:
    if isinstance(value, Cell):
        return (
            f'<table:table-cell office:value-type="float" office:value="{value.value}">'
            f"<text:p>{escape(value.code)}</text:p></table:table-cell>"
        )
    return f"<table:table-cell><text:p>{escape(str(value))}</text:p></table:table-cell>"


def _shared(texts: Iterable[str]) -> str:
    return f"<sst {MAIN}>{''.join(f'<si><t>{escape(one)}</t></si>' for one in texts)}</sst>"


def _sheet(sheet: Sheet, styles: dict[tuple[str, bool], int], shared: list[str] | None) -> str:
    rows = []
    for number, line in enumerate(sheet.lines, sheet.first_row):
        cells = "".join(
            _cell(f"{_letters(column)}{number}", value, styles, shared)
            for column, value in enumerate(line)
            if value != ""
        )
        hidden = ' hidden="1"' if number in sheet.hidden_rows else ""
        rows.append(f'<row r="{number}"{hidden}>{cells}</row>')
    merged = "".join(f'<mergeCell ref="{each}"/>' for each in sheet.merged)
    return (
        f"<worksheet {MAIN}><sheetData>{''.join(rows)}</sheetData>"
        f"{f'<mergeCells>{merged}</mergeCells>' if merged else ''}</worksheet>"
    )


def _cell(place: str, value: Value, styles: dict[tuple[str, bool], int], shared: list[str] | None) -> str:
    given = value if isinstance(value, Cell) else Cell(value)
    style = styles.setdefault((given.code, given.struck), len(styles))
    about = f'r="{place}" s="{style}"'
    if given.kind or given.formula:
        kind = f' t="{given.kind}"' if given.kind else ""
        return f"<c {about}{kind}><f>{escape(given.formula)}</f><v>{escape(str(given.value))}</v></c>"
    if not isinstance(given.value, str):
        return f"<c {about}><v>{given.value!r}</v></c>"
    if shared is None:
        return f'<c {about} t="inlineStr"><is><t>{escape(given.value)}</t></is></c>'
    shared.append(given.value)
    return f'<c {about} t="s"><v>{len(shared) - 1}</v></c>'


def _letters(column: int) -> str:
    return chr(ord("A") + column)


def _styles(styles: Iterable[tuple[str, bool]]) -> str:
    known = list(styles)
    codes = list(dict.fromkeys(code for code, _ in known if code))
    formats = "".join(
        f'<numFmt numFmtId="{164 + at}" formatCode={quoteattr(code)}/>' for at, code in enumerate(codes)
    )
    cells = "".join(
        f'<xf numFmtId="{164 + codes.index(code) if code else 0}" fontId="{int(struck)}"/>'
        for code, struck in known
    )
    return (
        f"<styleSheet {MAIN}><numFmts>{formats}</numFmts><fonts><font/><font><strike/></font></fonts>"
        f"<cellXfs>{cells}</cellXfs></styleSheet>"
    )


def _book(sheets: Mapping[str, Sheet], starts_1904: bool) -> str:
    names = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{at}" r:id="r{at}" state="{_STATES[each.hidden]}"/>'
        for at, (name, each) in enumerate(sheets.items(), 1)
    )
    about = '<workbookPr date1904="1"/>' if starts_1904 else "<workbookPr/>"
    return f'<workbook {MAIN} xmlns:r="{RELATION}">{about}<sheets>{names}</sheets></workbook>'


def _relations(targets: Iterable[tuple[str, str]]) -> str:
    told = "".join(
        f'<Relationship Id="r{at}" Type="{RELATION}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{told}</Relationships>'


def _types(sheets: int) -> str:
    told = "".join(f'<Override PartName="/xl/worksheets/sheet{at}.xml"/>' for at in range(1, sheets + 1))
    return f'<Types xmlns="{_PACKAGE}/content-types">{told}</Types>'
