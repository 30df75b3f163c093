"""Many cases at once, and the columns of the list: by keys and by mouse, taken back by one step."""

import json
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QListWidget, QWidget

from kimdesk.casework import case_columns, cases
from kimdesk.casework.desk import Desk
from kimdesk.domain.records import Case
from tests.casework.test_bulk import passed_on
from tests.ui.conftest import BOTH
from tests.ui.hands import click, find, sees, settle
from tests.ui.page_help import dialog_of, new_case, toasts
from tests.ui.scenarios.steps import read
from tests.ui.test_page_cases import many, names, table
from ui.kit.popup import Menu
from ui.pages.cases.columns import NAMES
from ui.pages.cases.many_dialogs import DocumentsDialog
from ui.pages.cases.model import MARK
from ui.pages.cases.presenter import PAGE
from ui.shell import Shell

pytest_plugins = ("tests.ui.page_fixtures",)
ShellOn = Callable[..., Shell]
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


def marked(shell: Shell) -> list[str]:
    """Return the marked cases by the first word of their names, in the order of the list."""
    model = table(shell).rows
    shown = [(model.index(row, 0), model.index(row, MARK)) for row in range(model.rowCount())]
    state = Qt.ItemDataRole.CheckStateRole
    return [name.data().split(",")[0] for name, box in shown if box.data(state) == Qt.CheckState.Checked]


def three(desk: Desk) -> list[Case]:
    return [new_case(desk, family) for family in ("Aziz", "Berger", "Celik")]


def opened(desk: Desk, shell_on: ShellOn) -> Shell:
    shell = shell_on(desk, "cases")
    find(shell, QComboBox, "order").setCurrentIndex(1)
    find(shell, QComboBox, "order").activated.emit(1)
    settle()
    table(shell).setFocus()
    table(shell).selectRow(0)
    return shell


def press(shell: Shell, *keys: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        QTest.keyClick(table(shell), key, held)
        settle()


def test_cases_are_marked_by_keys_alone(blank: Desk, shell_on: ShellOn) -> None:
    three(blank)
    shell = opened(blank, shell_on)
    assert not sees(shell, "marked_bar")
    press(shell, Key.Key_Space)
    assert marked(shell) == ["Aziz"]
    assert "1 Fall markiert" in read(find(shell, QWidget, "marked_bar"))
    press(shell, Key.Key_Down, Key.Key_Down, Key.Key_Space)
    assert marked(shell) == ["Aziz", "Celik"]
    press(shell, Key.Key_Up, held=SHIFT)
    assert marked(shell) == ["Aziz", "Berger", "Celik"]
    press(shell, Key.Key_Down, held=SHIFT)
    assert marked(shell) == ["Aziz", "Celik"], "a stretch drawn back leaves what was marked before"
    press(shell, Key.Key_Escape)
    assert (marked(shell), sees(shell, "marked_bar")) == ([], False)


def test_all_cases_of_the_view_are_marked_not_only_those_that_are_fetched(
    blank: Desk, shell_on: ShellOn
) -> None:
    many(blank, PAGE + 7)
    shell = opened(blank, shell_on)
    press(shell, Key.Key_A, held=CTRL)
    assert len(table(shell).marks.ids) == PAGE + 7
    press(shell, Key.Key_A, held=CTRL)
    assert table(shell).marks.ids == frozenset()


def test_the_mouse_marks_by_the_box_and_by_ctrl_and_shift(blank: Desk, shell_on: ShellOn) -> None:
    three(blank)
    shell = opened(blank, shell_on)
    view = table(shell)

    def hit(row: int, section: int, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        place = view.visualRect(view.rows.index(row, section)).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, held, place)

    hit(1, MARK)
    assert marked(shell) == ["Berger"]
    hit(2, 0, CTRL)
    assert marked(shell) == ["Berger", "Celik"]
    hit(2, 0, CTRL)
    hit(0, 0, SHIFT)
    assert marked(shell) == ["Aziz", "Berger", "Celik"]
    hit(1, 0)
    assert marked(shell) == ["Aziz", "Berger", "Celik"], "to look at a case unmarks none"
    assert view.current() == view.rows.index(1, 0).data(257)


@BOTH
def test_a_follow_up_for_all_and_one_key_takes_it_back(blank: Desk, shell_on: ShellOn) -> None:
    made = three(blank)
    passed_on(blank, made[1])
    shell = opened(blank, shell_on)
    press(shell, Key.Key_A, held=CTRL)
    click(shell, "marked_follow_up")
    dialog = dialog_of(shell)
    assert "Berger" in read(find(dialog, QWidget, "only_read"))[1]
    click(dialog, "dialog_accept")
    assert dialog.isVisible(), "what is to be done must be said"
    QTest.keyClicks(find(dialog, QLineEdit, "field_follow_up_title"), "Post nachfragen")
    click(dialog, "dialog_accept")
    settle()
    assert [len(cases.peek(blank, case.id).follow_ups) for case in made] == [1, 0, 1]
    assert "in 2 Fällen" in toasts(shell)[0]
    assert not table(shell).marks.ids
    shell.activateWindow()
    QTest.qWaitForWindowActive(shell)
    QTest.keyClick(shell, Key.Key_Z, CTRL)
    settle()
    assert [len(cases.peek(blank, case.id).follow_ups) for case in made] == [0, 0, 0]


def test_assigning_shows_in_the_column_of_who_is_in_charge(blank: Desk, shell_on: ShellOn) -> None:
    three(blank)
    shell = opened(blank, shell_on)
    press(shell, Key.Key_Space)
    click(shell, "marked_assign")
    dialog = dialog_of(shell)
    people = find(dialog, QComboBox, "worker")
    people.addItem("Selin Aydin")
    people.setCurrentText("Selin Aydin")
    click(dialog, "dialog_accept")
    menu_of_columns(shell, "column_worker")
    model = table(shell).rows
    section = NAMES.index("worker")
    found = [model.index(row, section).data() for row in range(3)]
    assert found == ["Selin Aydin", "Miriam Kessler", "Miriam Kessler"]


def test_documents_of_the_marked_cases_lie_in_a_folder(
    blank: Desk, shell_on: ShellOn, tmp_path: Path
) -> None:
    made = three(blank)
    shell = opened(blank, shell_on)
    press(shell, Key.Key_Space, Key.Key_Down, Key.Key_Space)
    click(shell, "marked_documents")
    dialog = dialog_of(shell)
    assert isinstance(dialog, DocumentsDialog)
    folder = tmp_path / "stick"
    folder.mkdir()
    dialog.write(folder)
    settle()
    found = {json.loads(path.read_text("utf-8"))["id"] for path in folder.iterdir()}
    assert found == {made[0].id, made[1].id}


def test_a_folder_that_refuses_is_told_and_the_marks_stay(
    blank: Desk, shell_on: ShellOn, tmp_path: Path
) -> None:
    three(blank)
    shell = opened(blank, shell_on)
    press(shell, Key.Key_Space)
    click(shell, "marked_documents")
    dialog = dialog_of(shell)
    assert isinstance(dialog, DocumentsDialog)
    dialog.write(tmp_path / "gone")
    settle()
    assert sees(shell, "marked_notice")
    assert marked(shell) == ["Aziz"]


def test_the_menu_key_on_a_marked_case_offers_what_can_be_done_with_all(
    blank: Desk, shell_on: ShellOn
) -> None:
    three(blank)
    shell = opened(blank, shell_on)
    press(shell, Key.Key_Space)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QApplication.sendEvent(table(shell), event)
    menu = next(each for each in table(shell).findChildren(Menu, "marked_menu") if each.isVisible())
    assert menu.actions()[0].text() == "Zuweisen …"
    menu.close()


def menu_of_columns(shell: Shell, action: str) -> None:
    shell.activateWindow()
    QTest.qWaitForWindowActive(shell)
    QTest.keyClick(table(shell), Key.Key_F4)
    menu = next(each for each in table(shell).findChildren(Menu, "column_menu") if each.isVisible())
    next(each for each in menu.actions() if each.objectName() == action).trigger()
    menu.close()
    settle()


def test_columns_are_chosen_by_key_and_kept_in_the_vault(blank: Desk, shell_on: ShellOn) -> None:
    three(blank)
    shell = opened(blank, shell_on)
    assert table(shell).columns() == ("name", "number", "phase", "due", "regime", "handover")
    menu_of_columns(shell, "column_regime")
    menu_of_columns(shell, "column_contact")
    assert table(shell).columns() == ("name", "number", "phase", "due", "handover", "contact")
    menu_of_columns(shell, "order_columns")
    dialog = dialog_of(shell)
    find(dialog, QListWidget, "column_list").setCurrentRow(5)
    for _ in range(4):
        click(dialog, "column_up")
    click(dialog, "column_wider")
    click(dialog, "dialog_accept")
    chosen = case_columns.chosen(blank)
    assert chosen.shown == ("name", "contact", "number", "phase", "due", "handover")
    assert chosen.widths == {"contact": 150}
    assert table(shell_on(blank, "cases")).columns() == chosen.shown
    menu_of_columns(shell, "reset_columns")
    assert case_columns.chosen(blank) == case_columns.ColumnChoice()


def test_a_head_drawn_wider_by_the_mouse_is_kept(blank: Desk, shell_on: ShellOn) -> None:
    three(blank)
    shell = opened(blank, shell_on)
    table(shell).horizontalHeader().resizeSection(1, 200)
    settle()
    assert case_columns.chosen(blank).widths == {"number": 200}


def test_a_choice_that_cannot_be_read_is_as_shipped(blank: Desk) -> None:
    with blank.writing() as writer:
        writer.connection.exec_driver_sql("insert into setting values ('case_columns', '{\"shown\": 7}')")
    assert case_columns.chosen(blank) == case_columns.ColumnChoice()


def test_the_list_is_turned_round_and_says_how_it_is_sorted(blank: Desk, shell_on: ShellOn) -> None:
    three(blank)
    shell = opened(blank, shell_on)
    menu_of_columns(shell, "turn_order")
    assert names(shell) == ["Celik, Amna", "Berger, Amna", "Aziz, Amna"]
    told = table(shell).rows.headerData(0, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole)
    assert told == "Name, absteigend sortiert"
    menu_of_columns(shell, "turn_order")
    assert names(shell)[0] == "Aziz, Amna"


def test_all_shipped_columns_and_the_boxes_fit_beside_the_short_case(blank: Desk, shell_on: ShellOn) -> None:
    many(blank, PAGE)
    shell = opened(blank, shell_on)
    assert shell.width() == 1366
    assert table(shell).horizontalScrollBar().maximum() == 0
