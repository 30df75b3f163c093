"""A file that two programs would take for two things is one after cleaning, or it is refused."""

from io import BytesIO
from zipfile import ZipFile, is_zipfile

import pypdfium2
import pytest

from kimdesk.casework.scans.caged import clean
from kimdesk.domain.errors import CaseworkError
from tests.camera_files import PLAIN, chunk, saved, segment, shown
from tests.pdfs import large, sheet
from tests.scan_samples import pdf


def archive() -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as packed:
        packed.writestr("word/document.xml", "<w:document/>")
    return out.getvalue()


def kinds(data: bytes) -> set[str]:
    """Return as what programs would open a file, by where they look."""
    found = {"archive"} if is_zipfile(BytesIO(data)) else set()
    found |= {"pdf"} if b"%PDF-" in data[:1024] else set()
    marks = {
        "page": (b"<html", b"<script"),
        "program": (b"MZ", b"\x7fELF"),
        "archive": (b"Rar!", b"7z\xbc\xaf"),
    }
    return found | {name for name, every in marks.items() if any(mark in data for mark in every)}


@pytest.mark.parametrize("kind", PLAIN)
def test_what_is_put_behind_a_picture_is_gone(kind: str) -> None:
    for other in (archive(), pdf(), b"<html><script>alert(1)</script>", b"MZ" + bytes(100), b"Rar!\x1a\7\0"):
        scan = clean(PLAIN[kind]() + other)
        assert kinds(scan.data) == set()
        assert scan.data == clean(PLAIN[kind]()).data


def test_what_is_put_into_a_picture_is_gone() -> None:
    plain, png = saved("JPEG"), saved("PNG")
    for other in (archive(), pdf(), b"<html><script>alert(1)</script>"):
        for whole in (
            plain[:2] + segment(0xFE, other) + plain[2:],
            plain[:-2] + other.replace(b"\xff", b"\xfe") + plain[-2:],
            png[:33] + chunk(b"tEXt", b"a\0" + other) + png[33:],
        ):
            scan = clean(whole)
            assert kinds(scan.data) == set()
            assert shown(scan.data, scan.media_type) == shown(
                clean(whole[:2] + whole[2:]).data, scan.media_type
            )


def test_a_pdf_begins_and_ends_where_it_does() -> None:
    for before in (b"MZ" + bytes(200), b"<html><script>alert(1)</script>", b"GIF8", bytes(300)):
        for behind in (archive(), b"\n", b"\0\0\0", b"<html>"):
            scan = clean(before + sheet() + behind)
            assert scan.data.startswith(b"%PDF-")
            assert kinds(scan.data) == {"pdf"}
            document = pypdfium2.PdfDocument(scan.data)
            assert len(document) == scan.pages == 1
            document.close()


def test_what_was_added_to_a_pdf_later_stays() -> None:
    """Signatures are written behind the first end; only the last one counts."""
    first = sheet()
    start = len(first)
    later = first + b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 50 50] >>\nendobj\nxref\n3 1\n"
    later += b"%010d 00000 n \ntrailer\n<< /Root 1 0 R /Size 4 /Prev %d >>\nstartxref\n%d\n" % (
        start, first.index(b"xref"), later.index(b"xref", start),
    )  # fmt: skip
    for whole in (later, later + b"%%EOF\n"):
        assert clean(whole).data == whole


def test_a_pdf_that_is_an_archive_within_is_refused() -> None:
    for whole in (
        large(archive()),
        large(b"Rar!\x1a\7\0" + bytes(50)),
        large(b"7z\xbc\xaf\x27\x1c" + bytes(50)),
    ):
        with pytest.raises(CaseworkError, match="E876"):
            clean(whole)


def test_an_archive_within_that_no_program_would_find_is_no_reason() -> None:
    assert clean(large(archive() + bytes(70_000))).pages == 1
