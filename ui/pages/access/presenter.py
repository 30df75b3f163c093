"""What the page Zugänge does: every change goes through ``casework.access``, in the background."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from kimdesk import vault
from kimdesk.casework import access
from kimdesk.casework.desk import Desk
from kimdesk.texts.refusals import Explanation
from kimdesk.vault import EscrowFiles, EscrowKey
from ui.desk.context import Context
from ui.pages.access.sheet_files import saved, sheet_pdf
from ui.program.work import Owner

T = TypeVar("T")
Done = Callable[[T], object]
Failed = Callable[[Explanation], object]


class AccessPresenter:
    """Calls ``casework.access`` for the open desk; whom it tells as in ``Work.write``."""

    def __init__(self, context: Context) -> None:
        self.work = context.work
        self._desk = context.desk

    @property
    def desk_name(self) -> str:
        """The name of the open desk."""
        return self._desk.name

    def read_ways(self, owner: Owner, done: Done[tuple[access.Way, ...]]) -> None:
        """Read every way into the vault."""
        desk = self._desk
        self.work.read(owner, lambda: access.ways(desk), done)

    def change_passphrase(self, owner: Owner, old: str, new: str, done: Done[None], failed: Failed) -> None:
        """Replace the passphrase ``old`` by ``new``."""
        desk = self._desk
        self.work.write(owner, lambda: access.change_passphrase(desk, old, new), done, failed)

    def add_user(
        self, owner: Owner, passphrase: str, label: str, new: str, done: Done[object], failed: Failed
    ) -> None:
        """Let one more person, named ``label``, open the vault with ``new``."""
        desk = self._desk
        self.work.write(owner, lambda: access.add_user(desk, passphrase, label, new), done, failed)

    def rename_user(
        self, owner: Owner, passphrase: str, slot_id: str, label: str, done: Done[object], failed: Failed
    ) -> None:
        """Call a person ``label``."""
        desk = self._desk
        self.work.write(owner, lambda: access.rename_user(desk, passphrase, slot_id, label), done, failed)

    def remove_user(
        self, owner: Owner, passphrase: str, slot_id: str, done: Done[object], failed: Failed
    ) -> None:
        """Take a person's passphrase off the vault."""
        desk = self._desk
        self.work.write(owner, lambda: access.remove_user(desk, passphrase, slot_id), done, failed)

    def check_passphrase(self, owner: Owner, passphrase: str, done: Done[None], failed: Failed) -> None:
        """Say whether ``passphrase`` opens the vault, before sheets are printed for nothing."""
        folder = self._desk.vault.folder
        self.work.write(owner, lambda: vault.check_passphrase(folder, passphrase), done, failed)

    def take_sheets(
        self,
        owner: Owner,
        passphrase: str,
        codes: tuple[str, ...],
        typed: tuple[str, ...],
        done: Done[bool],
        failed: Failed,
    ) -> None:
        """Let new sheets open the vault once they were ``typed`` back; ``done`` gets whether they were."""
        desk = self._desk
        self.work.write(owner, lambda: _taken(desk, passphrase, codes, typed), done, failed)

    def check_sheets(self, owner: Owner, codes: tuple[str, ...], done: Done[bool], failed: Failed) -> None:
        """Say whether the sheet, or the two sheets, would open the vault."""
        desk = self._desk
        self.work.write(owner, lambda: access.check_sheets(desk, *codes), done, failed)

    def add_escrow(
        self, owner: Owner, passphrase: str, key: EscrowKey, label: str, done: Done[object], failed: Failed
    ) -> None:
        """Let the holder of ``key``, called ``label``, open the vault."""
        desk = self._desk
        self.work.write(owner, lambda: access.add_escrow(desk, passphrase, key.key, label), done, failed)

    def remove_escrow(self, owner: Owner, passphrase: str, done: Done[object], failed: Failed) -> None:
        """Take every escrow off the vault."""
        desk = self._desk
        self.work.write(owner, lambda: access.remove_escrow(desk, passphrase), done, failed)

    def read_key(self, owner: Owner, path: Path, done: Done[EscrowKey], failed: Failed) -> None:
        """Read the public half of an escrow key from a file."""
        self.work.read(owner, lambda: vault.read_escrow_key(vault.read_key_file(path)), done, failed)

    def make_key(
        self, owner: Owner, label: str, passphrase: str, done: Done[EscrowFiles], failed: Failed
    ) -> None:
        """Make an escrow key pair of this Kreis."""
        desk = self._desk
        self.work.write(owner, lambda: access.new_escrow_key(desk, label, passphrase), done, failed)

    def save(self, owner: Owner, path: Path, content: bytes, done: Done[Path], failed: Failed) -> None:
        """Write ``content`` to the file ``path``, wholly or not at all."""
        self.work.write(owner, lambda: saved(path, content), done, failed)

    def save_sheet(
        self,
        owner: Owner,
        path: Path,
        codes: tuple[str, ...],
        number: int,
        done: Done[Path],
        failed: Failed,
    ) -> None:
        """Write sheet ``number`` (from 1) of ``codes`` as PDF to the file ``path``."""
        folder = self._desk.vault.folder
        self.work.write(owner, lambda: saved(path, sheet_pdf(folder, codes, number)), done, failed)


def _taken(desk: Desk, passphrase: str, codes: tuple[str, ...], typed: tuple[str, ...]) -> bool:
    if not access.proves(codes, typed):
        return False
    if len(codes) == 1:
        access.renew_recovery(desk, passphrase, code=codes[0])
    else:
        first, second, third = codes
        access.split_recovery(desk, passphrase, sheets=(first, second, third))
    return access.check_sheets(desk, *typed)
