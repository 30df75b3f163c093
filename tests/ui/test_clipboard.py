"""What is copied out of KIMdesk is marked, goes after a while, and what others copied is never touched."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QMimeData, QObject, Qt
from PySide6.QtGui import QClipboard
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTableWidget, QTableWidgetItem, QTextBrowser, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from ui.program.clipboard import ClipboardGuard

Make = Callable[..., ClipboardGuard]
MAIN, SELECTION = QClipboard.Mode.Clipboard, QClipboard.Mode.Selection


class Whose:
    """Who filled the clipboard last: the offscreen platform does not know."""

    def __init__(self) -> None:
        self.ours = True

    def __call__(self, _: QClipboard.Mode) -> bool:
        return self.ours


@pytest.fixture
def clipboard(qapp: QApplication) -> Iterator[QClipboard]:
    board = qapp.clipboard()
    board.clear()
    yield board
    board.clear()


@pytest.fixture
def whose() -> Whose:
    return Whose()


@pytest.fixture
def guard(clipboard: QClipboard, whose: Whose) -> Iterator[Make]:
    made: list[QObject] = []

    def make(kept_s: float = 30.0) -> ClipboardGuard:
        parent = QObject()
        made.append(parent)
        return ClipboardGuard(parent, clipboard, whose, kept_s)

    yield make
    for parent in made:
        delete(parent)


def field(text: str) -> QWidget:
    made = QLineEdit(text)
    made.selectAll()
    return made


def table(text: str) -> QWidget:
    made = QTableWidget(1, 1)
    made.setItem(0, 0, QTableWidgetItem(text))
    made.setCurrentCell(0, 0)
    return made


def browser(text: str) -> QWidget:
    made = QTextBrowser()
    made.setPlainText(text)
    made.selectAll()
    return made


@pytest.mark.parametrize("make_widget", [field, table, browser])
def test_a_copy_is_marked_as_secret_and_goes_after_a_while(
    guard: Make, clipboard: QClipboard, qtbot: QtBot, make_widget: Callable[[str], QWidget]
) -> None:
    guard(0.05)
    widget = make_widget("Amna Osman")
    qtbot.addWidget(widget)
    widget.show()
    QTest.keyClick(widget, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = clipboard.mimeData()
    assert clipboard.text() == "Amna Osman", "pasting works meanwhile"
    assert copied.data("x-kde-passwordManagerHint").data() == b"secret"
    windows = 'application/x-qt-windows-mime;value="{}"'
    assert copied.hasFormat(windows.format("ExcludeClipboardContentFromMonitorProcessing"))
    assert copied.data(windows.format("CanIncludeInClipboardHistory")).data() == bytes(4)
    qtbot.waitUntil(lambda: clipboard.text() == "")


def test_locking_clears_at_once(guard: Make, clipboard: QClipboard) -> None:
    made = guard()
    clipboard.setText("Amna Osman")
    made.clear()
    assert clipboard.text() == ""


def test_what_another_program_copied_stays_and_is_not_marked(
    guard: Make, clipboard: QClipboard, whose: Whose
) -> None:
    made = guard()
    whose.ours = False
    clipboard.setText("Einkaufszettel")
    made.clear()
    assert clipboard.text() == "Einkaufszettel"
    assert clipboard.mimeData().formats() == ["text/plain"]


def test_what_another_program_copied_afterwards_stays(
    guard: Make, clipboard: QClipboard, whose: Whose
) -> None:
    made = guard(0.02)
    clipboard.setText("Amna Osman")
    whose.ours = False
    clipboard.setText("Einkaufszettel")
    QTest.qWait(60)
    made.clear()
    assert clipboard.text() == "Einkaufszettel"


def test_a_second_copy_gets_its_own_time(guard: Make, clipboard: QClipboard) -> None:
    guard(0.2)
    clipboard.setText("Amna")
    QTest.qWait(120)
    clipboard.setText("Osman")
    QTest.qWait(120)
    assert clipboard.text() == "Osman"


def test_rich_contents_stay_whole(guard: Make, clipboard: QClipboard) -> None:
    guard()
    rich = QMimeData()
    rich.setText("Amna")
    rich.setHtml("<b>Amna</b>")
    clipboard.setMimeData(rich)
    assert clipboard.mimeData().text() == "Amna"
    assert "<b>Amna</b>" in clipboard.mimeData().html()


class Changes:
    """The signal of the clipboard below."""

    def __init__(self) -> None:
        self.tell: Callable[[QClipboard.Mode], None] = lambda _: None

    def connect(self, listener: Callable[[QClipboard.Mode], None]) -> None:
        self.tell = listener


class Selecting:
    """Stands for the clipboard of X11, which keeps a selection beside the copy; offscreen has none."""

    def __init__(self) -> None:
        self.kept: dict[QClipboard.Mode, QMimeData] = {}
        self.changed = Changes()

    def mimeData(self, mode: QClipboard.Mode) -> QMimeData | None:  # noqa: N802 - a name of Qt
        return self.kept.get(mode)

    def setMimeData(self, data: QMimeData, mode: QClipboard.Mode) -> None:  # noqa: N802
        self.kept[mode] = data
        self.changed.tell(mode)

    def clear(self, mode: QClipboard.Mode) -> None:
        self.kept.pop(mode, None)


def test_what_is_only_selected_goes_too(qapp: QApplication) -> None:
    board = Selecting()
    parent = QObject()
    made = ClipboardGuard(parent, board, lambda _: True)  # type: ignore[arg-type]
    selected = QMimeData()
    selected.setText("Amna Osman")
    board.setMimeData(selected, SELECTION)
    assert board.kept[SELECTION].hasFormat("x-kde-passwordManagerHint")
    other = QMimeData()
    other.setText("Einkaufszettel")
    made._owns = lambda _: False
    board.setMimeData(other, MAIN)
    made.clear()
    assert list(board.kept) == [MAIN]
    delete(parent)
