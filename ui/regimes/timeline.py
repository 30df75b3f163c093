"""The timeline of a household, painted and worked on: bars per person and strand, today, what is coming."""

from datetime import date

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPaintEvent, QWheelEvent

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.records import CaseFile
from kimdesk.pictures.scale import Scale
from kimdesk.texts import say
from ui.canvas.keys import OPEN, REMOVE, ROWS, SIDES, WEEK, Key, Modifier
from ui.canvas.paint import Sight, paint_flag_above, paint_frame
from ui.canvas.view import Canvas
from ui.regimes import paint
from ui.regimes.bars import Bars
from ui.regimes.coming import Coming, coming
from ui.regimes.drag import END, SpellDrag, begins_after, edge_at, end_moved, grab, name_at
from ui.regimes.frame import TimelineFrame, first_frame
from ui.regimes.lines import HEAD, StrandBlock, Stretch, blocks
from ui.theme import theme

_NAMES = 150
_TIME = {Key.Key_PageDown: 1, Key.Key_PageUp: -1}


class Timeline(Canvas):
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

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        super().__init__("regime_timeline", say("regimes.legal_regimes_household"), width=(560, 460))
        self.frame: TimelineFrame = TimelineFrame()
        self.scale: Scale | None = None
        self.picture: tuple[StrandBlock, ...] = ()
        self.bars = Bars(self._tell)
        self._file: CaseFile | None = None
        self._today = date.min
        self._coming: tuple[Coming, ...] = ()
        self._drag: SpellDrag | None = None
        self._bind()

    def show_file(self, file: CaseFile, today: date) -> None:
        """Show the household of ``file`` around ``today``; what was chosen stays while it exists."""
        kept = self.bars.chosen.ref if self.bars.chosen else None
        if self._file is None:
            self.frame = first_frame(file)
        self._file, self._today, self._drag = file, today, None
        self._coming = coming(self._catalogue, file, today)
        self.lay_out()
        self.bars.choose(kept)

    def show_frame(self, frame: TimelineFrame) -> None:
        """Show other months, another zoom, another person."""
        self.frame = frame
        self.lay_out()
        self.framed.emit()

    def turn(self, direction: int) -> None:
        """Show earlier (−1) or later (1) times."""
        self.show_frame(self.frame.turned(direction))

    def fold(self, person_id: str) -> None:
        """Fold a person, or unfold them."""
        self.show_frame(self.frame.toggled(person_id))
        self.bars.choose_of(person_id)

    def at_keyboard(self) -> Stretch | None:
        """Return the bar that has the keyboard."""
        return self.bars.chosen

    def picture_height(self) -> int:
        """Return the height all persons need."""
        last = self.picture[-1] if self.picture else None
        return round(last.top + last.height if last else theme().px(HEAD)) + 1

    def lay_out(self) -> None:
        """Spread the months over the width."""
        if self._file is None:
            return
        look = theme()
        right = self.width() - look.px(12)
        self.scale = self.frame.scale(self._file, self._today, look.px(_NAMES), right)
        self.picture = blocks(self._catalogue, self._file, self.scale, self._today, look.zoom, self.frame)
        self.bars.lay(
            (stretch, paint.place_of(stretch, line))
            for block in self.picture
            for line in block.lines
            for stretch in line.stretches
        )
        self.fit()

    def spoken_at(self, place: QPointF) -> str:
        """Say what a bar is."""
        found = self.bars.at(place)
        return found[0].spoken if found else ""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the timeline, and what the hand is doing."""
        scale = self.scale
        if scale is None:
            return
        shown = (self.picture, scale, self._coming, self.width(), self._today)
        picture = self.kept(lambda painter: paint.paint(painter, *shown))
        painter = self.painter()
        painter.drawPixmap(0, 0, picture)
        if self._drag and self._drag.day:
            ghost = self._drag.ghost(scale)
            paint_frame(painter, ghost, 2, paint.RADIUS)
            sight = Sight(self.width(), 0, self.height())
            paint_flag_above(painter, ghost.topLeft(), self._drag.words(), sight)
        elif self.hasFocus() and self.bars.chosen:
            paint_frame(painter, self.bars.place, 2, paint.RADIUS)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Go along time when the wheel is turned sideways; up and down belong to the page."""
        aside = event.angleDelta().x()
        if aside:
            self.turn(-1 if aside > 0 else 1)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Hold the bar under the pointer, or one of its ends."""
        found = self.bars.at(event.position())
        if found and event.button() == Qt.MouseButton.LeftButton:
            self._drag = grab(*found, event.position())
            self.bars.take(found)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Lead the end that is held; otherwise show what could be done here."""
        if self._drag and self.scale and event.buttons() & Qt.MouseButton.LeftButton:
            self._drag = self._drag.led(event.position().x(), self.scale)
            self.told.emit(self._drag.words())
            self.update()
            return
        found = self.bars.at(event.position())
        edge = edge_at(*found, event.position().x()) if found else ""
        opens = found is not None and (found[0].ref is not None or found[0].style == "folded")
        hand = Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor
        self.setCursor(Qt.CursorShape.SizeHorCursor if edge else hand)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Do what was dragged; a mere click opens the bar, one on a name folds the person."""
        drag, self._drag = self._drag, None
        self.update()
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if drag is None:
            person = name_at(self.picture, self.scale, event.position())
            if person:
                self.fold(person)
        elif drag.day and drag.edge:
            self.placed.emit(drag.stretch.ref, drag.edge, drag.day)
        elif not drag.far:
            self._open(drag.stretch)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Add a spell where a strand is empty."""
        point = event.position()
        if self.scale is None or self.bars.at(point) or point.x() < self.scale.left:
            return
        for block in self.picture:
            for line in block.lines:
                if line.strand and line.top <= point.y() < line.top + theme().px(22):
                    self.added.emit(line.strand, block.person, self.scale.day_at(point.x()))

    def _bind(self) -> None:
        """Arrows choose a bar, Strg with left and right moves its end by a day (with the shift key a week),
        Enter opens, + adds one after it in the same strand, Entf removes, F folds the person, Z shows more
        time (with the shift key less), page up and down go along it.
        """
        on, ask = self.keys.on, self.keys.ask
        on(_TIME, self.turn)
        on({Key.Key_Z: -1}, lambda by: self.show_frame(self.frame.closer(by)), shifted=-1)
        ask(SIDES, lambda _, by: self.bars.step(by))
        ask(ROWS, lambda _, by: self.bars.climb(by))
        ask(SIDES, self._move_end, Modifier.ControlModifier, WEEK)
        ask(OPEN, lambda one, _: self._open(one))
        ask(
            [Key.Key_Plus],
            lambda one, _: self.added.emit(one.strand, one.person, begins_after(one) or self._today),
        )
        ask(REMOVE, lambda one, _: self.removed.emit(one.ref) if one.editable else None)
        ask([Key.Key_F], lambda one, _: self.fold(one.person))

    def _move_end(self, one: Stretch, days: int) -> None:
        if (day := end_moved(one, days)) is not None:
            self.placed.emit(one.ref, END, day)

    def _open(self, one: Stretch) -> None:
        """Open a bar; a gap is where something is to be added."""
        if one.style == "folded":
            self.fold(one.person)
        elif one.ref:
            self.wanted.emit(one.ref)
        elif one.style == "gap":
            self.added.emit(one.strand, one.person, begins_after(one) or self._today)

    def _tell(self) -> None:
        """Let a screen reader hear the chosen bar."""
        one = self.bars.chosen
        block = next((each for each in self.picture if one and each.person == one.person), None)
        self.setAccessibleDescription(f"{block.name}: {one.spoken}" if block and one else "")
        self.update()
