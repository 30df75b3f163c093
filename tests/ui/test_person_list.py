"""The page Liste einlesen: from a file to cases, seen row by row, and back."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget

from kimdesk.casework import cases
from kimdesk.casework.desk import Desk
from tests.ui.conftest import walk_accessible
from tests.ui.hands import click, find
from tests.ui.page_help import dialog_of, new_case, page_of, toasts
from tests.workbooks import Sheet, xlsx
from ui.kit.table import Table
from ui.kit.text import Text
from ui.shell import Shell

pytest_plugins = ("tests.ui.page_fixtures",)
ShellOn = Callable[..., Shell]
LIST = """Nachname;Vorname;geb. am;Staatsangehörigkeit;Zimmer
Müßig;Jürgen;24.11.1990;deutsch;12
Osman;Amna;12.3.91;Syrien;7
;;;;3
"""


def list_file(folder: Path, text: str = LIST) -> Path:
    path = folder / "Unterkunft.csv"
    path.write_bytes(text.encode("cp1252"))
    return path


def opened(desk: Desk, shell_on: ShellOn, folder: Path) -> Shell:
    shell = shell_on(desk, "person_list")
    page_of(shell).open_file(list_file(folder))
    return shell


def meaning(shell: Shell, number: int) -> str:
    return find(shell, QComboBox, f"column_{number}").currentText()


def cell(shell: Shell, row: int, column: int) -> str:
    return str(find(shell, Table, "list_rows").model().index(row, column).data())


def test_the_columns_are_matched_and_can_be_changed(blank: Desk, shell_on: ShellOn, tmp_path: Path) -> None:
    shell = opened(blank, shell_on, tmp_path)
    assert [meaning(shell, number) for number in range(5)] == [
        "Familienname", "Vornamen", "Geburtsdatum", "Staatsangehörigkeit", "– nicht übernehmen –"
    ]  # fmt: skip
    box = find(shell, QComboBox, "column_4")
    box.setCurrentIndex(box.findData("family_name"))
    box.activated.emit(box.currentIndex())
    assert (meaning(shell, 0), meaning(shell, 4)) == ("– nicht übernehmen –", "Familienname")


def test_without_a_column_of_names_there_is_no_going_on(
    blank: Desk, shell_on: ShellOn, tmp_path: Path
) -> None:
    shell = opened(blank, shell_on, tmp_path)
    for number in (0, 1):
        box = find(shell, QComboBox, f"column_{number}")
        box.setCurrentIndex(0)
        box.activated.emit(0)
    assert not find(shell, QPushButton, "look_at_rows").isEnabled()


def test_from_the_file_to_cases_and_back(blank: Desk, shell_on: ShellOn, tmp_path: Path) -> None:
    new_case(blank, "Osman")
    shell = opened(blank, shell_on, tmp_path)
    click(shell, "look_at_rows")
    assert [cell(shell, row, 0) for row in range(3)] == ["ja", "nein", "nicht möglich"]
    assert cell(shell, 1, 4) == "Vielleicht schon bekannt: Osman, Amna."
    table = find(shell, Table, "list_rows")
    table.selectRow(1)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert cell(shell, 1, 0) == "ja"
    table.selectRow(2)
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert cell(shell, 2, 0) == "nicht möglich"
    told = find(shell, Text, "rows_count").text()
    assert told.startswith("3 Zeilen gelesen. 2 von 3 Zeilen werden zu Fällen. 1 ohne Namen.")
    click(shell, "take_rows")
    assert cases.count(blank, cases.CaseQuery()) == 3
    click(shell, "undo_list")
    assert cases.count(blank, cases.CaseQuery()) == 1
    assert "2 Fälle wurden wieder entfernt." in toasts(shell)


def test_a_list_can_be_undone_later(blank: Desk, shell_on: ShellOn, tmp_path: Path) -> None:
    shell = opened(blank, shell_on, tmp_path)
    click(shell, "look_at_rows")
    click(shell, "take_rows")
    shell = shell_on(blank, "person_list")
    button = next(each for each in shell.findChildren(QPushButton) if each.objectName().startswith("undo_0"))
    assert button.accessibleName() == "Zurücknehmen … Unterkunft.csv"
    button.click()
    click(dialog_of(shell), "dialog_accept")
    assert cases.count(blank, cases.CaseQuery()) == 0


def test_the_report_names_rows_but_nobody(blank: Desk, shell_on: ShellOn, tmp_path: Path) -> None:
    shell = opened(blank, shell_on, tmp_path)
    click(shell, "look_at_rows")
    click(shell, "take_rows")
    page_of(shell)._report.save(tmp_path / "report.csv")
    text = (tmp_path / "report.csv").read_text("utf-8-sig")
    rows = list(csv.reader(text.splitlines(), delimiter=";"))
    assert [row[:2] for row in rows[1:]] == [["2", "übernommen"], ["3", "übernommen"], ["4", "nicht möglich"]]
    assert "Osman" not in text


def test_what_is_no_list_says_so_and_changes_nothing(blank: Desk, shell_on: ShellOn, tmp_path: Path) -> None:
    shell = shell_on(blank, "person_list")
    path = tmp_path / "bild.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    page_of(shell).open_file(path)
    assert "keine Tabelle" in find(shell, QWidget, "list_problem").accessibleName()


def test_every_step_is_named_for_a_screen_reader(blank: Desk, shell_on: ShellOn, tmp_path: Path) -> None:
    shell = opened(blank, shell_on, tmp_path)
    walk_accessible(shell)
    box = find(shell, QComboBox, "column_2")
    assert box.accessibleName() == "Bedeutung der Spalte geb. am"
    click(shell, "look_at_rows")
    assert "Zeilen der Liste" in walk_accessible(shell)
    click(shell, "take_rows")
    assert "Bericht speichern …" in walk_accessible(shell)


def choose(shell: Shell, name: str, words: str) -> None:
    box = find(shell, QComboBox, name)
    box.setCurrentIndex(next(at for at in range(box.count()) if words in box.itemText(at)))
    box.activated.emit(box.currentIndex())


def lines(shell: Shell) -> list[list[str]]:
    model = find(shell, Table, "list_lines").model()
    return [[str(model.index(row, at).data()) for at in range(4)] for row in range(model.rowCount())]


def shown(shell: Shell, data: bytes, folder: Path) -> Shell:
    path = folder / "liste"
    path.write_bytes(data)
    page_of(shell).open_file(path)
    return shell


def test_how_a_text_is_read_can_be_chosen_and_is_seen(blank: Desk, shell_on: ShellOn, tmp_path: Path) -> None:
    text = "Klienten, Nord\nNachname,Vorname,geb.\nMüller,Jürgen,3/4/1990\n"
    shell = shown(shell_on(blank, "person_list"), text.encode("cp850"), tmp_path)
    assert lines(shell)[2] == ["3", "Müller", "Jürgen", "3/4/1990"]
    choose(shell, "encoding", "cp1252")
    assert lines(shell)[2][1] != "Müller"
    choose(shell, "encoding", "cp850")
    assert shell.focusWidget().objectName() == "encoding"
    choose(shell, "separator", "Strichpunkt")
    assert lines(shell)[2] == ["3", "Müller,Jürgen,3/4/1990", "", ""]
    choose(shell, "separator", "Komma")
    choose(shell, "head_row", "keiner")
    assert find(shell, QComboBox, "column_0").accessibleName() == "Bedeutung der Spalte Spalte 1"
    choose(shell, "head_row", "Zeile 2")
    assert find(shell, QComboBox, "column_0").accessibleName() == "Bedeutung der Spalte Nachname"


def test_the_order_of_a_date_is_chosen_beside_what_comes_out(
    blank: Desk, shell_on: ShellOn, tmp_path: Path
) -> None:
    text = "Nachname;Vorname;geb.\nOsman;Amna;3/4/1990\n"
    shell = shown(shell_on(blank, "person_list"), text.encode(), tmp_path)
    said = [each.text() for each in shell.findChildren(Text)]
    assert "3/4/1990 → 03.04.1990" in said
    choose(shell, "date_order", "Monat zuerst")
    assert "3/4/1990 → 04.03.1990" in [each.text() for each in shell.findChildren(Text)]
    click(shell, "look_at_rows")
    assert cell(shell, 0, 2) == "04.03.1990"


def test_another_sheet_can_be_chosen(blank: Desk, shell_on: ShellOn, tmp_path: Path) -> None:
    heads = ("Nachname", "Vorname")
    book = xlsx(
        {
            "Deckblatt": Sheet(()),
            "Nord": Sheet((heads, ("Osman", "Amna"))),
            "Alt": Sheet((heads, ("Kaya", "Ali")), hidden=True),
        }
    )
    shell = shown(shell_on(blank, "person_list"), book, tmp_path)
    assert lines(shell)[1][:3] == ["2", "Osman", "Amna"]
    choose(shell, "sheet", "Alt (ausgeblendet)")
    assert lines(shell)[1][:3] == ["2", "Kaya", "Ali"]
    choose(shell, "sheet", "Deckblatt")
    assert not find(shell, QPushButton, "look_at_rows").isEnabled()


def test_every_line_of_the_file_is_told(blank: Desk, shell_on: ShellOn, tmp_path: Path) -> None:
    text = "Nachname;Vorname;geb.\nOsman;Amna;1.2.1990\n;;\nSumme;1;\n"
    shell = shown(shell_on(blank, "person_list"), text.encode(), tmp_path)
    click(shell, "look_at_rows")
    told = find(shell, Text, "rows_count").text()
    assert told == "3 Zeilen gelesen. 1 leer. 1 von 2 Zeilen wird zu einem Fall. 1 Summe."
    assert [cell(shell, row, 5) for row in range(2)] == ["2", "4"]
    click(shell, "take_rows")
    assert "1 Zeile weggelassen." in find(shell, QWidget, "list_taken").accessibleName()


def test_looking_can_be_stopped_and_begun_again(blank: Desk, shell_on: ShellOn, tmp_path: Path) -> None:
    text = "Nachname;Vorname\n" + "".join(f"Osman{n};Amna\n" for n in range(60))
    shell = shown(shell_on(blank, "person_list"), text.encode(), tmp_path)
    page = page_of(shell)
    told: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        told.append((done, total))
        if done == 40:
            page.presenter.stop()

    page.progressed.connect(stop)
    click(shell, "look_at_rows")
    assert (told[-1], "abgebrochen" in find(shell, QWidget, "list_problem").accessibleName()) == (
        (0, 0),
        True,
    )
    page.progressed.disconnect(stop)
    click(shell, "look_at_rows")
    assert find(shell, Table, "list_rows").model().rowCount() == 60


def test_taking_in_that_is_stopped_opens_no_case(
    blank: Desk, shell_on: ShellOn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kimdesk.casework.person_lists.taking._PART", 20)
    text = "Nachname;Vorname\n" + "".join(f"Osman{n};Amna\n" for n in range(60))
    shell = shown(shell_on(blank, "person_list"), text.encode(), tmp_path)
    click(shell, "look_at_rows")
    page = page_of(shell)
    page.progressed.connect(lambda done, _: page.presenter.stop() if done == 20 else None)
    click(shell, "take_rows")
    assert cases.count(blank, cases.CaseQuery()) == 0
    assert "abgebrochen" in find(shell, QWidget, "list_problem").accessibleName()
    assert find(shell, QPushButton, "take_rows").isEnabled()
