"""The locked vault: it opens with its passphrase or its sheet, and says why when it does not."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kimdesk.casework.desk import Desk
from kimdesk.vault import Strength
from tests.conftest import PASSPHRASE
from tests.ui.conftest import walk_accessible
from tests.ui.hands import click, find
from ui.kit.badge import Badge
from ui.kit.state import Notice
from ui.pages.unlock.page import UnlockPage
from ui.program.preferences import Keeper, Preferences
from ui.program.work import InlineWork, Work


class Door:
    """Makes pages of locked vaults, as the program does, and keeps the desks they opened."""

    def __init__(self, qtbot: QtBot, work: Work) -> None:
        self._qtbot = qtbot
        self._work = work
        self.desks: list[Desk] = []

    def page(self, folder: Path, work: Work | None = None) -> UnlockPage:
        page = UnlockPage(Keeper(Preferences().opened(folder, "Eschenried")), work or self._work, folder)
        page.opened.connect(self.desks.append)
        self._qtbot.addWidget(page)
        page.resize(1366, 738)
        page.show()
        page.settle()
        page.take_focus()
        QApplication.processEvents()
        return page


@pytest.fixture
def door(qtbot: QtBot, inline_work: InlineWork) -> Iterator[Door]:
    door = Door(qtbot, inline_work)
    yield door
    for desk in door.desks:
        desk.close()


def enter(page: UnlockPage, passphrase: str) -> None:
    find(page, QLineEdit, "passphrase").setText(passphrase)
    QTest.keyClick(find(page, QLineEdit, "passphrase"), Qt.Key.Key_Return)


def problem(page: QWidget, name: str = "unlock_problem") -> str:
    return find(page, Notice, name).accessibleName()


def texts(page: QWidget) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))


def test_the_passphrase_opens_the_desk(door: Door, desk_folder: Path) -> None:
    page = door.page(desk_folder)
    enter(page, PASSPHRASE)
    assert [desk.name for desk in door.desks] == ["Eschenried"]


def test_while_a_vault_opens_nobody_can_leave_for_another(
    door: Door, desk_folder: Path, qtbot: QtBot
) -> None:
    work = Work()
    page = door.page(desk_folder, work)
    qtbot.waitUntil(lambda: not work.busy)
    ways = [find(page, QPushButton, name) for name in ("other_vault", "use_recovery")]
    assert all(way.isEnabled() for way in ways)
    enter(page, "falsch geraten")
    assert not any(way.isEnabled() for way in ways)
    qtbot.waitUntil(lambda: not work.busy, timeout=30_000)
    assert all(way.isEnabled() for way in ways)
    work.finish()


def test_the_page_says_whose_vault_it_is(door: Door, desk_folder: Path) -> None:
    shown = texts(door.page(desk_folder))
    assert "Tresor „Eschenried“ öffnen" in shown
    assert "Eschenried · Miriam Kessler" in shown
    assert "Zuletzt geöffnet:" in shown
    assert "Was ist geschützt?" in shown


def test_a_practice_vault_is_marked_before_it_is_opened(door: Door, tmp_path: Path) -> None:
    folder = tmp_path / "practice"
    Desk.create(folder, PASSPHRASE, name="Übung", user="", practice=True, strength=Strength.INTERACTIVE)[
        0
    ].close()
    assert find(door.page(folder), Badge, "practice_badge").accessibleName() == "Übungsgemeinde"


def test_a_wrong_passphrase_is_explained_and_slowed_down(door: Door, desk_folder: Path) -> None:
    page = door.page(desk_folder)
    enter(page, "falsch geraten")
    assert problem(page).startswith(
        "Diese Passphrase oder dieser Wiederherstellungscode öffnet den Tresor nicht."
    )
    assert "Ihre Daten sind unverändert." in problem(page)
    button = find(page, QPushButton, "open_vault")
    assert button.text() == "Bitte warten Sie\u00a0… (1\u00a0s)"
    enter(page, PASSPHRASE)
    assert door.desks == [], "not before the wait is over"
    assert not button.isEnabled()


def test_after_the_wait_the_right_passphrase_opens(door: Door, desk_folder: Path, qtbot: QtBot) -> None:
    page = door.page(desk_folder)
    enter(page, "falsch geraten")
    button = find(page, QPushButton, "open_vault")
    qtbot.waitUntil(button.isEnabled, timeout=4000)
    enter(page, PASSPHRASE)
    assert len(door.desks) == 1


def test_an_empty_passphrase_is_not_tried(door: Door, desk_folder: Path) -> None:
    page = door.page(desk_folder)
    assert not find(page, QPushButton, "open_vault").isEnabled()
    enter(page, "")
    assert not page.findChildren(Notice)


def test_the_window_stays_free_while_the_key_is_derived(door: Door, desk_folder: Path, qtbot: QtBot) -> None:
    work = Work()
    page = door.page(desk_folder, work)
    enter(page, PASSPHRASE)
    button = find(page, QPushButton, "open_vault")
    assert (button.text(), button.isEnabled()) == ("Wird geöffnet\u00a0…", False)
    qtbot.waitUntil(lambda: bool(door.desks), timeout=20_000)  # it may be open before anybody waits for it
    work.finish()


def test_a_folder_without_a_vault_says_so(door: Door, tmp_path: Path) -> None:
    page = door.page(tmp_path)
    assert problem(page).startswith("In diesem Ordner liegt kein KIMdesk-Tresor.")


def test_the_recovery_sheet_sets_a_new_passphrase(
    door: Door, desk_folder: Path, desk_template: tuple[Path, str]
) -> None:
    page = door.page(desk_folder)
    click(page, "use_recovery")
    find(page, QLineEdit, "recovery_code").setText(desk_template[1].lower().replace("-", " "))
    chosen = choose_passphrase(page)
    click(page, "recover")
    door.desks[0].close()
    with Desk.unlock(desk_folder, chosen) as again:
        assert again.name == "Eschenried"


def test_a_mistyped_code_is_found_at_once(
    door: Door, desk_folder: Path, desk_template: tuple[Path, str]
) -> None:
    page = door.page(desk_folder)
    click(page, "use_recovery")
    code = desk_template[1]
    find(page, QLineEdit, "recovery_code").setText(("8" if code[0] == "7" else "7") + code[1:])
    choose_passphrase(page)
    click(page, "recover")
    assert problem(page, "recovery_problem").startswith(
        "In diesem Wiederherstellungscode steckt ein Tippfehler."
    )
    assert door.desks == []


def test_an_older_copy_is_opened_only_knowingly(door: Door, desk_folder: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    shutil.copy(desk_folder / "data.db", old)
    with Desk.unlock(desk_folder, PASSPHRASE) as desk:
        desk.set_municipalities(("05999001",))
    shutil.copy(old, desk_folder / "data.db")
    page = door.page(desk_folder)
    enter(page, PASSPHRASE)
    assert problem(page).startswith("Die Daten sind älter als zuletzt gesehen.")
    click(page, "accept_older")
    assert len(door.desks) == 1


@pytest.mark.qt_log_ignore("This plugin does not support")  # menus on the screen that is none
def test_other_vaults_are_offered(
    qtbot: QtBot, inline_work: InlineWork, desk_folder: Path, tmp_path: Path
) -> None:
    other, gone = tmp_path / "other", tmp_path / "gone"
    shutil.copytree(desk_folder, other)
    known = Preferences().opened(gone, "Weg").opened(other, "Niederholt").opened(desk_folder, "Eschenried")
    page = UnlockPage(Keeper(known), inline_work, desk_folder)
    qtbot.addWidget(page)
    page.show()
    click(page, "other_vault")
    menu = find(page, QMenu, "other_vaults")
    words = [action.text() for action in menu.actions() if action.text()]
    assert words == [
        "Niederholt",
        "Ordner wählen\u00a0…",
        "Aus Sicherung wiederherstellen\u00a0…",
        "Neuen Arbeitsplatz einrichten\u00a0…",
    ]
    with qtbot.waitSignal(page.other_chosen) as chosen:
        menu.actions()[0].trigger()
    assert chosen.args == [str(other)]
    menu.close()


@pytest.mark.parametrize("look", [{}, {"dark": True, "zoom": 2.0}])
def test_everything_can_be_reached_and_has_a_name(
    door: Door, desk_folder: Path, look: dict[str, object], other_look: Callable[..., None]
) -> None:
    other_look(**look)
    page = door.page(desk_folder)
    assert walk_accessible(page) == [
        "Passphrase",
        "Passphrase anzeigen",
        "Tresor öffnen",
        "Mit Wiederherstellungsblatt öffnen",
        "Anderer Tresor\u00a0…",
        "Was ein Dieb bräuchte",
    ]
    click(page, "use_recovery")
    assert "Code auf dem Blatt" in walk_accessible(page)


def test_caps_lock_is_pointed_out(door: Door, desk_folder: Path) -> None:
    page = door.page(desk_folder)
    field = find(page, QLineEdit, "passphrase")
    field.caps_lock.emit(True)  # type: ignore[attr-defined]
    assert "Die Feststelltaste ist an." in texts(page)
    field.caps_lock.emit(False)  # type: ignore[attr-defined]
    assert "Die Feststelltaste ist an." not in texts(page)


def choose_passphrase(page: QWidget) -> str:
    """Take the suggestion and type it again."""
    click(page, "suggest_passphrase")
    chosen = find(page, QLineEdit, "new_passphrase").text()
    find(page, QLineEdit, "repeat_passphrase").setText(chosen)
    QTest.qWait(250)  # the strength is rated when the typing pauses
    return chosen


def test_a_drive_that_nobody_knows_is_asked_about_once(
    home: Path, desk_folder: Path, inline_work: InlineWork, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kimdesk.vault import place

    mounts = home.parent / "mounts"
    mounts.write_text(f"root / ext4 rw 0 0\nx {desk_folder.parent} fuse.neu rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(place, "_MOUNTS", mounts)
    for asked in (True, False):
        monkeypatch.setattr(place, "_trusted", set())
        page = UnlockPage(Keeper(), inline_work, desk_folder)
        qtbot.addWidget(page)
        opened: list[Desk] = []
        page.opened.connect(opened.append)
        page.show()
        find(page, QLineEdit, "passphrase").setText(PASSPHRASE)
        find(page, QPushButton, "open_vault").click()
        if asked:
            assert opened == []
            assert "fuse.neu" in find(page, QWidget, "unlock_problem").accessibleName()
            find(page, QPushButton, "trust_drive").click()
        [desk] = opened
        desk.close()
