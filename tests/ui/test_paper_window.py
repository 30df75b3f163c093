"""A paper over the page: looked at, printed, saved, handed out, kept; nothing of it is left anywhere else."""

import subprocess
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QWheelEvent
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QMenu,
    QScrollArea,
    QWidget,
)

from kimdesk.casework import attachments, local_offices, records, referrals
from kimdesk.casework.local_offices import LocalOffice
from kimdesk.casework.scans.scan import PDF
from kimdesk.documents.papers import offered
from kimdesk.domain.records import FollowUp, Goal
from kimdesk.domain.terms import FollowUpKind
from tests.ui.conftest import walk_accessible
from tests.ui.hands import click, find, is_closed, press_keys, sees, settle, type_into
from ui.case.contacts.line import TimeLine
from ui.desk.locking import close_windows
from ui.papers import printing
from ui.papers.calendar_file import CalendarDialog, ask_coming
from ui.papers.render import render
from ui.papers.window import PaperWindow, open_paper

if TYPE_CHECKING:
    from tests.ui.case_fixtures import CaseDesk

pytest_plugins = ("tests.ui.case_fixtures",)

NAME = "handover-protocol"
SPACE = Qt.Key.Key_Space


@pytest.fixture
def window(case_desk: "CaseDesk") -> PaperWindow:
    """The hand-over protocol of a case with many goals, over its page: several pages."""
    for number in range(30):
        text = f"Ziel {number}: " + "ein langer Satz, den niemand kürzt, " * 4
        records.save(case_desk.desk, Goal(case_id=case_desk.case.id, text=text))
    return opened(case_desk)


def opened(case_desk: "CaseDesk", name: str = NAME, record_id: str = "") -> PaperWindow:
    page = case_desk.open("plan")
    found = open_paper(page._context, page, name, record_id or case_desk.case.id)
    settle()
    return found


def where(window: PaperWindow) -> str:
    return find(window, QLabel, "paper_page").text()


def across(window: PaperWindow) -> int:
    area = find(window, QScrollArea, "paper_picture")
    picture = area.widget()
    assert picture is not None
    return picture.width()


def pages(path: Path) -> int:
    return render(path.read_bytes(), PDF, 0, 64).pages


def issues(case_desk: "CaseDesk") -> list[tuple[str, str, str]]:
    return [(one.paper, one.how, one.handed_to) for one in case_desk.file().paper_issues]


def to_file(path: Path, resolution: int = 300) -> QPrinter:
    printer = printing.prepared(QPrinter(QPrinter.PrinterMode.HighResolution))
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setResolution(resolution)
    return printer


def ink(data: bytes, page: int) -> int:
    """Return how dark a page is."""
    drawn = render(data, PDF, page, 300).image
    assert drawn is not None
    gray = drawn.scaledToWidth(300).convertToFormat(drawn.Format.Format_Grayscale8)
    return 255 * gray.sizeInBytes() - sum(memoryview(gray.constBits()))


def test_a_paper_is_looked_at_by_keyboard_alone(window: PaperWindow) -> None:
    assert where(window).startswith("Seite 1 von ")
    area = find(window, QScrollArea, "paper_picture")
    assert area.accessibleName().startswith("Übergabeprotokoll, Seite 1 von")
    area.setFocus()
    QTest.keyClick(area, Qt.Key.Key_PageDown)
    assert where(window).startswith("Seite 2 von ")
    QTest.keyClick(area, Qt.Key.Key_Home)
    assert where(window).startswith("Seite 1 von ")
    wide = across(window)
    press_keys(area, "1")
    whole = across(window)
    assert whole < wide
    assert area.verticalScrollBar().maximum() == 0
    press_keys(area, "+")
    assert whole < across(window)
    press_keys(area, "0")
    assert across(window) == wide
    walk_accessible(window)


def test_ctrl_and_the_wheel_change_the_size_and_the_wheel_alone_scrolls(window: PaperWindow) -> None:
    area, before = find(window, QScrollArea, "paper_picture"), across(window)
    for keys, changes in (
        (Qt.KeyboardModifier.NoModifier, False),
        (Qt.KeyboardModifier.ControlModifier, True),
    ):
        place = QPointF(area.viewport().rect().center())
        turned = QWheelEvent(
            place, area.viewport().mapToGlobal(place), QPoint(0, 0), QPoint(0, 120),
            Qt.MouseButton.NoButton, keys, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(area.viewport(), turned)
        assert (across(window) != before) is changes


def test_what_is_printed_has_all_pages_and_readable_marks_and_is_noted(
    window: PaperWindow, case_desk: "CaseDesk", tmp_path: Path
) -> None:
    out = tmp_path / "out.pdf"
    wanted = int(where(window).rpartition(" ")[2])
    window.print_on(to_file(out))
    assert pages(out) == wanted > 1
    shown = window._shown
    assert shown is not None
    for page in range(wanted):
        assert ink(out.read_bytes(), page) == pytest.approx(ink(shown.made.data, page), rel=0.3)
    assert (
        "Osman"
        not in subprocess.run(["pdfinfo", str(out)], capture_output=True, text=True, check=True).stdout
    )
    [one] = case_desk.file().paper_issues
    assert (one.how, one.title, one.language) == ("printed", "Übergabeprotokoll", "de")
    assert case_desk.toasts[-1][0] == "Gedruckt und im Fall vermerkt"
    assert "gedruckt" in find(window, QWidget, "paper_history").findChildren(QLabel)[-1].text()


def test_a_page_range_is_printed_alone(window: PaperWindow, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    printer = to_file(out, 72)
    printer.setFromTo(2, 2)
    window.print_on(printer)
    assert pages(out) == 1


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_what_could_not_be_printed_is_said_and_not_noted(
    window: PaperWindow, case_desk: "CaseDesk", tmp_path: Path
) -> None:
    window.print_on(to_file(tmp_path / "nowhere" / "out.pdf"))
    assert "nicht alle Seiten" in find(window, QWidget, "dialog_problem").accessibleName()
    assert issues(case_desk) == []
    window.print_on(to_file(tmp_path / "out.pdf", 72))
    assert not sees(window, "dialog_problem")
    assert issues(case_desk) == [(NAME, "printed", "")]


def test_without_a_printer_it_is_said(window: PaperWindow, case_desk: "CaseDesk") -> None:
    if QPrinterInfo.availablePrinterNames():
        pytest.skip("this computer has a printer")
    click(window, "dialog_accept")
    assert "kein Drucker" in find(window, QWidget, "dialog_problem").accessibleName()
    assert issues(case_desk) == []


def test_saved_whole_or_not_at_all(
    window: PaperWindow, case_desk: "CaseDesk", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.save(tmp_path / "nowhere" / "out.pdf")
    assert sees(window, "dialog_problem")
    assert issues(case_desk) == []
    out = tmp_path / "out.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    click(window, "paper_save")
    assert out.read_bytes().startswith(b"%PDF")
    assert list(tmp_path.glob("*.pdf")) == [out]
    assert issues(case_desk) == [(NAME, "saved", "")]


def test_handed_out_it_stays_in_the_case_as_it_was(window: PaperWindow, case_desk: "CaseDesk") -> None:
    shown = window._shown
    assert shown is not None
    click(window, "paper_hand_out")
    asking = find(window, QDialog, "paper_handing_out")
    click(asking, "dialog_accept")
    assert not is_closed(asking)  # to whom?
    type_into(asking, "paper_receiver", "Jobcenter Musterstadt")
    click(asking, "dialog_accept")
    [one] = case_desk.file().paper_issues
    [kept] = case_desk.file().attachments
    assert (one.how, one.handed_to, one.attachment_id) == ("handed_out", "Jobcenter Musterstadt", kept.id)
    assert (kept.title, kept.handed[0].to) == ("Übergabeprotokoll", "Jobcenter Musterstadt")
    assert attachments.content(case_desk.desk, kept.id) == shown.made.data


def test_what_was_printed_leads_to_what_is_kept_afterwards(
    window: PaperWindow, case_desk: "CaseDesk", tmp_path: Path
) -> None:
    window.print_on(to_file(tmp_path / "out.pdf", 72))
    click(window, "paper_keep")
    [kept] = case_desk.file().attachments
    assert {one.attachment_id for one in case_desk.file().paper_issues} == {kept.id}


def test_a_note_is_taken_back(window: PaperWindow, case_desk: "CaseDesk") -> None:
    window.hand_out("Amna Osman")
    words, undo = case_desk.toasts[-1]
    assert words == "Als ausgehändigt vermerkt"
    assert undo is not None
    undo()
    settle()
    assert case_desk.file().paper_issues == ()


def test_locking_closes_it_and_lets_go_of_the_paper(window: PaperWindow, case_desk: "CaseDesk") -> None:
    area = find(window, QScrollArea, "paper_picture")
    close_windows(case_desk.page)
    assert not window.isVisible()
    assert window._shown is None
    picture = area.widget()
    assert picture is not None
    assert picture.width() == 0
    settle()
    assert is_closed(window)


def test_nothing_lies_in_temporary_files(
    case_desk: "CaseDesk", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    window = opened(case_desk)
    window.print_on(to_file(tmp_path / "out.pdf", 72))
    window.keep()
    assert list(folder.iterdir()) == []


def test_a_paper_that_cannot_be_made_says_why(case_desk: "CaseDesk") -> None:
    window = opened(case_desk, "referral-letter", "01890000-0000-7000-8000-000000000000")
    assert sees(window, "dialog_problem")
    assert not sees(window, "paper_viewer")
    assert not find(window, QWidget, "dialog_accept").isEnabled()
    walk_accessible(window)


@pytest.mark.parametrize("look", [{"dark": True}, {"zoom": 2.0}], ids=["dark", "200"])
def test_it_fits_a_small_screen(
    request: pytest.FixtureRequest, other_look: Callable[..., None], look: dict[str, object]
) -> None:
    other_look(**look)
    case_desk = request.getfixturevalue("case_desk")
    window = opened(case_desk)
    assert where(window) == "Seite 1 von 1"
    assert window.height() <= window.screen().availableGeometry().height()
    assert window._fitting.horizontalScrollBar().maximum() == 0


def test_all_papers_of_a_case_are_offered_or_say_why_not(case_desk: "CaseDesk") -> None:
    page = case_desk.open("plan")
    QTest.keyClick(page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    dialog = find(page, QDialog, "papers_dialog")
    reason = find(dialog, QLabel, "no_paper_referral_letter").text()
    assert reason == "Anschreiben zum Verweis: noch kein Verweis"
    walk_accessible(dialog)
    click(dialog, "paper_handover_protocol")
    assert is_closed(dialog)
    assert where(find(page, PaperWindow, "paper_window")) == "Seite 1 von 1"


def test_of_several_referrals_it_is_asked_which(case_desk: "CaseDesk") -> None:
    desk, case_id = case_desk.desk, case_desk.case.id
    for service in ("jobcenter", "youth_office"):
        referrals.prepare(desk, case_id, service, agency="", purpose="placement", override_reason="Eile")
    page = case_desk.open("plan")
    click(page, "case_papers")
    click(find(page, QDialog, "papers_dialog"), "paper_referral_letter")
    asking = find(page, QDialog, "paper_about_dialog")
    walk_accessible(asking)
    click(asking, "about_1")
    window = find(page, PaperWindow, "paper_window")
    assert where(window) == "Seite 1 von 1"
    window.hand_out("Frau Kaya", keep=True)
    [kept] = case_desk.file().attachments
    assert kept.about in [one.id for one in case_desk.file().referrals if one.service == "jobcenter"]


def test_another_language_is_chosen_and_noted(case_desk: "CaseDesk") -> None:
    if "tr" not in offered(case_desk.desk.catalogue, "information"):
        pytest.skip("it has no translation here")
    window = opened(case_desk, "information")
    says = find(window, QComboBox, "paper_language")
    assert says.currentText() == "Deutsch und Arabisch"  # what the client speaks
    says.setCurrentIndex(says.findData("tr"))
    says.activated.emit(says.currentIndex())
    settle()
    assert where(window).startswith("Seite 1 von ")
    window.hand_out("Amna Osman", keep=True)
    [one] = case_desk.file().paper_issues
    assert (one.language, one.version > 0) == ("tr", True)
    words = find(window, QWidget, "paper_history").findChildren(QLabel)[-1].text()
    assert "Deutsch und Türkisch" in words


def test_a_referral_offers_its_papers_and_the_course_tells_of_them(case_desk: "CaseDesk") -> None:
    desk, case_id = case_desk.desk, case_desk.case.id
    sent = referrals.prepare(
        desk, case_id, "jobcenter", agency="", purpose="placement", override_reason="Eile"
    )
    page = case_desk.open(f"referral:{sent.id}")
    walk_accessible(find(page, QWidget, "papers_card"))
    click(page, "card_paper_referral_letter")
    window = find(page, PaperWindow, "paper_window")
    window.hand_out("Frau Kaya")
    assert window._shown is not None
    assert window._shown.receiver == desk.catalogue.service_name("jobcenter")
    click(window, "dialog_reject")
    page = case_desk.open("contacts")
    kinds = find(page, QComboBox, "timeline_kind")
    kinds.setCurrentIndex(kinds.findData("paper_issue"))
    kinds.activated.emit(kinds.currentIndex())
    model = find(page, TimeLine, "timeline").model()
    told = [str(model.index(row, 0).data()) for row in range(model.rowCount())]
    assert len(told) == 1
    assert "ausgehändigt" in told[0]
    [one] = case_desk.file().paper_issues
    case_desk.edit("paper_issue", one.id)
    assert where(find(page, PaperWindow, "paper_window")) == "Seite 1 von 1"


def test_a_deadline_offers_its_papers_in_its_dialog(case_desk: "CaseDesk") -> None:
    due = FollowUp(
        case_id=case_desk.case.id, kind=FollowUpKind.DEADLINE, title="Widerspruch", due_on=date(2026, 12, 20)
    )
    saved = records.save(case_desk.desk, due)
    page = case_desk.open("plan")
    case_desk.edit("follow_up", saved.id)
    click(find(page, QDialog, "edit_follow_up"), "papers_of_record")
    menu = find(page, QMenu, "papers_menu")
    assert [each.text() for each in menu.actions()] == ["Widerspruch fristwahrend …", "Als Kalenderdatei …"]
    menu.actions()[0].trigger()
    settle()
    assert not sees(page, "edit_follow_up")
    assert sees(page, "paper_window")


def test_a_date_becomes_a_calendar_file_that_names_nobody(
    case_desk: "CaseDesk", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    due = FollowUp(
        case_id=case_desk.case.id, kind=FollowUpKind.APPOINTMENT, title="Frau Osman bei Dr. Wolf",
        due_on=date(2026, 12, 20), time="10:00", place="Suchtberatung",
    )  # fmt: skip
    saved = records.save(case_desk.desk, due)
    page = case_desk.open("plan")
    case_desk.edit("follow_up", saved.id)
    click(find(page, QDialog, "edit_follow_up"), "papers_of_record")
    find(page, QMenu, "papers_menu").actions()[-1].trigger()
    dialog = find(page, QDialog, "calendar_dialog")
    walk_accessible(dialog)
    assert not sees(dialog, "calendar_file_number_warning")
    out = tmp_path / "Termin.ics"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    click(dialog, "dialog_accept")
    plain = out.read_text(encoding="utf-8")
    assert "SUMMARY:Termin\n" in plain
    assert "20261220T100000" in plain
    assert not any(word in plain for word in ("Osman", "Wolf", "Sucht", case_desk.case.file_number))
    assert case_desk.toasts[-1][0] == "1\u00a0Termin als Kalenderdatei gespeichert"


def test_a_file_number_in_a_calendar_is_warned_of(case_desk: "CaseDesk") -> None:
    page = case_desk.open("plan")
    ask_coming(page._context, page)
    dialog = find(page, QDialog, "calendar_dialog")
    find(dialog, QCheckBox, "calendar_file_number").click()
    assert sees(dialog, "calendar_file_number_warning")
    assert not sees(dialog, "calendar_cancelled")
    dialog.reject()


def test_no_appointment_is_said(case_desk: "CaseDesk", tmp_path: Path) -> None:
    page = case_desk.open("plan")
    ask_coming(page._context, page)
    dialog = find(page, CalendarDialog, "calendar_dialog")
    dialog.save(tmp_path / "Termin.ics")
    assert sees(dialog, "dialog_problem")
    assert not (tmp_path / "Termin.ics").exists()
    dialog.reject()


@pytest.mark.parametrize("known", [True, False], ids=["dials", "cannot"])
def test_an_office_is_called_where_the_system_can_and_has_a_card(
    case_desk: "CaseDesk", tmp_path: Path, monkeypatch: pytest.MonkeyPatch, known: bool
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    line = "x-scheme-handler/tel=phone.desktop;" if known else ""
    (tmp_path / "mimeapps.list").write_text(f"[Default Applications]\n{line}\n")
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_DIRS", "XDG_DATA_DIRS"):
        monkeypatch.setenv(name, str(tmp_path / "none"))
    called: list[str] = []

    def open_url(url: QUrl) -> bool:
        called.append(url.toString())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    desk, case_id = case_desk.desk, case_desk.case.id
    office = LocalOffice(name="Jobcenter Moers", address="Markt 1\n47441 Moers", phone="02841 202-0")
    local_offices.note_office(desk, "jobcenter", case_desk.case.ags, office)
    sent = referrals.prepare(
        desk, case_id, "jobcenter", agency="", purpose="placement", override_reason="Eile"
    )
    page = case_desk.open(f"referral:{sent.id}")
    assert sees(page, "call_office") is known
    if known:
        click(page, "call_office")
        assert called == ["tel:+4928412020"]
    out = tmp_path / "Amt.vcf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    click(page, "office_as_card")
    assert "FN:Jobcenter Moers" in out.read_text(encoding="utf-8")
