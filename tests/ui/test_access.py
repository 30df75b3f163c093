"""Zugänge: who opens the vault can be seen and changed, each change is noted, refusals are explained."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton

from kimdesk import vault
from kimdesk.casework import access, cases
from kimdesk.casework.desk import Desk
from kimdesk.store import audit
from tests.conftest import PASSPHRASE
from tests.ui.access_help import (
    NEW,
    OTHER,
    actions,
    asked,
    choose_passphrase,
    code_in,
    fill,
    opens,
    said,
    save_to,
    texts,
)
from tests.ui.conftest import walk_accessible
from tests.ui.hands import click, find, is_closed, sees
from tests.ui.page_fixtures import blank, blank_template, shell_on
from tests.ui.page_help import dialog_of, page_of
from ui.kit.state import Notice
from ui.places import Place
from ui.shell import Shell

__all__ = ["blank", "blank_template", "shell_on"]

OpenShell = Callable[..., Shell]


@pytest.fixture
def shell(blank: Desk, shell_on: OpenShell) -> Shell:
    """The page on a desk of one person, with the sheet it was made with."""
    return shell_on(blank, "access")


def test_the_settings_lead_to_the_page_and_back(shell_on: OpenShell, blank: Desk) -> None:
    shell = shell_on(blank, "settings")
    click(shell, "show_access")
    assert shell.target == Place("access")
    click(shell, "back_to_settings")
    assert shell.target == Place("settings")


def test_a_second_person_gets_a_passphrase_of_their_own(shell: Shell, blank: Desk) -> None:
    dialog = asked(shell, "add_person")
    fill(dialog, person_name="Ayla Yıldız", own_passphrase=PASSPHRASE)
    assert not dialog.accept_button.isEnabled()
    choose_passphrase(dialog, OTHER)
    click(dialog, "dialog_accept")
    assert "Ayla Yıldız" in texts(shell)
    assert opens(blank.vault.folder, OTHER)
    assert opens(blank.vault.folder, PASSPHRASE)
    assert actions(blank)[-1] == "user_added"


def test_a_wrong_passphrase_changes_nothing_and_the_dialog_says_so(shell: Shell, blank: Desk) -> None:
    before = actions(blank)
    dialog = asked(shell, "renew_sheet")
    fill(dialog, own_passphrase="falsch geraten")
    click(dialog, "dialog_accept")
    assert dialog.isVisible()
    assert said(dialog, "dialog_problem").startswith("Diese Passphrase")
    assert actions(blank) == before


def test_who_is_removed_no_longer_gets_in_and_a_new_key_is_offered(shell: Shell, blank: Desk) -> None:
    access.add_user(blank, PASSPHRASE, "Ayla", OTHER)
    page_of(shell).refresh()
    assert not sees(shell, "remove_1"), "nobody removes themselves"
    dialog = asked(shell, "remove_2")
    assert "ältere Kopien und Sicherungen" in texts(dialog)
    fill(dialog, own_passphrase=PASSPHRASE)
    click(dialog, "dialog_accept")
    assert not opens(blank.vault.folder, OTHER)
    assert "Ayla" in said(shell, "access_notice")
    assert sees(shell, "rekey_now")


def test_a_new_name_is_taken_on_at_once(shell: Shell, blank: Desk) -> None:
    dialog = asked(shell, "rename_1")
    fill(dialog, person_name="Miriam Kessler-Braun", own_passphrase=PASSPHRASE)
    click(dialog, "dialog_accept")
    case = cases.open_new(blank, None, ags="05999001")
    assert case.id
    with blank.reading() as reader:
        assert list(audit.entries(reader.connection))[-1].actor == "Miriam Kessler-Braun"
    assert [way.own for way in access.ways(blank) if way.kind == "person"] == [True]


def test_a_name_that_is_taken_is_refused(shell: Shell, blank: Desk) -> None:
    access.add_user(blank, PASSPHRASE, "Ayla", OTHER)
    page_of(shell).refresh()
    dialog = asked(shell, "rename_2")
    fill(dialog, person_name="miriam kessler", own_passphrase=PASSPHRASE)
    click(dialog, "dialog_accept")
    assert said(dialog, "dialog_problem").startswith("Diesen Namen hat hier schon")


def test_ones_own_passphrase_is_changed_here(shell: Shell, blank: Desk) -> None:
    dialog = asked(shell, "change_passphrase")
    fill(dialog, own_passphrase=PASSPHRASE)
    choose_passphrase(dialog, NEW)
    click(dialog, "dialog_accept")
    assert said(shell, "access_notice") == "Die neue Passphrase gilt ab jetzt."
    assert opens(blank.vault.folder, NEW)
    assert not opens(blank.vault.folder, PASSPHRASE)
    assert actions(blank)[-1] == "passphrase_changed"


def test_caps_lock_is_pointed_out_where_a_passphrase_is_typed(shell: Shell) -> None:
    dialog = asked(shell, "change_passphrase")
    find(dialog, QLineEdit, "new_passphrase").caps_lock.emit(True)  # type: ignore[attr-defined]
    assert "Die Feststelltaste ist an." in texts(dialog)


def test_a_new_sheet_is_saved_as_pdf_and_proven_by_typing_it(
    shell: Shell, blank: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = asked(shell, "renew_sheet")
    fill(dialog, own_passphrase=PASSPHRASE)
    click(dialog, "dialog_accept")
    shown = dialog_of(shell)
    save_to(monkeypatch, tmp_path / "blatt.pdf")
    click(shown, "save_sheet_1")
    assert "„blatt.pdf“ ist gespeichert." in said(shown, "sheet_notice")
    code = code_in(tmp_path / "blatt.pdf")
    fill(shown, typed_code_1=code)
    click(shown, "dialog_accept")
    assert is_closed(shown)
    assert actions(blank)[-2:] == ["recovery_renewed", "recovery_checked"]
    assert vault.check_recovery(blank.vault.folder, code)


def test_a_disk_that_refuses_the_pdf_is_explained(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = asked(shell, "renew_sheet")
    fill(dialog, own_passphrase=PASSPHRASE)
    click(dialog, "dialog_accept")
    shown = dialog_of(shell)
    save_to(monkeypatch, tmp_path / "gone" / "blatt.pdf")
    click(shown, "save_sheet_1")
    assert find(shown, Notice, "sheet_notice").property("tone") == "bad"


def test_a_sheet_that_was_never_typed_back_is_pointed_out(shell: Shell, blank: Desk) -> None:
    assert not sees(shell, "sheet_doubt")
    access.renew_recovery(blank, PASSPHRASE)  # as by a program that broke off before it noted the check
    page_of(shell).refresh()
    assert said(shell, "sheet_doubt").startswith("Seit dem Ausstellen hat niemand dieses Blatt geprüft.")
    assert blank.role == "desk"


@pytest.mark.parametrize("button", ["renew_sheet", "split_sheet"])
def test_a_sheet_nobody_typed_back_opens_nothing_and_the_old_one_still_does(
    shell: Shell, blank: Desk, button: str
) -> None:
    valid, before = access.renew_recovery(blank, PASSPHRASE), actions(blank)
    dialog = asked(shell, button)
    fill(dialog, own_passphrase=PASSPHRASE)
    click(dialog, "dialog_accept")
    shown = dialog_of(shell)
    other = (vault.recovery.new_code(),) if button == "renew_sheet" else vault.new_sheets()[:2]
    fill(shown, **{f"typed_code_{at}": code for at, code in enumerate(other, start=1)})
    click(shown, "dialog_accept")
    assert said(shown, "sheet_wrong")
    click(shown, "dialog_reject")
    assert actions(blank) == before
    assert vault.check_recovery(blank.vault.folder, valid)
    assert [way.kind for way in access.ways(blank)] == ["person", "sheet"]


def test_a_wrong_passphrase_prints_no_sheet(shell: Shell) -> None:
    dialog = asked(shell, "renew_sheet")
    fill(dialog, own_passphrase="falsch geraten")
    click(dialog, "dialog_accept")
    assert said(dialog, "dialog_problem").startswith("Diese Passphrase")
    assert dialog.isVisible()


def test_three_sheets_two_of_which_open(
    shell: Shell, blank: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = asked(shell, "split_sheet")
    fill(dialog, own_passphrase=PASSPHRASE)
    click(dialog, "dialog_accept")
    shown = dialog_of(shell)
    for number in (1, 2, 3):
        save_to(monkeypatch, tmp_path / f"{number}.pdf")
        find(shown, QPushButton, f"save_sheet_{number}").click()
    codes = [code_in(tmp_path / f"{number}.pdf") for number in (1, 2, 3)]
    fill(shown, typed_code_1=codes[2], typed_code_2=codes[0])
    click(shown, "dialog_accept")
    assert is_closed(shown)
    assert "Drei Blätter, zwei davon öffnen" in texts(shell)
    assert access.check_sheets(blank, codes[1], codes[2])
    assert actions(blank)[-3:] == ["recovery_split", "split_checked", "split_checked"]


def test_the_drill_says_whether_a_sheet_works_and_shows_nothing(
    shell: Shell, blank: Desk, blank_template: Path
) -> None:
    code = access.renew_recovery(blank, PASSPHRASE)
    dialog = asked(shell, "check_sheet")
    fill(dialog, recovery_code=code.lower())
    click(dialog, "dialog_accept")
    assert said(dialog, "drill_right").startswith("Damit geht der Tresor auf.")
    before = actions(blank)
    fill(dialog, recovery_code=vault.recovery.new_code())
    click(dialog, "dialog_accept")
    assert said(dialog, "sheet_wrong").startswith("Damit geht der Tresor nicht auf.")
    assert not sees(dialog, "drill_right")
    assert actions(blank) == before
    fill(dialog, recovery_code=code[:-1])
    click(dialog, "dialog_accept")
    assert said(dialog, "dialog_problem").startswith(
        "In diesem Wiederherstellungscode steckt ein Tippfehler."
    )


def test_the_drill_with_two_sheets(shell: Shell, blank: Desk) -> None:
    first, second, _ = access.split_recovery(blank, PASSPHRASE)
    dialog = asked(shell, "check_sheet")
    find(dialog, QComboBox, "sheet_kind").setCurrentIndex(1)
    fill(dialog, recovery_code=first, second_code=first)
    click(dialog, "dialog_accept")
    assert said(dialog, "dialog_problem").startswith("Diese zwei Blätter gehören nicht zusammen")
    fill(dialog, second_code=second)
    click(dialog, "dialog_accept")
    assert sees(dialog, "drill_right")


@pytest.mark.parametrize("look", [{}, {"dark": True, "zoom": 2.0}])
def test_everything_can_be_reached_and_has_a_name(
    blank: Desk, shell_on: OpenShell, look: dict[str, object], other_look: Callable[..., None]
) -> None:
    other_look(**look)
    access.add_user(blank, PASSPHRASE, "Ayla", OTHER)
    shell = shell_on(blank, "access")
    names = walk_accessible(page_of(shell))
    assert "Entfernen\u00a0… Ayla" in names
    for button in ("add_person", "remove_2", "check_sheet", "split_sheet", "add_escrow"):
        find(shell, QPushButton, button).click()
        dialog = dialog_of(shell)
        walk_accessible(dialog)
        dialog.reject()
