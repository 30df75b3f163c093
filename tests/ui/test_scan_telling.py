"""Before a scan is added it is told what was left out, what it holds, and that it is there already."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QDialog, QScrollArea, QWidget

from kimdesk.casework import attachments, cases
from kimdesk.domain.records import Person
from tests.camera_files import saved
from tests.casework.test_scan_drawing import bomb
from tests.pdfs import HOLDING, sheet
from tests.scan_samples import exif, jpeg, pdf
from tests.ui.hands import click, find, sees
from tests.ui.test_attachments import attach, describe, drop, notice

if TYPE_CHECKING:
    from tests.ui.case_fixtures import CaseDesk

pytest_plugins = ("tests.ui.case_fixtures",)


def asked(case_desk: "CaseDesk", path: Path, data: bytes) -> QDialog:
    """Drop a file and return the dialog that describes it."""
    path.write_bytes(data)
    drop(find(case_desk.open("attachments"), QScrollArea, "tab_attachments"), path)
    QApplication.processEvents()
    return find(case_desk.page, QDialog, "edit_attachment")


def test_what_was_left_out_of_a_photo_is_told(case_desk: "CaseDesk", tmp_path: Path) -> None:
    dialog = asked(case_desk, tmp_path / "foto.jpg", jpeg())
    told = notice(dialog, "scan_removed")
    assert "der Ort der Aufnahme" in told
    assert "Texte und Kommentare" in told
    describe(case_desk.page)
    assert "der Ort der Aufnahme" in notice(case_desk.page, "scans_notice")


def test_a_plain_scan_is_added_without_a_word(case_desk: "CaseDesk", tmp_path: Path) -> None:
    dialog = asked(case_desk, tmp_path / "scan.pdf", pdf())
    for name in ("scan_removed", "scan_twin", "scan_holds", "scan_undrawable", "scan_locked"):
        assert not sees(dialog, name)


def test_the_same_scan_twice_is_told_and_not_refused(case_desk: "CaseDesk", tmp_path: Path) -> None:
    attach(case_desk, saved("JPEG"), title="Pass Amna")
    dialog = asked(case_desk, tmp_path / "noch einmal.jpg", saved("JPEG", exif=exif()))
    assert "Pass Amna" in notice(dialog, "scan_twin")
    describe(case_desk.page)
    assert len(case_desk.file().attachments) == 2


def test_a_scan_of_another_case_is_told_without_naming_it(case_desk: "CaseDesk", tmp_path: Path) -> None:
    other = cases.open_new(case_desk.desk, Person(family_name="Zzyxmüller"))
    attachments.attach(case_desk.desk, other.id, pdf("Bescheid"), title="Bescheid Zzyxmüller")
    dialog = asked(case_desk, tmp_path / "a.pdf", pdf("Bescheid"))
    told = notice(dialog, "scan_twin")
    assert "in einem anderen Fall" in told
    assert "Zzyx" not in told


def test_what_a_pdf_holds_is_told_when_it_is_added_and_when_it_is_looked_at(
    case_desk: "CaseDesk", tmp_path: Path
) -> None:
    dialog = asked(case_desk, tmp_path / "a.pdf", HOLDING["scripts"])
    assert "1 Skript" in notice(dialog, "scan_holds")
    describe(case_desk.page)
    QApplication.processEvents()
    assert "1 Skript" in notice(find(case_desk.page, QWidget, "scan_preview"), "scan_holds")
    kept = attach(case_desk, sheet(), title="Leer")
    page = case_desk.open(f"attachment:{kept.id}")
    assert not sees(find(page, QWidget, "scan_preview"), "scan_holds")


def test_links_alone_are_no_warning(case_desk: "CaseDesk", tmp_path: Path) -> None:
    dialog = asked(case_desk, tmp_path / "a.pdf", HOLDING["links"])
    found = find(dialog, QWidget, "scan_holds")
    assert found.property("tone") == "info"
    assert "1 Link ins Internet" in found.accessibleName()


def test_a_pdf_that_cannot_be_shown_says_so_at_once(case_desk: "CaseDesk", tmp_path: Path) -> None:
    dialog = asked(case_desk, tmp_path / "a.pdf", bomb())
    assert "nicht anzeigen" in notice(dialog, "scan_undrawable")
    click(dialog, "dialog_reject")
    dialog = asked(case_desk, tmp_path / "b.pdf", pdf("geheim", password="anker"))
    assert "Kennwort" in notice(dialog, "scan_locked")
    assert not sees(dialog, "scan_undrawable")
