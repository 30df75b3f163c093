"""One encrypted vault on disk: the ways in, opening and closing, and knowing whether it is whole."""

from kimdesk.vault.attempts import delay
from kimdesk.vault.backup import Backup, backup, backup_steps, is_vouched_for, known_backup, list_backups
from kimdesk.vault.checks import check
from kimdesk.vault.copying import Steps, finished
from kimdesk.vault.creation import Making, create
from kimdesk.vault.escrow import add_escrow, new_escrow_key, recover_by_escrow, remove_escrow
from kimdesk.vault.escrow_key import (
    EscrowFiles,
    EscrowKey,
    new_escrow_files,
    open_escrow_key,
    read_escrow_key,
    read_key_file,
)
from kimdesk.vault.header import SlotInfo, VaultHeader, read_header
from kimdesk.vault.kdf import Strength
from kimdesk.vault.opening import change_passphrase, recover, unlock, unlock_with_recovery
from kimdesk.vault.passphrase import Rating, generate_passphrase, passphrase_strength
from kimdesk.vault.recovery import Beginning, HandOut, new_code
from kimdesk.vault.rekey import Rekeyed, left_out, rekey
from kimdesk.vault.restoring import drill_steps, restore, restore_drill, restore_with_recovery
from kimdesk.vault.rotation import Span, Stamp, believed, spans
from kimdesk.vault.sheets import join_sheets, new_sheets, split_recovery
from kimdesk.vault.slotfile import asides
from kimdesk.vault.users import (
    add_user,
    check_passphrase,
    check_recovery,
    remove_user,
    rename_user,
    renew_recovery,
    users,
)
from kimdesk.vault.vault import Vault

__all__ = [
    "Backup",
    "Beginning",
    "EscrowFiles",
    "EscrowKey",
    "HandOut",
    "Making",
    "Rating",
    "Rekeyed",
    "SlotInfo",
    "Span",
    "Stamp",
    "Steps",
    "Strength",
    "Vault",
    "VaultHeader",
    "add_escrow",
    "add_user",
    "asides",
    "backup",
    "backup_steps",
    "believed",
    "change_passphrase",
    "check",
    "check_passphrase",
    "check_recovery",
    "create",
    "delay",
    "drill_steps",
    "finished",
    "generate_passphrase",
    "is_vouched_for",
    "join_sheets",
    "known_backup",
    "left_out",
    "list_backups",
    "new_code",
    "new_escrow_files",
    "new_escrow_key",
    "new_sheets",
    "open_escrow_key",
    "passphrase_strength",
    "read_escrow_key",
    "read_header",
    "read_key_file",
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
    "spans",
    "split_recovery",
    "unlock",
    "unlock_with_recovery",
    "users",
]
