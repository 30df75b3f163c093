"""What a PDF holds besides its pages is counted wherever it stands: packed, encrypted, behind other names."""

import zlib
from io import BytesIO

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from kimdesk.casework.scans.caged import contents
from kimdesk.casework.scans.scan import Content
from tests.pdfs import HOLDING, field, sheet, stream
from tests.scan_samples import pdf

HERE = b"/Annots [4 0 R]"


def found(data: bytes) -> dict[str, int]:
    return {each.code: each.n for each in contents(data)}


def packed() -> bytes:
    """Return a PDF whose objects all lie in a stream: a script that runs when it is opened."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>", b"<</S/JavaScript/JS(app.alert\\(1\\))>>",
    )  # fmt: skip
    heads, bodies = b"", b""
    for number, each in enumerate(objects, 1):
        heads, bodies = heads + b"%d %d " % (number, len(bodies)), bodies + each + b" "
    said = b"/Type /ObjStm /N 4 /First %d /Filter /FlateDecode" % len(heads)
    out = b"%PDF-1.7\n"
    rows = bytes(4) + b"".join(bytes((2, 0, 5, place)) for place in range(4)) + bytes((1, 0, len(out), 0))
    out += b"5 0 obj\n" + stream(zlib.compress(heads + bodies), said) + b"\nendobj\n"
    start = len(out)
    rows += b"\1" + start.to_bytes(2) + b"\0"
    table = stream(rows, b"/Type /XRef /Size 7 /W [1 2 1] /Root 1 0 R")
    return out + b"6 0 obj\n" + table + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % start


@pytest.mark.parametrize("code", HOLDING)
def test_each_thing_is_counted_once(code: str) -> None:
    assert found(HOLDING[code]) == {code: 1}


def test_a_plain_document_holds_nothing_else() -> None:
    assert found(sheet()) == {}
    assert found(pdf("/S /JavaScript /JS (x)", "<< /S /Launch >>")) == {}


def test_a_script_is_found_in_a_packed_object() -> None:
    assert found(packed()) == {"scripts": 1, "opening": 1}


def test_a_script_is_found_behind_another_name() -> None:
    assert found(sheet(b"", HERE, field(b"/S /J#61v#61Script /JS (x)"))) == {"scripts": 1}


def test_a_link_is_found_in_an_encrypted_document() -> None:
    out = BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption("", ownerPassword="anker", strength=128))
    canvas.linkURL("http://example.org", (0, 0, 50, 50))
    canvas.showPage()
    canvas.save()
    assert found(out.getvalue()) == {"links": 1, "about": 1}


def test_words_and_streams_hide_nothing_and_count_for_nothing() -> None:
    hiding = sheet(b"", b"/Annots [5 0 R]", stream(b"endstream ( /S /Launch"), field(b"/S /Launch /F (a)"))
    assert found(hiding) == {"launches": 1}
    said = sheet(b"", HERE, field(b"/S /URI /URI (\\) /S /Launch \\( /S /JavaScript)"))
    assert found(said) == {"links": 1}


def test_a_photo_with_what_its_camera_noted_is_told() -> None:
    photo = stream(
        b"\xff\xd8\xff\xe1\0\x10Exif\0\0MM", b"/Subtype /Image /Width 1 /Height 1 /Filter /DCTDecode"
    )
    assert found(sheet(b"", b"/Resources << /XObject << /A 4 0 R >> >>", photo)) == {"photos": 1}


def test_what_cannot_be_seen_is_said() -> None:
    assert contents(pdf(password="anker")) == (Content("locked", 1),)
