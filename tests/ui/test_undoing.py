"""One key takes back what was done, step by step, and says what it took back."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from kimdesk.casework import cases, changes, records
from kimdesk.casework.changes import Change
from kimdesk.casework.desk import Desk
from kimdesk.domain.records import Goal
from tests.ui.hands import find, press_keys, settle
from tests.ui.page_help import toasts
from ui import focus
from ui.program.preferences import Keeper, Preferences
from ui.program.work import InlineWork
from ui.shell import Shell


@pytest.fixture
def shell(qtbot: QtBot, desk: Desk, inline_work: InlineWork) -> Iterator[Shell]:
    shell = Shell(desk, inline_work, Keeper(Preferences()))
    qtbot.addWidget(shell)
    shell.resize(1366, 738)
    shell.show()
    qtbot.waitActive(shell)
    yield shell
    shell.leave()


def take_back(shell: Shell) -> None:
    QTest.keyClick(shell, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle()


def test_one_key_takes_back_step_after_step_and_says_which(desk: Desk, shell: Shell) -> None:
    taken: list[str] = []
    shell.context.toast("Erster Schritt.", lambda: taken.append("first"))
    shell.context.toast("Zweiter Schritt.", lambda: taken.append("second"))
    shell.context.toast("Nur gesagt.")
    for said in ("Zweiter Schritt", "Erster Schritt"):
        take_back(shell)
        assert toasts(shell) == [f"Zurückgenommen: {said}"]
    take_back(shell)
    assert taken == ["second", "first"]
    assert toasts(shell) == ["Es gibt keinen Schritt, den Sie zurücknehmen können."]


def test_a_step_that_no_longer_applies_says_so_and_the_next_key_goes_further_back(
    desk: Desk, shell: Shell
) -> None:
    [case, *_] = cases.list_page(desk, cases.CaseQuery()).rows
    made = [changes.save(desk, Goal(case_id=case.id, text=text)) for text in ("Arbeit", "Sprache")]
    for one in made:

        def undo(one: Change = one) -> None:
            shell.context.work.write(shell, lambda: changes.undo(desk, one))

        shell.context.toast(one.now(Goal)[0].text, undo)
    records.save(desk, replace(made[1].now(Goal)[0], text="Deutsch B1"))
    for said in ("Nicht zurückgenommen: Sprache", "Zurückgenommen: Arbeit"):
        take_back(shell)
        settle()
        assert toasts(shell) == [said]
    assert [goal.text for goal in cases.peek(desk, case.id).goals] == ["Deutsch B1"]


def test_the_key_works_from_a_text_field_in_which_nothing_was_typed(shell: Shell) -> None:
    taken: list[str] = []
    shell.context.toast("Erster Schritt.", lambda: taken.append("first"))
    field = find(shell, QLineEdit, "search")
    focus.go(field)
    press_keys(field, "Os")
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert (field.text(), taken) == ("", [])  # first what was typed there
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert taken == ["first"]
