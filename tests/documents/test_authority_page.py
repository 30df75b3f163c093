"""The page for an authority tells what is proven and nothing else, and each one handed out is in the case."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from kimdesk.casework import attachments, cases, local_offices, people, records
from kimdesk.casework.authority_page import HandedOut, page_of
from kimdesk.casework.desk import Desk
from kimdesk.casework.local_offices import LocalOffice
from kimdesk.documents import authority_page
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.errors import CaseworkError, StoreError
from kimdesk.domain.records import Achievement, Attachment, CaseFile, Consent, HandOver, Person, Standing
from kimdesk.domain.terms import Role
from kimdesk.vault import Strength

WORDS = "anker birke dampf eimer falke garten"
DAY = date(2026, 11, 30)
ABH = HandedOut("immigration_office")
CANARY = "Zwetschge"
"""Stands in everything that no page may show."""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("authority") / "vault"
    desk, _ = Desk.create(
        folder, WORDS, name="Eschenried", user="Miriam Kessler", strength=Strength.INTERACTIVE
    )
    client = Person(
        family_name="Osman",
        given_names="Amna",
        original_name="آمنة عثمان",
        birth_date=PartialDate(1990, 3, 2),
        street=CANARY,
        phone=CANARY,
        safe_contact=CANARY,
        azr_number=CANARY,
        nationalities=("277",),
    )
    case = cases.open_new(desk, client)
    people.add_person(desk, case.id, Person(given_names="Lina", birth_date=PartialDate(2018)), Role.CHILD)
    desk.close()
    return folder


@pytest.fixture
def desk(tmp_path: Path, template: Path) -> Iterator[Desk]:
    shutil.copytree(template, tmp_path / "desk")
    with Desk.unlock(tmp_path / "desk", WORDS) as desk:
        yield desk


def file_of(desk: Desk) -> CaseFile:
    [row] = cases.list_page(desk, cases.CaseQuery(status="")).rows
    return cases.peek(desk, row.id)


def client_of(desk: Desk) -> Person:
    client = file_of(desk).client
    assert client
    return client


def achieved(desk: Desk, title: str, person: Person | None = None, **values: Any) -> Achievement:
    said: dict[str, Any] = {"kind": "course", "proof": "certificate", "seen_on": DAY}
    who = (person or client_of(desk)).id
    made = Achievement(case_id=file_of(desk).case.id, person_id=who, title=title, **(said | values))
    return records.save(desk, made)


def save(desk: Desk, path: Path, to: HandedOut = ABH, person: Person | None = None) -> Attachment:
    who = person or client_of(desk)
    return authority_page.save(desk, file_of(desk).case.id, who.id, to, path, DAY)


def pages(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path.read_bytes())
    return [page.get_textpage().get_text_range() for page in document]


def test_only_what_is_proven_is_on_it(desk: Desk, tmp_path: Path) -> None:
    achieved(desk, "Start Deutsch 2", kind="german_certificate", level="A2", achieved_on=date(2026, 3, 5))
    achieved(desk, "Küche", kind="job", weekly_hours=30, insured="yes", proof="payslips", note=CANARY)
    left_out: tuple[dict[str, Any], ...] = (
        {"proof": ""},
        {"proof": "own_statement"},
        {"seen_on": None},
        {"kept_back": True},
        {"organisation": "Moschee am Markt"},
    )
    for number, values in enumerate(left_out):
        achieved(desk, f"{CANARY} {number}", **values)
    said: dict[str, Any] = {
        "unable": "yes",
        "needs_legal_advice": True,
        "note": CANARY,
        "asylum_decision": "refused",
    }
    records.save(desk, Standing(case_id=file_of(desk).case.id, person_id=client_of(desk).id, **said))
    page = page_of(desk.catalogue, file_of(desk), client_of(desk).id)
    assert [one.title for one in page.shown] == ["Start Deutsch 2", "Küche"]
    assert [one.why for one in page.left_out] == [*3 * ["unproven"], "kept_back", "telling"]
    save(desk, tmp_path / "seite.pdf")
    [text] = pages(tmp_path / "seite.pdf")
    shown = ("Amna Osman", "آمنة", "Start Deutsch 2, A2", "am 05.03.2026", "30 Stunden", "Unterschrift")
    assert all(word in text.replace("\u00a0", " ") for word in shown)
    assert not any(word in text for word in (CANARY, "Moschee", "abgelehnt", "Duldung"))


def settle_in(desk: Desk, ags: str) -> None:
    records.save(desk, replace(file_of(desk).case, ags=ags))


def test_it_is_for_the_authority_that_is_responsible_where_the_client_lives(
    desk: Desk, tmp_path: Path
) -> None:
    achieved(desk, "Kurs")
    told = []
    for ags in ("05554024", "05334002"):
        settle_in(desk, ags)
        save(desk, tmp_path / f"{ags}.pdf")
        told += pages(tmp_path / f"{ags}.pdf")
    assert "Ausländerbehörde, Kreis Borken" in told[0]
    assert "Städteregion" not in told[1]  # one of two: it has to be found out
    settle_in(desk, "05554024")
    office = LocalOffice(name="Ausländeramt", address="Burloer Straße 93\n46325 Borken", phone="02861 1")
    local_offices.note_office(desk, "immigration_office", "05554024", office)
    save(desk, tmp_path / "noted.pdf")
    [noted] = pages(tmp_path / "noted.pdf")
    assert "Ausländeramt, Burloer Straße 93, 46325 Borken" in noted
    assert "02861" not in noted


def test_it_tells_no_place_of_somebody_whose_address_is_kept_secret(desk: Desk, tmp_path: Path) -> None:
    achieved(desk, "Kurs")
    settle_in(desk, "05554024")
    records.save(desk, replace(client_of(desk), address_blocked=True))
    save(desk, tmp_path / "seite.pdf")
    [text] = pages(tmp_path / "seite.pdf")
    assert "Ausländerbehörde" in text
    assert "Borken" not in text


def test_what_was_handed_out_is_kept_with_its_number_and_its_ground(desk: Desk, tmp_path: Path) -> None:
    achieved(desk, "Erste Hilfe")
    first = save(desk, tmp_path / "1.pdf")
    achieved(desk, "Lager")
    second = save(desk, tmp_path / "2.pdf", HandedOut("naturalisation_office"))
    assert [one.title for one in (first, second)] == [
        "Seite für die Behörde, Fassung 1: Amna Osman",
        "Seite für die Behörde, Fassung 2: Amna Osman",
    ]
    assert (first.about, first.added_on, first.note) == (
        client_of(desk).id,
        DAY,
        "Durch die Person selbst abgegeben.",
    )
    assert [one.handed for one in (first, second)] == [
        (HandOver("Ausländerbehörde", "immigration_office", DAY, original=True),),
        (HandOver("Einbürgerungsbehörde", "naturalisation_office", DAY, original=True),),
    ]
    assert attachments.content(desk, first.id) == (tmp_path / "1.pdf").read_bytes()
    assert "Lager" not in pages(tmp_path / "1.pdf")[0]


def given(desk: Desk, **values: Any) -> HandedOut:
    said: dict[str, Any] = {
        "recipient": "immigration_office", "purpose": "residence", "kinds": ("person", "regimes"),
        "given_on": date(2026, 11, 1),
    }  # fmt: skip
    made = records.save(desk, Consent(case_id=file_of(desk).case.id, **(said | values)))
    return HandedOut("immigration_office", made.id)


def test_a_consent_to_the_authority_lets_it_leave(desk: Desk, tmp_path: Path) -> None:
    achieved(desk, "Erste Hilfe")
    kept = save(desk, tmp_path / "1.pdf", given(desk))
    assert (kept.note, kept.original_at) == ("Mit Einwilligung vom 01.11.2026.", "agency")
    [text] = pages(tmp_path / "1.pdf")
    assert "selbst ab" not in text
    assert "Einwilligung vom 01.11.2026" in text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    "values",
    [
        {"recipient": "jobcenter"},
        {"kinds": ("person",)},
        {"withdrawn_on": date(2026, 11, 20)},
        {"valid_until": date(2026, 11, 29)},
        {"level": "pseudonymised"},
        {"person_id": "lina"},
    ],
    ids=["recipient", "kinds", "withdrawn", "over", "level", "other"],
)
def test_any_other_consent_does_not(desk: Desk, tmp_path: Path, values: dict[str, Any]) -> None:
    achieved(desk, "Erste Hilfe")
    if "person_id" in values:
        values = {"person_id": next(one.id for one in file_of(desk).persons if one.given_names == "Lina")}
    with pytest.raises(CaseworkError, match="E884"):
        save(desk, tmp_path / "1.pdf", given(desk, **values))
    assert not (tmp_path / "1.pdf").exists()
    assert file_of(desk).attachments == ()


def test_the_client_speaks_for_a_child(desk: Desk, tmp_path: Path) -> None:
    lina = next(one for one in file_of(desk).persons if one.given_names == "Lina")
    achieved(desk, "Klasse 2", lina, kind="school")
    assert "Lina" in save(desk, tmp_path / "1.pdf", given(desk), lina).title


def test_an_empty_page_is_none(desk: Desk, tmp_path: Path) -> None:
    achieved(desk, "Nähen", proof="own_statement")
    with pytest.raises(CaseworkError, match="E883"):
        save(desk, tmp_path / "1.pdf")
    assert not (tmp_path / "1.pdf").exists()


def test_what_could_not_be_written_was_not_handed_out(desk: Desk, tmp_path: Path) -> None:
    achieved(desk, "Erste Hilfe")
    with pytest.raises(StoreError):
        save(desk, tmp_path / "nirgends" / "1.pdf")
    assert file_of(desk).attachments == ()


def test_many_achievements_go_on_to_a_page_that_names_the_person(desk: Desk, tmp_path: Path) -> None:
    one = achieved(desk, "Kurs 0", organisation="Volkshochschule Auental")
    for number in range(1, 25):
        records.save(desk, replace(one, id="", rev=0, title=f"Kurs {number}"))
    save(desk, tmp_path / "viele.pdf")
    found = pages(tmp_path / "viele.pdf")
    assert len(found) == 2
    assert all("Amna Osman" in text for text in found)
    assert "Kurs" in found[-1]
    assert "Unterschrift" in found[-1]
