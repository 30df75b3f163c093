"""The page Sicherung, the daily backup, and the way back: as somebody at the window meets them."""

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from kimdesk.casework import backups, cases, upkeep
from kimdesk.casework.backups import LastBackup, remember
from kimdesk.casework.desk import Desk
from kimdesk.domain import dates
from kimdesk.domain.records import Person
from kimdesk.store.schema import HEAD
from kimdesk.vault import list_backups
from tests.conftest import PASSPHRASE
from tests.ui.conftest import walk_accessible
from tests.ui.hands import click, find, is_closed, sees, type_into
from tests.ui.page_help import dialog_of, page_of, toasts
from ui.app import Program
from ui.pages.unlock.page import UnlockPage
from ui.places import Place
from ui.program.preferences import Keeper, Preferences
from ui.program.work import InlineWork, Work
from ui.shell import Shell

pytest_plugins = ("tests.ui.page_fixtures",)

ShellOn = Callable[..., Shell]
FIRST = Path(__file__).parents[1] / "vault" / "fixtures" / "first-release"
DAY = timedelta(days=1)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch, stick: Path) -> Path:
    """The folder that whoever is asked for one chooses."""
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: str(stick))
    return stick


@pytest.fixture
def program(qapp: QApplication, inline_work: InlineWork, desk_folder: Path) -> Iterator[Program]:
    known = Preferences().opened(desk_folder, "Eschenried")
    started = Program(qapp, Keeper(known), work=inline_work)
    started.start()
    yield started
    started.window.close()


def said(top: QWidget, name: str) -> str:
    return find(top, QWidget, name).accessibleName()


def count(shell: Shell) -> int:
    entries = shell.rail.list.model()
    rows = [str(entries.index(row, 0).data()) for row in range(entries.rowCount())]
    return int(next(row for row in rows if row.startswith("Sicherung")).removeprefix("Sicherung") or 0)


def last_was(desk: Desk, days: int) -> None:
    with desk.writing() as writer:
        remember(writer, LastBackup(dates.now() - days * DAY, "D:\\Sicherung\\KIM.kimbackup", 14_200_000))


def test_the_first_backup_asks_where_and_keeps_the_answer(
    blank: Desk, shell_on: ShellOn, chosen: Path
) -> None:
    shell = shell_on(blank, "backup")
    assert said(shell, "backup_standing").startswith("Es gibt noch keine Sicherung")
    assert count(shell) == 1
    click(shell, "back_up")
    assert len(list_backups(chosen)) == 1
    assert said(shell, "backup_standing").startswith("Letzte gute Sicherung: heute,")
    assert said(shell, "backup_standing").endswith("geprüft")
    assert toasts(shell) == ["Die Sicherung ist geschrieben und geprüft."]
    assert find(shell, QLabel, "backup_folder").text() == str(chosen)
    assert find(shell, QCheckBox, "backup_daily").isChecked()
    assert count(shell) == 0


def test_the_page_names_day_place_and_size(blank: Desk, shell_on: ShellOn) -> None:
    last_was(blank, 1)
    standing = said(shell_on(blank, "backup"), "backup_standing")
    assert standing.startswith("Letzte gute Sicherung: gestern,")
    assert standing.endswith("D:\\Sicherung · 14,2\u00a0MB · geprüft")


def test_after_a_week_without_backup_the_page_warns(blank: Desk, shell_on: ShellOn) -> None:
    last_was(blank, 9)
    shell = shell_on(blank, "backup")
    assert said(shell, "backup_standing").startswith("Seit 9\u00a0Tagen keine Sicherung")
    assert count(shell) == 1


def test_it_says_which_passphrase_a_backup_needs(blank: Desk, shell_on: ShellOn) -> None:
    words = "Zum Öffnen einer Sicherung brauchen Sie dieselbe Passphrase wie am Tag der Sicherung."
    assert said(shell_on(blank, "backup"), "same_passphrase").endswith(words)


def test_today_says_so_only_after_a_week(blank: Desk, shell_on: ShellOn) -> None:
    assert not sees(shell_on(blank, "today"), "unsaved"), "a desk begun today"
    last_was(blank, 8)
    shell = shell_on(blank, "today")
    assert sees(shell, "unsaved")
    click(shell, "to_backups")
    assert shell.target == Place("backup")


def test_after_unlocking_the_backup_of_the_day_is_made_and_tried(
    blank: Desk, shell_on: ShellOn, stick: Path, qtbot: QtBot
) -> None:
    backups.choose_place(blank, stick)
    shell = shell_on(blank, "today")
    shell.upkeep.start(0)
    qtbot.waitUntil(lambda: backups.state(blank).drill is not None)
    [made] = list_backups(stick)
    drill = backups.state(blank).drill
    assert drill is not None
    assert (drill.created, drill.code) == (made.created, "")
    assert count(shell) == 0
    again = shell_on(blank, "today")
    again.upkeep.start(0)
    QApplication.processEvents()
    assert [each.created for each in list_backups(stick)] == [made.created], "once a day"
    again.navigate(Place("backup"))
    assert find(again, QLabel, "last_drill").text().startswith("Bestanden: heute,")


def test_an_absent_stick_disturbs_nobody(blank: Desk, shell_on: ShellOn, stick: Path, qtbot: QtBot) -> None:
    backups.choose_place(blank, stick)
    last_was(blank, 2)
    stick.rmdir()
    shell = shell_on(blank, "backup")
    shell.upkeep.start(0)
    QApplication.processEvents()
    assert shell.upkeep.problem is None
    assert not [each for each in shell.findChildren(QDialog) if each.isVisible()]
    assert find(shell, QLabel, "backup_folder_note").text().startswith("Zurzeit nicht da.")
    assert count(shell) == 0
    assert not stick.exists()


def test_a_stick_that_takes_nothing_more_is_a_sentence(blank: Desk, shell_on: ShellOn, stick: Path) -> None:
    backups.choose_place(blank, stick)
    stick.rmdir()
    stick.write_text("in the way")
    shell = shell_on(blank, "backup")
    shell.upkeep.back_up(stick)
    assert said(shell, "backup_problem").startswith("Der Stick oder Ordner ist nicht da.")
    assert backups.last_backup(blank) is None


def test_locking_ends_a_backup_and_leaves_nothing_half_written(
    blank: Desk, shell_on: ShellOn, stick: Path
) -> None:
    shell = shell_on(blank, "backup")
    reached: list[float] = []

    def lock(far: float) -> None:
        reached.append(far)
        if far > 0.5:
            shell.leave()

    shell.upkeep.progressed.connect(lock)
    shell.upkeep.back_up(stick)
    assert reached[-1] < 1.0
    assert list(stick.iterdir()) == []
    assert list((blank.vault.folder / "backups").iterdir()) == []
    assert not shell.upkeep.running


def test_work_goes_on_while_a_backup_is_written(blank: Desk, stick: Path, qtbot: QtBot) -> None:
    work = Work()
    shell = Shell(blank, work, Keeper(Preferences()), Place("backup"))
    qtbot.addWidget(shell)
    order: list[str] = []
    shell.upkeep.back_up(stick, lambda _: order.append("backup"))
    new = Person(family_name="Osman", given_names="Amna")
    work.write(shell, lambda: cases.open_new(blank, new), lambda _: order.append("case"))
    qtbot.waitUntil(lambda: len(order) == 2, timeout=20_000)
    shell.leave()
    work.finish()
    assert order == ["case", "backup"]
    assert len(list_backups(stick)) == 1


def test_the_folder_can_be_forgotten_and_the_daily_backup_switched_off(
    blank: Desk, shell_on: ShellOn, chosen: Path
) -> None:
    shell = shell_on(blank, "backup")
    click(shell, "choose_backup_folder")
    find(shell, QCheckBox, "backup_daily").click()
    assert backups.place(blank) == backups.BackupPlace(str(chosen), daily=False)
    assert backups.backup_due(blank) is None
    click(shell, "forget_backup_folder")
    assert backups.place(blank) is None
    assert not sees(shell, "backup_daily")


def test_the_vault_itself_is_no_place_for_its_backups(
    blank: Desk, shell_on: ShellOn, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = str(blank.vault.folder)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: inside)
    shell = shell_on(blank, "backup")
    click(shell, "choose_backup_folder")
    assert said(shell, "backup_problem").startswith("Dieser Ordner liegt im Tresor selbst.")
    assert backups.place(blank) is None


def test_a_damaged_backup_is_found_by_the_drill_and_warned_of(
    blank: Desk, shell_on: ShellOn, stick: Path
) -> None:
    backups.choose_place(blank, stick)
    made = upkeep.backup(blank, stick)
    data = bytearray((made.path / "data.db").read_bytes())
    data[5000] ^= 1
    (made.path / "data.db").write_bytes(data)
    shell = shell_on(blank, "backup")
    click(shell, "try_backup")
    assert said(shell, "backup_standing").startswith("Auf die Sicherung ist kein Verlass")
    assert find(shell, QLabel, "last_drill").text().startswith("Misslungen: heute,")
    assert count(shell) == 1


def test_a_backup_of_an_earlier_key_is_tried_with_its_passphrase(
    blank: Desk, shell_on: ShellOn, stick: Path
) -> None:
    backups.choose_place(blank, stick)
    upkeep.backup(blank, stick)
    blank.close()
    upkeep.rekey(blank.vault.folder, PASSPHRASE)
    with Desk.unlock(blank.vault.folder, PASSPHRASE) as desk:
        shell = shell_on(desk, "backup")
        click(shell, "try_backup")
        dialog = dialog_of(shell)
        type_into(dialog, "drill_passphrase", "falsch geraten")
        click(dialog, "dialog_accept")
        assert "öffnet den Tresor nicht" in said(dialog, "dialog_problem")
        find(dialog, QLineEdit, "drill_passphrase").setText(PASSPHRASE)
        click(dialog, "dialog_accept")
        assert is_closed(dialog)
        assert find(shell, QLabel, "last_drill").text().startswith("Bestanden: heute,")


@pytest.mark.parametrize("zoom", [1.0, 2.0])
def test_everything_has_a_name(
    blank: Desk, shell_on: ShellOn, stick: Path, other_look: Callable[..., None], zoom: float
) -> None:
    other_look(zoom=zoom)
    backups.choose_place(blank, stick)
    upkeep.backup(blank, stick)
    names = walk_accessible(page_of(shell_on(blank, "backup")))
    assert "Jetzt sichern" in names
    assert any(name.startswith("Wiederherstellen\u00a0…: heute,") for name in names)


def restore_from(program: Program, passphrase: str, folder: Path) -> None:
    find(program.window, QLineEdit, "restore_passphrase").setText(passphrase)
    find(program.window, QLineEdit, "restore_folder").setText(str(folder))
    click(program.window, "restore")


def test_from_the_list_to_the_desk_as_it_was(
    program: Program, desk_folder: Path, stick: Path, tmp_path: Path
) -> None:
    type_into(program.window, "passphrase", PASSPHRASE)
    click(program.window, "open_vault")
    assert program.desk is not None
    backups.choose_place(program.desk, stick)
    made = upkeep.backup(program.desk, stick, now=dates.now() - DAY)
    cases.open_new(program.desk, Person(family_name="Later", given_names="Lina"))
    assert program.shell is not None
    program.shell.navigate(Place("backup"))
    click(program.window, f"restore_{made.path.name}")
    assert program.desk is None, "the desk is locked meanwhile"
    restore_from(program, PASSPHRASE, tmp_path / "again")
    assert program.desk is not None
    assert program.desk.vault.folder == tmp_path / "again"
    assert cases.count(program.desk, cases.CaseQuery(status="")) == 2
    assert program.shell is not None
    assert toasts(program.shell) == [f"Wiederhergestellt: Stand vom {_spoken(made.created)}"]
    program.shell.navigate(Place("backup"))
    assert said(program.window, "backup_restored").startswith(f"Stand vom {_spoken(made.created)}")
    marked = f"wiederhergestellt am {dates.today():%d.%m.%Y}"
    assert find(program.window, QWidget, "restored_badge").accessibleName() == marked
    program.lock()
    assert find(program.window, QWidget, "restored_badge").accessibleName() == marked
    program.show_unlock(desk_folder)
    page = program.window.centralWidget()
    assert isinstance(page, UnlockPage)
    assert not page.findChildren(QWidget, "restored_badge")
    assert [name for _, name in page._presenter.others()] == [f"Eschenried\u00a0– {marked}"]


def test_what_stands_in_the_way_of_restoring_is_said(
    program: Program, desk_folder: Path, stick: Path, tmp_path: Path
) -> None:
    with Desk.unlock(desk_folder, PASSPHRASE) as desk:
        made = upkeep.backup(desk, stick)
    program.show_restore(str(stick))
    restore_from(program, "falsch geraten", tmp_path / "again")
    assert "öffnet den Tresor nicht" in said(program.window, "restore_problem")
    restore_from(program, PASSPHRASE, desk_folder)
    assert said(program.window, "restore_problem").startswith("In diesem Ordner liegt schon etwas.")
    (made.path / "data.db").write_bytes(bytes(made.path.joinpath("data.db").stat().st_size))
    restore_from(program, PASSPHRASE, tmp_path / "again")
    assert said(program.window, "restore_problem").startswith("Diese Sicherung ist beschädigt")
    assert not (tmp_path / "again").exists()
    click(program.window, "restore_back")
    assert find(program.window, QLineEdit, "passphrase").isVisible()


def test_the_recovery_code_of_that_day_restores_too(
    program: Program, desk_folder: Path, desk_template: tuple[Path, str], stick: Path, tmp_path: Path
) -> None:
    with Desk.unlock(desk_folder, PASSPHRASE) as desk:
        upkeep.backup(desk, stick)
    program.show_restore(str(stick))
    restore_from(program, desk_template[1], tmp_path / "again")
    assert program.desk is not None


def test_a_folder_without_backups_says_so(program: Program, chosen: Path) -> None:
    program.show_wizard()
    click(program.window, "start_restore")
    assert not find(program.window, QAbstractButton, "restore").isEnabled()
    click(program.window, "choose_restore_copy")
    assert said(program.window, "restore_problem").startswith("In diesem Ordner liegt keine Sicherung")
    assert "Sicherung wählen\u00a0…" in walk_accessible(program.window)


def test_a_single_backup_can_be_chosen_and_a_folder_is_proposed(
    program: Program, desk_folder: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Desk.unlock(desk_folder, PASSPHRASE) as desk:
        made = upkeep.backup(desk, stick)
        upkeep.backup(desk, stick, now=dates.now() - DAY)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: str(made.path))
    program.show_restore()
    click(program.window, "choose_restore_copy")
    assert find(program.window, QComboBox, "restore_copy").count() == 1
    assert "Eschenried" in find(program.window, QLineEdit, "restore_folder").text()


def test_a_damaged_vault_leads_to_its_backups(program: Program, desk_folder: Path) -> None:
    (desk_folder / "data.db").write_bytes(bytes(8192))
    type_into(program.window, "passphrase", PASSPHRASE)
    click(program.window, "open_vault")
    click(program.window, "restore_instead")
    assert find(program.window, QAbstractButton, "choose_restore_copy").isVisible()


def test_a_vault_of_the_first_release_opens_and_was_copied_before(program: Program, tmp_path: Path) -> None:
    first = Path(shutil.copytree(FIRST, tmp_path / "first"))
    program.show_unlock(first)
    type_into(program.window, "passphrase", PASSPHRASE)
    click(program.window, "open_vault")
    assert program.desk is not None
    assert program.desk.name == "Erste Fassung"
    assert len(list_backups(first / "backups")) == 1


def test_a_vault_of_a_newer_kimdesk_is_refused_with_a_sentence(program: Program, desk_folder: Path) -> None:
    with Desk.unlock(desk_folder, PASSPHRASE) as desk, desk.vault.connection() as database:
        database.execute(f"PRAGMA user_version = {int(HEAD) + 1}")
    type_into(program.window, "passphrase", PASSPHRASE)
    click(program.window, "open_vault")
    assert program.desk is None
    assert said(program.window, "unlock_problem").startswith(
        "Dieser Tresor wurde mit einer neueren Fassung von KIMdesk bearbeitet."
    )


def _spoken(at: datetime) -> str:
    return f"{at.astimezone():%d.%m.%Y, %H:%M} Uhr"
