"""What the hand-over shows and does: enrol, preview, write, take receipts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kimdesk.casework import case_list
from kimdesk.casework.cases import CaseRow
from kimdesk.texts.refusals import Explanation
from ui.desk.context import Context
from ui.pages.handover.carried import KeptPackage, OpenedPackage
from ui.pages.handover.packages import named
from ui.program.work import Owner

if TYPE_CHECKING:
    from kimdesk.cage import Stop
    from kimdesk.sync import (
        CarriedRecord,
        Certificate,
        Exported,
        Joining,
        Preview,
        PreviewLine,
        PreviewRecord,
        Status,
    )
    from kimdesk.sync.receipts_in import TakenReceipt


@dataclass(frozen=True, slots=True)
class HandoverModel:
    """Everything the page shows. Without ``certificate`` this desk is not enrolled yet."""

    certificate: "Certificate | None"
    fingerprint: str
    status: "Status"
    preview: "Preview"
    today: date
    between: tuple[CaseRow, ...] = ()
    desks: tuple[str, ...] = ()

    @property
    def expired(self) -> bool:
        """Return whether the certificate no longer counts."""
        return self.certificate is not None and date.fromisoformat(self.certificate.not_after) < self.today


class HandoverView(Owner, Protocol):
    """What the presenter tells the page."""

    def show_handover(self, model: HandoverModel) -> None:
        """Show what would leave."""

    def show_problem(self, told: Explanation) -> None:
        """Say what was refused."""

    def show_written(self, exported: "Exported") -> None:
        """Say where the package lies."""

    def show_taken(self, taken: "TakenReceipt") -> None:
        """Say what the receipt says."""

    def show_accepted(self, joined: "Joining") -> None:
        """Say what the Kreis's answer brought."""

    def show_progress(self, done: int, total: int) -> None:
        """Show how far the writing is; called from the background."""


class HandoverPresenter:
    """Calls ``kimdesk.sync`` in the background and hands the answers to the page."""

    def __init__(self, context: Context, view: HandoverView, clock: Callable[[], date] = date.today) -> None:
        self._context = context
        self._view = view
        self._clock = clock
        self._case_ids: frozenset[str] | None = None
        self._stop: Stop | None = None

    @property
    def case_ids(self) -> frozenset[str] | None:
        """Return the cases chosen for the next package, None for all."""
        return self._case_ids

    def refresh(self) -> None:
        """Read what would leave, what is unsent and the chain of packages."""
        desk, today, chosen = self._context.desk, self._clock(), self._case_ids

        def read() -> HandoverModel:
            from kimdesk import sync
            from kimdesk.sync.trust import colleagues

            found, own, now = sync.certificate(desk), sync.fingerprint(desk), sync.status(desk)
            shown = sync.preview(desk, case_ids=chosen)
            between = case_list.between_desks(desk)
            known = colleagues.known(desk) if found else ()
            return HandoverModel(found, own, now, shown, today, between, tuple(each.name for each in known))

        self._context.work.read(self._view, read, self._view.show_handover, self._view.show_problem)

    def choose(self, case_ids: frozenset[str] | None) -> None:
        """Hand over only these cases with the next package; None for all."""
        self._case_ids = case_ids
        self.refresh()

    def choices(self, done: Callable[["Preview"], None]) -> None:
        """Read which cases could be handed over, whatever is chosen now."""
        desk = self._context.desk

        def read() -> "Preview":
            from kimdesk import sync

            return sync.preview(desk)

        self._context.work.read(self._view, read, done, self._view.show_problem)

    def fields(self, line: "PreviewLine", done: "Callable[[tuple[PreviewRecord, ...]], None]") -> None:
        """Read the records of a line, field by field."""
        desk = self._context.desk

        def read() -> "tuple[PreviewRecord, ...]":
            from kimdesk import sync

            return sync.fields_of(desk, line.refs)

        self._context.work.read(self._view, read, done, self._view.show_problem)

    def figures(self, done: "Callable[[CarriedRecord], None]") -> None:
        """Read the figures that would leave, number by number."""
        desk = self._context.desk

        def read() -> "CarriedRecord":
            from kimdesk import sync

            return sync.next_figures(desk)

        self._context.work.read(self._view, read, done, self._view.show_problem)

    def packages(self, done: Callable[[tuple[KeptPackage, ...]], None]) -> None:
        """Read of which packages it is kept what they carried, the last one first."""
        desk, today = self._context.desk, self._clock()

        def read() -> tuple[KeptPackage, ...]:
            from kimdesk import sync

            now = sync.status(desk)
            days = {(now.epoch, each.seq): each.written_on for each in now.chain}
            return tuple(
                KeptPackage(*key, words=named(key[1], days.get(key), today)) for key in sync.kept(desk)
            )

        self._context.work.read(self._view, read, done, self._view.show_problem)

    def carried(self, package: KeptPackage, done: Callable[[OpenedPackage], None]) -> None:
        """Read what a package carried."""
        desk = self._context.desk

        def read() -> OpenedPackage:
            from kimdesk import sync

            found = sync.carried(desk, package.epoch, package.seq)
            rows = case_list.named(desk, dict.fromkeys(each.case_id for each in found if each.case_id))
            names = {row.id: " · ".join(filter(None, (row.name, row.file_number))) for row in rows}
            return OpenedPackage(found, names)

        self._context.work.read(self._view, read, done, self._view.show_problem)

    def write_request(self, path: Path, done: Callable[[str], None], *, new_keys: bool = False) -> None:
        """Write the request to be enrolled to ``path``; ``done`` gets the fingerprint to read out."""
        desk = self._context.desk

        def write() -> str:
            from kimdesk import sync

            return sync.request(desk, path, new_keys=new_keys)

        self._context.work.write(self._view, write, done, self._view.show_problem)

    def look(self, path: Path, done: Callable[["Joining"], None]) -> None:
        """Read what the Kreis's answer at ``path`` would bring; nothing is taken yet."""
        desk = self._context.desk

        def read() -> "Joining":
            from kimdesk import sync

            return sync.look(desk, _bytes(path))

        self._context.work.read(self._view, read, done, self._view.show_problem)

    def accept(self, path: Path, fingerprint: str | None, *, change_kreis: bool = False) -> None:
        """Take the Kreis's answer at ``path``; ``fingerprint`` is what its people read out."""
        desk = self._context.desk

        def write() -> "Joining":
            from kimdesk import sync

            return sync.accept(desk, _bytes(path), fingerprint=fingerprint, change_kreis=change_kreis)

        self._context.work.write(self._view, write, self._accepted, self._view.show_problem)

    def write_package(self, folder: Path) -> None:
        """Write the next package into ``folder``."""
        from kimdesk.cage import Stop

        desk, chosen, progress = self._context.desk, self._case_ids, self._view.show_progress
        stop = self._stop = Stop()

        def write() -> "Exported":
            from kimdesk import sync

            with stop.heeded():
                return sync.export(desk, folder, case_ids=chosen, progress=progress)

        self._context.work.write(self._view, write, self._written, self._view.show_problem)

    def stop(self) -> None:
        """Write no further: nothing of the package is left on the medium."""
        if self._stop is not None:
            self._stop.stop()

    def leave(self, folder: Path) -> None:
        """Write the package that has the Kreis erase everything into ``folder``."""
        desk = self._context.desk

        def write() -> "Exported":
            from kimdesk import sync

            return sync.export(desk, folder, leaving=True)

        self._context.work.write(self._view, write, self._written, self._view.show_problem)

    def take_receipt(self, path: Path) -> None:
        """Read the receipt at ``path``."""
        desk = self._context.desk

        def write() -> "TakenReceipt":
            from kimdesk.sync import receipts_in

            return receipts_in.take_file(desk, path)

        self._context.work.write(self._view, write, self._taken, self._view.show_problem)

    def write_card(self, path: Path, done: Callable[[], None]) -> None:
        """Write this desk's card for colleagues to ``path``."""
        desk = self._context.desk

        def write() -> None:
            from kimdesk.sync.trust import cards

            cards.write(desk, path)

        self._context.work.write(self._view, write, lambda _: done(), self._view.show_problem)

    def _accepted(self, joined: "Joining") -> None:
        self._view.show_accepted(joined)
        self.refresh()

    def _written(self, exported: "Exported") -> None:
        self._case_ids = None
        self._view.show_written(exported)
        self.refresh()

    def _taken(self, taken: "TakenReceipt") -> None:
        self._view.show_taken(taken)
        self.refresh()


def _bytes(path: Path) -> bytes:
    from kimdesk.domain.media import understood

    with understood(path.parent):
        return path.read_bytes()
