"""What a form records shows where it is needed: the client's facts in the head, new records in every list."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from kimdesk.casework import phases, records
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.kinds import type_of
from kimdesk.domain.records import Contact, Member, Person
from kimdesk.domain.terms import Phase, Role
from kimdesk.forms.definition import FieldType
from tests.ui.case_fixtures import *  # noqa: F403 - fixtures
from tests.ui.hands import click, find, sees, type_into
from ui.case.blank import blank
from ui.forms.records import RecordsField
from ui.forms.stations_view import StationsView

if TYPE_CHECKING:
    from tests.ui.case_fixtures import CaseDesk

CAUTION = "Nicht sprechen, wenn der Schwager mithört"
LISTS = [
    (phase, section.id, field.record)
    for phase in Phase
    for section in SHIPPED.phase_form(phase).sections
    for field in section.fields
    if field.type is FieldType.RECORDS
]


def test_what_is_to_be_minded_stands_in_the_head_of_the_case_on_every_tab(case_desk: "CaseDesk") -> None:
    page = case_desk.open("access")
    assert not sees(page, "case_caution")
    type_into(page, "field_reach_caution", CAUTION)
    for place in ("contacts", "plan", "people"):
        case_desk.open(place)
        assert find(page, QLabel, "case_caution").text() == CAUTION
    client = case_desk.file().client
    assert client
    assert client.contact_caution == CAUTION
    assert CAUTION in words_of(find(page, QWidget, f"person_{client.id}"))


def test_the_form_shows_what_the_dialog_of_the_person_says_meanwhile(case_desk: "CaseDesk") -> None:
    page = case_desk.open("access")
    click(page, "field_reach_channels_phone")
    client = case_desk.file().client
    assert client
    case_desk.open("plan")
    client = case_desk.file().client
    assert client
    records.save(case_desk.desk, replace(client, phone="0151 23"))
    case_desk.open("access")
    assert find(page, QLineEdit, "field_reach_client_phone").text() == "0151 23"


def test_the_phone_of_somebody_protected_is_not_shown_in_the_form(case_desk: "CaseDesk") -> None:
    client = case_desk.file().client
    assert client
    shielded = replace(client, protected=True, phone="0151 23", contact_channels=("phone",))
    records.save(case_desk.desk, shielded)
    page = case_desk.open("access")
    assert not sees(page, "field_reach_client_phone")
    assert "0151 23" not in words_of(page)


@pytest.mark.parametrize(("phase", "section", "kind"), LISTS, ids=["-".join(each) for each in LISTS])
def test_a_list_in_a_form_shows_at_once_what_was_added_and_changed(
    case_desk: "CaseDesk", phase: Phase, section: str, kind: str
) -> None:
    if phase is Phase.INTAKE:  # its lists are asked for only then
        entry = phases.start(case_desk.desk, case_desk.case.id, phase)
        phases.save_answers(
            case_desk.desk,
            entry,
            {"check": {"classification": "case_management"}, "consents": {"passing": "yes"}},
        )
    page = case_desk.open(str(phase))
    for walk in page.findChildren(StationsView):
        for station in (*(each.path for each in reversed(walk._stations)), section):
            walk.go(station)  # the lists of other stations were on the screen before
    QApplication.processEvents()
    [field] = (
        each
        for each in page.findChildren(RecordsField)
        if each.objectName().startswith(f"field_{section}_")
        and each._record == kind
        and each.isVisibleTo(page)
    )
    before = cards(field)
    saved = records.save(case_desk.desk, _record(case_desk, kind))
    QApplication.processEvents()
    assert cards(field) == before + 1
    records.remove(case_desk.desk, saved)
    QApplication.processEvents()
    assert cards(field) == before


def _record(case_desk: "CaseDesk", kind: str) -> Any:
    file = case_desk.file()
    if kind in ("member", "person"):
        sister = records.save(case_desk.desk, Person(family_name="Osman", given_names="Lina"))
        return Member(case_id=file.case.id, person_id=sister.id, role=Role.SIBLING)
    if kind == "contact":
        return Contact(case_id=file.case.id, held_on=file.case.opened_on, content="Anruf")
    return blank(type_of(kind), file, file.case.opened_on)


def cards(field: RecordsField) -> int:
    return len(field._cards)


def words_of(top: QWidget) -> str:
    return "\n".join(each.text() for each in top.findChildren(QLabel) if each.isVisibleTo(top))
