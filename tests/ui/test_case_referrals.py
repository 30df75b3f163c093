"""Referrals: refused without a consent, prepared with one, their documents, their way to the answer."""

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QListView, QMenu, QScrollArea, QWidget

from kimdesk.casework import consents, layers, people, records, referrals
from kimdesk.domain.records import Consent, Person, Referral
from kimdesk.domain.terms import ItemState, ReferralState, Role
from tests.catalogue.layer_kit import layer
from tests.ui.conftest import walk_accessible
from tests.ui.hands import click, find, leave, press_keys, sees, settle, type_into
from ui.case.referrals.checklist import Checklist
from ui.case.referrals.listing import ReferralList
from ui.forms.editors.combo import CodeCombo

if TYPE_CHECKING:
    from tests.ui.case_fixtures import CaseDesk

pytest_plugins = ("tests.ui.case_fixtures",)

TODAY = date.today()  # noqa: DTZ011 - what the page shows as well
KINDS = ("person", "household", "residence", "regimes", "documents")


def give_consent(case_desk: "CaseDesk") -> Consent:
    return records.save(
        case_desk.desk,
        Consent(
            case_id=case_desk.case.id,
            recipient="jobcenter",
            purpose="benefits",
            kinds=KINDS,
            given_on=TODAY,
            necessity="Antrag",
            refusal_consequences="keine",
        ),
    )


def ask_for_jobcenter(page: QWidget) -> QDialog:
    page._editing.open("referral")  # type: ignore[attr-defined]
    dialog = find(page, QDialog, "new_referral")
    type_into(dialog, "referral_service", "Jobcenter")
    leave(dialog)
    return dialog


def prepared(case_desk: "CaseDesk") -> Referral:
    give_consent(case_desk)
    return referrals.prepare(
        case_desk.desk, case_desk.case.id, "jobcenter", agency="Jobcenter Auental", purpose="benefits"
    )


def test_without_a_consent_the_referral_is_refused_and_both_ways_on_are_shown(case_desk: "CaseDesk") -> None:
    page = case_desk.open("referrals")
    dialog = ask_for_jobcenter(page)
    click(dialog, "save_record")
    notice = find(dialog, QWidget, "no_consent")
    assert "keine gültige Einwilligung" in notice.accessibleName()
    assert sees(dialog, "record_consent")
    assert sees(dialog, "override_consent")
    assert case_desk.file().referrals == ()


def test_with_a_reason_it_goes_all_the_same_and_the_reason_is_kept(case_desk: "CaseDesk") -> None:
    page = case_desk.open("referrals")
    dialog = ask_for_jobcenter(page)
    click(dialog, "save_record")
    click(dialog, "override_consent")
    type_into(dialog, "referral_override_reason", "Frist endet heute")
    click(dialog, "save_record")
    (referral,) = case_desk.file().referrals
    assert referral.override_reason == "Frist endet heute"
    assert sees(page, "referral_title")


def test_a_consent_taken_up_on_the_way_covers_the_referral(case_desk: "CaseDesk") -> None:
    page = case_desk.open("referrals")
    dialog = ask_for_jobcenter(page)
    click(dialog, "save_record")
    click(dialog, "record_consent")
    consent = find(page, QDialog, "edit_consent")
    type_into(consent, "field_explanation_necessity", "Für den Antrag")
    type_into(consent, "field_explanation_refusal_consequences", "Der Antrag dauert länger")
    click(consent, "save_record")
    click(dialog, "save_record")
    (referral,) = case_desk.file().referrals
    assert referral.consent_id == case_desk.file().consents[0].id


def test_documents_are_changed_by_key_and_keep_their_place(case_desk: "CaseDesk") -> None:
    referral = prepared(case_desk)
    page = case_desk.open(f"referral:{referral.id}")
    view = find(page, Checklist, "checklist")
    before = view.codes()
    view.setFocus()
    view.setCurrentIndex(view.model().index(1, 0))
    QTest.keyClick(view, Qt.Key.Key_3)
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Return)
    menu = view.findChild(QMenu, "state_menu")
    assert menu is not None
    QTest.keyClick(menu, Qt.Key.Key_2)
    states = {one.item: one.state for one in case_desk.file().referrals[0].checklist}
    assert states[before[1]] is ItemState.PRESENT
    assert states[before[2]] is ItemState.REQUESTED
    assert view.codes() == before


def test_no_click_changes_a_state_by_itself_and_every_change_can_be_taken_back(
    case_desk: "CaseDesk",
) -> None:
    referral = prepared(case_desk)
    page = case_desk.open(f"referral:{referral.id}")
    view = find(page, Checklist, "checklist")
    first = view.visualRect(view.model().index(0, 0))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(10, first.center().y()))
    menu = view.findChild(QMenu, "state_menu")
    assert menu is not None
    assert [action.isChecked() for action in menu.actions()] == [True, False, False, False]
    assert case_desk.file().referrals[0] == referral
    QTest.keyClick(menu, Qt.Key.Key_3)
    settle()
    words, undo = case_desk.toasts[-1]
    assert "vorhanden" in words
    assert undo is not None
    undo()
    assert states_of(case_desk) == {entry.item: entry.state for entry in referral.checklist}
    view.setCurrentIndex(view.model().index(1, 0))
    QTest.keyClick(view, Qt.Key.Key_4)
    QTest.keyClick(view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert states_of(case_desk) == {entry.item: entry.state for entry in referral.checklist}


def test_a_line_offers_to_enter_what_it_waits_for_and_says_why_it_is_asked(case_desk: "CaseDesk") -> None:
    child = Person(family_name="Osman", given_names="Lina")
    people.add_person(case_desk.desk, case_desk.case.id, child, Role.CHILD)
    page = case_desk.open(f"referral:{prepared(case_desk).id}")
    view = find(page, Checklist, "checklist")
    at = view.codes().index("annex_ki")
    spoken = view.model().index(at, 0).data()
    assert "zu klären" in spoken
    assert "dazu fehlt: Geburtsdatum von Lina" in spoken
    view.setCurrentIndex(view.model().index(at, 0))
    QTest.keyClick(view, Qt.Key.Key_Return)
    menu = view.findChild(QMenu, "state_menu")
    assert menu is not None
    (offered,) = [one for one in menu.actions() if one.objectName() == "enter_0"]
    assert offered.text().replace("&", "") == "Geburtsdatum von Lina eintragen …"
    offered.trigger()
    menu.close()
    dialog = find(page, QDialog, "edit_person")
    type_into(dialog, "field_birth_birth_date", f"{TODAY.year - 5}")
    leave(dialog)
    click(dialog, "save_record")
    spoken = view.model().index(view.codes().index("annex_ki"), 0).data()
    assert "Anlage KI für Lina" in spoken
    assert "weil: Kinder unter 15 Jahren im Haushalt" in spoken


def test_unclear_is_decided_by_hand(case_desk: "CaseDesk") -> None:
    page = case_desk.open(f"referral:{prepared(case_desk).id}")
    view = find(page, Checklist, "checklist")
    view.setCurrentIndex(view.model().index(view.codes().index("annex_vm_2026"), 0))
    QTest.keyClick(view, Qt.Key.Key_1)
    settle()
    spoken = view.model().index(view.codes().index("annex_vm_2026"), 0).data()
    assert "fehlt" in spoken
    assert "zu klären" not in spoken


def states_of(case_desk: "CaseDesk") -> dict[str, ItemState]:
    settle()
    return {entry.item: entry.state for entry in case_desk.file().referrals[0].checklist}


def test_sending_with_missing_papers_asks_once(case_desk: "CaseDesk") -> None:
    referral = prepared(case_desk)
    page = case_desk.open(f"referral:{referral.id}")
    click(page, "referral_to_sent")
    click(find(page, QDialog, "send_with_missing"), "dialog_reject")
    assert case_desk.file().referrals[0].state is ReferralState.PREPARED
    click(page, "referral_to_sent")
    dialog = find(page, QDialog, "send_with_missing")
    assert str(len(referral.checklist)) in dialog.accessibleName()
    click(dialog, "dialog_accept")
    assert case_desk.file().referrals[0].state is ReferralState.SENT
    assert not sees(page, "send_with_missing")


def test_what_is_ticked_when_it_is_sent_is_kept_as_what_went_along(case_desk: "CaseDesk") -> None:
    referral = prepared(case_desk)
    there = referrals.set_item(case_desk.desk, referral, "identity", ItemState.PRESENT)
    referrals.set_item(case_desk.desk, there, "main_application", ItemState.REQUESTED)
    page = case_desk.open(f"referral:{referral.id}")
    click(page, "referral_to_sent")
    dialog = find(page, QDialog, "send_with_missing")
    for item in ("identity", "main_application"):
        click(dialog, f"along_{item}")
    click(dialog, "dialog_accept")
    (sent,) = case_desk.file().referrals
    assert sent.course[0].papers == ("main_application",)


def test_a_note_at_a_document_is_kept(case_desk: "CaseDesk") -> None:
    referral = prepared(case_desk)
    page = case_desk.open(f"referral:{referral.id}")
    view = find(page, Checklist, "checklist")
    view.setCurrentIndex(view.model().index(0, 0))
    QTest.keyClick(view, Qt.Key.Key_N)
    dialog = find(page, QDialog, "reason_dialog")
    type_into(dialog, "reason", "beim Sozialamt anfordern")
    click(dialog, "dialog_accept")
    notes = {one.item: one.note for one in case_desk.file().referrals[0].checklist}
    assert notes[view.codes()[0]] == "beim Sozialamt anfordern"


def test_a_referral_goes_its_way_step_by_step(case_desk: "CaseDesk") -> None:
    referral = prepared(case_desk)
    page = case_desk.open(f"referral:{referral.id}")
    assert not page.findChildren(QWidget, "referral_to_done")
    click(page, "referral_to_sent")
    click(find(page, QDialog, "send_with_missing"), "dialog_accept")
    assert case_desk.file().referrals[0].state is ReferralState.SENT
    click(page, "referral_to_rejected")
    dialog = find(page, QDialog, "reason_dialog")
    reason = find(dialog, QWidget, "reason")
    reason.setFocus()
    press_keys(reason, "nicht zuständig")
    click(dialog, "dialog_accept")
    rejected = case_desk.file().referrals[0]
    assert (rejected.state, rejected.reject_reason) == (ReferralState.REJECTED, "not_responsible")


def test_a_withdrawn_consent_stops_the_sending(case_desk: "CaseDesk") -> None:
    referral = prepared(case_desk)
    consents.withdraw(case_desk.desk, case_desk.file().consents[0])
    page = case_desk.open(f"referral:{referral.id}")
    assert sees(page, "cover_record_consent")
    click(page, "referral_to_sent")
    click(find(page, QDialog, "send_with_missing"), "dialog_accept")
    assert case_desk.file().referrals[0].state is ReferralState.PREPARED
    dialog = find(page, QDialog, "reason_dialog")
    type_into(dialog, "reason", "Klientin hat am Telefon zugestimmt")
    click(dialog, "dialog_accept")
    sent = case_desk.file().referrals[0]
    assert sent.state is ReferralState.SENT
    assert sent.override_reason == "Klientin hat am Telefon zugestimmt"


def test_everything_in_a_referral_has_a_name(case_desk: "CaseDesk") -> None:
    referral = prepared(case_desk)
    walk_accessible(case_desk.open(f"referral:{referral.id}"))


def test_a_service_of_the_municipality_is_referred_to_like_any_other(case_desk: "CaseDesk") -> None:
    layers.use_layer(case_desk.desk, layer())  # its icon is one that this program does not have
    page = case_desk.open("referrals")
    case_desk.edit("referral")
    dialog = find(page, QDialog, "new_referral")
    type_into(dialog, "referral_service", "Stadtteilmütter Eschenried")
    leave(dialog)
    click(dialog, "save_record")
    click(dialog, "override_consent")
    type_into(dialog, "referral_override_reason", "im Gespräch gewünscht")
    click(dialog, "save_record")
    assert find(page, QLabel, "referral_title").text() == "Verweis: Stadtteilmütter Eschenried"
    (referral,) = case_desk.file().referrals
    assert [one.item for one in referral.checklist] == ["identity", "wish"]
    assert set(find(page, Checklist, "checklist").codes()) == {"identity", "wish"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Kindergarten", "childcare"),
        ("Perso", "registration_office"),
        ("Wohngeld", "housing_benefit"),
        ("obdachlos", "homelessness"),
        ("führerschein", "driving_licence"),
    ],
)
def test_a_service_is_found_by_an_everyday_word(case_desk: "CaseDesk", typed: str, meant: str) -> None:
    case_desk.open("referrals")
    case_desk.edit("referral")
    dialog = find(case_desk.page, QDialog, "new_referral")
    combo = find(dialog, CodeCombo, "referral_service")
    type_into(dialog, "referral_service", typed)
    QTest.keyClick(QApplication.activePopupWidget() or combo, Qt.Key.Key_Tab)
    settle()
    assert combo.code() == meant


def test_services_stand_by_areas_of_life_and_no_heading_is_chosen_by_keys(case_desk: "CaseDesk") -> None:
    case_desk.open("referrals")
    case_desk.edit("referral")
    combo = find(find(case_desk.page, QDialog, "new_referral"), CodeCombo, "referral_service")
    headings = [row for row in range(1, combo.count()) if combo.itemData(row) is None]
    areas = [combo.itemText(row) for row in headings]
    assert "Kita und Schule" in areas
    assert len(areas) == len(set(areas))
    reached = set()
    for _ in range(combo.count()):
        QTest.keyClick(combo, Qt.Key.Key_Down)
        reached.add(combo.currentIndex())
    assert reached == set(range(1, combo.count())) - set(headings)


def test_who_is_responsible_is_noted_once_and_said_of_every_later_referral(case_desk: "CaseDesk") -> None:
    page = case_desk.open("referrals")
    dialog = ask_for_jobcenter(page)
    settle()
    click(find(dialog, QWidget, "office_card"), "note_office")
    office = find(page, QDialog, "office_dialog")
    type_into(office, "office_name", "Jobcenter am Markt")
    type_into(office, "office_phone", "02871 1234")
    click(office, "dialog_accept")
    settle()
    assert find(dialog, QLineEdit, "referral_agency").text() == "Jobcenter am Markt"
    assert "Jobcenter am Markt" in find(dialog, QWidget, "office_card").accessibleName()
    click(dialog, "save_record")
    click(dialog, "override_consent")
    type_into(dialog, "referral_override_reason", "im Gespräch gewünscht")
    click(dialog, "save_record")
    settle()
    (referral,) = case_desk.file().referrals
    assert referral.agency == "Jobcenter am Markt"
    told = [one.text() for one in find(page, QWidget, "office_card").findChildren(QLabel)]
    assert "02871 1234" in told
    assert "Stand 19.08.2026" in find(page, QLabel, "service_source").text()
    again = ask_for_jobcenter(page)
    settle()
    assert find(again, QLineEdit, "referral_agency").placeholderText() == "Jobcenter am Markt"


def test_the_dialog_of_a_new_referral_is_as_high_as_what_it_says(case_desk: "CaseDesk") -> None:
    case_desk.open("referrals")
    case_desk.edit("referral")
    dialog = find(case_desk.page, QDialog, "new_referral")
    type_into(dialog, "referral_service", "Bildung und Teilhabe")
    settle()
    settle()
    (area,) = dialog.findChildren(QScrollArea)
    assert "bitte klären" in find(dialog, QWidget, "office_card").accessibleName()
    assert area.verticalScrollBar().maximum() == 0


def test_what_nobody_compared_with_the_law_says_so_on_the_page(case_desk: "CaseDesk") -> None:
    referral = referrals.prepare(
        case_desk.desk, case_desk.case.id, "eutb", agency="EUTB", purpose="health", override_reason="eilig"
    )
    page = case_desk.open(f"referral:{referral.id}")
    assert "ungeprüft" in find(page, QLabel, "service_source").text()


def test_a_line_says_its_amounts_and_what_nobody_checked(case_desk: "CaseDesk") -> None:
    referral = prepared(case_desk)
    page = case_desk.open(f"referral:{referral.id}")
    view = find(page, Checklist, "checklist")
    told = {code: view.model().index(row, 0).data() for row, code in enumerate(view.codes())}
    assert "ab 51 20.000\u00a0€" in told["annex_vm_2026"]
    assert "Kann nachgereicht werden" in told["registration"]
    assert "ungeprüft" in told["bamf_decision"]
    assert "ungeprüft" not in told["annex_vm_2026"]


def test_the_list_of_referrals_has_the_whole_width_and_says_what_each_is_for(case_desk: "CaseDesk") -> None:
    prepared(case_desk)
    page = case_desk.open("referrals")
    listed, detail = find(page, QListView, "referral_list"), find(page, QWidget, "referral_detail")
    assert listed.width() == detail.width()
    told = listed.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told.startswith("Jobcenter Auental, Grundsicherungsgeld (SGB\u00a0II), vorbereitet")


def test_the_menu_of_a_referral_in_the_list_takes_its_next_step(case_desk: "CaseDesk") -> None:
    referral = prepared(case_desk)
    page = case_desk.open(f"referral:{referral.id}")
    listing = find(page, ReferralList, "referral_list")
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QApplication.sendEvent(listing, asked)
    menu = listing.findChild(QMenu, "referral_menu")
    assert menu is not None
    acts = {action.objectName(): action for action in menu.actions()}
    assert list(acts) == ["menu_to_sent", "menu_to_withdrawn"]
    acts["menu_to_sent"].trigger()
    menu.close()
    assert sees(page, "send_with_missing"), "the menu asks what the button asks"
    find(page, QDialog, "send_with_missing").reject()


def test_the_answer_of_an_office_is_taken_in_the_case_and_its_course_is_shown(case_desk: "CaseDesk") -> None:
    referral = prepared(case_desk)
    page = case_desk.open(f"referral:{referral.id}")
    click(page, "referral_to_sent")
    click(page, "dialog_accept") if sees(page, "send_with_missing") else None
    click(page, "referral_answer")
    dialog = find(page, QDialog, "answer_dialog")
    click(dialog, "answer_query")
    type_into(dialog, "answer_text", "Wie hoch ist die Miete?")
    click(dialog, "dialog_accept")
    click(page, "referral_reply")
    reply = find(page, QDialog, "reason_dialog")
    type_into(reply, "reason", "640 Euro")
    click(reply, "dialog_accept")
    (now,) = case_desk.file().referrals
    assert [str(each.kind) for each in now.course] == ["sent", "query", "replied"]
    told = [one.text() for one in find(page, QWidget, "referral_course").findChildren(QLabel)]
    assert any("Rückfrage beantwortet" in each for each in told)
    assert "640 Euro" in told


def test_a_consent_that_is_taken_back_after_sending_is_said(case_desk: "CaseDesk") -> None:
    referral = prepared(case_desk)
    sent = referrals.advance(case_desk.desk, referral, ReferralState.SENT)
    consents.withdraw(case_desk.desk, case_desk.file().consents[0])
    page = case_desk.open(f"referral:{sent.id}")
    told = [one.text() for one in find(page, QWidget, "consent_cover").findChildren(QLabel)]
    assert any("Einwilligung widerrufen am" in each for each in told)
