"""The timeline of a household, painted and worked on. The list says the same in words."""

from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from kimdesk.domain.records import CaseFile, RecordRef
from ui.canvas.paint import Sight, paint_flag_above, paint_frame
from ui.canvas.scale import Scale
from ui.regimes import keys, paint
from ui.regimes.coming import Coming, coming
from ui.regimes.drag import Drag, edge_at, grab
from ui.regimes.frame import Frame, first_frame
from ui.regimes.lines import HEAD, Block, Stretch, blocks
from ui.text import tr
from ui.theme import theme

_NAMES = 150
_DAY = timedelta(days=1)
Bars = list[tuple[Stretch, QRectF]]


class Timeline(QWidget):
    """Shows the spells of a household; its signals carry references to them.

    ``wanted``: open it. ``removed``: remove it. ``placed``: its end (START, END) is to be on a day.
    ``added``: one is to be added in a strand (lane or "title") for a person from a day. ``told``: what the
    hand is about to do. ``framed``: other months, another zoom.
    """

    wanted = Signal(object)
    removed = Signal(object)
    placed = Signal(object, str, object)
    added = Signal(str, str, object)
    told = Signal(str)
    framed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("regime_timeline")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Legal regimes in the household"))
        self.frame: Frame = Frame()
        self._file: CaseFile | None = None
        self._today = date.min
        self._scale: Scale | None = None
        self._blocks: tuple[Block, ...] = ()
        self._coming: tuple[Coming, ...] = ()
        self._bars: Bars = []
        self._at = 0
        self._drag: Drag | None = None
        self._painted: QPixmap | None = None

    def changeEvent(self, event: QEvent) -> None:
        """Paint anew in other colours."""
        self._painted = None
        super().changeEvent(event)

    def show_file(self, file: CaseFile, today: date) -> None:
        """Show the household of ``file`` around ``today``; what was chosen stays while it exists."""
        kept = self.chosen.ref if self.chosen else None
        if self._file is None:
            self.frame = first_frame(file)
        self._file, self._today, self._drag = file, today, None
        self._coming = coming(file, today)
        self._lay_out()
        self.choose(kept)

    def show_frame(self, frame: Frame) -> None:
        """Show other months, another zoom, another person."""
        self.frame = frame
        self._lay_out()
        self.framed.emit()

    def turn(self, direction: int) -> None:
        """Show earlier (−1) or later (1) times."""
        self.show_frame(self.frame.turned(direction))

    def fold(self, person_id: str) -> None:
        """Fold a person, or unfold them."""
        self.show_frame(self.frame.toggled(person_id))
        self._at = next((n for n, (one, _) in enumerate(self._bars) if one.person == person_id), 0)
        self._tell()

    @property
    def chosen(self) -> Stretch | None:
        """Return the bar that has the keyboard."""
        return self._bars[self._at % len(self._bars)][0] if self._bars else None

    @property
    def picture(self) -> tuple[Block, ...]:
        """Return what is painted."""
        return self._blocks

    def span(self) -> tuple[date, date]:
        """Return the first day shown and the first one after."""
        assert self._scale is not None  # noqa: S101 - asked of a shown case only
        return self._scale.start, self._scale.end

    def place_of(self, ref: RecordRef) -> QRectF:
        """Return where the bar of a record stands, nowhere when it is not shown."""
        return next((place for one, place in self._bars if one.ref == ref), QRectF())

    def choose(self, ref: RecordRef | None) -> None:
        """Put the keyboard on the bar of a record."""
        self._at = next((n for n, (one, _) in enumerate(self._bars) if ref and one.ref == ref), self._at)
        self._tell()

    def step(self, direction: int) -> None:
        """Go to the next bar or the one before; beyond the last the first."""
        self._at = (self._at + direction) % len(self._bars)
        self._tell()

    def climb(self, direction: int) -> None:
        """Go to the nearest bar in the row below or above."""
        here = self._bars[self._at][1]
        rows = sorted({place.top() for _, place in self._bars})
        row = rows[(rows.index(here.top()) + direction) % len(rows)]
        inside = [number for number, (_, place) in enumerate(self._bars) if place.top() == row]
        self._at = min(inside, key=lambda number: abs(self._bars[number][1].center().x() - here.center().x()))
        self._tell()

    def open_chosen(self) -> None:
        """Open the chosen bar; a gap is where something is to be added."""
        if self.chosen:
            self._open(self.chosen)

    def add_after(self, one: Stretch) -> None:
        """Ask for a new spell in the strand of ``one``: in a gap from its first day, else after it."""
        day = one.first if one.style in ("gap", "awaited") else one.last and one.last + _DAY
        self.added.emit(one.strand, one.person, day or self._today)

    def sizeHint(self) -> QSize:
        """Return the height all persons need."""
        height = self._blocks[-1].top + self._blocks[-1].height if self._blocks else theme().px(HEAD)
        return QSize(theme().px(560), round(height) + 1)

    def minimumSizeHint(self) -> QSize:
        """Return a width at which months can still be told apart."""
        return QSize(theme().px(460), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Spread the months over the new width."""
        if event.size().width() != event.oldSize().width():
            self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the timeline, and what the hand is doing."""
        if self._scale is None:
            return
        if self._painted is None or self._painted.devicePixelRatio() != self.devicePixelRatioF():
            self._painted = self._paint_all(self._scale)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPixmap(0, 0, self._painted)
        if self._drag and self._drag.day:
            ghost = self._drag.ghost(self._scale)
            paint_frame(painter, ghost, 2, paint.RADIUS)
            sight = Sight(self.width(), 0, self.height())
            paint_flag_above(painter, ghost.topLeft(), self._drag.words(), sight)
        elif self.hasFocus() and self._bars:
            paint_frame(painter, self._bars[self._at % len(self._bars)][1], 2, paint.RADIUS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose, open, add, remove, move an end: see ``keys.press``."""
        if not keys.press(self, event):
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Go along time when the wheel is turned sideways; up and down belong to the page."""
        aside = event.angleDelta().x()
        if aside:
            self.turn(-1 if aside > 0 else 1)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Hold the bar under the pointer, or one of its ends."""
        found = self._under(event.position())
        if found and event.button() == Qt.MouseButton.LeftButton:
            self._drag = grab(*found, event.position())
            self._at = self._bars.index(found)
            self._tell()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Lead the end that is held; otherwise show what could be done here."""
        if self._drag and self._scale and event.buttons() & Qt.MouseButton.LeftButton:
            self._drag = self._drag.led(event.position().x(), self._scale)
            self.told.emit(self._drag.words())
            self.update()
            return
        found = self._under(event.position())
        edge = edge_at(*found, event.position().x()) if found else ""
        hand = (
            Qt.CursorShape.PointingHandCursor
            if found and (found[0].ref or found[0].style == "folded")
            else Qt.CursorShape.ArrowCursor
        )
        self.setCursor(Qt.CursorShape.SizeHorCursor if edge else hand)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Do what was dragged; a mere click opens the bar, one on a name folds the person."""
        drag, self._drag = self._drag, None
        self.update()
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if drag is None:
            self._fold_at(event.position())
        elif drag.day and drag.edge:
            self.placed.emit(drag.stretch.ref, drag.edge, drag.day)
        elif not drag.far:
            self._open(drag.stretch)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Add a spell where a strand is empty."""
        point = event.position()
        if self._scale is None or self._under(point) or point.x() < self._scale.left:
            return
        for block in self._blocks:
            for line in block.lines:
                if line.strand and line.top <= point.y() < line.top + theme().px(22):
                    self.added.emit(line.strand, block.person, self._scale.day_at(point.x()))

    def event(self, event: QEvent) -> bool:
        """Say what a bar is in its tool tip."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            found = self._under(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), found[0].spoken if found else "", self)
            return True
        return super().event(event)

    def _open(self, stretch: Stretch) -> None:
        if stretch.style == "folded":
            self.fold(stretch.person)
        elif stretch.ref:
            self.wanted.emit(stretch.ref)
        elif stretch.style == "gap":
            self.add_after(stretch)

    def _fold_at(self, point: QPointF) -> None:
        block = next((one for one in self._blocks if one.top <= point.y() < one.top + one.height), None)
        if block and self._scale and point.x() < self._scale.left and len(self._blocks) > 1:
            self.fold(block.person)

    def _paint_all(self, scale: Scale) -> QPixmap:
        """Return the picture without what hand and keyboard add: it is kept until something changes."""
        ratio = self.devicePixelRatioF()
        painted = QPixmap(self.size() * ratio)
        painted.setDevicePixelRatio(ratio)
        painted.fill(theme().color("surface"))
        painter = QPainter(painted)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.paint(painter, self._blocks, scale, self._coming, self.width(), self._today)
        painter.end()
        return painted

    def _lay_out(self) -> None:
        if self._file is None:
            return
        look = theme()
        self._painted = None
        right = self.width() - look.px(12)
        self._scale = self.frame.scale(self._file, self._today, look.px(_NAMES), right)
        self._blocks = blocks(self._file, self._scale, self._today, look.zoom, self.frame)
        self._bars = [
            (stretch, paint.place_of(stretch, line))
            for block in self._blocks
            for line in block.lines
            for stretch in line.stretches
        ]
        self._at = min(self._at, max(len(self._bars) - 1, 0))
        self.setFixedHeight(self.sizeHint().height())
        self._tell()

    def _tell(self) -> None:
        """Let a screen reader hear the chosen bar."""
        one = self.chosen
        block = next((each for each in self._blocks if one and each.person == one.person), None)
        self.setAccessibleDescription(f"{block.name}: {one.spoken}" if block and one else "")
        self.update()

    def _under(self, point: QPointF) -> tuple[Stretch, QRectF] | None:
        found = [pair for pair in self._bars if pair[1].contains(point)]
        return next((pair for pair in found if pair[0].ref), found[0] if found else None)
