"""At 200 % nothing leaves the screen: dialogs keep their buttons on it, marks do not cover one another."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.hands import click, find
from ui.app import SIZE
from ui.client_screen.window import ClientScreen
from ui.kit.dialog import Dialog
from ui.kit.listing import Listing, TaskRow
from ui.regimes.paint import apart

if TYPE_CHECKING:
    from tests.ui.case_fixtures import CaseDesk

pytest_plugins = ("tests.ui.case_fixtures",)


@pytest.fixture
def large(other_look: Callable[..., None]) -> None:
    """Text of twice the size."""
    other_look(zoom=2.0)


@pytest.mark.parametrize("lines", [3, 60], ids=["short", "long"])
def test_a_dialog_shows_its_text_and_keeps_its_buttons_on_the_screen(
    large: None, qtbot: QtBot, lines: int
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    dialog = Dialog(window, "Was braucht die Übergabe noch?", accept="Übergabe abschließen")
    for line in range(lines):
        dialog.add_text(
            f"{line}: Das ist ein Satz, der über mehr als eine Zeile läuft, so wie im Leben auch."
        )
    dialog.open()
    QApplication.processEvents()
    assert dialog.height() <= dialog.screen().availableSize().height()
    assert dialog.rect().contains(dialog.accept_button.geometry())
    scrolls = dialog._fitting.verticalScrollBar().maximum() > 0
    assert scrolls == (lines > 10)
    dialog.reject()


def test_the_way_out_of_the_client_screen_fits(large: None, case_desk: "CaseDesk") -> None:
    case_desk.open("plan")
    click(case_desk.page, "show_client_screen")
    shown = next(one for one in QApplication.topLevelWidgets() if isinstance(one, ClientScreen))
    click(shown, "leave_client_screen")
    QApplication.processEvents()
    assert shown.minimumSizeHint().width() <= SIZE[0]
    assert find(shown, QPushButton, "leave_cancel").isVisible()
    shown.reject()


def test_dates_close_together_stand_side_by_side() -> None:
    assert apart([100, 101, 300], 23, 90, 400) == [100, 123, 300]
    assert apart([100, 395, 399], 23, 112, 400) == [112, 377, 400]


def test_words_take_the_room_of_a_date_that_is_not_there(qtbot: QtBot) -> None:
    listing = Listing(fit=True)
    qtbot.addWidget(listing)
    words = "weil die Familie seit drei Wochen auf einen Bescheid der Krankenkasse wartet und nachfragt"
    plain = TaskRow("flag", "text-2", "Antrag", "", words, "", "", "a")
    dated = TaskRow("flag", "text-2", "Antrag", "", words, "bis 30.11.2026", "in 8 Tagen", "b")
    listing.resize(680, 400)
    listing.show()
    listing.set_rows([(None, [plain, dated])])
    QApplication.processEvents()
    first, second = (listing.sizeHintForIndex(listing.model().index(row, 0)).height() for row in (0, 1))
    assert first < second
