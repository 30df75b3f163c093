"""The slip: where to go, what to take, boxes to tick, a code both scanners read; it names nobody."""

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from pdfua import validate
from PIL import Image

from kimdesk.casework import records, referrals
from kimdesk.casework.local_offices import LocalOffice, note_office
from kimdesk.documents import papers
from kimdesk.documents.papers import MadePaper, PaperWish
from kimdesk.domain.records import Referral
from kimdesk.domain.slip_codes import read, shown
from kimdesk.domain.terms import ItemState
from tests.documents.alt_texts import alt_texts
from tests.documents.client_case import DAY, SECRETS, ClientCase, client_case

PERSON = ("Osman", "Amna", "Lina", "ESC-2026")


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClientCase]:
    with client_case(tmp_path_factory.mktemp("desk")) as made:
        jobcenter = LocalOffice(
            name="Jobcenter Auental", address="Am Markt 1\n48999 Auental", phone="02999 1"
        )
        note_office(made.desk, "jobcenter", "05554004", jobcenter)
        yield made


def made(known: ClientCase, referral_id: str) -> MadePaper:
    return papers.make(known.desk, "referral-slip", referral_id, PaperWish(today=DAY))


def told(paper: MadePaper, path: Path, *tool: str) -> str:
    path.write_bytes(paper.data)
    command = [*tool, str(path), *(["-"] if tool[0] == "pdftotext" else [])]
    found = subprocess.run(command, check=True, capture_output=True)
    return " ".join(found.stdout.decode().split())


def test_it_says_where_to_go_and_what_to_take_and_names_nobody(known: ClientCase, tmp_path: Path) -> None:
    paper, path = made(known, known.referral), tmp_path / "slip.pdf"
    text = told(paper, path, "pdftotext", "-layout")
    assert validate(str(path)).findings == ()
    referral = records.get(known.desk, Referral, known.referral)
    for said in (
        "Jobcenter Auental", "Am Markt 1", "48999 Auental", "Ihr Termin: 03.12.2026, 09:30 Uhr",
        "Das nehmen Sie mit", "Ausweis, Pass oder Aufenthaltstitel", "Anlage WEP",
        "A angenommen", "F Eingang bestätigt", shown(referral.slip_code),
    ):  # fmt: skip
        assert said in text, said
    assert [each for each in (*SECRETS, *PERSON) if each in text] == []
    assert not paper.names_client
    assert text.count("\f") == 0
    assert shown(referral.slip_code) in text.partition("Das nehmen Sie mit")[0]  # on the first page, always
    assert alt_texts(paper.data)[0] == f"Code des Laufzettels: {shown(referral.slip_code)}"


def test_what_is_printed_on_it_leads_back_to_the_referral(known: ClientCase, tmp_path: Path) -> None:
    before = records.get(known.desk, Referral, known.referral)
    old = records.save(known.desk, replace(before, id="", rev=0, slip_code=""))
    text = told(made(known, old.id), tmp_path / "slip.pdf", "pdftotext", "-layout")
    code = next(word for word in text.split() if word.startswith("VW-"))
    assert [each.id for each in referrals.find_slip(known.desk, code)] == [old.id]


@pytest.mark.parametrize("dpi", [150, 300])
@pytest.mark.parametrize("turned", [0.0, 4.0])
def test_scanners_of_lines_and_of_squares_read_the_code(known: ClientCase, dpi: int, turned: float) -> None:
    paper = made(known, known.referral)
    code = records.get(known.desk, Referral, known.referral).slip_code
    for page in scanned(paper, dpi, turned):
        found = {str(each.format): each.text for each in zxingcpp.read_barcodes(page)}
        assert found == {"QR Code": code, "Code 128": code}
        assert {read(each) for each in found.values()} == {code}


def test_each_page_of_a_long_slip_bears_the_code(known: ClientCase, tmp_path: Path) -> None:
    before = records.get(known.desk, Referral, known.referral)
    many = tuple(
        replace(before.checklist[0], item=f"Unterlage Nummer {number}", state=ItemState.PRESENT)
        for number in range(30)
    )
    long = records.save(known.desk, replace(before, id="", rev=0, slip_code="", checklist=many))
    paper = made(known, long.id)
    told(paper, tmp_path / "slip.pdf", "pdftotext")
    assert validate(str(tmp_path / "slip.pdf")).findings == ()
    code = records.get(known.desk, Referral, long.id).slip_code
    pages = scanned(paper, 150)
    assert len(pages) > 1
    texts = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(paper.data)]
    for number, (page, text) in enumerate(zip(pages, texts, strict=True), 1):
        assert {each.text for each in zxingcpp.read_barcodes(page)} == {code}
        assert shown(code) in text
        assert f"Seite {number} von {len(pages)}" in text


def scanned(paper: MadePaper, dpi: int, turned: float = 0.0) -> list[Image.Image]:
    """Return the pages as a scanner sees them that lies a little askew, printed in grey on grey paper."""
    pages = [
        page.render(scale=dpi / 72, grayscale=True).to_pil() for page in pypdfium2.PdfDocument(paper.data)
    ]
    askew = [page.rotate(turned, resample=Image.Resampling.BICUBIC, fillcolor=255) for page in pages]
    return [page.point([70 + value * 120 // 255 for value in range(256)]) for page in askew]


def test_it_says_nothing_of_health(known: ClientCase, tmp_path: Path) -> None:
    health = records.save(
        known.desk,
        Referral(
            case_id=known.case,
            service="psychosocial_centre",
            agency="Beratung am Park",
            purpose="counselling",
        ),
    )
    text = told(made(known, health.id), tmp_path / "slip.pdf", "pdftotext", "-layout")
    assert "Beratung am Park" in text
    assert [each for each in ("Therapie", "Trauma", "Folter", "Psych", "Diagnose") if each in text] == []


def test_its_papers_are_called_by_the_words_of_the_client_too(known: ClientCase, tmp_path: Path) -> None:
    said = known.desk.catalogue.client_words["ukr"].item("Ausweis, Pass oder Aufenthaltstitel")
    wish = PaperWish(today=DAY, language="uk")
    paper = papers.make(known.desk, "referral-slip", known.referral, wish)
    text = told(paper, tmp_path / "slip.pdf", "pdftotext", "-layout")
    assert said
    assert said.split()[0] in text
