"""Ein Fall geht zu Ende und wird wieder geöffnet, through the windows.

Amna Osman moves to another town. What is still open is named, she is handed over without a consent that names
the new agency, so the paper names nobody; three months later she is back.
"""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from kimdesk.casework import cases, records
from kimdesk.casework.desk import Desk
from kimdesk.domain.records import FollowUp, Goal
from kimdesk.domain.terms import CaseStatus, FollowUpKind
from tests.ui.hands import click, find, leave, press_keys, sees, type_into
from tests.ui.scenarios.steps import case_of, choose, go_to, open_dialog, read, read_the_day
from ui.papers.window import PaperWindow
from ui.places import Place
from ui.shell import Shell

pytest_plugins = ("tests.ui.page_fixtures",)

TODAY = date.today()  # noqa: DTZ011 - what the windows show as well
IN_THREE_YEARS = TODAY.replace(
    year=TODAY.year + 3, day=28 if (TODAY.month, TODAY.day) == (2, 29) else TODAY.day
)


class NextDay(date):
    """The clock after midnight."""

    @classmethod
    def today(cls) -> "NextDay":
        """Return tomorrow."""
        return cls.fromordinal(TODAY.toordinal() + 1)


def test_a_case_is_closed_and_opened_again(
    blank: Desk, shell_on: Callable[..., Shell], tmp_path: Path
) -> None:
    case = case_of(blank, "Amna", "Osman")
    records.save(blank, Goal(case_id=case.id, number=1, text="Amna besteht die Prüfung B1"))
    due = FollowUp(
        case_id=case.id, kind=FollowUpKind.DEADLINE, title="Widerspruch", due_on=TODAY + timedelta(3)
    )
    deadline = records.save(blank, due)
    shell = shell_on(blank)
    assert any("Widerspruch" in row for row in read_the_day(shell))

    # At the end both say how far the goal was reached; they do not have to agree.
    go_to(shell, case, "evaluation")
    click(find(shell, QWidget, "level_client_1"), "segment_1")
    click(find(shell, QWidget, "level_case_manager_1"), "segment_0")
    assert "Die Klient*in sieht es eine Stufe besser als das Case Management." in read(shell, "goal_ratings")

    # The evaluation says to whom the case goes.
    choose(shell, "field_closing_reason", "Wegzug")
    type_into(shell, "field_handover_recipient", "KIM Musterstadt")
    type_into(shell, "field_handover_handed_over_on", f"{TODAY:%d%m%Y}")
    leave(shell)

    # Closing names what is still open, and says until when the case is kept and why.
    click(shell, "close_case")
    dialog = open_dialog(shell, "close_dialog")
    assert (
        find(dialog, QWidget, "open_point_0")
        .accessibleName()
        .startswith("Termin oder Frist offen: Widerspruch")
    )
    (derived,) = [words for words in read(dialog) if words.startswith("Abschluss am ")]
    assert f"{TODAY:%d.%m.%Y} und 3 Jahre: {IN_THREE_YEARS:%d.%m.%Y}." in derived

    # The hand-over protocol names nobody: no consent names the new agency.
    choose(dialog, "reason", "Wegzug")
    paper = tmp_path / "Protokoll.pdf"
    click(dialog, "handover_protocol")
    find(shell, PaperWindow, "paper_window").save(paper)
    click(find(shell, PaperWindow, "paper_window"), "dialog_reject")
    printed = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(paper))
    assert "KIM Musterstadt" in printed
    assert "[Name] besteht die Prüfung B1 · Stufe 0" in printed
    assert "Osman" not in printed
    assert "Amna" not in printed
    assert case.file_number not in printed

    # It blocks nothing: the case is closed all the same, and Heute is quiet about it.
    click(dialog, "dialog_accept")
    closed = cases.peek(blank, case.id).case
    assert (closed.status, closed.closing_reason) == (CaseStatus.CLOSED, "moved")
    assert closed.retain_until == IN_THREE_YEARS
    shell.navigate(Place("today"))
    assert not sees(shell, "task_list")

    # She is back. With a reason the case goes on where it stopped, and the deadline counts again.
    go_to(shell, case, "evaluation")
    assert f"Abgeschlossen am {TODAY:%d.%m.%Y}, aufbewahrt bis {IN_THREE_YEARS:%d.%m.%Y}." in read(shell)
    click(shell, "close_case")
    reopening = open_dialog(shell, "reason_dialog")
    click(reopening, "dialog_accept")
    assert cases.peek(blank, case.id).case.status is CaseStatus.CLOSED  # not without a reason
    press_keys(find(reopening, QPlainTextEdit, "reason"), "Sie ist nach Eschenried zurückgezogen.")
    click(reopening, "dialog_accept")
    file = cases.peek(blank, case.id)
    assert (file.case.status, file.case.retain_until) == (CaseStatus.ACTIVE, None)
    assert file.events[-1].reason == "Sie ist nach Eschenried zurückgezogen."
    assert [each.id for each in file.follow_ups] == [deadline.id]
    assert any("Widerspruch" in row for row in read_the_day(shell))


def test_whoever_closes_over_midnight_closes_on_the_day_that_was_shown(
    blank: Desk, shell_on: Callable[..., Shell], monkeypatch: pytest.MonkeyPatch
) -> None:
    case = case_of(blank, "Amna", "Osman")
    shell = shell_on(blank)
    go_to(shell, case, "evaluation")
    click(shell, "close_case")
    dialog = open_dialog(shell, "close_dialog")
    choose(dialog, "reason", "Wegzug")
    monkeypatch.setattr("ui.case.editing.date", NextDay)

    click(dialog, "dialog_accept")
    closed = cases.peek(blank, case.id).case
    assert (closed.status, closed.closed_on, closed.retain_until) == (
        CaseStatus.CLOSED,
        TODAY,
        IN_THREE_YEARS,
    )
