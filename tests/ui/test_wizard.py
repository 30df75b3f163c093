"""The practice town in one click: built, marked, and open again with its open secret."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit

from kimdesk.casework import access, cases
from kimdesk.vault import check_recovery, recovery
from tests.ui.access_help import actions
from tests.ui.conftest import walk_accessible
from tests.ui.hands import click, find, sees, type_into
from ui.app import Program
from ui.pages.unlock.page import UnlockPage
from ui.pages.wizard import presenter
from ui.pages.wizard.details import DetailsStep
from ui.places import Place
from ui.program.preferences import Keeper, Preferences
from ui.program.work import InlineWork


@pytest.fixture
def program(
    qapp: QApplication, inline_work: InlineWork, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Program]:
    monkeypatch.setattr(presenter, "PRACTICE_CASES", 3)
    started = Program(qapp, Keeper(Preferences()), work=inline_work)
    started.start()
    yield started
    started.window.close()


def test_the_practice_town_opens_with_one_click_and_again_after_locking(program: Program) -> None:
    click(program.window, "start_practice")
    assert program.desk is not None
    assert program.desk.practice
    assert cases.count(program.desk, cases.CaseQuery(status="")) == 3
    program.lock()
    page = program.window.centralWidget()
    assert isinstance(page, UnlockPage)
    page.settle()
    QApplication.processEvents()
    secret = find(program.window, QLabel, "open_secret").text().partition(": ")[2]
    type_into(program.window, "passphrase", secret)
    click(program.window, "open_vault")
    assert program.desk is not None


def test_the_client_screen_of_the_practice_town_says_what_leaves_it(program: Program) -> None:
    click(program.window, "start_practice")
    assert program.desk is not None
    assert program.shell is not None
    (row, *_) = cases.list_page(program.desk, cases.CaseQuery(), None, 1).rows
    program.shell.navigate(Place("case", row.id, "plan"))
    click(program.window, "show_client_screen")
    shown = next(one for one in QApplication.topLevelWidgets() if one.objectName() == "client_screen")
    click(shown, "leave_client_screen")
    secret = find(shown, QLabel, "open_secret").text().partition(": ")[2]
    type_into(shown, "leave_passphrase", secret)
    click(shown, "leave_confirm")
    assert program.window.isVisible()


def test_the_first_steps_are_taken_with_enter_alone(program: Program) -> None:
    way = find(program.window, QAbstractButton, "start_desk")
    program.window.activateWindow()
    QTest.qWaitForWindowActive(program.window)
    way.setFocus()
    QTest.keyClick(way, Qt.Key.Key_Return)
    type_into(program.window, "desk_name", "Eschenried")
    on = find(program.window, QAbstractButton, "wizard_next")
    while (now := QApplication.focusWidget()) is not on:
        assert now is not None
        QTest.keyClick(now, Qt.Key.Key_Tab)
    QTest.keyClick(on, Qt.Key.Key_Return)
    assert sees(program.window, "new_passphrase")


def test_the_sheet_typed_back_counts_as_checked(program: Program) -> None:
    click(program.window, "start_desk")
    type_into(program.window, "desk_name", "Eschenried")
    click(program.window, "wizard_next")
    click(program.window, "suggest_passphrase")
    type_into(program.window, "repeat_passphrase", find(program.window, QLineEdit, "new_passphrase").text())
    QTest.qWait(300)  # the strength is rated when the typing pauses
    click(program.window, "wizard_next")
    code = "".join(find(program.window, QLabel, f"code_{line}").text() for line in (1, 2))
    click(program.window, "wizard_next")
    type_into(program.window, "typed_code", code)
    click(program.window, "wizard_next")
    assert program.desk is not None
    sheet = next(way for way in access.ways(program.desk) if way.kind == "sheet")
    assert sheet.proven is not None
    assert actions(program.desk)[-1] == "recovery_checked"


def at_the_sheet(program: Program) -> str:
    """Go through the first steps up to the sheet and return its code."""
    click(program.window, "start_desk")
    type_into(program.window, "desk_name", "Eschenried")
    click(program.window, "wizard_next")
    click(program.window, "suggest_passphrase")
    type_into(program.window, "repeat_passphrase", find(program.window, QLineEdit, "new_passphrase").text())
    QTest.qWait(300)  # the strength is rated when the typing pauses
    click(program.window, "wizard_next")
    return "".join(find(program.window, QLabel, f"code_{line}").text() for line in (1, 2))


def test_before_the_sheet_is_typed_back_nothing_lies_on_the_disk(program: Program) -> None:
    code = at_the_sheet(program)
    [field] = program.window.findChildren(QLineEdit, "vault_folder")
    folder = Path(field.text())
    click(program.window, "wizard_next")
    type_into(program.window, "typed_code", recovery.new_code())
    click(program.window, "wizard_next")
    assert program.desk is None
    assert not folder.exists()
    find(program.window, QLineEdit, "typed_code").clear()
    type_into(program.window, "typed_code", code)
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_bytes(b"")  # something took the name meanwhile
    click(program.window, "wizard_next")
    assert program.desk is None
    folder.unlink()
    click(program.window, "wizard_next")
    click(program.window, "wizard_next")
    assert "".join(find(program.window, QLabel, f"code_{line}").text() for line in (1, 2)) == code
    click(program.window, "wizard_next")
    click(program.window, "wizard_next")
    assert program.desk is not None
    assert check_recovery(program.desk.vault.folder, code)


def test_a_key_of_a_wrong_length_is_said_at_its_field(program: Program) -> None:
    click(program.window, "start_desk")
    type_into(program.window, "desk_name", "Eschenried")
    type_into(program.window, "municipalities", "0599")
    click(program.window, "wizard_next")
    assert find(program.window, QComboBox, "municipalities").isVisible()
    assert any("acht Ziffern" in label.text() for label in program.window.findChildren(QLabel))


def test_every_step_can_be_used_by_name(program: Program) -> None:
    assert "Meinen Arbeitsplatz einrichten" in walk_accessible(program.window)
    click(program.window, "start_kreis")
    assert "Name der Dienststelle" in walk_accessible(program.window)


def test_municipalities_are_found_by_name_and_stored_by_key(program: Program) -> None:
    click(program.window, "start_desk")
    for typed in ("Warst", "05999004"):
        type_into(program.window, "municipalities", typed)
        QTest.keyClick(QApplication.activePopupWidget() or program.window.focusWidget(), Qt.Key.Key_Tab)
    step = program.window.findChild(DetailsStep)
    assert step is not None
    answers = step.answers()
    assert answers is not None
    assert answers.municipalities == ("05974044", "05999004")
    chips = [find(program.window, QAbstractButton, f"municipalities_{ags}") for ags in answers.municipalities]
    assert [chip.text() for chip in chips] == ["Warstein", "Eschenried"]
