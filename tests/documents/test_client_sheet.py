"""A sheet for the person: two languages side by side, mirrored where one runs to the left."""

import re
import struct
import subprocess
import zlib
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from pdfua import validate

from kimdesk.casework.letterhead import Letterhead
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.documents.client_sheet import (
    Both,
    BulletList,
    CheckRow,
    CheckSection,
    ClientSheet,
    NoteBox,
    PictureSpace,
    SheetChecklist,
    SheetHeading,
    SheetParagraph,
    SheetPicture,
    SheetTable,
    SignatureLines,
    lay_out,
)
from kimdesk.documents.print import PaperPart, Sheets, TextStyle
from kimdesk.domain.errors import ContentError


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


LOGO_HEAD = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 4, 8, 2, 0, 0, 0))


def draw(sheets: Sheets, part: PaperPart, space: PictureSpace) -> None:
    sheets.write("Netz", space.x, space.y, TextStyle(9), part=part)


BLOCKS = (
    NoteBox(
        (Both("Aktenzeichen ESR-2026-017, Stand 30.11.2026", "رقم الملف ESR-2026-017، بتاريخ 30.11.2026"),),
        Both("Bitte alles bis 24.12.2026 bringen.", "أحضري كل شيء حتى 24.12.2026."),
    ),
    SheetChecklist(
        Both("Was wird gebraucht?", "ماذا نحتاج؟"),
        Both("Wann?", "متى؟"),
        (
            CheckSection(
                Both("Das fehlt noch", "ما زال ناقصاً"),
                (
                    CheckRow(
                        Both("Bankverbindung", "رقم الحساب البنكي"),
                        Both("Termin bei der Sparkasse", "موعدك في Sparkasse"),
                        Both("bis 11.12.2026", "حتى 11.12.2026"),
                    ),
                ),
                "missing",
            ),
            CheckSection(
                Both("Das ist schon da", "موجود لدينا"),
                (CheckRow(Both("Bescheid des BAMF", "قرار المكتب الاتحادي (BAMF)"), done=True),),
                "there",
            ),
        ),
    ),
    SheetHeading(Both("Ihre Schritte", "خطواتك")),
    BulletList((Both("Deutsch bis B1", "الألمانية حتى B1"), Both("Wohnung", "شقة")), numbered=True),
    SheetTable(
        (Both("Schritt", "الخطوة"), Both("Bis", "حتى"), Both("Fertig", "تم")),
        ((Both("Anmelden", "التسجيل"), Both("07.12.2026", "07.12.2026"), False),) * 30,
    ),
    SheetPicture(draw, 60, Both("Netz der Ziele", "شبكة الأهداف")),
    SheetParagraph(Both("Telefon 05999 400-117, 8:00–12:00 Uhr", "هاتف 05999 400-117، 8:00–12:00")),
    SignatureLines((Both("Amna Osman", "آمنة عثمان"), Both("Miriam Kessler"), Both("Ort, Datum", "المكان"))),
)
SHEET = ClientSheet(
    head=Letterhead(name="Gemeinde Eschenried", unit="Integrationsmanagement"),
    title=Both("Ihre Unterlagen", "مستنداتكِ"),
    about=Both("Frau Amna Osman", "السيدة آمنة عثمان"),
    language="ar",
    fixed=SHIPPED.client_words["ara"],
    blocks=BLOCKS,
)


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("client") / "sheet.pdf"
    path.write_bytes(lay_out(SHEET))
    return path


def told(*command: str | Path) -> str:
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()


def test_a_checker_of_accessibility_finds_nothing(paper: Path, tmp_path: Path) -> None:
    assert validate(str(paper)).findings == ()


def test_it_is_read_in_german_then_in_the_other_language_part_by_part(paper: Path) -> None:
    words = re.findall(r'"(.+)"', told("pdfinfo", "-struct-text", paper))
    order = (
        "Gemeinde Eschenried", "Ihre Unterlagen", "Frau Amna Osman", "Bitte alles bis 24.12.2026 bringen.",
        "Was wird gebraucht?", "Das fehlt noch", "1. Bankverbindung", "Termin bei der Sparkasse",
        "Das ist schon da", "2. Bescheid des BAMF", "Ihre Schritte", "Deutsch bis B1",
    )  # fmt: skip
    places = [words.index(each) for each in order]
    assert places == sorted(places)
    assert sum("Seite" in each for each in words) == 1  # with what a translation is worth, at the end


def test_numbers_stay_whole_beside_arabic_words_and_pages_are_numbered(paper: Path) -> None:
    text = told("pdftotext", "-layout", paper, "-")
    for number in ("ESR-2026-017", "05999 400-117", "8:00–12:00", "24.12.2026"):
        assert text.count(number) >= 2, number
    pages = text.split("\f")[:-1]
    assert all(f"Seite {number} von {len(pages)}" in page for number, page in enumerate(pages, 1))
    assert all("Übersetzungshilfe" in page and "Übersetzung ungeprüft" in page for page in pages)
    assert all("ترجمة للمساعدة" in page for page in pages)


def test_a_table_runs_from_the_right_and_its_head_stands_on_each_page(paper: Path) -> None:
    pages = told("pdftotext", "-layout", paper, "-").split("\f")[:-1]
    heads = [line for page in pages for line in page.splitlines() if {"Schritt", "Bis"} <= set(line.split())]
    assert len(heads) > 1
    assert all(line.index("Fertig") < line.index("Bis") < line.index("Schritt") for line in heads)


def test_a_logo_is_in_the_paper_as_it_was_drawn_and_says_whose_it_is(tmp_path: Path) -> None:
    red = LOGO_HEAD + chunk(b"IDAT", zlib.compress((b"\0" + b"\xff\0\0" * 8) * 4)) + chunk(b"IEND", b"")
    data = lay_out(replace(SHEET, head=replace(SHEET.head, logo=red), blocks=()))
    (tmp_path / "logo.pdf").write_bytes(data)
    assert "Figure" in told("pdfinfo", "-struct-text", tmp_path / "logo.pdf")
    assert validate(str(tmp_path / "logo.pdf")).findings == ()
    document = pypdfium2.PdfDocument(data)
    shown = document[0].render(scale=1).to_pil().convert("RGB")
    document.close()
    assert (255, 0, 0) in {color for _, color in shown.getcolors(1 << 20)}
    with pytest.raises(ValueError, match="no PNG"):
        lay_out(replace(SHEET, head=replace(SHEET.head, logo=b"GIF89a"), blocks=()))


def test_signatures_stay_on_the_page_of_what_is_signed() -> None:
    for lines in range(24, 36):
        text = tuple(SheetParagraph(Both(f"Satz {number}.")) for number in range(lines))
        sheet = replace(SHEET, language="de", blocks=(*text, BLOCKS[-1]))
        document = pypdfium2.PdfDocument(lay_out(sheet))
        pages = [page.get_textpage().get_text_range() for page in document]
        document.close()
        [signed] = [page for page in pages if "Ort, Datum" in page]
        assert f"Satz {lines - 1}." in signed
        assert "Miriam Kessler" in signed


@pytest.mark.parametrize("language", ["de", "ar"])
def test_columns_as_wide_as_each_other_have_a_gap_between_them(language: str, tmp_path: Path) -> None:
    words = tuple(Both("m" * 40) for _ in range(4))  # as wide as a column lets it be
    fixed = SHEET.fixed if language == "ar" else None
    path = tmp_path / "table.pdf"
    path.write_bytes(
        lay_out(replace(SHEET, language=language, fixed=fixed, blocks=(SheetTable(words, (words,)),)))
    )
    found = re.findall(
        r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" .*>m+<', told("pdftotext", "-bbox", path, "-")
    )
    rows: dict[str, list[tuple[float, float]]] = {}
    for left, top, right in found:
        rows.setdefault(top, []).append((float(left), float(right)))
    full = [sorted(row) for row in rows.values() if len(row) == len(words)]
    assert full
    assert min(after[0] - before[1] for row in full for before, after in pairwise(row)) > 8


def test_the_head_of_a_table_never_ends_a_page() -> None:
    table = SheetTable((Both("Schritt"), Both("Bis")), ((Both("Anmelden"), Both("07.12.2026")),))
    for lines in range(24, 34):
        text = tuple(SheetParagraph(Both(f"Satz {number}.")) for number in range(lines))
        sheet = replace(SHEET, language="de", fixed=None, blocks=(*text, table))
        document = pypdfium2.PdfDocument(lay_out(sheet))
        [page] = [text for page in document if "Schritt" in (text := page.get_textpage().get_text_range())]
        document.close()
        assert "Anmelden" in page


def test_a_box_longer_than_a_page_is_whole() -> None:
    box = NoteBox(tuple(Both(f"Zeile {number}", f"سطر {number}") for number in range(120)))
    text = _read(lay_out(replace(SHEET, blocks=(box,))))
    assert [number for number in range(120) if f"Zeile {number}\n" not in text] == []


def test_a_sign_no_font_has_is_refused_in_either_language() -> None:
    for both in (Both("Blume 🌻", "زهرة"), Both("Blume", "زهرة 🌻")):
        with pytest.raises(ContentError, match="E797"):
            lay_out(replace(SHEET, blocks=(SheetParagraph(both),)))


def test_a_table_for_who_reads_german_is_not_turned(tmp_path: Path) -> None:
    table = SheetTable((Both("Feld"), Both("Antwort")), ((Both("A"), Both("angenommen")),))
    (tmp_path / "sheet.pdf").write_bytes(lay_out(replace(SHEET, blocks=(table,))))
    text = told("pdftotext", "-layout", tmp_path / "sheet.pdf", "-")
    [head] = [line for line in text.splitlines() if "Antwort" in line]
    assert head.index("Feld") < head.index("Antwort")


def test_what_is_the_same_in_both_languages_stands_once() -> None:
    text = _read(
        lay_out(replace(SHEET, about=Both(""), blocks=(SheetParagraph(Both("Rathaus", "Rathaus")),)))
    )
    assert text.count("Rathaus") == 1


def _read(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    found = "\n".join(page.get_textpage().get_text_range() for page in document).replace("\r\n", "\n")
    document.close()
    return found + "\n"


@pytest.mark.parametrize("language", [each for each in SHIPPED.client_words if each != "deu"])
def test_at_the_foot_both_languages_keep_apart_in_practice_too(language: str) -> None:
    fixed = SHIPPED.client_words[language]
    sheet = replace(SHEET, language=fixed.tag, fixed=fixed, blocks=(), practice=True)
    [page] = pypdfium2.PdfDocument(lay_out(sheet))
    assert "Übungsdaten" in page.get_textpage().get_text_bounded()
    drawn = page.render(scale=2, grayscale=True).to_pil()
    for baseline in (46, 32.5):
        top, foot = (drawn.height - round(2 * (baseline + above)) for above in (7, -1))
        columns = drawn.crop((0, top, drawn.width, foot)).rotate(90, expand=True).tobytes()
        rows = [columns[start : start + foot - top] for start in range(0, len(columns), foot - top)]
        inked = [x for x, row in enumerate(rows) if min(row) < 200]
        assert max(after - before for before, after in pairwise(inked)) >= 2 * 12, baseline  # points
