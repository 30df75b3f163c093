"""Adding and editing what is recorded in a case: goals, measures, people, consents, contacts."""

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QWidget

from kimdesk.casework import cases, people, records
from kimdesk.casework.drafts import draft_keys
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.records import Consent, Contact, FollowUp, Goal, Measure, Person, RegimeSpell
from kimdesk.domain.terms import GoalState, Role
from tests.ui.conftest import walk_accessible
from tests.ui.hands import click, find, leave, press_keys, sees, type_into
from ui.case.tabs import KEYS
from ui.places import Place

if TYPE_CHECKING:
    from tests.ui.case_fixtures import CaseDesk

pytest_plugins = ("tests.ui.case_fixtures",)

TODAY = date.today()  # noqa: DTZ011 - what the page shows as well


def test_a_goal_is_added_from_the_plan(case_desk: "CaseDesk") -> None:
    page = case_desk.open("plan")
    click(page, "add_goal")
    dialog = find(page, QDialog, "edit_goal")
    type_into(dialog, "field_goal_text", "Ich spreche selbst mit dem Kinderarzt.")
    type_into(dialog, "field_goal_due_on", "30062027")
    find(dialog, QWidget, "field_goal_life_domain").setFocus()
    press_keys(find(dialog, QWidget, "field_goal_life_domain"), "Sprache")
    click(dialog, "save_record")
    (goal,) = case_desk.file().goals
    assert goal.text == "Ich spreche selbst mit dem Kinderarzt."
    assert goal.due_on == date(2027, 6, 30)
    assert goal.life_domain == "language"
    assert goal.number == 1


def test_a_dialog_says_at_its_fields_what_is_missing_and_stays_open(case_desk: "CaseDesk") -> None:
    page = case_desk.open("plan")
    click(page, "add_goal")
    dialog = find(page, QDialog, "edit_goal")
    click(dialog, "save_record")
    assert dialog.isVisible()
    assert QApplication.focusWidget() is find(dialog, QPlainTextEdit, "field_goal_text")
    assert case_desk.file().goals == ()


def test_what_was_typed_in_a_cancelled_dialog_is_offered_again(case_desk: "CaseDesk") -> None:
    page = case_desk.open("plan")
    click(page, "add_goal")
    type_into(find(page, QDialog, "edit_goal"), "field_goal_text", "Ein halber Satz")
    click(page, "dialog_reject")
    click(page, "add_goal")
    dialog = find(page, QDialog, "edit_goal")
    assert find(dialog, QPlainTextEdit, "field_goal_text").toPlainText() == "Ein halber Satz"
    click(dialog, "discard_draft")
    assert find(dialog, QPlainTextEdit, "field_goal_text").toPlainText() == ""
    assert draft_keys(case_desk.desk) == []


def test_a_dialog_that_is_open_when_the_desk_is_locked_loses_nothing(case_desk: "CaseDesk") -> None:
    page = case_desk.open("plan")
    click(page, "add_goal")
    type_into(find(page, QDialog, "edit_goal"), "field_goal_text", "Mitten im Satz")
    case_desk.lock()
    case_desk.unlock()
    page = case_desk.open("plan")
    click(page, "add_goal")
    dialog = find(page, QDialog, "edit_goal")
    assert find(dialog, QPlainTextEdit, "field_goal_text").toPlainText() == "Mitten im Satz"


def test_the_attainment_of_a_goal_is_changed_on_the_plan(case_desk: "CaseDesk") -> None:
    goal = records.save(case_desk.desk, Goal(case_id=case_desk.case.id, text="B1 bestehen", number=1))
    page = case_desk.open("plan")
    click(page, f"gas_{goal.id}_1")
    assert case_desk.file().goals[0].level == 1


def test_a_goal_edited_twice_at_once_shows_both_versions(case_desk: "CaseDesk") -> None:
    saved = records.save(
        case_desk.desk, Goal(case_id=case_desk.case.id, text="B1 bestehen", life_domain="language")
    )
    page = case_desk.open("plan")
    click(page, f"edit_goal_{saved.id}")
    dialog = find(page, QDialog, "edit_goal")
    find(dialog, QPlainTextEdit, "field_goal_text").setPlainText("B2 bestehen")
    records.save(case_desk.desk, replace(saved, text="A2 bestehen"))
    click(dialog, "save_record")
    assert sees(dialog, "conflict")
    click(dialog, "conflict_keep")
    click(dialog, "save_record")
    assert case_desk.file().goals[0].text == "B2 bestehen"


def test_a_removed_measure_comes_back_by_undo(case_desk: "CaseDesk") -> None:
    measure = records.save(case_desk.desk, Measure(case_id=case_desk.case.id, title="Kita-Platz"))
    page = case_desk.open(f"measure:{measure.id}")
    click(find(page, QDialog, "edit_measure"), "remove_record")
    assert case_desk.file().measures == ()
    text, undo = case_desk.toasts[-1]
    assert text == "Entfernt: Maßnahme"
    assert undo is not None
    undo()
    assert case_desk.file().measures[0].title == "Kita-Platz"


def test_a_measure_never_offers_to_wait_for_itself(case_desk: "CaseDesk") -> None:
    first = records.save(case_desk.desk, Measure(case_id=case_desk.case.id, title="Kita-Platz"))
    second = records.save(case_desk.desk, Measure(case_id=case_desk.case.id, title="Kurs"))
    page = case_desk.open(f"measure:{second.id}")
    dialog = find(page, QDialog, "edit_measure")
    assert dialog.findChildren(QWidget, f"field_measure_requires_{first.id}")
    assert not dialog.findChildren(QWidget, f"field_measure_requires_{second.id}")


def test_someone_known_is_found_before_a_new_person_is_made(case_desk: "CaseDesk") -> None:
    known = Person(family_name="Osman", given_names="Tarig", birth_date=PartialDate(1988, 1, 1))
    cases.open_new(case_desk.desk, known)
    page = case_desk.open("people")
    click(page, "add_person_button")
    dialog = find(page, QDialog, "add_person")
    type_into(dialog, "person_family_name", "Osmann")
    type_into(dialog, "person_given_names", "Tarig")
    QTest.qWait(300)
    match = people.similar(case_desk.desk, "Osmann", "Tarig")[0].person
    find(dialog, QWidget, "person_role").setFocus()
    press_keys(find(dialog, QWidget, "person_role"), "Partner")
    click(dialog, f"take_{match.id}")
    added = next(one for one in case_desk.file().members if one.person_id == match.id)
    assert added.role is Role.PARTNER


def test_a_new_person_joins_the_household(case_desk: "CaseDesk") -> None:
    page = case_desk.open("people")
    click(page, "add_person_button")
    dialog = find(page, QDialog, "add_person")
    type_into(dialog, "person_given_names", "Lina")
    type_into(dialog, "person_birth_date", "2021")
    find(dialog, QWidget, "person_role").setFocus()
    press_keys(find(dialog, QWidget, "person_role"), "Kind")
    click(dialog, "save_record")
    assert {one.given_names for one in case_desk.file().persons} == {"Amna", "Lina"}


def test_a_contact_is_noted_without_a_dialog(case_desk: "CaseDesk") -> None:
    page = case_desk.open("plan")
    click(page, "note_contact")
    assert page.focusWidget() is find(page, QPlainTextEdit, "field_contact_content")
    type_into(page, "field_contact_content", "Post sortiert.")
    type_into(page, "field_contact_minutes", "45")
    leave(page)
    click(page, "save_contact")
    (contact,) = case_desk.file().contacts
    assert (contact.content, contact.minutes, contact.held_on) == ("Post sortiert.", 45, TODAY)
    assert find(page, QPlainTextEdit, "field_contact_content").toPlainText() == ""


def test_a_half_written_contact_survives_lock_and_unlock(case_desk: "CaseDesk") -> None:
    page = case_desk.open("contacts")
    type_into(page, "field_contact_content", "Post sort")
    case_desk.lock()
    case_desk.unlock()
    page = case_desk.open("contacts")
    assert find(page, QPlainTextEdit, "field_contact_content").toPlainText() == "Post sort"


def test_a_consent_is_withdrawn_only_after_asking(case_desk: "CaseDesk") -> None:
    consent = records.save(case_desk.desk, consent_for(case_desk, "jobcenter", "benefits"))
    page = case_desk.open("consents")
    click(page, f"withdraw_{consent.id}")
    click(find(page, QDialog, "withdraw_dialog"), "dialog_reject")
    assert case_desk.file().consents[0].withdrawn_on is None
    click(page, f"withdraw_{consent.id}")
    click(find(page, QDialog, "withdraw_dialog"), "dialog_accept")
    assert case_desk.file().consents[0].withdrawn_on == TODAY


def test_a_deadline_is_ticked_off_on_the_plan(case_desk: "CaseDesk") -> None:
    follow_up = records.save(
        case_desk.desk, FollowUp(case_id=case_desk.case.id, title="Jobcenter anrufen", due_on=TODAY)
    )
    page = case_desk.open("plan")
    click(page, f"done_{follow_up.id}")
    assert case_desk.file().follow_ups[0].done_on == TODAY


def test_the_next_step_is_done_from_its_card(case_desk: "CaseDesk") -> None:
    records.save(
        case_desk.desk,
        FollowUp(case_id=case_desk.case.id, title="Jobcenter anrufen", due_on=TODAY - timedelta(days=1)),
    )
    page = case_desk.open("plan")
    click(page, "next_step_act")
    assert case_desk.file().follow_ups[0].done_on == TODAY


def test_a_regime_is_chosen_from_the_list_of_its_lane(case_desk: "CaseDesk") -> None:
    page = case_desk.open("regimes")
    click(page, "add_regime_spell")
    dialog = find(page, QDialog, "edit_regime_spell")
    lane = find(dialog, QWidget, "field_spell_lane")
    lane.setFocus()
    press_keys(lane, "Sprachkurs")
    regime = find(dialog, QWidget, "field_spell_regime")
    regime.setFocus()
    press_keys(regime, "Integrationskurs")
    click(dialog, "save_record")
    (spell,) = case_desk.file().regimes
    assert (spell.lane, spell.regime) == ("course", "integration")


def test_everything_a_hand_can_use_has_a_name(case_desk: "CaseDesk") -> None:
    fill(case_desk)
    page = case_desk.open("plan")
    for key in KEYS:
        page.go(Place("case", case_desk.case.id, key))
        QApplication.processEvents()
        walk_accessible(page)


def test_every_dialog_has_names(case_desk: "CaseDesk") -> None:
    fill(case_desk)
    page = case_desk.open("plan")
    for kind in ("goal", "measure", "consent", "regime_spell", "residence_spell", "follow_up", "finding"):
        case_desk.edit(kind)
        dialog = find(page, QDialog, f"edit_{kind}")
        walk_accessible(dialog)
        dialog.reject()
        QApplication.processEvents()


def test_the_page_works_with_large_text(case_desk: "CaseDesk", other_look: object) -> None:
    fill(case_desk)
    other_look(zoom=2.0)  # type: ignore[operator]
    case_desk.page.deleteLater()
    case_desk.page = case_desk._make_page()
    page = case_desk.open("assessment")
    assert sees(page, "station_selector")
    assert find(page, QWidget, "station_next").isVisibleTo(page)


def test_an_unknown_case_is_said_and_leads_back(case_desk: "CaseDesk") -> None:
    case_desk.page.go(Place("case", "00000000-0000-7000-8000-000000000000", "plan"))
    click(case_desk.page, "empty_action")
    assert case_desk.visited == [Place("cases")]


def consent_for(case_desk: "CaseDesk", recipient: str, purpose: str) -> Consent:
    return Consent(
        case_id=case_desk.case.id,
        recipient=recipient,
        purpose=purpose,
        kinds=("person", "household", "residence", "regimes", "documents"),
        given_on=TODAY,
        necessity="Antrag",
        refusal_consequences="keine",
    )


def fill(case_desk: "CaseDesk") -> None:
    """Put one of everything into the case."""
    desk, case_id = case_desk.desk, case_desk.case.id
    client = case_desk.file().persons[0]
    goal = records.save(desk, Goal(case_id=case_id, text="B1 bestehen", level=-1, state=GoalState.ACTIVE))
    records.save(desk, Measure(case_id=case_id, title="Kurs", goal_id=goal.id, starts_on=TODAY))
    records.save(desk, consent_for(case_desk, "jobcenter", "benefits"))
    records.save(desk, Contact(case_id=case_id, held_on=TODAY, content="Post"))
    records.save(desk, FollowUp(case_id=case_id, title="Anrufen", due_on=TODAY))
    records.save(
        desk,
        RegimeSpell(
            case_id=case_id,
            person_id=client.id,
            regime="asylblg_basic",
            starts_on=TODAY - timedelta(days=90),
            ends_on=TODAY - timedelta(days=5),
        ),
    )
