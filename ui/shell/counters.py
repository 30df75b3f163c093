"""The numbers in the rail: asked once a day, and again when something they count has changed."""

from collections.abc import Iterable, Mapping
from datetime import date

from PySide6.QtCore import QObject

from kimdesk.casework.events import Changed
from ui.desk.context import Context
from ui.shell.rail import Rail


class Counters(QObject):
    """Keeps the numbers of ``rail`` true, all that may be others now in one question."""

    def __init__(self, context: Context, rail: Rail) -> None:
        from ui.pages.counts import COUNTERS

        super().__init__(rail)
        self._context, self._rail = context, rail
        pages = rail.keys()
        self._counters = {key: one for key, one in COUNTERS.items() if key in pages}
        self._day: date | None = None

    def look(self, day: date) -> None:
        """Count everything if that was not done on ``day`` yet."""
        if day != self._day:
            self._day = day
            self._ask(self._counters)

    def hear(self, changed: Changed) -> None:
        """Count again what ``changed`` may have changed."""
        self._ask([key for key, one in self._counters.items() if one.shows.concerned(changed)])

    def _ask(self, pages: Iterable[str]) -> None:
        from ui.pages.counts import count

        desk, day, wanted = self._context.desk, self._day, tuple(pages)
        if wanted and day is not None:
            self._context.work.read(self, lambda: count(desk, wanted, day), self._show)

    def _show(self, found: Mapping[str, int]) -> None:
        for key, number in found.items():
            self._rail.set_count(key, number)
