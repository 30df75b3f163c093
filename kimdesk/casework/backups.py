"""What this desk knows about copies of its vault: where they go, which there are, whether they are good.

Making and trying them is ``casework.upkeep``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal, TypeVar

import msgspec
from sqlalchemy import select

from kimdesk import vault
from kimdesk.casework.desk import Desk
from kimdesk.domain import dates
from kimdesk.domain.errors import StoreError, VaultError
from kimdesk.store.settings import drop_setting, get_settings, set_setting
from kimdesk.store.sql import Statement
from kimdesk.store.tables import audit
from kimdesk.store.work import Reader, Writer

WARN_AFTER = timedelta(days=7)
DRILL_AFTER = timedelta(days=30)
CLOCKS_DIFFER = timedelta(days=1)
MUCH_WORK = 1000
"""How often a vault is anchored, half a minute after work, in some weeks: far more than in one."""

_FIRST_ENTRY = Statement(select(audit.c.at).where(audit.c.seq == 1))

Warned = Literal["", "none", "old", "clock", "drill"]


class LastBackup(msgspec.Struct, frozen=True):
    """The last backup that was written and found whole: when (UTC), where, its size in bytes."""

    created: datetime
    path: str
    bytes: int


class LastState(msgspec.Struct, frozen=True):
    """The state of the vault in the last backup; no clock has to be right for this (``Vault.counter``)."""

    counter: int


class BackupPlace(msgspec.Struct, frozen=True):
    """The second folder or stick, and whether a backup goes there every day."""

    folder: str
    daily: bool = True


class Drill(msgspec.Struct, frozen=True):
    """A restore drill: when (UTC), with the backup of when, and the code of what was wrong, "" if nothing."""

    at: datetime
    created: datetime
    code: str = ""


class Restored(msgspec.Struct, frozen=True):
    """That this vault is a restored one: when (UTC), and from the backup of when."""

    at: datetime
    created: datetime


Known = LastBackup | LastState | BackupPlace | Drill | Restored
_KEYS: dict[type, str] = {
    LastBackup: "backup.last",
    LastState: "backup.state",
    BackupPlace: "backup.place",
    Drill: "backup.drill",
    Restored: "backup.restored",
}
_Fact = TypeVar("_Fact", LastBackup, LastState, BackupPlace, Drill, Restored)


@dataclass(frozen=True, slots=True)
class BackupCopy:
    """A backup of this vault in the folder; ``vouched``: the vault's present key vouches for it.

    ``doubtful``: its date cannot be right, for it contradicts the others or lies in the future.
    """

    backup: vault.Backup
    kept_as: vault.Span
    vouched: bool
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class BackupState:
    """Everything there is to say about the backups of a desk at a moment.

    ``there``: the folder can be reached; ``same_disk``: it lies on the disk of the vault itself; ``warned``:
    why somebody should act, "" when all is well.
    """

    last: LastBackup | None
    place: BackupPlace | None
    there: bool
    same_disk: bool
    copies: tuple[BackupCopy, ...]
    drill: Drill | None
    restored: Restored | None
    warned: Warned


def restored_at(desk: Desk) -> datetime | None:
    """Return when ``desk`` was restored (UTC), None when it was not or everybody has heard of it."""
    if not desk.vault.restored:
        return None
    with desk.reading() as reader:
        found = _read(Restored, get_settings(reader, _KEYS[Restored]))
    return found.at if found else None


def state(desk: Desk, now: datetime | None = None) -> BackupState:
    """Return how the backups of ``desk`` stand."""
    moment = now or dates.now()
    with desk.reading() as reader:
        found = get_settings(reader, *_KEYS.values())
    last, place = _read(LastBackup, found), _read(BackupPlace, found)
    drill, restored = _read(Drill, found), _read(Restored, found)
    folder = Path(place.folder) if place else None
    there = folder is not None and folder.is_dir()
    return BackupState(
        last=last,
        place=place,
        there=there,
        same_disk=there and folder is not None and _device(folder) == _device(desk.vault.folder),
        copies=copies(desk, folder, moment) if there and folder is not None else (),
        drill=drill,
        restored=restored,
        warned=_warned(last, _read(LastState, found), drill, desk, moment),
    )


def warned(desk: Desk, now: datetime | None = None) -> Warned:
    """Return why somebody should act; cheap.

    ``none``: no backup yet; ``old``: none for 7 days; ``clock``: its date cannot be right, or so much was
    done since then that the clock must stand still; ``drill``: the last drill failed.
    """
    with desk.reading() as reader:
        found = get_settings(reader, *_KEYS.values())
    last, reached = _read(LastBackup, found), _read(LastState, found)
    return _warned(last, reached, _read(Drill, found), desk, now or dates.now())


def days_without(desk: Desk, now: datetime | None = None) -> int:
    """Return for how many days there has been no backup, since the vault was begun if there is none."""
    with desk.reading() as reader:
        last = _known(reader, LastBackup)
        since = last.created if last else _begun(reader)
    return max(0, ((now or dates.now()) - since).days) if since else 0


def last_backup(desk: Desk) -> LastBackup | None:
    """Return the last good backup of this vault, None when there never was one."""
    with desk.reading() as reader:
        return _known(reader, LastBackup)


def place(desk: Desk) -> BackupPlace | None:
    """Return where the daily backups go, None when nothing was chosen."""
    with desk.reading() as reader:
        return _known(reader, BackupPlace)


def choose_place(desk: Desk, folder: Path) -> None:
    """Let backups go to ``folder`` from now on, every day.

    Raises StoreError E920 when it is not there, VaultError E026 when it lies inside the vault.
    """
    demand_elsewhere(desk, folder)
    if not folder.is_dir():
        raise StoreError("E920")
    with desk.writing() as writer:
        remember(writer, BackupPlace(str(folder)))


def set_daily(desk: Desk, daily: bool) -> None:
    """Make a backup every day, or only by hand; nothing happens without a place."""
    with desk.writing() as writer:
        if (found := _known(writer, BackupPlace)) is not None:
            remember(writer, BackupPlace(found.folder, daily))


def forget_place(desk: Desk) -> None:
    """Forget the folder; the backups in it stay as they are."""
    with desk.writing() as writer:
        drop_setting(writer, _KEYS[BackupPlace])


def backup_due(desk: Desk, now: datetime | None = None) -> Path | None:
    """Return where today's backup is to go: none was made today, and the folder is there; else None."""
    with desk.reading() as reader:
        last, found = _known(reader, LastBackup), _known(reader, BackupPlace)
        reached = _known(reader, LastState)
    if found is None or not found.daily or not Path(found.folder).is_dir():
        return None
    today = (now or dates.now()).astimezone().date()
    made_today = last is not None and last.created.astimezone().date() == today
    return None if made_today and not _much_was_done(reached, desk) else Path(found.folder)


def drill_due(desk: Desk, now: datetime | None = None) -> Path | None:
    """Return the backup to be tried: the newest there, when none was found good for 30 days; else None.

    A backup of an earlier key is not due: trying it needs the passphrase of its day.
    """
    with desk.reading() as reader:
        found, drill = _known(reader, BackupPlace), _known(reader, Drill)
    if found is None or not found.daily or (drill and not _old(drill, now or dates.now())):
        return None
    newest = next(iter(copies(desk, Path(found.folder), now)), None)
    return newest.backup.path if newest and newest.vouched else None


def copies(desk: Desk, folder: Path, now: datetime | None = None) -> tuple[BackupCopy, ...]:
    """Return the backups of this vault in ``folder``, the newest first; none when it cannot be read.

    Those that the vault's key vouches for come first: only their counters can be relied on.
    """
    own = [each for each in vault.list_backups(folder) if each.vault_id == desk.vault.header.vault_id]
    vouched = [each for each in own if vault.is_vouched_for(desk.vault, each)]
    others = [each for each in own if each not in vouched]
    moment = now or dates.now()
    return (*_copies(vouched, moment, vouched=True), *_copies(others, moment, vouched=False))


def remember(writer: Writer, fact: Known) -> None:
    """Keep ``fact`` in the vault, in the place of the one before."""
    set_setting(writer, _KEYS[type(fact)], msgspec.json.encode(fact).decode())


def demand_elsewhere(desk: Desk, folder: Path) -> None:
    """Raise VaultError E026 when ``folder`` lies inside the vault: what takes one takes both."""
    if folder.resolve().is_relative_to(desk.vault.folder.resolve()):
        raise VaultError("E026")


def _known(reader: Reader, kind: type[_Fact]) -> _Fact | None:
    return _read(kind, get_settings(reader, _KEYS[kind]))


def _read(kind: type[_Fact], settings: Mapping[str, str]) -> _Fact | None:
    found = settings.get(_KEYS[kind])
    return msgspec.json.decode(found, type=kind) if found else None


def _warned(
    last: LastBackup | None, reached: LastState | None, drill: Drill | None, desk: Desk, now: datetime
) -> Warned:
    if last is None:
        return "none"
    if now - last.created > WARN_AFTER:
        return "old"
    if _lies_ahead(last.created, now) or _much_was_done(reached, desk):
        return "clock"
    return "drill" if drill and drill.code else ""


def _lies_ahead(moment: datetime, now: datetime) -> bool:
    return moment - now > CLOCKS_DIFFER


def _much_was_done(reached: LastState | None, desk: Desk) -> bool:
    return reached is not None and desk.vault.counter - reached.counter > MUCH_WORK


def _copies(own: list[vault.Backup], now: datetime, *, vouched: bool) -> Iterator[BackupCopy]:
    spans, believed = vault.spans(each.stamp for each in own), vault.believed(each.stamp for each in own)
    for each in own:
        doubtful = each.stamp not in believed or _lies_ahead(each.created, now)
        yield BackupCopy(each, spans.get(each.stamp, "day"), vouched, doubtful)


def _old(drill: Drill, now: datetime) -> bool:
    return bool(drill.code) or now - drill.at >= DRILL_AFTER or _lies_ahead(drill.at, now)


def _begun(reader: Reader) -> datetime | None:
    first: str | None = _FIRST_ENTRY.scalar(reader.connection)
    return datetime.fromisoformat(first) if first else None


def _device(folder: Path) -> int:
    try:
        return folder.stat().st_dev
    except OSError:
        return -1
