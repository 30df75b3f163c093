"""A letter lies where DIN 5008 wants it, is read in order, and keeps its signatures with its last lines."""

import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from pdfua import validate

from kimdesk.documents.letter import (
    Letter,
    Letterhead,
    LetterList,
    LetterParagraph,
    LetterTable,
    lay_out,
)

MM = 72 / 25.4
SENDER = Letterhead(
    name="Gemeinde Eschenried",
    unit="Integrationsmanagement",
    address=("Am Kirchplatz 1", "05904 Eschenried"),
    foot=(
        "Am Kirchplatz 1 · 05904 Eschenried",
        "Mo. bis Fr. 8:00–12:00 Uhr",
        "integration@eschenried.example",
    ),
)
LETTER = Letter(
    sender=SENDER,
    to=("Jobcenter Auental", "Frau Brandt", "Brückenweg 20", "05912 Lippbrück"),
    information=(("Unser Zeichen", "ESR-2026-017"), ("Datum", "30.11.2026")),
    received=("Eingang bei der Gemeinde", "Mo., 30.11.2026, 10:40 Uhr"),
    subject=("Antrag auf Grundsicherungsgeld", "Fristwahrend gestellt"),
    blocks=(
        LetterParagraph("Sehr geehrte Frau Brandt,"),
        LetterTable(("Antrag für", "geboren am"), (("Amna Osman عثمان", "14.03.1992"),)),
        (LetterList("Liegt bei", ("Hauptantrag",)), LetterList("Wird nachgereicht", ("Bankverbindung",))),
        LetterParagraph("Mit freundlichen Grüßen"),
    ),
    signatures=(("Miriam Kessler", "für die Gemeinde"), ("Amna Osman", "Antragstellerin")),
    slip="VW-7K3M-Q2",
    practice=True,
)  # fmt: skip


def _pages(letter: Letter, tmp_path: Path) -> list[str]:
    path = tmp_path / "letter.pdf"
    path.write_bytes(lay_out(letter))
    told = subprocess.run(
        ["pdftotext", "-layout", path, "-"], capture_output=True, check=True
    ).stdout.decode()
    return told.split("\f")[:-1]


def _place(word: str, tmp_path: Path) -> tuple[float, float]:
    """Return where the first such word stands, in millimetres from the left and the upper edge."""
    told = subprocess.run(
        ["pdftotext", "-bbox", tmp_path / "letter.pdf", "-"], capture_output=True, check=True
    )
    pattern = rf'xMin="([\d.]+)" yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">{re.escape(word)}<'
    found = re.search(pattern, told.stdout.decode())
    assert found, word
    return float(found[1]) / MM, float(found[3]) / MM


def test_address_and_information_lie_in_the_window_and_beside_it(tmp_path: Path) -> None:
    _pages(LETTER, tmp_path)
    left, bottom = _place("Jobcenter", tmp_path)
    assert left == pytest.approx(25, abs=0.5)
    assert 62.7 < bottom < 70
    assert _place("Lippbrück", tmp_path)[1] < 90
    left, bottom = _place("Unser", tmp_path)
    assert left == pytest.approx(125, abs=0.5)
    assert bottom == pytest.approx(50, abs=3)
    assert _place("Antrag", tmp_path)[1] > 100


def test_it_is_read_from_the_head_to_the_signatures(tmp_path: Path) -> None:
    _pages(LETTER, tmp_path)
    told = subprocess.run(
        ["pdfinfo", "-struct-text", tmp_path / "letter.pdf"], capture_output=True, check=True
    )
    words = [line.strip().strip('"') for line in told.stdout.decode().splitlines() if '"' in line]
    order = [
        "Gemeinde Eschenried", "Jobcenter Auental", "Unser Zeichen", "Mo., 30.11.2026, 10:40 Uhr",
        "Antrag auf Grundsicherungsgeld", "Sehr geehrte Frau Brandt,", "Antrag für", "Liegt bei",
        "Hauptantrag", "Wird nachgereicht", "Bankverbindung", "Mit freundlichen Grüßen", "Miriam Kessler",
        "Amna Osman",
    ]  # fmt: skip
    places = [words.index(each) for each in order]
    assert places == sorted(places)
    assert not any("Seite" in each or "VW-7K3M-Q2" in each for each in words)


def test_a_checker_of_accessibility_finds_nothing(tmp_path: Path) -> None:
    _pages(LETTER, tmp_path)
    assert validate(str(tmp_path / "letter.pdf")).findings == ()


def test_a_letter_that_fills_its_page_keeps_signatures_with_the_last_lines(tmp_path: Path) -> None:
    for lines in range(16, 34):
        text = tuple(LetterParagraph(f"Satz {number}.") for number in range(lines))
        pages = _pages(replace(LETTER, blocks=(*text, LetterParagraph("Mit freundlichen Grüßen"))), tmp_path)
        [signed] = [page for page in pages if "für die Gemeinde" in page]
        assert "Mit freundlichen Grüßen" in signed
        assert "Antragstellerin" in signed
        assert all(f"Seite {number} von {len(pages)}" in page for number, page in enumerate(pages, 1))


def test_what_makes_a_letter_of_practice_stands_on_each_page(tmp_path: Path) -> None:
    text = tuple(LetterParagraph(f"Satz {number}.") for number in range(60))
    pages = _pages(replace(LETTER, blocks=text), tmp_path)
    assert len(pages) > 1
    assert all("Übungsdaten" in page and "VW-7K3M-Q2" in page for page in pages)
    assert all("integration@eschenried.example" in page for page in pages)


def test_a_long_address_is_whole_and_within_the_window(tmp_path: Path) -> None:
    long = "Kreisverwaltung Auental, Amt für Ausländerangelegenheiten und Integration"
    to = (long, "Fachdienst 32.4", "Frau Brandt", "Zimmer 3.07", "Brückenweg 20", "05912 Lippbrück")
    pages = _pages(replace(LETTER, to=to), tmp_path)
    assert all(word in pages[0] for word in (*" ".join(to).split(),))
    assert 62.7 < _place("Kreisverwaltung", tmp_path)[1] < _place("Lippbrück", tmp_path)[1] < 100
