"""What the locked vault says and does; knows no Qt. Heavy rooms are imported when they are needed."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kimdesk.texts import dates, say
from ui.program.preferences import Keeper, KnownVault
from ui.program.work import Owner, Work

if TYPE_CHECKING:
    from kimdesk.casework.desk import Desk
    from kimdesk.texts.refusals import Explanation
    from kimdesk.vault import VaultHeader

_SLOWED = ("E001", "E013")  # a wrong passphrase; tried again too soon
_OLDER = ("E005", "E030", "E042", "E043")  # older than last seen; last saves damaged; files exchanged
_NOON, _EVENING = 11, 18


class UnlockView(Owner, Protocol):
    """What the presenter asks of the page."""

    def show_vault(self, name: str, user: str, practice: bool) -> None:
        """Say whose vault this is."""

    def show_restored(self, words: str) -> None:
        """Say that this vault was restored from a backup, in ``words``."""

    def show_busy(self, busy: bool) -> None:
        """Say that the vault is being opened, or no longer."""

    def show_problem(self, explanation: "Explanation | None", accept_older: bool = False) -> None:
        """Say why it did not open; offer to take an older state when that is the reason."""

    def show_wait(self, seconds: int) -> None:
        """Let the user wait before the next attempt."""

    def finish(self, desk: "Desk") -> None:
        """Go on with the open desk."""


class UnlockPresenter:
    """Opens the vault in ``folder``."""

    def __init__(self, view: UnlockView, keeper: Keeper, work: Work, folder: Path) -> None:
        self._view = view
        self._keeper = keeper
        self._work = work
        self.folder = folder
        self.user = ""
        """Whose passphrase recovery replaces, once the vault has said so."""
        self.escrow_holder = ""
        """Who could open the vault with a private key, once the vault has said so."""

    def start(self) -> None:
        """Show what is known here about the vault."""
        known = self._keeper.current.known(self.folder)
        self._view.show_vault(known.name or self.folder.name, "", practice=False)
        if (day := known.restored_on) is not None:
            self._view.show_restored(say("kit.restored_on", day=dates.full(day)))

    def introduce(self) -> None:
        """Read what the vault says about itself, and show that."""
        self._work.read(self._view, self._header, self._introduce, self._view.show_problem)
        self._work.read(self._view, self._delay, self._view.show_wait)

    def last_opened(self) -> str:
        """Return when this vault was last opened here, as a sentence."""
        at = self._keeper.current.known(self.folder).opened_at
        if at is None:
            return say("unlock.not_opened_computer_before")
        return say("unlock.last_opened_day_date_time", day=dates.short_weekday(at), date=dates.full(at),
                  time=dates.time(at))  # fmt: skip

    def others(self) -> list[tuple[str, str]]:
        """Return folder and name of the other vaults known here."""
        vaults = self._keeper.current.vaults
        return [(each.folder, _called(each)) for each in vaults
                if each.folder != str(self.folder) and each.is_there]  # fmt: skip

    def open(self, passphrase: str, accept_older: bool = False) -> None:
        """Open the vault with ``passphrase``; takes as long as its key is costly."""
        if not passphrase:
            return
        self._begin()
        self._work.write(
            self._view, lambda: self._unlock(passphrase, accept_older), self._view.finish, self._refused
        )

    def trust(self, passphrase: str) -> None:
        """Open the vault on a drive that the person says is one of this computer; that is remembered."""
        from ui.desk.drive_notice import trusted_drive

        found, current = trusted_drive(self.folder), self._keeper.current
        if found is not None:
            self._keeper.change(current._replace(drives=(*current.drives, (found[0], found[1]))))
        self.open(passphrase)

    def recover(self, codes: tuple[str, ...], passphrase: str) -> None:
        """Set ``passphrase`` by the code of a recovery sheet, or of two of three, and open the vault."""
        self._begin()
        self._work.write(
            self._view, lambda: self._recover(codes, passphrase), self._view.finish, self._refused
        )

    def recover_by_key(self, key_file: Path, key_passphrase: str, passphrase: str) -> None:
        """Set ``passphrase`` by the private key this vault is deposited for, and open the vault."""
        self._begin()
        self._work.write(
            self._view,
            lambda: self._recover_by_key(key_file, key_passphrase, passphrase),
            self._view.finish,
            self._refused,
        )

    def _begin(self) -> None:
        self._view.show_problem(None)
        self._view.show_busy(True)

    def _introduce(self, header: "VaultHeader") -> None:
        self.user = header.user
        self.escrow_holder = next((slot.label for slot in header.slots if slot.kind == "escrow"), "")
        self._view.show_vault(header.name, header.user, header.practice)

    def _refused(self, explanation: "Explanation") -> None:
        self._view.show_busy(False)
        if explanation.code in _SLOWED:
            self._work.read(self._view, self._delay, self._view.show_wait)
        self._view.show_problem(explanation, accept_older=explanation.code in _OLDER)

    def _header(self) -> "VaultHeader":
        from kimdesk.vault import read_header

        return read_header(self.folder)

    def _delay(self) -> int:
        from kimdesk.vault import delay

        return delay(self.folder)

    def _unlock(self, passphrase: str, accept_older: bool) -> "Desk":
        from kimdesk.casework.desk import Desk
        from kimdesk.vault import place

        for at, kind in self._keeper.current.drives:
            place.trust(place.Drive(at, kind))
        return Desk.unlock(self.folder, passphrase, accept_older=accept_older)

    def _recover(self, codes: tuple[str, ...], passphrase: str) -> "Desk":
        from kimdesk.casework import access

        return access.recover(self.folder, codes, passphrase)

    def _recover_by_key(self, key_file: Path, key_passphrase: str, passphrase: str) -> "Desk":
        from kimdesk.casework import access
        from kimdesk.vault import read_key_file

        return access.recover_by_escrow(self.folder, read_key_file(key_file), key_passphrase, passphrase)


def greeting(now: datetime) -> str:
    """Return the greeting of the hour."""
    if now.hour < _NOON:
        return say("common.good_morning")
    return say("common.good_day") if now.hour < _EVENING else say("common.good_evening")


def _called(known: KnownVault) -> str:
    """Return the name of a vault; a restored one is told from the one it was made from."""
    name = known.name or Path(known.folder).name
    day = known.restored_on
    return say("unlock.name_restored_on", name=name, day=dates.full(day)) if day else name
