"""What the list of cases shows: pages of rows fetched as they are scrolled to, one chosen case beside it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from kimdesk.casework import bulk, case_views, cases, today
from kimdesk.casework.case_views import OwnView
from kimdesk.casework.cases import CaseQuery, CaseRow, Cursor, ListedCases
from kimdesk.casework.desk import Desk
from kimdesk.domain.agenda.next_step import NextStep
from kimdesk.domain.records import CaseFile
from kimdesk.texts.refusals import Explanation
from ui.desk.context import Context
from ui.program.work import Owner

ANY = CaseQuery(status="")
PAGE = 50
MOST_AGAIN = 500


@dataclass(frozen=True, slots=True)
class Summary:
    """The chosen case in short."""

    file: CaseFile
    step: NextStep | None


class CasesView(Owner, Protocol):
    """What the presenter tells the page."""

    def show_rows(self, rows: tuple[CaseRow, ...], *, first: bool, more: bool) -> None:
        """Show ``rows``: the first page of a list, or more of it."""

    def show_count(self, count: int, *, empty: bool) -> None:
        """Show how many cases the filters leave; ``empty``: the desk has none at all."""

    def show_offers(
        self, ready: Mapping[str, int], own: Mapping[OwnView, int], people: Sequence[str]
    ) -> None:
        """Show the ready-made and the worker's own views, how many cases each has, and who has cases here."""

    def show_summary(self, summary: Summary | None) -> None:
        """Show the chosen case in short, or nothing."""


class CasesPresenter:
    """Keeps the question that is asked of the store and the place reached in its answer."""

    def __init__(self, context: Context, view: CasesView, clock: Callable[[], date] = date.today) -> None:
        self._context = context
        self._view = view
        self._clock = clock
        self._query = CaseQuery(order="due")
        self._base = "active"
        self._next: Cursor | None = None
        self._loaded = 0
        self._asked = 0
        self._chosen = ""

    @property
    def query(self) -> CaseQuery:
        """Return the question that is asked now."""
        return self._query

    def choose_view(self, name: str) -> None:
        """Ask a ready-made question, the other filters as they are."""
        self._base = name
        self.ask(**case_views.ready_made(self._context.desk.rules.spans, self._clock())[name])

    def choose_own(self, view: OwnView) -> None:
        """Ask one of the worker's own questions."""
        self._base = view.base
        self._query = view.query(self._context.desk.rules.spans, self._clock())
        self.ask()

    def view_named(self, name: str) -> OwnView:
        """Return what is asked now under ``name``, to be kept."""
        asked = self._query
        return OwnView(
            name=name, base=self._base, text=asked.text, phase=asked.phase, ags=asked.ags,
            regime=asked.regime, worker=asked.worker, order=asked.order, backwards=asked.backwards,
        )  # fmt: skip

    def keep_view(self, name: str) -> None:
        """Keep what is asked now under ``name``."""
        view, desk = self.view_named(name), self._context.desk
        self._context.work.write(
            self._view, lambda: case_views.keep(desk, view), lambda _: self._count_views()
        )

    def drop_view(self, name: str) -> None:
        """Forget the question kept under ``name``."""
        desk = self._context.desk
        self._context.work.write(
            self._view, lambda: case_views.drop(desk, name), lambda _: self._count_views()
        )

    def export(
        self, owner: Owner, path: Path, done: Callable[[int], object],
        failed: Callable[[Explanation], object], only: frozenset[str] | None = None,
    ) -> None:  # fmt: skip
        """Write the list as it is asked now to ``path``; ``done`` gets the number of its rows.

        ``only``: these cases, whichever list they are in.
        """
        desk, query = self._context.desk, self._query

        def write() -> int:
            from kimdesk.casework.case_export import write_csv
            from ui.pages.cases.columns import cells, heads

            return write_csv(desk, ANY if only else query, path, heads(), cells, only)

        self._context.work.write(owner, write, done, failed)

    def ask(self, **changes: Any) -> None:
        """Change the question and start from the top."""
        self._query = replace(self._query, **changes)
        self._loaded = 0
        self._read()

    def refresh(self) -> None:
        """Read again as much as is shown, and what else is offered."""
        self._read()
        self._count_views()

    def more(self) -> None:
        """Read the next page."""
        if self._next is None:
            return
        asked, query, after, desk = self._asked, self._query, self._next, self._context.desk
        self._next = None
        self._context.work.read(
            self._view,
            lambda: cases.list_page(desk, query, after, PAGE),
            lambda page: self._show_more(asked, page),
        )

    def choose(self, case_id: str) -> None:
        """Read the case ``case_id`` in short; empty for none."""
        self._chosen = case_id
        if not case_id:
            self._view.show_summary(None)
            return
        desk, day = self._context.desk, self._clock()
        self._context.work.read(
            self._view,
            lambda: _summary(desk, case_id, day),
            lambda found: self._show_summary(case_id, found),
        )

    def _count_views(self) -> None:
        desk, day = self._context.desk, self._clock()

        def read() -> tuple[dict[str, int], dict[OwnView, int], Sequence[str]]:
            spans = desk.rules.spans
            ready = {name: CaseQuery(**asked) for name, asked in case_views.ready_made(spans, day).items()}
            own = {view: view.query(spans, day) for view in case_views.own(desk)}
            found = cases.counts(desk, (*ready.values(), *own.values()), day)
            counted = dict(zip(own, found[len(ready) :], strict=True))
            return dict(zip(ready, found, strict=False)), counted, bulk.people(desk)

        self._context.work.read(self._view, read, lambda found: self._view.show_offers(*found))

    def _read(self) -> None:
        self._asked += 1
        asked, query, desk = self._asked, self._query, self._context.desk
        limit = max(PAGE, min(self._loaded, MOST_AGAIN))
        self._next = None
        self._context.work.read(
            self._view,
            lambda: _listed(desk, query, limit),
            lambda found: self._show_first(asked, *found),
        )

    def _show_first(self, asked: int, page: ListedCases, count: int, empty: bool) -> None:
        if asked == self._asked:
            self._next, self._loaded = page.next, len(page.rows)
            self._view.show_count(count, empty=empty)
            self._view.show_rows(page.rows, first=True, more=page.next is not None)

    def _show_more(self, asked: int, page: ListedCases) -> None:
        if asked == self._asked:
            self._next = page.next
            self._loaded += len(page.rows)
            self._view.show_rows(page.rows, first=False, more=page.next is not None)

    def _show_summary(self, case_id: str, summary: Summary) -> None:
        if case_id == self._chosen:
            self._view.show_summary(summary)


def _listed(desk: Desk, query: CaseQuery, limit: int) -> tuple[ListedCases, int, bool]:
    """Return the first rows, how many there are, and whether the desk has no case at all."""
    count = cases.count(desk, query)
    return cases.list_page(desk, query, None, limit), count, not count and not cases.count(desk, ANY)


def _summary(desk: Desk, case_id: str, day: date) -> Summary:
    file = cases.peek(desk, case_id)
    return Summary(file, today.next_step(desk.catalogue, file, day))
