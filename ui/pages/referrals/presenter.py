"""What the list of referrals shows: parts read as they are scrolled to, whom to ask first, slips."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from kimdesk.casework import referral_list, referrals
from kimdesk.casework.referral_list import ReferralLine, ReferralPage, ReferralQuery
from kimdesk.texts.refusals import Explanation
from ui.desk.context import Context
from ui.program.work import Owner

PART = 60
MOST_AGAIN = 600


@dataclass(frozen=True, slots=True)
class ReferralsModelData:
    """A list from its beginning, and whom it names."""

    page: ReferralPage
    offices: tuple[str, ...]
    today: date
    more: bool


class ReferralsView(Owner, Protocol):
    """What the presenter tells the page."""

    def show_list(self, found: ReferralsModelData) -> None:
        """Show a list from its beginning."""

    def show_more(self, rows: Sequence[ReferralLine], *, more: bool) -> None:
        """Show more of the same list."""

    def show_slip(self, found: Sequence[ReferralLine]) -> None:
        """Ask for the answer on a slip that was read."""

    def show_problem(self, told: Explanation) -> None:
        """Say what was refused."""


class ReferralsPresenter:
    """Keeps the question that is asked of the store and how far its answer was read."""

    def __init__(self, context: Context, view: ReferralsView, clock: Callable[[], date]) -> None:
        self._context, self._view, self._clock = context, view, clock
        self._query = ReferralQuery()
        self._asked = self._loaded = 0

    @property
    def today(self) -> date:
        """Return the worker's calendar day."""
        return self._clock()

    def ask(self, **changes: Any) -> None:
        """Change the question and start from the top."""
        self._query, self._loaded = replace(self._query, **changes), 0
        self.refresh()

    def refresh(self) -> None:
        """Read again as much as is shown."""
        self._asked += 1
        asked, query, desk, day = self._asked, self._query, self._context.desk, self._clock()
        limit = max(PART, min(self._loaded, MOST_AGAIN))

        def read() -> ReferralsModelData:
            page = referral_list.page(desk, query, day, 0, limit)
            more = len(page.rows) < page.total(query)
            return ReferralsModelData(page, referral_list.offices(desk, day), day, more)

        self._context.work.read(self._view, read, lambda found: self._show(asked, found))

    def more(self) -> None:
        """Read the next part."""
        asked, query, desk, day, at = (
            self._asked, self._query, self._context.desk, self._clock(), self._loaded,
        )  # fmt: skip
        self._context.work.read(
            self._view,
            lambda: referral_list.page(desk, query, day, at, PART),
            lambda page: self._show_more(asked, page),
        )

    def read_slip(self, typed: str) -> None:
        """Find the referral of the code that was typed or scanned."""
        desk, day = self._context.desk, self._clock()

        def read() -> tuple[ReferralLine, ...]:
            return tuple(referral_list.line_of(desk, each, day) for each in referrals.find_slip(desk, typed))

        self._context.work.read(self._view, read, self._view.show_slip, self._view.show_problem)

    def export(
        self, owner: Owner, path: Path, done: Callable[[int], object], failed: Callable[[Explanation], object]
    ) -> None:
        """Write the list as it is asked now to ``path``; ``done`` gets the number of its rows."""
        desk, query, day = self._context.desk, self._query, self._clock()

        def write() -> int:
            from kimdesk.casework.referral_export import write_csv
            from ui.pages.referrals.rows import export_heads, plain

            catalogue = desk.catalogue
            return write_csv(desk, query, day, path, export_heads(), lambda row: plain(catalogue, row, day))

        self._context.work.write(owner, write, done, failed)

    def _show(self, asked: int, found: ReferralsModelData) -> None:
        if asked == self._asked:
            self._loaded = len(found.page.rows)
            self._view.show_list(found)

    def _show_more(self, asked: int, page: ReferralPage) -> None:
        if asked == self._asked:
            self._loaded += len(page.rows)
            self._view.show_more(page.rows, more=self._loaded < page.total(self._query))
