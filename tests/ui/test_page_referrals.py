"""The page Verweise: what waits, whom to call first, and a slip that is read in with few keys."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QRadioButton, QWidget

from kimdesk.casework import cases, records, referrals
from kimdesk.casework.desk import Desk
from kimdesk.domain.records import Case, Consent, Referral
from kimdesk.domain.slip_codes import shown
from kimdesk.domain.terms import ReferralState, StepKind
from tests.ui.conftest import walk_accessible
from tests.ui.hands import click, find, is_closed, sees, settle, type_into
from tests.ui.page_help import new_case, page_of
from ui.app import SIZE
from ui.pages.referrals.exporting import ReferralExportDialog
from ui.pages.referrals.page import ReferralsPage
from ui.pages.referrals.table import ReferralTable
from ui.papers.window import PaperWindow
from ui.shell import Shell

pytest_plugins = ("tests.ui.page_fixtures",)

TODAY = date.today()  # noqa: DTZ011 - what the page shows as well
DAY = timedelta(days=1)
Opened = Callable[..., Shell]


@pytest.fixture
def waiting(blank: Desk) -> Referral:
    """Return a referral without answer for three weeks; another is prepared."""
    file = new_case(blank, "Al-Khatib", "Mohamad")
    put(blank, file, ReferralState.PREPARED, "Familienkasse", prepared_on=TODAY)
    return put(
        blank, file, ReferralState.SENT, "Anerkennungsberatung Auental", agency_person="Frau Dr. Hellwig",
        sent_on=TODAY - 21 * DAY, answer_due_on=TODAY - 12 * DAY,
    )  # fmt: skip


def put(desk: Desk, case: Case, state: ReferralState, agency: str, **facts: Any) -> Referral:
    saved = records.save(
        desk,
        Referral(
            case_id=case.id, service="recognition", agency=agency, purpose="recognition", state=state,
            override_reason="eilig", **facts,
        ),
    )  # fmt: skip
    return referrals.with_code(desk, saved.id)


def opened(shell: Shell) -> ReferralsPage:
    page = page_of(shell)
    assert isinstance(page, ReferralsPage)
    settle()
    return page


def stored(desk: Desk, one: Referral) -> Referral:
    return records.get(desk, Referral, one.id)


def rows(page: QWidget) -> list[str]:
    model = find(page, ReferralTable, "referral_table").model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_what_waits_stands_in_groups_and_who_is_called_first_is_said(
    blank: Desk, shell_on: Opened, waiting: Referral
) -> None:
    shell = shell_on(blank, "referrals")
    page = opened(shell)
    assert [each.split(",")[0] for each in rows(page)] == [
        "Ohne Antwort 1", "Mohamad Al-Khatib", "Offen 1", "Mohamad Al-Khatib",
    ]  # fmt: skip
    first = find(page, QWidget, "ask_first").accessibleName()
    assert "Anerkennungsberatung Auental anrufen" in first
    assert "sonst nach 9 Tagen antwortet und dieser Verweis seit 21 Tagen offen ist" in first
    assert "Frau Dr. Hellwig" in first
    rail = shell.rail.list.model()
    entry = rail.index(shell.rail.keys().index("referrals"), 0)
    assert entry.data() == "Verweise 2"
    walk_accessible(page)
    model = find(page, ReferralTable, "referral_table").model()
    said = model.index(1, 4).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Dauer: 21 Tage, üblich: 9 Tage"


def test_large_text_leaves_the_window_on_the_screen(
    blank: Desk, shell_on: Opened, waiting: Referral, other_look: Callable[..., None]
) -> None:
    other_look(zoom=2.0)
    shell = shell_on(blank, "referrals")
    page = opened(shell)
    assert sees(page, "ask_first")
    assert (shell.width(), shell.height()) == SIZE
    assert find(page, ReferralTable, "referral_table").height() >= 300  # it scrolls with the page


def test_a_slip_takes_a_code_a_letter_and_two_enters(
    blank: Desk, shell_on: Opened, waiting: Referral
) -> None:
    shell = shell_on(blank, "today")
    QTest.keyClick(
        shell, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    page = opened(shell)
    line = find(page, QLineEdit, "slip_code")
    assert QApplication.focusWidget() in (line, None)
    QTest.keyClicks(line, shown(waiting.slip_code).lower().replace("-", "ß"))
    assert find(page, QPushButton, "read_slip").isEnabled()
    QTest.keyClick(line, Qt.Key.Key_Return)
    dialog = find(page, QDialog, "answer_dialog")
    focused = QApplication.focusWidget() or find(dialog, QRadioButton, "answer_accepted")
    QTest.keyClick(focused, Qt.Key.Key_D)
    assert find(dialog, QRadioButton, "answer_elsewhere").isChecked()
    QTest.keyClick(find(dialog, QRadioButton, "answer_elsewhere"), Qt.Key.Key_Return)
    assert is_closed(dialog)
    now = stored(blank, waiting)
    assert (now.state, now.reject_reason, now.answered_on) == (
        ReferralState.REJECTED, "not_responsible", TODAY,
    )  # fmt: skip
    assert [(each.kind, each.channel) for each in now.course] == [(StepKind.REJECTED, "slip")]
    assert line.text() == ""
    assert "nicht zuständig" in " ".join(
        str(find(page, ReferralTable, "referral_table").model().index(row, 3).data()) for row in range(4)
    )


def test_a_code_that_does_not_fit_is_refused_and_can_be_put_right(
    blank: Desk, shell_on: Opened, waiting: Referral
) -> None:
    page = opened(shell_on(blank, "referrals"))
    line = find(page, QLineEdit, "slip_code")
    wrong = shown(waiting.slip_code)[:-1]
    QTest.keyClicks(line, wrong)
    assert not find(page, QPushButton, "read_slip").isEnabled()
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert "Code stimmt nicht" in find(page, QWidget, "referrals_notice").accessibleName()
    assert line.text() == wrong
    assert not sees(page, "answer_dialog")


def test_a_slip_of_what_was_never_sent_asks_why_there_is_no_consent(blank: Desk, shell_on: Opened) -> None:
    case = new_case(blank, "Osman")
    bare = records.save(
        blank, Referral(case_id=case.id, service="jobcenter", agency="Jobcenter", purpose="benefits")
    )
    bare = referrals.with_code(blank, bare.id)
    page = opened(shell_on(blank, "referrals"))
    type_into(page, "slip_code", shown(bare.slip_code))
    click(page, "read_slip")
    dialog = find(page, QDialog, "answer_dialog")
    click(dialog, "dialog_accept")
    assert stored(blank, bare).state is ReferralState.PREPARED
    type_into(dialog, "answer_why", "Sie hat den Zettel selbst hingetragen")
    click(dialog, "dialog_accept")
    now = stored(blank, bare)
    assert (now.state, now.override_reason) == (
        ReferralState.ACCEPTED, "Sie hat den Zettel selbst hingetragen",
    )  # fmt: skip
    assert [each.kind for each in now.course] == [StepKind.SENT, StepKind.ACCEPTED]


def test_a_call_is_noted_and_the_next_one_is_named(blank: Desk, shell_on: Opened, waiting: Referral) -> None:
    page = opened(shell_on(blank, "referrals"))
    click(page, "call_first")
    dialog = find(page, QDialog, "call_dialog")
    type_into(dialog, "call_text", "Sie ruft zurück")
    click(dialog, "dialog_accept")
    assert stored(blank, waiting).remind_on == TODAY + 7 * DAY
    [talk] = cases.peek(blank, waiting.case_id).contacts
    assert (talk.content, talk.form) == ("Sie ruft zurück", "agency")
    assert not sees(page, "ask_first")


def test_who_is_asked_first_is_written_to_only_under_a_consent(
    blank: Desk, shell_on: Opened, waiting: Referral, other_look: Callable[..., None]
) -> None:
    other_look(zoom=2.0)
    page = opened(shell_on(blank, "referrals"))
    assert not sees(page, "write_first")
    assert "keine gültige Einwilligung" in find(page, QWidget, "ask_first").accessibleName()
    kinds = blank.catalogue.service("recognition", waiting.service_version).information_kinds
    given = Consent(
        case_id=waiting.case_id, recipient="recognition", purpose="recognition", kinds=kinds,
        given_on=TODAY - 40 * DAY,
    )  # fmt: skip
    records.save(blank, given)
    page.refresh()
    settle()
    assert not sees(page, "ask_first_unwritable")
    first = find(page, QWidget, "ask_first")
    for name in ("open_first", "write_first", "call_first"):
        button = find(page, QPushButton, name)
        assert button.width() >= button.sizeHint().width(), name
        assert first.rect().contains(QRect(button.mapTo(first, QPoint()), button.size())), name
    click(page, "write_first")
    window = find(page, QDialog, "paper_window")
    settle()
    assert sees(window, "paper_save")
    assert isinstance(window, PaperWindow)
    assert window._shown is not None
    assert window._shown.made.title == "Rückfrage zum Stand"
    assert find(window, QPushButton, "paper_save").isEnabled()


def test_a_withdrawn_consent_is_said_in_the_row(blank: Desk, shell_on: Opened, waiting: Referral) -> None:
    given = records.save(
        blank,
        Consent(
            case_id=waiting.case_id,
            recipient="recognition",
            given_on=TODAY - 40 * DAY,
            withdrawn_on=TODAY,
        ),
    )

    records.save(blank, replace(waiting, consent_id=given.id))
    page = opened(shell_on(blank, "referrals"))
    model = find(page, ReferralTable, "referral_table").model()
    assert "Einwilligung widerrufen" in str(model.index(1, 2).data())


def test_a_row_leads_to_its_referral(blank: Desk, shell_on: Opened, waiting: Referral) -> None:
    shell = shell_on(blank, "referrals")
    page = opened(shell)
    table = find(page, ReferralTable, "referral_table")
    QTest.keyClick(table, Qt.Key.Key_Return)
    settle()
    assert shell.target.key == waiting.id


def test_the_list_is_written_as_a_table(
    blank: Desk, shell_on: Opened, waiting: Referral, tmp_path: Path
) -> None:
    page = opened(shell_on(blank, "referrals"))
    click(page, "export_referrals")
    dialog = page.findChild(ReferralExportDialog)
    assert dialog is not None
    dialog.write(tmp_path / "Verweise.csv")
    settle()
    text = (tmp_path / "Verweise.csv").read_text("utf-8-sig")
    assert text.splitlines()[0] == "Person;Aktenzeichen;Stelle;Was fehlt;Stand;Dauer"
    assert text.count("\n") == 3


def test_a_desk_without_referrals_says_so(blank: Desk, shell_on: Opened) -> None:
    page = opened(shell_on(blank, "referrals"))
    assert sees(page, "empty_action")
    assert not sees(page, "ask_first")
