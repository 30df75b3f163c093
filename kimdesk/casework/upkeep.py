"""Keeping a vault whole and safe: checks, backups and the way back, a new key; all in the audit trail."""

from datetime import datetime
from pathlib import Path

import msgspec

from kimdesk import vault
from kimdesk.casework.desk import Desk
from kimdesk.store import audit
from kimdesk.store.audit import Entry
from kimdesk.store.settings import get_setting, set_setting

_LAST_BACKUP = "backup.last"


class LastBackup(msgspec.Struct, frozen=True):
    """The last backup that was written and found whole: when (UTC), where, its size in bytes."""

    created: datetime
    path: str
    bytes: int


def check(desk: Desk, full: bool = False) -> list[str]:
    """Return what is wrong, nothing when all is well; see ``vault.check``.

    ``audit: N`` says that the trail was changed at its entry N.
    """
    found = vault.check(desk.vault, full)
    with desk.reading() as reader:
        broken = audit.verify(reader.connection)
    return found + ([f"audit: {broken}"] if broken is not None else [])


def history(desk: Desk, case_id: str) -> tuple[Entry, ...]:
    """Return the audit trail of a case, the newest entry first."""
    with desk.reading() as reader:
        return audit.of_case(reader.connection, case_id)


def backup(desk: Desk, to: Path, *, now: datetime | None = None) -> vault.Backup:
    """Write a verified backup to the folder ``to`` and remember it. Raises as ``vault.backup``."""
    made = vault.backup(desk.vault, to, now=now)
    last = LastBackup(made.created, str(made.path), made.bytes)
    with desk.writing() as writer:
        set_setting(writer, _LAST_BACKUP, msgspec.json.encode(last).decode())
        writer.record("backed_up", "vault", made.vault_id)
    return made


def last_backup(desk: Desk) -> LastBackup | None:
    """Return the last good backup of this vault, None when there never was one."""
    with desk.reading() as reader:
        found = get_setting(reader, _LAST_BACKUP)
    return msgspec.json.decode(found, type=LastBackup) if found else None


def restore(source: Path, folder: Path, passphrase: str) -> Desk:
    """Make a vault in ``folder`` from a backup and return the desk on it. Raises as ``vault.restore``.

    The exchange with the Kreis starts a new epoch when it is next used (``sync.device``).
    """
    return Desk(vault.restore(source, folder, passphrase, witness=lambda each: _record(each, "restored")))


def rekey(folder: Path, passphrase: str) -> vault.Rekeyed:
    """Give the closed vault in ``folder`` a new key. Raises as ``vault.rekey``."""
    return vault.rekey(folder, passphrase, witness=lambda each: _record(each, "rekeyed"))


def _record(opened: vault.Vault, action: str) -> None:
    desk = Desk(opened)
    with desk.writing() as writer:
        writer.record(action, "vault", opened.header.vault_id)
