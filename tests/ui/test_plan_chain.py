"""The chain is worked on by hand and by keyboard; each change is stored, said, and can be taken back."""

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QListWidget, QMenu, QWidget

from kimdesk.casework import records
from kimdesk.domain.records import Goal, Measure, PlanStep
from kimdesk.domain.terms import MeasureState
from kimdesk.pictures import chain_arrows
from kimdesk.pictures.chain import Bar
from kimdesk.texts import say
from tests.ui.hands import click, find, sees
from tests.ui.scenarios.steps import read
from ui.places import Place
from ui.plan.chain_drag import handle_of
from ui.plan.chain_view import ChainView
from ui.plan.measures import MeasureList

if TYPE_CHECKING:
    from tests.ui.case_fixtures import CaseDesk

pytest_plugins = ("tests.ui.case_fixtures",)

TODAY = date.today()  # noqa: DTZ011 - the page shows the worker's calendar day
ALT, SHIFT, CTRL = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)


class Plan:
    """A plan on the screen: „Kita“, „Kurs“ that waits for it, and „Konto“ alone."""

    def __init__(self, desk: "CaseDesk") -> None:
        self.desk = desk
        self.kita = self._measure("Kita-Platz", 0, 60, state=MeasureState.APPLIED)
        self.course = self._measure("Kurs", 61, 60, requires=(self.kita,))
        self.account = self._measure("Konto eröffnen", 5, 90, regime="sgb8")
        desk.open("plan")

    def _measure(self, title: str, after: int, days: int, **parts: object) -> str:
        first = TODAY + timedelta(days=after)
        made = Measure(case_id=self.desk.case.id, title=title, regime="sgb2", starts_on=first)
        made = replace(made, due_on=first + timedelta(days=days), **parts)  # type: ignore[arg-type]
        return records.save(self.desk.desk, made).id

    @property
    def view(self) -> ChainView:
        view = find(self.desk.page, ChainView, "chain_view")
        view.setFocus()
        return view

    def bar(self, key: str) -> Bar:
        picture = self.view.picture
        assert picture
        found = picture.bar(key)
        assert found
        return found

    def stored(self, key: str) -> Measure:
        return next(one for one in self.desk.file().measures if one.id == key)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.view, key, modifiers)
        QApplication.processEvents()

    def drag(self, start: QPointF, end: QPointF) -> None:
        view, left = self.view, Qt.MouseButton.LeftButton
        QTest.mousePress(view, left, pos=start.toPoint())
        for share in (0.3, 0.7, 1.0):
            place = start + (end - start) * share
            _lead(view, place)
        QTest.mouseRelease(view, left, pos=end.toPoint())
        QApplication.processEvents()

    def undo(self) -> None:
        words, back = self.desk.toasts[-1]
        assert back, words
        back()
        QApplication.processEvents()

    def choose(self, name: str) -> None:
        """Choose an entry of the menu that is open."""
        menus = [one for one in self.desk.page.findChildren(QMenu) if one.isVisible()]
        action = menus[-1].findChild(QAction, name)
        assert action, name
        action.trigger()
        menus[-1].close()
        QApplication.processEvents()


def _lead(view: QWidget, place: QPointF) -> None:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent

    left = Qt.MouseButton.LeftButton
    event = QMouseEvent(
        QEvent.Type.MouseMove, place, view.mapToGlobal(place), Qt.MouseButton.NoButton, left,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(view, event)


@pytest.fixture
def plan(case_desk: "CaseDesk") -> Plan:
    """A plan of three measures."""
    return Plan(case_desk)


def middle(bar: Bar) -> QPointF:
    return QPointF(bar.left + 12, bar.middle)


def day(bar: Bar, measure: Measure) -> float:
    """Return how many pixels a day is wide."""
    assert measure.starts_on
    assert measure.due_on
    return (bar.right - bar.left) / ((measure.due_on - measure.starts_on).days + 1)


def test_dragging_a_bar_shifts_its_dates_and_comes_back(plan: Plan) -> None:
    before = plan.stored(plan.account)
    bar = plan.bar(plan.account)
    plan.drag(middle(bar), middle(bar) + QPointF(10 * day(bar, before), 0))
    now = plan.stored(plan.account)
    assert (now.starts_on, now.due_on) == tuple(
        one + timedelta(days=10) for one in (before.starts_on, before.due_on) if one
    )
    plan.undo()
    assert replace(plan.stored(plan.account), rev=before.rev) == before


def test_dragging_the_end_of_a_bar_lengthens_it(plan: Plan) -> None:
    before = plan.stored(plan.account)
    bar = plan.bar(plan.account)
    end = QPointF(bar.right - 3, bar.middle)
    plan.drag(end, end + QPointF(7 * day(bar, before), 0))
    now = plan.stored(plan.account)
    assert before.due_on
    assert (now.starts_on, now.due_on) == (before.starts_on, before.due_on + timedelta(days=7))


def test_dragging_from_the_handle_to_another_bar_links_them(plan: Plan) -> None:
    _lead(plan.view, middle(plan.bar(plan.account)))
    plan.drag(handle_of(plan.bar(plan.account)), middle(plan.bar(plan.course)))
    assert set(plan.stored(plan.course).requires) == {plan.kita, plan.account}
    plan.undo()
    assert plan.stored(plan.course).requires == (plan.kita,)


def test_a_link_that_closes_a_circle_is_refused_with_the_way(plan: Plan) -> None:
    plan.drag(handle_of(plan.bar(plan.course)), middle(plan.bar(plan.kita)))
    refusal = find(plan.desk.page, QWidget, "chain_refusal").accessibleName()
    assert "Kita-Platz → Kurs" in refusal
    assert "nichts geändert" in refusal
    assert plan.stored(plan.kita).requires == ()


def test_a_click_opens_the_measure(plan: Plan) -> None:
    QTest.mouseClick(plan.view, Qt.MouseButton.LeftButton, pos=middle(plan.bar(plan.account)).toPoint())
    QApplication.processEvents()
    assert find(plan.desk.page, QLineEdit, "field_measure_title").text() == "Konto eröffnen"


def test_an_arrow_is_cut_by_its_menu(plan: Plan) -> None:
    assert plan.view.picture
    (arrow,) = plan.view.picture.arrows
    corners = chain_arrows.points(arrow, 1.0)
    middle_of = QPointF(*corners[len(corners) // 2 - 1]) / 2 + QPointF(*corners[len(corners) // 2]) / 2
    QTest.mouseClick(plan.view, Qt.MouseButton.LeftButton, pos=middle_of.toPoint())
    plan.choose(f"unlink_{plan.kita}")
    assert plan.stored(plan.course).requires == ()
    plan.undo()
    assert plan.stored(plan.course).requires == (plan.kita,)


@pytest.mark.parametrize(
    ("key", "modifiers", "days"),
    [
        (Qt.Key.Key_Right, ALT, 1),
        (Qt.Key.Key_Left, ALT, -1),
        (Qt.Key.Key_Right, ALT | SHIFT, 7),
        (Qt.Key.Key_Left, ALT | SHIFT, -7),
    ],
)
def test_a_measure_is_shifted_by_keyboard(
    plan: Plan, key: Qt.Key, modifiers: Qt.KeyboardModifier, days: int
) -> None:
    plan.view.choose(plan.account)
    before = plan.stored(plan.account)
    plan.press(key, modifiers)
    now = plan.stored(plan.account)
    assert before.starts_on
    assert now.starts_on == before.starts_on + timedelta(days=days)
    assert plan.view.chosen == plan.account
    assert f"{now.starts_on:%d.%m.%Y}" in plan.view.accessibleDescription()


def test_a_measure_is_lengthened_by_keyboard_and_never_ends_before_it_begins(plan: Plan) -> None:
    plan.view.choose(plan.account)
    before = plan.stored(plan.account)
    plan.press(Qt.Key.Key_Right, CTRL | SHIFT)
    assert before.due_on
    assert plan.stored(plan.account).due_on == before.due_on + timedelta(days=7)
    for _ in range(15):
        plan.press(Qt.Key.Key_Left, CTRL | SHIFT)
    assert plan.stored(plan.account).due_on == before.starts_on


def test_arrow_keys_walk_through_all_bars(plan: Plan) -> None:
    seen = []
    for _ in range(3):
        seen.append(plan.view.chosen)
        plan.press(Qt.Key.Key_Down)
    assert sorted(seen) == sorted([plan.kita, plan.course, plan.account])


def test_what_waits_is_offered_to_move_along(plan: Plan) -> None:
    before = plan.stored(plan.course)
    plan.view.choose(plan.kita)
    plan.press(Qt.Key.Key_Right, ALT)
    plan.press(Qt.Key.Key_Right, ALT | SHIFT)
    offer = find(plan.desk.page, QWidget, "shift_offer")
    assert "1 Maßnahme wartet darauf\u00a0– um 8 Tage nach hinten mitverschieben?" in offer.accessibleName()
    assert plan.stored(plan.course).starts_on == before.starts_on
    click(plan.desk.page, "shift_along")
    assert before.starts_on
    assert plan.stored(plan.course).starts_on == before.starts_on + timedelta(days=8)
    assert not sees(plan.desk.page, "shift_offer")


def test_v_asks_what_a_measure_waits_for(plan: Plan) -> None:
    plan.view.choose(plan.kita)
    plan.press(Qt.Key.Key_V)
    listed = find(plan.desk.page, QListWidget, "predecessors")
    assert [listed.item(row).text().partition(" · ")[0] for row in range(listed.count())] == [
        "Konto eröffnen"
    ]
    click(plan.desk.page, "dialog_accept")
    assert plan.stored(plan.kita).requires == (plan.account,)


def test_delete_removes_a_link_or_the_measure(plan: Plan) -> None:
    plan.view.choose(plan.course)
    plan.press(Qt.Key.Key_Delete)
    plan.choose(f"unlink_{plan.kita}")
    assert plan.stored(plan.course).requires == ()
    plan.view.choose(plan.account)
    plan.press(Qt.Key.Key_Delete)
    assert plan.account not in {one.id for one in plan.desk.file().measures}
    plan.undo()
    assert plan.stored(plan.account).title == "Konto eröffnen"


def test_the_picture_says_what_the_list_says(plan: Plan) -> None:
    records.save(plan.desk.desk, replace(plan.stored(plan.kita), state=MeasureState.REJECTED))
    QApplication.processEvents()
    spoken = plan.bar(plan.course).spoken
    click(plan.desk.page, "chain_switch")
    listed = find(plan.desk.page, MeasureList, "measure_list")
    words = " ".join(one.accessibleName() for one in listed.findChildren(QWidget))
    for part in ("Kurs", "blockiert", "„Kita-Platz“ wurde abgelehnt."):
        assert part in spoken
        assert part in words


def test_weeks_and_months_and_what_lies_outside(plan: Plan) -> None:
    far = Measure(case_id=plan.desk.case.id, title="Einbürgerung", starts_on=TODAY + timedelta(days=700))
    key = records.save(plan.desk.desk, far).id
    QApplication.processEvents()
    view = plan.view
    assert view.picture
    assert view.picture.bar(key) is None
    assert view.picture.left_out == 1
    view.choose(key)
    assert plan.bar(key).title == "Einbürgerung"
    plan.press(Qt.Key.Key_Plus)
    view.choose(plan.account)
    assert plan.bar(plan.account).right - plan.bar(plan.account).left > 200
    plan.press(Qt.Key.Key_Minus)
    assert plan.view.frame.zoom == "months"


def test_a_step_is_ticked_off_on_the_plan(plan: Plan) -> None:
    steps = (PlanStep(text="Einstufung vereinbaren", by="client"), PlanStep(text="Fahrkarte"))
    records.save(plan.desk.desk, replace(plan.stored(plan.account), steps=steps))
    QApplication.processEvents()
    find(plan.desk.page, QCheckBox, f"tick_{plan.account}_0").click()
    QApplication.processEvents()
    assert plan.stored(plan.account).steps[0].done_on == TODAY
    assert "1 von 2 Schritten erledigt" in plan.bar(plan.account).spoken
    plan.undo()
    assert plan.stored(plan.account).steps == steps


def test_a_step_is_written_in_the_dialog_of_its_measure(plan: Plan) -> None:
    plan.desk.page.go(Place("case", plan.desk.case.id, kind="measure", key=plan.account))
    line = find(plan.desk.page, QLineEdit, "field_steps_steps_0_text")
    line.setText("Ausweis mitnehmen")
    line.textEdited.emit(line.text())
    click(plan.desk.page, "save_record")
    assert [step.text for step in plan.stored(plan.account).steps] == ["Ausweis mitnehmen"]


def test_a_goal_says_what_its_smart_check_lacks_and_keeps_the_reason(plan: Plan) -> None:
    goal = Goal(case_id=plan.desk.case.id, number=1, text="Ich spreche selbst.", smart=("specific", "timed"))
    key = records.save(plan.desk.desk, goal).id
    QApplication.processEvents()
    card = find(plan.desk.page, QWidget, f"goal_{key}")
    words = " ".join(one.accessibleName() for one in card.findChildren(QWidget))
    assert "Es fehlt: woran man es merkt, attraktiv, realistisch, ein Termin" in words
    click(plan.desk.page, f"gas_{key}_1")
    line = find(plan.desk.page, QLineEdit, f"reason_{key}")
    line.setText("Beim Arzt allein gesprochen")
    line.editingFinished.emit()
    QApplication.processEvents()
    (now,) = plan.desk.file().goals
    assert (now.level, now.level_reason) == (1, "Beim Arzt allein gesprochen")


def test_a_goal_shows_sentence_scale_word_and_date_and_unfolds_the_rest(plan: Plan) -> None:
    goal = Goal(case_id=plan.desk.case.id, number=1, text="Ich spreche selbst.", due_on=TODAY,
                level=1, indicator="Gespräche beim Arzt", level_reason="Termin allein gehabt")  # fmt: skip
    key = records.save(plan.desk.desk, goal).id
    QApplication.processEvents()
    page = plan.desk.page
    told = read(page, f"goal_{key}")
    assert told == ["1", "Ich spreche selbst.", "etwas mehr als erwartet", f"{TODAY:%d.%m.%Y}"]
    click(page, f"fold_goal_{key}")
    assert "Woran zu merken: Gespräche beim Arzt" in read(page, f"goal_{key}")
    records.save(plan.desk.desk, replace(records.get(plan.desk.desk, Goal, key), number=2))
    QApplication.processEvents()
    assert "Woran zu merken: Gespräche beim Arzt" in read(page, f"goal_{key}"), "it stays unfolded"
    click(page, f"fold_goal_{key}")
    assert "Woran zu merken: Gespräche beim Arzt" not in read(page, f"goal_{key}")


def test_a_template_is_shown_with_its_dates_before_it_is_used(plan: Plan) -> None:
    click(plan.desk.page, "use_template_open")
    which = find(plan.desk.page, QComboBox, "template")
    which.setCurrentIndex(which.findData("school_entry"))
    shown = find(plan.desk.page, QWidget, "template_list").accessibleName()
    assert f"{TODAY:%d.%m.%Y}" in shown
    assert "Schulplatz zugewiesen bekommen" in shown
    assert len(plan.desk.file().measures) == 3
    click(plan.desk.page, "dialog_accept")
    assert len(plan.desk.file().measures) == 8
    click(plan.desk.page, "use_template_open")
    which = find(plan.desk.page, QComboBox, "template")
    which.setCurrentIndex(which.findData("school_entry"))
    assert not find(plan.desk.page, QWidget, "dialog_accept").isEnabled()
    click(plan.desk.page, "dialog_reject")
    plan.undo()
    assert len(plan.desk.file().measures) == 3


def test_next_step_warnings_and_chain_are_seen_without_scrolling(plan: Plan) -> None:
    """At 1366 × 768: rail and top bar leave 1178 × 716 to the page."""
    records.save(plan.desk.desk, replace(plan.stored(plan.kita), state=MeasureState.REJECTED))
    plan.desk.page.resize(1178, 716)
    QApplication.processEvents()
    page = plan.desk.page
    for name in ("next_step", "plan_warnings", "chain_card"):
        widget = find(page, QWidget, name)
        place = widget.rect().translated(widget.mapTo(page, QPoint(0, 0)))
        assert page.rect().contains(place), name
    assert say("plan.measure_is_blocked", measure="Kurs") in " ".join(
        one.accessibleName() for one in find(page, QWidget, "plan_warnings").findChildren(QWidget)
    )
