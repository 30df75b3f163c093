"""A desk with one case for tests of letters, and what a letter says."""

import subprocess
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest

from kimdesk.casework import cases, records, referrals
from kimdesk.casework.desk import Desk
from kimdesk.casework.letterhead import Letterhead, change
from kimdesk.casework.local_offices import LocalOffice, note_office
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.documents import papers
from kimdesk.documents.papers import MadePaper, PaperWish
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.errors import CaseworkError
from kimdesk.domain.records import Case, Measure, Person, Record, Referral
from kimdesk.vault import Strength

R = TypeVar("R", bound=Record)
DAY = date(2026, 11, 30)
AGS = "05554004"
CLIENT = Person(
    family_name="Osman", given_names="Amna", sex="female", birth_date=PartialDate(1992, 3, 14),
    street="Brunnenweg 3", postcode="05904", city="Eschenried", phone="0171 22",
)  # fmt: skip


def make_desk(folder: Path) -> Desk:
    """Return a new desk with one municipality."""
    desk, _ = Desk.create(
        folder, "anker birke dampf eimer falke garten", name="Gemeinde Eschenried", user="Miriam Kessler",
        municipalities=(AGS,), strength=Strength.INTERACTIVE,
    )  # fmt: skip
    return desk


def known_desk(folder: Path) -> Desk:
    """Return a new desk with a letterhead, which knows its Jobcenter."""
    desk = make_desk(folder)
    change(desk, Letterhead(name="Gemeinde Eschenried", address=("Am Kirchplatz 1", "05904 Eschenried")))
    office = LocalOffice(name="Jobcenter Auental", address="Brückenweg 20, 05912 Lippbrück")
    note_office(desk, "jobcenter", AGS, office)
    return desk


def open_case(desk: Desk, client: Person = CLIENT) -> Case:
    """Return a new case of ``client`` in the municipality."""
    opened = cases.open_new(desk, client)
    return records.save(desk, replace(opened, ags=AGS))


@dataclass(frozen=True)
class Bench:
    """A case of a desk at which letters are made."""

    desk: Desk
    case: Case

    @property
    def client(self) -> Person:
        """Return the client of the case."""
        found = cases.peek(self.desk, self.case.id).client
        assert found
        return found

    def referral(self, service: str = "jobcenter") -> Referral:
        """Return a new referral to ``service``, with a reason instead of a consent."""
        purpose = SHIPPED.service(service).purposes[0]
        return referrals.prepare(
            self.desk, self.case.id, service, agency="", purpose=purpose, override_reason="Frist"
        )

    def keep(self, record: R) -> R:
        """Save a record."""
        return records.save(self.desk, record)

    def measure(self, agency: str, number: str = "BG 4711") -> str:
        """Keep a measure at ``agency`` under its file number, and return its identity."""
        measure = Measure(case_id=self.case.id, title="Antrag", agency=agency, agency_file_number=number)
        return self.keep(measure).id

    def made(self, name: str, record: Record | str, day: date = DAY) -> MadePaper:
        """Return the letter as it is made on ``day``."""
        key = record if isinstance(record, str) else record.id
        return papers.make(self.desk, name, key, PaperWish(today=day))

    def said(self, name: str, record: Record | str, day: date = DAY) -> str:
        """Return the words of the letter in their order on the page, blanks and breaks as one blank."""
        pdf = self.made(name, record, day).data
        told = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
        return " ".join(told.stdout.decode().split())

    def refused(self, code: str, name: str, record: Record | str, day: date = DAY) -> None:
        """Expect that the letter is refused with ``code``."""
        with pytest.raises(CaseworkError, match=code):
            self.made(name, record, day)
