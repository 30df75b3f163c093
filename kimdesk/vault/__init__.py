"""One encrypted vault on disk: the ways in, opening and closing, and knowing whether it is whole."""

from kimdesk.vault.attempts import delay
from kimdesk.vault.backup import Backup, backup, list_backups
from kimdesk.vault.checks import check
from kimdesk.vault.creation import create
from kimdesk.vault.escrow import add_escrow, new_escrow_key, recover_by_escrow, remove_escrow
from kimdesk.vault.header import SlotInfo, VaultHeader, read_header
from kimdesk.vault.kdf import Strength
from kimdesk.vault.opening import change_passphrase, recover, unlock, unlock_with_recovery
from kimdesk.vault.passphrase import Rating, generate_passphrase, passphrase_strength
from kimdesk.vault.rekey import Rekeyed, rekey
from kimdesk.vault.restoring import restore, restore_drill, restore_with_recovery
from kimdesk.vault.sheets import join_sheets, split_recovery
from kimdesk.vault.users import add_user, check_recovery, remove_user, rename_user, renew_recovery, users
from kimdesk.vault.vault import Vault

__all__ = [
    "Backup",
    "Rating",
    "Rekeyed",
    "SlotInfo",
    "Strength",
    "Vault",
    "VaultHeader",
    "add_escrow",
    "add_user",
    "backup",
    "change_passphrase",
    "check",
    "check_recovery",
    "create",
    "delay",
    "generate_passphrase",
    "join_sheets",
    "list_backups",
    "new_escrow_key",
    "passphrase_strength",
    "read_header",
    "recover",
    "recover_by_escrow",
    "rekey",
    "remove_escrow",
    "remove_user",
    "rename_user",
    "renew_recovery",
    "restore",
    "restore_drill",
    "restore_with_recovery",
    "split_recovery",
    "unlock",
    "unlock_with_recovery",
    "users",
]
