"""What the first steps do: make a vault, prove the sheet, or leave nothing behind."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from ui.desk import practice_vault
from ui.program.preferences import data_folder
from ui.program.work import Owner, Work

if TYPE_CHECKING:
    from kimdesk.casework.desk import Desk
    from kimdesk.texts.refusals import Explanation

Role = Literal["desk", "kreis"]
PRACTICE_CASES = 60
AGS_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Answers:
    """What was said about the new desk. ``municipalities`` are AGS of eight digits."""

    role: Role
    name: str
    user: str
    municipalities: tuple[str, ...]
    folder: Path


class WizardView(Owner, Protocol):
    """What the presenter tells the page."""

    def show_busy(self, words: str) -> None:
        """Say what is being done."""

    def show_problem(self, told: "Explanation") -> None:
        """Say why it did not work."""

    def show_sheet(self, code: str) -> None:
        """Show the recovery code."""

    def show_progress(self, done: int, total: int) -> None:
        """Show how far the practice town is."""

    def finish(self, desk: "Desk") -> None:
        """Hand the open desk over."""


class WizardPresenter:
    """Holds the vault between its creation and the moment its sheet is proven."""

    def __init__(self, work: Work, view: WizardView) -> None:
        self._work = work
        self._view = view
        self._made: tuple[Desk, str] | None = None

    @property
    def is_made(self) -> bool:
        """Return whether a vault exists whose sheet is not proven yet."""
        return self._made is not None

    def make(self, answers: Answers, passphrase: str) -> None:
        """Make the vault in the background, then show its recovery code."""

        def write() -> "tuple[Desk, str]":
            from kimdesk.casework.desk import Desk

            return Desk.create(
                answers.folder,
                passphrase,
                name=answers.name,
                user=answers.user,
                municipalities=answers.municipalities,
                role=answers.role,
            )

        self._work.write(self._view, write, self._keep, self._view.show_problem)

    def make_practice(self) -> None:
        """Make a practice vault with invented families; everyone may know its passphrase."""
        folder = free_folder(practice_vault.FOLDER)

        def write() -> "tuple[Desk, str]":
            from kimdesk.casework.desk import Desk
            from kimdesk.practice import fill, library
            from kimdesk.vault import Strength

            places = library.kreis()
            municipalities = tuple(place.ags for place in places.municipality)
            desk, code = Desk.create(
                folder,
                practice_vault.OPEN_SECRET,
                name=places.municipality[0].name,
                user=places.worker,
                municipalities=municipalities,
                practice=True,
                strength=Strength.INTERACTIVE,
            )
            fill.fill(desk, PRACTICE_CASES, progress=self._view.show_progress)
            return desk, code

        self._work.write(self._view, write, lambda made: self._view.finish(made[0]), self._view.show_problem)

    def sheet(self) -> bytes:
        """Return the recovery sheet as PDF."""
        from kimdesk.documents import recovery_sheet

        if self._made is None:
            raise RuntimeError("no vault yet")
        desk, code = self._made
        header = desk.vault.header
        return recovery_sheet(code, vault_name=desk.name, vault_id=header.vault_id, practice=header.practice)

    def proves(self, typed: str) -> bool:
        """Return whether ``typed`` is the code of the sheet."""
        from kimdesk.domain.errors import VaultError
        from kimdesk.vault.recovery import parse_code

        if self._made is None:
            return False
        try:
            return parse_code(typed) == parse_code(self._made[1])
        except VaultError:
            return False

    def complete(self) -> None:
        """Note in the audit trail that the sheet is proven, and hand the desk over."""
        if self._made is None:
            return
        made, self._made = self._made, None
        desk, code = made

        def note() -> None:
            from kimdesk.casework import access

            access.check_sheets(desk, code)

        def give_back(told: "Explanation") -> None:
            self._made = made
            self._view.show_problem(told)

        self._work.write(self._view, note, lambda _: self._view.finish(desk), give_back)

    def abandon(self) -> None:
        """Remove the vault that was made; nothing of it stays."""
        if self._made is None:
            return
        (desk, _), self._made = self._made, None

        def remove() -> None:
            desk.close()
            shutil.rmtree(desk.vault.folder)

        self._work.write(self._view, remove)

    def _keep(self, made: "tuple[Desk, str]") -> None:
        self._made = made
        self._view.show_sheet(made[1])


def free_folder(name: str) -> Path:
    """Return a folder for a new vault that does not exist yet."""
    plain = "".join(letter if letter.isalnum() else "-" for letter in name).strip("-") or "Tresor"
    folder, number = data_folder() / plain, 2
    while folder.exists():
        folder, number = data_folder() / f"{plain}-{number}", number + 1
    return folder


def municipality_keys(text: str) -> tuple[str, ...] | None:
    """Return the AGS in ``text``, parted by blanks or commas; None when one has not eight digits."""
    keys = tuple(text.replace(",", " ").replace(";", " ").split())
    return keys if all(len(key) == AGS_LENGTH and key.isdigit() for key in keys) else None
