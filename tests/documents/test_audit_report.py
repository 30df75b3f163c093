"""The audit trail as PDF: what stands in it, what never does, and that making it is an entry."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pypdfium2
import pytest
from sqlalchemy import text

from kimdesk.casework import cases, records
from kimdesk.casework.desk import Desk
from kimdesk.casework.trail import Filter
from kimdesk.documents import audit_report
from kimdesk.domain.errors import StoreError
from kimdesk.domain.records import Case, Goal, Person
from kimdesk.store import audit
from kimdesk.vault import Strength

LONG = "Şahin-Çağlayan von und zu Łódź-Überlänge-Donaudampfschifffahrtsgesellschaftskapitän"


@pytest.fixture(scope="module")
def desk_template(tmp_path_factory: pytest.TempPathFactory, passphrase_words: str) -> Path:
    """A closed desk, made once."""
    folder = tmp_path_factory.mktemp("desk") / "vault"
    desk, _ = Desk.create(
        folder, passphrase_words, name="Eschenried", user="Miriam Kessler", strength=Strength.INTERACTIVE
    )
    desk.close()
    return folder


@pytest.fixture(scope="module")
def passphrase_words() -> str:
    """The passphrase of the desk."""
    return "anker birke dampf eimer falke garten"


@pytest.fixture
def desk(tmp_path: Path, desk_template: Path, passphrase_words: str) -> Iterator[Desk]:
    """An open desk of this test alone."""
    shutil.copytree(desk_template, tmp_path / "desk")
    with Desk.unlock(tmp_path / "desk", passphrase_words) as desk:
        yield desk


@pytest.fixture
def case(desk: Desk) -> Case:
    """A case with a changed goal, opened once."""
    case = cases.open_new(desk, Person(family_name="Zwetschge", given_names="Kirschkern"))
    goal = records.save(desk, Goal(case_id=case.id, text="Geheimes Ziel"))
    records.save(desk, replace(goal, text="Anderes Ziel"))
    cases.load(desk, case.id)
    return case


def _text(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def _flat(path: Path) -> str:
    return re.sub(r"\s+", " ", " ".join(_text(path)))


def test_the_report_of_a_case_has_its_entries_and_no_names(desk: Desk, case: Case, tmp_path: Path) -> None:
    other = cases.open_new(desk, None)
    out = tmp_path / "p.pdf"
    made = audit_report.save(desk, out, Filter(file_number=case.file_number), version="0.1.0")
    told = _flat(out)
    for words in (
        "Ziel angelegt",
        "Ziel geändert",
        "Fall geöffnet",
        "Protokoll des Falls als PDF gespeichert",
    ):
        assert words in told
    assert f"Fall {case.file_number}" in told
    assert "KIMdesk 0.1.0" in told
    assert "von Miriam Kessler" in told
    assert "Seite 1 von 1" in told
    assert made.hash in told.replace(" ", "")
    assert other.file_number not in told
    for secret in ("Zwetschge", "Kirschkern", "Ziel geheim", "Geheimes", "Anderes"):
        assert secret not in told


def test_making_it_is_the_last_entry_of_the_chain(desk: Desk, case: Case, tmp_path: Path) -> None:
    made = audit_report.save(desk, tmp_path / "p.pdf", Filter(), version="0.1.0")
    with desk.reading() as reader:
        assert audit.head(reader.connection) == (made.seq, made.hash)
        last = audit.page(reader.connection, audit.Wanted(), None, 1)[0]
        assert audit.verify(reader.connection) is None
    assert (last.action, last.kind) == ("trail_printed", "vault")
    assert made.entries == made.seq


def test_a_report_that_cannot_be_written_leaves_no_entry(desk: Desk, case: Case, tmp_path: Path) -> None:
    with desk.reading() as reader:
        before = audit.head(reader.connection)
    with pytest.raises(StoreError, match="E920"):
        audit_report.save(desk, tmp_path / "gone" / "p.pdf", Filter(), version="0.1.0")
    with desk.reading() as reader:
        assert audit.head(reader.connection) == before


def test_long_names_wrap_and_pages_are_counted(desk: Desk, case: Case, tmp_path: Path) -> None:
    desk.actor = LONG
    for _ in range(60):
        cases.load(desk, case.id)
    out = tmp_path / "p.pdf"
    audit_report.save(desk, out, Filter(), version="0.1.0")
    pages = _text(out)
    assert len(pages) > 3
    assert all(f"Seite {number} von {len(pages)}" in page for number, page in enumerate(pages, 1))
    assert "".join(LONG.split()) in "".join(pages[-1].split())
    document = pypdfium2.PdfDocument(out)
    page = document[len(pages) - 1]
    words = page.get_textpage()
    edges = [words.get_rect(index) for index in range(words.count_rects())]
    assert max(right for _, _, right, _ in edges) <= page.get_width() - 40
    assert min(bottom for _, bottom, _, _ in edges) >= 24
    document.close()


def test_a_period_and_an_empty_result(desk: Desk, case: Case, tmp_path: Path) -> None:
    out = tmp_path / "p.pdf"
    tomorrow = date.today() + timedelta(days=1)  # noqa: DTZ011 - the day of the clerk
    made = audit_report.save(desk, out, Filter(first=tomorrow, last=tomorrow), version="0.1.0")
    assert made.entries == 0
    assert "Keine Einträge." in _flat(out)
    assert f"vom {tomorrow:%d.%m.%Y} bis {tomorrow:%d.%m.%Y}" in _flat(out)


def test_a_broken_chain_is_said_on_paper(desk: Desk, case: Case, tmp_path: Path) -> None:
    with desk.vault.engine.begin() as connection:
        connection.execute(text("UPDATE audit SET action = 'created' WHERE seq = 6"))
    out = tmp_path / "p.pdf"
    audit_report.save(desk, out, Filter(), version="0.1.0")
    assert "beim Eintrag 6 unterbrochen" in _flat(out)


def test_a_sign_no_font_has_does_not_keep_the_trail_from_paper(
    desk: Desk, case: Case, tmp_path: Path
) -> None:
    desk.actor = "Miriam 🌻 Şahin"
    out = tmp_path / "p.pdf"
    audit_report.save(desk, out, Filter(), version="0.1.0")
    assert "Miriam [U+1F33B] Şahin" in _flat(out)
