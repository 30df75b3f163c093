"""The day and a case at 1k, 10k and 100k cases: reading alone, and until the page is painted.

The floor is the same work at the first size, so that the ratio says how the cost grows.
"""

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from statistics import quantiles
from typing import Any

from kimdesk.casework import cases, today
from kimdesk.casework.cases import CaseQuery
from kimdesk.casework.desk import Desk
from kimdesk.practice.fill import fill as practice
from kimdesk.vault import Strength
from tests.bench.figures import Figure, median, times
from tests.bench.lists import DAY, SIZES, fill
from tests.bench.opening import PASSPHRASE
from ui.places import Place

LATER = DAY + timedelta(days=30)
FRAME = 1000 / 60  # ms
LIVING = 60  # cases with all their records, among the small ones


def figures(home: Path) -> Iterator[Figure]:
    """Yield the figures of each size; the vault grows from one to the next."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    desk, _ = Desk.create(
        home / "vault",
        PASSPHRASE,
        name="Probe",
        user="",
        municipalities=("05999001",),
        practice=True,
        strength=Strength.INTERACTIVE,
    )
    practice(desk, LIVING)
    rows = cases.list_page(desk, CaseQuery(order="updated"), None, LIVING).rows
    fullest = max((cases.peek(desk, row.id) for row in rows), key=lambda file: len(file.contacts))
    windows = _Windows(desk)
    first: dict[str, float] = {}
    stored = 0
    for size in SIZES:
        fill(desk, stored, size)
        stored = size
        for work, call in _works(desk, fullest.case.id, windows):
            ours = median(call, 15)
            yield Figure(
                f"{work}, {size:,} cases", "the same at 1,000", first.setdefault(work, ours), ours, "flat"
            )
        slow = windows.scroll()
        yield Figure(
            f"scroll the list, p95, {size:,} cases", "one frame of 60 per second", FRAME, slow, "≤ 1"
        )
    windows.close()
    desk.close()


def _works(desk: Desk, case_id: str, windows: "_Windows") -> Iterator[tuple[str, Callable[[], object]]]:
    yield "read the day", lambda: today.agenda(desk, LATER)
    yield "page Heute until painted", lambda: windows.show(Place("today"))
    yield "read a case", lambda: cases.peek(desk, case_id)
    yield "case page until painted", lambda: windows.show(Place("case", case_id, "plan"))
    yield "typing in the search", windows.search


class _Windows:
    """The shell of the program, offscreen, its background without a thread."""

    def __init__(self, desk: Desk) -> None:
        from PySide6.QtWidgets import QApplication

        from ui import theme
        from ui.program.preferences import Keeper, Preferences
        from ui.program.work import InlineWork
        from ui.shell import Shell

        known: Any = QApplication.instance()
        self.app: QApplication = known or QApplication(["bench", "-style", "Fusion"])
        theme.apply(self.app)
        self.shell = Shell(desk, InlineWork(), Keeper(Preferences()), Place("cases"))
        self.shell.resize(1366, 738)
        self.shell.show()

    def show(self, target: Place) -> None:
        """Go to ``target`` from another page, and paint."""
        self.shell.navigate(target)
        self.app.processEvents()
        self.shell.grab()
        self.shell.navigate(Place("settings"))

    def search(self) -> None:
        """Type five letters into the search of the top bar."""
        from PySide6.QtWidgets import QLineEdit

        field: Any = self.shell.findChild(QLineEdit)
        assert field is not None
        for length in range(1, 6):
            field.setText("osman"[:length])
            self.app.processEvents()
        field.clear()

    def scroll(self, frames: int = 100) -> float:
        """Return the p95 (ms) of scrolling the list of cases on by half a page, reading and painting."""
        from PySide6.QtWidgets import QTableView

        self.shell.navigate(Place("cases"))
        self.app.processEvents()
        table: Any = self.shell.findChild(QTableView)
        assert table is not None
        bar = table.verticalScrollBar()
        table.grab()

        def on() -> None:
            bar.setValue(bar.value() + max(1, bar.pageStep() // 2))
            self.app.processEvents()  # paints

        return quantiles(times(on, frames), n=20)[-1]

    def close(self) -> None:
        """Close the window."""
        self.shell.close()
        self.shell.deleteLater()
        self.app.processEvents()
