"""A new key: the vault closes for it, who is left out is said, and a failure leaves the old one whole."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from kimdesk import vault
from kimdesk.casework import access
from kimdesk.casework.desk import Desk
from tests.conftest import PASSPHRASE
from tests.ui.access_help import OTHER, actions, fill, opens, said, texts
from tests.ui.hands import click, find, sees
from ui import theme
from ui.app import Program
from ui.pages.access.rekey import RekeyPage
from ui.pages.unlock.page import UnlockPage
from ui.places import Place
from ui.program.preferences import Keeper, Preferences
from ui.program.work import InlineWork


@pytest.fixture
def recovery(desk_folder: Path) -> str:
    """The code of the sheet that is valid before."""
    return vault.renew_recovery(desk_folder, PASSPHRASE)


@pytest.fixture
def program(
    qtbot: QtBot, qapp: QApplication, desk_folder: Path, inline_work: InlineWork
) -> Iterator[Program]:
    """The whole program with the page open."""
    vault.add_user(desk_folder, PASSPHRASE, "Ayla", OTHER)
    program = Program(qapp, Keeper(Preferences().opened(desk_folder, "Eschenried")), work=inline_work)
    program.start()
    program.settle()
    qtbot.addWidget(program.window)
    program.show_desk(Desk.unlock(desk_folder, PASSPHRASE))
    assert program.shell is not None
    program.shell.navigate(Place("access"))
    yield program
    program.leave()
    program.deleteLater()
    theme.apply(qapp)


def rekey_page(program: Program) -> RekeyPage:
    click(program.window, "renew_key")
    page = program.window.centralWidget()
    assert isinstance(page, RekeyPage)
    assert program.desk is None, "the vault is closed for it"
    return page


def test_a_new_key_shuts_others_out_and_leads_back_to_the_page(program: Program, desk_folder: Path) -> None:
    page = rekey_page(program)
    fill(page, rekey_passphrase=PASSPHRASE)
    click(page, "begin_rekey")
    assert "Ayla: Nehmen Sie diese Person neu auf" in texts(page)
    code = "-".join(find(page, QLabel, f"code_1_{line}").text().replace("  ", "-") for line in (1, 2))
    fill(page, typed_code_1=vault.recovery.new_code())
    click(page, "prove_and_open")
    assert sees(page, "rekey_wrong")
    fill(page, typed_code_1=code)
    click(page, "prove_and_open")
    desk = program.desk
    assert desk is not None
    assert program.shell is not None
    assert program.shell.target == Place("access")
    assert [way.label for way in access.ways(desk) if way.kind == "person"] == ["Miriam Kessler"]
    assert not sees(program.shell, "sheet_doubt")
    assert actions(desk)[-2:] == ["rekeyed", "recovery_checked"]
    assert not opens(desk_folder, OTHER)


@pytest.mark.parametrize("leaving", ["drop_sheet", ""], ids=["cancelled", "cut off"])
def test_a_sheet_nobody_typed_back_changes_no_key(
    program: Program, desk_folder: Path, leaving: str, recovery: str
) -> None:
    before = (desk_folder / "data.db").read_bytes()
    page = rekey_page(program)
    fill(page, rekey_passphrase=PASSPHRASE)
    click(page, "begin_rekey")
    assert sees(page, "prove_and_open")
    if leaving:
        click(page, leaving)
        assert isinstance(program.window.centralWidget(), UnlockPage)
    assert (desk_folder / "data.db").read_bytes()[:16] == before[:16]
    assert vault.check_recovery(desk_folder, recovery)
    assert opens(desk_folder, OTHER)


def test_a_wrong_passphrase_leaves_the_old_key(program: Program, desk_folder: Path) -> None:
    epoch = vault.read_header(desk_folder).key_epoch
    page = rekey_page(program)
    fill(page, rekey_passphrase="falsch geraten")
    click(page, "begin_rekey")
    assert said(page, "rekey_problem").startswith("Diese Passphrase")
    click(page, "drop_rekey")
    assert isinstance(program.window.centralWidget(), UnlockPage)
    assert vault.read_header(desk_folder).key_epoch == epoch


def test_a_folder_that_refuses_leaves_the_old_vault_whole(program: Program, desk_folder: Path) -> None:
    (desk_folder / "next.part").write_bytes(b"")  # a file where the new vault would be put together
    page = rekey_page(program)
    fill(page, rekey_passphrase=PASSPHRASE)
    click(page, "begin_rekey")
    code = "-".join(find(page, QLabel, f"code_1_{line}").text().replace("  ", "-") for line in (1, 2))
    fill(page, typed_code_1=code)
    click(page, "prove_and_open")
    assert sees(page, "rekey_problem")
    assert opens(desk_folder, OTHER)
    (desk_folder / "next.part").unlink()
    click(page, "prove_and_open")
    assert program.desk is not None, "it can be tried again with the same sheet"
    program.leave()
    assert vault.check_recovery(desk_folder, code)
