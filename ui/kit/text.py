"""Text on the screen, with the line heights of the look."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from ui.kit.base import restyle
from ui.theme import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QTextCharFormat, QTextLayout

_COMFORTABLE = 360  # the width a text over several lines asks for, at 100 %
_LONG_WORD = 140  # pixels at 100 %: a longer word may be broken, so that no name of an office widens a column
_ENDLESS = 1 << 20
_LINE_BREAK = "\u2028"


class Text(QLabel):
    """A label with a ``use`` (title, section, body, strong, table, label, meta …) and a tone.

    ``wrap`` lets it run over several lines, ``lead`` is set in bold before it, ``center`` centres the lines.
    """

    def __init__(self, text: str = "", use: str = "body", tone: str = "text", wrap: bool = False,
                 lead: str = "", center: bool = False) -> None:  # fmt: skip
        super().__init__()
        self._plain = self._lead = ""
        self._use = use
        self._center = center
        self._laid: tuple[tuple[int, str], QTextLayout, int] | None = None
        self._heights: dict[int, int] = {}  # by width: layouts ask again and again
        self.setProperty("use", use)
        self.setProperty("tone", tone)
        self.setMinimumHeight(theme().line(use))
        self._wrap = False
        if wrap:
            self.set_wrap(True)
        self.setText(text, lead)

    def setText(self, text: str, lead: str = "") -> None:
        """Show ``text``, never read as markup, after a bold ``lead`` if there is one."""
        self._plain, self._lead, self._laid = text, lead, None
        self._heights.clear()
        whole = f"{lead} {text}".strip()
        self.setFont(theme().font(self._use, whole))
        self.setAccessibleName(whole)
        super().setText(whole)
        self.updateGeometry()

    def text(self) -> str:
        """Return the text without its lead."""
        return self._plain

    def set_wrap(self, wrap: bool) -> None:
        """Let the text run over several lines, or not."""
        if wrap != self._wrap:
            self._wrap = wrap
            self.setWordWrap(wrap)
            vertical = QSizePolicy.Policy.Minimum if wrap else QSizePolicy.Policy.Preferred
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, vertical)
            policy.setHeightForWidth(wrap)
            self.setSizePolicy(policy)

    def set_tone(self, tone: str) -> None:
        """Show the text in another colour."""
        restyle(self, tone=tone)

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines at ``width``."""
        if not self._painted():
            return super().heightForWidth(width)
        if width not in self._heights:
            self._heights[width] = self._lines(width)[1]
        return self._heights[width]

    def sizeHint(self) -> QSize:
        """Return a comfortable width and the height that goes with it."""
        if not self._painted():
            return super().sizeHint()
        natural = QFontMetrics(theme().bold(self._use)).horizontalAdvance(f"{self._lead} {self._plain}") + 2
        width = min(natural, theme().px(_COMFORTABLE))
        return QSize(width, self._lines(width)[1])

    def minimumSizeHint(self) -> QSize:
        """Return the longest word and one line; a very long word is broken where there is no room for it."""
        if not self._painted():
            return super().minimumSizeHint()
        metrics = QFontMetrics(self.font())
        words = f"{self._lead} {self._plain}".split() or [""]
        longest = max(metrics.horizontalAdvance(word) for word in words) + 2
        room = theme().px(_LONG_WORD) if self._wrap else longest
        return QSize(min(longest, room), theme().line(self._use))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines."""
        if not self._painted():
            super().paintEvent(event)
            return
        layout, _ = self._lines(self.width())
        layout.draw(QPainter(self), QPointF(0, 0))

    def _painted(self) -> bool:
        """Return whether the lines are laid out here; a single plain line is left to Qt."""
        return self._wrap or bool(self._lead)

    def _lines(self, width: int) -> "tuple[QTextLayout, int]":
        asked = (width, self._tone())
        if self._laid is None or self._laid[0] != asked:
            self._laid = (asked, *self._lay(width if self._wrap else _ENDLESS))
        return self._laid[1], self._laid[2]

    def _lay(self, width: int) -> "tuple[QTextLayout, int]":
        from PySide6.QtGui import QTextLayout

        from ui.kit.wrapping import breaking

        whole = f"{self._lead} {self._plain}" if self._lead else self._plain
        layout = QTextLayout(whole.replace("\n", _LINE_BREAK), self.font())
        layout.setFormats(self._formats())
        layout.setTextOption(breaking(layout))
        layout.beginLayout()
        step, top = theme().line(self._use), 0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            left = (width - line.naturalTextWidth()) / 2 if self._center else 0.0
            line.setPosition(QPointF(left, top + (step - line.height()) / 2))
            top += step
        layout.endLayout()
        return layout, max(top, step)

    def _tone(self) -> str:
        return str(self.property("tone")) if self.isEnabled() else "text-3"

    def _formats(self) -> "list[QTextLayout.FormatRange]":
        """Return the colour of the whole text and the weight of its lead."""
        from PySide6.QtGui import QTextCharFormat

        plain = QTextCharFormat()
        plain.setForeground(theme().brush(self._tone()))
        if not self._lead:
            return [_span(0, len(self._plain), plain)]
        bold = QTextCharFormat()
        bold.setFont(theme().bold(self._use))
        bold.setForeground(plain.foreground())
        start = len(self._lead)
        return [_span(0, start, bold), _span(start, len(self._plain) + 1, plain)]


def _span(start: int, length: int, look: "QTextCharFormat") -> "QTextLayout.FormatRange":
    from PySide6.QtGui import QTextLayout

    span = QTextLayout.FormatRange()
    span.start, span.length, span.format = start, length, look
    return span
