"""A large button with an icon, a title and a sentence: one of a few ways on."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from ui.kit.icons import paint_icon
from ui.kit.rows import paint_text
from ui.kit.wrapping import wrapped
from ui.theme import theme

_TEXT_LEFT, _RIGHT = 58, 44


class ChoiceCard(QAbstractButton):
    """Painted like a card; hover and focus show in its frame."""

    def __init__(self, icon: str, title: str, words: str) -> None:
        super().__init__()
        self._icon = icon
        self._words = words
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("own_focus", True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def heightForWidth(self, width: int) -> int:
        """Return the height of the title and of the sentence at ``width``."""
        look = theme()
        return look.px(24) + look.line("strong") + look.line("table") * len(self._lines(width))

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        width = theme().px(480)
        return QSize(width, self.heightForWidth(self.width() if self.width() > width else width))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card."""
        look, px = theme(), theme().px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        active = self.hasFocus() or self.underMouse()
        width = 2 if self.hasFocus() else 1
        painter.setPen(QPen(look.color("accent" if active else "line-strong"), width))
        painter.setBrush(look.color("tint" if self.isDown() else "surface"))
        frame = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.drawRoundedRect(frame, px(10), px(10))
        middle = frame.center().y()
        paint_icon(painter, QRectF(px(18), middle - px(12), px(24), px(24)), self._icon, look.color("accent"))
        caret = QRectF(frame.right() - px(32), middle - px(8), px(16), px(16))
        paint_icon(painter, caret, "caret-right", look.color("text-2"))
        line = QRectF(px(_TEXT_LEFT), px(12), self.width() - px(_TEXT_LEFT + _RIGHT), look.line("strong"))
        paint_text(painter, line, self.text(), "strong")
        top = line.bottom()
        for words in self._lines(self.width()):
            row = QRectF(line.left(), top, line.width(), look.line("table"))
            paint_text(painter, row, words, "table", "text-2")
            top += look.line("table")

    def _lines(self, width: int) -> tuple[str, ...]:
        return wrapped(self._words, "table", width - theme().px(_TEXT_LEFT + _RIGHT))
