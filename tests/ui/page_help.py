"""What the tests of pages do again and again."""

from datetime import date, timedelta
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from kimdesk.casework import cases, records
from kimdesk.casework.desk import Desk
from kimdesk.domain.records import Case, FollowUp, Person
from kimdesk.domain.terms import FollowUpKind
from tests.ui.hands import settle
from ui.kit.toast import Toast
from ui.shell import Shell


def today() -> date:
    """Return the day the pages show."""
    return date.today()  # noqa: DTZ011


def new_case(desk: Desk, family: str, given: str = "Amna") -> Case:
    """Return a new case of a person."""
    return cases.open_new(desk, Person(family_name=family, given_names=given))


def deadline(desk: Desk, case: Case, title: str, days: int, reason: str = "") -> FollowUp:
    """Return a deadline in ``days`` days."""
    due = today() + timedelta(days=days)
    found = FollowUp(case_id=case.id, kind=FollowUpKind.DEADLINE, title=title, reason=reason, due_on=due)
    return records.save(desk, found)


def toasts(shell: Shell) -> list[str]:
    """Return what the shell has said in passing."""
    return [toast.accessibleName() for toast in shell.findChildren(Toast) if toast.isVisibleTo(shell)]


def dialog_of(shell: QWidget) -> QDialog:
    """Return the dialog that is open."""
    settle()
    return next(dialog for dialog in shell.findChildren(QDialog) if dialog.isVisible())


def page_of(shell: Shell) -> Any:
    """Return the page that is shown."""
    page = shell.current_page()
    assert page is not None
    return page
