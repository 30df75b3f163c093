"""Keeping a vault whole and safe: checks, backups and the way back, a new key; all in the audit trail."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from kimdesk import vault
from kimdesk.casework import attachments, backups
from kimdesk.casework.backups import Drill, LastBackup, LastState, Restored, last_backup, remember
from kimdesk.casework.desk import Desk, server_address
from kimdesk.domain import dates
from kimdesk.domain.errors import KimdeskError, StoreError, VaultError
from kimdesk.store import audit
from kimdesk.store.audit import TrailEntry
from kimdesk.store.postgresql import dumps
from kimdesk.store.revisions import take_new_mark
from kimdesk.store.schema import HEAD, reached
from kimdesk.store.work import Writer, reading, writing

__all__ = [
    "LastBackup",
    "backup",
    "backup_steps",
    "check",
    "drill",
    "drill_steps",
    "drill_with_passphrase",
    "history",
    "last_backup",
    "rekey",
    "restore",
]


def check(desk: Desk, full: bool = False) -> list[str]:
    """Return what is wrong, nothing when all is well; see ``vault.check``.

    ``audit: N`` says that the trail was changed at its entry N, ``attachment: <id>`` that a scan is not what
    was attached (looked at with ``full`` only).
    """
    found = vault.check(desk.vault, full)
    with desk.reading() as reader:
        broken = audit.verify(reader.connection)
    scans = attachments.verify(desk) if full else ()
    return [
        *found,
        *([f"audit: {broken}"] if broken is not None else []),
        *(f"attachment: {each}" for each in scans),
    ]


def history(desk: Desk, case_id: str) -> tuple[TrailEntry, ...]:
    """Return the audit trail of a case, the newest entry first."""
    with desk.reading() as reader:
        return audit.of_case(reader.connection, case_id)


def backup(desk: Desk, to: Path, *, now: datetime | None = None) -> vault.Backup:
    """Do all of ``backup_steps`` at once."""
    return vault.finished(backup_steps(desk, to, now=now))


def backup_steps(desk: Desk, to: Path, *, now: datetime | None = None) -> vault.Steps[vault.Backup]:
    """Write a verified backup to the folder ``to`` and remember it, in steps between which others may work.

    The registry of a Kreis goes into it from its server. Raises VaultError E026 for a folder inside the
    vault, otherwise as ``vault.backup_steps`` and ``dumps.dump_steps``.
    """
    backups.demand_elsewhere(desk, to)
    with desk.reading() as reader:
        address = server_address(reader)
    also = partial(dumps.dump_steps, address) if address else None
    made = yield from vault.backup_steps(desk.vault, to, now=now, also=also)
    with desk.writing() as writer:
        remember(writer, LastBackup(made.created, str(made.path), made.bytes))
        remember(writer, LastState(made.counter))
        writer.record("backed_up", "vault", made.vault_id)
    return made


def drill(desk: Desk, source: Path, *, now: datetime | None = None) -> Drill:
    """Do all of ``drill_steps`` at once."""
    return vault.finished(drill_steps(desk, source, now=now))


def drill_steps(desk: Desk, source: Path, *, now: datetime | None = None) -> vault.Steps[Drill]:
    """Prove that the backup ``source`` of this vault can be restored, without its passphrase; remember it.

    It is restored to a private place and checked as a restored vault is, its audit trail too, and removed.
    A backup that is found damaged is remembered as well: then ``code`` says so. Raises VaultError E025 when
    another key made it, E018 when it is none, and what a disk raises.
    """
    code = ""
    try:
        yield from vault.drill_steps(desk.vault, source, witness=partial(_prove, desk))
    except VaultError as refusal:
        if refusal.code != "E012":
            raise
        code = refusal.code
    return _note_drill(desk, source, code, now)


def drill_with_passphrase(desk: Desk, source: Path, passphrase: str, *, now: datetime | None = None) -> Drill:
    """Prove the same for a backup of an earlier key, by the passphrase of its day. Raises as ``restore``."""
    code = ""
    try:
        vault.restore_drill(source, passphrase, witness=partial(_prove, desk))
    except VaultError as refusal:
        if refusal.code != "E012":
            raise
        code = refusal.code
    return _note_drill(desk, source, code, now)


def restore(
    source: Path, folder: Path, secret: str, *, by_code: bool = False, now: datetime | None = None
) -> Desk:
    """Make a vault in ``folder`` from a backup and return the desk on it.

    ``secret`` is the passphrase of the day of the backup, or its recovery code (``by_code``). The exchange
    with the Kreis starts a new epoch when it is next used (``sync.device``). Raises as ``vault.restore``,
    and StoreError E908 for a backup of a newer KIMdesk.
    """
    known = vault.known_backup(source)

    def mark(restored: vault.Vault, writer: Writer) -> None:
        take_new_mark(writer)
        remember(writer, Restored(now or dates.now(), known.created))
        remember(writer, LastBackup(known.created, str(source), known.bytes))
        remember(writer, LastState(restored.counter))

    way_back = vault.restore_with_recovery if by_code else vault.restore
    return Desk.on(
        way_back(source, folder, secret, witness=lambda each: _record(each, "restored", partial(mark, each)))
    )


def rekey(
    folder: Path, passphrase: str, *, code: str | None = None, hand_out: vault.HandOut = lambda _: None
) -> vault.Rekeyed:
    """Give the closed vault in ``folder`` a new key. Raises as ``vault.rekey``."""
    return vault.rekey(
        folder,
        passphrase,
        witness=lambda each: _record(each, "rekeyed"),
        code=code,
        hand_out=hand_out,
    )


def _prove(desk: Desk, restored: vault.Vault) -> None:
    """Raise VaultError E012 when the audit trail of ``restored`` is not whole, or the registry in it."""
    with reading(restored.engine) as reader:
        if audit.verify(reader.connection) is not None:
            raise VaultError("E012")
    with desk.reading() as reader:
        address = server_address(reader)
    with restored.connection() as kept:
        if dumps.has_dump(kept) and not (
            dumps.is_whole(kept) and (not address or dumps.comes_back(kept, address))
        ):
            raise VaultError("E012")


def _note_drill(desk: Desk, source: Path, code: str, now: datetime | None) -> Drill:
    done = Drill(now or dates.now(), _created(source), code)
    with desk.writing() as writer:
        remember(writer, done)
        writer.record("restore_drilled", "vault", desk.vault.header.vault_id)
    return done


def _created(source: Path) -> datetime:
    try:
        return vault.known_backup(source).created
    except KimdeskError:
        return dates.now()


def _record(opened: vault.Vault, action: str, also: Callable[[Writer], None] | None = None) -> None:
    """Note ``action`` in a vault that is not in its place yet; its schema stays as it is.

    Raises StoreError E908 for the schema of a newer KIMdesk.
    """
    if reached(opened.engine) > HEAD:
        raise StoreError("E908")
    with writing(opened.engine, opened.user) as writer:
        writer.record(action, "vault", opened.header.vault_id)
        if also is not None:
            also(writer)
