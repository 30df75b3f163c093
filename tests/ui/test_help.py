"""The help: found by F1 and by words, readable before a vault is open, the same text as in docs."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLineEdit, QListWidget, QTextBrowser
from pytestqt.qtbot import QtBot

import resources
from kimdesk.casework.desk import Desk
from tests.ui.conftest import walk_accessible
from tests.ui.hands import click, find, sees
from ui.app import Program
from ui.desk.context import Context
from ui.pages import PAGES, pages_for
from ui.pages.help.page import HelpPage
from ui.pages.help.topics import _IN_DIALOGS, about, about_dialog, matching, topics
from ui.pages.settings.look import LockCard
from ui.places import Place
from ui.program.preferences import Keeper, Preferences
from ui.program.work import InlineWork

ROOT = Path(__file__).parents[2]


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, inline_work: InlineWork) -> HelpPage:
    page = HelpPage(Context(desk, inline_work, lambda _: None, lambda *_: None))
    qtbot.addWidget(page)
    page.show()
    return page


def test_the_page_of_the_thief_is_the_same_in_docs_and_in_the_program() -> None:
    ours = resources.read_text("help/10-thief.md")
    assert (ROOT / "docs" / "was-ein-dieb-braeuchte.md").read_text(encoding="utf-8") == ours


def test_it_names_what_is_not_protected_and_what_the_municipality_must_do() -> None:
    thief = topics()[0]
    assert thief.title == "Was ein Dieb bräuchte"
    for word in (
        "Auslagerung", "Ruhezustand", "Absturzberichte", "Zwischenablage", "Druckwarteschlange", "mitlesen",
        "alte Kopien", "ganze Festplatte verschlüsseln", "Bildschirm sperren", "Kreis",
    ):  # fmt: skip
        assert thief.has([word.casefold()]), word


def test_every_topic_has_german_typography() -> None:
    for topic in topics():
        text = "\n".join((topic.title, *topic.lines))
        assert '"' not in text
        assert " – " not in text, "a no-break space stands before the dash"
        assert "..." not in text


def test_all_topics_are_offered_first() -> None:
    titles = [topic.title for topic in topics()]
    assert titles == [
        "Was ein Dieb bräuchte",
        "Tastenkürzel",
        "Sperren und Entwürfe",
        "Sicherung und Wiederherstellung",
        "Passphrase vergessen",
        "Übergabe an den Kreis",
        "Heute",
        "Fälle",
        "Verweise",
        "Ein Fall",
        "Befunde",
        "Zwei Fassungen klären",
        "Kennzahlen lesen",
        "Arbeiten im Kreis",
        "Rechtsstand: was geprüft ist und was nicht",
        "Das Netzwerk lesen",
        "Protokoll",
        "Briefe und Schriftstücke",
        "Perspektive",
        "Keine Rechtsberatung",
    ]


def test_every_page_has_a_topic_that_helps_there() -> None:
    known = {topic.key for topic in topics()}
    assert [page.key for page in PAGES if about(page.key) not in known] == []


def test_every_dialog_has_a_topic_whatever_is_below_it() -> None:
    known = {topic.key for topic in topics()}
    assert set(_IN_DIALOGS.values()) <= known
    assert about_dialog("edit_goal", "case") == "case"
    assert about_dialog("edit_consent", "case") == "handover"
    assert about_dialog("ask_passphrase", "") == "forgotten"


def test_words_find_topics_whatever_their_case() -> None:
    assert [topic.key for topic in matching("f6 LEISTE")] == ["keys"]
    assert matching("Einhorn") == ()


def test_the_search_filters_and_the_arrow_keys_read(page: HelpPage) -> None:
    text = find(page, QTextBrowser, "help_text")
    assert text.toPlainText().startswith("Was ein Dieb bräuchte")
    search = find(page, QLineEdit, "help_search")
    QTest.keyClicks(search, "Quittung")
    offered = find(page, QListWidget, "help_topics")
    assert [offered.item(row).text() for row in range(offered.count())] == ["Übergabe an den Kreis"]
    assert text.toPlainText().startswith("Übergabe an den Kreis")
    search.setText("Einhorn")
    assert sees(page, "help_nothing")
    search.clear()
    offered.setCurrentRow(1)
    assert text.toPlainText().startswith("Tastenkürzel")
    assert page.here().key == "keys"


def test_stars_and_signs_of_the_markup_are_not_read_aloud(page: HelpPage) -> None:
    for topic in topics():
        page.go(Place("help", key=topic.key))
        shown = find(page, QTextBrowser, "help_text").toPlainText()
        assert "**" not in shown
        assert "##" not in shown
        assert not any(line.startswith("- ") for line in shown.splitlines())


@pytest.mark.parametrize("look", [{}, {"dark": True}, {"zoom": 2.0}])
def test_it_can_be_used_by_name_and_at_any_size(
    desk: Desk,
    inline_work: InlineWork,
    qtbot: QtBot,
    look: dict[str, object],
    other_look: Callable[..., None],
) -> None:
    other_look(**look)
    page = HelpPage(Context(desk, inline_work, lambda _: None, lambda *_: None))
    qtbot.addWidget(page)
    page.show()
    assert {"In der Hilfe suchen", "Was ein Dieb bräuchte"} <= set(walk_accessible(page))
    if look.get("zoom"):
        box = find(page, QComboBox, "help_topics")
        box.setCurrentIndex(3)
        box.activated.emit(3)
        assert page.here().key == "backup"


@pytest.mark.parametrize("role", ["desk", "kreis"])
def test_both_roles_have_it_but_not_in_the_rail(role: str) -> None:
    [spec] = [each for each in pages_for(role) if each.key == "help"]
    assert spec.under == "settings"


def test_the_locked_window_leads_to_it(
    qtbot: QtBot, qapp: QApplication, desk_folder: Path, inline_work: InlineWork
) -> None:
    keeper = Keeper(Preferences(look="light").opened(desk_folder, "Eschenried"))
    program = Program(qapp, keeper, work=inline_work)
    program.start()
    program.settle()
    qtbot.addWidget(program.window)
    click(program.window, "thief_help")
    dialog = find(program.window, QDialog, "help_dialog")
    assert "Auslagerung" in find(dialog, QTextBrowser, "help_text").toPlainText()
    dialog.reject()
    program.window.activateWindow()
    QTest.qWaitForWindowActive(program.window)
    QTest.keyClick(program.window, Qt.Key.Key_F1)
    assert sees(program.window, "help_dialog")
    program.leave()
    program.deleteLater()


def test_the_settings_lead_to_it_and_say_what_is_impossible_here(qtbot: QtBot) -> None:
    visited: list[Place] = []
    card = LockCard(Keeper(Preferences()), visited.append)
    qtbot.addWidget(card)
    card.show()
    click(card, "thief_help")
    assert visited == [Place("help", key="thief")]
