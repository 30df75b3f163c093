"""What the list of cases shows: pages of rows fetched as they are scrolled to, one chosen case beside it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Protocol

from kimdesk.casework import cases, today
from kimdesk.casework.cases import CaseQuery, CaseRow, Cursor, Page
from kimdesk.casework.today import Step
from kimdesk.domain.records import CaseFile
from ui.context import Context

PAGE = 50
MOST_AGAIN = 500
SOON = timedelta(days=14)
QUIET = timedelta(weeks=6)

_ALL: dict[str, Any] = {"status": "active", "due_until": None, "quiet_since": None, "unsent": False}


def views(day: date) -> dict[str, dict[str, Any]]:
    """Return the ready-made questions to the list by name, as they stand on ``day``."""
    return {
        "active": _ALL,
        "due": {**_ALL, "due_until": day + SOON},
        "unsent": {**_ALL, "status": "", "unsent": True},
        "quiet": {**_ALL, "quiet_since": day - QUIET},
        "closed": {**_ALL, "status": "closed"},
    }


@dataclass(frozen=True, slots=True)
class Summary:
    """The chosen case in short."""

    file: CaseFile
    step: Step | None


class CasesView(Protocol):
    """What the presenter tells the page."""

    def show_rows(self, rows: tuple[CaseRow, ...], *, first: bool, more: bool) -> None:
        """Show ``rows``: the first page of a list, or more of it."""

    def show_count(self, count: int) -> None:
        """Show how many cases the filters leave."""

    def show_view_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many cases each view has."""

    def show_summary(self, summary: Summary | None) -> None:
        """Show the chosen case in short, or nothing."""


class CasesPresenter:
    """Keeps the question that is asked of the store and the place reached in its answer."""

    def __init__(self, context: Context, view: CasesView, clock: Callable[[], date] = date.today) -> None:
        self._context = context
        self._view = view
        self._clock = clock
        self._query = CaseQuery(order="due")
        self._next: Cursor | None = None
        self._loaded = 0
        self._asked = 0
        self._chosen = ""

    @property
    def query(self) -> CaseQuery:
        """Return the question that is asked now."""
        return self._query

    def choose_view(self, name: str) -> None:
        """Ask one of ``views``, the other filters as they are."""
        self.ask(**views(self._clock())[name])

    def ask(self, **changes: Any) -> None:
        """Change the question and start from the top."""
        self._query = replace(self._query, **changes)
        self._loaded = 0
        self._read()

    def refresh(self) -> None:
        """Read again as much as is shown, and how many cases each view has."""
        self._read()
        desk, asked = self._context.desk, views(self._clock())
        self._context.work.read(
            lambda: {name: cases.count(desk, CaseQuery(**each)) for name, each in asked.items()},
            self._view.show_view_counts,
        )

    def more(self) -> None:
        """Read the next page."""
        if self._next is None:
            return
        asked, query, after, desk = self._asked, self._query, self._next, self._context.desk
        self._next = None
        self._context.work.read(
            lambda: cases.list_page(desk, query, after, PAGE), lambda page: self._show_more(asked, page)
        )

    def choose(self, case_id: str) -> None:
        """Read the case ``case_id`` in short; empty for none."""
        self._chosen = case_id
        if not case_id:
            self._view.show_summary(None)
            return
        desk, day = self._context.desk, self._clock()
        self._context.work.read(
            lambda: _summary(cases.peek(desk, case_id), day), lambda found: self._show_summary(case_id, found)
        )

    def _read(self) -> None:
        self._asked += 1
        asked, query, desk = self._asked, self._query, self._context.desk
        limit = max(PAGE, min(self._loaded, MOST_AGAIN))
        self._next = None
        self._context.work.read(
            lambda: (cases.list_page(desk, query, None, limit), cases.count(desk, query)),
            lambda found: self._show_first(asked, *found),
        )

    def _show_first(self, asked: int, page: Page, count: int) -> None:
        if asked == self._asked:
            self._next, self._loaded = page.next, len(page.rows)
            self._view.show_count(count)
            self._view.show_rows(page.rows, first=True, more=page.next is not None)

    def _show_more(self, asked: int, page: Page) -> None:
        if asked == self._asked:
            self._next = page.next
            self._loaded += len(page.rows)
            self._view.show_rows(page.rows, first=False, more=page.next is not None)

    def _show_summary(self, case_id: str, summary: Summary) -> None:
        if case_id == self._chosen:
            self._view.show_summary(summary)


def _summary(file: CaseFile, day: date) -> Summary:
    return Summary(file, today.next_step(file, day))
