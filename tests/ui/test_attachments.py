"""The documents of a case: dropping files, looking at them, and handing out a copy only after a warning."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QObject, QPointF, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QFileDialog, QLabel, QScrollArea, QWidget

from kimdesk.casework import attachments, records, referrals
from kimdesk.casework.upkeep import history
from kimdesk.domain.records import Attachment, Consent
from kimdesk.domain.terms import ItemState
from tests.scan_samples import SAMPLES, jpeg, pdf, png
from tests.ui.conftest import walk_accessible
from tests.ui.hands import click, find, sees, type_into
from ui.desk import scans
from ui.kit.listing import Listing
from ui.papers.render import render

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.ui.case_fixtures import CaseDesk

pytest_plugins = ("tests.ui.case_fixtures",)

TODAY = date.today()  # noqa: DTZ011 - what the page shows as well


class Opener(QObject):
    """Stands for the programs of the system: is told which file to open."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[Path] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(Path(url.toLocalFile()))


@pytest.fixture
def opener(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opener]:
    """Catch what is handed to other programs."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    made = Opener()
    QDesktopServices.setUrlHandler("file", made, "open")  # type: ignore[arg-type]  # the stub asks for bytes
    yield made
    QDesktopServices.unsetUrlHandler("file")
    scans.copies.wipe()


def drop(tab: QScrollArea, *paths: Path) -> bool:
    """Drag files over the tab and let go; return whether it takes them."""
    dragged = QMimeData()
    dragged.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    where, action = QPointF(200, 200), Qt.DropAction.CopyAction
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(where.toPoint(), action, dragged, buttons, keys)
    QApplication.sendEvent(tab.viewport(), entering)
    if entering.isAccepted():
        QApplication.sendEvent(tab.viewport(), QDropEvent(where, action, dragged, buttons, keys))
    QApplication.processEvents()
    return entering.isAccepted()


def describe(page: QWidget, kind: str = "passport") -> None:
    """Choose a kind in the dialog and put the scan into the vault."""
    dialog = find(page, QDialog, "edit_attachment")
    combo = find(dialog, QComboBox, "field_paper_document")
    combo.setCurrentIndex(combo.findData(kind))
    combo.activated.emit(combo.currentIndex())
    click(dialog, "save_record")
    QApplication.processEvents()


def attach(desk: "CaseDesk", data: bytes, **details: object) -> Attachment:
    return attachments.attach(desk.desk, desk.case.id, data, **{"title": "Pass Amna", **details})  # type: ignore[arg-type]


def notice(top: QWidget, name: str) -> str:
    return find(top, QWidget, name).accessibleName()


def test_a_dropped_scan_is_described_and_then_shown(case_desk: "CaseDesk", tmp_path: Path) -> None:
    (tmp_path / "scan0001.pdf").write_bytes(pdf("Pass", "Visum"))
    page = case_desk.open("attachments")
    tab = find(page, QScrollArea, "tab_attachments")
    assert drop(tab, tmp_path / "scan0001.pdf")
    dialog = find(page, QDialog, "edit_attachment")
    assert not sees(dialog, "remove_record")
    describe(page)
    [kept] = case_desk.file().attachments
    assert (kept.title, kept.document, kept.media_type) == ("scan0001", "passport", "application/pdf")
    assert find(page, QLabel, "scan_page").text() == "Seite 1 von 2"
    assert find(page, QWidget, "scan_picture").accessibleName() == "scan0001, PDF, Seite 1 von 2"
    walk_accessible(tab)


def test_several_files_come_one_after_the_other_and_a_foreign_one_is_named(
    case_desk: "CaseDesk", tmp_path: Path
) -> None:
    for name, data in (("a.pdf", pdf()), ("b.exe", b"MZ"), ("c.jpg", jpeg())):
        (tmp_path / name).write_bytes(data)
    page = case_desk.open("attachments")
    tab = find(page, QScrollArea, "tab_attachments")
    drop(tab, *(tmp_path / name for name in ("a.pdf", "b.exe", "c.jpg")))
    describe(page)
    assert "b.exe" in notice(tab, "scans_notice")
    assert "kein Scan" in notice(tab, "scans_notice")
    describe(page, "photo")
    assert [one.title for one in case_desk.file().attachments] == ["a", "c"]


def test_giving_up_the_description_keeps_nothing(case_desk: "CaseDesk", tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf())
    page = case_desk.open("attachments")
    drop(find(page, QScrollArea, "tab_attachments"), tmp_path / "a.pdf", tmp_path / "a.pdf")
    click(find(page, QDialog, "edit_attachment"), "dialog_reject")
    assert case_desk.file().attachments == ()
    assert not sees(page, "edit_attachment")


def test_other_things_cannot_be_dropped(case_desk: "CaseDesk") -> None:
    page = case_desk.open("attachments")
    assert not drop(find(page, QScrollArea, "tab_attachments"))


def test_only_who_chooses_a_scan_is_noted_as_having_seen_it(case_desk: "CaseDesk") -> None:
    kept = attach(case_desk, pdf())
    page = case_desk.open("attachments")

    def seen() -> list[str]:
        return [
            entry.record_id
            for entry in history(case_desk.desk, case_desk.case.id)
            if entry.action == "viewed"
        ]

    assert seen() == []
    scan_list = find(page, Listing, "scan_list")
    scan_list.setFocus()
    scan_list.setCurrentIndex(scan_list.model().index(1, 0))  # below the head of its group
    QApplication.processEvents()
    assert find(page, QLabel, "scan_title").text() == "Pass Amna"
    assert seen() == []
    QTest.keyClick(scan_list, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert find(page, QLabel, "scan_title").text() == "Pass Amna"
    assert seen() == [kept.id]
    page.refresh()
    assert seen() == [kept.id]


def test_pages_and_sizes_by_keyboard(case_desk: "CaseDesk") -> None:
    kept = attach(case_desk, pdf("eins", "zwei", "drei"))
    page = case_desk.open(f"attachment:{kept.id}")
    area = find(page, QScrollArea, "scan_picture")

    def shown() -> tuple[str, int]:
        QApplication.processEvents()
        picture = area.widget()
        assert picture
        return find(page, QLabel, "scan_page").text(), picture.width()

    _, fitting = shown()
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_PageDown):
        QTest.keyClick(area, key)
    assert shown() == ("Seite 3 von 3", fitting)
    QTest.keyClick(area, Qt.Key.Key_PageUp)
    QTest.keyClicks(area, "++")
    assert shown() == ("Seite 2 von 3", 2 * fitting)
    QTest.keyClicks(area, "0")
    assert shown() == ("Seite 2 von 3", fitting)


@pytest.mark.parametrize("media_type", SAMPLES)
def test_each_kind_is_drawn(media_type: str) -> None:
    data = attachments.inspect(SAMPLES[media_type]()).data
    sheet = render(data, media_type, 0, 300)
    assert sheet.image is not None
    assert sheet.image.width() <= 300
    assert sheet.pages == 1
    image, side = sheet.image, min(sheet.image.width(), sheet.image.height())
    colours = {image.pixel(at, at) for at in range(side)} | {
        image.pixel(at, 97 * image.height() // 400) for at in range(side)
    }
    assert len(colours) > 1


def test_a_turned_photo_is_shown_upright() -> None:
    sheet = render(attachments.inspect(jpeg(60, 40, orientation=6)).data, "image/jpeg", 0, 60)
    assert sheet.image is not None
    assert sheet.image.height() > sheet.image.width()


def test_a_page_as_large_as_a_house_stays_small_in_memory() -> None:
    from io import BytesIO

    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out, pagesize=(14_000, 14_000))
    canvas.drawString(30, 300, "Plan")
    canvas.save()
    sheet = render(out.getvalue(), "application/pdf", 0, 100_000)
    assert sheet.image is not None
    assert sheet.image.width() * sheet.image.height() <= 16_100_000


def test_a_pdf_with_a_password_says_so(case_desk: "CaseDesk") -> None:
    kept = attach(case_desk, pdf("geheim", password="anker"))
    page = case_desk.open(f"attachment:{kept.id}")
    area = find(page, QWidget, "scan_viewer")
    names = [each.accessibleName() for each in area.findChildren(QWidget) if each.isVisibleTo(area)]
    assert any("Kennwort" in name for name in names)


def test_a_copy_is_opened_only_after_a_warning_and_wiped_at_locking(
    case_desk: "CaseDesk", opener: Opener
) -> None:
    kept = attach(case_desk, pdf("Pass"))
    page = case_desk.open(f"attachment:{kept.id}")
    click(page, "open_scan")
    click(find(page, QDialog, "open_elsewhere_dialog"), "dialog_reject")
    assert opener.opened == []
    click(page, "open_scan")
    click(find(page, QDialog, "open_elsewhere_dialog"), "dialog_accept")
    [copy] = opener.opened
    assert copy.read_bytes() == pdf("Pass")
    assert "Amna" not in str(copy)
    assert sees(page, "open_copy")
    scans.copies.wipe()  # as locking does
    assert not copy.parent.exists()


def test_the_copy_can_be_deleted_at_once(case_desk: "CaseDesk", opener: Opener) -> None:
    kept = attach(case_desk, png())
    page = case_desk.open(f"attachment:{kept.id}")
    click(page, "open_scan")
    click(find(page, QDialog, "open_elsewhere_dialog"), "dialog_accept")
    click(page, "wipe_copies")
    assert not opener.opened[0].exists()
    assert not sees(page, "open_copy")


def test_a_copy_is_saved_only_after_a_warning(
    case_desk: "CaseDesk", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposed: list[str] = []

    def choose(_: QWidget, __: str, name: str) -> tuple[str, str]:
        proposed.append(name)
        return str(tmp_path / "kopie.pdf"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    kept = attach(case_desk, pdf("Pass"))
    page = case_desk.open(f"attachment:{kept.id}")
    click(page, "save_scan")
    assert proposed == []
    click(find(page, QDialog, "save_scan_dialog"), "dialog_accept")
    assert proposed == ["Unterlage.pdf"]
    assert (tmp_path / "kopie.pdf").read_bytes() == pdf("Pass")


def test_a_disk_that_refuses_the_copy_is_said(
    case_desk: "CaseDesk", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "weg" / "k.pdf"), ""))
    kept = attach(case_desk, pdf())
    page = case_desk.open(f"attachment:{kept.id}")
    click(page, "save_scan")
    click(find(page, QDialog, "save_scan_dialog"), "dialog_accept")
    assert "nicht speichern" in notice(page, "scan_problem")


def test_deleting_asks_why(case_desk: "CaseDesk") -> None:
    kept = attach(case_desk, pdf())
    page = case_desk.open(f"attachment:{kept.id}")
    click(page, "remove_scan")
    dialog = find(page, QDialog, "reason_dialog")
    click(dialog, "dialog_accept")
    assert case_desk.file().attachments
    combo = find(dialog, QComboBox, "reason")
    combo.setCurrentIndex(combo.findData("duplicate"))
    click(dialog, "dialog_accept")
    QApplication.processEvents()
    assert case_desk.file().attachments == ()
    assert not sees(page, "scan_preview")


def test_what_is_about_to_expire_stands_on_top_and_says_so(case_desk: "CaseDesk") -> None:
    attach(case_desk, pdf(), title="Zeugnis")
    attach(case_desk, pdf(), title="Duldung", valid_until=TODAY + timedelta(days=9))
    attach(case_desk, pdf(), title="Mietvertrag")
    page = case_desk.open("attachments")
    model = find(page, Listing, "scan_list").model()
    spoken = [str(model.index(row, 0).data()) for row in range(model.rowCount())]
    assert spoken.pop(0) == "Läuft bald ab 1"
    assert spoken[0].startswith("Duldung")
    assert spoken[0].endswith("läuft bald ab")


def test_the_description_is_changed_in_a_dialog(case_desk: "CaseDesk") -> None:
    kept = attach(case_desk, pdf(), document="passport")
    page = case_desk.open(f"attachment:{kept.id}")
    click(page, "edit_scan")
    dialog = find(page, QDialog, "edit_attachment")
    type_into(dialog, "field_original_original_with", "Jobcenter")
    click(dialog, "save_record")
    [changed] = case_desk.file().attachments
    assert (changed.original_with, changed.sha256) == ("Jobcenter", kept.sha256)


def test_a_scan_for_a_paper_of_a_referral_makes_it_present(
    case_desk: "CaseDesk", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "scan.pdf").write_bytes(pdf())
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(tmp_path / "scan.pdf")], ""))
    referral = referrals.prepare(
        case_desk.desk,
        case_desk.case.id,
        "jobcenter",
        agency="Jobcenter",
        purpose="livelihood",
        override_reason="Test",
    )
    page = case_desk.open(f"referral:{referral.id}")
    papers = find(page, QWidget, "checklist")
    row = papers.codes().index("registration")  # type: ignore[attr-defined]
    papers.setCurrentIndex(papers.model().index(row, 0))  # type: ignore[attr-defined]
    QTest.keyClick(papers, Qt.Key.Key_S)
    dialog = find(page, QDialog, "edit_attachment")
    click(dialog, "save_record")
    QApplication.processEvents()
    [kept] = case_desk.file().attachments
    assert (kept.document, kept.about) == ("registration", referral.id)
    [entry] = [one for one in case_desk.file().referrals[0].checklist if one.item == "registration"]
    assert entry.state is ItemState.PRESENT
    assert "Scan liegt vor" in str(papers.model().index(row, 0).data())  # type: ignore[attr-defined]
    click(page, f"view_scan_{kept.id}")
    assert find(page, QLabel, "scan_title").text() == kept.title


def test_the_signed_paper_is_added_at_its_consent(
    case_desk: "CaseDesk", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "scan.png").write_bytes(png())
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(tmp_path / "scan.png")], ""))
    consent = records.save(
        case_desk.desk,
        Consent(case_id=case_desk.case.id, recipient="jobcenter", purpose="livelihood", given_on=TODAY),
    )
    page = case_desk.open("consents")
    click(page, f"scan_consent_{consent.id}")
    click(find(page, QDialog, "edit_attachment"), "save_record")
    [kept] = case_desk.file().attachments
    assert (kept.document, kept.about) == ("consent_form", consent.id)
    click(page, f"scan_consent_{consent.id}")
    assert find(page, QLabel, "scan_title").text() == kept.title


def test_everything_has_a_name_at_large_text_too(
    case_desk: "CaseDesk", other_look: "Callable[..., None]"
) -> None:
    other_look(zoom=2.0)
    case_desk.page = case_desk._make_page()
    kept = attach(case_desk, pdf("eins", "zwei"), valid_until=TODAY)
    page = case_desk.open(f"attachment:{kept.id}")
    assert len(walk_accessible(page)) > 10
