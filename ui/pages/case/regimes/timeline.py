"""The timeline of a household, painted: person by strand, gaps hatched. The list below says the same."""

from datetime import date

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from kimdesk.domain.records import CaseFile
from ui.pages.case.regimes import paint
from ui.pages.case.regimes.coming import Coming, coming
from ui.pages.case.regimes.lines import HEAD, Block, Stretch, blocks
from ui.pages.case.timescale import TimeScale, month_start
from ui.text import tr
from ui.theme import theme

_NAMES = 150
_BEFORE = -4  # months shown before the current one


class Timeline(QWidget):
    """Shows twelve months; ``wanted`` carries the spell that was clicked ("regime_spell:id")."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("regime_timeline")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Legal regimes in the household"))
        self.months, self.shift = 12, 0
        self._file: CaseFile | None = None
        self._today = date.min
        self._scale: TimeScale | None = None
        self._blocks: tuple[Block, ...] = ()
        self._coming: tuple[Coming, ...] = ()
        self._at = 0

    def show_file(self, file: CaseFile, today: date) -> None:
        """Show the household of ``file`` around ``today``."""
        self._file, self._today, self._at = file, today, 0
        self._coming = coming(file, today)
        self._lay_out()

    def move_by(self, months: int) -> None:
        """Show earlier or later months."""
        self.shift += months
        self._lay_out()

    def span(self) -> tuple[date, date]:
        """Return the first day shown and the first one after."""
        start = month_start(self._today, _BEFORE + self.shift)
        return start, month_start(start, self.months)

    def sizeHint(self) -> QSize:
        """Return the height all persons need."""
        height = self._blocks[-1].top + self._blocks[-1].height if self._blocks else theme().px(HEAD)
        return QSize(theme().px(560), round(height) + 1)

    def minimumSizeHint(self) -> QSize:
        """Return a width at which months can still be told apart."""
        return QSize(theme().px(460), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Spread the months over the new width."""
        self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the timeline."""
        if self._scale is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.paint(painter, self._blocks, self._scale, self._coming, self.width(), self._today)
        bars = self._bars()
        if self.hasFocus() and bars:
            paint.paint_focus(painter, bars[self._at % len(bars)][1])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move along the bars, open one with Enter, move in time with Page Up and Down."""
        bars = self._bars()
        turn = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        key = Qt.Key(event.key())
        if bars and key in turn:
            self._at = (self._at + turn[key]) % len(bars)
            self.setAccessibleDescription(bars[self._at][0].spoken)
            self.update()
        elif bars and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(bars[self._at % len(bars)][0])
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.move_by(3 if key == Qt.Key.Key_PageDown else -3)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the bar under the pointer."""
        if found := self._under(event.position()):
            self._open(found)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show that bars can be opened."""
        found = self._under(event.position())
        hot = found is not None and bool(found.key)
        self.setCursor(Qt.CursorShape.PointingHandCursor if hot else Qt.CursorShape.ArrowCursor)

    def event(self, event: QEvent) -> bool:
        """Say what a bar is in its tool tip."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            found = self._under(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), found.spoken if found else "", self)
            return True
        return super().event(event)

    def _open(self, stretch: Stretch) -> None:
        if stretch.key:
            self.wanted.emit(stretch.key)

    def _lay_out(self) -> None:
        if self._file is None:
            return
        look = theme()
        start, _ = self.span()
        self._scale = TimeScale(start, self.months, look.px(_NAMES), self.width() - look.px(12))
        self._blocks = blocks(self._file, self._scale, self._today, look.zoom)
        lines = [f"{block.name}: {stretch.spoken}" for block in self._blocks for stretch, _ in _of(block)]
        self.setAccessibleDescription("; ".join(lines))
        self.setFixedHeight(self.sizeHint().height())
        self.update()

    def _bars(self) -> list[tuple[Stretch, QRectF]]:
        return [pair for block in self._blocks for pair in _of(block)]

    def _under(self, place: QPointF) -> Stretch | None:
        return next((stretch for stretch, bar in self._bars() if bar.contains(place)), None)


def _of(block: Block) -> list[tuple[Stretch, QRectF]]:
    return [(stretch, paint.place_of(stretch, line)) for line in block.lines for stretch in line.stretches]
