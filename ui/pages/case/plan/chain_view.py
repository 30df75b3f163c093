"""The integration chain, painted: bars per strand, arrows, today. The list beside it says the same."""

from datetime import date

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from kimdesk.domain.records import CaseFile
from ui.pages.case.plan import chain_paint
from ui.pages.case.plan.chain import BAR, Bar, Chain, chain
from ui.text import tr
from ui.theme import theme

_NAMES = 132  # pixels for the names of the strands


class ChainView(QWidget):
    """Shows a plan; ``wanted`` carries the measure that was clicked or entered; arrow keys move along."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("chain_view")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Integration chain"))
        self._file: CaseFile | None = None
        self._today = date.min
        self._chain: Chain | None = None
        self._at = 0

    def show_file(self, file: CaseFile, today: date) -> None:
        """Show the plan of ``file`` on ``today``."""
        self._file, self._today, self._at = file, today, 0
        self._lay_out()

    @property
    def left_out(self) -> int:
        """Return how many measures have no place in the picture."""
        return self._chain.left_out if self._chain else 0

    def sizeHint(self) -> QSize:
        """Return the height all strands need."""
        return QSize(theme().px(520), round(self._chain.height) + 1 if self._chain else theme().px(60))

    def minimumSizeHint(self) -> QSize:
        """Return a width at which months can still be told apart."""
        return QSize(theme().px(420), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Spread the months over the new width."""
        self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint grid, today, arrows and bars."""
        if self._chain is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chain_paint.paint(painter, self._chain, self.width(), self._today)
        if self.hasFocus() and self._chain.bars:
            chain_paint.paint_focus(painter, self._chain.bars[self._at])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move along the bars, open one with Enter."""
        bars = self._chain.bars if self._chain else ()
        turn = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        if bars and event.key() in turn:
            self._at = (self._at + turn[Qt.Key(event.key())]) % len(bars)
            self.setAccessibleDescription(bars[self._at].spoken)
            self.update()
        elif bars and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.wanted.emit(bars[self._at].key)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the bar under the pointer."""
        if bar := self._under(event.position()):
            self.wanted.emit(bar.key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show that bars can be opened."""
        bar = self._under(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if bar else Qt.CursorShape.ArrowCursor)

    def event(self, event: QEvent) -> bool:
        """Say what a bar is in its tool tip."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            bar = self._under(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), bar.spoken if bar else "", self)
            return True
        return super().event(event)

    def _lay_out(self) -> None:
        if self._file is None:
            return
        look = theme()
        metrics = QFontMetrics(look.font("medium"))
        left, right = look.px(_NAMES), self.width() - look.px(4)
        self._chain = chain(self._file, self._today, left, right, look.zoom, metrics.horizontalAdvance)
        spoken = "; ".join(bar.spoken for bar in self._chain.bars)
        self.setAccessibleDescription(spoken)
        self.setFixedHeight(self.sizeHint().height())
        self.update()

    def _under(self, place: QPointF) -> Bar | None:
        height = theme().px(BAR)
        for bar in self._chain.bars if self._chain else ():
            if QRectF(bar.left, bar.top, bar.right - bar.left, height).contains(place):
                return bar
        return None
