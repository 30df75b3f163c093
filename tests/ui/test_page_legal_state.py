"""The page Rechtsstand: what nobody checked stands first, and each content with its source."""

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QWidget

from kimdesk.casework.desk import Desk
from kimdesk.catalogue import legal_state
from kimdesk.domain.dates import today
from tests.sync.exchange import Exchange
from tests.ui.conftest import walk_accessible
from tests.ui.hands import click, find, sees
from tests.ui.page_help import page_of
from ui.kit.table import Table
from ui.shell import Shell

pytest_plugins = ("tests.ui.page_fixtures",)

ShellOn = Callable[..., Shell]


def _rows(page: QWidget) -> list[tuple[str, ...]]:
    model = find(page, Table, "legal_table").model()
    return [
        tuple(str(model.index(row, column).data()) for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]


def _choose(page: QWidget, name: str, value: object) -> None:
    box = find(page, QComboBox, name)
    box.setCurrentIndex(box.findData(value))


def test_what_nobody_checked_stands_first_and_says_its_source(blank: Desk, shell_on: ShellOn) -> None:
    page = page_of(shell_on(blank, "legal_state"))
    rows = _rows(page)
    assert rows
    assert "geprüft" not in {row[1] for row in rows}
    assert all(row[5] for row in rows)
    told = find(page, QWidget, "legal_state_told").accessibleName()
    assert "mit keiner Quelle verglichen" in told
    walk_accessible(page)


def test_one_finds_a_paragraph_among_all_contents(blank: Desk, shell_on: ShellOn) -> None:
    page = page_of(shell_on(blank, "legal_state"))
    _choose(page, "legal_view", "every")
    _choose(page, "legal_area", "deadlines")
    every = len(_rows(page))
    words = find(page, QLineEdit, "legal_words")
    words.setText("§ 70 Abs. 1 EStG")
    page._look()
    rows = _rows(page)
    assert 0 < len(rows) < every
    assert all("§\u00a070 Abs.\u00a01 EStG" in row[5] for row in rows)
    words.setText("gibt es nicht")
    page._look()
    assert not sees(page, "legal_table")
    click(page, "empty_action")
    assert len(_rows(page)) > every


def test_the_ways_a_letter_arrives_are_called_by_words(blank: Desk, shell_on: ShellOn) -> None:
    page = page_of(shell_on(blank, "legal_state"))
    _choose(page, "legal_view", "every")
    _choose(page, "legal_area", "deadlines")
    names = [row[0] for row in _rows(page)]
    assert not any(name.startswith(("fiction.", "rule.")) for name in names)


def test_the_kreis_sees_how_many_nobody_checked_and_gets_there(exchange: Exchange, shell_on: ShellOn) -> None:
    shell = shell_on(exchange.kreis, "catalogue")
    n = legal_state.unchecked(legal_state.of(exchange.kreis.catalogue, today()))
    assert find(shell, QPushButton, "show_legal_state").text() == f"{n} Inhalte ungeprüft"
    click(shell, "show_legal_state")
    assert f"{n} von" in find(page_of(shell), QWidget, "legal_state_told").accessibleName()
