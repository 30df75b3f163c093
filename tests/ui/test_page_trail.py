"""The page Protokoll: every write and opening stands there, filters narrow it, a broken chain is named."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QLineEdit, QWidget
from sqlalchemy import text

from kimdesk.casework import cases, records
from kimdesk.casework.desk import Desk
from kimdesk.domain.records import Goal
from kimdesk.store import audit
from tests.ui.conftest import walk_accessible
from tests.ui.hands import click, find, sees
from tests.ui.page_fixtures import blank, blank_template, shell_on
from tests.ui.page_help import new_case, page_of, toasts, today
from ui.kit.rows import ItemRole
from ui.kit.table import Table
from ui.places import Place
from ui.shell import Shell

__all__ = ["blank", "blank_template", "shell_on"]

ShellOn = Callable[..., Shell]


def _rows(page: QWidget) -> list[tuple[str, ...]]:
    model = find(page, Table, "trail_table").model()
    return [
        tuple(str(model.index(row, column).data()) for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]


def _choose(page: QWidget, name: str, value: object) -> None:
    box = find(page, QComboBox, name)
    box.setCurrentIndex(box.findData(value))


def _chain(page: QWidget) -> str:
    return find(page, QWidget, "trail_chain").accessibleName()


def test_every_write_and_opening_stands_there_without_a_name(blank: Desk, shell_on: ShellOn) -> None:
    case = new_case(blank, "Zwetschge", "Amna")
    records.save(blank, Goal(case_id=case.id, text="Geheimes Ziel"))
    cases.load(blank, case.id)
    page = page_of(shell_on(blank, "trail"))
    rows = _rows(page)
    assert [row[3] for row in rows[:2]] == ["Fall geöffnet", "Ziel angelegt"]
    assert {row[3] for row in rows} >= {"Fall angelegt", "Person angelegt", "Bogen angelegt"}
    assert {row[4] for row in rows} == {case.file_number}
    assert {row[2] for row in rows} == {"Miriam Kessler"}
    shown = str(rows) + str([label.text() for label in page.findChildren(QLabel)])
    assert "Zwetschge" not in shown
    assert "Geheim" not in shown
    walk_accessible(page)


def test_filters_narrow_the_list(blank: Desk, shell_on: ShellOn) -> None:
    first, second = new_case(blank, "Osman"), new_case(blank, "Haddad")
    blank.actor = "Anna Winter"
    cases.load(blank, first.id)
    shell = shell_on(blank, Place("trail", key=second.file_number))
    page = page_of(shell)
    assert {row[4] for row in _rows(page)} == {second.file_number}
    find(page, QLineEdit, "filter_number").clear()
    page._filters._tell_number()
    assert {row[4] for row in _rows(page)} == {first.file_number, second.file_number}
    _choose(page, "filter_group", "seen")
    assert [row[3:] for row in _rows(page)] == [("Fall geöffnet", first.file_number)]
    _choose(page, "filter_group", "")
    _choose(page, "filter_actor", "Anna Winter")
    assert [row[2] for row in _rows(page)] == ["Anna Winter"]
    day = find(page, QLineEdit, "filter_first")
    day.setText(f"{today() + timedelta(days=1):%d.%m.%Y}")
    day.textEdited.emit(day.text())
    assert not sees(page, "trail_table")
    click(page, "empty_action")
    assert len({row[2] for row in _rows(page)}) == 2


def test_a_long_trail_comes_in_pages(blank: Desk, shell_on: ShellOn) -> None:
    case = new_case(blank, "Osman")
    for _ in range(230):
        cases.load(blank, case.id)
    page = page_of(shell_on(blank, "trail"))
    table = find(page, Table, "trail_table")
    assert table.model().rowCount() == 100
    table.scrollToBottom()
    table.model().fetchMore(table.rootIndex())
    assert table.model().rowCount() >= 200
    while table.model().canFetchMore(table.rootIndex()):
        table.model().fetchMore(table.rootIndex())
    numbers = [int(row[0].replace(".", "")) for row in _rows(page)]
    assert numbers == sorted(numbers, reverse=True)
    assert numbers[-1] == 1


def test_the_page_says_that_the_chain_is_whole(blank: Desk, shell_on: ShellOn) -> None:
    case = new_case(blank, "Osman")
    shell = shell_on(blank, "trail")
    with blank.reading() as reader:
        count = audit.head(reader.connection)[0]
    assert _chain(page_of(shell)) == f"Kette geprüft bis Eintrag {count}\u00a0– unverändert"
    cases.load(blank, case.id)
    shell.navigate(Place("trail"))
    assert _chain(page_of(shell)) == f"Kette geprüft bis Eintrag {count + 1}\u00a0– unverändert"


def test_a_chain_broken_in_the_middle_is_named(blank: Desk, shell_on: ShellOn) -> None:
    new_case(blank, "Osman")
    new_case(blank, "Haddad")
    with blank.vault.engine.begin() as connection:
        connection.execute(text("UPDATE audit SET actor = 'Niemand' WHERE seq = 3"))
    page = page_of(shell_on(blank, "trail"))
    assert "bei Eintrag 3 unterbrochen" in _chain(page)
    assert find(page, QWidget, "trail_chain").property("tone") == "bad"


def test_a_case_opens_from_its_entry(blank: Desk, shell_on: ShellOn) -> None:
    case = new_case(blank, "Osman")
    shell = shell_on(blank, "trail")
    table = find(page_of(shell), Table, "trail_table")
    index = table.model().index(0, 0)
    assert index.data(ItemRole.KEY) == case.id
    table.opened.emit(index)
    assert shell.target == Place("case", case.id)


def test_an_erased_case_stays_in_the_trail_and_leads_nowhere(blank: Desk, shell_on: ShellOn) -> None:
    case = new_case(blank, "Osman")
    cases.erase(blank, case.id)
    shell = shell_on(blank, "trail")
    rows = _rows(page_of(shell))
    assert rows[0][3:] == ("Fall entfernt", "gelöschter Fall")
    table = find(page_of(shell), Table, "trail_table")
    table.opened.emit(table.model().index(0, 0))
    assert shell.target == Place("trail")


def test_the_pdf_goes_where_the_user_says_and_is_an_entry_itself(
    blank: Desk, shell_on: ShellOn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_case(blank, "Osman")
    out = tmp_path / "Protokoll.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    shell = shell_on(blank, "trail")
    click(page_of(shell), "trail_pdf")
    assert out.read_bytes().startswith(b"%PDF")
    assert any("PDF mit" in one for one in toasts(shell))
    assert _rows(page_of(shell))[0][3] == "Protokoll als PDF gespeichert"
    missing = tmp_path / "gone" / "Protokoll.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(missing), ""))
    before = len(_rows(page_of(shell)))
    click(page_of(shell), "trail_pdf")
    assert sees(page_of(shell), "trail_problem")
    assert len(_rows(page_of(shell))) == before


def test_the_trail_is_reached_from_the_settings(blank: Desk, shell_on: ShellOn) -> None:
    shell = shell_on(blank, "settings")
    click(page_of(shell), "show_trail")
    assert shell.target == Place("trail")
