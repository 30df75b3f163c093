"""What the way back from a backup does; knows no Qt."""

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ui.program.work import Owner, Work

if TYPE_CHECKING:
    from kimdesk.casework.desk import Desk
    from kimdesk.texts.refusals import Explanation
    from kimdesk.vault import Backup


class RestoreView(Owner, Protocol):
    """What the presenter tells the page."""

    def show_backups(self, backups: "tuple[Backup, ...]") -> None:
        """Offer ``backups``."""

    def show_problem(self, told: "Explanation") -> None:
        """Say why it did not work."""

    def finish(self, desk: "Desk", backup: "Backup") -> None:
        """Go on with the open desk."""


class RestorePresenter:
    """Finds backups and makes a vault from one."""

    def __init__(self, work: Work, view: RestoreView) -> None:
        self._work = work
        self._view = view

    def look(self, folder: Path) -> None:
        """Find the backups in ``folder``, which may be one itself."""

        def read() -> "tuple[Backup, ...]":
            from kimdesk.domain.errors import VaultError
            from kimdesk.vault import known_backup, list_backups

            found = list_backups(folder)
            if not found:
                known_backup(folder)  # says what is wrong with it
                raise VaultError("E012")
            return found

        self._work.read(self._view, read, self._view.show_backups, self._view.show_problem)

    def restore(self, backup: "Backup", folder: Path, passphrase: str) -> None:
        """Make a vault in ``folder`` from ``backup`` and open it; ``passphrase`` may be the recovery code."""

        def write() -> "Desk":
            from kimdesk.casework import upkeep

            return upkeep.restore(backup.path, folder, passphrase, by_code=_is_code(passphrase))

        self._work.write(
            self._view, write, lambda desk: self._view.finish(desk, backup), self._view.show_problem
        )

    def free_folder(self, backup: "Backup") -> Path:
        """Return a folder for the new vault that does not exist yet."""
        from ui.pages.wizard.presenter import free_folder

        return free_folder(f"{backup.name} {backup.created:%Y-%m-%d}")


def _is_code(typed: str) -> bool:
    from kimdesk.domain.errors import VaultError
    from kimdesk.vault.recovery import parse_code

    try:
        return bool(parse_code(typed))
    except VaultError:
        return False
