"""What the first steps do: show the recovery sheet, have it proven, and only then make the vault."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from ui.desk import practice_vault
from ui.program.preferences import data_folder
from ui.program.work import Owner, Work

if TYPE_CHECKING:
    from kimdesk.cage import Stop
    from kimdesk.casework.desk import Desk
    from kimdesk.texts.refusals import Explanation
    from kimdesk.vault import Beginning

Role = Literal["desk", "kreis"]
PRACTICE_CASES = 60


@dataclass(frozen=True, slots=True)
class Answers:
    """What was said about the new desk.

    ``municipalities`` are AGS of eight digits, ``server`` the address of a Kreis's database or "".
    """

    role: Role
    name: str
    user: str
    municipalities: tuple[str, ...]
    folder: Path
    server: str = field(default="", repr=False)


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
    """Makes a vault once its recovery sheet is proven; until then nothing lies on the disk."""

    def __init__(self, work: Work, view: WizardView) -> None:
        self._work = work
        self._view = view
        self._begun: tuple[Answers, Beginning] | None = None
        self._stop: Stop | None = None

    def begin(self, answers: Answers) -> None:
        """See that a vault can be made there, then show its recovery code, the same for the same answers."""

        def look() -> None:
            from kimdesk.casework.desk import demand_server
            from kimdesk.vault.creation import demand_empty
            from kimdesk.vault.failures import understood

            with understood():
                demand_empty(answers.folder)
            if answers.server:
                demand_server(answers.server, answers.role)

        self._work.read(self._view, look, lambda _: self._show_sheet(answers), self._view.show_problem)

    def _show_sheet(self, answers: Answers) -> None:
        from kimdesk.vault import Beginning

        if self._begun is None or self._begun[0].name != answers.name:
            self._begun = answers, Beginning()
        self._view.show_sheet(self._begun[1].recovery_code)

    def make_practice(self) -> None:
        """Make a practice vault with invented families; everyone may know its passphrase."""
        folder = free_folder(practice_vault.FOLDER)

        def write() -> "tuple[Desk, str]":
            from kimdesk.casework.desk import Desk
            from kimdesk.practice import fill, library
            from kimdesk.vault import Strength

            places = library.kreis()
            municipalities = tuple(place.ags for place in places.town)
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

    def make_practice_kreis(self) -> None:
        """Make a Kreis for practice, with what its desks have handed over; ``stop`` leaves nothing of it."""
        from kimdesk.cage import Stop

        folder = free_folder(practice_vault.KREIS_FOLDER)
        self._stop = stop = Stop()

        def write() -> "tuple[Desk, str]":
            from kimdesk.practice.kreis.making import make

            with stop.heeded():
                return make(folder, practice_vault.OPEN_SECRET, progress=self._view.show_progress)

        self._work.write(self._view, write, lambda made: self._view.finish(made[0]), self._view.show_problem)

    def stop(self) -> None:
        """End what is being built."""
        if self._stop is not None:
            self._stop.stop()

    def sheet(self) -> bytes:
        """Return the recovery sheet as PDF."""
        from kimdesk.documents import recovery_sheet

        answers, beginning = self._settled()
        return recovery_sheet(
            beginning.recovery_code, vault_name=answers.name, vault_id=beginning.vault_id, practice=False
        )

    def proves(self, typed: str) -> bool:
        """Return whether ``typed`` is the code of the sheet."""
        from kimdesk.casework import access
        from kimdesk.domain.errors import VaultError

        try:
            return access.proves((self._settled()[1].recovery_code,), (typed,))
        except VaultError:
            return False

    def complete(self, answers: Answers, passphrase: str) -> None:
        """Make the vault, note in its audit trail that the sheet is proven, and hand the desk over."""
        beginning = self._settled()[1]

        def write() -> "Desk":
            from kimdesk.casework import access
            from kimdesk.casework.desk import Desk

            desk, code = Desk.create(
                answers.folder,
                passphrase,
                name=answers.name,
                user=answers.user,
                municipalities=answers.municipalities,
                role=answers.role,
                server=answers.server,
                beginning=beginning,
            )
            try:
                access.check_sheets(desk, code)
            except BaseException:
                desk.close()
                raise
            return desk

        self._work.write(self._view, write, self._view.finish, self._view.show_problem)

    def _settled(self) -> "tuple[Answers, Beginning]":
        if self._begun is None:
            raise RuntimeError("no sheet yet")
        return self._begun


def free_folder(name: str) -> Path:
    """Return a folder for a new vault that does not exist yet."""
    plain = "".join(letter if letter.isalnum() else "-" for letter in name).strip("-") or "Tresor"
    folder, number = data_folder() / plain, 2
    while folder.exists():
        folder, number = data_folder() / f"{plain}-{number}", number + 1
    return folder
