"""What the page for a new key does; knows no Qt."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kimdesk.casework import access, upkeep
from kimdesk.casework.desk import Desk
from kimdesk.domain.errors import VaultError
from kimdesk.vault.recovery import parse_code
from ui.pages.access.sheet_files import saved, sheet_pdf
from ui.program.work import Owner, Work

if TYPE_CHECKING:
    from kimdesk.texts.refusals import Explanation
    from kimdesk.vault import Rekeyed


class RekeyView(Owner, Protocol):
    """What the presenter asks of the page."""

    def show_busy(self, busy: bool) -> None:
        """Say that the vault is being worked on, or no longer."""

    def show_problem(self, explanation: "Explanation") -> None:
        """Say why it did not work."""

    def show_done(self, done: "Rekeyed") -> None:
        """Say that there is a new key, and show the new recovery code."""

    def finish(self, desk: Desk) -> None:
        """Go on with the open desk."""


class RekeyPresenter:
    """Gives the closed vault in ``folder`` a new key and opens it again."""

    def __init__(self, view: RekeyView, work: Work, folder: Path) -> None:
        self._view = view
        self._work = work
        self._folder = folder
        self._passphrase = ""
        self._code = ""

    def begin(self, passphrase: str) -> None:
        """Write the vault anew; the old one stays whole until the new one is."""
        self._passphrase = passphrase
        self._view.show_busy(True)
        folder = self._folder
        self._work.write(self._view, lambda: upkeep.rekey(folder, passphrase), self._done, self._refused)

    def save_sheet(
        self,
        path: Path,
        number: int,
        done: Callable[[Path], object],
        failed: "Callable[[Explanation], object]",
    ) -> None:
        """Write the new recovery sheet as PDF to the file ``path``."""
        folder, codes = self._folder, (self._code,)
        self._work.write(self._view, lambda: saved(path, sheet_pdf(folder, codes, number)), done, failed)

    def proves(self, typed: str) -> bool:
        """Return whether ``typed`` is the code of the new sheet."""
        try:
            return parse_code(typed) == parse_code(self._code)
        except VaultError:
            return False

    def open(self, *typed: str) -> None:
        """Open the vault; note in its audit trail that the sheet was ``typed`` back, if it was."""
        self._view.show_busy(True)
        folder, passphrase = self._folder, self._passphrase
        self._work.write(
            self._view, lambda: _opened(folder, passphrase, typed), self._view.finish, self._refused
        )

    def _done(self, done: "Rekeyed") -> None:
        self._code = done.recovery_code
        self._view.show_busy(False)
        self._view.show_done(done)

    def _refused(self, told: "Explanation") -> None:
        self._view.show_busy(False)
        self._view.show_problem(told)


def _opened(folder: Path, passphrase: str, typed: tuple[str, ...]) -> Desk:
    desk = Desk.unlock(folder, passphrase)
    try:
        if typed:
            access.check_sheets(desk, *typed)
    except BaseException:
        desk.close()
        raise
    return desk
