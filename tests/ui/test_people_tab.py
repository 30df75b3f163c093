"""The tab of people: relations drawn by hand and keys, persons merged, typed text that outlives the lock."""

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QRadioButton, QWidget

from kimdesk.casework import cases, people, records, relations
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.records import Person, Relation
from kimdesk.domain.terms import Role
from tests.ui.conftest import walk_accessible
from tests.ui.hands import click, find, sees, type_into
from tests.ui.scenarios.steps import choose, read
from ui.kit.popup import Menu
from ui.people.cards import PersonCard
from ui.people.genogram_view import GenogramView
from ui.people.tab import PeopleTab

if TYPE_CHECKING:
    from tests.ui.case_fixtures import CaseDesk

pytest_plugins = ("tests.ui.case_fixtures",)


@pytest.fixture
def family(case_desk: "CaseDesk") -> "CaseDesk":
    """Return Amna's case with Mona, a friend in the household, on the tab of people."""
    mona = Person(family_name="Osman", given_names="Mona", sex="female", birth_date=PartialDate(1965))
    people.add_person(case_desk.desk, case_desk.case.id, mona, Role.OTHER)
    case_desk.open("people")
    return case_desk


def ids(case_desk: "CaseDesk") -> dict[str, str]:
    return {person.given_names: person.id for person in case_desk.file().persons}


def view_of(case_desk: "CaseDesk") -> GenogramView:
    return find(case_desk.page, GenogramView, "genogram_view")


def test_a_line_drawn_from_person_to_person_becomes_a_relation(family: "CaseDesk") -> None:
    view, known = view_of(family), ids(family)
    start, end = (view.spot(known[name]).toPoint() for name in ("Mona", "Amna"))
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(view, start + QPoint(20, 4))
    QTest.mouseMove(view, end)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
    dialog = find(family.page, QDialog, "edit_relation")
    choose(dialog, "field_relation_kind", "Elternteil")
    click(dialog, "save_record")
    [made] = family.file().relations
    assert (made.person_id, made.kind, made.other_id) == (known["Mona"], "parent", known["Amna"])
    above = [one.key for one in view_of(family).picture.nodes if one.row == 0]
    assert above == [known["Mona"]]


def test_the_same_with_the_keys(family: "CaseDesk") -> None:
    view, known = view_of(family), ids(family)
    view.setFocus()
    assert view.accessibleDescription() == "Amna Osman, 34 Jahre, Klient*in"
    QTest.keyClick(view, Qt.Key.Key_Insert)
    dialog = find(family.page, QDialog, "edit_relation")
    choose(dialog, "field_relation_kind", "Kind")
    choose(dialog, "field_relation_other_id", "Mona Osman")
    click(dialog, "save_record")
    assert relations.kinds_between(
        SHIPPED.rules.relations, family.file().relations, known["Mona"], known["Amna"]
    ) == {"parent"}
    QTest.keyClick(view_of(family), Qt.Key.Key_Up)
    assert view_of(family).chosen == known["Mona"]
    QTest.keyClick(view_of(family), Qt.Key.Key_Return)
    assert find(family.page, QLineEdit, "field_name_given_names").text() == "Mona"


def test_the_list_says_what_the_picture_shows_and_asks_about_slips(family: "CaseDesk") -> None:
    known = ids(family)
    wrong = Relation(case_id=family.case.id, person_id=known["Amna"], kind="parent", other_id=known["Mona"])
    made = relations.relate(family.desk, wrong)
    family.page.refresh()
    assert any(
        "Amna Osman ist jünger als Mona Osman" in words for words in read(family.page, "relation_hints")
    )
    click(family.page, "genogram_switch")
    assert "Amna Osman ist Elternteil von Mona Osman" in read(family.page, "genogram_list")
    click(family.page, f"edit_{made.id}")
    dialog = find(family.page, QDialog, "edit_relation")
    choose(dialog, "field_relation_kind", "Kind")
    click(dialog, "save_record")
    assert family.file().relations[0].kind == "child"
    assert not sees(family.page, "relation_hints")


def test_a_relation_to_oneself_is_refused_in_words(family: "CaseDesk") -> None:
    click(family.page, "genogram_add")
    dialog = find(family.page, QDialog, "edit_relation")
    choose(dialog, "field_relation_kind", "Geschwister")
    choose(dialog, "field_relation_other_id", "Amna Osman")
    click(dialog, "save_record")
    assert any("zwei verschiedene Personen" in words for words in read(dialog, "dialog_problem"))
    assert family.file().relations == ()


def test_an_assumed_birth_date_and_other_names_stand_plainly_on_the_card(family: "CaseDesk") -> None:
    client = family.file().client
    assert client
    known = replace(
        client, birth_date=PartialDate(1990, 1, 1), birth_fictitious=True,
        german_name="Amna Osmann", alias="Amneh Othman",
    )  # fmt: skip
    records.save(family.desk, known)
    family.page.refresh()
    told = " | ".join(read(family.page, f"person_{client.id}"))
    assert "01.01.1990, fiktiv" in told
    assert "nach deutschem Recht Amna Osmann" in told
    assert "auch Amneh Othman" in told


def test_merging_side_by_side_with_a_choice_at_each_field(family: "CaseDesk") -> None:
    other = Person(family_name="Osman", given_names="Amna", birth_date=PartialDate(1992), protected=True,
                   street="Geheimweg 7")  # fmt: skip
    second = cases.open_new(family.desk, other)
    client = family.file().client
    gone = cases.peek(family.desk, second.id).client
    assert client
    assert gone
    click(family.page, f"edit_merge_{client.id}")
    dialog = find(family.page, QDialog, "merge_dialog")
    assert not find(dialog, QLineEdit, "merge_search").text()
    click(dialog, f"compare_{gone.id}")
    assert sees(dialog, "merge_protected")
    assert any(second.file_number in words and "1 Eintrag wechselt" in words for words in read(dialog))
    assert "Geheimweg 7" not in " ".join(read(dialog))
    assert find(dialog, QRadioButton, "gone_protected").isChecked()
    assert find(dialog, QRadioButton, "kept_birth_date").isChecked()
    walk_accessible(dialog)
    birth = find(dialog, QRadioButton, "kept_birth_date")
    birth.setFocus()
    QTest.keyClick(birth, Qt.Key.Key_Right)
    assert find(dialog, QRadioButton, "gone_birth_date").isChecked()
    click(dialog, "dialog_accept")
    kept = family.file().client
    assert kept
    assert (kept.birth_date, kept.protected, kept.street) == (PartialDate(1992), True, "Geheimweg 7")
    assert cases.peek(family.desk, second.id).client == kept
    words, undo = family.toasts[-1]
    assert words == "Zusammengeführt: Amna Osman"
    assert undo
    undo()
    again = cases.peek(family.desk, second.id).client
    assert again
    assert again.id == gone.id


def test_a_merge_is_undone_later_from_the_list(family: "CaseDesk") -> None:
    from kimdesk.casework import people_merge

    second = cases.open_new(family.desk, Person(family_name="Ossman", given_names="Amna"))
    client = family.file().client
    gone = cases.peek(family.desk, second.id).client
    assert client
    assert gone
    done = people_merge.merge(family.desk, client, gone.id)
    family.page.refresh()
    click(family.page, f"edit_merge_{client.id}")
    dialog = find(family.page, QDialog, "merge_dialog")
    assert "Amna Ossman ging in Amna Osman auf" in read(dialog)
    click(dialog, f"undo_{done.operation_id}")
    assert cases.peek(family.desk, second.id).client != family.file().client
    assert family.toasts[-1][0] == "Amna Ossman ist wieder ein eigener Eintrag"


def test_what_is_typed_of_a_new_person_outlives_the_lock(family: "CaseDesk") -> None:
    click(family.page, "add_person_button")
    dialog = find(family.page, QDialog, "add_person")
    type_into(dialog, "person_family_name", "Gebre")
    family.lock()
    family.unlock()
    family.open("people")
    click(family.page, "add_person_button")
    dialog = find(family.page, QDialog, "add_person")
    assert find(dialog, QLineEdit, "person_family_name").text() == "Gebre"
    click(dialog, "dialog_reject")
    click(family.page, "add_person_button")
    assert find(find(family.page, QDialog, "add_person"), QLineEdit, "person_family_name").text() == ""


def test_everything_on_the_tab_has_a_name(family: "CaseDesk") -> None:
    tab = find(family.page, PeopleTab, "tab_people")
    walk_accessible(tab)
    for button in ("genogram_add", "network_add", "add_person_button"):
        click(family.page, button)
        dialog = next(one for one in family.page.findChildren(QDialog) if one.isVisible())
        walk_accessible(dialog)
        dialog.reject()
        QApplication.processEvents()


def test_a_person_card_has_a_menu_and_copies_hers_not_the_clients(family: "CaseDesk") -> None:
    mona = next(one for one in family.file().persons if one.given_names == "Mona")
    home = replace(mona, street="Lindenweg 4", postcode="59821", city="Arnsberg")
    records.save(family.desk, replace(home, phone="0171 5550199"))
    family.open("people")
    button = find(family.page, QPushButton, f"edit_person_{mona.id}")
    button.setFocus()
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(family.page, Qt.Key.Key_T, held)
    assert QApplication.clipboard().text() == "0171 5550199"
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(4, 4), QPoint(4, 4))
    QApplication.sendEvent(find(family.page, PersonCard, f"person_{mona.id}"), asked)
    menu = family.page.findChild(Menu, "person_menu")
    assert menu is not None
    told = [action.text() for action in menu.actions()]
    assert told[-2:] == ["Telefonnummer kopieren", "Anschrift kopieren"]
    assert len(told) > 3
    menu.actions()[-1].trigger()
    menu.close()
    assert QApplication.clipboard().text() == "Lindenweg 4\n59821 Arnsberg"


def test_place_of_birth_and_register_wait_until_somebody_needs_them(family: "CaseDesk") -> None:
    person = ids(family)["Mona"]
    family.edit("person", person)
    dialog = find(family.page, QDialog, "edit_person")
    assert not sees(dialog, "field_application_birth_place")
    click(dialog, "use_application")
    type_into(dialog, "field_application_birth_place", "Khartum")
    click(dialog, "save_record")
    assert {one.id: one.birth_place for one in family.file().persons}[person] == "Khartum"
    family.open("people")
    family.edit("person", person)
    [again] = [one for one in family.page.findChildren(QDialog, "edit_person") if one.isVisible()]
    assert again.findChild(QWidget, "use_application") is None, "what is known needs no button"
