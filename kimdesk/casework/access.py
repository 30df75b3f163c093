"""Who may open the vault: people, recovery sheets, escrow. Each change stands in the audit trail.

The entry is written in a transaction that only commits when the change is made: there is no change without
its entry. What each function raises, its namesake in ``kimdesk.vault`` says.
"""

from collections.abc import Callable
from typing import TypeVar

from kimdesk import vault
from kimdesk.casework.desk import Desk

_Result = TypeVar("_Result")


def add_user(desk: Desk, passphrase: str, label: str, new_passphrase: str) -> vault.VaultHeader:
    """Let one more person, named ``label``, open the vault."""
    folder = desk.vault.folder
    return _noted(desk, "user_added", lambda: vault.add_user(folder, passphrase, label, new_passphrase))


def remove_user(desk: Desk, passphrase: str, slot_id: str) -> vault.VaultHeader:
    """Take a person's passphrase off the vault; only a new key (``upkeep.rekey``) shuts them out for good."""
    return _noted(
        desk, "user_removed", lambda: vault.remove_user(desk.vault.folder, passphrase, slot_id), slot_id
    )


def renew_recovery(desk: Desk, passphrase: str) -> str:
    """Return a new recovery code; the old one, and split sheets, no longer open the vault."""
    return _noted(desk, "recovery_renewed", lambda: vault.renew_recovery(desk.vault.folder, passphrase))


def split_recovery(desk: Desk, passphrase: str) -> tuple[str, str, str]:
    """Return three sheets, any two of which recover the vault."""
    return _noted(desk, "recovery_split", lambda: vault.split_recovery(desk.vault.folder, passphrase))


def add_escrow(desk: Desk, passphrase: str, public_key: bytes, label: str) -> vault.VaultHeader:
    """Let the holder of ``public_key``, named ``label``, open the vault from now on."""
    folder = desk.vault.folder
    return _noted(desk, "escrow_added", lambda: vault.add_escrow(folder, passphrase, public_key, label))


def remove_escrow(desk: Desk, passphrase: str) -> vault.VaultHeader:
    """Take every escrow off the vault."""
    return _noted(desk, "escrow_removed", lambda: vault.remove_escrow(desk.vault.folder, passphrase))


def _noted(desk: Desk, action: str, change: Callable[[], _Result], slot_id: str = "") -> _Result:
    with desk.writing() as writer:
        writer.record(action, "vault", slot_id or desk.vault.header.vault_id)
        return change()
