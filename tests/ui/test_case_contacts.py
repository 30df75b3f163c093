"""Noting a talk while it runs, the timeline, interpreters, conferences: through the tab of contacts."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from kimdesk.casework import conferences, records
from kimdesk.casework.conferences import conferences as all_conferences
from kimdesk.domain.records import Consent, Contact, FollowUp
from kimdesk.domain.terms import ContactStatus, FollowUpKind
from tests.ui.conftest import walk_accessible
from tests.ui.hands import click, find, leave, sees, type_into
from tests.ui.scenarios.steps import choose, read
from ui.case.contacts.line import TimeLine
from ui.case.contacts.running import TalkClock
from ui.forms import drafts
from ui.papers.window import PaperWindow

if TYPE_CHECKING:
    from tests.ui.case_fixtures import CaseDesk

pytest_plugins = ("tests.ui.case_fixtures",)

TODAY = date.today()  # noqa: DTZ011 - what the page shows as well


def lines(page: QWidget) -> list[str]:
    model = find(page, TimeLine, "timeline").model()
    role = Qt.ItemDataRole.DisplayRole
    return [str(model.index(row, 0).data(role)) for row in range(model.rowCount())]


def test_the_entry_is_two_keys_away_from_anywhere_in_the_case(case_desk: "CaseDesk") -> None:
    page = case_desk.open("people")
    QTest.keyClick(
        page, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    QApplication.processEvents()
    assert page.focusWidget() is find(page, QPlainTextEdit, "field_contact_content")
    assert find(page, QComboBox, "field_circumstances_language").currentText() == "Arabisch (Levante)"


def test_not_coming_is_one_key(case_desk: "CaseDesk") -> None:
    page = case_desk.open("contacts")
    type_into(page, "field_contact_content", "Zettel eingeworfen.")
    QTest.keyClick(find(page, QWidget, "field_contact_content"), Qt.Key.Key_F8)
    click(page, "save_contact")
    (contact,) = case_desk.file().contacts
    assert (contact.status, contact.content) == (ContactStatus.NO_SHOW, "Zettel eingeworfen.")
    assert any("nicht erschienen" in line for line in lines(page))


def test_a_running_talk_is_measured_even_across_a_locked_desk(case_desk: "CaseDesk") -> None:
    page = case_desk.open("contacts")
    QTest.keyClick(find(page, QWidget, "field_contact_content"), Qt.Key.Key_F9)
    assert find(page, QPushButton, "talk_clock").text().startswith("Gespräch läuft: 0 Min.")
    clock = page.findChildren(TalkClock)[-1]
    assert clock.since is not None
    clock.set_since(clock.since - timedelta(minutes=42))
    type_into(page, "field_contact_content", "Über die Kita.")
    case_desk.lock()
    case_desk.unlock()
    page = case_desk.open("contacts")
    assert "42 Min." in find(page, QPushButton, "talk_clock").text()
    click(page, "save_contact")  # saving ends the talk
    (contact,) = case_desk.file().contacts
    assert (contact.minutes, contact.content) == (42, "Über die Kita.")
    assert find(page, QPushButton, "talk_clock").text() == "Gespräch beginnen"


def test_what_is_typed_survives_a_crash_and_a_change_of_page(
    case_desk: "CaseDesk", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "PAUSE_MS", 10)
    page = case_desk.open("contacts")
    type_into(page, "field_contact_content", "Mitten im Satz")
    case_desk.open("plan")
    assert (
        find(case_desk.open("contacts"), QPlainTextEdit, "field_contact_content").toPlainText()
        == "Mitten im Satz"
    )
    QTest.qWait(40)  # a pause in the typing, then the window dies without a word
    page.deleteLater()
    case_desk.page = case_desk._make_page()
    page = case_desk.open("contacts")
    assert find(page, QPlainTextEdit, "field_contact_content").toPlainText() == "Mitten im Satz"


def test_next_steps_become_a_follow_up_in_one_click(case_desk: "CaseDesk") -> None:
    page = case_desk.open("contacts")
    type_into(page, "field_contact_next_steps", "Tagespflege anfragen")
    click(page, "save_contact_follow_up")
    (follow_up,), (contact,) = case_desk.file().follow_ups, case_desk.file().contacts
    assert (follow_up.title, follow_up.due_on) == ("Tagespflege anfragen", TODAY + timedelta(days=7))
    assert (follow_up.about, contact.follow_up_on) == (contact.id, None)
    words, undo = case_desk.toasts[-1]
    assert words.startswith("Kontakt gespeichert, Wiedervorlage am ")
    assert undo is not None
    undo()
    assert case_desk.file().follow_ups == ()


def test_a_talk_of_which_nothing_is_said_is_not_saved_and_one_that_is_can_be_taken_back(
    case_desk: "CaseDesk",
) -> None:
    page = case_desk.open("contacts")
    click(page, "save_contact")
    assert case_desk.file().contacts == ()
    assert "In diesem Kontakt steht noch nichts" in shown_words(page)
    type_into(page, "field_contact_content", "Anruf wegen der Miete")
    click(page, "save_contact")
    assert [one.content for one in case_desk.file().contacts] == ["Anruf wegen der Miete"]
    undo = case_desk.toasts[-1][1]
    assert undo
    undo()
    assert case_desk.file().contacts == ()


def test_a_follow_up_of_somebody_who_did_not_come_says_so_and_shows_at_once(case_desk: "CaseDesk") -> None:
    page = case_desk.open("contacts")
    choose(page, "field_contact_status", "nicht erschienen")
    click(page, "save_contact_follow_up")
    [follow_up] = case_desk.file().follow_ups
    assert "niemand zum Gespräch erschienen" in follow_up.reason
    assert "vereinbart" not in follow_up.reason
    case_desk.open("plan")
    assert "erschienen" in shown_words(page)  # without opening the case again


def shown_words(page: QWidget) -> str:
    return "\n".join(each.text() for each in page.findChildren(QLabel) if each.isVisibleTo(page))


def test_a_talk_without_an_interpreter_offers_a_finding_that_names_nobody(case_desk: "CaseDesk") -> None:
    page = case_desk.open("contacts")
    choose(page, "field_circumstances_interpreter", "nötig, aber niemand verfügbar")
    click(page, "save_contact")
    click(page, "make_language_finding")
    dialog = find(page, QDialog, "edit_finding")
    click(dialog, "save_record")
    (finding,) = case_desk.file().findings
    assert finding.title == "Dolmetschen nicht verfügbar (Arabisch (Levante))"
    assert (finding.kind, finding.life_domain) == ("service_gap", "language")


def test_a_finding_that_names_somebody_is_held_back_once(case_desk: "CaseDesk") -> None:
    page = case_desk.open("plan")
    QTest.keyClick(
        page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    dialog = find(page, QDialog, "edit_finding")
    type_into(dialog, "field_finding_title", "Frau Osman wartet")
    choose(dialog, "field_finding_kind", "Kapazität")
    click(dialog, "save_record")
    assert case_desk.file().findings == ()
    assert "Der Text nennt jemanden aus diesem Fall: „Osman“" in read(dialog, "finding_names")
    QTest.keyClick(find(dialog, QLineEdit, "field_finding_title"), Qt.Key.Key_Return)
    click(dialog, "save_record")
    assert case_desk.file().findings == (), "a second Enter, and a second click where it stood, save no name"
    type_into(dialog, "field_finding_title", " noch immer")
    click(dialog, "save_all_the_same")
    assert [one.title for one in case_desk.file().findings] == ["Frau Osman wartet noch immer"]


def test_the_timeline_is_narrowed_and_stays_short_with_five_hundred_entries(case_desk: "CaseDesk") -> None:
    desk, case_id = case_desk.desk, case_desk.case.id
    with desk.writing() as writer:
        for number in range(500):
            writer.put(
                Contact(case_id=case_id, held_on=TODAY - timedelta(days=number), content=f"Gespräch {number}")
            )
    page = case_desk.open("contacts")
    assert len(lines(page)) == 60
    click(page, "older_contacts")
    assert len(lines(page)) == 120
    choose(page, "timeline_kind", "Phasen")
    assert [line.split(", ")[-1] for line in lines(page)] == ["Fall eröffnet"]


def test_the_next_appointment_says_who_interprets(case_desk: "CaseDesk") -> None:
    page = case_desk.open("contacts")
    click(page, "add_appointment")
    dialog = find(page, QDialog, "edit_follow_up")
    assert (
        find(dialog, QComboBox, "field_follow_up_interpreter").currentText() == "nötig, noch nicht angefragt"
    )
    type_into(dialog, "field_follow_up_title", "Gespräch in der Kita")
    click(dialog, "save_record")
    (made,) = case_desk.file().follow_ups
    assert (made.kind, made.language, made.interpreter) == (FollowUpKind.APPOINTMENT, "apc", "needed")
    assert "Gespräch in der Kita" in read(page, "next_appointments")


def test_an_open_conference_names_who_lacks_a_consent_and_blocks_nothing(case_desk: "CaseDesk") -> None:
    consent = Consent(case_id=case_desk.case.id, recipient_name="Jobcenter Auental", given_on=TODAY)
    records.save(case_desk.desk, consent)
    page = case_desk.open("contacts")
    click(page, "add_conference")
    dialog = find(page, QDialog, "conference_dialog")
    assert sees(dialog, "conference_code")
    assert not sees(dialog, "conference_consents")
    choose(dialog, "field_conferences_0_identity", "offen, mit Einwilligung")
    for agency in ("Jobcenter Auental, Frau Winter", "Kita Sonnenhügel"):
        type_into(dialog, "field_conferences_0_participants", agency)
        leave(dialog)
    assert "Keine gültige Einwilligung nennt: Kita Sonnenhügel" in read(dialog, "conference_consents")
    type_into(dialog, "field_conferences_0_decisions", "Platz freihalten")
    click(dialog, "dialog_accept")
    (one,) = all_conferences(case_desk.file())
    assert one.participants == ("Jobcenter Auental, Frau Winter", "Kita Sonnenhügel")
    click(page, "measure_0_0")
    click(page, "follow_up_0_0")
    assert [each.title for each in case_desk.file().measures] == ["Platz freihalten"]
    assert [each.title for each in case_desk.file().follow_ups] == ["Platz freihalten"]


def test_a_conference_begun_and_cancelled_is_offered_again(case_desk: "CaseDesk") -> None:
    page = case_desk.open("contacts")
    click(page, "add_conference")
    type_into(find(page, QDialog, "conference_dialog"), "field_conferences_0_subject", "Betreuung")
    click(page, "dialog_reject")
    click(page, "add_conference")
    text = find(page, QPlainTextEdit, "field_conferences_0_subject")
    assert text.toPlainText() == "Betreuung"


def test_a_conference_that_is_open_when_the_desk_is_locked_loses_nothing(case_desk: "CaseDesk") -> None:
    page = case_desk.open("contacts")
    click(page, "add_conference")
    type_into(find(page, QDialog, "conference_dialog"), "field_conferences_0_subject", "Mitten im Satz")
    case_desk.lock()
    case_desk.unlock()
    page = case_desk.open("contacts")
    click(page, "add_conference")
    assert find(page, QPlainTextEdit, "field_conferences_0_subject").toPlainText() == "Mitten im Satz"


def test_the_record_of_a_conference_is_saved_as_pdf(case_desk: "CaseDesk", tmp_path: Path) -> None:
    entry = {"held_on": TODAY.isoformat(), "identity": "pseudonymous", "subject": "Frau Osman"}
    conferences.save(case_desk.desk, case_desk.case.id, entry)
    page = case_desk.open("contacts")
    click(page, "print_conference_0")
    window = find(page, PaperWindow, "paper_window")
    window.save(tmp_path / "Konferenz.pdf")
    assert (tmp_path / "Konferenz.pdf").read_bytes().startswith(b"%PDF")
    assert case_desk.toasts[-1][0] == "Als PDF gespeichert und im Fall vermerkt"


def test_everything_a_hand_can_use_has_a_name(case_desk: "CaseDesk") -> None:
    desk, case_id = case_desk.desk, case_desk.case.id
    held = records.save(desk, Contact(case_id=case_id, held_on=TODAY, content="Gespräch"))
    records.save(desk, replace(held, next_steps="Anrufen"))
    records.save(desk, FollowUp(case_id=case_id, kind=FollowUpKind.APPOINTMENT, title="Termin", due_on=TODAY))
    conferences.save(desk, case_id, {"held_on": TODAY.isoformat(), "identity": "open", "decisions": ["Eins"]})
    page = case_desk.open("contacts")
    walk_accessible(page)
    click(page, "edit_conference_0")
    walk_accessible(find(page, QDialog, "conference_dialog"))
