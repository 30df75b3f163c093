"""Dragging the end of a bar: which end the hand is over, and to which day it has led it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF

from kimdesk.pictures.scale import Scale
from kimdesk.texts import dates, say
from ui.regimes.lines import StrandBlock, Stretch
from ui.theme import theme

START, END = "start", "end"
_REACH, _FAR = 6, 4  # pixels: the end of a bar, before a drag counts
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SpellDrag:
    """A bar held at one ``edge`` (START, END), or "" when it is merely pressed."""

    stretch: Stretch
    place: QRectF
    edge: str
    x: float
    day: date | None = None
    far: bool = False

    def led(self, x: float, scale: Scale) -> "SpellDrag":
        """Return the drag with the hand at ``x``."""
        far = self.far or abs(x - self.x) > theme().px(_FAR)
        return replace(self, far=far, day=self._day_at(x, scale)) if self.edge and far else self

    def ghost(self, scale: Scale) -> QRectF:
        """Return where the bar would stand."""
        if self.day is None:
            return self.place
        ghost = QRectF(self.place)
        if self.edge == END:
            ghost.setRight(scale.x(self.day + _DAY))
        else:
            ghost.setLeft(scale.x(self.day))
        return ghost

    def words(self) -> str:
        """Return what letting go would do."""
        if self.day is None:
            return ""
        if self.edge == END:
            return say("regimes.what_ends_on_day", what=self.stretch.text, day=dates.full(self.day))
        return say("regimes.what_begins_on_day", what=self.stretch.text, day=dates.full(self.day))

    def _day_at(self, x: float, scale: Scale) -> date:
        day = scale.day_at(x)
        if self.edge == END:
            return max(day - _DAY, self.stretch.first or date.min)
        return min(day, self.stretch.last or date.max)


def end_moved(stretch: Stretch, days: int) -> date | None:
    """Return the last day of a bar moved by so many days; None when it has none or would end too early."""
    if stretch.last is None or not stretch.editable:
        return None
    day = stretch.last + timedelta(days=days)
    return day if stretch.first is None or day >= stretch.first else None


def begins_after(stretch: Stretch) -> date | None:
    """Return when what follows a bar begins: a gap from its first day, else the day after the last."""
    if stretch.style in ("gap", "awaited"):
        return stretch.first
    return stretch.last + _DAY if stretch.last else None


def name_at(blocks: Sequence[StrandBlock], scale: Scale | None, point: QPointF) -> str:
    """Return the person whose name is at ``point``, "" for none and where there is but one."""
    if scale is None or point.x() >= scale.left or len(blocks) == 1:
        return ""
    return next((one.person for one in blocks if one.top <= point.y() < one.top + one.height), "")


def edge_at(stretch: Stretch, place: QRectF, x: float) -> str:
    """Return the end of a bar at ``x`` that has a date, "" in its middle."""
    if not stretch.editable:
        return ""
    reach = min(theme().px(_REACH), place.width() / 3)
    if stretch.last and place.right() - x <= reach:
        return END
    return START if stretch.first and x - place.left() <= reach else ""


def grab(stretch: Stretch, place: QRectF, point: QPointF) -> SpellDrag:
    """Return the drag that begins at ``point``."""
    return SpellDrag(stretch, place, edge_at(stretch, place, point.x()), point.x())
