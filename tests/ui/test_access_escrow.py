"""Deposited at the Kreis: chosen knowingly, seen, taken back; and opening a vault without its passphrase."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox, QComboBox
from pytestqt.qtbot import QtBot

from kimdesk import vault
from kimdesk.casework.desk import Desk
from kimdesk.vault import Strength
from tests.conftest import PASSPHRASE
from tests.ui.access_help import (
    NEW,
    OTHER,
    SAFE,
    actions,
    asked,
    choose_file,
    choose_passphrase,
    fill,
    opens,
    said,
    save_to,
    texts,
)
from tests.ui.hands import click, find, sees
from tests.ui.page_fixtures import blank, blank_template, shell_on
from tests.ui.page_help import dialog_of
from ui.kit.dialog import Dialog
from ui.pages.unlock.page import UnlockPage
from ui.program.preferences import Keeper, Preferences
from ui.program.work import InlineWork
from ui.shell import Shell

__all__ = ["blank", "blank_template", "shell_on"]

OpenShell = Callable[..., Shell]


@pytest.fixture
def shell(blank: Desk, shell_on: OpenShell) -> Shell:
    """The page on a desk of one person, with the sheet it was made with."""
    return shell_on(blank, "access")


@pytest.fixture(scope="module")
def key_files() -> vault.EscrowFiles:
    """A key pair of a Kreis."""
    return vault.new_escrow_files("Kreis Auental", SAFE, strength=Strength.INTERACTIVE)


def test_a_desk_deposits_only_after_the_digits_were_compared(
    shell: Shell, blank: Desk, tmp_path: Path, key_files: vault.EscrowFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "kreis.kimschluessel"
    file.write_bytes(key_files.public)
    choose_file(monkeypatch, file)
    dialog = asked(shell, "add_escrow")
    click(dialog, "choose_public_key")
    assert key_files.holder.fingerprint in texts(dialog)
    fill(dialog, own_passphrase=PASSPHRASE)
    assert not dialog.accept_button.isEnabled()
    find(dialog, QCheckBox, "digits_compared").setChecked(True)
    click(dialog, "dialog_accept")
    assert "Kreis Auental" in texts(shell)
    assert sees(shell, "way_escrow")
    assert actions(blank)[-1] == "escrow_added"
    dialog = asked(shell, "remove_escrow")
    fill(dialog, own_passphrase=PASSPHRASE)
    click(dialog, "dialog_accept")
    assert not sees(shell, "way_escrow")
    assert actions(blank)[-1] == "escrow_removed"


def test_another_file_is_no_key(
    shell: Shell, tmp_path: Path, key_files: vault.EscrowFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "geheim.kimprivat"
    file.write_bytes(key_files.private)
    choose_file(monkeypatch, file)
    dialog = asked(shell, "add_escrow")
    click(dialog, "choose_public_key")
    assert said(dialog, "dialog_problem").startswith("Das ist kein Hinterlegungsschlüssel")
    assert not sees(dialog, "escrow_digits")


def test_the_kreis_makes_a_key_and_keeps_nothing_of_it(
    shell_on: OpenShell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, _ = Desk.create(
        tmp_path / "kreis", PASSPHRASE, name="Kreis Auental", user="Jens", role="kreis",
        strength=Strength.INTERACTIVE,
    )  # fmt: skip
    with desk:
        shell = shell_on(desk, "access")
        assert not sees(shell, "add_escrow")
        dialog = asked(shell, "make_key")
        choose_passphrase(dialog, SAFE)
        click(dialog, "dialog_accept")
        saving = dialog_of(shell)
        assert isinstance(saving, Dialog)
        for which in ("private", "public"):
            assert not saving.accept_button.isEnabled()
            save_to(monkeypatch, tmp_path / which)
            click(saving, f"save_{which}_key")
        click(saving, "dialog_accept")
        assert actions(desk)[-1] == "escrow_key_made"
        private = vault.open_escrow_key((tmp_path / "private").read_bytes(), SAFE)
        choose_file(monkeypatch, tmp_path / "public")
        click(shell, "show_digits")
        digits = vault.read_escrow_key((tmp_path / "public").read_bytes()).fingerprint
        assert digits in texts(dialog_of(shell))
    for file in (tmp_path / "kreis").iterdir():
        assert private not in file.read_bytes()


@pytest.fixture
def locked(qtbot: QtBot, inline_work: InlineWork) -> Iterator[Callable[[Path], UnlockPage]]:
    desks: list[Desk] = []

    def locked(folder: Path) -> UnlockPage:
        page = UnlockPage(Keeper(Preferences()), inline_work, folder)
        page.opened.connect(desks.append)
        qtbot.addWidget(page)
        page.resize(1366, 738)
        page.show()
        page.settle()
        click(page, "use_recovery")
        return page

    yield locked
    for desk in desks:
        assert actions(desk)[-1].startswith("recovered")
        desk.close()
    assert desks


def test_two_sheets_open_the_vault_and_set_a_new_passphrase(
    locked: Callable[[Path], UnlockPage], desk_folder: Path
) -> None:
    first, _, third = vault.split_recovery(desk_folder, PASSPHRASE)
    page = locked(desk_folder)
    find(page, QComboBox, "sheet_kind").setCurrentIndex(1)
    fill(page, recovery_code=third, second_code=third)
    choose_passphrase(page, NEW)
    click(page, "recover")
    assert said(page, "recovery_problem").startswith("Diese zwei Blätter gehören nicht zusammen")
    fill(page, second_code=first)
    click(page, "recover")
    assert opens(desk_folder, NEW)
    assert not opens(desk_folder, PASSPHRASE)


def test_the_key_from_the_safe_opens_a_deposited_vault(
    locked: Callable[[Path], UnlockPage],
    desk_folder: Path,
    tmp_path: Path,
    key_files: vault.EscrowFiles,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    vault.add_escrow(desk_folder, PASSPHRASE, key_files.holder.key, "Kreis Auental")
    file = tmp_path / "geheim.kimprivat"
    file.write_bytes(key_files.private)
    choose_file(monkeypatch, file)
    page = locked(desk_folder)
    kinds = find(page, QComboBox, "sheet_kind")
    kinds.setCurrentIndex(2)
    assert kinds.currentText() == "Schlüssel: Kreis Auental"
    click(page, "choose_key_file")
    fill(page, key_passphrase=OTHER)
    choose_passphrase(page, NEW)
    click(page, "recover")
    assert said(page, "recovery_problem").startswith("Diese Passphrase öffnet die Schlüsseldatei nicht")
    fill(page, key_passphrase=SAFE)
    click(page, "recover")
    assert opens(desk_folder, NEW)
