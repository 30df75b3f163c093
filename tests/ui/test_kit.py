"""The widgets of the kit do with keys what they do with the mouse, and say aloud what they show."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kimdesk.texts.refusals import Explanation
from tests.ui.conftest import walk_accessible
from tests.ui.hands import click, find
from ui.focus.ring import FocusRing
from ui.kit.badge import Badge
from ui.kit.buttons import primary, secondary
from ui.kit.card import Card
from ui.kit.cards import CardItem, CardList
from ui.kit.dialog import Dialog
from ui.kit.field import FieldBox
from ui.kit.gas import GasBar
from ui.kit.listing import Listing, TaskGroup, TaskRow
from ui.kit.new_passphrase import NewPassphrase
from ui.kit.passphrase import PassphraseField
from ui.kit.popup import Menu
from ui.kit.scale import SegmentedScale
from ui.kit.scroll import Columns, Page
from ui.kit.state import EmptyState, Notice
from ui.kit.stepper import Stepper, StepperItem
from ui.kit.table import Table
from ui.kit.text import Text
from ui.kit.toast import Toast, toast
from ui.kit.wrapping import wrapped
from ui.program.work import InlineWork

STEPS = [
    StepperItem("access", "Aktive Zugangsgestaltung", "done"),
    StepperItem("intake", "Erstberatung", "current"),
    StepperItem("assessment", "Assessment", "open"),
]
Index = QModelIndex | QPersistentModelIndex
TOP = QModelIndex()
SCALE = [(0, "Not"), (1, "sehr belastet"), (2, "teils stabil")]


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """An empty window that has the keyboard."""
    window = QWidget()
    QVBoxLayout(window)
    qtbot.addWidget(window)
    window.resize(800, 600)
    window.show()
    qtbot.waitActive(window)
    return window


def put(window: QWidget, *widgets: QWidget) -> None:
    layout = window.layout()
    assert layout is not None
    for widget in widgets:
        layout.addWidget(widget)
    QApplication.processEvents()


def test_a_scale_is_chosen_by_click_and_moved_by_arrows(window: QWidget) -> None:
    scale = SegmentedScale(SCALE)
    heard: list[object] = []
    scale.changed.connect(heard.append)
    put(window, scale)
    assert scale.value() is None
    click(window, "segment_1")
    QTest.keyClick(scale.segments[1], Qt.Key.Key_Right)
    assert (heard, scale.value()) == ([1, 2], 2)
    assert walk_accessible(scale) == ["0 Not", "1 sehr belastet", "2 teils stabil"]


def test_setting_a_scale_tells_nobody_and_can_clear_it(window: QWidget) -> None:
    scale = SegmentedScale(SCALE)
    heard: list[object] = []
    scale.changed.connect(heard.append)
    scale.set_value(2)
    assert (scale.value(), scale.accessibleDescription()) == (2, "2 teils stabil")
    scale.set_value(None)
    assert (scale.value(), heard) == (None, [])


def test_goal_attainment_is_changed_only_when_editable(window: QWidget) -> None:
    fixed, free = GasBar(-1), GasBar(-1, editable=True)
    heard: list[object] = []
    free.changed.connect(heard.append)
    put(window, fixed, free)
    for bar in (fixed, free):
        QTest.mouseClick(bar.segments[3], Qt.MouseButton.LeftButton)
    assert (fixed.value(), free.value(), heard) == (-1, 1, [1])
    assert [segment.accessibleName() for segment in free.segments] == ["−2", "−1", "0", "+1", "+2"]


def test_the_stepper_says_where_each_phase_stands_and_takes_arrows(window: QWidget) -> None:
    stepper = Stepper(STEPS)
    chosen: list[str] = []
    stepper.chosen.connect(chosen.append)
    put(window, stepper)
    assert walk_accessible(stepper) == [
        "1 Aktive Zugangsgestaltung, abgeschlossen",
        "2 Erstberatung, aktuell",
        "3 Assessment, offen",
    ]
    first = find(stepper, QWidget, "step_access")
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Right)
    second = QApplication.focusWidget()
    assert second is not None
    QTest.keyClick(second, Qt.Key.Key_Space)
    click(window, "step_assessment")
    assert chosen == ["intake", "assessment"]


def test_the_stepper_never_cuts_a_name(window: QWidget) -> None:
    stepper = Stepper(STEPS)
    put(window, stepper)
    assert stepper.sizeHint().width() > 400
    stepper.resize(300, 28)
    widths = [find(stepper, QWidget, f"step_{step.key}").width() for step in STEPS]
    assert widths[0] == widths[2] == 20, "only the current phase is named"
    assert widths[1] > 80


def test_a_very_long_word_goes_on_in_the_next_line(window: QWidget) -> None:
    """Names of offices are long; none of them makes a narrow column scroll sideways, none is cut."""
    word = "Schwerbehindertenausweisverlängerungsantrag"
    text = Text(word, "table", wrap=True)
    place = window.layout()
    assert place
    place.addWidget(text)
    width = text.minimumSizeHint().width()
    assert width < text.fontMetrics().horizontalAdvance(word)
    layout, height = text._lines(width)
    lines = [layout.lineAt(each) for each in range(layout.lineCount())]
    assert len(lines) > 1
    assert all(line.naturalTextWidth() <= width for line in lines)
    assert height == text.heightForWidth(width)
    assert "".join(wrapped(word, "table", width)) == word


def test_a_field_shows_its_error_and_says_it(window: QWidget) -> None:
    editor = QLineEdit()
    box = FieldBox("Prüfen am", editor, help="TT.MM.JJJJ")
    put(window, box)
    assert (editor.accessibleName(), editor.accessibleDescription()) == ("Prüfen am", "TT.MM.JJJJ")
    box.set_error("Diesen Tag gibt es nicht.")
    assert box.error() == "Diesen Tag gibt es nicht."
    assert editor.accessibleDescription() == "Ungültig: Diesen Tag gibt es nicht. TT.MM.JJJJ"
    assert editor.property("state") == "bad"
    box.set_error(None)
    assert (box.error(), editor.accessibleDescription()) == ("", "TT.MM.JJJJ")


def test_a_list_opens_rows_but_not_heads(window: QWidget) -> None:
    listing = Listing()
    opened: list[str] = []
    listing.opened.connect(opened.append)
    listing.setObjectName("tasks")
    listing.setAccessibleName("Aufgaben")
    rows = [
        TaskRow("phone", "text-2", "Osman", "anrufen", "weil …", "Fr., 20.11.", "gestern", key)
        for key in "ab"
    ]
    listing.set_rows([(TaskGroup("overdue", "bad", "Überfällig", 2), rows)])
    put(window, listing)
    for row in (0, 2):
        QTest.mouseClick(
            listing.viewport(),
            Qt.MouseButton.LeftButton,
            pos=listing.visualRect(listing.model().index(row, 0)).center(),
        )
    QTest.keyClick(listing, Qt.Key.Key_Up)
    QTest.keyClick(listing, Qt.Key.Key_Return)
    assert (opened, listing.keys()) == (["b", "a"], ["a", "b"])
    spoken = listing.model().index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Osman, anrufen, weil …, Fr., 20.11., gestern"


def test_a_card_offers_what_its_buttons_do_wherever_one_asks(qtbot: QtBot) -> None:
    cards = CardList([CardItem("a", "Nachweis", actions=[("edit", "Ändern"), ("drop", "Entfernen")])])
    qtbot.addWidget(cards)
    cards.show()
    done: list[tuple[str, str]] = []
    cards.acted.connect(lambda *told: done.append(told))
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(4, 4), QPoint(4, 4))
    QApplication.sendEvent(find(cards, QFrame, "row_a"), asked)
    menu = cards.findChild(Menu, "card_menu")
    assert menu is not None
    assert [action.text() for action in menu.actions()] == ["Ändern", "Entfernen"]
    menu.actions()[1].trigger()
    menu.close()
    assert done == [("a", "drop")]


def test_cards_in_a_list_tell_which_one_was_meant(window: QWidget) -> None:
    acted: list[tuple[str, str]] = []
    cards = CardList([CardItem(key, f"Nachweis {key}", actions=[("edit", "Ändern")]) for key in "ab"])
    cards.acted.connect(lambda key, action: acted.append((key, action)))
    put(window, cards)
    click(window, "edit_b")
    assert acted == [("b", "edit")]
    assert walk_accessible(cards) == ["Ändern: Nachweis a", "Ändern: Nachweis b"]


class _Names(QAbstractTableModel):
    def rowCount(self, parent: Index = TOP) -> int:  # noqa: N802
        return 0 if parent.isValid() else 3

    def columnCount(self, parent: Index = TOP) -> int:  # noqa: N802
        return 0 if parent.isValid() else 2

    def data(self, index: Index, role: int = 0) -> object:
        return f"Name {index.row()}" if role == Qt.ItemDataRole.DisplayRole else None


def test_a_table_opens_its_row_with_return(window: QWidget) -> None:
    table = Table(name="Fälle")
    opened: list[int] = []
    table.setObjectName("cases")
    model = _Names(table)
    table.setModel(model)
    table.opened.connect(lambda index: opened.append(index.row()))
    put(window, table)
    table.setCurrentIndex(model.index(0, 0))
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened == [1]
    assert walk_accessible(table) == ["Fälle"]


def test_the_safe_button_of_a_dangerous_question_is_the_default(window: QWidget) -> None:
    dialog = Dialog(window, "Diesen Fall löschen?", accept="Löschen", danger=True)
    dialog.show()
    assert dialog.reject_button.isDefault()
    assert not dialog.accept_button.isDefault()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.result() == 0


def test_a_dialog_says_why_it_was_refused_and_stays_open(window: QWidget) -> None:
    dialog = Dialog(window, "Passphrase ändern?", accept="Ändern")
    dialog.show()
    dialog.set_problem(
        Explanation("E009", "Diese Passphrase ist zu leicht. Es wurde nichts geändert.", "Fünf Wörter.")
    )
    notice = find(dialog, Notice, "dialog_problem")
    assert notice.accessibleName() == "Diese Passphrase ist zu leicht. Es wurde nichts geändert. Fünf Wörter."
    assert dialog.isVisible()
    assert walk_accessible(dialog) == ["Abbrechen", "Ändern"]
    dialog.set_problem(None)
    assert notice.isHidden()
    dialog.reject()


def test_a_toast_can_take_back_and_goes_away(window: QWidget, qtbot: QtBot) -> None:
    taken: list[str] = []
    toast(window, "Erster Satz.")
    shown = toast(window, "Kontakt gelöscht.", lambda: taken.append("back"))
    assert [each.accessibleName() for each in window.findChildren(Toast) if each.isVisible()] == [
        "Kontakt gelöscht."
    ]
    click(window, "toast_undo")
    assert taken == ["back"]
    assert not shown.isVisible()


def test_text_runs_over_lines_with_the_line_height_of_the_look(window: QWidget) -> None:
    text = Text("weil AsylbLG am 31.10. endete und der Antrag auf den 1.11. zurückwirkt", "table", wrap=True)
    assert text.heightForWidth(2000) == 18
    assert text.heightForWidth(150) >= 3 * 18
    assert text.minimumSizeHint().width() < 120


def test_an_empty_state_offers_one_way_on(window: QWidget) -> None:
    empty = EmptyState("tray", "Noch keine Fälle.", "Neuer Fall")
    pressed: list[bool] = []
    empty.pressed.connect(lambda: pressed.append(True))
    put(window, empty)
    click(window, "empty_action")
    assert pressed == [True]


def test_the_ring_stands_around_the_button_with_the_keyboard(window: QWidget, qtbot: QtBot) -> None:
    first, second = primary("Eins"), secondary("Zwei")
    put(window, first, second)
    first.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(first, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: len(window.findChildren(FocusRing)) == 1)
    ring = window.findChildren(FocusRing)[0]
    assert ring.geometry() == second.geometry().adjusted(-4, -4, 4, 4)
    second.deleteLater()
    QApplication.processEvents()
    QApplication.processEvents()


def test_caps_lock_is_told_by_capitals_without_shift(window: QWidget) -> None:
    field = PassphraseField("Passphrase")
    heard: list[object] = []
    field.caps_lock.connect(heard.append)
    put(window, field)
    plain, shift = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
    for letter, held in (("A", plain), ("a", shift), ("a", plain), ("A", shift), ("1", shift)):
        QApplication.sendEvent(field, QKeyEvent(QKeyEvent.Type.KeyPress, 0, held, letter))
    assert heard == [True, True, False, False]


def test_a_passphrase_is_hidden_until_asked_for(window: QWidget) -> None:
    field = PassphraseField("Passphrase")
    field.setObjectName("passphrase")
    put(window, field)
    assert field.echoMode() == QLineEdit.EchoMode.Password
    click(field, "reveal")
    assert field.echoMode() == QLineEdit.EchoMode.Normal
    assert walk_accessible(field) == ["Passphrase", "Passphrase verbergen"]


def test_a_new_passphrase_must_be_strong_and_typed_twice(
    window: QWidget, inline_work: InlineWork, qtbot: QtBot
) -> None:
    chooser = NewPassphrase(inline_work)
    put(window, chooser)
    first, again = (find(chooser, QLineEdit, name) for name in ("new_passphrase", "repeat_passphrase"))
    first.setText("sommer2026")
    again.setText("sommer2026")
    qtbot.waitUntil(lambda: bool(find(chooser, QLabel, "strength_words").text()))
    assert not chooser.ready(), "too easy"
    click(chooser, "suggest_passphrase")
    qtbot.waitUntil(lambda: "4" in find(chooser, QWidget, "strength_bar").accessibleName()[:8])
    assert not chooser.ready(), "typed only once"
    again.setText(chooser.value())
    assert chooser.ready()
    again.setText(chooser.value() + "x")
    assert not chooser.ready()


def test_columns_stack_when_the_text_is_large(other_look: Callable[..., None], window: QWidget) -> None:
    def lay() -> tuple[QPoint, QPoint]:
        left, right = QLabel("links"), QLabel("rechts")
        columns = Columns([(left, 0), (right, 200)])
        put(window, columns)
        return left.mapTo(window, QPoint(0, 0)), right.mapTo(window, QPoint(0, 0))

    left, right = lay()
    assert left.y() == right.y()
    other_look(zoom=2.0)
    left, right = lay()
    assert left.y() < right.y()


def test_painted_widgets_have_names(window: QWidget) -> None:
    page = Page("Fälle", "47 aktiv")
    card = Card("Ziele", "3")
    page.body.addWidget(card)
    assert (page.accessibleName(), card.accessibleName()) == ("Fälle", "Ziele")
    assert Badge("Nachweis fehlt", "bad", "missing").accessibleName() == "Nachweis fehlt"


@pytest.mark.parametrize("look", [{}, {"dark": True}, {"zoom": 2.0}])
def test_everything_paints_in_every_look(look: dict[str, object], other_look: Callable[..., None],
                                         window: QWidget, inline_work: InlineWork) -> None:  # fmt: skip
    other_look(**look)
    scale = SegmentedScale(SCALE)
    scale.set_value(1)
    listing = Listing(fit=True)
    listing.set_rows([(TaskGroup("today", "accent", "Heute", 1), [TaskRow("phone", "ok", *"Abcdek")])])
    listing.setCurrentIndex(listing.model().index(1, 0))
    cards = CardList([CardItem("a", "A", "b", "c", "file-text", badges=[("gültig", "ok", "present")])])
    put(window, scale, GasBar(0, editable=True), Stepper(STEPS), listing, cards)
    put(window, Notice("warn", "Titel", "Text"), Badge("Übung", dashed=True), NewPassphrase(inline_work))
    put(window, primary("Los", "plus", "big"))
    assert not window.grab().isNull()
    assert all(button.sizeHint().height() >= 26 for button in window.findChildren(QPushButton))
