"""What the hand does in the chain: over what it is, and how far it has dragged a bar, its end or an arrow."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from kimdesk.pictures import chain_arrows
from kimdesk.pictures.chain import Arrow, Bar, ChainPicture
from kimdesk.texts import dates
from ui.canvas.paint import Sight, paint_flag_above, paint_frame, paint_thread
from ui.plan import chain_paint
from ui.plan.chain_paint import place_of
from ui.theme import theme

Kind = Literal["move", "stretch", "link", "arrow", ""]
_END, _REACH, _FAR = 6, 15, 4  # pixels: the end of a bar, how far its handle stands off, before a drag counts
_CURSORS = {
    "move": Qt.CursorShape.PointingHandCursor,
    "stretch": Qt.CursorShape.SizeHorCursor,
    "link": Qt.CursorShape.CrossCursor,
    "arrow": Qt.CursorShape.PointingHandCursor,
}


@dataclass(frozen=True, slots=True)
class Hand:
    """Over what the pointer is."""

    kind: Kind = ""
    bar: Bar | None = None
    arrow: Arrow | None = None

    @property
    def cursor(self) -> Qt.CursorShape:
        """Return the pointer that says what can be done."""
        return _CURSORS.get(self.kind, Qt.CursorShape.ArrowCursor)


@dataclass(frozen=True, slots=True)
class MeasureDrag:
    """A bar under the hand: merely pointed at, or held and led away."""

    kind: Kind
    bar: Bar
    start: QPointF
    now: QPointF
    held: bool = False
    far: bool = False
    days: int = 0
    over: str = ""  # the bar an arrow would end at
    dates: tuple[date, date] = (date.min, date.min)
    shift: float = 0.0  # pixels of ``days``
    arrow: Arrow | None = None

    @classmethod
    def hovering(cls, hand: Hand) -> "MeasureDrag | None":
        """Return what is shown while the hand only points."""
        if hand.arrow:
            return cls("arrow", hand.arrow.after, QPointF(), QPointF(), arrow=hand.arrow)
        return cls("", hand.bar, QPointF(), QPointF()) if hand.bar else None

    def led(self, place: QPointF, chain: ChainPicture) -> "MeasureDrag":
        """Return the drag with the hand at ``place``."""
        way = place - self.start
        far = self.far or abs(way.x()) + abs(way.y()) > theme().px(_FAR)
        if self.kind == "link":
            target = chain.at(place.x(), place.y())
            over = target.key if target and target.key != self.bar.key else ""
            return replace(self, now=place, far=far, over=over)
        day = chain.scale.per_day
        days = round(way.x() / day)
        if self.kind == "stretch":
            days = max(days, -(self.dates[1] - self.dates[0]).days)
        return replace(self, now=place, far=far, days=days, shift=days * day)

    def paint(self, painter: QPainter, sight: Sight) -> None:
        """Paint the handle, the bar's new place with its dates, or the arrow being drawn."""
        place = place_of(self.bar)
        if self.arrow:
            chain_paint.paint_chosen_arrow(painter, self.arrow)
        elif self.kind == "link" and self.far:
            paint_thread(painter, _handle(self.bar), self.now)
            chain_paint.paint_handle(painter, _handle(self.bar))
        elif self.far:
            self._paint_ghost(painter, place, sight)
        else:
            chain_paint.paint_handle(painter, _handle(self.bar))

    def _paint_ghost(self, painter: QPainter, place: QRectF, sight: Sight) -> None:
        first, last = self.dates
        by = timedelta(days=self.days)
        ghost = place.adjusted(self.shift if self.kind == "move" else 0, 0, self.shift, 0)
        paint_frame(painter, ghost, 3, chain_paint.RADIUS + 2)
        begins = first + by if self.kind == "move" else first
        words = f"{dates.full(begins)}\u00a0– {dates.full(last + by)}"
        paint_flag_above(painter, ghost.topLeft(), words, sight)


def hand_of(chain: ChainPicture, place: QPointF, near: str = "") -> Hand:
    """Return what is under the pointer; ``near`` is the bar whose handle is shown now."""
    shown = chain.bar(near) if near else None
    if shown and _distance(_handle(shown), place) <= theme().px(7):
        return Hand("link", shown)
    bar = chain.at(place.x(), place.y())
    if bar:
        at_end = bar.right - place.x() <= theme().px(_END)
        return Hand("stretch" if at_end else "move", bar)
    if shown and place_of(shown).adjusted(0, 0, theme().px(_REACH), 0).contains(place):
        return Hand("", shown)
    arrow = next(
        (one for one in chain.arrows if chain_arrows.touches(one, theme().zoom, place.x(), place.y())), None
    )
    return Hand("arrow", None, arrow) if arrow else Hand()


def grabbed(chain: ChainPicture, place: QPointF) -> MeasureDrag | None:
    """Return the drag that begins at ``place``, None where there is nothing to hold."""
    near = next((one for one in chain.bars if _distance(_handle(one), place) <= theme().px(7)), None)
    hand = hand_of(chain, place, near.key if near else "")
    if hand.bar is None or not hand.kind:
        return None
    return MeasureDrag(hand.kind, hand.bar, place, place, held=True, dates=chain.days[hand.bar.key])


def handle_of(bar: Bar) -> QPointF:
    """Return where the handle of ``bar`` stands."""
    return _handle(bar)


def _handle(bar: Bar) -> QPointF:
    return QPointF(bar.right + theme().px(8), bar.middle)


def _distance(one: QPointF, other: QPointF) -> float:
    way = one - other
    return max(abs(way.x()), abs(way.y()))
