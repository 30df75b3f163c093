"""Pictures of what keeps a desk: first steps, locked vault, ways in, backups, audit trail, and the Kreis."""

from datetime import timedelta
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QListWidget, QScrollArea, QWidget

import resources
from kimdesk.casework import backups, upkeep
from kimdesk.casework.letterhead import Letterhead, read_logo
from kimdesk.casework.trail import Checked
from kimdesk.catalogue.editing import kinds
from kimdesk.domain import dates
from kimdesk.domain.errors import VaultError
from kimdesk.kreis.stock import publishing
from kimdesk.texts.refusals import explain
from kimdesk.vault import SlotInfo, Strength, new_escrow_files
from tests.screens.camera import Camera, Shot
from tests.screens.stage import PASSPHRASE
from ui.pages.access.escrow_dialogs import AddEscrowDialog
from ui.pages.access.page import AccessPage
from ui.pages.access.rekey import RekeyPage
from ui.pages.access.sheet_dialogs import SheetDialog
from ui.pages.network.page import NetworkPage
from ui.pages.packs.card import PackCard
from ui.pages.settings.letterhead_card import LetterheadCard
from ui.pages.unlock.page import UnlockPage
from ui.pages.wizard.page import DETAILS, PROOF, WizardPage
from ui.pages.wizard.page import PASSPHRASE as CHOOSING


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


def new_key(camera: Camera, *, sheet: bool) -> None:
    """Show the closed vault that is to get a new key, before or after."""
    camera.desk("access")
    desk = camera.program.desk
    assert desk is not None
    page = RekeyPage(camera.program.work, desk.vault.folder)
    camera.leave()
    camera.window.show_scene(page, "KIMdesk")
    if sheet:
        left_out = (SlotInfo("1", "pass", "Ayla Demir", ""), SlotInfo("2", "recovery", "", ""))
        page.show_sheet(camera.code, left_out)


def new_sheets(camera: Camera, number: int) -> None:
    """Show new sheets: one, or three."""
    camera.desk("access")
    codes = (camera.code,) if number == 1 else (f"{camera.code}-7H2K-M4NP",) * number
    page = camera.program.shell and camera.program.shell.current_page()
    assert isinstance(page, AccessPage)
    SheetDialog(page, page._presenter, codes, PASSPHRASE).open()


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


def _wizard_details(page: WizardPage) -> None:
    page._begin("desk")


def _wizard_passphrase(page: WizardPage) -> None:
    page._begin("desk")
    page._go(CHOOSING)


def _wizard_proof(page: WizardPage) -> None:
    page._begin("desk")
    page._go(DETAILS)
    page._go(PROOF)


def _catalogue(camera: Camera) -> None:
    """Show the Jobcenter with a paper more and another time for answers, as the draft has it."""
    path, desk = "services/jobcenter.toml", camera.stage.kreis
    table = {**resources.read_toml(path), "name": "Jobcenter Auental", "answer_days": 14}
    table["hint"] = "Neue Anträge bitte bis 12 Uhr am Schalter 2 abgeben."
    paper = {"code": "fee_notice", "label": "Gebührenbescheid", "condition": "Unterkunft der Gemeinde"}
    publishing.save_draft(desk, {path: {**table, "item": [paper, *table["item"]]}})
    _folder(camera, "services", "Jobcenter")


def _publishing(camera: Camera) -> None:
    _catalogue(camera)
    camera.press("publish")


def _pack(camera: Camera) -> None:
    """Show a pack before it is taken: what the Kreis writes, and what changes field by field."""
    _catalogue(camera)
    made = publishing.publish(camera.stage.kreis, note="Bitte ab Januar beachten.")
    path = camera.stage.home / f"{made.version}.kimp"
    path.write_bytes(made.file)
    camera.desk("settings")
    card = camera.window.findChildren(PackCard)[-1]
    card._presenter.look(card, path, card._ask, card._refused)
    QTest.qWait(300)


def _letterhead(camera: Camera) -> None:
    """Show the card of the letterhead, filled in."""
    camera.desk("settings")
    card = camera.window.findChildren(LetterheadCard)[-1]
    card.show_letterhead(
        Letterhead(
            name="Gemeinde Eschenried", unit="Die Bürgermeisterin · Integrationsmanagement",
            address=("Am Kirchplatz 1", "05904 Eschenried"),
            foot=("Mo. bis Fr. 8:00–12:00 Uhr", "05999 400-117", "integration@eschenried.example"),
            logo=read_logo(_crest()),
        )
    )  # fmt: skip
    QTest.qWait(100)
    area = next(one for one in camera.window.findChildren(QScrollArea) if one.isAncestorOf(card))
    page = area.widget()
    assert page is not None
    area.verticalScrollBar().setValue(card.mapTo(page, card.rect().topLeft()).y() - 12)


def _crest() -> bytes:
    """Return a small picture of a coat of arms."""
    picture, out = Image.new("RGB", (160, 180), "white"), BytesIO()
    shape = [(8, 8), (152, 8), (152, 110), (80, 172), (8, 110)]
    ImageDraw.Draw(picture).polygon(shape, fill="#E1F0F0", outline="#065E6A", width=8)
    picture.save(out, "PNG")
    return out.getvalue()


def _folder(camera: Camera, folder: str, name: str = "") -> None:
    """Show the document whose title begins with ``name``, else the first, in the editor of ``folder``."""
    camera.kreis("catalogue")
    box = camera.window.findChildren(QComboBox, "catalogue_folder")[-1]
    at = box.findData(folder)
    box.setCurrentIndex(at)
    box.activated.emit(at)
    listed = camera.window.findChildren(QListWidget, "catalogue_documents")[-1]
    rows = range(listed.count())
    listed.setCurrentRow(next(row for row in rows if listed.item(row).text().startswith(name)))
    QTest.qWait(300)


def _network(camera: Camera, *, table: bool = False) -> None:
    """Show all chains of the Kreis, the first bottleneck opened; or as a table."""
    camera.kreis("network")
    page = camera.program.shell and camera.program.shell.current_page()
    assert isinstance(page, NetworkPage)
    page.show_table(table=table)
    page.open_worst()


def _kreis(camera: Camera, page: str, button: str) -> None:
    camera.kreis(page)
    camera.press(button)


def _single_finding(camera: Camera) -> None:
    """Look at the first finding that is in no bundle."""
    camera.kreis("answers")
    column = camera.window.findChild(QWidget, "column_noted")
    assert column is not None
    card = column.findChild(QAbstractButton)
    if card is not None:
        card.click()


def _bundle(camera: Camera, act: str) -> None:
    """Do something with the first bundle, of the first finding if there is none yet."""
    camera.kreis("answers")
    page: Any = camera.program.shell and camera.program.shell.current_page()
    if not page._presenter.model.board.clusters:
        camera.press("begin_bundle")
    found = page._presenter.model.board.clusters[0]
    page._columns._choose(found.id)
    next(one for one in page._panel.offers(found.id) if one.key == act).act()


def _backups(camera: Camera, button: str = "") -> None:
    desk, folder = camera.stage.desk, camera.stage.home / "backups"
    if not folder.exists():
        folder.mkdir()
        backups.choose_place(desk, folder)
        for days in (75, 40, 16, 9, 3, 2, 1, 0):
            made = upkeep.backup(desk, folder, now=dates.now() - timedelta(days=days))
        upkeep.drill(desk, made.path)
    camera.desk("backup")
    if button:
        camera.press(button)


def _access(camera: Camera, button: str) -> None:
    camera.desk("access")
    camera.press(button)


def _broken(camera: Camera) -> None:
    camera.desk("trail")
    page = camera.program.shell and camera.program.shell.current_page()
    page.show_chain(Checked(1233, "", 1234, finished=True))  # type: ignore[union-attr]


SHOTS = (
    Shot("wizard-start", lambda camera: camera.wizard()),
    Shot("wizard-details", lambda camera: camera.wizard(_wizard_details)),
    Shot("wizard-passphrase", lambda camera: camera.wizard(_wizard_passphrase)),
    Shot("wizard-sheet", lambda camera: camera.wizard(lambda page: page.show_sheet(camera.code))),
    Shot("wizard-proof", lambda camera: camera.wizard(_wizard_proof)),
    Shot("unlock", lambda camera: camera.unlock()),
    Shot("unlock-wrong", lambda camera: refused(camera, "E001")),
    Shot("unlock-older", lambda camera: refused(camera, "E005")),
    Shot("unlock-damaged", lambda camera: refused(camera, "E003")),
    Shot("unlock-sheet", lambda camera: sheet(camera, 0)),
    Shot("unlock-two-sheets", lambda camera: sheet(camera, 1)),
    Shot("unlock-key", lambda camera: sheet(camera, 2)),
    Shot("backup-none", lambda camera: camera.desk("backup")),
    Shot("backup", _backups),
    Shot("backup-drill", lambda camera: _backups(camera, "try_backup")),
    Shot("restore", lambda camera: camera.restore(camera.stage.home / "backups")),
    Shot("trail", lambda camera: camera.desk("trail")),
    Shot("trail-kreis", lambda camera: camera.kreis("trail")),
    Shot("legal-state", lambda camera: camera.desk("legal_state")),
    Shot("trail-broken", _broken),
    Shot("trail-empty", lambda camera: camera.desk("trail?key=XXX-2026-001")),
    Shot("access", lambda camera: camera.desk("access")),
    Shot("access-person", lambda camera: _access(camera, "add_person")),
    Shot("access-drill", lambda camera: _access(camera, "check_sheet")),
    Shot("access-passphrase", lambda camera: _access(camera, "change_passphrase")),
    Shot("access-rename", lambda camera: _access(camera, "rename_1")),
    Shot("access-renew", lambda camera: _access(camera, "renew_sheet")),
    Shot("access-split", lambda camera: _access(camera, "split_sheet")),
    Shot("access-sheet", lambda camera: new_sheets(camera, 1)),
    Shot("access-sheets", lambda camera: new_sheets(camera, 3)),
    Shot("access-deposit", deposit),
    Shot("access-new-key", lambda camera: new_key(camera, sheet=False)),
    Shot("access-new-key-sheet", lambda camera: new_key(camera, sheet=True)),
    Shot("kreis-inbox", lambda camera: camera.kreis("inbox")),
    Shot("kreis-findings", lambda camera: camera.kreis("answers")),
    Shot("kreis-findings-single", _single_finding),
    Shot("kreis-findings-worded", lambda camera: _bundle(camera, "edit_bundle")),
    Shot("kreis-findings-decision", lambda camera: _bundle(camera, "deal_bundle")),
    Shot("kreis-findings-inside", lambda camera: _bundle(camera, "inside_bundle")),
    Shot("kreis-findings-paper", lambda camera: _kreis(camera, "answers", "steering_agenda")),
    Shot("kreis-figures", lambda camera: camera.kreis("figures")),
    Shot("kreis-network", _network),
    Shot("kreis-network-table", lambda camera: _network(camera, table=True)),
    Shot("kreis-catalogue", _catalogue),
    Shot("kreis-catalogue-form", lambda camera: _folder(camera, "forms", "Erstberatung")),
    *(
        Shot(f"kreis-catalogue-{kind.folder}", partial(_folder, folder=kind.folder))
        for kind in kinds()
        if kind.folder not in ("services", "forms")
    ),
    Shot("kreis-publish", _publishing),
    Shot("settings-pack", _pack),
    Shot("settings-letterhead", _letterhead),
    Shot("kreis-desks", lambda camera: camera.kreis("desks")),
    Shot("kreis-access", lambda camera: camera.kreis("access")),
    Shot("kreis-access-key", lambda camera: _kreis(camera, "access", "make_key")),
    Shot("kreis-backup", lambda camera: camera.kreis("backup")),
    Shot("kreis-settings", lambda camera: camera.kreis("settings")),
)
