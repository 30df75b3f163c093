"""What the first form records of the client lives at the client: one place, whoever edits it."""

from dataclasses import replace
from typing import Any

import pytest

from kimdesk.casework import cases, people, phases, records
from kimdesk.casework.desk import Desk
from kimdesk.domain.errors import ContentError
from kimdesk.domain.phases import latest
from kimdesk.domain.records import Case, Consent, LanguageSkill, Person, PhaseEntry
from kimdesk.domain.terms import Phase
from tests.casework.answers import access_answers

CAUTION = "Nicht sprechen, wenn der Schwager mithört"
KURMANJI = LanguageSkill("kmr", "C2", interpreter=True)


def recorded(**reach: Any) -> dict[str, Any]:
    languages = [{"language": "kmr", "level": "C2", "interpreter": True}]
    return {
        **access_answers(),
        "communication": {"languages": languages, "interpreter_wish": "lieber eine Frau"},
        "reach": {"channels": ["phone"], "client_phone": "0151 1", "caution": CAUTION, **reach},
    }


def begun(desk: Desk, case: Case) -> PhaseEntry:
    entry = latest(cases.peek(desk, case.id).phases, Phase.ACCESS)
    assert entry
    return entry


def client_of(desk: Desk, case: Case) -> Person:
    client = cases.peek(desk, case.id).client
    assert client
    return client


def test_what_the_first_form_records_is_known_of_the_client(desk: Desk, case: Case) -> None:
    saved = phases.save_answers(desk, begun(desk, case), recorded())
    client = client_of(desk, case)
    assert client.languages == (KURMANJI,)
    assert (client.contact_channels, client.phone) == (("phone",), "0151 1")
    assert (client.contact_caution, client.interpreter_wish) == (CAUTION, "lieber eine Frau")
    assert (saved.answers["reach"], saved.answers["communication"]) == ({}, {})
    assert phases.gate(desk, case.id, Phase.ACCESS) == ()  # the phase knows it from the client


def test_what_the_form_did_not_change_is_not_written_over(desk: Desk, case: Case) -> None:
    phases.save_answers(desk, begun(desk, case), recorded())
    seen = client_of(desk, case)
    records.save(desk, replace(seen, phone="0151 2"))  # meanwhile, in the dialog of the person
    phases.save_answers(desk, begun(desk, case), recorded(caution="nur vormittags"), seen)
    client = client_of(desk, case)
    assert (client.phone, client.contact_caution) == ("0151 2", "nur vormittags")


def test_what_is_taken_away_in_the_form_is_gone_what_it_hides_stays(desk: Desk, case: Case) -> None:
    phases.save_answers(desk, begun(desk, case), recorded())
    seen, answers = client_of(desk, case), recorded(channels=["visit"])
    del answers["reach"]["client_phone"], answers["reach"]["caution"]
    phases.save_answers(desk, begun(desk, case), answers, seen)
    client = client_of(desk, case)
    assert (client.contact_channels, client.contact_caution, client.phone) == (("visit",), "", "0151 1")


def test_the_form_asks_for_what_nobody_knows_of_the_client(desk: Desk, case: Case) -> None:
    records.save(desk, replace(client_of(desk, case), languages=(KURMANJI,)))
    missing = {gap.path for gap in phases.gate(desk, case.id, Phase.ACCESS)}
    assert "communication.languages" not in missing
    assert "reach.channels" in missing


def test_with_the_name_what_was_noted_before_comes_to_the_person(desk: Desk) -> None:
    case = cases.open_new(desk, None)
    kept = phases.save_answers(desk, begun(desk, case), recorded())
    assert kept.answers["reach"]["caution"] == CAUTION  # nobody is named yet
    known = Person(family_name="Osman", contact_caution="nur vormittags", languages=(LanguageSkill("deu"),))
    people.personalise(desk, case.id, known, Consent(case_id=case.id))
    client = client_of(desk, case)
    assert client.contact_caution == f"nur vormittags; {CAUTION}"
    assert client.languages == (KURMANJI, LanguageSkill("deu"))
    assert client.phone == "0151 1"
    assert "caution" not in begun(desk, case).answers["reach"]


def test_what_no_hand_could_type_comes_in_by_no_form_either(desk: Desk, case: Case) -> None:
    with pytest.raises(ContentError, match="E703"):
        phases.save_answers(desk, begun(desk, case), recorded(channels=["pigeon"]))
    assert client_of(desk, case).contact_channels == ()
