"""Every dialog of a case: on a surface, the page dimmed, no heading twice, nothing scrolls."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from kimdesk.domain.kinds import KINDS
from tests.ui.hands import find, sees, settle
from ui.case.openers import _OPENERS
from ui.forms.leaves import leaves
from ui.kit.dialog import Dialog
from ui.kit.text import Text
from ui.theme import theme

if TYPE_CHECKING:
    from tests.ui.case_fixtures import CaseDesk

pytest_plugins = ("tests.ui.case_fixtures",)

SCREEN = QRect(0, 0, 1366, 768)
TITLE_BAR = 30
FORMS = sorted(kind.name for kind in KINDS.values() if kind.form and kind.name not in ("case", "attachment"))
OTHERS = sorted({name for name, opener in _OPENERS.items() if opener.add} - {*FORMS, "client_screen"})
HEADINGS = {"section", "strong", "table_strong"}


@pytest.fixture(autouse=True)
def screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The screen of the field desks."""
    monkeypatch.setattr("ui.kit.dialog.screen_room", lambda _: SCREEN)


@pytest.fixture
def opened(case_desk: "CaseDesk", request: pytest.FixtureRequest) -> Iterator[Dialog]:
    """The dialog of a kind, opened over the case."""
    case_desk.open("plan")
    case_desk.edit(request.param)
    QApplication.processEvents()
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, Dialog) and one.isVisible()]
    if not found:
        pytest.skip("needs more than a new case has")
    yield found[-1]
    for one in reversed(found):
        if isValid(one):  # the test has closed it: then it is gone
            one.reject()


@pytest.mark.parametrize("opened", [*FORMS, *OTHERS], indirect=True)
def test_a_dialog_of_a_case_is_seen_whole(opened: Dialog, case_desk: "CaseDesk") -> None:
    window = case_desk.page.window()
    assert _ground(opened) == theme().color("surface").name()
    assert window.findChildren(QWidget, "scrim")
    assert _lines_above_buttons(opened)
    assert _said_twice(opened) == []
    assert opened.height() + TITLE_BAR <= SCREEN.height()
    assert opened.width() <= SCREEN.width()
    assert opened._fitting.verticalScrollBar().maximum() == 0
    opened.reject()
    QApplication.processEvents()
    assert not [one for one in window.findChildren(QWidget, "scrim") if one.isVisible()]


@pytest.mark.parametrize("opened", ["consent"], indirect=True)
def test_what_is_wrong_on_another_leaf_is_turned_to(opened: Dialog) -> None:
    names = [one for one in opened.findChildren(QPushButton) if one.objectName().startswith("leaf_")]
    assert [one.isChecked() for one in names] == [True, False]
    assert not sees(opened, "section_validity")
    opened._form.focus_path("validity.given_on")  # type: ignore[attr-defined]
    settle()
    assert [one.isChecked() for one in names] == [False, True]
    assert sees(opened, "section_validity")
    assert not sees(opened, "section_scope")
    chosen = QApplication.focusWidget()
    assert chosen is not None
    assert find(opened, QWidget, "section_validity").isAncestorOf(chosen)


@pytest.mark.parametrize(
    ("heights", "room", "expected"),
    [
        ([100, 100], 100, [[0, 1]]),
        ([100, 101], 100, [[0], [1]]),
        ([50, 50, 100], 100, [[0, 1, 2]]),
        ([50, 51, 100], 100, [[0, 1], [2]]),
        ([300], 100, [[0]]),
    ],
)
def test_a_leaf_takes_what_two_columns_of_the_screen_take(
    heights: list[int], room: int, expected: list[list[int]]
) -> None:
    assert leaves(heights, room) == expected


def test_what_appears_in_a_dialog_makes_it_higher(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    dialog = Dialog(window, "Was kommt dazu?", accept="Weiter")
    dialog.open()
    QApplication.processEvents()
    before = dialog.height()
    for line in range(6):
        dialog.add_text(f"Zeile {line}")
    for _ in range(3):
        QApplication.processEvents()
    assert dialog.height() > before
    assert dialog._fitting.verticalScrollBar().maximum() == 0
    dialog.reject()


def _ground(dialog: Dialog) -> str:
    return dialog.grab().toImage().pixelColor(8, dialog.height() // 2).name()


def _lines_above_buttons(dialog: Dialog) -> bool:
    """Return whether a line as wide as the dialog stands above the buttons."""
    rules = [one for one in dialog.findChildren(QFrame, "rule") if one.parentWidget() is dialog]
    return any(
        one.width() == dialog.width() and one.geometry().bottom() < dialog.accept_button.geometry().top()
        for one in rules
    )


def _said_twice(dialog: Dialog) -> list[str]:
    """Return headings that stand there twice, or say again what the label below them says."""
    shown = [one for one in dialog.findChildren(Text) if one.isVisibleTo(dialog) and one.text()]
    heads = Counter(one.text() for one in shown if one.property("use") in HEADINGS)
    labels = {one.text() for one in dialog.findChildren(QLabel) if one.property("use") == "label"}
    return [text for text, count in heads.items() if count > 1 or text in labels]
