"""Papers around appointments, conferences and the end of a case: nobody is named who need not be."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kimdesk.casework import cases, closing, conferences
from kimdesk.casework.desk import Desk
from kimdesk.domain.records import FollowUp, Goal, Person
from kimdesk.domain.terms import CaseStatus, FollowUpKind, GoalState, ReferralState
from tests.documents.letter_kit import CLIENT, Bench, known_desk, open_case


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One desk for all; each test has its own case."""
    with known_desk(tmp_path_factory.mktemp("letters") / "vault") as made:
        yield made


@pytest.fixture
def at(desk: Desk) -> Bench:
    """A case of Amna Osman."""
    return Bench(desk, open_case(desk))


def _appointment(at: Bench, **said: Any) -> str:
    usual: dict[str, Any] = {
        "kind": FollowUpKind.APPOINTMENT, "title": "Psychiatrische Ambulanz", "due_on": date(2026, 12, 7),
        "time": "10:30", "place": "Rathaus, Zimmer 12", "reason": "Trauma", "language": "pes",
    }  # fmt: skip
    return at.keep(FollowUp(case_id=at.case.id, **(usual | said))).id


@pytest.mark.parametrize("name", ["invitation", "appointment-card"])
def test_a_card_says_when_where_and_with_whom_and_nothing_of_why(at: Bench, name: str) -> None:
    text = at.said(name, _appointment(at))
    assert "Montag, 07.12.2026, 10:30 Uhr" in text
    assert "Rathaus, Zimmer 12" in text
    assert "Miriam Kessler" in text
    assert "Am Kirchplatz 1" in text
    assert not any(word in text for word in ("Psychiatrisch", "Trauma", "Brunnenweg", "dolmetscht"))


@pytest.mark.parametrize("name", ["invitation", "appointment-card"])
def test_a_card_says_no_hour_and_no_place_that_nobody_knows(at: Bench, name: str) -> None:
    text = at.said(name, _appointment(at, time="", place="", interpreter="booked"))
    assert "Montag, 07.12.2026" in text
    assert not any(word in text for word in ("Uhr", "Wo?"))
    assert "Jemand dolmetscht für Sie" in text


def test_nobody_is_promised_an_interpreter_who_is_only_asked_for(at: Bench) -> None:
    assert "dolmetscht" not in at.said("invitation", _appointment(at, interpreter="requested"))


def test_an_interpreter_learns_language_and_hour_and_no_name(at: Bench) -> None:
    made = at.made("interpreter-order", _appointment(at, place="bei Frau Osman, Brunnenweg 3"))
    text = at.said("interpreter-order", _appointment(at, place="bei Frau Osman, Brunnenweg 3"))
    assert not made.names_client
    assert "Persisch" in text
    assert "Montag, 7. Dezember 2026" in text
    assert "10:30 Uhr" in text
    assert not any(word in text for word in ("Osman", "Amna", "Brunnenweg", "Psychiatrisch", "Trauma"))


def test_without_a_language_nobody_can_be_asked(at: Bench) -> None:
    at.refused("E831", "interpreter-order", _appointment(at, language=""))


@pytest.mark.parametrize("name", ["invitation", "appointment-card", "interpreter-order"])
def test_only_an_appointment_that_is_to_come_has_papers(at: Bench, name: str) -> None:
    at.refused("E832", name, _appointment(at, kind=FollowUpKind.DEADLINE, time="", place="", language=""))
    at.refused("E830", name, _appointment(at, due_on=date(2026, 11, 29)))
    at.refused("E830", name, _appointment(at, done_on=date(2026, 11, 30)))


def _closed(at: Bench, **said: Any) -> Bench:
    closing.close(at.desk, at.case.id, said.pop("reason", "goals_reached"), on=date(2026, 11, 27))
    return at


def test_a_closing_report_tells_the_client_what_came_of_it(at: Bench) -> None:
    goals = (
        ("Ich habe eine Wohnung.", "housing", GoalState.REACHED),
        ("Ich finde Arbeit.", "work", GoalState.ACTIVE),
        ("Ich schlafe wieder.", "health", GoalState.REACHED),
        ("Ich ziehe um.", "housing", GoalState.DROPPED),
    )
    for number, (words, domain, state) in enumerate(goals, 1):
        at.keep(
            Goal(
                case_id=at.case.id,
                number=number,
                text=words,
                life_domain=domain,
                state=state,
                level_reason="unzuverlässig",
                level=1,
            )
        )
    for service in ("jobcenter", "psychosocial_centre", "womens_protection", "debt_counselling"):
        at.keep(replace(at.referral(service), state=ReferralState.ACCEPTED))
    at.referral("housing_benefit")
    text = _closed(at).said("closing-report", at.case.id)
    assert "bis zum 27.11.2026" in text
    assert "Ziele erreicht" in text
    reached, _, later = text.partition("Woran Sie weiter arbeiten")
    assert "Ich habe eine Wohnung." in reached
    assert "Ich finde Arbeit." in later
    assert "Jobcenter Auental" in later
    assert "Brunnenweg 3" in text
    unsaid = ("schlafe", "ziehe um", "unzuverlässig", "Psycho", "Frauen", "Schulden", "Wohngeld")
    assert not any(word in text for word in unsaid)


@pytest.mark.parametrize(
    "client", [replace(CLIENT, protected=True), replace(CLIENT, contact_channels=("phone",))]
)
def test_no_letter_is_addressed_where_it_may_do_harm(desk: Desk, client: Person) -> None:
    at = _closed(Bench(desk, open_case(desk, client)))
    assert "Brunnenweg" not in at.said("closing-report", at.case.id)


def test_a_report_needs_a_closed_case_and_somebody_to_read_it(at: Bench, desk: Desk) -> None:
    at.refused("E829", "closing-report", at.case.id)
    _closed(at, reason="deceased").refused("E828", "closing-report", at.case.id)
    nobody = Bench(desk, cases.open_new(desk, None))
    nobody.refused("E843", "closing-report", nobody.case.id)
    assert cases.peek(desk, at.case.id).case.status is CaseStatus.CLOSED


def test_the_record_of_a_conference_is_found_by_its_case(at: Bench) -> None:
    for number, day in enumerate(("2026-10-01", "2026-11-01")):
        conferences.save(
            at.desk,
            at.case.id,
            {
                "held_on": day,
                "identity": "open" if number else "pseudonymous",
                "participants": ["Jobcenter"],
                "subject": f"Sitzung {number}",
                "decisions": [],
            },
        )
    assert "Sitzung 1" in at.said("conference-record", at.case.id)
    assert at.made("conference-record", at.case.id).names_client
    assert "Sitzung 0" in at.said("conference-record", f"{at.case.id}/2")
    assert not at.made("conference-record", f"{at.case.id}/2").names_client
    for place in ("3", "0", "x"):
        at.refused("E827", "conference-record", f"{at.case.id}/{place}")
