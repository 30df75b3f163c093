"""The letter of a referral: it names nobody without a basis, and says which papers come and which follow."""

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kimdesk.casework import cases, records, referrals
from kimdesk.casework.desk import Desk
from kimdesk.casework.local_offices import LocalOffice, note_office
from kimdesk.catalogue import letters
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.documents import papers
from kimdesk.documents.papers import PaperWish
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.errors import CaseworkError, ContentError, StoreError
from kimdesk.domain.records import Case, Consent, Person, Referral
from kimdesk.domain.terms import ItemState, SharingLevel
from kimdesk.vault import Strength

DAY = date(2026, 11, 30)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with one municipality."""
    made, _ = Desk.create(
        tmp_path / "vault", "anker birke dampf eimer falke garten", name="Gemeinde Eschenried",
        user="Miriam Kessler", municipalities=("05554004",), strength=Strength.INTERACTIVE,
    )  # fmt: skip
    with made:
        yield made


@pytest.fixture
def case(desk: Desk) -> Case:
    """A case of somebody whose name and birth are known."""
    born = PartialDate(1992, 3, 14)
    client = Person(family_name="Şahin", given_names="Amna", birth_date=born, phone="0171 22")
    opened = cases.open_new(desk, client)
    records.save(desk, replace(opened, ags="05554004"))
    return opened


def _consent(desk: Desk, case: Case) -> None:
    kinds = SHIPPED.service("jobcenter").information_kinds
    records.save(desk, Consent(
        case_id=case.id, recipient="jobcenter", purpose="benefits", kinds=kinds, given_on=date(2026, 10, 1),
        level=SharingLevel.IDENTIFIED,
    ))  # fmt: skip


def _referral(desk: Desk, case: Case, **said: object) -> Referral:
    return referrals.prepare(desk, case.id, "jobcenter", agency="", purpose="benefits", **said)  # type: ignore[arg-type]


def _text(desk: Desk, referral: Referral, tmp_path: Path) -> str:
    path = tmp_path / "letter.pdf"
    papers.save(desk, "referral-letter", referral.id, path, PaperWish(today=DAY))
    told = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
    return " ".join(told.stdout.decode().split())


def test_it_says_who_comes_and_on_which_consent(desk: Desk, case: Case, tmp_path: Path) -> None:
    _consent(desk, case)
    text = _text(desk, _referral(desk, case), tmp_path)
    assert "Amna Şahin, geboren am 14.03.1992" in text
    assert "die Einwilligung vom 01.10.2026" in text
    assert case.file_number in text
    assert "0171 22" not in text


def test_it_says_which_papers_come_and_which_follow(desk: Desk, case: Case, tmp_path: Path) -> None:
    _consent(desk, case)
    referral = _referral(desk, case)
    first = referral.checklist[0].item
    referral = referrals.set_item(desk, referral, first, ItemState.PRESENT)
    text = _text(desk, referral, tmp_path)
    enclosed, _, following = text.partition("Wird nachgereicht")
    assert "Liegt bei" in enclosed
    assert SHIPPED.item_labels[first].split()[0] in text
    unneeded = [each.item for each in referral.checklist if each.state is ItemState.NOT_NEEDED]
    assert not any(SHIPPED.item_labels[item] in text for item in unneeded)
    assert following


def test_without_a_consent_and_a_reason_nothing_is_written(desk: Desk, case: Case, tmp_path: Path) -> None:
    referral = _referral(desk, case, override_reason="Notlage")
    assert "eingewilligt" not in _text(desk, referral, tmp_path)
    bare = records.save(desk, replace(referral, override_reason=""))
    (tmp_path / "letter.pdf").unlink()
    with pytest.raises(CaseworkError, match="E850"):
        papers.save(desk, "referral-letter", bare.id, tmp_path / "letter.pdf", PaperWish(today=DAY))
    assert not (tmp_path / "letter.pdf").exists()


@pytest.mark.parametrize("ended", [{"withdrawn_on": date(2026, 11, 29)}, {"valid_until": date(2026, 11, 29)}])
def test_a_consent_that_has_ended_since_names_nobody(
    desk: Desk, case: Case, tmp_path: Path, ended: dict[str, date]
) -> None:
    _consent(desk, case)
    referral = _referral(desk, case)
    [given] = cases.peek(desk, case.id).consents
    records.save(desk, replace(given, **ended))  # type: ignore[arg-type]
    with pytest.raises(CaseworkError, match="E850"):
        papers.save(desk, "referral-letter", referral.id, tmp_path / "letter.pdf", PaperWish(today=DAY))
    assert not (tmp_path / "letter.pdf").exists()


def test_it_goes_to_the_office_that_was_noted_for_the_place(desk: Desk, case: Case, tmp_path: Path) -> None:
    _consent(desk, case)
    office = LocalOffice(name="Jobcenter Ahaus", address="Rathausplatz 1, 48683 Ahaus")
    note_office(desk, "jobcenter", "05554004", office)
    text = _text(desk, _referral(desk, case), tmp_path)
    assert "Jobcenter Ahaus" in text
    assert "48683 Ahaus" in text


def test_a_referral_that_is_not_there_is_refused(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="E909"):
        papers.save(desk, "referral-letter", "0198-nobody", tmp_path / "letter.pdf", PaperWish(today=DAY))


@pytest.mark.parametrize(
    "change",
    [
        {"subject": ["{phone}"]},
        {"subject": ["{"]},
        {"subject": []},
        {"block": [{"text": ""}]},
        {"block": [{"kind": "papers", "text": "x"}]},
        {"block": [{"when": "always", "text": "x"}]},
    ],
)
def test_a_letter_that_says_what_it_cannot_know_is_refused_when_it_is_read(change: dict[str, object]) -> None:
    table = dict(SHIPPED.stack.table("letters/referral_letter.toml"))
    assert letters.parse(table, "probe").code == "referral_letter"
    with pytest.raises(ContentError, match="E700"):
        letters.parse({**table, **change}, "probe")
