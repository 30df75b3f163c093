"""What a window, a document or a list puts into the store is tidy when it comes back, or refused."""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import date
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kimdesk.casework import cases, person_lists, phases, records
from kimdesk.casework.cases import CaseQuery
from kimdesk.casework.desk import Desk
from kimdesk.casework.exchange import document, import_documents
from kimdesk.casework.person_lists import TableFile, rows_of
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.errors import ContentError
from kimdesk.domain.records import Case, CaseFile, Goal, Measure, Person, PhaseEntry, PlanStep, Referral
from kimdesk.domain.terms import Phase
from kimdesk.forms.records import answers_of, with_answers
from tests.casework.answers import access_answers

DAY = date(2026, 11, 24)
ODD = "\x00\x07\x1f\x7f\x85\x9b\r\n\t\u0308\u0301\u200c\u200d\u00ad\ufeff\u202e\ud800aäA"
TEXT = st.text(st.sampled_from(ODD), max_size=6).map(lambda text: f"Mu\u0308ller{text}x")
TRIED = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


def texts(value: Any) -> Iterator[str]:
    """Yield every text in a value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from (name, *texts(each))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from texts(each)
    elif hasattr(value, "__dataclass_fields__"):
        for field in fields(value):
            yield from texts(getattr(value, field.name))


def is_tidy(file: CaseFile) -> bool:
    """Return whether all that is stored of a case is NFC and free of control characters."""
    return all(
        unicodedata.is_normalized("NFC", text)
        and not [one for one in text if unicodedata.category(one) in ("Cc", "Cs") and one not in "\n\t"]
        for text in texts(file)
    )


def writable(text: str) -> bool:
    return not set(text) & set("\x00\x07\x1f\x7f\x9b\ud800")


def taken(use: Callable[[], object], code: str) -> bool:
    """Return whether ``use`` was taken; a refusal is ``code``."""
    try:
        use()
    except ContentError as error:
        found = error.code
    else:
        return True
    assert found == code
    return False


def stored(desk: Desk, case: Case) -> CaseFile:
    return cases.peek(desk, case.id)


@TRIED
@given(text=TEXT)
def test_what_a_window_saves(desk: Desk, case: Case, text: str) -> None:
    form = desk.catalogue.record_form("goal")
    goal = Goal(case_id=case.id, text="Wohnung")
    answers = answers_of(form, goal)
    for section in answers.values():
        section |= {name: text for name in ("text", "indicator", "by_client") if name in section}
    told = with_answers(form, goal, answers)
    assert writable(text) is taken(lambda: records.save(desk, told), "E708")
    assert is_tidy(stored(desk, case))


@TRIED
@given(text=TEXT)
def test_what_stands_inside_a_value(desk: Desk, case: Case, text: str) -> None:
    step = PlanStep(text=text)
    for record in (
        Measure(case_id=case.id, title="Antrag", steps=(step,)),
        Referral(case_id=case.id, service="jobcenter", extra={text: [{"deep": text}]}),
    ):
        assert writable(text) is taken(partial(records.save, desk, record), "E708")
    assert is_tidy(stored(desk, case))


@TRIED
@given(text=TEXT)
def test_what_is_answered_in_a_phase(desk: Desk, case: Case, text: str) -> None:
    entry = phases.start(desk, case.id, Phase.ACCESS)
    answers = access_answers()
    answers["contact"]["occasion"] = text
    assert writable(text) is taken(lambda: phases.save_answers(desk, entry, answers), "E702")
    with desk.writing() as writer:
        elsewhere = PhaseEntry(case_id=case.id, phase=Phase.INTAKE, answers={"foreign": [{text: [text]}]})
        assert writable(text) is taken(lambda: writer.put(elsewhere), "E708")
    assert is_tidy(stored(desk, case))


@TRIED
@given(text=TEXT)
def test_what_a_document_says(desk: Desk, case: Case, text: str) -> None:
    given_document = document(stored(desk, case))
    given_document["persons"][0] |= {"family_name": text, "shoe": {text: text}}
    given_document["contacts"] = [{"held_on": DAY.isoformat(), "content": text, "id": "c1"}]
    report = import_documents(desk, [given_document])
    assert [error.code for _, error in report.refused] == ([] if writable(text) else ["E711"])
    assert is_tidy(stored(desk, case))


@TRIED
@given(text=TEXT)
def test_what_a_list_says(desk: Desk, text: str) -> None:
    table = TableFile(("Nachname", "Vorname", "Ort"), ((text, "Amna", "Essen"), ("Haddad", "Omar", text)))
    rows = rows_of(SHIPPED, table, ("family_name", "given_names", "city"), DAY)
    outcomes = person_lists.take(desk, rows, {1, 2}).outcomes
    assert {each.state for each in outcomes} == {"created" if writable(text) else "refused"}
    for found in cases.list_page(desk, CaseQuery(order="updated"), limit=2).rows:
        assert is_tidy(cases.peek(desk, found.listed.case_id))


def test_a_document_that_spells_a_letter_in_two_parts_changes_nothing(desk: Desk) -> None:
    made = cases.open_new(desk, Person(family_name="Müller", given_names="Jörg", extra={"größe": "groß ä"}))
    before = stored(desk, made)
    apart = _apart(document(before))
    assert import_documents(desk, [apart]).updated == 1
    assert stored(desk, made) == before


def test_two_names_that_are_one_are_refused_and_not_lost(desk: Desk, case: Case) -> None:
    said = {"id": case.id, "größe": 1, unicodedata.normalize("NFD", "größe"): 2}
    [(_, refused)] = import_documents(desk, [said]).refused
    assert refused.code == "E711"


def test_one_unwritable_row_does_not_hold_up_the_others(desk: Desk) -> None:
    table = TableFile(("Nachname", "Vorname"), (("Os\x07man", "Amna"), ("Haddad", "Omar")))
    rows = rows_of(SHIPPED, table, ("family_name", "given_names"), DAY)
    assert rows[0].fatal
    assert "Nachname" in rows[0].troubles[0].text or "Familienname" in rows[0].troubles[0].text
    outcomes = person_lists.take(desk, rows, {1, 2}).outcomes
    assert [each.state for each in outcomes] == ["refused", "created"]


@pytest.mark.parametrize("text", ["Erste Zeile\r\nzweite\tZeile", "می\u200cخواهم"])
def test_lines_tabs_and_joiners_stay(desk: Desk, case: Case, text: str) -> None:
    saved = records.save(desk, Goal(case_id=case.id, text=text))
    assert saved.text == text.replace("\r\n", "\n")


def _apart(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFD", value)
    if isinstance(value, dict):
        return {unicodedata.normalize("NFD", name): _apart(each) for name, each in value.items()}
    return [_apart(each) for each in value] if isinstance(value, list) else value
