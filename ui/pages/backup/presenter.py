"""What the page Sicherung shows and does; knows no Qt."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kimdesk.texts.refusals import Explanation
from ui.desk.context import Context
from ui.program.work import Owner

if TYPE_CHECKING:
    from kimdesk.casework.backups import BackupState, Drill


class BackupView(Owner, Protocol):
    """What the presenter tells the page."""

    def show_state(self, state: "BackupState", now: datetime) -> None:
        """Show how the backups stand."""

    def show_problem(self, told: Explanation) -> None:
        """Say what was refused."""


class BackupPresenter:
    """Reads how the backups stand, and keeps where they go."""

    def __init__(self, context: Context, view: BackupView, clock: Callable[[], datetime]) -> None:
        self._context = context
        self._view = view
        self._clock = clock

    def refresh(self) -> None:
        """Read how the backups stand."""
        desk, now, view = self._context.desk, self._clock(), self._view

        def read() -> "BackupState":
            from kimdesk.casework import backups

            return backups.state(desk, now)

        self._context.work.read(
            self._view, read, lambda state: view.show_state(state, now), view.show_problem
        )

    def choose(self, folder: Path, done: Callable[[], object] | None = None) -> None:
        """Let backups go to ``folder``; then do ``done``."""
        desk = self._context.desk

        def write() -> None:
            from kimdesk.casework import backups

            backups.choose_place(desk, folder)

        def chosen(_: None) -> None:
            self.refresh()
            if done is not None:
                done()

        self._context.work.write(self._view, write, chosen, self._view.show_problem)

    def set_daily(self, daily: bool) -> None:
        """Make a backup every day, or only by hand."""
        desk = self._context.desk

        def write() -> None:
            from kimdesk.casework import backups

            backups.set_daily(desk, daily)

        self._context.work.write(self._view, write, self._again, self._view.show_problem)

    def forget(self) -> None:
        """Forget the folder."""
        desk = self._context.desk

        def write() -> None:
            from kimdesk.casework import backups

            backups.forget_place(desk)

        self._context.work.write(self._view, write, self._again, self._view.show_problem)

    def try_with_passphrase(
        self,
        source: Path,
        passphrase: str,
        done: "Callable[[Drill], object]",
        failed: Callable[[Explanation], object],
    ) -> None:
        """Try a backup of an earlier key by the passphrase of its day."""
        desk = self._context.desk

        def write() -> "Drill":
            from kimdesk.casework import upkeep

            return upkeep.drill_with_passphrase(desk, source, passphrase)

        self._context.work.write(self._view, write, done, failed)

    def _again(self, _: None) -> None:
        self.refresh()
