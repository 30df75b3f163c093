"""What the settings do to the vault: check it, keep the municipalities and how cases are numbered."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kimdesk.domain.errors import KimdeskError
from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation, explain
from ui.desk.context import Context
from ui.program.work import Owner

if TYPE_CHECKING:
    from kimdesk.casework.letterhead import Letterhead
    from kimdesk.casework.office import FileNumbers
    from kimdesk.vault import VaultHeader

Failed = Callable[[Explanation], object]


class SettingsPresenter:
    """Calls the vault in the background; ``owner``, ``done`` and ``failed`` as in ``Work.write``."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def read_header(self, owner: Owner, done: "Callable[[VaultHeader], object]") -> None:
        """Read who can open the vault."""
        folder = self._context.desk.vault.folder

        def read() -> "VaultHeader":
            from kimdesk.vault import read_header

            return read_header(folder)

        self._context.work.read(owner, read, done)

    def read_asides(self, owner: Owner, done: Callable[[tuple[str, ...]], object]) -> None:
        """Read which slot files are kept aside."""
        folder = self._context.desk.vault.folder

        def read() -> tuple[str, ...]:
            from kimdesk.vault import asides

            return asides(folder)

        self._context.work.read(owner, read, done)

    def check(self, owner: Owner, done: Callable[[list[str]], object], failed: Failed) -> None:
        """Check the vault thoroughly; ``done`` gets what was found, nothing when all is well."""
        desk = self._context.desk

        def read() -> list[str]:
            from kimdesk.casework import upkeep

            return upkeep.check(desk, full=True)

        self._context.work.write(owner, read, done, failed)

    def read_numbers(self, owner: Owner, done: "Callable[[FileNumbers], object]") -> None:
        """Read how cases are numbered."""
        desk = self._context.desk

        def read() -> "FileNumbers":
            from kimdesk.casework.office import file_numbers

            return file_numbers(desk)

        self._context.work.read(owner, read, done)

    def example_number(self, template: str, office: str) -> str:
        """Return a file number made with both. Raises CaseworkError E858 when they number nothing."""
        from kimdesk.casework.office import checked
        from kimdesk.domain.dates import today

        return say("settings.for_example_number", number=checked(template, office).number(1, today().year))

    def told(self, refused: KimdeskError) -> Explanation:
        """Return a refusal in words."""
        return explain(refused)

    def keep_numbers(
        self,
        owner: Owner,
        template: str,
        office: str,
        done: "Callable[[FileNumbers], object]",
        failed: Failed,
    ) -> None:
        """Number cases so from now on."""
        desk = self._context.desk

        def write() -> "FileNumbers":
            from kimdesk.casework.office import set_file_numbers

            return set_file_numbers(desk, template, office)

        self._context.work.write(owner, write, done, failed)

    def read_letterhead(self, owner: Owner, done: "Callable[[Letterhead], object]") -> None:
        """Read who writes the letters."""
        desk = self._context.desk

        def read() -> "Letterhead":
            from kimdesk.casework.letterhead import letterhead

            return letterhead(desk)

        self._context.work.read(owner, read, done)

    def read_logo(self, owner: Owner, file: Path, done: Callable[[bytes], object], failed: Failed) -> None:
        """Look for a logo in ``file``; nothing is kept yet."""

        def look() -> bytes:
            from kimdesk.casework.letterhead import read_logo

            return read_logo(file)

        self._context.work.look(owner, look, done, failed)

    def keep_letterhead(
        self, owner: Owner, wanted: "Letterhead", done: "Callable[[Letterhead], object]", failed: Failed
    ) -> None:
        """Write under ``wanted`` from now on."""
        desk = self._context.desk

        def write() -> "Letterhead":
            from kimdesk.casework.letterhead import change

            return change(desk, wanted)

        self._context.work.write(owner, write, done, failed)

    def keep_municipalities(
        self, owner: Owner, keys: tuple[str, ...], done: Callable[[None], object]
    ) -> None:
        """Keep for which municipalities (AGS) this desk works."""
        desk = self._context.desk
        self._context.work.write(owner, lambda: desk.set_municipalities(keys), done)
