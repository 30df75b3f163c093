"""Earlier values at fields, „bestritten“ noted and settled through the window, and the tab of the history."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLabel, QPlainTextEdit, QWidget

from kimdesk.casework import disputes, records
from kimdesk.domain.records import Goal
from tests.ui.conftest import walk_accessible
from tests.ui.hands import click, find, is_closed, sees
from tests.ui.page_help import dialog_of
from ui.kit.cards import RowCard
from ui.places import Place

if TYPE_CHECKING:
    from tests.ui.case_fixtures import CaseDesk

pytest_plugins = ("tests.ui.case_fixtures",)


def _goal(case_desk: "CaseDesk") -> Goal:
    goal = records.save(case_desk.desk, Goal(case_id=case_desk.case.id, number=1, text="Eine Wohnung"))
    goal = records.save(case_desk.desk, replace(goal, text="Eine eigene Wohnung"))
    return records.save(case_desk.desk, replace(goal, text="Eine helle Wohnung"))


def _titles(top: QWidget) -> list[str]:
    cards = [card for card in top.findChildren(RowCard) if card.isVisibleTo(top)]
    return [" | ".join(label.text() for label in card.findChildren(QLabel)) for card in cards]


def _dialog(page: QWidget, name: str) -> QDialog:
    return next(one for one in page.findChildren(QDialog, name) if one.isVisible())


def test_a_field_shows_what_it_was_before(case_desk: "CaseDesk") -> None:
    goal = _goal(case_desk)
    page = case_desk.open(f"goal:{goal.id}")
    edit = dialog_of(page)
    assert sees(edit, "earlier_text")
    assert not sees(edit, "earlier_due_on")
    click(edit, "earlier_text")
    told = _titles(_dialog(page, "earlier_values"))
    assert [one.partition(" | ")[0] for one in told] == [
        "Eine eigene Wohnung → Eine helle Wohnung",
        "Eine Wohnung → Eine eigene Wohnung",
    ]
    assert all("Miriam Kessler" in one for one in told)


def test_earlier_values_are_reached_by_keys_alone(case_desk: "CaseDesk") -> None:
    goal = _goal(case_desk)
    page = case_desk.open(f"goal:{goal.id}")
    edit = dialog_of(page)
    field = find(edit, QPlainTextEdit, "field_goal_text")
    handle = edit.windowHandle()
    QTest.qWaitForWindowExposed(edit)
    handle.requestActivate()
    QApplication.processEvents()
    field.setFocus()
    QApplication.processEvents()
    QTest.keyClick(field, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    assert _dialog(page, "earlier_values").accessibleName().startswith("Frühere Werte: ")


def test_a_dispute_is_noted_shown_and_settled(case_desk: "CaseDesk") -> None:
    client = case_desk.file().client
    assert client
    page = case_desk.open(f"person:{client.id}")
    edit = dialog_of(page)
    click(edit, "show_earlier")
    click(_dialog(page, "earlier_values"), "note_dispute")
    ask = _dialog(page, "dispute_dialog")
    walk_accessible(ask)
    click(ask, "dialog_accept")
    assert ask.isVisible()  # what is missing is asked for
    which = find(ask, QComboBox, "disputed_field")
    which.setCurrentIndex(which.findData("birth_date"))
    find(ask, QPlainTextEdit, "dispute_statement").setPlainText("Ich bin 1993 geboren.")
    click(ask, "dialog_accept")
    assert is_closed(ask)
    assert sees(_dialog(page, "earlier_values"), f"settle_{case_desk.file().disputes[0].id}")
    assert sees(edit, "disputed_birth_date")
    _dialog(page, "earlier_values").accept()
    edit.reject()
    case_desk.open("people")
    assert sees(page, f"disputed_{client.id}")
    case_desk.open("history")
    dispute = case_desk.file().disputes[0]
    assert any("Ich bin 1993 geboren." in one for one in _titles(find(page, QWidget, "disputes")))
    click(page, f"settle_{dispute.id}")
    settle = _dialog(page, "settle_dialog")
    outcome = find(settle, QComboBox, "dispute_outcome")
    outcome.setCurrentIndex(outcome.findData("corrected"))
    click(settle, "dialog_accept")
    settled = case_desk.file().disputes[0]
    assert (settled.outcome, settled.statement) == ("corrected", "Ich bin 1993 geboren.")
    told = _titles(find(page, QWidget, "disputes"))
    assert any("berichtigt" in one for one in told)
    case_desk.open("people")
    assert not sees(page, f"disputed_{client.id}")


def test_an_answer_of_a_form_can_be_disputed(case_desk: "CaseDesk") -> None:
    from kimdesk.casework import phases
    from kimdesk.domain.terms import Phase

    entry = phases.start(case_desk.desk, case_desk.case.id, Phase.ACCESS)
    entry = phases.save_answers(case_desk.desk, entry, {"contact": {"occasion": "Brief vom Amt"}})
    phases.save_answers(case_desk.desk, entry, {"contact": {"occasion": "Kündigung der Wohnung"}})
    disputes.note(
        case_desk.desk, case_desk.case.id, "phase_entry", entry.id, "contact.occasion", "Es war ein Anruf"
    )
    page = case_desk.open("access")
    assert sees(page, "earlier_contact_occasion")
    assert sees(page, "disputed_contact_occasion")
    click(page, "earlier_contact_occasion")
    assert _titles(_dialog(page, "earlier_values"))[0].startswith("Brief vom Amt → Kündigung der Wohnung")


def test_the_history_tells_every_kind_of_event(case_desk: "CaseDesk") -> None:
    goal = _goal(case_desk)
    disputes.note(case_desk.desk, case_desk.case.id, "goal", goal.id, "text", "So nicht gesagt")
    page = case_desk.open("history")
    told = "\n".join(_titles(find(page, QWidget, "course")))
    assert "Ziel geändert: Eine helle Wohnung" in told
    assert "Eine Wohnung → Eine eigene Wohnung" in told
    assert "2-mal" in told
    assert "Angabe als „bestritten“ vermerkt" in told
    assert "Fall angelegt" in told
    assert "Fall geöffnet" in told
    group = find(page, QComboBox, "course_group")
    group.setCurrentIndex(group.findData("seen"))
    group.activated.emit(group.currentIndex())
    assert all(one.startswith("Fall geöffnet") for one in _titles(find(page, QWidget, "course")))
    click(page, "course_trail")
    assert case_desk.visited == [Place("trail", key=case_desk.case.file_number)]
    walk_accessible(page)
