"""The top bar: search at the left; at the right what kind of vault this is, and the lock."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from kimdesk.texts import say
from ui.kit.base import spaced
from ui.kit.buttons import keys_width, paint_keys, secondary
from ui.kit.icons import paint_icon
from ui.kit.practice import practice_badge, restored_badge
from ui.theme import theme

HEIGHT = 52
_LOW = 40  # with large text
_SEARCH_WIDTH = 440
_STAYS = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


class SearchField(QLineEdit):
    """A line with a lens and the keys that lead to it."""

    stepped = Signal(int)  # arrow keys: −1 up, +1 down
    left = Signal()
    asked = Signal()  # clicked, or an arrow key, with nothing typed

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("search")
        self.setAccessibleName(say("shell.search_person_file_number_or"))
        self.setPlaceholderText(say("shell.search_person_file_number_or"))
        self.setMaximumWidth(theme().px(_SEARCH_WIDTH))
        self._keys = say("shell.ctrl_k")
        self.setTextMargins(theme().px(24), 0, keys_width(self._keys), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line, the lens and the keys."""
        super().paintEvent(event)
        px = theme().px
        painter = QPainter(self)
        middle = self.height() / 2
        lens = QRectF(px(11), middle - px(8), px(16), px(16))
        paint_icon(painter, lens, "magnifying-glass", theme().color("text-2"))
        if not self.hasFocus():
            width = keys_width(self._keys)
            place = QRect(self.width() - width - px(8), round(middle - px(10)), width, px(20))
            paint_keys(painter, place, self._keys)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand the arrow keys on to the results; Escape leaves."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None and not self.text():
            self.asked.emit()
        if step is not None:
            self.stepped.emit(step)
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask what there is before anything is typed."""
        super().mousePressEvent(event)
        if not self.text():
            self.asked.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leave what was offered without being asked for by a word."""
        super().focusOutEvent(event)
        if not self.text() and event.reason() not in _STAYS:
            self.left.emit()


class TopBar(QFrame):
    """Search, practice mark and lock."""

    lock_pressed = Signal()
    resized = Signal()

    def __init__(self, practice: bool) -> None:
        super().__init__()
        self.setObjectName("top_bar")
        self.setFixedHeight(theme().px(_LOW if theme().stacked else HEIGHT))
        self._row = row = QHBoxLayout(self)
        spaced(row, 12, (20, 0, 20, 0))
        self.search = SearchField()
        row.addWidget(self.search, 4)
        row.addStretch(1)
        if practice:
            row.addWidget(practice_badge())
        self._marks = row.count()
        self.lock = secondary(say("shell.lock"), "lock-simple")
        self.lock.setObjectName("lock")
        if not theme().stacked:
            self.lock.set_hint(say("shell.ctrl_l"))
        self.lock.clicked.connect(self.lock_pressed)
        row.addWidget(self.lock)
        self.search.installEventFilter(self)

    def show_restored(self, words: str) -> None:
        """Say that the vault was restored, beside the other marks."""
        self._row.insertWidget(self._marks, restored_badge(words))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Say when the search field moved."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self.resized.emit()
        return super().eventFilter(watched, event)

    def below_search(self, window: QWidget) -> QRect:
        """Return the strip below the search field in the coordinates of ``window``."""
        place = self.search.rect()
        corner = self.search.mapTo(window, QPoint(0, place.height() + theme().px(4)))
        return QRect(corner, place.size())
