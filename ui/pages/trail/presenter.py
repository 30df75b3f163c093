"""What the page of the audit trail shows and does: pages of entries, the check of the chain, the PDF."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from kimdesk.casework import trail
from kimdesk.casework.trail import Checked, Filter, TrailLine, TrailLines
from kimdesk.texts.refusals import Explanation
from ui import VERSION
from ui.desk.context import Context
from ui.program.work import Owner

PAGE = 100
MOST_AGAIN = 500
PLACE = "documents"


class TrailView(Owner, Protocol):
    """What the presenter tells the page."""

    def show_lines(self, lines: tuple[TrailLine, ...], *, first: bool, more: bool) -> None:
        """Show ``lines``: the newest entries, or older ones."""

    def show_actors(self, actors: tuple[str, ...]) -> None:
        """Show whom one can filter by."""

    def show_chain(self, checked: Checked) -> None:
        """Say how far the chain was checked, and whether it is whole."""

    def show_printed(self, entries: int) -> None:
        """Say that the PDF was written."""

    def show_problem(self, told: Explanation) -> None:
        """Say what was refused."""


class TrailPresenter:
    """Keeps what is asked for, the place reached in the answer, and how far the chain was checked."""

    def __init__(self, context: Context, view: TrailView) -> None:
        self._context = context
        self._view = view
        self._next: int | None = None
        self._loaded = 0
        self._checked = Checked()
        self.wanted = Filter()

    def refresh(self) -> None:
        """Read again as much as is shown, and check what was added to the chain."""
        self._read(None, min(max(self._loaded, PAGE), MOST_AGAIN))
        desk, read = self._context.desk, self._context.work.read
        read(self._view, lambda: trail.actors(desk), self._view.show_actors)
        self._check_on()

    def ask(self, **changes: Any) -> None:
        """Look for something else; days are ``date`` or None."""
        wanted = replace(self.wanted, **changes)
        if wanted != self.wanted:
            self.wanted = wanted
            self._read(None)

    def more(self) -> None:
        """Read the entries before those that are shown."""
        if self._next is not None:
            self._read(self._next)

    def save_pdf(self, path: Path) -> None:
        """Write the entries that are looked for to ``path``."""
        desk, wanted = self._context.desk, self.wanted
        keeper = self._context.keeper
        keeper.change(keeper.current.placed(PLACE, path.parent))

        def write() -> int:
            from kimdesk.documents import audit_report

            return audit_report.save(desk, path, wanted, version=VERSION).entries

        self._context.work.write(self._view, write, self._printed, self._view.show_problem)

    def _read(self, before: int | None, limit: int = PAGE) -> None:
        desk, wanted = self._context.desk, self.wanted
        self._context.work.read(
            self._view, lambda: trail.page(desk, wanted, before, limit), self._answer(wanted, before)
        )

    def _answer(self, wanted: Filter, before: int | None) -> Callable[[TrailLines], None]:
        view = self._view

        def got(found: TrailLines) -> None:
            if wanted == self.wanted:  # a late answer to another question is dropped
                self._next = found.next
                self._loaded = len(found.lines) + (self._loaded if before else 0)
                view.show_lines(found.lines, first=before is None, more=found.next is not None)

        return got

    def _check_on(self) -> None:
        desk, checked = self._context.desk, self._checked
        if checked.broken is None:
            begin = checked._replace(finished=False)
            self._context.work.read(self._view, lambda: trail.check_on(desk, begin), self._followed)

    def _followed(self, checked: Checked) -> None:
        self._checked = checked
        self._view.show_chain(checked)
        if not checked.finished:
            self._check_on()

    def _printed(self, entries: int) -> None:
        self._view.show_printed(entries)
        self.refresh()
