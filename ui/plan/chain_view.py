"""The integration chain, painted and worked on: bars per strand, arrows, today. The list says the same."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QMouseEvent, QPaintEvent

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.records import CaseFile
from kimdesk.pictures.chain import DENSE, ROOMY, ChainFrame, ChainPicture, chain
from kimdesk.pictures.frame import MONTHS, WEEKS, ChainTimeFrame
from kimdesk.texts import say
from ui.canvas.keys import OPEN, REMOVE, SIDES, STEPS, WEEK, Key, Modifier
from ui.canvas.paint import Sight, paint_frame
from ui.canvas.view import Canvas
from ui.plan import chain_paint
from ui.plan.chain_drag import MeasureDrag, grabbed, hand_of
from ui.plan.chain_paint import place_of
from ui.theme import theme

_NAMES = 132  # pixels for the names of the strands
_EMPTY = 60


class ChainView(Canvas):
    """Shows a plan and lets hand and keyboard change it; signals carry the identities of measures.

    ``wanted``: open it. ``moved`` and ``stretched``: by so many days. ``linked``: the first is to wait for
    the second. ``link_asked`` and ``removal_asked``: ask for what. ``seen``: keep this strip in sight.
    """

    wanted = Signal(str)
    moved = Signal(str, int)
    stretched = Signal(str, int)
    linked = Signal(str, str)
    link_asked = Signal(str)
    removal_asked = Signal(str, object)  # measure, place on the screen
    menu_asked = Signal(str, str, object)  # measure, the one before if an arrow was meant, place
    seen = Signal(int, int)

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        super().__init__("chain_view", say("plan.integration_chain"), width=(520, 420))
        self._file: CaseFile | None = None
        self._today = date.min
        self._room = 0
        self._drag: MeasureDrag | None = None
        self.picture: ChainPicture | None = None
        self.chosen = ""
        self.frame = ChainTimeFrame()
        self.sight: Callable[[], tuple[int, int]] = lambda: (0, self.height())
        self._bind()

    def show_file(self, file: CaseFile, today: date) -> None:
        """Show the plan of ``file`` on ``today``; what was chosen stays so while it exists."""
        self._file, self._today, self._drag = file, today, None
        self.lay_out()

    def show_frame(self, frame: ChainTimeFrame) -> None:
        """Show other months or weeks."""
        self.frame = frame
        self.lay_out()

    def set_room(self, height: int) -> None:
        """Stand closer when ``height`` pixels are not enough for the whole picture."""
        if height != self._room:
            self._room = height
            self.lay_out()

    def choose(self, key: str) -> None:
        """Put the keyboard on a measure, moving the time shown if it lies outside."""
        if self.picture is None or key not in self.picture.days:
            return
        self.chosen = key
        if self.picture.bar(key) is None:
            self.show_frame(self.frame.towards(self.picture.days[key][0], self.picture.scale))
        self._tell()
        self.update()

    def at_keyboard(self) -> str:
        """Return the measure that has the keyboard."""
        return self.chosen

    def picture_height(self) -> int:
        """Return the height all strands need."""
        return round(self.picture.height) + 1 if self.picture else theme().px(_EMPTY)

    def lay_out(self) -> None:
        """Spread the months over the width, closer together when the height is too little."""
        if self._file is None:
            return
        look = theme()
        needs = QFontMetrics(look.font("medium")).horizontalAdvance
        page = ChainFrame(look.px(_NAMES), self.width() - look.px(4), look.zoom, self.frame, ROOMY)
        self.picture = chain(self._catalogue, self._file, self._today, page, needs)
        if self._room and self.picture.height > self._room:
            dense = ChainFrame(page.left, page.right, page.zoom, page.frame, DENSE)
            self.picture = chain(self._catalogue, self._file, self._today, dense, needs)
        if self.chosen not in self.picture.days:
            self.chosen = next(iter(self.picture.days), "")
        self._tell()
        self.fit()

    def spoken_at(self, place: QPointF) -> str:
        """Say what a bar is, and why it is blocked."""
        bar = self.picture.at(place.x(), place.y()) if self.picture else None
        return bar.spoken if bar else ""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is seen: grid, today, arrows, bars, and what the hand is doing."""
        if self.picture is None:
            return
        painter = self.painter()
        top, bottom = self.sight()
        sight = Sight(self.width(), top, bottom)
        chain_paint.paint(painter, self.picture, sight, self._today)
        bar = self.picture.bar(self.chosen)
        if bar and self.hasFocus():
            paint_frame(painter, place_of(bar), 3, chain_paint.RADIUS + 2)
        if self._drag:
            self._drag.paint(painter, sight)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a bar, of its end or of its handle; ask what to do with an arrow."""
        if self.picture is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self._drag = grabbed(self.picture, event.position())
        if self._drag:
            self.choose(self._drag.bar.key)
        elif arrow := hand_of(self.picture, event.position()).arrow:
            self.menu_asked.emit(arrow.after.key, arrow.before.key, event.globalPosition().toPoint())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag what is held; otherwise show what could be done here."""
        if self.picture is None:
            return
        was = self._drag
        if was and event.buttons() & Qt.MouseButton.LeftButton:
            self._drag = was.led(event.position(), self.picture)
        else:
            hand = hand_of(self.picture, event.position(), was.bar.key if was else "")
            self.setCursor(hand.cursor)
            self._drag = MeasureDrag.hovering(hand)
        if was != self._drag:
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Do what was dragged; a mere click opens the measure."""
        drag, self._drag = self._drag, None
        self.update()
        if drag is None or event.button() != Qt.MouseButton.LeftButton:
            return
        if not drag.far:
            self.wanted.emit(drag.bar.key)
        elif drag.kind == "link" and drag.over:
            self.linked.emit(drag.over, drag.bar.key)
        elif drag.kind != "link" and drag.days:
            (self.moved if drag.kind == "move" else self.stretched).emit(drag.bar.key, drag.days)

    def leaveEvent(self, event: QEvent) -> None:
        """Take the handle away."""
        if self._drag and not self._drag.held:
            self._drag = None
            self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the bar or arrow under the pointer."""
        if self.picture is None:
            return
        place = QPointF(event.pos())
        if bar := self.picture.at(place.x(), place.y()):
            self.choose(bar.key)
            self.menu_asked.emit(bar.key, "", event.globalPos())
        elif arrow := hand_of(self.picture, place).arrow:
            self.menu_asked.emit(arrow.after.key, arrow.before.key, event.globalPos())

    def _bind(self) -> None:
        """Arrows choose; Alt with left and right shifts by a day, Strg lengthens or shortens, with the shift
        key by a week; Enter opens, V asks what it waits for, Entf removes, + and − show weeks or months.
        """
        on, ask = self.keys.on, self.keys.ask
        on([Key.Key_Plus], lambda _: self.show_frame(self.frame.zoomed(WEEKS)))
        on([Key.Key_Minus], lambda _: self.show_frame(self.frame.zoomed(MONTHS)))
        on(STEPS, self._walk)
        ask(SIDES, self.moved.emit, Modifier.AltModifier, WEEK)
        ask(SIDES, self.stretched.emit, Modifier.ControlModifier, WEEK)
        ask(OPEN, lambda key, _: self.wanted.emit(key))
        ask([Key.Key_V], lambda key, _: self.link_asked.emit(key))
        ask(REMOVE, lambda key, _: self.removal_asked.emit(key, self._below()))
        ask([Key.Key_Menu], lambda key, _: self.menu_asked.emit(key, "", self._below()))
        on({Key.Key_Home: 0, Key.Key_End: -1}, self._walk_to)

    def _walk(self, step: int) -> None:
        keys = list(self.picture.days) if self.picture else []
        if self.chosen in keys:
            self.choose(keys[(keys.index(self.chosen) + step) % len(keys)])

    def _walk_to(self, end: int) -> None:
        if self.picture and self.chosen:
            self.choose(list(self.picture.days)[end])

    def _below(self) -> QPoint:
        bar = self.picture.bar(self.chosen) if self.picture else None
        return self.mapToGlobal(QPoint(round(bar.left), round(bar.top + bar.height)) if bar else QPoint())

    def _tell(self) -> None:
        """Let a screen reader hear the chosen measure, and keep it in sight."""
        if self.picture is None:
            return
        bar = self.picture.bar(self.chosen)
        if bar:
            self.setAccessibleDescription(bar.spoken)
            self.seen.emit(round(bar.top), round(bar.height))
        else:
            self.setAccessibleDescription("; ".join(one.spoken for one in self.picture.bars))
