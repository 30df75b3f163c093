"""Who may open the vault: people, recovery sheets, escrow. Each change stands in the audit trail.

The entry is written in a transaction that only commits when the change is made: there is no change without
its entry. What each function raises, its namesake in ``kimdesk.vault`` says.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, TypeVar

from kimdesk import vault
from kimdesk.casework.desk import Desk
from kimdesk.store import audit
from kimdesk.vault.sheets import SPLIT

_Result = TypeVar("_Result")
WayKind = Literal["person", "sheet", "split", "escrow"]

_MADE = {"sheet": ("recovery_renewed", "rekeyed"), "split": ("recovery_split",), "escrow": ("escrow_added",)}
_PROVEN = {"sheet": "recovery_checked", "split": "split_checked"}


@dataclass(frozen=True, slots=True)
class Way:
    """One way into the vault; ``kdf`` is its cost in words.

    ``own`` is the person who opened it now. ``made`` and ``proven`` say when, in UTC, it was last given out
    and when a sheet was last found to work; None when the audit trail does not know, as for what came with
    the vault itself.
    """

    id: str
    kind: WayKind
    label: str
    kdf: str
    own: bool = False
    made: datetime | None = None
    proven: datetime | None = None

    @property
    def doubtful(self) -> bool:
        """Whether nobody has seen this sheet work since it was made, as after a new key that broke off."""
        return self.kind in _PROVEN and self.made is not None and self.proven is None


def ways(desk: Desk) -> tuple[Way, ...]:
    """Return every way into the vault, oldest first."""
    header = vault.read_header(desk.vault.folder)
    with desk.reading() as reader:
        last = audit.last_of_kind(reader.connection, "vault")
    return tuple(_way(slot, desk.actor, last) for slot in header.slots)


def add_user(desk: Desk, passphrase: str, label: str, new_passphrase: str) -> vault.VaultHeader:
    """Let one more person, named ``label``, open the vault."""
    folder = desk.vault.folder
    return _noted(desk, "user_added", lambda: vault.add_user(folder, passphrase, label, new_passphrase))


def rename_user(desk: Desk, passphrase: str, slot_id: str, label: str) -> vault.VaultHeader:
    """Call a person ``label``; who works here now goes on under the new name."""
    folder = desk.vault.folder
    own = any(way.own and way.id == slot_id for way in ways(desk))
    header = _noted(
        desk, "user_renamed", lambda: vault.rename_user(folder, passphrase, slot_id, label), slot_id
    )
    if own:
        desk.actor = next(slot.label for slot in header.slots if slot.id == slot_id)
    return header


def remove_user(desk: Desk, passphrase: str, slot_id: str) -> vault.VaultHeader:
    """Take a person's passphrase off the vault; only a new key (``upkeep.rekey``) shuts them out for good."""
    return _noted(
        desk, "user_removed", lambda: vault.remove_user(desk.vault.folder, passphrase, slot_id), slot_id
    )


def change_passphrase(desk: Desk, old: str, new: str) -> None:
    """Let ``new`` open the vault instead of ``old``."""
    folder = desk.vault.folder
    _noted(desk, "passphrase_changed", lambda: vault.change_passphrase(folder, old, new))


def renew_recovery(desk: Desk, passphrase: str, *, code: str | None = None) -> str:
    """Return a new recovery code; the old one, and split sheets, no longer open the vault."""
    folder = desk.vault.folder
    return _noted(desk, "recovery_renewed", lambda: vault.renew_recovery(folder, passphrase, code=code))


def split_recovery(
    desk: Desk, passphrase: str, *, sheets: tuple[str, str, str] | None = None
) -> tuple[str, str, str]:
    """Return three sheets, any two of which recover the vault."""
    folder = desk.vault.folder
    return _noted(desk, "recovery_split", lambda: vault.split_recovery(folder, passphrase, sheets=sheets))


def check_sheets(desk: Desk, *sheets: str) -> bool:
    """Say whether a recovery sheet, or two of three, would open the vault; a sheet that does is noted.

    Nothing is opened or shown. Raises as ``vault.check_recovery``, for two also as ``vault.join_sheets``.
    """
    if not vault.check_recovery(desk.vault.folder, recovery_code(*sheets)):
        return False
    action = _PROVEN["sheet" if len(sheets) == 1 else "split"]
    with desk.writing() as writer:
        writer.record(action, "vault", desk.vault.header.vault_id)
    return True


def proves(codes: tuple[str, ...], typed: tuple[str, ...]) -> bool:
    """Say whether ``typed`` are new ``codes``, the one or two of the three, that a person holds on paper.

    Raises VaultError E011 for a mistyped code, E019 and E021 for two sheets.
    """
    from kimdesk.vault.recovery import parse_code

    return parse_code(recovery_code(*typed)) == parse_code(recovery_code(*codes[: len(typed)]))


def add_escrow(desk: Desk, passphrase: str, public_key: bytes, label: str) -> vault.VaultHeader:
    """Let the holder of ``public_key``, named ``label``, open the vault from now on."""
    folder = desk.vault.folder
    return _noted(desk, "escrow_added", lambda: vault.add_escrow(folder, passphrase, public_key, label))


def remove_escrow(desk: Desk, passphrase: str) -> vault.VaultHeader:
    """Take every escrow off the vault."""
    return _noted(desk, "escrow_removed", lambda: vault.remove_escrow(desk.vault.folder, passphrase))


def new_escrow_key(
    desk: Desk, label: str, passphrase: str, *, strength: vault.Strength = vault.Strength.STRONG
) -> vault.EscrowFiles:
    """Return a new escrow key pair of this Kreis as two files; the vault keeps neither."""
    return _noted(
        desk, "escrow_key_made", lambda: vault.new_escrow_files(label, passphrase, strength=strength)
    )


def recover(folder: Path, sheets: tuple[str, ...], new_passphrase: str) -> Desk:
    """Return the desk on a vault opened by a recovery sheet, or two of three, with a new passphrase.

    Raises as ``vault.recover`` and ``Desk.unlock``, for two sheets also as ``vault.join_sheets``.
    """
    vault.recover(folder, recovery_code(*sheets), new_passphrase)
    return _reopened(folder, new_passphrase, "recovered")


def recover_by_escrow(folder: Path, key_file: bytes, key_passphrase: str, new_passphrase: str) -> Desk:
    """Return the desk on a vault that was deposited with the holder of a private escrow key.

    Raises as ``vault.open_escrow_key``, ``vault.recover_by_escrow`` and ``Desk.unlock``.
    """
    private = vault.open_escrow_key(key_file, key_passphrase)
    vault.recover_by_escrow(folder, private, new_passphrase)
    return _reopened(folder, new_passphrase, "recovered_by_escrow")


def recovery_code(*sheets: str) -> str:
    """Return the recovery code of one sheet, or of two of three. Raises VaultError E019 and E021 for two."""
    return sheets[0] if len(sheets) == 1 else vault.join_sheets(*sheets)


def _reopened(folder: Path, passphrase: str, action: str) -> Desk:
    desk = Desk.unlock(folder, passphrase)
    try:
        with desk.writing() as writer:
            writer.record(action, "vault", desk.vault.header.vault_id)
    except BaseException:
        desk.close()
        raise
    return desk


def _noted(desk: Desk, action: str, change: Callable[[], _Result], slot_id: str = "") -> _Result:
    with desk.writing() as writer:
        writer.record(action, "vault", slot_id or desk.vault.header.vault_id)
        return change()


def _way(slot: vault.SlotInfo, actor: str, last: dict[str, str]) -> Way:
    if slot.kind == "pass":
        return Way(slot.id, "person", slot.label, slot.kdf, own=slot.label == actor)
    kind: WayKind = "escrow" if slot.kind == "escrow" else "split" if slot.label == SPLIT else "sheet"
    made = max((last[action] for action in _MADE[kind] if action in last), default="")
    proven = last.get(_PROVEN.get(kind, ""), "")
    label = slot.label if kind == "escrow" else ""
    still = proven if proven >= made else ""
    return Way(slot.id, kind, label, slot.kdf, made=_moment(made), proven=_moment(still))


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
