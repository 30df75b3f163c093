"""The evaluation: both ratings of a goal, what changed, closing with a reason, how long a case is kept."""

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QWidget

from kimdesk.casework import phases, records
from kimdesk.domain.records import FollowUp, Goal
from kimdesk.domain.terms import CaseStatus, Phase
from tests.ui.hands import click, find, type_into
from tests.ui.scenarios.steps import choose, read
from ui.case.form.ratings import difference
from ui.kit.gas import GasBar
from ui.papers.window import PaperWindow

if TYPE_CHECKING:
    from tests.ui.case_fixtures import CaseDesk

pytest_plugins = ("tests.ui.case_fixtures",)

TODAY = date.today()  # noqa: DTZ011 - what the page shows as well


def rate(page: QWidget, name: str, level: int) -> None:
    bar = find(page, GasBar, name)
    segment = next(one for one in bar.segments if one.option.value == level)
    QTest.mouseClick(segment, Qt.MouseButton.LeftButton)


def test_client_and_case_manager_rate_a_goal_side_by_side(case_desk: "CaseDesk") -> None:
    records.save(
        case_desk.desk, Goal(case_id=case_desk.case.id, number=1, text="B1", gas_plus_1="Prüfung bestanden")
    )
    page = case_desk.open("evaluation")
    rate(page, "level_client_1", 1)
    rate(page, "level_case_manager_1", -1)
    (goal,) = case_desk.file().goals
    assert (goal.level_client, goal.level_case_manager) == (1, -1)
    told = read(page, "goal_ratings")
    assert "Die Klient*in sieht es 2 Stufen besser als das Case Management." in told
    assert "Prüfung bestanden" in told


@pytest.mark.parametrize(
    ("client", "manager", "words"),
    [
        (None, None, "noch nicht eingeschätzt"),
        (None, 1, "Die Sicht der Klient*in fehlt noch."),
        (0, None, "Ihre eigene Sicht fehlt noch."),
        (-2, -2, "Beide sehen es gleich: Stufe −2."),
        (0, 1, "Die Klient*in sieht es eine Stufe schlechter als das Case Management."),
    ],
)
def test_the_difference_is_said_in_words(client: int | None, manager: int | None, words: str) -> None:
    assert difference(Goal(text="B1", level_client=client, level_case_manager=manager)) == words


def test_a_later_round_shows_what_was_said_before(case_desk: "CaseDesk") -> None:
    desk, case_id = case_desk.desk, case_desk.case.id
    first = phases.start(desk, case_id, Phase.ASSESSMENT)
    phases.save_answers(desk, first, {"domains": {"residence": {"scale": 1, "situation": "Alt"}}})
    phases.complete(desk, case_id, Phase.ASSESSMENT, "fürs Erste")
    phases.reopen(desk, case_id, Phase.ASSESSMENT, "Nach einem halben Jahr")
    page = case_desk.open("assessment")
    day = f"{TODAY:%d.%m.%Y}"
    assert f"{day}: 1" in read(page)
    click(page, "field_domains_residence_scale_3")
    assert f"{day}: 1 · war 1, jetzt 3" in read(page)
    type_into(page, "field_domains_residence_situation", "Neu ")
    assert "vorher: Alt" in read(page)


def test_closing_names_what_is_open_and_leads_there(case_desk: "CaseDesk") -> None:
    due = TODAY + timedelta(days=5)
    records.save(case_desk.desk, FollowUp(case_id=case_desk.case.id, title="Widerspruch", due_on=due))
    page = case_desk.open("evaluation")
    click(page, "close_case")
    dialog = find(page, QDialog, "close_dialog")
    click(dialog, "dialog_accept")
    assert case_desk.file().case.status is CaseStatus.ACTIVE  # a reason is needed first
    click(dialog, "open_point_0")
    assert find(page, QDialog, "edit_follow_up").isVisible()


def test_another_day_than_the_usual_one_needs_a_reason(case_desk: "CaseDesk") -> None:
    page = case_desk.open("evaluation")
    click(page, "close_case")
    dialog = find(page, QDialog, "close_dialog")
    choose(dialog, "reason", "Wegzug")
    find(dialog, QWidget, "retain_until").clear()  # type: ignore[attr-defined]
    type_into(dialog, "retain_until", "31122035")
    click(dialog, "dialog_accept")
    assert case_desk.file().case.status is CaseStatus.ACTIVE
    type_into(dialog, "retention_why", "Ein Verfahren läuft noch.")
    click(dialog, "dialog_accept")
    closed = case_desk.file().case
    assert (closed.status, closed.retain_until) == (CaseStatus.CLOSED, date(2035, 12, 31))
    click(page, "change_retention")
    retention = find(page, QDialog, "retention_dialog")
    find(retention, QWidget, "retain_until").clear()  # type: ignore[attr-defined]
    type_into(retention, "retain_until", "31122036")
    type_into(retention, "retention_why", "Das Verfahren dauert.")
    click(retention, "dialog_accept")
    assert case_desk.file().case.retain_until == date(2036, 12, 31)


def test_the_protocol_says_whether_it_names_anyone(case_desk: "CaseDesk", tmp_path: Path) -> None:
    page = case_desk.open("evaluation")
    click(page, "close_case")
    click(find(page, QDialog, "close_dialog"), "handover_protocol")
    window = find(page, PaperWindow, "paper_window")
    assert find(window, QLabel, "paper_says").text() == "Nennt keinen Namen"
    window.save(tmp_path / "Protokoll.pdf")
    assert (tmp_path / "Protokoll.pdf").read_bytes().startswith(b"%PDF")
    assert case_desk.toasts[-1][0] == "Als PDF gespeichert und im Fall vermerkt"
