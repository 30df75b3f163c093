"""The integration chain, painted and worked on: bars per strand, arrows, today. The list says the same."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from kimdesk.domain.chain import span
from kimdesk.domain.records import CaseFile, Measure
from ui.canvas.paint import Sight, paint_frame
from ui.plan import chain_keys, chain_paint
from ui.plan.chain import DENSE, ROOMY, Bar, Chain, Page, chain
from ui.plan.chain_drag import Drag, grabbed, hand_of
from ui.plan.chain_paint import place_of
from ui.plan.frame import Frame
from ui.text import tr
from ui.theme import theme

_NAMES = 132  # pixels for the names of the strands


class ChainView(QWidget):
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
        self._room = 0
        self._chosen = ""
        self._drag: Drag | None = None
        self.frame = Frame()
        self.sight: Callable[[], tuple[int, int]] = lambda: (0, self.height())

    def show_file(self, file: CaseFile, today: date) -> None:
        """Show the plan of ``file`` on ``today``; what was chosen stays so while it exists."""
        self._file, self._today, self._drag = file, today, None
        self._lay_out()

    def show_frame(self, frame: Frame) -> None:
        """Show other months or weeks."""
        self.frame = frame
        self._lay_out()

    def set_room(self, height: int) -> None:
        """Stand closer when ``height`` pixels are not enough for the whole picture."""
        if height != self._room:
            self._room = height
            self._lay_out()

    @property
    def left_out(self) -> int:
        """Return how many measures have no place in the picture."""
        return self._chain.left_out if self._chain else 0

    @property
    def chosen(self) -> str:
        """Return the measure that has the keyboard, "" for none."""
        return self._chosen

    @property
    def picture(self) -> Chain | None:
        """Return what is painted."""
        return self._chain

    def choose(self, key: str) -> None:
        """Put the keyboard on a measure, moving the time shown if it lies outside."""
        measure = self._measure(key)
        found = span(measure) if measure else None
        if found is None or self._chain is None:
            return
        self._chosen = key
        if self._chain.bar(key) is None:
            self.show_frame(self.frame.towards(found[0], self._chain.scale))
        self._tell()
        self.update()

    def keys_in_order(self) -> list[str]:
        """Return the measures that have a date, as they stand in the picture: strand by strand."""
        return chain_keys.in_order(self._file) if self._file else []

    def sizeHint(self) -> QSize:
        """Return the height all strands need."""
        return QSize(theme().px(520), round(self._chain.height) + 1 if self._chain else theme().px(60))

    def minimumSizeHint(self) -> QSize:
        """Return a width at which months can still be told apart."""
        return QSize(theme().px(420), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Spread the months over the new width."""
        if event.size().width() != event.oldSize().width():
            self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is seen: grid, today, arrows, bars, and what the hand is doing."""
        if self._chain is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top, bottom = self.sight()
        sight = Sight(self.width(), top, bottom)
        chain_paint.paint(painter, self._chain, sight, self._today)
        bar = self._chain.bar(self._chosen)
        if bar and self.hasFocus():
            paint_frame(painter, place_of(bar), 3, chain_paint.RADIUS + 2)
        if self._drag:
            self._drag.paint(painter, sight)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose, open, shift, lengthen, link and remove; see ``chain_keys``."""
        if not chain_keys.press(self, event):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a bar, of its end or of its handle; ask what to do with an arrow."""
        if self._chain is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self._drag = grabbed(self._chain, event.position(), self._measure)
        if self._drag:
            self.choose(self._drag.bar.key)
        elif arrow := hand_of(self._chain, event.position()).arrow:
            self.menu_asked.emit(arrow.after.key, arrow.before.key, event.globalPosition().toPoint())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag what is held; otherwise show what could be done here."""
        if self._drag and event.buttons() & Qt.MouseButton.LeftButton and self._chain:
            self._drag = self._drag.led(event.position(), self._chain)
            self.update()
        elif self._chain:
            self._hover(event.position())

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
        place = QPointF(event.pos())
        if self._chain is None:
            return
        if bar := self._under(place):
            self.choose(bar.key)
            self.menu_asked.emit(bar.key, "", event.globalPos())
        elif arrow := hand_of(self._chain, place).arrow:
            self.menu_asked.emit(arrow.after.key, arrow.before.key, event.globalPos())

    def event(self, event: QEvent) -> bool:
        """Say what a bar is, and why it is blocked, in its tool tip."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            bar = self._under(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), bar.spoken if bar else "", self)
            return True
        return super().event(event)

    def _lay_out(self) -> None:
        if self._file is None:
            return
        look = theme()
        needs = QFontMetrics(look.font("medium")).horizontalAdvance
        page = Page(look.px(_NAMES), self.width() - look.px(4), look.zoom, self.frame, ROOMY)
        self._chain = chain(self._file, self._today, page, needs)
        if self._room and self._chain.height > self._room:
            dense = Page(page.left, page.right, page.zoom, page.frame, DENSE)
            self._chain = chain(self._file, self._today, dense, needs)
        if self._chosen not in self.keys_in_order():
            self._chosen = next(iter(self.keys_in_order()), "")
        self._tell()
        self.setFixedHeight(self.sizeHint().height())
        self.update()

    def _tell(self) -> None:
        """Let a screen reader hear the chosen measure, and keep it in sight."""
        bar = self._chain.bar(self._chosen) if self._chain else None
        if bar:
            self.setAccessibleDescription(bar.spoken)
            self.seen.emit(round(bar.top), round(bar.height))
        elif self._chain:
            self.setAccessibleDescription("; ".join(one.spoken for one in self._chain.bars))

    def _hover(self, place: QPointF) -> None:
        assert self._chain is not None  # noqa: S101 - asked by whoever knows
        hand = hand_of(self._chain, place, self._drag.bar.key if self._drag else "")
        self.setCursor(hand.cursor)
        was = self._drag
        self._drag = Drag.hovering(hand)
        if was != self._drag:
            self.update()

    def _measure(self, key: str) -> Measure | None:
        return next((one for one in self._file.measures if one.id == key), None) if self._file else None

    def _under(self, place: QPointF) -> Bar | None:
        bars = self._chain.bars if self._chain else ()
        return next((bar for bar in bars if QRectF(place_of(bar)).contains(place)), None)
