"""What opens over a page: a calendar one can read and use by keyboard, lists that show their last entry."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

import ui
from kimdesk.domain.dates import today
from tests.ui.hands import find
from ui.forms.editors.base import Editor
from ui.forms.editors.calendar import CalendarPopup
from ui.forms.editors.choice import ComboEditor
from ui.forms.editors.combo import CodeCombo
from ui.forms.editors.date import DateEditor
from ui.forms.editors.line import TextEditor
from ui.forms.editors.long_text import LongTextEditor
from ui.forms.sources import Option
from ui.kit.drop_down import DropDown
from ui.theme import theme

FOUR_LOOKS = pytest.mark.parametrize(
    "look", [{"dark": dark, "zoom": zoom} for dark in (False, True) for zoom in (1.0, 2.0)], ids=str
)
CHRISTMAS = date(2026, 12, 24)
Key = Qt.Key


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """What popups open over."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(500, 400)
    window.show()
    return window


@pytest.fixture
def popup(window: QWidget) -> CalendarPopup:
    """The calendar of Christmas 2026."""
    popup = CalendarPopup(CHRISTMAS, window)
    popup.show_at(window.pos())
    return popup


@FOUR_LOOKS
def test_every_day_of_the_calendar_can_be_read(
    window: QWidget, other_look: Callable[..., None], look: dict[str, float]
) -> None:
    other_look(**look)
    popup = CalendarPopup(date(2027, 2, 1), window)
    month = popup.month
    picture = month.grab().toImage()
    ground = picture.pixelColor(1, 1)
    for number in range(1, 29):
        cell = month.cell(date(2027, 2, number)).toRect()
        assert cell.width() == cell.height() == theme().px(36)
        inner = picture.copy(cell.adjusted(theme().px(8), theme().px(8), -theme().px(8), -theme().px(8)))
        assert _colours(inner) > 3, number  # more than the ground: a figure stands there
    assert ground.isValid()
    popup.show()
    room = popup.screen().availableGeometry()
    assert popup.height() <= room.height()
    assert popup.width() <= room.width()


@pytest.mark.parametrize(
    ("key", "held", "day"),
    [
        (Key.Key_Right, Qt.KeyboardModifier.NoModifier, date(2026, 12, 25)),
        (Key.Key_Left, Qt.KeyboardModifier.NoModifier, date(2026, 12, 23)),
        (Key.Key_Down, Qt.KeyboardModifier.NoModifier, date(2026, 12, 31)),
        (Key.Key_Up, Qt.KeyboardModifier.NoModifier, date(2026, 12, 17)),
        (Key.Key_Home, Qt.KeyboardModifier.NoModifier, date(2026, 12, 21)),
        (Key.Key_End, Qt.KeyboardModifier.NoModifier, date(2026, 12, 27)),
        (Key.Key_PageDown, Qt.KeyboardModifier.NoModifier, date(2027, 1, 24)),
        (Key.Key_PageUp, Qt.KeyboardModifier.NoModifier, date(2026, 11, 24)),
        (Key.Key_PageUp, Qt.KeyboardModifier.ShiftModifier, date(2025, 12, 24)),
    ],
)
def test_keys_move_in_the_calendar_and_enter_chooses(
    popup: CalendarPopup, key: Qt.Key, held: Qt.KeyboardModifier, day: date
) -> None:
    chosen: list[date] = []
    popup.chosen.connect(chosen.append)
    QTest.keyClick(popup.month, key, held)
    QTest.keyClick(popup.month, Key.Key_Return)
    assert chosen == [day]
    assert not popup.isVisible()


def test_the_last_of_a_month_stays_in_a_shorter_one(popup: CalendarPopup) -> None:
    popup.month.go(date(2026, 12, 31))
    popup.month.turn(2)
    assert popup.month.day == date(2027, 2, 28)


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
def test_the_calendar_ends_where_days_end(popup: CalendarPopup, day: date) -> None:
    popup.month.go(day)
    for key in (Key.Key_Left, Key.Key_Right, Key.Key_PageUp, Key.Key_PageDown, Key.Key_Home, Key.Key_End):
        QTest.keyClick(popup.month, key)
    popup.month.grab()


def test_holidays_of_the_month_are_named_and_said(popup: CalendarPopup) -> None:
    told = popup._holidays.text().replace("\u00a0", " ")
    assert told == "25.12. Erster Weihnachtstag · 26.12. Zweiter Weihnachtstag"
    QTest.keyClick(popup.month, Key.Key_Right)
    assert popup.month.accessibleName() == "Freitag, 25.\u00a0Dezember 2026, Erster Weihnachtstag"


def test_escape_changes_nothing_and_today_is_one_click_away(window: QWidget, popup: CalendarPopup) -> None:
    chosen: list[date] = []
    popup.chosen.connect(chosen.append)
    QTest.keyClick(popup.month, Key.Key_Escape)
    assert chosen == []
    assert not popup.isVisible()
    other = CalendarPopup(CHRISTMAS, window)
    other.chosen.connect(chosen.append)
    other.show()
    find(other, QPushButton, "calendar_today").click()
    assert chosen == [today()]


def test_a_click_on_a_day_writes_it_into_the_field(qtbot: QtBot) -> None:
    editor = DateEditor()
    qtbot.addWidget(editor)
    editor.set_value("2026-12-24")
    editor.show()
    editor.open_calendar()
    popup = find(editor, CalendarPopup, "calendar_popup")
    place = popup.month.cell(date(2026, 12, 31)).center().toPoint()
    QTest.mouseClick(popup.month, Qt.MouseButton.LeftButton, pos=place)
    assert editor.value() == "2026-12-31"


@pytest.mark.parametrize("zoom", [1.0, 2.0])
@pytest.mark.parametrize("count", [1, 9, 14, 40])
def test_a_drop_down_shows_its_last_entry_whole(
    window: QWidget, other_look: Callable[..., None], zoom: float, count: int
) -> None:
    other_look(zoom=zoom)
    box = DropDown(window)
    box.addItems([f"Eintrag {number}" for number in range(count)])
    box.show()
    box.showPopup()
    QApplication.processEvents()
    view = box.view()
    last = min(count, box.maxVisibleItems()) - 1
    fits = theme().px(28) * (last + 1) < view.screen().availableSize().height() - 20
    if fits:
        shown = view.visualRect(view.model().index(last, 0))
        assert view.viewport().rect().contains(shown)
    view.scrollToBottom()
    shown = view.visualRect(view.model().index(count - 1, 0))
    assert view.viewport().rect().contains(shown)
    assert view.window().screen().availableGeometry().contains(view.window().geometry())
    box.hidePopup()


def test_what_a_search_in_a_choice_found_is_shown_whole(window: QWidget) -> None:
    combo = CodeCombo(_options(40))
    combo.setParent(window)
    window.show()
    line = combo.lineEdit()
    assert line is not None
    line.setFocus()
    QTest.keyClicks(line, "Eintrag")
    completer = combo.completer()
    assert completer is not None
    view = completer.popup()
    assert view is not None
    QApplication.processEvents()
    assert view.viewport().height() >= 8 * view.sizeHintForRow(0)
    assert view.viewport().width() >= view.sizeHintForColumn(0)
    view.hide()


def test_nothing_chosen_looks_the_same_in_every_choice(window: QWidget) -> None:
    column = QVBoxLayout(window)
    short, long = ComboEditor(_options(4)), ComboEditor(_options(40))
    column.addWidget(short)
    column.addWidget(long)
    QWidget(window).setFocus()
    window.show()
    assert _ink(short) == _ink(long) == theme().color("text-3").name()
    short.set_value("2")
    assert _ink(short) == theme().color("text").name()


def test_words_begin_at_the_same_place_in_every_field(window: QWidget) -> None:
    column = QVBoxLayout(window)
    editors: list[Editor] = [TextEditor(), DateEditor(), LongTextEditor(), ComboEditor(_options(4)),
                             ComboEditor(_options(40))]  # fmt: skip
    for editor in editors:
        column.addWidget(editor)
    for editor, value in zip(editors, ("E", "E", "E", "2", "2"), strict=True):
        editor.set_value(value)
    window.show()
    QApplication.processEvents()
    assert len({_first_ink(editor) for editor in editors}) == 1


def test_every_window_uses_the_popups_of_the_kit() -> None:
    bare = re.compile(r"(?<![\w])(QComboBox|QMenu|QCalendarWidget)\(")
    folder = Path(ui.__file__).parent
    found = [
        f"{path.relative_to(folder)}:{number}"
        for path in folder.rglob("*.py")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if bare.search(line) and not line.startswith("class ")
    ]
    assert found == []


def _options(count: int) -> tuple[Option, ...]:
    return tuple(Option(str(number), f"Eintrag {number}") for number in range(count))


def _colours(picture: QImage) -> int:
    return len({picture.pixel(x, y) for x in range(picture.width()) for y in range(picture.height())})


def _ink(editor: Editor) -> str:
    """Return the colour farthest from the ground in the words of a field."""
    picture = _words(editor)
    ground = picture.pixelColor(0, 0).lightness()
    pixels = [picture.pixelColor(x, y) for x in range(picture.width()) for y in range(picture.height())]
    return max(pixels, key=lambda one: abs(one.lightness() - ground)).name()


def _first_ink(editor: Editor) -> int:
    """Return the first column of a field in which something is written."""
    picture = _words(editor)
    ground = picture.pixelColor(0, 0).lightness()
    for x in range(picture.width()):
        if any(abs(picture.pixelColor(x, y).lightness() - ground) > 60 for y in range(picture.height())):
            return x
    return -1


def _words(editor: Editor) -> QImage:
    (field,) = editor.inputs()
    return field.grab().toImage().copy(4, 6, 60, 20)
