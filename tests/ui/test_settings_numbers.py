"""Einstellungen: how new cases are numbered can be seen, tried and changed."""

from collections.abc import Callable

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from kimdesk.casework import cases, office
from kimdesk.casework.desk import Desk
from kimdesk.domain.dates import today
from tests.ui.page_fixtures import blank, blank_template, shell_on
from ui.kit.field import FieldBox
from ui.kit.text import Text
from ui.shell import Shell

__all__ = ["blank", "blank_template", "shell_on"]

OpenShell = Callable[..., Shell]


def typed(shell: Shell, name: str, text: str) -> QLineEdit:
    editor = shell.findChild(QLineEdit, name)
    assert editor is not None
    editor.selectAll()
    QTest.keyClicks(editor, text)
    return editor


def save(shell: Shell) -> None:
    button = shell.findChild(QAbstractButton, "save_file_numbers")
    assert button is not None
    button.click()


def example(shell: Shell) -> str:
    found = shell.findChild(Text, "file_number_example")
    assert found is not None
    return found.text()


def test_a_template_is_tried_and_kept(shell_on: OpenShell, blank: Desk) -> None:
    shell = shell_on(blank, "settings")
    typed(shell, "file_number_template", "{OE} {lfd}/{JJ}")
    typed(shell, "file_number_office", "KIM")
    assert f"KIM 001/{today().year % 100:02}" in example(shell)
    save(shell)
    assert office.file_numbers(blank) == office.FileNumbers("{OE} {lfd}/{JJ}", "KIM")
    assert cases.open_new(blank, None).file_number == f"KIM 001/{today().year % 100:02}"


def test_what_numbers_nothing_is_told_at_the_field_and_not_kept(shell_on: OpenShell, blank: Desk) -> None:
    shell = shell_on(blank, "settings")
    before = office.file_numbers(blank)
    editor = typed(shell, "file_number_template", "{OE}-{JJJJ}")
    save(shell)
    box = editor.parent()
    assert isinstance(box, FieldBox)
    assert "{lfd}" in box.error()
    assert office.file_numbers(blank) == before
