"""An interpreter says the plan in the client's language, in the window beside the goal."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QToolButton

from kimdesk.casework import records
from kimdesk.domain.records import FollowUp, Goal, Measure, PlanStep
from kimdesk.domain.terms import FollowUpKind
from kimdesk.domain.translations import entry_of, translation_of
from tests.ui.conftest import walk_accessible
from tests.ui.hands import click, find
from ui.forms.editors.combo import CodeCombo
from ui.forms.record_dialog import RecordDialog
from ui.kit.badge import Badge
from ui.plan.translating import TranslatingDialog

if TYPE_CHECKING:
    from tests.ui.case_fixtures import CaseDesk

pytest_plugins = ("tests.ui.case_fixtures",)

TODAY = date.today()  # noqa: DTZ011 - the day the page shows
ARABIC = "أتحدث بنفسي مع طبيب الأطفال."
GERMAN = "Ich spreche selbst mit dem Kinderarzt."


@pytest.fixture
def goal(case_desk: "CaseDesk") -> Goal:
    """A plan with a goal, a step and an appointment."""
    case_id = case_desk.case.id
    steps = (PlanStep(text="Brief holen", by="client"),)
    records.save(case_desk.desk, Measure(case_id=case_id, title="Kasse", steps=steps))
    date_ = FollowUp(case_id=case_id, kind=FollowUpKind.APPOINTMENT, title="Gespräch", due_on=TODAY)
    records.save(case_desk.desk, date_)
    found = records.save(case_desk.desk, Goal(case_id=case_id, number=1, text=GERMAN, life_domain="health"))
    case_desk.open("plan")
    return found


def translating(case_desk: "CaseDesk", goal: Goal) -> TranslatingDialog:
    click(case_desk.page, f"translate_goal_{goal.id}")
    return next(one for one in case_desk.page.findChildren(TranslatingDialog) if one.isVisible())


def opened(case_desk: "CaseDesk") -> RecordDialog[Goal]:
    return next(one for one in case_desk.page.findChildren(RecordDialog) if one.isVisible())


def field(dialog: TranslatingDialog, number: int) -> QPlainTextEdit:
    return find(dialog, QPlainTextEdit, f"translation_{number}")


def choose(dialog: TranslatingDialog, code: str) -> None:
    combo = find(dialog, CodeCombo, "translation_language")
    combo.set_code(code)
    combo.picked.emit()


def stored(case_desk: "CaseDesk") -> Goal:
    (found,) = case_desk.file().goals
    return found


def test_it_opens_at_the_goal_in_the_first_language_of_the_client(case_desk: "CaseDesk", goal: Goal) -> None:
    dialog = translating(case_desk, goal)
    assert find(dialog, CodeCombo, "translation_language").code() == "ara"
    assert QApplication.focusWidget() is field(dialog, 1)
    assert field(dialog, 1).layoutDirection() == Qt.LayoutDirection.RightToLeft
    assert field(dialog, 1).accessibleName() == f"\u2068العربية\u2069: {GERMAN}"
    walk_accessible(dialog)
    dialog.reject()


def test_what_is_typed_is_kept_shown_on_the_plan_and_can_be_taken_back(
    case_desk: "CaseDesk", goal: Goal
) -> None:
    dialog = translating(case_desk, goal)
    field(dialog, 1).setPlainText(ARABIC)
    find(dialog, QLineEdit, "translated_by").setText("Frau Haddad")
    choose(dialog, "kmr")
    assert field(dialog, 1).toPlainText() == ""
    assert field(dialog, 1).layoutDirection() == Qt.LayoutDirection.LeftToRight
    field(dialog, 3).setPlainText("Nameyê bîne")
    dialog.accept()
    entry = entry_of(stored(case_desk), "ara")
    assert entry
    assert (entry.text, entry.of, entry.by, entry.made_on) == (ARABIC, GERMAN, "Frau Haddad", TODAY)
    (measure,) = case_desk.file().measures
    assert translation_of(measure.steps[0], "kmr") == "Nameyê bîne"
    words, undo = case_desk.toasts[-1]
    assert words == "Übersetzung gesichert"
    assert any("Arabisch" in one.text() for one in case_desk.page.findChildren(QLabel))
    assert undo
    undo()
    assert stored(case_desk).translations == ()


def test_an_outdated_translation_is_marked_until_it_is_said_again_or_confirmed(
    case_desk: "CaseDesk", goal: Goal
) -> None:
    dialog = translating(case_desk, goal)
    field(dialog, 1).setPlainText(ARABIC)
    dialog.accept()
    records.save(case_desk.desk, replace(stored(case_desk), text="Ich spreche selbst mit der Kinderärztin."))
    case_desk.open("plan")
    assert any("(veraltet)" in one.text() for one in case_desk.page.findChildren(QLabel))
    dialog = translating(case_desk, goal)
    assert find(dialog, Badge, "outdated_1").isVisible()
    assert GERMAN in "".join(one.text() for one in dialog.findChildren(QLabel))
    dialog.accept()
    assert translation_of(stored(case_desk), "ara") == ""
    dialog = translating(case_desk, goal)
    click(dialog, "still_fits_1")
    assert all(one.isHidden() for one in dialog.findChildren(Badge))
    dialog.accept()
    assert translation_of(stored(case_desk), "ara") == ARABIC


def test_an_interpreter_brings_a_text_file_or_it_is_pasted(
    case_desk: "CaseDesk", goal: Goal, tmp_path: Path
) -> None:
    dialog = translating(case_desk, goal)
    path = tmp_path / "arabisch.txt"
    path.write_text(f"1. {ARABIC}\n4. لقاء\n", encoding="utf-8")
    dialog.read_file(path)
    assert [field(dialog, each).toPlainText() for each in (1, 2, 3, 4)] == [ARABIC, "", "", "لقاء"]
    QApplication.clipboard().setText("nur eine Zeile")
    click(dialog, "translation_paste")
    problem = " ".join(one.text() for one in dialog.findChildren(QLabel) if one.isVisible())
    assert "zu übersetzen: 4" in problem
    assert field(dialog, 1).toPlainText() == ARABIC
    QApplication.clipboard().setText("3. رسالة")
    click(dialog, "translation_paste")
    assert field(dialog, 3).toPlainText() == "رسالة"
    dialog.reject()


def test_the_dialog_of_the_goal_tells_its_translations_and_saving_it_keeps_them(
    case_desk: "CaseDesk", goal: Goal
) -> None:
    dialog = translating(case_desk, goal)
    field(dialog, 1).setPlainText(ARABIC)
    dialog.accept()
    case_desk.edit("goal", goal.id)
    form = opened(case_desk)
    assert any(ARABIC in one.text() for one in form.findChildren(QLabel))
    find(form, QPushButton, "save_record").click()
    assert not form.isVisible()
    assert translation_of(stored(case_desk), "ara") == ARABIC
    case_desk.open("plan")
    case_desk.edit("goal", goal.id)
    form = opened(case_desk)
    name = "field_agreement_translations_ara_remove"
    find(form, QToolButton, name).click()
    find(form, QPushButton, "save_record").click()
    assert stored(case_desk).translations == ()


def test_what_was_typed_outlives_a_lock_and_is_no_draft_once_it_is_saved(
    case_desk: "CaseDesk", goal: Goal
) -> None:
    dialog = translating(case_desk, goal)
    field(dialog, 1).setPlainText(ARABIC)
    choose(dialog, "kmr")
    field(dialog, 4).setPlainText("Axaftin")
    dialog.flush()
    dialog.reject()
    dialog = translating(case_desk, goal)
    assert field(dialog, 1).toPlainText() == ARABIC
    choose(dialog, "kmr")
    assert field(dialog, 4).toPlainText() == "Axaftin"
    dialog.accept()
    assert translation_of(stored(case_desk), "ara") == ARABIC
    dialog = translating(case_desk, goal)
    choose(dialog, "kmr")
    field(dialog, 4).setPlainText("")
    dialog.accept()
    dialog = translating(case_desk, goal)
    choose(dialog, "kmr")
    assert field(dialog, 4).toPlainText() == ""
    dialog.reject()
