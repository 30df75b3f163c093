"""The page Fälle: long lists, filters as typed, and no case twice."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import event

from kimdesk.casework import cases, closing, records
from kimdesk.casework.cases import CaseQuery
from kimdesk.casework.desk import Desk
from kimdesk.domain.records import Case, Member, Person
from tests.ui.conftest import walk_accessible
from tests.ui.hands import click, find, is_closed, sees
from tests.ui.page_help import deadline, dialog_of, new_case, page_of, today
from tests.ui.scenarios.steps import read
from ui.kit.cards import CardList
from ui.kit.field import FieldBox
from ui.kit.popup import Menu
from ui.pages.cases.exporting import ExportDialog
from ui.pages.cases.new_case import NewCaseDialog
from ui.pages.cases.presenter import PAGE
from ui.pages.cases.summary import CaseSummary
from ui.pages.cases.table import DUE, NAME, NUMBER, CaseTable
from ui.places import Place
from ui.shell import Shell

pytest_plugins = ("tests.ui.page_fixtures",)
ShellOn = Callable[..., Shell]


def many(desk: Desk, number: int) -> None:
    with desk.writing() as writer:
        for each in range(number):
            case = writer.put(Case(file_number=f"ESR-{each:04}", ags="05999001", opened_on=today()))
            person = writer.put(Person(family_name=f"Familie{each:04}", given_names="Amna"))
            writer.put(Member(case_id=case.id, person_id=person.id))


def table(shell: Shell) -> CaseTable:
    return find(shell, CaseTable, "case_table")


def names(shell: Shell) -> list[str]:
    model = table(shell).rows
    return [model.index(row, NAME).data() for row in range(model.rowCount())]


def scroll_down(shell: Shell, qtbot: QtBot) -> None:
    bar = table(shell).verticalScrollBar()
    bar.setValue(bar.maximum())
    qtbot.wait(1)


def test_the_list_is_fetched_while_scrolling(blank: Desk, shell_on: ShellOn, qtbot: QtBot) -> None:
    many(blank, 2 * PAGE + 20)
    shell = shell_on(blank, "cases")
    assert len(names(shell)) == PAGE
    for _ in range(4):
        scroll_down(shell, qtbot)
    assert len(names(shell)) == len(set(names(shell))) == 2 * PAGE + 20


def test_a_page_takes_no_query_per_row(blank: Desk, shell_on: ShellOn) -> None:
    many(blank, 3)
    shell = shell_on(blank, "cases")

    def statements() -> int:
        run: list[str] = []
        listen = (blank.vault.engine, "before_cursor_execute")

        def note(*told: object) -> None:
            run.append(str(told[2]))

        event.listen(*listen, note)
        page_of(shell).refresh()
        event.remove(*listen, note)
        return len(run)

    few = statements()
    many(blank, 2 * PAGE)
    assert statements() == few


def test_the_list_is_filtered_as_typed(blank: Desk, shell_on: ShellOn, qtbot: QtBot) -> None:
    for family in ("Osman", "Haddad", "Oşman"):
        new_case(blank, family)
    shell = shell_on(blank, "cases")
    QTest.keyClicks(find(shell, QLineEdit, "filter_text"), "osm")
    qtbot.waitUntil(lambda: sorted(names(shell)) == ["Osman, Amna", "Oşman, Amna"])


def test_views_show_what_they_promise(blank: Desk, shell_on: ShellOn) -> None:
    soon, later, closed = (new_case(blank, family) for family in ("Bald", "Spät", "Zu"))
    deadline(blank, soon, "Widerspruch", 3)
    deadline(blank, later, "Verlängerung", 90)
    closing.close(blank, closed.id, "goals_reached")
    shell = shell_on(blank, "cases")
    assert names(shell) == ["Bald, Amna", "Spät, Amna"]
    click(shell, "view_due")
    assert names(shell) == ["Bald, Amna"]
    click(shell, "view_closed")
    assert names(shell) == ["Zu, Amna"]


def test_a_head_sorts_and_the_order_field_follows(blank: Desk, shell_on: ShellOn) -> None:
    for days, family in ((3, "Zander"), (9, "Aziz")):
        deadline(blank, new_case(blank, family), "Frist", days)
    shell = shell_on(blank, "cases")
    assert names(shell) == ["Zander, Amna", "Aziz, Amna"]
    heads = table(shell).horizontalHeader()
    place = QPoint(heads.sectionPosition(NAME) + 8, 8)
    QTest.mouseClick(heads.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert names(shell) == ["Aziz, Amna", "Zander, Amna"]
    assert find(shell, QComboBox, "order").currentData() == "name"


def test_the_chosen_case_is_shown_in_short_and_enter_opens_it(blank: Desk, shell_on: ShellOn) -> None:
    case = new_case(blank, "Osman")
    deadline(blank, case, "Jobcenter anrufen", -2)
    shell = shell_on(blank, "cases")
    summary = shell.findChild(CaseSummary)
    assert summary is not None
    assert summary.isVisibleTo(shell)
    table(shell).setFocus()
    QTest.keyClick(table(shell), Qt.Key.Key_Return)
    assert shell.target == Place("case", case.id)


def test_the_menu_of_a_row_opens_by_key_and_leads_into_the_case(blank: Desk, shell_on: ShellOn) -> None:
    many(blank, 2)
    shell = shell_on(blank, "cases")
    rows = table(shell)
    rows.selectRow(1)
    QApplication.sendEvent(rows, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint()))
    menu = next(each for each in rows.findChildren(Menu, "row_menu") if each.isVisible())
    assert menu.actions()[0].text() == "Fall öffnen"
    next(action for action in menu.actions() if action.objectName() == "row_people").trigger()
    menu.close()
    assert shell.target == Place("case", rows.current(), "people")


def test_the_short_case_is_300_wide_and_never_scrolls(blank: Desk, shell_on: ShellOn) -> None:
    case = new_case(blank, "Osman")
    deadline(blank, case, "Jobcenter anrufen und um Aufschub bitten", -2)
    shell = shell_on(blank, "cases")
    shell.resize(1366, 768)
    summary = shell.findChild(CaseSummary)
    assert summary is not None
    assert summary.width() == 300
    assert not summary.findChildren(QScrollArea)
    told = read(summary)
    assert "Letzter Kontakt" in told
    summary.resize(300, 260)
    find(summary, QWidget, "summary_content").resize(270, 150)
    low = read(summary)
    assert low[0] == told[0]
    assert "Letzter Kontakt" not in low, "what has no room is left out whole"


def test_the_place_in_the_list_survives_a_change(blank: Desk, shell_on: ShellOn, qtbot: QtBot) -> None:
    many(blank, 2 * PAGE)
    shell = shell_on(blank, "cases")
    scroll_down(shell, qtbot)
    table(shell).selectRow(70)
    chosen, place = table(shell).current(), table(shell).verticalScrollBar().value()
    deadline(blank, new_case(blank, "Zuletzt"), "Frist", 400)
    assert table(shell).current() == chosen
    assert table(shell).verticalScrollBar().value() == place


def test_nothing_found_offers_the_way_back(blank: Desk, shell_on: ShellOn, qtbot: QtBot) -> None:
    new_case(blank, "Osman")
    shell = shell_on(blank, "cases")
    find(shell, QLineEdit, "filter_text").setText("gibt es nicht")
    qtbot.waitUntil(lambda: sees(shell, "empty_action"))
    click(shell, "empty_action")
    qtbot.waitUntil(lambda: names(shell) == ["Osman, Amna"])


def test_the_next_date_says_what_it_is(blank: Desk, shell_on: ShellOn) -> None:
    deadline(blank, new_case(blank, "Osman"), "Widerspruch absenden", 0)
    model = table(shell_on(blank, "cases")).rows
    assert model.index(0, DUE).data(Qt.ItemDataRole.ToolTipRole) == "Widerspruch absenden"


def opened_dialog(shell: Shell) -> NewCaseDialog:
    click(shell, "new_case")
    dialog = dialog_of(shell)
    assert isinstance(dialog, NewCaseDialog)
    return dialog


def test_similar_persons_are_shown_before_a_case_is_made(
    blank: Desk, shell_on: ShellOn, qtbot: QtBot
) -> None:
    known = new_case(blank, "Osman", "Amna")
    person = cases.peek(blank, known.id).client
    assert person
    shell = shell_on(blank, "cases")
    dialog = opened_dialog(shell)
    QTest.keyClicks(find(dialog, QLineEdit, "new_family_name"), "Ossman")
    QTest.keyClicks(find(dialog, QLineEdit, "new_given_names"), "Amna")
    qtbot.waitUntil(
        lambda: bool(find(dialog, CardList, "similar_persons").findChildren(QWidget, f"row_{person.id}"))
    )
    assert cases.count(blank, CaseQuery()) == 1
    click(dialog, f"take_{person.id}")
    assert shell.target == Place("case", known.id)
    assert cases.count(blank, CaseQuery()) == 1


def test_a_new_case_is_made_and_opened(blank: Desk, shell_on: ShellOn) -> None:
    shell = shell_on(blank, "cases")
    dialog = opened_dialog(shell)
    find(dialog, QLineEdit, "new_family_name").setText("Gebre")
    find(dialog, QLineEdit, "new_birth_date").setText("5.1992")
    find(dialog, QComboBox, "new_ags").setCurrentIndex(1)
    click(dialog, "dialog_accept")
    [row] = cases.list_page(blank, CaseQuery()).rows
    assert (row.name, row.ags, shell.target) == ("Gebre", "05999002", Place("case", row.id))


def test_without_any_name_the_dialog_asks(blank: Desk, shell_on: ShellOn) -> None:
    dialog = opened_dialog(shell_on(blank, "cases"))
    find(dialog, QLineEdit, "new_birth_date").setText("irgendwann")
    click(dialog, "dialog_accept")
    errors = [box.error() for box in dialog.findChildren(FieldBox) if box.error()]
    assert len(errors) == 2
    assert cases.count(blank, CaseQuery()) == 0


def test_anonymous_counselling_needs_no_name(blank: Desk, shell_on: ShellOn) -> None:
    shell = shell_on(blank, "cases")
    click(opened_dialog(shell), "begin_anonymous")
    [row] = cases.list_page(blank, CaseQuery()).rows
    assert (row.name, shell.target) == ("", Place("case", row.id))


@pytest.mark.parametrize("zoom", [1.0, 2.0])
def test_everything_has_a_name(
    blank: Desk, shell_on: ShellOn, other_look: Callable[..., None], zoom: float
) -> None:
    other_look(zoom=zoom)
    deadline(blank, new_case(blank, "Osman"), "Frist", 3)
    shell = shell_on(blank, "cases")
    assert "Neuer Fall" in walk_accessible(page_of(shell))
    walk_accessible(opened_dialog(shell))


def test_large_text_keeps_the_table_usable(
    blank: Desk, shell_on: ShellOn, other_look: Callable[..., None]
) -> None:
    other_look(zoom=2.0)
    deadline(blank, new_case(blank, "Osman"), "Frist", 3)
    shell = shell_on(blank, "cases")
    assert shell.width() == 1366
    heads, shown = table(shell).horizontalHeader(), table(shell).viewport()
    right = heads.sectionViewportPosition(DUE) + heads.sectionSize(DUE)
    assert right <= shown.width(), "who and when are in sight without scrolling sideways"
    assert not sees(shell, "filter_phase"), "the list has the room until somebody wants to filter"
    click(shell, "more_filters")
    assert sees(shell, "filter_phase")
    page_of(shell).refresh()
    assert sees(shell, "filter_phase")


@pytest.mark.parametrize("zoom", [1.0, 2.0], ids=["100", "200"])
def test_no_date_and_no_file_number_of_the_list_is_cut(
    blank: Desk, shell_on: ShellOn, other_look: Callable[..., None], zoom: float
) -> None:
    other_look(zoom=zoom)
    for days in range(-3, 12):  # every day of the week
        deadline(blank, new_case(blank, f"Osman {days}"), "Frist", days)
    rows = table(shell_on(blank, "cases"))
    for column in (DUE, NUMBER):
        assert rows.sizeHintForColumn(column) <= rows.columnWidth(column)


def test_an_empty_desk_has_nothing_to_filter_in_large_text_either(
    blank: Desk, shell_on: ShellOn, other_look: Callable[..., None]
) -> None:
    other_look(zoom=2.0)
    shell = shell_on(blank, "cases")
    assert not any(sees(shell, name) for name in ("filter_text", "more_filters", "filter_phase"))
    new_case(blank, "Osman")
    page_of(shell).refresh()
    assert sees(shell, "more_filters")
    assert not sees(shell, "filter_phase")


def test_an_own_view_keeps_filters_and_brings_them_back(blank: Desk, shell_on: ShellOn) -> None:
    new_case(blank, "Osman")
    new_case(blank, "Kaya")
    shell = shell_on(blank, "cases")
    words = find(shell, QLineEdit, "filter_text")
    words.setText("Osm")
    page_of(shell)._presenter.ask(text="Osm")
    click(shell, "keep_view")
    dialog = dialog_of(shell)
    find(dialog, QLineEdit, "view_name").setText("Familie O.")
    click(dialog, "dialog_accept")
    own = find(shell, QComboBox, "own_views")
    assert own.isVisibleTo(shell)
    click(shell, "view_due")
    words.clear()
    page_of(shell)._presenter.ask(text="", due_until=None)
    assert set(names(shell)) == {"Kaya, Amna", "Osman, Amna"}
    own.setCurrentIndex(own.findData("Familie O."))
    own.activated.emit(own.currentIndex())
    assert (names(shell), words.text()) == (["Osman, Amna"], "Osm")
    click(shell, "keep_view")
    assert not own.isVisibleTo(shell)


def test_whose_cases_are_shown_is_chosen_and_kept_with_a_view(blank: Desk, shell_on: ShellOn) -> None:
    mine, hers, nobodys = (new_case(blank, name) for name in ("Osman", "Kaya", "Haddad"))
    assert {case.worker for case in (mine, hers, nobodys)} == {blank.actor}
    shell = shell_on(blank, "cases")
    assert not sees(shell, "filter_worker")  # one person works here: there is nothing to choose
    for case, name in ((nobodys, ""), (hers, "Jana Vogt")):
        records.save(blank, replace(case, worker=name))
    page_of(shell).refresh()
    worker = find(shell, QComboBox, "filter_worker")
    shown = {}
    for index in range(worker.count()):
        worker.setCurrentIndex(index)
        shown[worker.itemText(index)] = set(names(shell))
    assert shown == {
        "Alle Zuständigen": {"Osman, Amna", "Kaya, Amna", "Haddad, Amna"},
        blank.actor: {"Osman, Amna"},
        "Jana Vogt": {"Kaya, Amna"},
        "Noch niemand zuständig": {"Haddad, Amna"},
    }

    # A view keeps whose cases it shows, also when nobody of that name is left.
    worker.setCurrentIndex(worker.findText("Jana Vogt"))
    page_of(shell)._presenter.keep_view("Janas Fälle")
    records.save(blank, replace(cases.peek(blank, hers.id).case, worker=blank.actor))
    find(shell, QComboBox, "filter_worker").setCurrentIndex(0)
    page_of(shell).refresh()
    own = find(shell, QComboBox, "own_views")
    own.setCurrentIndex(own.findData("Janas Fälle"))
    own.activated.emit(own.currentIndex())
    assert find(shell, QComboBox, "filter_worker").currentText() == "Jana Vogt"
    assert not sees(shell, "case_table")


def test_the_table_says_what_the_screen_says(blank: Desk, shell_on: ShellOn, tmp_path: Path) -> None:
    for family in ("Osman", "Kaya", "Yılmaz"):
        deadline(blank, new_case(blank, family), "Antrag", 3)
    shell = shell_on(blank, "cases")
    click(shell, "export_list")
    dialog = dialog_of(shell)
    assert isinstance(dialog, ExportDialog)
    dialog.write(tmp_path / "list.csv")
    lines = (tmp_path / "list.csv").read_text("utf-8-sig").splitlines()
    model = table(shell).rows
    shown = [[model.index(row, column).data() for column in range(6)] for row in range(model.rowCount())]
    for line, cells in zip(lines[1:], shown, strict=True):
        assert [*line.split(";")[:3], *line.split(";")[4:]] == [*cells[:3], *cells[4:]]
    assert is_closed(dialog)


def test_a_list_that_cannot_be_written_says_why(blank: Desk, shell_on: ShellOn, tmp_path: Path) -> None:
    new_case(blank, "Osman")
    shell = shell_on(blank, "cases")
    click(shell, "export_list")
    dialog = dialog_of(shell)
    assert isinstance(dialog, ExportDialog)
    dialog.write(tmp_path / "absent" / "list.csv")
    assert dialog.isVisible()
    assert "nicht da" in find(dialog, QWidget, "dialog_problem").accessibleName() + str(
        [label.text() for label in dialog.findChildren(QLabel)]
    )


def test_an_empty_desk_says_what_one_can_do(shell_on: ShellOn, blank: Desk) -> None:
    page = page_of(shell_on(blank, Place("cases")))
    assert [one.text() for one in page.findChildren(QPushButton, "empty_action") if one.isVisible()] == [
        "Ersten Fall anlegen"
    ]
    assert not page.findChildren(QLineEdit, "filter_text")[0].isVisible()
    cases.open_new(blank, Person(family_name="Osman", given_names="Amna"))
    page.refresh()
    assert find(page, QLineEdit, "filter_text").isVisible()
    assert not [one for one in page.findChildren(QPushButton, "empty_action") if one.isVisible()]
