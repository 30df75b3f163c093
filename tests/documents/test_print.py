"""Text on paper: nothing of a name is lost, numbers keep their order, fonts travel with the paper."""

import subprocess
import unicodedata
from pathlib import Path

import pypdfium2
import pytest

from kimdesk.documents.print import Sheets, TextStyle, broken, width_of
from kimdesk.documents.print.bidi import levels, visual
from kimdesk.documents.print.faces import faces
from kimdesk.documents.print.signs import runs, settled

LETTERS = tuple(
    "".join(chr(int(point, 16)) for point in sign.split("+"))
    for line in Path(__file__).with_name("din_91379.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for sign in line.split()
)
NAMES = ("Şahin Łódź Đặng", "Олександр Їжак", "ኣብርሃም ሰላም", "გიორგი ბერიძე", "Արամ Խաչատրյան", "Ἀλέξανδρος")
ARABIC = ("عثمان", "گوگل", "پژمان", "ڕۆژ")
NUMBERS = ("2026-0417", "30.11.2026", "05999 400-117", "DE02 1203 0000")
STYLE = TextStyle(10)


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every name and every letter of DIN 91379 in both weights, numbers behind Arabic words."""
    sheets, y = Sheets("Probe"), 800.0
    mixed = [f"{word} {number}" for word in ARABIC for number in NUMBERS[:2]]
    facts = [f"\u2068{word}\u2069, Nr. \u2068{number}\u2069" for word in ARABIC for number in NUMBERS]
    for style in (TextStyle(8), TextStyle(8, "semibold")):
        for text in (*NAMES, *mixed, *facts, " ".join(LETTERS)):
            for line in broken(text, 480, style):
                sheets.write(line, 60, y, style)
                y -= 11
                if y < 40:
                    sheets.turn()
                    y = 800
    path = tmp_path_factory.mktemp("print") / "probe.pdf"
    path.write_bytes(sheets.finished())
    return path


@pytest.fixture(scope="module")
def read(paper: Path) -> tuple[str, str]:
    """What PDFium and poppler read off it."""
    document = pypdfium2.PdfDocument(paper)
    mine = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return mine, told("pdftotext", "-layout", paper, "-")


def told(*command: str | Path) -> str:
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()


def test_two_readers_find_every_name_letter_and_number(read: tuple[str, str]) -> None:
    for text in read:
        plain = unicodedata.normalize("NFC", " ".join(text.split()))
        wanted = (*NAMES, *ARABIC, *NUMBERS, *LETTERS)
        assert [each for each in wanted if unicodedata.normalize("NFC", each) not in plain] == []
        assert "0417-2026" not in text


def test_every_letter_of_din_91379_is_drawn_by_a_glyph() -> None:
    for weight in ("regular", "semibold"):
        text = settled(" ".join(LETTERS))
        for run in runs(text, levels(text), weight):
            assert all(glyph.number for glyph in run.face.shape(text[run.start : run.end], to_left=False))


def test_fonts_are_embedded_and_hold_only_what_is_used(paper: Path) -> None:
    listed = told("pdffonts", paper).splitlines()[2:]
    assert {line.split()[0].partition("+")[2] for line in listed} >= {"Inter400", "Inter600", "AmiriRegular"}
    assert all(line.split()[-5:-2] == ["yes", "yes", "yes"] for line in listed)  # embedded, subset, readable
    assert paper.stat().st_size < 400_000


def test_overrides_cannot_turn_a_name() -> None:
    assert settled("Osman\u202e4102\u202c") == "Osman4102"


def test_isolates_keep_values_apart_and_marks_with_their_letter() -> None:
    text = "\u2068عثمان\u2069, 12 (3)"
    order = "".join(text[place] for place in visual(levels(text)))
    assert order == "\u2068" + "عثمان"[::-1] + "\u2069, 12 (3)"
    assert levels("عث 12", 1) == [1, 1, 1, 2, 2]


def test_a_word_wider_than_its_column_is_broken_and_nothing_is_lost() -> None:
    word = "Donaudampfschifffahrtsgesellschaftskapitän"
    lines = broken(f"Frau {word}", 60, STYLE)
    assert "".join(line.text for line in lines).replace(" ", "") == f"Frau{word}"
    assert max(width_of(line.text, STYLE) for line in lines) <= 60


def test_the_fonts_are_all_there() -> None:
    assert len(faces("regular")) == len(faces("semibold")) == 8


@pytest.mark.parametrize("text", ["საქართველო", "Հայաստան", "שלום", "ትግርኛ"])
def test_scripts_of_few_clients_need_no_font_of_the_system(text: str) -> None:
    for weight in ("regular", "semibold"):
        drawn = {run.face.name for run in runs(text, levels(text), weight)}
        assert [name for name in drawn if not name.startswith("NotoSans")] == []


@pytest.mark.parametrize(
    "law", ["§ 42 Abs. 1 SGB I", "Art. 6 Abs. 1 Satz 2 DSGVO", "§ 12 Nr. 3", "§§ 3 und 4"]
)
def test_no_line_ends_within_a_reference_to_the_law(law: str) -> None:
    words = settled(f"Das steht in {law}; ein Satz 2 mehr").split(" ")
    assert not {"§", "§§", "Abs.", "Art.", "Nr.", "SGB"} & set(words)
    assert "".join(words).replace("\xa0", "") == f"Das steht in {law}; ein Satz 2 mehr".replace(" ", "")


def test_a_paragraph_of_the_law_is_read_as_it_is_written_among_arabic_words() -> None:
    sheets = Sheets("Blatt")
    text = "الأساس القانوني: § 67b Abs. 2 SGB X, § 203 StGB (Art. 6 DSGVO)."
    (line,) = broken(text, 500, STYLE, 1)
    sheets.write(line, 60, 700, STYLE, part=sheets.document.add("P"))
    document = pypdfium2.PdfDocument(sheets.finished())
    page = document[0].get_textpage()
    told = page.get_text_range()
    seen = "".join(sign for _, sign in sorted((page.get_charbox(at)[0], told[at]) for at in range(len(told))))
    document.close()
    assert "Art. 6 DSGVO" in seen
    assert "§ 67b Abs. 2 SGB X, § 203 StGB" in seen
