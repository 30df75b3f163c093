"""What a screen reader is told of a paper: its parts as they are read, nothing of what is only seen."""

import subprocess
from collections import Counter
from pathlib import Path

import pytest
from pdfua import validate

import resources
from kimdesk.documents import audit_pages, sheet_page
from kimdesk.documents.paper import PaperBlock, lay_out
from kimdesk.documents.print import Sheets, TextStyle

BLOCKS = [
    PaperBlock("heading", "Ziele"),
    PaperBlock("fact", "Deutsch B1 für Şahin Łódź", "Ziel 1"),
    PaperBlock("entry", "Ausbildung", "Ziel 2"),
    PaperBlock("under", "ab 01.08.2027"),
    PaperBlock("heading", "Noch offen"),
    PaperBlock("item", "Anmeldung bei der Kasse"),
    PaperBlock("item", "Ein langer Punkt " * 12),
    PaperBlock("note", "Ein Hinweis"),
    PaperBlock("sign", "Klient*in"),
    PaperBlock("sign", "Fallmanagement"),
]


def read_aloud(data: bytes, tmp_path: Path) -> str:
    """Return the parts of a PDF with their words, indented, as poppler reads them."""
    path = tmp_path / "paper.pdf"
    path.write_bytes(data)
    told = subprocess.run(["pdfinfo", "-struct-text", path], capture_output=True, check=True)
    return told.stdout.decode()


def sheet() -> bytes:
    texts = resources.read_toml("documents/recovery_sheet.toml")
    return sheet_page.sheet_page(
        texts, "ABCD-EFGH-IJKL", [("Tresor", "Eschenried"), ("Name", "")], practice=True
    )


def audit(rows: int = 90) -> bytes:
    lines: list[audit_pages.Row] = [
        (str(n), f"{n % 28 + 1:02}.01.2026", "M. Kessler", f"Schritt {n}", "ESR") for n in range(rows)
    ]
    return audit_pages.lay_out([("Fall", "ESR-2026-001")], lines, practice=True)


PAPERS = {"paper": lambda: lay_out("Protokoll", BLOCKS * 4, practice=True), "sheet": sheet, "audit": audit}


def test_a_paper_is_read_in_the_order_it_was_written(tmp_path: Path) -> None:
    told = read_aloud(lay_out("Protokoll", BLOCKS, practice=True), tmp_path)
    lines = [line.strip() for line in told.splitlines()]
    assert lines[:10] == [
        "Document", "H1 (block)", '"Protokoll"', "P (block)", '"Übungsdaten – keine echten Menschen"',
        "H2 (block)", '"Ziele"', "L (block)", "LI (block)", "Lbl (block)",
    ]  # fmt: skip
    words = [line.strip('"') for line in lines if line.startswith('"')]
    assert words[3:7] == ["Ziel 1", "Deutsch B1 für Şahin Łódź", "Ziel 2", "Ausbildung"]
    assert words[7] == "ab 01.08.2027"
    assert lines.count("L (block)") == 2
    assert lines.count("LI (block)") == 4


def test_what_is_only_seen_is_not_read_aloud(tmp_path: Path) -> None:
    data = lay_out("Protokoll", BLOCKS * 4, practice=False, about="ESR-2026-001")
    told = read_aloud(data, tmp_path)
    assert "Seite" not in told
    assert "ESR-2026-001" not in told
    shown = subprocess.run(["pdftotext", tmp_path / "paper.pdf", "-"], capture_output=True, check=True).stdout
    assert "Seite" in shown.decode()


def test_a_paragraph_over_two_pages_is_one_paragraph(tmp_path: Path) -> None:
    long = [PaperBlock("text", f"Wort{n} " * 200) for n in range(6)]
    told = read_aloud(lay_out("Protokoll", long, practice=False), tmp_path)
    assert told.count("P (block)") == 6


def test_a_table_over_pages_has_its_heads_once_and_a_cell_for_each(tmp_path: Path) -> None:
    tags = Counter(
        line.split()[0].rstrip(":") for line in read_aloud(audit(90), tmp_path).splitlines() if line.strip()
    )
    assert (tags["Table"], tags["TR"], tags["TH"], tags["TD"]) == (1, 91, 5, 450)


def test_a_code_for_cameras_says_that_it_is_one(tmp_path: Path) -> None:
    assert b"/Alt" in sheet()
    assert "Figure" in read_aloud(sheet(), tmp_path)


@pytest.mark.parametrize("name", PAPERS)
def test_a_checker_of_accessibility_finds_nothing(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.pdf"
    path.write_bytes(PAPERS[name]())
    assert validate(str(path)).findings == ()


def test_another_language_is_said_for_its_part(tmp_path: Path) -> None:
    sheets = Sheets("Blatt")
    sheets.write("Unterlagen", 60, 700, TextStyle(10), part=sheets.document.add("P"))
    sheets.write("مستندات", 60, 680, TextStyle(10), part=sheets.document.add("P", lang="ar"))
    assert b"/Lang (ar)" in sheets.finished()


def test_a_part_of_which_nothing_is_drawn_is_not_there(tmp_path: Path) -> None:
    sheets = Sheets("Blatt")
    sheets.document.add("L").add("LI")
    sheets.write("Unterlagen", 60, 700, TextStyle(10), part=sheets.document.add("P"))
    assert "L (block)" not in read_aloud(sheets.finished(), tmp_path)
