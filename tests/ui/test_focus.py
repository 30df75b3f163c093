"""The rule of focus (docs/decisions/0052), walked over every form, tab and dialog the program has."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from kimdesk.casework import records
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.errors import ContentError
from kimdesk.domain.kinds import KINDS
from kimdesk.domain.records import Goal
from kimdesk.domain.terms import Phase
from tests.ui.conftest import walk_accessible
from tests.ui.hands import find, in_view, settle
from tests.ui.places import in_case
from ui import focus
from ui.case import openers
from ui.case.form.tab import FormTab
from ui.case.tabs import KEYS
from ui.focus.order import first_field
from ui.forms.grid import FieldGrid
from ui.kit.dialog import Dialog
from ui.kit.segments import Segment
from ui.theme import theme

if TYPE_CHECKING:
    from tests.ui.case_fixtures import CaseDesk

pytest_plugins = ("tests.ui.case_fixtures",)

_MOST = 150


def _has_form(kind: str) -> bool:
    try:
        SHIPPED.record_form(kind)
    except ContentError:
        return False
    return True


_SPECIAL = {key for key, one in openers._OPENERS.items() if one.add} - {"client_screen"}
_DIALOGS = sorted({name for name in KINDS if _has_form(name)} | _SPECIAL)


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def tabbed(top: QWidget, key: Qt.Key = Qt.Key.Key_Tab) -> list[QWidget]:
    """Press Tab until the keyboard is where it was; return what it came to, all of it seen."""
    start = focused()
    found: list[QWidget] = []
    while len(found) < _MOST:
        found.append(focused())
        QTest.keyClick(focused(), key)
        assert_seen(focused())
        if focused() is start:
            break
    return [one for one in found if top.isAncestorOf(one)]


def back_in(window: QWidget) -> None:
    """Let ``window`` be in front again, as it is where windows have a manager."""
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    for _ in range(3):
        settle()


def assert_seen(widget: QWidget) -> None:
    """Assert that what has the keyboard lies inside every area around it."""
    settle()
    assert in_view(widget), f"{widget.objectName()} is out of view"


def assert_visual(top: QWidget, order: list[QWidget]) -> None:
    """Assert that Tab goes through the fields of each grid as they stand: by lines, from the left."""
    for grid in top.findChildren(FieldGrid):
        inside = [one for one in order if grid.isAncestorOf(one)]
        boxes = [next(box for box in grid._placed if box is one or box.isAncestorOf(one)) for one in inside]
        seen = list(dict.fromkeys(boxes))
        assert len(seen) == len(dict.fromkeys(map(id, boxes)))
        assert [(box.y(), box.x()) for box in seen] == sorted((box.y(), box.x()) for box in seen)


@pytest.fixture
def column(qapp: QApplication) -> Iterator[QWidget]:
    """A window with a long column that scrolls."""
    window = QWidget()
    area = QScrollArea()
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidgetResizable(True)
    content = QWidget()
    content.setObjectName("content")
    rows = QVBoxLayout(content)
    for number in range(30):
        line = QLineEdit()
        line.setObjectName(f"line_{number}")
        rows.addWidget(line)
    area.setWidget(content)
    QVBoxLayout(window).addWidget(area)
    window.resize(300, 200)
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    yield window
    window.hide()
    window.deleteLater()


def test_moved_by_program_the_keyboard_is_seen_and_its_field_flashes_once(column: QWidget) -> None:
    line = find(column, QLineEdit, "line_25")
    focus.go(line)
    assert_seen(line)
    assert line.hasFocus()
    flashes = column.findChildren(QWidget, "focus_flash")
    assert [one.geometry().contains(line.geometry()) for one in flashes] == [True]
    column.grab()
    assert theme().color("accent").alpha() == 255
    QTest.qWait(1000)
    assert not column.findChildren(QWidget, "focus_flash")


def test_a_dialog_whose_field_is_hidden_begins_at_its_button(column: QWidget) -> None:
    dialog = Dialog(column, "Wozu?", accept="Ja")
    line = QLineEdit()
    dialog.body.addWidget(line)
    line.hide()
    focus.begin(line)
    dialog.open()
    QTest.qWaitForWindowActive(dialog)
    settle()
    assert focused() is dialog.accept_button
    dialog.reject()


def test_a_row_made_anew_gets_the_keyboard_back_and_nothing_scrolls(column: QWidget) -> None:
    line, area = find(column, QLineEdit, "line_12"), find(column, QScrollArea, "")
    focus.go(line)
    settle()
    before = area.verticalScrollBar().value()
    rows = find(column, QWidget, "content").layout()
    assert isinstance(rows, QVBoxLayout)
    again = QLineEdit()
    again.setObjectName("line_12")
    line.hide()
    line.deleteLater()
    rows.insertWidget(12, again)
    back_in(column)
    assert again.hasFocus()
    assert area.verticalScrollBar().value() == before


@pytest.mark.parametrize("end", ["hide", "grey"])
def test_what_goes_gives_the_keyboard_to_what_was_around_it_never_to_a_neighbour(
    column: QWidget, end: str
) -> None:
    line = find(column, QLineEdit, "line_12")
    focus.go(line)
    settle()
    line.hide() if end == "hide" else line.setEnabled(False)
    back_in(column)
    assert focused().objectName() == "content"
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert focused().objectName() == "line_0"


def test_a_dialog_gives_the_keyboard_back_to_where_it_came_from_though_that_was_made_anew(
    column: QWidget,
) -> None:
    line = find(column, QLineEdit, "line_5")
    focus.go(line)
    dialog = Dialog(column, "Wozu?", accept="Ja")
    dialog.open()
    QTest.qWaitForWindowActive(dialog)
    rows = find(column, QWidget, "content").layout()
    assert isinstance(rows, QVBoxLayout)
    again = QLineEdit()
    again.setObjectName("line_5")
    line.hide()
    line.deleteLater()
    rows.insertWidget(5, again)
    dialog.reject()
    back_in(column)
    assert again.hasFocus()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_button_with_the_keyboard_is_pressed_in_every_window(qapp: QApplication, key: Qt.Key) -> None:
    for window in (QWidget(), Dialog(None, "Wozu?", accept="Ja")):
        pressed: list[bool] = []
        button = QPushButton("Mehr", window)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _=False, pressed=pressed: pressed.append(True))
        window.show()
        window.activateWindow()
        QTest.qWaitForWindowActive(window)
        button.setFocus()
        QTest.keyClick(button, key)
        assert pressed == [True]
        assert window.isVisible()
        window.close()
        window.deleteLater()


@pytest.mark.parametrize("phase", list(Phase))
def test_every_form_is_walked_in_the_order_it_is_seen(case_desk: "CaseDesk", phase: Phase) -> None:
    page = case_desk.open(phase.value)
    focus.begin(page)
    QTest.keyClick(page, Qt.Key.Key_Tab)
    there = tabbed(page)
    assert_visual(page, there)
    back = tabbed(page, Qt.Key.Key_Backtab)
    assert back == [there[0], *reversed(there[1:])]


@pytest.mark.parametrize("number", range(1, len(KEYS) + 1))
def test_the_keys_of_a_tab_begin_at_the_tab_and_on_none_of_its_buttons(
    case_desk: "CaseDesk", number: int
) -> None:
    records.save(case_desk.desk, Goal(case_id=case_desk.case.id, number=1, text="Ich spreche selbst."))
    page = case_desk.open("history" if number == 1 else "plan")
    focus.begin(find(page, QWidget, "note_contact"))
    QTest.keyClick(page, Qt.Key(Qt.Key.Key_0 + number % 10), Qt.KeyboardModifier.AltModifier)
    back_in(page)
    tab = page._stack.currentWidget()
    assert tab is not None
    assert tab.isAncestorOf(focused()) or focused() is tab
    assert not isinstance(focused(), QAbstractButton)


@pytest.mark.parametrize("kind", _DIALOGS)
def test_every_dialog_begins_at_its_first_field_and_gives_the_keyboard_back(
    case_desk: "CaseDesk", kind: str
) -> None:
    page = case_desk.open("plan")
    came_from = find(page, QWidget, "note_contact")
    focus.begin(came_from)
    case_desk.edit(kind)
    settle()
    opened = [one for one in page.findChildren(QDialog) if one.isVisible()]
    (dialog,) = opened
    QTest.qWaitForWindowActive(dialog)
    assert focused() is dialog.focusWidget()
    if isinstance(dialog, Dialog) and not dialog._danger:
        assert focused() in (first_field(dialog._fitting), dialog.accept_button)
    walk_accessible(dialog)
    there = tabbed(dialog)
    assert_visual(dialog, there)
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    back_in(page)
    assert came_from.hasFocus()


def test_a_field_that_appears_later_comes_next(case_desk: "CaseDesk") -> None:
    page = case_desk.open("access")
    channel = find(page, QAbstractButton, "field_reach_channels_phone")
    focus.go(channel)
    QTest.keyClick(channel, Qt.Key.Key_Space)
    assert_visual(page, tabbed(page))


def test_rating_a_goal_by_click_leaves_the_plan_where_it_was(case_desk: "CaseDesk") -> None:
    for number in range(1, 9):
        records.save(case_desk.desk, Goal(case_id=case_desk.case.id, number=number, text=f"Ziel {number}"))
    page = case_desk.open("plan")
    page.resize(1180, 420)
    settle()
    tab = find(page, QScrollArea, "tab_plan")
    segment = tab.findChildren(Segment)[-2]
    tab.ensureWidgetVisible(segment)
    before = tab.verticalScrollBar().value()
    assert before
    segment_name = segment.objectName()
    QTest.mouseClick(segment, Qt.MouseButton.LeftButton)
    back_in(page)
    assert any(goal.level is not None for goal in case_desk.file().goals)
    assert tab.verticalScrollBar().value() == before
    assert focused().objectName() == segment_name


@pytest.mark.parametrize("phase", list(Phase))
def test_everything_that_is_missing_leads_to_a_field_that_is_seen(
    case_desk: "CaseDesk", phase: Phase
) -> None:
    page = case_desk.open(phase.value)
    page.resize(1180, 420)
    tab = find(page, FormTab, "tab_form")
    for gap in tab._presenter.gaps():
        focus.begin(page)
        page.go(replace(in_case(case_desk.case.id, phase.value), field=gap.path))
        back_in(page)
        assert tab.isAncestorOf(focused()), f"{gap.path} leads nowhere"
        assert_seen(focused())
