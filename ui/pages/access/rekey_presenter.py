"""What the page for a new key does; knows no Qt."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kimdesk import vault
from kimdesk.casework import access, upkeep
from kimdesk.casework.desk import Desk
from kimdesk.domain.errors import VaultError
from ui.pages.access.sheet_files import saved, sheet_pdf
from ui.program.work import Owner, Work

if TYPE_CHECKING:
    from kimdesk.texts.refusals import Explanation
    from kimdesk.vault import SlotInfo


class RekeyView(Owner, Protocol):
    """What the presenter asks of the page."""

    def show_busy(self, busy: bool) -> None:
        """Say that the vault is being worked on, or no longer."""

    def show_problem(self, explanation: "Explanation") -> None:
        """Say why it did not work."""

    def show_sheet(self, code: str, left_out: "tuple[SlotInfo, ...]") -> None:
        """Show the new recovery code, and who will be left out."""

    def finish(self, desk: Desk) -> None:
        """Go on with the open desk."""


class RekeyPresenter:
    """Gives the closed vault in ``folder`` a new key, once its sheet is on paper, and opens it again."""

    def __init__(self, view: RekeyView, work: Work, folder: Path) -> None:
        self._view = view
        self._work = work
        self._folder = folder
        self._passphrase = ""
        self._code = ""

    def begin(self, passphrase: str) -> None:
        """Try the passphrase, then show a new recovery sheet; nothing is changed yet."""
        self._passphrase = passphrase
        self._view.show_busy(True)
        folder = self._folder
        self._work.write(
            self._view, lambda: vault.left_out(folder, passphrase), self._show_sheet, self._refused
        )

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
            return access.proves((self._code,), (typed,))
        except VaultError:
            return False

    def take(self) -> None:
        """Write the vault anew, open it, and note in its audit trail that the sheet was typed back.

        The old vault stays whole until the new one is; what is refused can be tried again with this sheet.
        """
        self._view.show_busy(True)
        folder, passphrase, code = self._folder, self._passphrase, self._code
        self._work.write(
            self._view, lambda: _renewed(folder, passphrase, code), self._view.finish, self._refused
        )

    def _show_sheet(self, left_out: "tuple[SlotInfo, ...]") -> None:
        self._code = vault.new_code()
        self._view.show_busy(False)
        self._view.show_sheet(self._code, left_out)

    def _refused(self, told: "Explanation") -> None:
        self._view.show_busy(False)
        self._view.show_problem(told)


def _renewed(folder: Path, passphrase: str, code: str) -> Desk:
    upkeep.rekey(folder, passphrase, code=code)
    desk = Desk.unlock(folder, passphrase)
    try:
        access.check_sheets(desk, code)
    except BaseException:
        desk.close()
        raise
    return desk
