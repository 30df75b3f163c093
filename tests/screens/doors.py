"""Pictures of what stands before and around an open vault: refused, a sheet, a new key, ways in."""

from pathlib import Path

from PySide6.QtWidgets import QComboBox

from kimdesk.catalogue.messages import explain
from kimdesk.domain.errors import VaultError
from kimdesk.vault import Rekeyed, SlotInfo, Strength, new_escrow_files
from tests.screens.camera import Camera
from tests.screens.stage import PASSPHRASE
from ui.pages.access.escrow_dialogs import AddEscrowDialog
from ui.pages.access.rekey import RekeyPage
from ui.pages.access.sheet_dialogs import SheetDialog
from ui.pages.unlock.page import UnlockPage


def refused(camera: Camera, code: str) -> None:
    """Show a vault that did not open, the caps lock on."""
    camera.unlock()
    page = camera.window.centralWidget()
    assert isinstance(page, UnlockPage)
    page._card._show_caps(True)
    page.show_problem(explain(VaultError(code)), accept_older=code == "E005")
    page.show_wait(8 if code == "E001" else 0)


def sheet(camera: Camera, kind: int) -> None:
    """Show the way in by one sheet (0), by two of three (1), by the key of the Kreis (2)."""
    camera.unlock()
    page = camera.window.centralWidget()
    assert isinstance(page, UnlockPage)
    page._presenter.escrow_holder = "Kreis Auental"
    camera.press("use_recovery")
    box = page.findChild(QComboBox, "sheet_kind")
    assert box is not None
    box.setCurrentIndex(kind)


def new_key(camera: Camera, *, done: bool) -> None:
    """Show the closed vault that is to get a new key, before or after."""
    camera.desk("access")
    desk = camera.program.desk
    assert desk is not None
    page = RekeyPage(camera.program.work, desk.vault.folder)
    camera.leave()
    camera.window.show_page(page, "KIMdesk")
    if done:
        left_out = (SlotInfo("1", "pass", "Ayla Demir", ""), SlotInfo("2", "recovery", "", ""))
        page.show_done(Rekeyed(camera.code, 2, left_out))


def new_sheets(camera: Camera, number: int) -> None:
    """Show new sheets: one, or three."""
    camera.desk("access")
    codes = (camera.code,) if number == 1 else (f"{camera.code}-7H2K-M4NP",) * number
    page = camera.program.shell.current_page()  # type: ignore[union-attr]
    SheetDialog(page, page._presenter, codes).open()  # type: ignore[attr-defined,arg-type]


def deposit(camera: Camera) -> None:
    """Show the deposit at the Kreis, its key read."""
    camera.desk("access")
    camera.press("add_escrow")
    path = Path(camera.stage.home) / "Kreis Auental.kimschluessel"
    if not path.exists():
        path.write_bytes(new_escrow_files("Kreis Auental", PASSPHRASE, strength=Strength.INTERACTIVE).public)
    dialog = camera._dialogs()[-1]
    assert isinstance(dialog, AddEscrowDialog)
    dialog.take(path)
