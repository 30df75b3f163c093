"""The frame of an open desk, and the way in and out: locking keeps drafts, target and nothing else."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QListWidget, QTextBrowser, QWidget
from pytestqt.qtbot import QtBot

from kimdesk.casework import records
from kimdesk.casework.cases import find as find_cases
from kimdesk.casework.cases import load, open_new
from kimdesk.casework.desk import Desk
from kimdesk.domain.records import Person
from tests.conftest import PASSPHRASE
from tests.ui.conftest import walk_accessible
from tests.ui.hands import cleared, click, find, is_closed
from ui import theme
from ui.app import Program
from ui.desk.page import DeskPage
from ui.kit.dialog import Dialog
from ui.kit.toast import Toast
from ui.pages.cases.new_case import NewCaseDialog
from ui.pages.unlock.page import UnlockPage
from ui.places import Place
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


@pytest.fixture
def program(
    qtbot: QtBot, qapp: QApplication, desk_folder: Path, inline_work: InlineWork
) -> Iterator[Program]:
    """The whole program with the desk open."""
    keeper = Keeper(Preferences(look="light").opened(desk_folder, "Eschenried"))
    program = Program(qapp, keeper, work=inline_work)
    program.start()
    program.settle()
    qtbot.addWidget(program.window)
    unlock(program)
    yield program
    program.leave()
    program.deleteLater()
    theme.apply(qapp)


def unlock(program: Program) -> None:
    QApplication.processEvents()
    field = find(program.window, QLineEdit, "passphrase")
    field.setText(PASSPHRASE)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert program.shell is not None


def shown(shell: Shell) -> str:
    page = shell.current_page()
    return next(key for key, each in shell.pages.items() if each is page)


def test_a_page_is_made_when_it_is_first_shown(shell: Shell) -> None:
    assert list(shell.pages) == ["today"]
    shell.navigate(Place("cases"))
    shell.navigate(Place("today"))
    assert list(shell.pages) == ["today", "cases"]
    assert shown(shell) == "today"


def test_the_rail_leads_to_pages_by_click_and_key(shell: Shell) -> None:
    pages = shell.rail.list
    row = shell.rail.keys().index("cases")
    QTest.mouseClick(
        pages.viewport(),
        Qt.MouseButton.LeftButton,
        pos=pages.visualRect(pages.model().index(row, 0)).center(),
    )
    assert shown(shell) == "cases"
    QTest.keyClick(shell, Qt.Key.Key_F6)
    assert pages.hasFocus()
    QTest.keyClick(pages, Qt.Key.Key_Up)
    QTest.keyClick(pages, Qt.Key.Key_Return)
    assert shown(shell) == "today"
    QTest.keyClick(shell, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert shown(shell) == "cases"


def test_a_case_lights_the_list_of_cases(shell: Shell, desk: Desk) -> None:
    case = find_cases(desk, "Osman")[0]
    shell.navigate(Place("case", case.id, "plan"))
    assert shown(shell) == "case"
    assert shell.target == Place("case", case.id, "plan")
    assert shell.rail.list.currentIndex().row() == shell.rail.keys().index("cases")


def press(shell: Shell, key: Qt.Key, *, shift: bool = False) -> None:
    shell.activateWindow()
    assert QTest.qWaitForWindowActive(shell)
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(shell, key, control | Qt.KeyboardModifier.ShiftModifier if shift else control)


def test_a_new_case_begins_by_one_key_over_any_page(shell: Shell, desk: Desk) -> None:
    """Who gives it up is where she was."""
    there = Place("case", find_cases(desk, "Osman")[0].id, "contacts")
    for place in (Place("today"), Place("cases"), there, Place("settings")):
        shell.navigate(place)
        press(shell, Qt.Key.Key_N)
        find(shell, NewCaseDialog, "new_case_dialog").reject()
        cleared()
        assert shown(shell) == place.page


def test_the_empty_search_offers_the_cases_opened_last(shell: Shell, desk: Desk) -> None:
    open_new(desk, Person(family_name="Zander", given_names="Ida"))
    osman, other = (find_cases(desk, name)[0] for name in ("Osman", "Zander"))
    for case in (osman, other, osman):
        shell.navigate(Place("case", case.id))
    press(shell, Qt.Key.Key_K)
    results = find(shell, QListWidget, "search_results")
    assert results.item(0).text().startswith(osman.name)
    assert results.item(1).text().startswith(other.name)
    assert "zuletzt" in results.item(0).text()
    search = find(shell, QLineEdit, "search")
    QTest.keyClick(search, Qt.Key.Key_Down)
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert shell.target.case_id == other.id
    assert not results.isVisible()


def test_the_last_message_is_taken_back_by_one_key(shell: Shell) -> None:
    undone: list[str] = []
    shell.context.toast("Erledigt", lambda: undone.append("this"))
    press(shell, Qt.Key.Key_Z)
    press(shell, Qt.Key.Key_Z)
    assert undone == ["this"]


def test_phone_and_address_are_copied_by_one_key_but_never_of_who_is_protected(
    shell: Shell, desk: Desk
) -> None:
    file = load(desk, find_cases(desk, "Osman")[0].id)
    client = file.client
    assert client is not None
    home = replace(client, street="Lindenweg 4", postcode="59821", city="Arnsberg", phone="0171 5550123")
    kept = records.save(desk, home)
    shell.navigate(Place("case", file.case.id))
    board = QApplication.clipboard()
    press(shell, Qt.Key.Key_T, shift=True)
    assert board.text() == "0171 5550123"
    press(shell, Qt.Key.Key_A, shift=True)
    assert board.text() == "Lindenweg 4\n59821 Arnsberg"
    board.clear()
    records.save(desk, replace(kept, protected=True))
    press(shell, Qt.Key.Key_T, shift=True)
    press(shell, Qt.Key.Key_A, shift=True)
    assert board.text() == ""
    assert "geschützt" in find(shell, Toast, "toast").accessibleName()


def test_an_unknown_target_changes_nothing(shell: Shell) -> None:
    shell.navigate(Place("unicorns"))
    assert (shown(shell), shell.target) == ("today", Place("today"))


def test_the_rail_counts_what_waits(shell: Shell) -> None:
    words = [shell.rail.list.model().index(row, 0).data() for row in range(len(shell.rail.keys()))]
    assert words[shell.rail.keys().index("cases")] == "Fälle 2"


def test_search_finds_while_typing_and_opens_with_return(shell: Shell, desk: Desk, qtbot: QtBot) -> None:
    QTest.keyClick(shell, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    field = find(shell, QLineEdit, "search")
    assert field.hasFocus()
    QTest.keyClicks(field, "osm")
    results = shell.findChild(QListWidget, "search_results")
    assert results is not None
    qtbot.waitUntil(lambda: results.isVisible() and results.count() == 2)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert shell.target == Place("case", find_cases(desk, "Osman")[0].id)
    assert not results.isVisible()
    assert field.text() == ""


def test_search_knows_pages_and_says_when_there_is_nothing(shell: Shell, qtbot: QtBot) -> None:
    field = find(shell, QLineEdit, "search")
    results = shell.findChild(QListWidget, "search_results")
    assert results is not None
    field.setText("einst")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert shown(shell) == "settings"
    field.setText("zzzz")
    qtbot.waitUntil(results.isVisible)
    assert results.item(0).text().startswith("Nichts gefunden")
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert shown(shell) == "settings"
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not results.isVisible()


def test_a_change_elsewhere_refreshes_the_page(shell: Shell, desk: Desk) -> None:
    from kimdesk.casework.cases import open_new
    from kimdesk.domain.records import Person

    open_new(desk, Person(family_name="Traoré", given_names="Ibrahim"))
    QApplication.processEvents()
    row = shell.rail.keys().index("cases")
    assert shell.rail.list.model().index(row, 0).data() == "Fälle 3"


def test_what_failed_stands_above_the_page_until_closed(shell: Shell, inline_work: InlineWork) -> None:
    def broken() -> None:
        raise OSError("Osman")

    inline_work.write(shell, broken)
    notice = find(shell, QWidget, "shell_notice")
    assert "Osman" not in notice.accessibleName()
    assert notice.accessibleName().startswith("Etwas Unerwartetes ist geschehen.")
    click(shell, "close_notice")
    assert notice.isHidden()


def test_a_toast_stands_beside_the_rail(shell: Shell) -> None:
    shell.context.toast("Fall gespeichert.")
    toast = shell.findChild(Toast)
    assert toast is not None
    assert toast.x() > shell.rail.width()


@pytest.mark.parametrize("look", [{}, {"dark": True}, {"zoom": 2.0}])
def test_everything_has_a_name(desk: Desk, inline_work: InlineWork, qtbot: QtBot, look: dict[str, object],
                               other_look: Callable[..., None]) -> None:  # fmt: skip
    other_look(**look)
    shell = Shell(desk, inline_work, Keeper(Preferences()), Place("settings"))
    qtbot.addWidget(shell)
    shell.show()
    names = walk_accessible(shell)
    assert {"Seiten", "Sperren", "Person, Aktenzeichen oder Seite suchen"} <= set(names)
    shell.leave()


def test_large_text_leaves_icons_in_the_rail(desk: Desk, inline_work: InlineWork, qtbot: QtBot,
                                             other_look: Callable[..., None]) -> None:  # fmt: skip
    other_look(zoom=2.0)
    shell = Shell(desk, inline_work, Keeper(Preferences()))
    qtbot.addWidget(shell)
    assert shell.rail.width() == 84
    assert "KIMdesk" not in [label.text() for label in shell.rail.findChildren(QLabel)]
    shell.leave()


def test_ctrl_l_locks_and_drops_the_key(program: Program) -> None:
    desk = program.desk
    assert desk is not None
    QTest.keyClick(program.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(program.window.centralWidget(), UnlockPage)
    assert program.desk is None
    assert program.window.windowTitle() == "KIMdesk"
    with pytest.raises(RuntimeError, match="closed"), desk.reading():
        pass


def test_after_unlocking_the_same_case_is_back(program: Program) -> None:
    assert program.shell is not None
    assert program.desk is not None
    target = Place("case", find_cases(program.desk, "Haddad")[0].id)
    program.shell.navigate(target)
    program.lock()
    unlock(program)
    assert program.shell.target == replace(target, tab="plan")


def test_locking_saves_drafts_first_and_closes_dialogs(program: Program) -> None:
    assert program.shell is not None
    order: list[str] = []

    class Draft(DeskPage, QWidget):
        def flush(self) -> None:
            order.append("open" if program.desk else "closed")

    program.shell.pages["draft"] = Draft()
    dialog = QDialog(program.window)
    dialog.show()
    program.lock()
    assert order == ["open"]
    assert is_closed(dialog)


def test_nothing_of_a_case_is_left_in_a_locked_window(program: Program) -> None:
    assert program.shell is not None
    assert program.desk is not None
    program.shell.navigate(Place("case", find_cases(program.desk, "Osman")[0].id))
    program.lock()
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, 52)  # QEvent.Type.DeferredDelete
    texts = [label.text() for label in program.window.findChildren(QLabel)]
    assert not any("Osman" in text for text in texts)
    assert "Osman" not in program.window.windowTitle()


def test_the_title_names_the_desk_only(program: Program) -> None:
    assert program.window.windowTitle() == "KIMdesk – Eschenried"


def test_closing_the_window_closes_the_vault(program: Program, desk_folder: Path) -> None:
    program.window.close()
    assert program.desk is None
    with Desk.unlock(desk_folder, PASSPHRASE) as again:
        assert again.name == "Eschenried"


def test_another_look_at_run_time_keeps_page_and_place(program: Program, qtbot: QtBot) -> None:
    assert program.shell is not None
    program.shell.navigate(Place("settings"))
    program.keeper.change(program.keeper.current._replace(zoom=2.0, look="dark"))
    qtbot.waitUntil(lambda: program.shell is not None and program.shell.rail.width() == 84)
    assert theme.theme().dark
    assert shown(program.shell) == "settings"


def turn_dark(program: Program) -> None:
    """Let the desktop turn dark for a worker who wants to look as it does."""
    program.keeper.change(program.keeper.current._replace(look="system"))
    program.settle()
    QApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)


def test_a_desktop_that_turns_dark_leaves_the_field_that_is_typed_in(program: Program, qtbot: QtBot) -> None:
    shell = program.shell
    assert shell is not None
    shell.navigate(Place("cases"))
    frame, line = shell.rail, shell.bar.search
    line.setFocus()
    QTest.keyClicks(line, "amn")
    line.setCursorPosition(1)
    turn_dark(program)
    qtbot.wait(50)
    assert theme.theme().dark
    assert QApplication.focusWidget() is line
    assert (line.text(), line.cursorPosition()) == ("amn", 1)
    shell.rail.list.setFocus()
    qtbot.waitUntil(lambda: shell.rail is not frame)
    assert shown(shell) == "cases"


def test_a_desktop_that_turns_dark_leaves_an_open_dialog(program: Program, qtbot: QtBot) -> None:
    shell = program.shell
    assert shell is not None
    dialog = Dialog(shell, "Weiter?", accept="Ja")
    dialog.open()
    frame = shell.rail
    turn_dark(program)
    qtbot.wait(50)
    assert shell.rail is frame
    assert dialog.isVisible()
    dialog.reject()
    shell.setFocus()
    qtbot.waitUntil(lambda: shell.rail is not frame)


def test_the_vault_used_last_is_shown_at_the_start(program: Program, desk_folder: Path) -> None:
    assert program.keeper.current.vaults[0].folder == str(desk_folder)
    assert program.keeper.current.vaults[0].name == "Eschenried"


def test_hits_tell_twins_apart_and_a_new_case_is_one_line_away(
    shell: Shell, desk: Desk, qtbot: QtBot
) -> None:
    field = find(shell, QLineEdit, "search")
    results = shell.findChild(QListWidget, "search_results")
    assert results is not None
    field.setText("osm")
    qtbot.waitUntil(results.isVisible)
    assert results.item(0).text().startswith("Osman, Amna, ")
    assert results.item(0).text().endswith("· Name")
    assert results.item(results.count() - 1).text().startswith("Neuer Fall")
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert any(isinstance(one, NewCaseDialog) for one in QApplication.topLevelWidgets() if one.isVisible())


def test_f1_helps_in_a_dialog_and_gives_the_keyboard_back(program: Program) -> None:
    """F1 was dead in every dialog: its key belonged to the window below."""
    assert program.shell
    program.shell.navigate(Place("cases"))
    click(program.shell, "new_case")
    dialog = find(program.shell, NewCaseDialog, "new_case_dialog")
    field = find(dialog, QLineEdit, "new_family_name")
    QTest.keyClicks(field, "Osm")
    for key, held, title in (
        (Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier, "Fälle"),
        (Qt.Key.Key_Question, Qt.KeyboardModifier.ControlModifier, "Tastenkürzel"),
    ):
        dialog.activateWindow()
        QTest.qWaitForWindowActive(dialog)
        QTest.keyClick(dialog, key, held)
        shown = find(dialog, QDialog, "help_dialog")
        assert find(shown, QTextBrowser, "help_text").toPlainText().startswith(title)
        QTest.keyClick(shown, Qt.Key.Key_F1)
        assert len(dialog.findChildren(QDialog)) == 1, "help of the help opens no second window"
        QTest.keyClick(shown, Qt.Key.Key_Escape)
        assert is_closed(shown)
        cleared()
    dialog.activateWindow()
    QTest.qWaitForWindowActive(dialog)
    assert (dialog.focusWidget(), field.text()) == (field, "Osm")
    assert program.shell.target.page == "cases"
    dialog.reject()
