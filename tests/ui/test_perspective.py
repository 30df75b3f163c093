"""The tab „Perspektive“: lanes one can come to, the list that says the same, steps that do something."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QScrollArea, QWidget

from kimdesk.casework import records
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.screening.result import ConditionState
from tests.ui.balde import balde
from tests.ui.conftest import walk_accessible
from tests.ui.hands import click, find, sees, settle, type_into
from tests.ui.scenarios.steps import read
from tests.ui.test_every_page import cut, unreached
from ui import focus
from ui.forms.record_dialog import RecordDialog
from ui.kit.listing import Listing
from ui.kit.state import Notice
from ui.perspective.entering import fact_of
from ui.perspective.picture import LaneRow
from ui.perspective.tab import PerspectiveTab
from ui.places import Place

if TYPE_CHECKING:
    from tests.ui.case_fixtures import CaseDesk

pytest_plugins = ("tests.ui.case_fixtures",)

_TALKED_OF = {"obstruction", "talk", "children_school", "apply_first", "title_end"}


@pytest.fixture
def tab(case_desk: "CaseDesk") -> PerspectiveTab:
    """The tab of the household of the picture."""
    case_desk.case = balde(case_desk.desk)
    case_desk.page.resize(1280, 900)
    case_desk.open("perspective")
    return find(case_desk.page, PerspectiveTab, "tab_perspective")


def lanes(tab: QWidget) -> list[LaneRow]:
    return tab.findChildren(LaneRow)


def opened(tab: QWidget) -> str:
    return find(tab, QLabel, "opened_title").text()


def dialog_of(page: QWidget, kind: str) -> RecordDialog:  # type: ignore[type-arg]
    settle()
    (shown,) = [one for one in page.findChildren(RecordDialog) if one.isVisible()]
    assert shown.kind == kind
    return shown


def test_every_lane_says_whom_which_rule_its_light_and_its_days(tab: PerspectiveTab) -> None:
    found = lanes(tab)
    assert len(found) > 4
    for row in found:
        lane, said = row.lane, row.accessibleName()
        assert "Baldé" in said
        for words in (lane.title, lane.paragraph, lane.sign.word):
            assert words in said
        assert "Tag" in said
    walk_accessible(tab)


def test_the_list_says_what_the_picture_says(tab: PerspectiveTab) -> None:
    assert sees(tab, "lane_picture")
    assert not sees(tab, "perspective_list")
    click(tab, "perspective_switch")
    listing = find(tab, Listing, "perspective_list")
    assert listing.isVisible()
    assert not sees(tab, "lane_picture")
    assert listing.keys() == [row.lane.key for row in lanes(tab)]
    model = listing.model()
    said = {listing.model().index(row, 0).data() for row in range(model.rowCount())}
    for row in lanes(tab):
        lane = row.lane
        wanted = (lane.title, lane.paragraph, lane.sign.word, lane.bar.words, lane.end, lane.end_note)
        assert any(all(words in each for words in wanted) for each in said)


def test_arrow_keys_move_among_lanes_and_enter_opens_one(tab: PerspectiveTab) -> None:
    first, second, *_ = lanes(tab)
    focus.begin(first)
    before = opened(tab)
    QTest.keyClick(first, Qt.Key.Key_Down)
    assert second.hasFocus()
    assert opened(tab) == before
    QTest.keyClick(second, Qt.Key.Key_Return)
    assert opened(tab) == second.lane.title
    assert second.isChecked()
    QTest.keyClick(second, Qt.Key.Key_End)
    assert lanes(tab)[-1].hasFocus()
    QTest.keyClick(lanes(tab)[-1], Qt.Key.Key_Down)
    assert lanes(tab)[-1].hasFocus()


def test_conditions_stand_as_they_need_somebody(tab: PerspectiveTab) -> None:
    row = next(one for one in lanes(tab) if one.lane.key.rule == "25b")
    row.click()
    states = [each.state for each in tab._view.opened[row.lane.key].conditions]
    needed = [ConditionState.AGAINST, ConditionState.MISSING, ConditionState.TITLE, ConditionState.STATUS,
              ConditionState.UNKNOWN, ConditionState.DISCRETION, ConditionState.TIME, ConditionState.MET,
              ConditionState.NOT_NEEDED, ConditionState.TALK]  # fmt: skip
    assert states == sorted(states, key=needed.index)


def test_a_fact_that_is_unknown_is_entered_where_it_lives(case_desk: "CaseDesk", tab: PerspectiveTab) -> None:
    row = next(one for one in lanes(tab) if one.lane.key.rule == "25b")
    row.click()
    click(tab, "enter_civic")
    dialog = dialog_of(case_desk.page, "achievement")
    dialog.session.edit("achievement", "level", "life_in_germany")
    dialog.session.edit("achievement", "achieved_on", "2026-10-02")
    dialog.accept()
    settle()
    assert tab.isVisible()
    (kept,) = [one for one in case_desk.file().achievements if one.kind == "civic_test"]
    assert kept.person_id == row.lane.key.people[0]
    assert "unbekannt" not in _word_of(tab, "civic")


def test_what_is_otherwise_when_facts_change_is_said_and_stands_in_the_tab(
    case_desk: "CaseDesk", tab: PerspectiveTab
) -> None:
    assert not sees(tab, "perspective_news")
    first = min(case_desk.file().residence, key=lambda one: one.valid_from or date.max)
    records.save(case_desk.desk, replace(first, valid_from=date(2022, 3, 1)))
    settle()
    told = tab.findChild(Notice, "perspective_news")
    assert told is not None
    assert told.isVisible()
    assert "Ousmane" in told.accessibleName()
    assert case_desk.toasts[-1][0] in told.accessibleName()


def _word_of(tab: QWidget, condition: str) -> str:
    return find(tab, QWidget, f"condition_{condition}").accessibleName()


def test_a_step_becomes_a_date_without_rule_and_light(case_desk: "CaseDesk", tab: PerspectiveTab) -> None:
    row = next(one for one in lanes(tab) if (step := tab._view.steps.get(one.lane.key)) and not step.fact)
    row.click()
    click(tab, "perspective_step_act")
    dialog_of(case_desk.page, "follow_up").accept()
    settle()
    (kept,) = case_desk.file().follow_ups
    assert kept.title
    assert date.today() <= kept.due_on <= date.today() + timedelta(days=7)  # noqa: DTZ011 - as the page
    assert "§" not in kept.title + kept.reason
    assert row.lane.sign.word not in kept.title + kept.reason


def test_a_step_that_is_let_go_with_a_reason_stays_away_until_its_day_is_another(
    case_desk: "CaseDesk", tab: PerspectiveTab
) -> None:
    key = tab._chosen
    assert key is not None
    click(tab, "perspective_step_later")
    menu = find(case_desk.page, QWidget, "perspective_later_menu")
    (way,) = [each for each in menu.actions() if each.objectName() == "let_go"]
    way.trigger()
    settle()
    type_into(
        find(case_desk.page, QDialog, "reason_dialog"), "reason", "Wird mit der Beratungsstelle geklärt"
    )
    find(case_desk.page, QDialog, "reason_dialog").accept()
    settle()
    assert key not in tab._view.steps
    assert not sees(tab, "perspective_step")
    kept = {(one.outcome, one.said) for one in case_desk.file().case.settled}
    assert kept == {("waived", "Wird mit der Beratungsstelle geklärt")}


def test_where_the_picture_has_no_room_the_list_stands_for_it(
    case_desk: "CaseDesk", tab: PerspectiveTab
) -> None:
    case_desk.page.resize(640, 700)
    QApplication.processEvents()
    assert sees(tab, "perspective_list")
    assert not sees(tab, "lane_picture")
    assert not sees(tab, "perspective_switch")


@pytest.mark.parametrize("zoom", [1.0, 2.0], ids=["100", "200"])
def test_the_tab_with_a_household_can_be_used_by_everyone(
    case_desk: "CaseDesk", other_look: Callable[..., None], zoom: float
) -> None:
    other_look(zoom=zoom)
    case_desk.case = balde(case_desk.desk)
    page = case_desk._make_page()
    case_desk.page.deleteLater()
    case_desk.page = page
    page.resize(1180, 716)
    tab = find(case_desk.open("perspective"), PerspectiveTab, "tab_perspective")
    assert sees(tab, "lane_picture") is (zoom == 1.0)
    assert sees(tab, "perspective_list") is (zoom > 1.0)
    walk_accessible(tab)
    assert cut(tab) == []
    assert unreached(tab) == []
    areas = [each for each in tab.findChildren(QScrollArea) if each.isVisibleTo(tab)]
    assert [each.objectName() for each in areas if each.horizontalScrollBar().maximum() > 0] == []


def test_nothing_recorded_says_what_comes_first_and_claims_nothing(case_desk: "CaseDesk") -> None:
    page = case_desk.open("perspective")
    tab = find(page, PerspectiveTab, "tab_perspective")
    assert not lanes(tab)
    assert not sees(tab, "perspective_step")
    assert not sees(tab, "perspective_lanes")
    assert any("zuerst die Aufenthaltspapiere" in words for words in read(tab))
    click(tab, "empty_action")
    assert dialog_of(page, "residence_spell").isVisible()


def test_the_foot_and_the_state_of_the_law_are_always_there(tab: PerspectiveTab) -> None:
    state = find(tab, QLabel, "perspective_state")
    assert "Keine Rechtsberatung" in state.accessibleName()
    assert "Rechtsstand 19.08.2026" in state.accessibleName()
    assert state.isVisible()


def test_a_case_that_may_only_be_read_shows_its_lanes_and_changes_nothing(
    case_desk: "CaseDesk", tab: PerspectiveTab
) -> None:
    case_desk.page._reading_only.set_active(True)
    second = lanes(tab)[1]
    QTest.mouseClick(second, Qt.MouseButton.LeftButton)
    assert opened(tab) == second.lane.title
    assert find(tab, QAbstractButton, "perspective_switch").isEnabled()
    pressed = [each.objectName() for each in tab.findChildren(QAbstractButton) if each.isEnabled()]
    assert not [name for name in pressed if name.startswith(("add_", "enter_", "standing_", "page_"))]
    assert not {"perspective_step_act", "perspective_step_later"} & {*pressed}


def test_a_date_of_the_agenda_opens_its_lane(case_desk: "CaseDesk", tab: PerspectiveTab) -> None:
    last = lanes(tab)[-1].lane.key
    place = Place("case", case_desk.case.id, "perspective", "perspective", f"{last.people[0]}.{last.rule}.0")
    case_desk.page.go(place)
    QApplication.processEvents()
    assert tab._chosen == last


def test_nothing_of_it_stands_in_the_title_of_the_window(tab: PerspectiveTab) -> None:
    assert tab.window().windowTitle() in ("", "KIMdesk")


def test_every_condition_of_the_data_has_a_place_where_it_is_entered() -> None:
    conditions = {
        each.id for rule in SHIPPED.rules.screening.rules for way in rule.ways for each in way.conditions
    }
    assert {one for one in conditions if not fact_of(one, "")} == conditions & _TALKED_OF
