"""„Frist berechnen“: rule, dates, the last day with its steps, kept as a follow-up."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLineEdit, QPushButton, QWidget

from kimdesk.casework import deadlines, records
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.law.deadline_rule import Facts
from kimdesk.domain.records import FollowUp
from kimdesk.domain.terms import FollowUpKind
from tests.ui.conftest import walk_accessible
from tests.ui.hands import click, find, leave, sees, type_into
from ui.case.deadline import open_dialog
from ui.case.deadline.choosing import rule_options
from ui.forms.editors.finding import Finder
from ui.kit.text import Text

if TYPE_CHECKING:
    from tests.ui.case_fixtures import CaseDesk

pytest_plugins = ("tests.ui.case_fixtures",)

EASTER = Facts(dated_on=date(2026, 4, 2), delivery="post")


def choose(dialog: QWidget, name: str, code: str) -> None:
    """Choose ``code`` in a drop-down, as picking it from the list does."""
    combo = find(dialog, QComboBox, name)
    combo.setCurrentIndex(combo.findData(code))
    combo.activated.emit(combo.currentIndex())
    QApplication.processEvents()


def shown(dialog: QWidget) -> list[str]:
    """Return everything the result says."""
    result = find(dialog, QWidget, "deadline_result")
    return [text.text() for text in result.findChildren(Text) if text.isVisibleTo(result)]


def opened(case_desk: "CaseDesk") -> QDialog:
    page = case_desk.open("contacts")
    QTest.keyClick(
        page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    return find(page, QDialog, "deadline_dialog")


def test_a_deadline_is_worked_out_and_kept(case_desk: "CaseDesk") -> None:
    dialog = opened(case_desk)
    assert not find(dialog, QPushButton, "dialog_accept").isEnabled()
    choose(dialog, "deadline_rule", "objection_social")
    choose(dialog, "deadline_delivery", "post")
    type_into(dialog, "deadline_dated_on", "02042026")
    leave(dialog)
    told = shown(dialog)
    assert "Mittwoch, 6.\u00a0Mai 2026" in told
    assert "Er gilt am 4. Tag danach, am 06.04.2026, als bekannt gegeben." in told
    assert any("§\u00a037 Abs.\u00a02 SGB\u00a0X" in words and "19.08.2026" in words for words in told)
    choose(dialog, "deadline_rule", "objection_asylblg")
    assert any("§\u00a041 Abs.\u00a02 VwVfG" in words and "ungeprüft" in words for words in shown(dialog))
    choose(dialog, "deadline_rule", "objection_social")
    click(dialog, "dialog_accept")
    (kept,) = case_desk.file().follow_ups
    assert (kept.due_on, kept.rule) == (date(2026, 5, 6), "objection_social")
    assert kept.title == "Widerspruch einlegen"
    assert case_desk.toasts[-1][0] == "Frist übernommen"


def test_a_rule_with_its_own_event_asks_for_that_day_only(case_desk: "CaseDesk") -> None:
    dialog = opened(case_desk)
    choose(dialog, "deadline_rule", "child_title")
    assert not sees(dialog, "deadline_delivery")
    assert find(dialog, QLineEdit, "deadline_day").accessibleName() == "Wann wurde das Kind geboren?"
    type_into(dialog, "deadline_day", "31082025")
    leave(dialog)
    assert "Montag, 2.\u00a0März 2026" in shown(dialog)
    type_into(dialog, "deadline_day", "morgens")
    assert not find(dialog, QPushButton, "dialog_accept").isEnabled()
    assert shown(dialog) == ["Sobald die Daten eingetragen sind, steht hier der letzte Tag."]


def test_a_date_beyond_the_calendar_is_explained(case_desk: "CaseDesk") -> None:
    page = case_desk.open("contacts")
    context = case_desk.page._context
    dialog = open_dialog(page, context, case_desk.case.id, {"day": "9999-12-31"}, rule="residence_rule")
    assert sees(dialog, "dialog_problem")
    assert not find(dialog, QPushButton, "dialog_accept").isEnabled()


def test_a_follow_up_shows_how_it_was_worked_out_and_moves_with_its_facts(case_desk: "CaseDesk") -> None:
    derived = deadlines.compute(SHIPPED.rules.deadlines, "objection_social", EASTER)
    kept = deadlines.keep(case_desk.desk, case_desk.case.id, derived, reason="weil", title="Widerspruch")
    page = case_desk.open("people")
    case_desk.edit("follow_up", kept.id)
    click(find(page, QDialog, "edit_follow_up"), "show_derivation")
    dialog = find(page, QDialog, "deadline_dialog")
    assert "Mittwoch, 6.\u00a0Mai 2026" in shown(dialog)
    type_into(dialog, "deadline_delivered_on", "20042026")
    leave(dialog)
    assert any("Bisher ist der 06.05.2026 eingetragen" in words for words in shown(dialog))
    click(dialog, "dialog_accept")
    (moved,) = case_desk.file().follow_ups
    assert (moved.id, moved.due_on, moved.title) == (kept.id, date(2026, 5, 20), "Widerspruch")


def test_a_plain_deadline_can_be_worked_out_too(case_desk: "CaseDesk") -> None:
    due = date(2026, 5, 1)
    plain = FollowUp(case_id=case_desk.case.id, kind=FollowUpKind.DEADLINE, title="Frist", due_on=due)
    saved = records.save(case_desk.desk, plain)
    page = case_desk.open("people")
    case_desk.edit("follow_up", saved.id)
    button = find(page, QPushButton, "show_derivation")
    assert button.text() == "Frist berechnen"


def test_everything_in_the_dialog_has_a_name(case_desk: "CaseDesk") -> None:
    dialog = opened(case_desk)
    choose(dialog, "deadline_rule", "lawsuit_admin")
    names = walk_accessible(dialog)
    assert {"Datum des Bescheids", "Angekommen am", "Was ist zu tun?", "Als Frist übernehmen"} <= set(names)


def test_a_notice_proposes_its_deadline(case_desk: "CaseDesk") -> None:
    page = case_desk.open("coordination")
    click(page, "add_notices")
    assert not sees(page, "field_notices_0_appeal_until_take")
    type_into(page, "field_notices_0_agency", "Jobcenter Niederholt")
    type_into(page, "field_notices_0_dated_on", "02042026")
    choose(page, "field_notices_0_delivery", "post")
    type_into(page, "field_notices_0_delivered_on", "07042026")
    click(page, "field_notices_0_appeal_until_take")
    assert find(page, QLineEdit, "field_notices_0_appeal_until").text() == "07.05.2026"
    assert not sees(page, "field_notices_0_appeal_until_take")
    words, undo = case_desk.toasts[-1]
    assert words == "Frist vorgemerkt bis 07.05.2026"
    assert undo
    undo()
    assert case_desk.file().follow_ups == ()
    click(page, "field_notices_0_appeal_until_explain")
    dialog = find(page, QDialog, "deadline_dialog")
    assert any("Angekommen ist er erst am 07.04.2026" in words for words in shown(dialog))
    click(dialog, "dialog_accept")
    (kept,) = case_desk.file().follow_ups
    assert kept.title == "Widerspruch einlegen: Jobcenter Niederholt"
    assert kept.due_on == date(2026, 5, 7)


def test_another_date_may_be_typed_than_the_one_proposed(case_desk: "CaseDesk") -> None:
    page = case_desk.open("coordination")
    click(page, "add_notices")
    type_into(page, "field_notices_0_delivered_on", "07042026")
    type_into(page, "field_notices_0_appeal_until", "30042026")
    leave(page)
    assert find(page, QLineEdit, "field_notices_0_appeal_until").text() == "30.04.2026"
    assert sees(page, "field_notices_0_appeal_until_take")


def options(dialog: QWidget, name: str) -> list[str]:
    combo = find(dialog, QComboBox, name)
    return [str(combo.itemData(row)) for row in range(combo.count()) if combo.itemData(row)]


def test_how_long_an_asylum_case_has_is_asked_of_the_notice_not_guessed(case_desk: "CaseDesk") -> None:
    dialog = opened(case_desk)
    choose(dialog, "deadline_rule", "lawsuit_asylum_urgent")
    assert {"reception", "returned"} <= set(options(dialog, "deadline_delivery"))
    type_into(dialog, "deadline_delivered_on", "01072026")
    leave(dialog)
    assert "Welche Frist nennt die Rechtsbehelfsbelehrung?" in shown(dialog)
    assert not find(dialog, QPushButton, "dialog_accept").isEnabled()
    choose(dialog, "deadline_stated", "two_weeks")
    assert "Mittwoch, 15.\u00a0Juli 2026" in shown(dialog)
    choose(dialog, "deadline_stated", "one_week")
    assert "Mittwoch, 8.\u00a0Juli 2026" in shown(dialog)
    assert find(dialog, QPushButton, "dialog_accept").isEnabled()


def test_the_version_in_force_is_applied_and_named(case_desk: "CaseDesk") -> None:
    page, context = case_desk.open("contacts"), case_desk.page._context
    for served, day, version in (
        (
            "2026-06-11",
            "Freitag, 11.\u00a0Juni 2027",
            "bis zum 11.06.2026, weil der Bescheid am 11.06.2026 zugestellt",
        ),
        (
            "2026-06-12",
            "Montag, 14.\u00a0September 2026",
            "ab dem 12.06.2026, weil der Bescheid am 12.06.2026 zugestellt",
        ),
    ):
        notice = {"delivered_on": served, "delivery": "formal", "instruction": "missing"}
        dialog = open_dialog(page, context, case_desk.case.id, notice, rule="lawsuit_asylum")
        told = shown(dialog)
        assert day in told
        assert any(version in words for words in told)
        dialog.reject()


def test_what_suspends_nothing_says_what_to_apply_for_the_same_day(case_desk: "CaseDesk") -> None:
    dialog = opened(case_desk)
    choose(dialog, "deadline_rule", "lawsuit_admin")
    assert not {"reception", "returned"} & set(options(dialog, "deadline_delivery"))
    type_into(dialog, "deadline_delivered_on", "25112026")
    leave(dialog)
    assert "Ob das den Bescheid aufhält: bitte klären." in shown(dialog)
    choose(dialog, "deadline_decision", "title_refused")
    told = shown(dialog)
    assert "Das allein hält den Bescheid nicht auf." in told
    assert any("am selben Tag beim Verwaltungsgericht" in words and "§\u00a084" in words for words in told)
    choose(dialog, "deadline_rule", "child_title")
    type_into(dialog, "deadline_day", "01102026")
    leave(dialog)
    assert not any("aufhält" in words for words in shown(dialog))


def test_an_earliest_day_is_no_last_day_and_becomes_a_follow_up(case_desk: "CaseDesk") -> None:
    dialog = opened(case_desk)
    choose(dialog, "deadline_rule", "inaction_social")
    type_into(dialog, "deadline_day", "15012026")
    leave(dialog)
    told = shown(dialog)
    assert {"Frühestens ab", "Donnerstag, 16.\u00a0Juli 2026"} <= set(told)
    assert not any("Letzter Tag" in words or "vorbei" in words for words in told)
    assert find(dialog, QPushButton, "dialog_accept").text() == "Als Wiedervorlage übernehmen"
    click(dialog, "dialog_accept")
    (kept,) = case_desk.file().follow_ups
    assert (kept.due_on, kept.kind) == (date(2026, 7, 16), FollowUpKind.FOLLOW_UP)


def test_a_rule_is_found_by_group_and_by_everyday_words(case_desk: "CaseDesk") -> None:
    dialog = opened(case_desk)
    choose(dialog, "deadline_rule", "child_title")
    choose(dialog, "deadline_group", "inaction")
    assert options(dialog, "deadline_rule") == [
        "inaction_social", "inaction_objection", "inaction_admin", "advance_payment",
    ]  # fmt: skip
    assert shown(dialog) == ["Sobald die Daten eingetragen sind, steht hier der letzte Tag."]
    found = Finder(rule_options(SHIPPED.rules.deadlines))
    for words, code in (
        ("bürgergeld", "sgb2_renewal"),
        ("kündigung", "dismissal"),
        ("vermieter", "eviction_arrears"),
        ("zu spät", "reinstatement_sgg"),
        ("dauert zu lange", "inaction_social"),
        ("familienzusammenführung", "family_reunion_3_months"),
        ("gelber brief", "penal_order"),
        ("ukraine", "section24_end"),
    ):
        places = found.containing(words)
        assert code in [rule_options(SHIPPED.rules.deadlines)[place].code for place in places], words


def test_a_missed_deadline_names_what_may_still_help_and_works_it_out(case_desk: "CaseDesk") -> None:
    dialog = opened(case_desk)
    choose(dialog, "deadline_rule", "dismissal")
    type_into(dialog, "deadline_day", "01102026")
    leave(dialog)
    told = [words for words in shown(dialog) if "nachträglich zulassen" in words]
    assert ["§\u00a05 Abs.\u00a03 KSchG" in words for words in told] == [True]
    click(dialog, "help_reinstatement_kschg")
    assert find(dialog, QLineEdit, "deadline_missed_on").text() == "22.10.2026"
    type_into(dialog, "deadline_day", "23112026")
    leave(dialog)
    assert "Montag, 7.\u00a0Dezember 2026" in shown(dialog)
    click(dialog, "dialog_accept")
    (kept,) = case_desk.file().follow_ups
    assert (kept.rule, kept.facts["missed_on"]) == ("reinstatement_kschg", "2026-10-22")
    assert kept.title == "Nachträgliche Zulassung der Klage beantragen und klagen"


def test_a_day_the_law_names_asks_for_nothing(case_desk: "CaseDesk") -> None:
    dialog = opened(case_desk)
    choose(dialog, "deadline_rule", "section24_end")
    assert not sees(dialog, "deadline_day")
    assert "Donnerstag, 4.\u00a0März 2027" in shown(dialog)


def test_a_kept_appeal_that_suspends_nothing_says_so_on_its_day(case_desk: "CaseDesk") -> None:
    page, context = case_desk.open("contacts"), case_desk.page._context
    notice = {"delivered_on": "2026-11-25", "delivery": "formal", "decision": "sgb2_ended"}
    dialog = open_dialog(page, context, case_desk.case.id, notice, rule="objection_social")
    click(dialog, "dialog_accept")
    (kept,) = case_desk.file().follow_ups
    assert kept.reason == (
        "weil der Bescheid am 25.11.2026 zugestellt wurde; das allein hält den Bescheid nicht auf"
    )


def test_a_notice_of_the_bamf_proposes_no_day_before_its_instruction_was_read(case_desk: "CaseDesk") -> None:
    page = case_desk.open("coordination")
    click(page, "add_notices")
    type_into(page, "field_notices_0_agency", "BAMF")
    choose(page, "field_notices_0_delivery", "formal")
    type_into(page, "field_notices_0_delivered_on", "01072026")
    assert not sees(page, "field_notices_0_appeal_until_take")
    choose(page, "field_notices_0_remedy", "lawsuit_asylum_urgent")
    click(page, "field_notices_0_appeal_until_take")
    assert find(page, QLineEdit, "field_notices_0_appeal_until").text() == "08.07.2026"
    (kept,) = case_desk.file().follow_ups
    assert kept.reason.endswith("das allein hält den Bescheid nicht auf")


def test_the_urgent_application_is_kept_beside_the_appeal_once(case_desk: "CaseDesk") -> None:
    page, context = case_desk.open("contacts"), case_desk.page._context
    notice = {"delivered_on": "2026-11-25", "delivery": "formal", "decision": "title_refused"}
    dialog = open_dialog(page, context, case_desk.case.id, notice, rule="lawsuit_admin")
    click(dialog, "keep_urgent")
    assert not find(dialog, QPushButton, "keep_urgent").isEnabled()
    click(dialog, "dialog_accept")
    assert {(one.title, one.due_on) for one in case_desk.file().follow_ups} == {
        ("Klage beim Verwaltungsgericht erheben", date(2026, 12, 28)),
        ("Eilantrag beim Verwaltungsgericht (Klage beim Verwaltungsgericht erheben)", date(2026, 12, 28)),
    }
    again = open_dialog(page, context, case_desk.case.id, notice, rule="lawsuit_admin")
    click(again, "keep_urgent")
    assert len(case_desk.file().follow_ups) == 2
