"""A line in each language of clients: it looks as when it was looked at, two readers read what was written.

The pictures were looked at by somebody; ``python -m tests.documents.test_languages`` draws them anew.
"""

import re
import subprocess
import unicodedata
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat

from kimdesk.documents.print import Sheets, TextStyle, broken

PICTURES = Path(__file__).with_name("pictures")
LINES = {
    "ar": (1, "رقم الملف ESR-2026-017، بتاريخ 30.11.2026 (الغرفة 12)، 05999 400-117، 8:00–12:00 Kessler"),
    "fa": (1, "شماره پرونده ESR-2026-017، تاریخ ۱۴۰۵/۰۹/۰۹ یعنی 30.11.2026 (اتاق ۱۲)، می‌آیید Kessler؟ گچ"),
    "ckb": (1, "ژمارەی دۆسیە ESR-2026-017، بەرواری 30.11.2026 (ژووری 12)، ڕۆژی هەینی لەلای Kessler دەڵێین."),
    "kmr": (0, "Hejmara dosyeyê ESR-2026-017, roja 30.11.2026 (oda 12): Hûn ê çi bînin, Şêrîn Ûsivê?"),
    "uk": (0, "Номер справи ESR-2026-017 від 30.11.2026 (кімната 12): Ґалина Їжакевич, об’єкт."),
    "ru": (0, "Номер дела ESR-2026-017 от 30.11.2026 (кабинет 12): Принесите всё, Семён Щёкин."),
    "tr": (0, "Dosya numarası ESR-2026-017, 30.11.2026 (oda 12): İstediğiniz belgeler, Işıl Çağrı Öğüt."),
    "ti": (0, "ቁጽሪ ፋይል ESR-2026-017፡ ዕለት 30.11.2026 (ክፍሊ 12)፡ ኩሉ ሰነዳት ናብ Kessler ኣምጽኡ።"),
    "fr": (0, "Dossier nº ESR-2026-017 du 30.11.2026 (bureau 12) : l’œuvre de Zoë Lévêque, « ça va »."),
}  # fmt: skip
NUMBER = re.compile(r"[A-Z]{3}-\d{4}-\d{3}|\d+[./]\d+[./]\d+|05999 400-117|8:00–12:00|12|۱۲")
STYLES = (TextStyle(11), TextStyle(11, "semibold"))
LEFT, RIGHT, TOP, HIGH, WIDE = 60.0, 360.0, 800.0, 80.0, 300.0
SHARP = 1.5  # pixels for a point
NEAR, FAR = 6.0, 90


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("languages") / "lines.pdf"
    path.write_bytes(written())
    return path


@pytest.fixture(scope="module")
def document(paper: Path) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(paper)


def written() -> bytes:
    """Write a page for each language: its line in both weights, flush right where it runs to the left."""
    sheets = Sheets("Sprachen")
    for number, (base, text) in enumerate(LINES.values()):
        if number:
            sheets.turn()
        y = TOP
        for style in STYLES:
            for line in broken(text, WIDE, style, base):
                sheets.write(line, RIGHT if base else LEFT, y, style, "right" if base else "left")
                y -= 18
    return sheets.finished()


def drawn(document: pypdfium2.PdfDocument, page: int) -> Image.Image:
    sheet = document[page]
    bottom = TOP + 14 - HIGH
    crop = (LEFT - 5, bottom, sheet.get_width() - RIGHT - 5, sheet.get_height() - TOP - 14)
    found: Image.Image = sheet.render(scale=SHARP, crop=crop, grayscale=True).to_pil()
    return found


@pytest.mark.parametrize("language", LINES)
def test_a_line_looks_as_it_was_looked_at(language: str, document: pypdfium2.PdfDocument) -> None:
    """Edges may be smoothed otherwise: both are blurred, then no place differs much."""
    found = drawn(document, list(LINES).index(language))
    with Image.open(PICTURES / f"{language}.png") as seen:
        assert found.size == seen.size
        blurred = [each.convert("L").filter(ImageFilter.GaussianBlur(1.5)) for each in (found, seen)]
    difference = ImageChops.difference(*blurred)
    assert ImageStat.Stat(difference).mean[0] < NEAR
    assert difference.histogram()[FAR:] == [0] * (256 - FAR)


@pytest.mark.parametrize("language", LINES)
def test_two_readers_read_each_number_and_word_as_it_was_written(
    language: str, document: pypdfium2.PdfDocument, paper: Path
) -> None:
    page, text = list(LINES).index(language), LINES[language][1]
    only = ("-f", str(page + 1), "-l", str(page + 1))
    told = subprocess.run(["pdftotext", *only, str(paper), "-"], capture_output=True, check=True)
    for read in (document[page].get_textpage().get_text_range(), told.stdout.decode()):
        plain = _plain(read)
        for number in NUMBER.findall(text):
            assert plain.count(number) >= len(STYLES), number
        words = {each.strip("().,:;،؟፡።«»?") for each in _plain(text).split()}
        assert {each for each in words if each not in plain} == set()
        assert not re.search(r"710-6202-RSE|-2026-017ESR|400-117 05999|12:00–8:00|017-2026", plain)


@pytest.mark.parametrize("language", [each for each, (base, _) in LINES.items() if base])
def test_a_line_that_runs_to_the_left_is_read_from_its_right_end(
    language: str, document: pypdfium2.PdfDocument
) -> None:
    first = _plain(document[list(LINES).index(language)].get_textpage().get_text_range().splitlines()[0])
    begun = _plain(LINES[language][1]).replace("(", ")")
    assert begun.replace("،", " ،").split()[:3] == first.replace("،", " ،").split()[:3]


def test_joiners_of_persian_words_are_copied(tmp_path: Path) -> None:
    words = "می\u200cآیید نمی\u200cخواهم خانه\u200cها"
    sheets = Sheets("Wörter")
    sheets.write(broken(words, 400, STYLES[0], 1)[0], RIGHT, TOP, STYLES[0], "right")
    (tmp_path / "words.pdf").write_bytes(sheets.finished())
    document = pypdfium2.PdfDocument(tmp_path / "words.pdf")
    pdfium = document[0].get_textpage().get_text_range()
    document.close()
    told = subprocess.run(["pdftotext", str(tmp_path / "words.pdf"), "-"], capture_output=True, check=True)
    assert [pdfium, told.stdout.decode().strip().strip("\u202b\u202c")] == [words, words]


def _plain(text: str) -> str:
    """Return the text without signs that steer, blanks alike, joined letters apart."""
    kept = (each for each in unicodedata.normalize("NFKC", text) if unicodedata.category(each) != "Cf")
    return " ".join("".join(kept).split())


if __name__ == "__main__":
    made = pypdfium2.PdfDocument(written())
    for place, name in enumerate(LINES):
        drawn(made, place).save(PICTURES / f"{name}.png", optimize=True)
