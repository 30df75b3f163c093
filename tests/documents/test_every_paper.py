"""Every paper of the table on practice data, in every language there are words in, made once and asked all.

It passes a checker of accessibility, says its title and language and no name in what it tells of itself, and
two readers find the numbers of its case as they stand there.
"""

import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from pdfua import validate

from kimdesk.casework import cases, records
from kimdesk.casework.cases import CaseQuery
from kimdesk.casework.desk import Desk
from kimdesk.documents import papers
from kimdesk.documents.papers import GERMAN, PAPERS, PaperWish
from kimdesk.domain.errors import KimdeskError
from kimdesk.domain.naming import full_name
from kimdesk.domain.records import CaseFile, FollowUp, Measure
from kimdesk.domain.terms import FollowUpKind
from kimdesk.practice.fill import fill
from kimdesk.vault import Strength

DAY = date(2026, 11, 30)
CASES, SEED = 60, 3
NUMBER = re.compile(
    r"\bVW-[0-9A-Z]{4}-[0-9A-Z]{2,4}\b|\b[A-Z]{3}-\d{4}-\d{3,4}\b|\b\d\d\.\d\d\.\d{4}\b|\b\d{1,2}:\d\d\b"
)
TURNED = re.compile(r"\b\d{4}\.\d\d\.\d\d\b|\b\d{3}-\d{4}-[A-Z]{3}\b|-\d{4}-\d{3}[A-Z]{3}\b")


OBJECTION: dict[str, Any] = {
    "kind": FollowUpKind.DEADLINE, "title": "Widerspruch", "rule": "objection_social",
    "due_on": date(2026, 12, 14), "facts": {"dated_on": "2026-11-10", "delivered_on": "2026-11-12"},
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Printed:
    """One paper: what two readers read, what is read aloud, and how it tells of itself."""

    name: str
    language: str
    path: Path
    file: CaseFile
    title: str

    @cache  # noqa: B019 - as long as the module
    def read(self) -> tuple[str, str]:
        document = pypdfium2.PdfDocument(self.path)
        pdfium = "\n".join(page.get_textpage().get_text_range() for page in document)
        document.close()
        return _plain(pdfium), _plain(_told("pdftotext", "-layout", str(self.path), "-"))


def _told(*command: str) -> str:
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()


def _plain(text: str) -> str:
    """Return the text without signs that steer; poppler puts some between stretches of it."""
    apart = re.sub("[\u202a-\u202e]", " ", text)
    return " ".join(re.sub("[\u200b-\u200f\u2066-\u2069]", "", apart).split())


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made, _ = Desk.create(
        tmp_path_factory.mktemp("desk") / "vault", "anker birke dampf eimer falke garten",
        name="Gemeinde Eschenried", user="Miriam Kessler", practice=True, municipalities=("05999001",),
        strength=Strength.INTERACTIVE,
    )  # fmt: skip
    with made:
        fill(made, CASES, SEED, DAY)
        yield made


@pytest.fixture(scope="module")
def printed(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> list[Printed]:
    """Every paper in every language, of the first case that has what it is about."""
    rows = cases.list_page(desk, CaseQuery(status=""), None, CASES).rows
    files = sorted((cases.peek(desk, row.id) for row in rows), key=_fullness, reverse=True)
    measure = Measure(case_id=files[0].case.id, title="Antrag", agency="Jobcenter Auental")
    about = records.save(desk, measure).id
    records.save(desk, FollowUp(case_id=files[0].case.id, about=about, **OBJECTION))
    files[0] = cases.peek(desk, files[0].case.id)
    folder = tmp_path_factory.mktemp("papers")
    return [each for kind in PAPERS for each in _of_kind(desk, kind.name, files, folder)]


def _of_kind(desk: Desk, name: str, files: list[CaseFile], folder: Path) -> Iterator[Printed]:
    for file in files:
        for record_id in _about(name, file):
            try:
                papers.make(desk, name, record_id, PaperWish(today=DAY))
            except KimdeskError:  # it has not what this paper is about
                continue
            for language in papers.offered(desk.catalogue, name):
                made = papers.make(desk, name, record_id, PaperWish(language=language, today=DAY))
                path = folder / f"{name}-{language}.pdf"
                path.write_bytes(made.data)
                yield Printed(name, language, path, file, made.title)
            return


def _about(name: str, file: CaseFile) -> Iterator[str]:
    match papers.paper(name).about:
        case "case":
            yield file.case.id
        case "referral":
            yield from (one.id for one in file.referrals)
        case "follow_up" | "deadline":
            yield from (one.id for one in file.follow_ups)
        case "residence":
            yield from (one.id for one in file.residence)
        case "consent":
            yield from (one.id for one in file.consents)
        case "contact":
            yield from (one.id for one in file.contacts)
        case "person":
            yield from (one.id for one in file.persons)


def _fullness(file: CaseFile) -> int:
    return len(file.goals) + len(file.measures) + len(file.phases)


def test_there_is_one_of_each(printed: list[Printed]) -> None:
    assert {each.name for each in printed} == {each.name for each in PAPERS}


def test_a_checker_of_accessibility_finds_nothing(printed: list[Printed]) -> None:
    told = {each.path.stem: validate(str(each.path)).findings for each in printed}
    assert {name: found for name, found in told.items() if found} == {}


def test_each_tells_its_title_and_language_and_of_nobody(printed: list[Printed]) -> None:
    for each in printed:
        document = pypdfium2.PdfDocument(each.path)
        told = document.get_metadata_dict()
        marks = " ".join(mark.get_title() for mark in document.get_toc())
        document.close()
        assert told["Title"], each.path.stem
        for person in each.file.persons:
            assert full_name(person) not in " ".join((*told.values(), marks)), each.path.stem
        assert b"/Lang (de)" in each.path.read_bytes()


def test_two_readers_find_the_numbers_as_they_stand(printed: list[Printed]) -> None:
    """What PDFium finds poppler finds too: file numbers, days, hours and telephone numbers, none turned."""
    assert {each.name for each in printed if NUMBER.search(each.read()[0])} >= {
        "help-plan",
        "referral-letter",
    }
    for each in printed:
        pdfium, poppler = each.read()
        assert Counter(NUMBER.findall(pdfium)) == Counter(NUMBER.findall(poppler)), each.path.stem
        for text in (pdfium, poppler):
            assert not TURNED.search(text), each.path.stem


def test_a_sheet_in_two_languages_has_the_same_numbers_in_each(printed: list[Printed]) -> None:
    """A number that stands in the German sheet stands in the other one, which says it twice."""
    german = {each.name: set(NUMBER.findall(each.read()[0])) for each in printed if each.language == GERMAN}
    for each in printed:
        assert german[each.name] <= set(NUMBER.findall(each.read()[0])), each.path.stem


def test_it_is_read_aloud_from_its_title_on(printed: list[Printed]) -> None:
    """The first heading is that of the whole; in another language German stands before each of its words."""
    for each in (one for one in printed if one.language in (GERMAN, "ar")):
        told = _told("pdfinfo", "-struct-text", str(each.path))
        heads = re.findall(r"\b(H[1-6]) \(block\)", told)
        assert heads[0] == "H1", each.path.stem
        assert heads.count("H1") == 1, each.path.stem
