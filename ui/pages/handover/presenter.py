"""What the hand-over shows and does: enrol, preview, write, take receipts."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kimdesk.catalogue.messages import Explanation
from ui.context import Context

if TYPE_CHECKING:
    from kimdesk.sync import Certificate, Exported, Preview, Status, Taken


@dataclass(frozen=True, slots=True)
class HandoverModel:
    """Everything the page shows. Without ``certificate`` this desk is not enrolled yet."""

    certificate: "Certificate | None"
    fingerprint: str
    status: "Status"
    preview: "Preview"


class HandoverView(Protocol):
    """What the presenter tells the page."""

    def show_handover(self, model: HandoverModel) -> None:
        """Show what would leave."""

    def show_problem(self, told: Explanation) -> None:
        """Say what was refused."""

    def show_written(self, exported: "Exported") -> None:
        """Say where the package lies."""

    def show_taken(self, taken: "Taken") -> None:
        """Say what the receipt says."""

    def show_progress(self, done: int, total: int) -> None:
        """Show how far the writing is."""


class HandoverPresenter:
    """Calls ``kimdesk.sync`` in the background and hands the answers to the page."""

    def __init__(self, context: Context, view: HandoverView) -> None:
        self._context = context
        self._view = view

    def refresh(self) -> None:
        """Read what would leave, what is unsent and the chain of packages."""
        desk = self._context.desk

        def read() -> HandoverModel:
            from kimdesk import sync

            return HandoverModel(
                sync.certificate(desk), sync.fingerprint(desk), sync.status(desk), sync.preview(desk)
            )

        self._context.work.read(read, self._view.show_handover, self._view.show_problem)

    def write_request(self, path: Path, done: Callable[[str], None]) -> None:
        """Write the request to be enrolled to ``path``; ``done`` gets the fingerprint to read out."""
        desk = self._context.desk

        def write() -> str:
            from kimdesk import sync

            return sync.request(desk, path)

        self._context.work.write(write, done, self._view.show_problem)

    def accept(self, path: Path, fingerprint: str) -> None:
        """Take the Kreis's answer at ``path``; ``fingerprint`` is what its people read out."""
        desk = self._context.desk

        def write() -> None:
            from kimdesk import sync

            sync.accept(desk, path.read_bytes(), fingerprint=fingerprint)

        self._context.work.write(write, lambda _: self.refresh(), self._view.show_problem)

    def write_package(self, folder: Path) -> None:
        """Write the next package into ``folder``."""
        desk = self._context.desk

        def write() -> "Exported":
            from kimdesk import sync

            return sync.export(desk, folder, progress=self._view.show_progress)

        self._context.work.write(write, self._written, self._view.show_problem)

    def take_receipt(self, path: Path) -> None:
        """Read the receipt at ``path``."""
        desk = self._context.desk

        def write() -> "Taken":
            from kimdesk import sync

            return sync.take_receipt(desk, path)

        self._context.work.write(write, self._taken, self._view.show_problem)

    def _written(self, exported: "Exported") -> None:
        self._view.show_written(exported)
        self.refresh()

    def _taken(self, taken: "Taken") -> None:
        self._view.show_taken(taken)
        self.refresh()
