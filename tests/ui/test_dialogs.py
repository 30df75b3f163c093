"""Every dialog of a case: on a surface, the page dimmed, no heading twice, nothing scrolls."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from kimdesk.domain.kinds import KINDS
from ui.case.openers import _OPENERS
from ui.kit.dialog import Dialog
from ui.kit.text import Text
from ui.theme import theme

if TYPE_CHECKING:
    from tests.ui.case_fixtures import CaseDesk

pytest_plugins = ("tests.ui.case_fixtures",)

SCREEN = QRect(0, 0, 1366, 768)
TITLE_BAR = 30
LONG = {"person", "consent"}  # twenty fields and forty chips do not fit in any arrangement
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
    if opened.objectName().removeprefix("edit_") not in LONG:
        assert opened._fitting.verticalScrollBar().maximum() == 0
    opened.reject()
    QApplication.processEvents()
    assert not [one for one in window.findChildren(QWidget, "scrim") if one.isVisible()]


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
