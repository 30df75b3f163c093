"""Every letter, of a case that says much and of one that says little: readable, and nothing untrue."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pdfua import validate

from kimdesk.casework import cases, closing, referrals, trail
from kimdesk.casework.desk import Desk
from kimdesk.casework.trail import Filter
from kimdesk.documents import papers
from kimdesk.documents.papers import PAPERS, PaperWish
from kimdesk.domain.records import FollowUp, Person, Referral, ResidenceSpell
from kimdesk.domain.slip_codes import shown
from kimdesk.domain.terms import FollowUpKind, ItemState
from tests.documents.letter_kit import CLIENT, DAY, Bench, known_desk, open_case

LETTERS = tuple(each.name for each in PAPERS if ".letters." in each.make)
UNTRUE = (
    "geboren am",
    "Liegt bei",
    "None",
    "gültig bis",
    "eingewilligt",
    "Ihr Zeichen",
    "beendet zum",
    "Telefon",
)
NOBODY = Person(family_name="Osman")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One desk for both cases."""
    with known_desk(tmp_path_factory.mktemp("letters") / "vault") as made:
        yield made


@pytest.fixture(scope="module")
def full(desk: Desk) -> tuple[Bench, dict[str, str]]:
    """A case that says much, and what its letters are about."""
    at = Bench(desk, open_case(desk, CLIENT))
    return at, _records(at, at.measure("Jobcenter Auental"), place="Rathaus", time="10:30")


@pytest.fixture(scope="module")
def bare(desk: Desk) -> tuple[Bench, dict[str, str]]:
    """A case that says next to nothing, and what its letters are about."""
    at = Bench(desk, open_case(desk, NOBODY))
    return at, _records(at, at.measure("Jobcenter Auental", ""))


def _records(at: Bench, measure: str, **appointment: Any) -> dict[str, str]:
    case: dict[str, Any] = {"case_id": at.case.id}
    referral = at.referral()
    if at.client.birth_date:
        referral = referrals.set_item(at.desk, referral, "main_application", ItemState.PRESENT)
    title = ResidenceSpell(person_id=at.client.id, status="fiction_81_4", applied_on=DAY, **case)
    deadline = FollowUp(
        kind=FollowUpKind.DEADLINE, title="Widerspruch", due_on=date(2026, 12, 14), rule="objection_social",
        about=measure, facts={"dated_on": "2026-11-10"}, **case,
    )  # fmt: skip
    meeting = FollowUp(
        kind=FollowUpKind.APPOINTMENT, title="Termin", due_on=date(2026, 12, 7), language="pes",
        **case, **appointment,
    )  # fmt: skip
    found = {
        "referral": referral.id, "residence": at.keep(title).id, "deadline": at.keep(deadline).id,
        "follow_up": at.keep(meeting).id, "case": at.case.id,
    }  # fmt: skip
    closing.close(at.desk, at.case.id, "goals_reached", on=DAY)
    return found


def _referrals(at: Bench) -> tuple[Referral, ...]:
    return cases.peek(at.desk, at.case.id).referrals


def _about(name: str) -> str:
    return papers.paper(name).about


@pytest.mark.parametrize("name", LETTERS)
def test_it_is_whole_and_read_aloud(full: tuple[Bench, dict[str, str]], tmp_path: Path, name: str) -> None:
    at, records = full
    made = at.made(name, records[_about(name)])
    (tmp_path / "letter.pdf").write_bytes(made.data)
    assert validate(str(tmp_path / "letter.pdf")).findings == ()
    text = at.said(name, records[_about(name)])
    assert "{" not in text
    assert "Mit freundlichen Grüßen" in text
    assert not any(word in text for word in ("0171 22", "None"))


@pytest.mark.parametrize("name", LETTERS)
def test_it_claims_nothing_that_nobody_recorded(bare: tuple[Bench, dict[str, str]], name: str) -> None:
    at, records = bare
    text = at.said(name, records[_about(name)]).replace("Antrag für geboren am", "")
    assert not [word for word in UNTRUE if word in text]


def test_the_slip_of_a_referral_stands_at_the_foot(full: tuple[Bench, dict[str, str]]) -> None:
    at, records = full
    [referral] = [one for one in _referrals(at) if one.id == records["referral"]]
    code = f"Laufzettel {shown(referral.slip_code)}"
    assert code in at.said("referral-letter", referral)
    assert code in at.said("deadline-application", referral)


def test_the_trail_tells_her_own_letter_from_one_that_needed_a_basis(
    full: tuple[Bench, dict[str, str]], tmp_path: Path
) -> None:
    at, records = full
    told = []
    for name in ("objection", "referral-letter"):
        papers.save(at.desk, name, records[_about(name)], tmp_path / f"{name}.pdf", PaperWish(today=DAY))
        told.append(trail.page(at.desk, Filter(), limit=1).lines[0].action)
    assert told == ["own_letter", "copied_out"]
