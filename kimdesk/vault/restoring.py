"""The way back from a backup, and trying it without anybody having to need it."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kimdesk.domain.errors import VaultError
from kimdesk.vault import freshness, lock
from kimdesk.vault.backup import private_folder
from kimdesk.vault.copying import Steps, carry_steps, checked_inventory, finished, inventory_seal, part
from kimdesk.vault.creation import demand_empty
from kimdesk.vault.database import DATABASE
from kimdesk.vault.failures import understood
from kimdesk.vault.keys import wipe
from kimdesk.vault.manifest import (
    SUFFIX,
    BackupManifest,
    SealedManifest,
    describe,
    read_manifest,
)
from kimdesk.vault.opening import open_alone
from kimdesk.vault.parts import sweep, under_construction
from kimdesk.vault.passphrase import prepared
from kimdesk.vault.recovery import parse_code
from kimdesk.vault.rekey import Witness, show
from kimdesk.vault.slotfile import COPIES, OpenedSlot, open_copies, owner_of, read_copies, write_copies
from kimdesk.vault.slots import Kind
from kimdesk.vault.vault import Vault

_DAMAGE = ("E002", "E003", "E006", "E033")


@understood()
def restore(backup: Path, to: Path, passphrase: str, *, witness: Witness | None = None) -> Vault:
    """Make a vault in ``to``, which is missing or empty, from ``backup``, and return it open.

    It is built beside ``to``, checked, marked as restored, shown to ``witness``, and only then takes the
    name; ``backup`` is only read. Raises VaultError E001 (wrong passphrase, as of that day), E010
    (something is in ``to``), E012 (damaged or incomplete) or E018 (no backup), StoreError E901, E902 or
    E904 when a disk refuses. Passphrases are not counted here: who holds the backup may copy it.
    """
    return _restore(backup, to, "pass", prepared(passphrase), witness)


@understood()
def restore_with_recovery(backup: Path, to: Path, code: str, *, witness: Witness | None = None) -> Vault:
    """Restore by the recovery code of that day.

    Raises VaultError E011 for a mistyped code, otherwise as ``restore``.
    """
    return _restore(backup, to, "recovery", parse_code(code), witness)


def restore_drill(backup: Path, passphrase: str, *, witness: Witness | None = None) -> None:
    """Restore ``backup`` to a temporary folder, as encrypted as ever, and remove it again.

    Raises as ``restore``; otherwise the backup can be relied on.
    """
    with tempfile.TemporaryDirectory(prefix="kimdesk-") as folder:
        restore(backup, Path(folder) / "vault", passphrase, witness=witness).close()


def drill_steps(vault: Vault, backup: Path, *, witness: Witness | None = None) -> Steps[None]:
    """Restore ``backup`` by the key of the open ``vault`` it is of, beside it, and remove it again.

    Nobody types a passphrase. The restored vault is checked as by ``restore``, opened and shown to
    ``witness``. Raises VaultError E025 when another key made the backup, otherwise as ``restore``.
    """
    with understood():
        sealed = read_manifest(backup)
        if sealed.manifest.vault_id != vault.header.vault_id or not sealed.is_genuine(vault.key):
            raise VaultError("E025")
        opened = _own_way_in(vault, backup)
        try:
            with private_folder(vault) as place:
                yield from part(_fetch_steps(backup, place, sealed, opened), 0.0, 0.9)
                show(place, opened, lambda restored: _mark(restored, witness))
        finally:
            wipe(opened.key)


def _own_way_in(vault: Vault, backup: Path) -> OpenedSlot:
    with _damage_is_the_backups():
        copies = read_copies(backup)
    book = next((copy.book for copy in copies if copy.is_genuine(vault.key)), None)
    if book is None:
        raise VaultError("E012")
    return OpenedSlot(book, book.slots[0], bytearray(vault.key))


def _restore(backup: Path, to: Path, kind: Kind, secret: bytes, witness: Witness | None) -> Vault:
    sealed = read_manifest(backup)
    demand_empty(to)
    with _damage_is_the_backups():
        opened = open_copies(read_copies(backup), kind, secret, belongs=sealed.is_genuine)
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        sweep(to.resolve().parent, opened.key)
        latest = _latest(backup, opened.key)
        with under_construction(to, opened.key) as scaffold:
            finished(_fetch_steps(backup, scaffold, sealed, opened))
            show(scaffold, opened, lambda vault: _mark(vault, witness, latest))
            (scaffold / lock.NAME).unlink()
        return open_alone(to, opened)
    except BaseException:
        wipe(opened.key)
        raise


def _fetch_steps(backup: Path, scaffold: Path, sealed: SealedManifest, opened: OpenedSlot) -> Steps[None]:
    """Copy the files and believe them only when the manifest, the key and every check agree."""
    manifest, key = sealed.manifest, opened.key
    if not (sealed.is_genuine(key) and manifest.vault_id == opened.book.vault_id):
        raise VaultError("E012")
    yield from part(_copy_steps(backup, scaffold, manifest), 0.0, 0.7)
    _settle_copies(scaffold, manifest, opened)
    with _damage_is_the_backups():
        inventory = checked_inventory(scaffold / DATABASE, key)
    if inventory is None or inventory_seal(inventory, key) != manifest.inventory:
        raise VaultError("E012")
    freshness.write_anchor(scaffold, key, manifest.vault_id, manifest.counter)


def _copy_steps(backup: Path, scaffold: Path, manifest: BackupManifest) -> Steps[None]:
    for each in manifest.files:
        try:
            yield from carry_steps(backup / each.name, scaffold / each.name)
        except FileNotFoundError:
            raise VaultError("E012") from None
        except PermissionError:
            raise VaultError("E045") from None


def _settle_copies(scaffold: Path, manifest: BackupManifest, opened: OpenedSlot) -> None:
    """Put the slot file that opened the backup in the place of one of another vault, as opening a vault does.

    Then all files have to be what the manifest says.
    """
    for name in COPIES:
        if owner_of(scaffold / name) not in ("", manifest.vault_id):
            (scaffold / name).unlink()
            write_copies(scaffold, opened.book, opened.key)
    if describe(scaffold) != manifest.files:
        raise VaultError("E012")


def _mark(vault: Vault, witness: Witness | None, latest: int = 0) -> None:
    """Note that ``vault`` is restored; from here on it counts further than ``latest``."""
    with vault.connection() as connection:
        freshness.mark_restored(connection)
    vault.count_beyond(latest)
    if witness is not None:
        witness(vault)


def _latest(backup: Path, key: bytearray) -> int:
    """Return how far the backups beside this one count: what is backed up from now on is later than they."""
    counters = [0]
    for path in backup.parent.glob(f"*{SUFFIX}"):
        with suppress(VaultError, OSError):
            sealed = read_manifest(path)
            counters.append(sealed.manifest.counter if sealed.is_genuine(key) else 0)
    return max(counters)


@contextmanager
def _damage_is_the_backups() -> Iterator[None]:
    try:
        with understood():
            yield
    except VaultError as refusal:
        code = "E012" if refusal.code in _DAMAGE else "E045" if refusal.code == "E034" else refusal.code
        raise VaultError(code, **refusal.facts) from None
