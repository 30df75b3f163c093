"""Two versions of a value side by side in the case; a protection ends in the window with a reason only."""

import os
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QDialog, QLabel, QPlainTextEdit, QPushButton, QWidget

from kimdesk.casework import conflicts, records
from kimdesk.casework.events import Changed
from kimdesk.casework.exchange import import_documents
from kimdesk.domain.records import Person
from tests.ui.conftest import walk_accessible
from tests.ui.hands import click, find, is_closed, sees
from tests.ui.page_help import dialog_of
from ui.places import Place

if TYPE_CHECKING:
    from tests.ui.case_fixtures import CaseDesk

pytest_plugins = ("tests.ui.case_fixtures",)


def _protected(case_desk: "CaseDesk") -> Person:
    client = case_desk.file().client
    assert client
    import_documents(
        case_desk.desk,
        [{"id": case_desk.case.id, "persons": [{"id": client.id, "protected": True, "street": "Hof 7"}]}],
    )
    return records.get(case_desk.desk, Person, client.id)


def _contradict(case_desk: "CaseDesk", client: Person) -> None:
    said = {"given_names": "Amira", "protected": False, "street": "Gasse 2"}
    other = {"id": "other", "file_number": "KRE-1", "persons": [{"id": client.id, "role": "other", **said}]}
    assert import_documents(case_desk.desk, [other], source="faelle.json").conflicts == 3


def _words(top: QWidget) -> str:
    return "\n".join(label.text() for label in top.findChildren(QLabel) if label.isVisibleTo(top))


def test_a_protection_ends_with_a_reason_only(case_desk: "CaseDesk") -> None:
    client = _protected(case_desk)
    page = case_desk.open(f"person:{client.id}")
    edit = dialog_of(page)
    find(edit, QCheckBox, "field_address_protected").click()
    click(edit, "save_record")
    [ask] = [one for one in page.findChildren(QDialog, "reason_dialog") if one.isVisible()]
    assert case_desk.case.file_number in _words(ask)
    click(ask, "dialog_accept")
    assert ask.isVisible()  # without a reason nothing ends
    assert records.get(case_desk.desk, Person, client.id).protected
    find(ask, QPlainTextEdit, "reason").setPlainText("Der Beschluss ist abgelaufen.")
    click(ask, "dialog_accept")
    assert not records.get(case_desk.desk, Person, client.id).protected
    assert is_closed(edit)
    case_desk.open("history")
    assert "Der Beschluss ist abgelaufen." in _words(find(page, QWidget, "two_versions"))


def test_both_versions_stand_side_by_side_until_somebody_decides(case_desk: "CaseDesk") -> None:
    client = _protected(case_desk)
    _contradict(case_desk, client)
    page = case_desk.open("history")
    card = find(page, QWidget, "two_versions")
    walk_accessible(card)
    assert "3 zu klären" in _words(card)
    for told in (client.given_names, "Amira", "faelle.json", "KRE-1", "Gewaltschutz"):
        assert told in _words(card)
    assert "Gasse" not in _words(card)  # somebody in the case is protected
    if folder := os.environ.get("KIMDESK_PICTURES"):
        page.grab().save(f"{folder}/two_versions.png")
    by_field = {one.fields[0]: one for one in conflicts.of_case(case_desk.desk, case_desk.case.id)}
    click(page, f"show_versions_{by_field['street'].id}")
    assert "Gasse 2" in _words(card)
    click(page, f"take_versions_{by_field['street'].id}")
    click(page, f"keep_versions_{by_field['given_names'].id}")
    click(page, f"take_versions_{by_field['protected'].id}")
    [ask] = [one for one in page.findChildren(QDialog, "reason_dialog") if one.isVisible()]
    find(ask, QPlainTextEdit, "reason").setPlainText("umgezogen")
    click(ask, "dialog_accept")
    after = records.get(case_desk.desk, Person, client.id)
    assert (after.street, after.given_names, after.protected) == ("Gasse 2", client.given_names, False)
    assert "zu klären" not in _words(card)
    assert not sees(page, f"keep_versions_{by_field['given_names'].id}")


def test_what_is_to_be_decided_stands_above_the_case_and_leads_there(case_desk: "CaseDesk") -> None:
    page = case_desk.open("plan")
    assert not sees(page, "undecided")
    _contradict(case_desk, _protected(case_desk))
    page.refresh()
    page.hear(Changed(frozenset({conflicts.CONFLICT}), frozenset()))
    button = find(page, QPushButton, "undecided")
    assert (button.isVisibleTo(page), "3 Angaben" in button.text()) == (True, True)
    button.click()
    assert case_desk.visited == [Place("versions", key=case_desk.case.id)]
    desk = case_desk.desk
    for one in conflicts.of_case(desk, case_desk.case.id):
        conflicts.decide(desk, one.id, take=False)
    page.hear(Changed(frozenset({conflicts.CONFLICT}), frozenset()))
    assert not sees(page, "undecided")
    assert conflicts.open_in_cases(desk) == {}
