"""What the inbox shows and does: reading bundles in from sticks and folders, settling what went wrong."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kimdesk.texts.refusals import Explanation
from ui.desk.context import Context
from ui.program.work import Owner

if TYPE_CHECKING:
    from kimdesk.cage import Stop
    from kimdesk.kreis import AsideGroup, HistoryDispute, ImportResult, KreisOverview

BUNDLES = "*.kimb"
INBOX, RECEIPTS = "inbox", "receipts"


@dataclass(frozen=True, slots=True)
class InboxModel:
    """Everything the page shows; ``receipts`` is where receipts go, None for beside the bundles."""

    overview: "KreisOverview"
    disputes: tuple["HistoryDispute", ...]
    asides: tuple["AsideGroup", ...]
    today: date
    receipts: Path | None


class InboxView(Owner, Protocol):
    """What the presenter tells the page."""

    def show_inbox(self, model: InboxModel) -> None:
        """Show what came in."""

    def show_results(self, results: Sequence["ImportResult"], *, stopped: bool) -> None:
        """Say what came of the files that were just read; ``stopped`` before the last of them."""

    def show_chosen(self, results: Sequence["ImportResult"]) -> None:
        """Say that it is decided, and what came of the packages that were kept."""

    def show_problem(self, told: Explanation) -> None:
        """Say what was refused."""

    def show_progress(self, done: int, total: int) -> None:
        """Show how far the reading is; called from the background."""

    def show_inside(self, done: int, total: int) -> None:
        """Show how far the reading of the present file is."""


class InboxPresenter:
    """Calls ``kimdesk.kreis`` in the background and hands the answers to the page."""

    def __init__(self, context: Context, view: InboxView, clock: Callable[[], date] = date.today) -> None:
        self._context = context
        self._view = view
        self._clock = clock
        self._stop: Stop | None = None

    def refresh(self) -> None:
        """Read again what came in."""
        desk, today = self._context.desk, self._clock()
        receipts = self._context.keeper.current.place(RECEIPTS)

        def read() -> InboxModel:
            from kimdesk import kreis

            found = kreis.overview(desk)
            return InboxModel(found, kreis.disputes(desk), kreis.set_aside(desk), today, receipts)

        self._context.work.read(self._view, read, self._view.show_inbox, self._view.show_problem)

    def take(self, files: Sequence[Path]) -> None:
        """Read ``files`` in and write their receipts."""
        self._import(lambda: files)

    def check(self, folder: Path) -> None:
        """Read in what is new in ``folder``."""
        desk = self._context.desk

        def fresh() -> Sequence[Path]:
            from kimdesk.kreis.taking.folders import bundles_in, unread

            return unread(desk, bundles_in(desk, folder))

        self._import(fresh)

    def stop(self) -> None:
        """Read no further: what is taken over stays, the rest is left."""
        if self._stop is not None:
            self._stop.stop()

    def settle(self, number: int) -> None:
        """Note that somebody has settled a file."""
        desk = self._context.desk

        def write() -> None:
            from kimdesk import kreis

            kreis.settle(desk, number)

        self._context.work.write(self._view, write, None, self._view.show_problem)

    def choose(self, desk_id: str, digest: str) -> None:
        """Let the history of a desk count that ``digest`` names."""
        desk, receipts = self._context.desk, self._context.keeper.current.place(RECEIPTS)

        def write() -> Sequence["ImportResult"]:
            from kimdesk import kreis

            return kreis.choose(desk, desk_id, digest, receipts)

        self._context.work.write(self._view, write, self._view.show_chosen, self._view.show_problem)

    def release(self, desk_id: str, reason: str) -> None:
        """Have a desk send again what was set aside for ``reason``."""
        desk = self._context.desk

        def write() -> None:
            from kimdesk import kreis

            kreis.release(desk, desk_id, reason)

        self._context.work.write(self._view, write, None, self._view.show_problem)

    def put_away(self, desk_id: str, reason: str) -> None:
        """Note that somebody has settled what was set aside for ``reason``."""
        desk = self._context.desk

        def write() -> None:
            from kimdesk import kreis

            kreis.put_away(desk, desk_id, reason)

        self._context.work.write(self._view, write, None, self._view.show_problem)

    def keep_receipts_in(self, folder: Path | None) -> None:
        """Write receipts into ``folder`` from now on."""
        if folder is not None:
            keeper = self._context.keeper
            keeper.change(keeper.current.placed(RECEIPTS, folder))
        self.refresh()

    def _import(self, chosen: Callable[[], Sequence[Path]]) -> None:
        from kimdesk.cage import Stop

        desk, progress, inside = self._context.desk, self._view.show_progress, self._view.show_inside
        stop = self._stop = Stop()
        kept = self._context.keeper.current.place(RECEIPTS)

        def write() -> Sequence["ImportResult"]:
            from kimdesk import kreis

            files = chosen()
            if not files:
                return ()
            progress(0, len(files))
            with stop.heeded():
                folder = kept or files[0].parent
                return kreis.import_files(desk, files, folder, progress=progress, inside=inside)

        def tell(results: Sequence["ImportResult"]) -> None:
            self._view.show_results(results, stopped=stop.stopped)

        self._context.work.write(self._view, write, tell, self._view.show_problem)
