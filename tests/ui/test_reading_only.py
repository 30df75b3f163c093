"""A case that another desk is responsible for can be read and not be changed: the window says so once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
)

from kimdesk.casework import attachments
from kimdesk.domain import dates
from tests.scan_samples import jpeg
from tests.sync.colleagues_kit import Colleagues, between, colleagues_template
from tests.sync.exchange import exchange_template
from tests.ui.hands import click, find, sees, settle
from tests.ui.page_fixtures import shell_on
from tests.ui.page_help import dialog_of, page_of
from ui.case.tabs import KEYS
from ui.places import Place
from ui.shell import Shell

__all__ = ["between", "colleagues_template", "exchange_template", "shell_on"]

ShellOn = Callable[..., Shell]
INPUTS = (QLineEdit, QPlainTextEdit, QAbstractSpinBox)
SHOWS = (
    "lane_", "perspective_step_why", "perspective_all_",
    "timeline_", "course_", "chain_", "gap_", "plan_gap_", "edit_", "next_step_why", "warning_",
    "more_warnings", "remark_", "open_scan", "save_scan", "station_next", "show_earlier",
)  # fmt: skip
CHANGES = (
    "add_", "new_", "save_contact", "remove_", "complete_", "skip_", "plan_complete", "plan_skip", "done_",
    "step_", "withdraw_", "scan_consent", "referral_to", "gas_", "field_", "talk_clock", "begin_change",
    "use_template", "genogram_add", "network_add", "edit_merge", "cover_record",
)  # fmt: skip


def handles(page: QWidget) -> list[QWidget]:
    """Return what can be pressed or typed into in the tab that is shown."""
    kinds = (QAbstractButton, QComboBox, *INPUTS)
    stack = page._stack  # type: ignore[attr-defined]
    found = [each for each in stack.findChildren(QWidget) if isinstance(each, kinds)]
    return [each for each in found if each.isVisibleTo(page) and each.isEnabled() and each.objectName()]


@pytest.fixture
def passed(between: Colleagues) -> str:
    case_id = between.case().case.id
    attachments.attach(between.desk, case_id, jpeg(), title="Ausweis")
    between.handed_over(case_id)
    return case_id


def test_nothing_that_changes_a_case_can_be_pressed(
    between: Colleagues, passed: str, shell_on: ShellOn
) -> None:
    shell = shell_on(between.desk, Place("case", passed))
    page = page_of(shell)
    for key in KEYS:
        shell.navigate(Place("case", passed, key))
        settle()
        for each in handles(page):
            name = each.objectName()
            assert not name.startswith(CHANGES), (key, name)
            assert name.startswith(SHOWS) or name.endswith("_switch"), (key, name)
    said = [each for each in page.findChildren(QLabel) if "nur noch lesen" in each.text()]
    assert len([each for each in said if each.isVisibleTo(page)]) == 1
    assert not sees(shell, "note_contact")
    menu = {each.objectName() for each in page.findChildren(QMenu)[0].actions() if each.isVisible()}
    assert menu == {"menu_hand_over"}


def test_a_record_is_opened_to_be_read(between: Colleagues, passed: str, shell_on: ShellOn) -> None:
    shell = shell_on(between.desk, Place("case", passed))
    goal = between.file(between.desk, passed).goals[0]
    click(shell, f"edit_goal_{goal.id}")
    dialog = dialog_of(shell)
    assert not sees(dialog, "save_record")
    assert not [
        each for each in dialog.findChildren(QWidget) if isinstance(each, INPUTS) and each.isEnabled()
    ]
    click(dialog, "dialog_reject")
    page_of(shell)._act("goal")
    settle()
    begun = [each for each in shell.findChildren(QWidget, "edit_goal") if each.isVisible()]
    assert not begun, "nothing is begun that could not be saved"


def test_a_case_that_comes_back_is_as_before(between: Colleagues, passed: str, shell_on: ShellOn) -> None:
    shell = shell_on(between.desk, Place("case", passed))
    settle()
    assert not find(shell, QAbstractButton, "add_goal").isEnabled()
    offer = between.offer(passed, by=between.other)
    between.accept(offer, at=between.desk)
    settle()
    assert find(shell, QAbstractButton, "add_goal").isEnabled()
    assert sees(shell, "note_contact")


def test_a_copy_can_be_changed_until_it_goes_back(between: Colleagues, shell_on: ShellOn) -> None:
    case_id = between.case().case.id
    between.take(between.lend(case_id, dates.today() + timedelta(days=7)), at=between.other)
    shell = shell_on(between.other, Place("case", case_id))
    settle()
    assert find(shell, QAbstractButton, "add_goal").isEnabled()
    between.back(case_id)
    settle()
    assert not find(shell, QAbstractButton, "add_goal").isEnabled()
    menu = {each.objectName() for each in page_of(shell).findChildren(QMenu)[0].actions() if each.isVisible()}
    assert menu == {"menu_cover"}, "the same file can be written once more"
