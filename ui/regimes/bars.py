"""The bars of the timeline as they are walked through; one of them has the keyboard. No widgets."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QPointF, QRectF

from kimdesk.domain.records import RecordRef
from ui.regimes.lines import Stretch

Placed = tuple[Stretch, QRectF]


class Bars:
    """All bars with their places, in the order of the picture; ``moved`` is told when another is chosen."""

    def __init__(self, moved: Callable[[], None]) -> None:
        self._moved = moved
        self._all: list[Placed] = []
        self._at = 0

    def lay(self, placed: Iterable[Placed]) -> None:
        """Take other bars; the keyboard stays at the same number."""
        self._all = list(placed)
        self._put(min(self._at, max(len(self._all) - 1, 0)))

    @property
    def chosen(self) -> Stretch | None:
        """Return the bar that has the keyboard."""
        return self._all[self._at % len(self._all)][0] if self._all else None

    @property
    def place(self) -> QRectF:
        """Return where the bar stands that has the keyboard."""
        return self._all[self._at % len(self._all)][1] if self._all else QRectF()

    def place_of(self, ref: RecordRef) -> QRectF:
        """Return where the bar of a record stands, nowhere when it is not shown."""
        return next((place for one, place in self._all if one.ref == ref), QRectF())

    def at(self, point: QPointF) -> Placed | None:
        """Return the bar at ``point``, one that can be opened before what is only drawn."""
        found = [pair for pair in self._all if pair[1].contains(point)]
        return next((pair for pair in found if pair[0].ref), found[0] if found else None)

    def take(self, placed: Placed) -> None:
        """Put the keyboard on a bar."""
        self._put(self._all.index(placed))

    def choose(self, ref: RecordRef | None) -> None:
        """Put the keyboard on the bar of a record, if it is shown."""
        self._put(next((n for n, (one, _) in enumerate(self._all) if ref and one.ref == ref), self._at))

    def choose_of(self, person: str) -> None:
        """Put the keyboard on the first bar of a person."""
        self._put(next((n for n, (one, _) in enumerate(self._all) if one.person == person), 0))

    def step(self, direction: int) -> None:
        """Go to the next bar or the one before; beyond the last the first."""
        self._put((self._at + direction) % len(self._all))

    def climb(self, direction: int) -> None:
        """Go to the nearest bar in the row below or above."""
        here = self.place
        rows = sorted({place.top() for _, place in self._all})
        row = rows[(rows.index(here.top()) + direction) % len(rows)]
        inside = [number for number, (_, place) in enumerate(self._all) if place.top() == row]
        self._put(min(inside, key=lambda n: abs(self._all[n][1].center().x() - here.center().x())))

    def _put(self, number: int) -> None:
        self._at = number
        self._moved()
