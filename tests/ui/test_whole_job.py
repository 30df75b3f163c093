"""The whole job once through the windows: from an empty folder to the Kreis's receipt, with real files."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QLineEdit, QWidget
from shiboken6 import isValid

from kimdesk import sync
from kimdesk.casework import cases
from kimdesk.casework.desk import Desk
from kimdesk.domain.terms import Phase, PhaseState, ReferralState
from kimdesk.vault import Strength
from tests.conftest import PASSPHRASE
from tests.ui.conftest import BOTH
from tests.ui.hands import click, find, leave, settle, type_into
from ui.app import Program
from ui.forms.editors.combo import CodeCombo
from ui.kit.field import FieldBox
from ui.places import Place
from ui.program.preferences import Keeper, Preferences
from ui.program.work import Work
from ui.shell import Shell

AGS = "05999004"

pytestmark = BOTH


class Files:
    """What the person answers when the system asks for a file or folder."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.next = ""
        self.stick = folder / "stick"
        self.stick.mkdir()
        for name in ("getSaveFileName", "getOpenFileName"):
            monkeypatch.setattr(QFileDialog, name, staticmethod(lambda *_: (str(folder / self.next), "")))
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", staticmethod(lambda *_: str(self.stick)))
        monkeypatch.setattr(
            QFileDialog,
            "getOpenFileNames",
            staticmethod(lambda *_: ([str(p) for p in self.stick.glob("*.kimb")], "")),
        )


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Files:
    return Files(tmp_path, monkeypatch)


@pytest.fixture
def program(qapp: QApplication, background: Work) -> Iterator[Program]:
    started = Program(qapp, Keeper(Preferences()), work=background)
    started.start()
    yield started
    started.window.close()


def dialog(top: QWidget) -> QDialog:
    settle()
    return [each for each in top.findChildren(QDialog) if each.isVisible()][-1]


def gone(form: QDialog) -> bool:
    return not isValid(form) or not form.isVisible()


def go(shell: Shell, target: Place) -> None:
    shell.navigate(target)
    settle()


def choose(top: QWidget, name: str, code: str) -> None:
    box = find(top, CodeCombo, name)
    box.set_code(code)
    box.picked.emit()


def make_vault(program: Program, files: Files) -> Shell:
    """Go through the first steps as a new case manager does."""
    window = program.window
    click(window, "start_desk")
    type_into(window, "desk_name", "Eschenried")
    type_into(window, "user_name", "Miriam Kessler")
    type_into(window, "municipalities", AGS)
    click(window, "wizard_next")
    click(window, "suggest_passphrase")
    QTest.qWait(300)
    type_into(window, "repeat_passphrase", find(window, QLineEdit, "new_passphrase").text())
    QTest.qWait(300)
    click(window, "wizard_next")
    code = "".join(
        label.text() for label in window.findChildren(QLabel) if label.objectName().startswith("code_")
    )
    files.next = "sheet.pdf"
    click(window, "save_sheet")
    assert (files.folder / "sheet.pdf").read_bytes().startswith(b"%PDF")
    click(window, "wizard_next")
    type_into(window, "typed_code", code.lower())
    click(window, "wizard_next")
    assert program.shell is not None
    return program.shell


def open_case(shell: Shell) -> str:
    """Look for the person first, then open a case for her."""
    go(shell, Place("cases"))
    click(shell, "new_case")
    asked = dialog(shell)
    type_into(asked, "new_family_name", "Osman")
    type_into(asked, "new_given_names", "Amna")
    type_into(asked, "new_birth_date", "05.1992")
    click(asked, "dialog_accept")
    desk = shell.context.desk
    [row] = cases.list_page(desk, cases.CaseQuery()).rows
    assert shell.target.case_id == row.id
    return row.id


def walk_phase(shell: Shell, case_id: str, phase: Phase) -> None:
    """Complete a phase; what is missing is named and needs a reason."""
    go(shell, Place("case", case_id, phase))
    if phase is Phase.ACCESS:
        type_into(shell, "field_contact_held_on", "2.3.2026")
        type_into(shell, "field_contact_occasion", "Brief der Ausländerbehörde")
        leave(shell)
    click(shell, "complete_phase")
    asked = dialog(shell)
    type_into(asked, "reason", "Das Übrige klären wir beim nächsten Gespräch.")
    click(asked, "dialog_accept")


def give_consent(shell: Shell, case_id: str, recipient: str, purpose: str) -> None:
    """Record a consent as it stands on the signed paper."""
    go(shell, Place("case", case_id, "consents"))
    click(shell, "add_consent")
    form = dialog(shell)
    choose(form, "field_scope_recipient", recipient)
    choose(form, "field_scope_purpose", purpose)
    choose(form, "field_scope_level", "identified")
    for kind in ("person", "household", "residence", "regimes", "goals", "plan", "referrals", "documents"):
        click(form, f"field_information_kinds_{kind}")
    type_into(form, "field_explanation_necessity", "Der Antrag ist dort zu stellen.")
    type_into(form, "field_explanation_refusal_consequences", "Sie stellt den Antrag selbst.")
    choose(form, "field_validity_form", "written")
    leave(form)
    click(form, "save_record")
    assert gone(form), [box.error() for box in form.findChildren(FieldBox) if box.error()]


def refer(shell: Shell, case_id: str) -> None:
    """Refuse without consent, record one, prepare, tick a document, send."""
    go(shell, Place("case", case_id, "referrals"))
    click(shell, "empty_action")
    form = dialog(shell)
    choose(form, "referral_service", "jobcenter")
    click(form, "save_record")
    assert find(form, QWidget, "no_consent").isVisible()
    form.reject()
    give_consent(shell, case_id, "jobcenter", "benefits")
    go(shell, Place("case", case_id, "referrals"))
    click(shell, "empty_action")
    form = dialog(shell)
    choose(form, "referral_service", "jobcenter")
    click(form, "save_record")
    assert gone(form), [label.text() for label in form.findChildren(QLabel) if label.isVisible()]
    checklist = find(shell, QWidget, "checklist")
    checklist.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_3):
        QTest.keyClick(checklist, key)
    settle()
    click(shell, "referral_to_sent")
    click(dialog(shell), "dialog_accept")


def enrol(program: Program, office: Program, files: Files) -> None:
    """Bring the request to the Kreis, compare digits, bring the answer back."""
    assert program.shell
    assert office.shell
    files.next = "request.kimq"
    go(program.shell, Place("handover"))
    click(program.shell, "write_request")
    digits = find(program.shell, QLabel, "own_fingerprint").text()
    go(office.shell, Place("desks"))
    click(office.shell, "enrol_desk")
    asked = dialog(office.shell)
    type_into(asked, "desk_digits", digits)
    files.next = "answer.kimc"
    click(asked, "dialog_accept")
    digits = find(office.shell, QLabel, "kreis_fingerprint").text()
    click(program.shell, "read_certificate")
    asked = dialog(program.shell)
    type_into(asked, "kreis_digits", digits)
    click(asked, "dialog_accept")


@pytest.fixture
def office(qapp: QApplication, background: Work, tmp_path: Path) -> Iterator[Program]:
    desk, _ = Desk.create(
        tmp_path / "kreis",
        PASSPHRASE,
        name="Kreis Auental",
        user="",
        role="kreis",
        strength=Strength.INTERACTIVE,
    )
    started = Program(qapp, Keeper(Preferences()), work=background)
    started.show_desk(desk)
    started.window.show()
    yield started
    started.window.close()


def test_the_whole_job_through_the_windows(program: Program, office: Program, files: Files) -> None:
    shell = make_vault(program, files)
    desk = shell.context.desk
    case_id = open_case(shell)
    for phase in Phase:
        walk_phase(shell, case_id, phase)
    refer(shell, case_id)
    give_consent(shell, case_id, "ki", "reporting")
    file = cases.peek(desk, case_id)
    assert {entry.phase: entry.state for entry in file.phases} == dict.fromkeys(Phase, PhaseState.COMPLETED)
    assert [referral.state for referral in file.referrals] == [ReferralState.SENT]
    assert any(item.state != "missing" for item in file.referrals[0].checklist)

    enrol(program, office, files)
    go(shell, Place("handover"))
    assert "Osman" in " ".join(
        label.text() for label in find(shell, QWidget, "preview_leaves").findChildren(QLabel)
    )
    click(shell, "write_package")
    [bundle] = files.stick.glob("*.kimb")
    assert sync.status(desk).unsent > 0

    assert office.shell
    go(office.shell, Place("inbox"))
    click(office.shell, "read_stick")
    [receipt] = files.folder.rglob("*.kimr")
    files.next = str(receipt.relative_to(files.folder))
    click(shell, "take_receipt")
    status = sync.status(desk)
    assert (status.unsent, status.last_receipt_seq, bundle.exists()) == (0, 1, True)


def test_locking_drops_the_desk_and_comes_back_to_the_same_place(program: Program, files: Files) -> None:
    shell = make_vault(program, files)
    case_id = open_case(shell)
    go(shell, Place("case", case_id, "contacts"))
    program.lock()
    assert program.desk is None
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # as the event loop does next
    assert program.window.windowTitle() == "KIMdesk"
    assert not any("Osman" in label.text() for label in program.window.findChildren(QLabel))


def test_a_cancelled_start_leaves_nothing_behind(program: Program, files: Files, home: Path) -> None:
    window = program.window
    click(window, "start_desk")
    type_into(window, "desk_name", "Eschenried")
    click(window, "wizard_next")
    click(window, "suggest_passphrase")
    QTest.qWait(300)
    type_into(window, "repeat_passphrase", find(window, QLineEdit, "new_passphrase").text())
    QTest.qWait(300)
    click(window, "wizard_next")
    assert not (home / "vaults").exists(), "nothing is made before the sheet was typed back"
    click(window, "wizard_back")
    assert not (home / "vaults").exists()
