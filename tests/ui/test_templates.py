"""Templates of free letters: worded with facts from a list, looked at, kept; typed words survive locking."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit

from kimdesk.casework import templates
from kimdesk.casework.desk import Desk
from kimdesk.casework.drafts import draft_keys
from tests.ui.hands import click, find, sees, settle
from tests.ui.page_fixtures import *  # noqa: F403 - fixtures
from ui.kit.popup import Menu
from ui.pages.templates.dialog import LetterTemplateDialog
from ui.papers.window import open_paper
from ui.shell import Shell

if TYPE_CHECKING:
    from tests.ui.case_fixtures import CaseDesk

pytest_plugins = ("tests.ui.case_fixtures",)

Opened = Callable[..., Shell]


def dialog_of(shell: Shell) -> LetterTemplateDialog:
    settle()
    return next(one for one in shell.findChildren(LetterTemplateDialog) if one.isVisible())


@pytest.fixture
def shell(blank: Desk, shell_on: Opened) -> Shell:
    return shell_on(blank, "templates")


def word(dialog: LetterTemplateDialog, title: str, subject: str, body: str) -> None:
    find(dialog, QLineEdit, "template_title").setText(title)
    find(dialog, QLineEdit, "template_subject").setText(subject)
    find(dialog, QPlainTextEdit, "template_text").setPlainText(body)


def press(shell: Shell, name: str) -> None:
    click(shell, name)
    settle()


def test_a_new_template_is_worded_with_facts_from_the_list(shell: Shell, blank: Desk) -> None:
    press(shell, "new_template")
    dialog = dialog_of(shell)
    word(dialog, "Hausbesuch", "Unser Besuch", "Guten Tag ")
    text = find(dialog, QPlainTextEdit, "template_text")
    text.moveCursor(text.textCursor().MoveOperation.End)
    click(dialog, "template_insert")
    menu = next(one for one in dialog.findChildren(Menu) if one.isVisible())
    next(each for each in menu.actions() if each.objectName() == "fact_client").trigger()
    menu.close()
    assert text.toPlainText() == "Guten Tag {Name der Klient*in}"
    dialog.accept()
    settle()
    [kept] = [each.template for each in templates.every(blank) if each.own]
    assert (kept.title, kept.body) == ("Hausbesuch", "Guten Tag {client}")
    assert sees(shell, f"row_{kept.code}")


def test_what_cannot_be_written_keeps_the_dialog_and_what_was_typed(shell: Shell, blank: Desk) -> None:
    press(shell, "new_template")
    dialog = dialog_of(shell)
    word(dialog, "Hausbesuch", "Unser Besuch", "Guten Tag {Name der Katze}")
    dialog.accept()
    settle()
    assert dialog.isVisible()
    assert sees(dialog, "dialog_problem")
    assert find(dialog, QPlainTextEdit, "template_text").toPlainText() == "Guten Tag {Name der Katze}"
    assert not [each for each in templates.every(blank) if each.own]


def test_a_locked_desk_has_kept_what_was_typed(shell: Shell, blank: Desk) -> None:
    press(shell, "new_template")
    dialog = dialog_of(shell)
    word(dialog, "Angefangen", "", "Halb")
    shell.flush()
    settle()
    assert draft_keys(blank, "template:")
    dialog.reject()
    settle()
    press(shell, "new_template")
    assert find(dialog_of(shell), QLineEdit, "template_title").text() == "Angefangen"


def test_one_of_the_catalogue_is_copied_and_stays(shell: Shell, blank: Desk) -> None:
    press(shell, "copy_call_back")
    dialog_of(shell).accept()
    settle()
    same = [each.own for each in templates.every(blank) if each.template.title == "Bitte um Rückruf"]
    assert sorted(same) == [False, True]


def test_a_deleted_template_comes_back_with_one_click(shell: Shell, blank: Desk) -> None:
    press(shell, "copy_call_back")
    dialog_of(shell).accept()
    settle()
    [own] = [each.template for each in templates.every(blank) if each.own]
    press(shell, f"drop_{own.code}")
    assert not [each for each in templates.every(blank) if each.own]
    press(shell, "toast_undo")
    assert [each.template for each in templates.every(blank) if each.own] == [own]


def test_the_letter_is_drawn_beside_its_words(shell: Shell) -> None:
    press(shell, "copy_call_back")
    dialog = dialog_of(shell)
    picture = find(dialog, QLabel, "template_example")
    settle()
    QApplication.processEvents()
    assert picture.accessibleName()
    assert not picture.pixmap().isNull()


def test_a_free_letter_is_made_by_the_template_that_is_chosen(case_desk: "CaseDesk") -> None:
    made = templates.every(case_desk.desk)[0].template
    copied = templates.keep(
        case_desk.desk, type(made)(code="", title="Zweite", about="client", subject="Zwei", body="Zwei.")
    )
    page = case_desk.open("plan")
    window = open_paper(page._context, page, "client-letter", case_desk.case.id)
    settle()
    box = find(window, QComboBox, "paper_template")
    box.setCurrentIndex(box.findData(copied.code))
    window._side.worded.emit(copied.code)
    settle()
    assert window._shown is not None
    assert (window._shown.made.title, window._shown.made.template) == ("Zweite", copied.code)
    window.reject()
