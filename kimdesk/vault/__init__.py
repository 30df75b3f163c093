"""One encrypted vault on disk: the ways in, opening and closing, and knowing whether it is whole."""

from kimdesk.vault.attempts import delay
from kimdesk.vault.backup import Backup, backup, list_backups
from kimdesk.vault.checks import check
from kimdesk.vault.creation import create
from kimdesk.vault.header import SlotInfo, VaultHeader, read_header
from kimdesk.vault.kdf import Strength
from kimdesk.vault.opening import change_passphrase, recover, unlock, unlock_with_recovery
from kimdesk.vault.passphrase import Rating, generate_passphrase, passphrase_strength
from kimdesk.vault.rekey import Rekeyed, rekey
from kimdesk.vault.restoring import restore, restore_drill, restore_with_recovery
from kimdesk.vault.vault import Vault

__all__ = [
    "Backup",
    "Rating",
    "Rekeyed",
    "SlotInfo",
    "Strength",
    "Vault",
    "VaultHeader",
    "backup",
    "change_passphrase",
    "check",
    "create",
    "delay",
    "generate_passphrase",
    "list_backups",
    "passphrase_strength",
    "read_header",
    "recover",
    "rekey",
    "restore",
    "restore_drill",
    "restore_with_recovery",
    "unlock",
    "unlock_with_recovery",
]
