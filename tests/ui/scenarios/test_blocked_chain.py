"""Eine Maßnahmenkette mit einem blockierten Schritt, through the windows.

Amna Osman wants to attend the course; it begins in spring, but the place in the kindergarten comes in summer
only. The plan says so, shows what else hangs on it, and is put right by keyboard.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QListWidget, QWidget

from kimdesk.casework import cases, records
from kimdesk.casework.desk import Desk
from kimdesk.domain.records import Case, Goal, Measure
from kimdesk.domain.terms import MeasureState
from tests.ui.hands import click, find, sees, settle
from tests.ui.scenarios.steps import case_of, go_to, read
from ui.plan.chain_view import ChainView
from ui.shell import Shell

pytest_plugins = ("tests.ui.page_fixtures",)

TODAY = date.today()  # noqa: DTZ011 - the page shows the worker's calendar day
SUMMER = TODAY + timedelta(days=200)


def measure(desk: Desk, case: Case, title: str, starts_on: date, days: int, **parts: object) -> Measure:
    """Return a measure of the plan, stored."""
    made = Measure(case_id=case.id, title=title, starts_on=starts_on, due_on=starts_on + timedelta(days=days))
    return records.save(desk, replace(made, **parts))  # type: ignore[arg-type]


def stored(desk: Desk, case: Case, title: str) -> Measure:
    """Return a measure as it is stored now."""
    return next(one for one in cases.peek(desk, case.id).measures if one.title == title)


def blocked_plan(blank: Desk) -> tuple[Case, Measure, Measure]:
    """Return a case in which the course waits for the kindergarten, and the exam for the course."""
    case = case_of(blank, "Amna", "Osman")
    goal = records.save(
        blank, Goal(case_id=case.id, number=1, text="Ich spreche B1.", life_domain="language")
    )
    kita = measure(
        blank, case, "Kita-Platz für das Kind", TODAY, 200, state=MeasureState.APPLIED, regime="sgb8"
    )
    course = measure(
        blank, case, "Integrationskurs", TODAY + timedelta(days=90), 200, goal_id=goal.id,
        requires=(kita.id,), fallback="Kurs mit Kinderbetreuung in Niederholt",
    )  # fmt: skip
    measure(
        blank, case, "Prüfung B1", TODAY + timedelta(days=295), 30, goal_id=goal.id, requires=(course.id,)
    )
    return case, kita, course


def test_a_chain_with_a_blocked_step(blank: Desk, shell_on: Callable[..., Shell]) -> None:
    case, _, course = blocked_plan(blank)
    shell = shell_on(blank)

    # The plan says what is blocked, by what, until when, and what could be done instead.
    go_to(shell, case, "plan")
    warned = read(shell, "plan_warnings")
    assert "„Integrationskurs“ ist blockiert" in warned
    assert (
        f"„Kita-Platz für das Kind“ endet erst am {SUMMER:%d.%m.%Y}. "
        "Ersatzplan: Kurs mit Kinderbetreuung in Niederholt" in warned
    )

    # It names the bottleneck: two measures hang on the kindergarten.
    (said,) = [words for words in read(shell, "chain_card") if words.startswith("Engpass")]
    assert said.startswith("Engpass: „Kita-Platz für das Kind“, 2 warten darauf")
    assert "Der Plan endet frühestens am" in said

    # The list says the same as the picture, word for word.
    picture = find(shell, ChainView, "chain_view").picture
    assert picture
    (bar,) = [one for one in picture.bars if one.title == "Integrationskurs"]
    assert "blockiert" in bar.spoken
    click(shell, "chain_switch")
    listed = " ".join(read(shell, "measure_list"))
    assert f"„Kita-Platz für das Kind“ endet erst am {SUMMER:%d.%m.%Y}." in listed
    assert "bestimmt das Ende" in " ".join(
        one.accessibleName() for one in find(shell, QWidget, "measure_list").findChildren(QWidget)
    )
    click(shell, "chain_switch")

    # By keyboard the course is put off week by week, until the place is there.
    view = find(shell, ChainView, "chain_view")
    view.choose(course.id)
    view.setFocus()
    for _ in range(16):
        QTest.keyClick(
            view, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
        )
        settle()
    assert stored(blank, case, "Integrationskurs").starts_on == course.starts_on + timedelta(weeks=16)  # type: ignore[operator]

    # What waits for it is offered to move along; one press does it.
    offer = find(shell, QWidget, "shift_offer").accessibleName()
    assert "1 Maßnahme wartet darauf\u00a0– um 16 Wochen nach hinten mitverschieben?" in offer
    click(shell, "shift_along")
    assert stored(blank, case, "Prüfung B1").starts_on == TODAY + timedelta(days=295 + 112)
    assert not any("blockiert" in words for words in read(shell, "chain_card") if "Integrationskurs" in words)
    assert not sees(shell, "warning_measure_" + course.id)


def test_what_may_wait_for_what_and_what_a_template_adds(blank: Desk, shell_on: Callable[..., Shell]) -> None:
    case, kita, course = blocked_plan(blank)
    shell = shell_on(blank)
    go_to(shell, case, "plan")
    view = find(shell, ChainView, "chain_view")
    view.setFocus()

    # The kindergarten may not wait for the course: the way is named, nothing is changed.
    view.choose(kita.id)
    QTest.keyClick(view, Qt.Key.Key_V)
    settle()
    assert "keine andere Maßnahme" in " ".join(read(find(shell, QWidget, "choose_predecessor")))
    click(shell, "dialog_reject")
    view.linked.emit(kita.id, course.id)
    settle()
    assert "„Kita-Platz für das Kind“ kann nicht auf „Integrationskurs“ warten" in " ".join(
        read(shell, "chain_refusal")
    )
    assert stored(blank, case, "Kita-Platz für das Kind").requires == ()

    # The way into work is taken from a template; what is there already is not made twice.
    measure(blank, case, "Integrationskurs besuchen", SUMMER, 240)
    click(shell, "use_template_open")
    which = find(shell, QComboBox, "template")
    which.setCurrentIndex(which.findData("language_work"))
    shown = " ".join(read(find(shell, QWidget, "use_template")))
    assert "Wird nicht noch einmal angelegt: Integrationskurs besuchen" in shown
    assert "Erfahrungswerte, ungeprüft" in find(shell, QWidget, "unchecked_days").accessibleName()
    click(shell, "dialog_accept")
    titles = [one.title for one in cases.peek(blank, case.id).measures]
    assert titles.count("Integrationskurs besuchen") == 1
    assert "Bewerben und Arbeit aufnehmen" in titles

    # Everything can also be chosen from a list: the exam now also waits for the advice.
    exam = stored(blank, case, "Prüfung B1")
    view.choose(exam.id)
    QTest.keyClick(view, Qt.Key.Key_V)
    possible = find(shell, QListWidget, "predecessors")
    rows = [possible.item(row).text().partition(" · ")[0] for row in range(possible.count())]
    possible.setCurrentRow(rows.index("Berufsberatung und Stärken klären"))
    click(shell, "dialog_accept")
    assert len(stored(blank, case, "Prüfung B1").requires) == 2
