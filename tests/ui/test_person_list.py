"""The page Liste einlesen: from a file to cases, seen row by row, and back."""

import csv
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget

from kimdesk.casework import cases
from kimdesk.casework.desk import Desk
from tests.ui.conftest import walk_accessible
from tests.ui.hands import click, find
from tests.ui.page_help import dialog_of, new_case, page_of, toasts
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
    assert find(shell, Text, "rows_count").text().startswith("2 von 3 Zeilen werden zu Fällen.")
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
