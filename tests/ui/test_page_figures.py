"""The page Kennzahlen: what a report holds, said by name and by keyboard, and never a small number."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QTableView, QWidget
from sqlalchemy import text

from kimdesk.casework.desk import Desk
from kimdesk.indicators.values import Period
from kimdesk.kreis.registry import RECORDS, open_registry
from kimdesk.kreis.rows import transaction
from tests.practice.practice_kreis import practice_kreis, practice_kreis_template
from tests.sync.exchange import Exchange
from tests.ui.conftest import walk_accessible
from tests.ui.hands import click, find, sees, settle
from ui.canvas.chart import ChartView
from ui.pages.figures import page as page_room
from ui.pages.figures.model import span_words, spans_offered
from ui.pages.figures.page import FiguresPage
from ui.pages.figures.strip import HeadlineTile
from ui.places import Place
from ui.shell import Shell

__all__ = ["practice_kreis", "practice_kreis_template"]

pytest_plugins = ("tests.ui.page_fixtures",)
ShellOn = Callable[..., Shell]
HIDDEN = {"unter 5", "verdeckt", "nichts gemeldet"}


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the day after the last round of the practice Kreis."""
    monkeypatch.setattr(page_room, "this_day", lambda: date(2026, 12, 1))


def page_on(shell: Shell) -> FiguresPage:
    """Return the page."""
    page = shell.current_page()
    assert isinstance(page, FiguresPage)
    settle()
    return page


def tiles_of(page: QWidget) -> list[HeadlineTile]:
    """Return the numbers at the top."""
    return [each for each in page.findChildren(HeadlineTile) if each.isVisible()]


def test_a_kreis_without_packages_says_what_must_come_first(exchange: Exchange, shell_on: ShellOn) -> None:
    shell = shell_on(exchange.kreis, "figures")
    page = page_on(shell)
    assert sees(page, "figures_empty")
    assert not tiles_of(page)
    assert not page.findChildren(ChartView)
    assert not find(page, QWidget, "give_report").isEnabled()
    click(page, "empty_action")
    assert shell.target == Place("inbox")


def test_the_numbers_of_a_kreis_by_name_by_keyboard_and_on_paper(
    practice_kreis: Desk, shell_on: ShellOn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = shell_on(practice_kreis, "figures")
    page = page_on(shell)
    _every_number_is_told(page)
    _no_hidden_number_is_told(page)
    _arrows_enter_and_esc(page)
    _a_picture_is_a_list_too(page)
    _what_was_counted_is_shown(page)
    path = tmp_path / "Kennzahlen.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    click(page, "give_report")
    settle()
    assert "Laufende Fälle" in path.read_text(encoding="utf-8-sig")


def _every_number_is_told(page: FiguresPage) -> None:
    names = walk_accessible(page)
    tiles = tiles_of(page)
    assert len(tiles) == 6
    assert {each.told.spoken for each in tiles} <= set(names)
    active = next(each for each in tiles if each.told.code == "active_cases")
    assert re.fullmatch(r"Laufende Fälle: [\d.]+, .*", active.accessibleName())
    assert tiles[0].isChecked()
    card = find(page, QWidget, "opened_figure")
    assert card.accessibleName() == "Kennzahl geöffnet: Tage bis zur Annahme"
    charts = page.findChildren(ChartView)
    assert len(charts) >= 8
    assert all(each.accessibleName() and each.accessibleDescription() for each in charts)


def _no_hidden_number_is_told(page: FiguresPage) -> None:
    """Whatever names a hidden row says nothing else of it."""
    report = page._report
    assert report is not None
    assert report.hidden
    for chart in page.findChildren(ChartView):
        for spot in chart.spots:
            _, _, said = spot.spoken.partition(": ")
            if any(word in said for word in HIDDEN) and "Lücke" not in said:
                assert said in HIDDEN, spot.spoken
    for view in page.findChildren(QTableView):
        model = view.model()
        cells = [str(model.index(row, column).data()) for row in range(model.rowCount()) for column in (1, 2)]
        assert all(each in HIDDEN or re.match(r"\d", each) for each in cells), cells
    for table in report.tables:
        for row in table.rows:
            if row.now.number is not None:
                assert row.now.number >= report.threshold


def _arrows_enter_and_esc(page: FiguresPage) -> None:
    tiles = tiles_of(page)
    tiles[0].setFocus()
    QTest.keyClick(tiles[0], Qt.Key.Key_Right)
    assert tiles[1].hasFocus()
    QTest.keyClick(tiles[1], Qt.Key.Key_Return)
    assert tiles[1].isChecked()
    assert find(page, QWidget, "opened_figure").accessibleName().endswith("Laufende Fälle")
    assert page.here() == Place("figures", key="active_cases")
    QTest.keyClick(tiles[1], Qt.Key.Key_Escape)
    assert not sees(page, "opened_figure")
    assert not any(each.isChecked() for each in tiles)
    page.go(Place("figures", key="active_cases"))
    assert sees(page, "opened_figure")


def _a_picture_is_a_list_too(page: FiguresPage) -> None:
    click(page, "swap_active_cases_municipality")
    settle()
    assert sees(page, "list_active_cases_municipality")
    assert not sees(page, "chart_active_cases_municipality")
    click(page, "swap_active_cases_municipality")
    assert sees(page, "chart_active_cases_municipality")
    chart = find(page, ChartView, "chart_active_cases_municipality")
    chart.setFocus()
    QTest.keyClick(chart, Qt.Key.Key_Down)
    assert chart.at_keyboard() == chart.spots[0]


def _what_was_counted_is_shown(page: FiguresPage) -> None:
    click(page, "show_counted")
    settle()
    dialog = find(page, QDialog, "counted_dialog")
    model = find(dialog, QTableView, "counted_cases").model()
    words = [str(model.index(row, 0).data()) for row in range(model.rowCount())]
    assert words
    assert any(each.startswith("Pseudonym ") for each in words)
    dialog.accept()
    click(page, "show_versions")
    dialog = find(page, QDialog, "versions_dialog")
    assert any("gültig seit" in each.text() for each in dialog.findChildren(QLabel))
    dialog.accept()


def test_what_the_registry_refuses_is_said_and_tried_again(exchange: Exchange, shell_on: ShellOn) -> None:
    name, registry = RECORDS["case"].name, open_registry(exchange.kreis)
    with transaction(registry) as connection:
        connection.execute(text(f"ALTER TABLE {name} RENAME TO away"))
    page = page_on(shell_on(exchange.kreis, "figures"))
    assert sees(page, "figures_problem")
    with transaction(registry) as connection:
        connection.execute(text(f"ALTER TABLE away RENAME TO {name}"))
    click(page, "try_again")
    settle()
    assert not sees(page, "figures_problem")
    assert sees(page, "figures_empty")


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (Period(date(2026, 9, 1), date(2026, 11, 30)), "Sep – Nov 2026"),
        (Period(date(2026, 11, 1), date(2026, 11, 30)), "Nov 2026"),
        (Period(date(2025, 12, 1), date(2026, 11, 30)), "Dez 2025 – Nov 2026"),
        (Period(date(2026, 1, 1), date(2026, 12, 12)), "01.01.2026\u00a0– 12.12.2026"),
    ],
)
def test_a_period_is_named_as_people_do(span: Period, words: str) -> None:
    assert span_words(span) == words


def test_the_periods_offered_are_over_and_begin_with_the_last_three_months() -> None:
    for today in (date(2026, 12, 1), date(2026, 11, 30), date(2026, 2, 28), date(2026, 1, 1)):
        found = spans_offered(today)
        assert (found[0].last.year - found[0].first.year) * 12 + found[0].last.month - found[
            0
        ].first.month == 2
        assert all(each.first <= each.last <= today for each in found)
        assert len(set(found)) == len(found)
