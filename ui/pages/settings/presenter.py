"""What the settings do to the vault: check it, keep the municipalities."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from kimdesk.texts.refusals import Explanation
from ui.desk.context import Context

if TYPE_CHECKING:
    from kimdesk.vault import VaultHeader

Failed = Callable[[Explanation], object]


class SettingsPresenter:
    """Calls the vault in the background."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def read_header(self, done: "Callable[[VaultHeader], object]") -> None:
        """Read who can open the vault."""
        folder = self._context.desk.vault.folder

        def read() -> "VaultHeader":
            from kimdesk.vault import read_header

            return read_header(folder)

        self._context.work.read(read, done)

    def check(self, done: Callable[[list[str]], object], failed: Failed) -> None:
        """Check the vault thoroughly; ``done`` gets what was found, nothing when all is well."""
        desk = self._context.desk

        def read() -> list[str]:
            from kimdesk.casework import upkeep

            return upkeep.check(desk, full=True)

        self._context.work.write(read, done, failed)

    def keep_municipalities(self, keys: tuple[str, ...], done: Callable[[None], object]) -> None:
        """Keep for which municipalities (AGS) this desk works."""
        desk = self._context.desk
        self._context.work.write(lambda: desk.set_municipalities(keys), done)
