"""Locking an open desk: everything vanishes, nothing typed is lost, and the same place comes back."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QTabBar,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot

from kimdesk.casework import cases, records
from kimdesk.casework.desk import Desk
from kimdesk.cli.__main__ import main as kimdeskctl
from kimdesk.domain.records import Goal, Person
from kimdesk.store.audit import TrailEntry, of_case
from tests.conftest import PASSPHRASE
from tests.ui.conftest import BOTH
from tests.ui.hands import click, find, is_closed, press_keys, settle, type_into
from tests.ui.places import in_case
from ui import theme
from ui.app import Program
from ui.desk.locking import AnchorWatch
from ui.pages.unlock.page import UnlockPage
from ui.places import Place
from ui.program.preferences import Keeper, Preferences
from ui.program.work import InlineWork, Work

TYPED = "B1 schaffen, trotz „allem“ –\nbis zum Sommer. 1 < 2 & ü"


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication, desk_folder: Path, background: Work) -> Iterator[Program]:
    """The whole program with the desk open; nothing may fail unsaid."""
    surprises: list[object] = []
    background.unexplained.connect(surprises.append)
    keeper = Keeper(Preferences(look="light").opened(desk_folder, "Eschenried"))
    program = Program(qapp, keeper, work=background)
    program.start()
    program.settle()
    qtbot.addWidget(program.window)
    unlock(program)
    yield program
    program.leave()
    program.deleteLater()
    theme.apply(qapp)
    assert surprises == []


def unlock(program: Program) -> None:
    settle()
    type_into(program.window, "passphrase", PASSPHRASE)
    click(program.window, "open_vault")
    assert program.shell is not None


def open_case(program: Program, place: str = "", name: str = "Osman") -> str:
    """Show the case of ``name`` and return its id."""
    assert program.desk is not None
    assert program.shell is not None
    case_id = cases.find(program.desk, name)[0].id
    program.shell.navigate(in_case(case_id, place))
    settle()
    return case_id


def others(program: Program) -> list[QWidget]:
    """Return every visible window but the main one."""
    return [
        each for each in QApplication.topLevelWidgets() if each.isVisible() and each is not program.window
    ]


def record_dialog(program: Program, name: str) -> QDialog:
    return find(program.window, QDialog, name)


def desk_of(program: Program) -> Desk:
    assert program.desk is not None
    return program.desk


def box(window: QWidget) -> QWidget:
    shown = QMessageBox(window)
    shown.setText("Amna Osman")
    shown.open()
    return shown


def menu(window: QWidget) -> QWidget:
    shown = QMenu(window)
    shown.addAction("Amna Osman")
    shown.popup(QPoint(20, 20))
    return shown


def choices(window: QWidget) -> QWidget:
    shown = QComboBox(window)
    shown.addItems(["Amna Osman", "Amira Haddad"])
    shown.show()
    shown.showPopup()
    return shown.view().window()


def stubborn(window: QWidget) -> QWidget:
    class Asking(QDialog):
        def reject(self) -> None:
            """Refuse to go."""

    shown = Asking(window)
    shown.open()
    return shown


@pytest.mark.parametrize("show", [box, menu, choices, stubborn])
def test_every_window_vanishes_when_the_desk_locks(
    program: Program, show: Callable[[QWidget], QWidget]
) -> None:
    shown = show(program.window)
    assert shown.isVisible()
    program.lock()
    assert is_closed(shown)
    assert others(program) == []
    assert isinstance(program.window.centralWidget(), UnlockPage)


def test_hints_and_toasts_vanish_too(program: Program) -> None:
    assert program.shell is not None
    program.shell.context.toast("Amna Osman gespeichert.")
    QToolTip.showText(QPoint(30, 30), "Amna Osman", program.window)
    program.lock()
    settle()
    assert not QToolTip.isVisible()
    assert program.window.findChild(QWidget, "toast") is None or not find_visible(program, "toast")


def find_visible(program: Program, name: str) -> bool:
    return any(each.isVisible() for each in program.window.findChildren(QWidget, name))


def test_an_open_file_chooser_goes_and_answers_nothing(program: Program, qtbot: QtBot) -> None:
    answers: list[str] = []
    QTimer.singleShot(50, program.lock)
    name, _ = QFileDialog.getSaveFileName(
        program.shell, "KIMdesk", "", options=QFileDialog.Option.DontUseNativeDialog
    )
    answers.append(name)
    assert answers == [""]
    assert program.desk is None
    assert others(program) == []


@BOTH
def test_the_key_is_wiped_and_the_database_closed(program: Program, desk_folder: Path) -> None:
    vault = desk_of(program).vault
    key = vault.key
    assert any(key)
    program.lock()
    settle()
    assert not any(key)
    with pytest.raises(RuntimeError, match="closed"):
        _ = vault.engine
    with Desk.unlock(desk_folder, PASSPHRASE) as again:
        assert again.name == "Eschenried", "the folder is free for others"


def test_the_same_tab_comes_back(program: Program) -> None:
    open_case(program)
    bar = find(program.window, QTabBar, "case_tabs")
    bar.setCurrentIndex(2)
    program.lock()
    unlock(program)
    assert find(program.window, QTabBar, "case_tabs").currentIndex() == 2


@BOTH
def test_words_typed_for_a_new_goal_come_back_as_they_were(program: Program) -> None:
    open_case(program, "plan")
    click(program.window, "add_goal")
    text = find(record_dialog(program, "edit_goal"), QPlainTextEdit, "field_goal_text")
    text.setFocus()
    press_keys(text, "Zu Hause ")
    text.insertPlainText(TYPED)
    program.lock()
    assert others(program) == []
    unlock(program)
    again = record_dialog(program, "edit_goal")
    assert find(again, QPlainTextEdit, "field_goal_text").toPlainText() == f"Zu Hause {TYPED}"


@BOTH
def test_words_typed_over_a_stored_goal_come_back_and_nothing_was_saved(program: Program) -> None:
    case_id = open_case(program, "plan")
    goal = records.save(desk_of(program), Goal(case_id=case_id, number=1, text="A2"))
    settle()
    open_case(program, f"goal:{goal.id}")
    text = find(record_dialog(program, "edit_goal"), QPlainTextEdit, "field_goal_text")
    text.setPlainText(TYPED)
    program.lock()
    unlock(program)
    assert find(record_dialog(program, "edit_goal"), QPlainTextEdit, "field_goal_text").toPlainText() == TYPED
    assert records.get(desk_of(program), Goal, goal.id).text == "A2"


@BOTH
def test_a_form_locked_while_it_was_typed_in_keeps_every_letter(program: Program) -> None:
    open_case(program, "intake")
    field = next(each for each in program.window.findChildren(QPlainTextEdit) if each.isVisible())
    field.setFocus()
    press_keys(field, "Frau O. kommt mit ihrer Schwester;")
    name = field.objectName()
    program.lock()
    unlock(program)
    assert find(program.window, QPlainTextEdit, name).toPlainText() == "Frau O. kommt mit ihrer Schwester;"


@BOTH
def test_locking_twice_and_leaving_locked_is_harmless(program: Program) -> None:
    program.lock()
    program.lock()
    program.leave()
    assert program.desk is None


def titles() -> list[str]:
    """Return the titles of the windows that are open."""
    return [each.windowTitle() for each in QApplication.topLevelWidgets() if each.isVisible()]


def test_no_window_title_names_anybody(program: Program) -> None:
    case_id = open_case(program, "plan")
    person = cases.peek(desk_of(program), case_id).persons[0]
    seen = titles()
    for place in ("contacts", "people", "consents", f"person:{person.id}", "intake"):
        open_case(program, place)
        seen += titles()
    for button in ("add_goal", "add_measure"):
        open_case(program, "plan")
        click(program.window, button)
        seen += titles()
        record_dialog(program, button.replace("add", "edit")).reject()
    assert set(seen) <= {"", "KIMdesk", "KIMdesk – Eschenried"}


def opened(desk: Desk, case_id: str) -> list[TrailEntry]:
    with desk.reading() as reader:
        return [each for each in of_case(reader.connection, case_id) if each.action == "opened"]


def test_each_opening_of_a_case_is_noted_once(program: Program) -> None:
    case_id = open_case(program, "plan")
    assert len(opened(desk_of(program), case_id)) == 1
    for place in ("contacts", "people", "intake", "plan"):
        open_case(program, place)
    records.save(desk_of(program), Goal(case_id=case_id, number=1, text="B1"))
    settle()
    assert len(opened(desk_of(program), case_id)) == 1, "moving within the case is not another opening"
    open_case(program, name="Haddad")
    open_case(program)
    assert len(opened(desk_of(program), case_id)) == 2
    program.lock()
    unlock(program)
    assert len(opened(desk_of(program), case_id)) == 3, "who unlocks sees the case again"


def test_the_list_and_the_day_open_no_case(program: Program) -> None:
    assert program.shell is not None
    case_id = cases.find(desk_of(program), "Osman")[0].id
    for target in ("cases", "today", "cases?key=active"):
        program.shell.navigate(Place.parse(target))
        settle()
    assert opened(desk_of(program), case_id) == []


def test_showing_a_case_without_windows_is_noted_too(
    desk_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Desk.unlock(desk_folder, PASSPHRASE) as desk:
        case_id = cases.find(desk, "Osman")[0].id
    secret = tmp_path / "passphrase"
    secret.write_text(PASSPHRASE)
    arguments = ["case", "show", str(desk_folder), "--passphrase-file", str(secret), case_id]
    assert kimdeskctl(arguments) == 0
    assert "Osman" in capsys.readouterr().out
    with Desk.unlock(desk_folder, PASSPHRASE) as desk:
        assert len(opened(desk, case_id)) == 1


def test_what_was_saved_is_anchored_when_nobody_saves_for_a_while(
    desk: Desk, desk_folder: Path, qapp: QApplication, inline_work: InlineWork, qtbot: QtBot
) -> None:
    watch = AnchorWatch(qapp, inline_work, after_s=0.02)
    watch.start(desk)
    before = (desk_folder / "anchor").read_bytes()
    cases.open_new(desk, Person(family_name="Traoré", given_names="Ibrahim"))
    assert (desk_folder / "data.db-wal").stat().st_size > 0
    qtbot.waitUntil(lambda: (desk_folder / "anchor").read_bytes() != before)
    assert (desk_folder / "data.db-wal").stat().st_size == 0
    watch.stop()
    watch.deleteLater()


def test_a_locked_desk_is_not_anchored_again(
    desk: Desk, desk_folder: Path, qapp: QApplication, inline_work: InlineWork, qtbot: QtBot
) -> None:
    watch = AnchorWatch(qapp, inline_work, after_s=0.02)
    surprises: list[object] = []
    inline_work.unexplained.connect(surprises.append)
    watch.start(desk)
    cases.open_new(desk, Person(family_name="Traoré", given_names="Ibrahim"))
    watch.stop()
    desk.close()
    after = (desk_folder / "anchor").read_bytes()
    QTest.qWait(60)
    assert (desk_folder / "anchor").read_bytes() == after
    assert surprises == []
    watch.deleteLater()


@BOTH
def test_ctrl_l_locks_from_within_a_dialog(program: Program, qtbot: QtBot) -> None:
    guard = program.guard
    assert guard is not None
    dialog = QDialog(program.window)
    dialog.open()
    guard._idle.look(time.monotonic(), time.time())
    QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: program.desk is None)
    assert others(program) == []


def test_typing_in_a_dialog_keeps_the_desk_open(program: Program, qtbot: QtBot) -> None:
    guard = program.guard
    assert guard is not None
    dialog = QDialog(program.window)
    field = QLineEdit(dialog)
    dialog.open()
    field.setFocus()
    guard._idle.look(time.monotonic(), time.time())
    guard._idle._touched -= 299
    QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_A)
    assert field.text() == "a"
    guard._idle.look(time.monotonic() + 2, time.time())
    assert program.desk is not None
    guard._idle.look(time.monotonic() + 301, time.time())
    assert program.desk is None
    assert is_closed(dialog)
