"""Making a vault: all of it or nothing."""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Literal, TypedDict

from kimdesk.domain.errors import VaultError
from kimdesk.domain.files import folder_beside
from kimdesk.vault import freshness
from kimdesk.vault.database import DATABASE, open_database, refuse_plain
from kimdesk.vault.failures import demand_reachable, understood
from kimdesk.vault.kdf import FLOOR, Strength, parameters_for
from kimdesk.vault.keys import new_key, wipe
from kimdesk.vault.opening import open_alone
from kimdesk.vault.passphrase import demand_strong, prepared
from kimdesk.vault.place import demand_local
from kimdesk.vault.recovery import Beginning, parse_code
from kimdesk.vault.slotfile import OpenedSlot, write_copies
from kimdesk.vault.slots import FORMAT, TEXT_LIMIT, VERSION, SlotBook, wrap
from kimdesk.vault.vault import Vault

_ROLES = ("desk", "kreis")


class Making(TypedDict, total=False):
    """What ``create`` may be told beside where, for whom and with which passphrase."""

    role: Literal["desk", "kreis"]
    practice: bool
    strength: Strength
    beginning: Beginning


@understood("making")
def create(
    folder: Path,
    passphrase: str,
    *,
    name: str,
    role: str = "desk",
    user: str = "",
    practice: bool = False,
    strength: Strength = Strength.STRONG,
    beginning: Beginning | None = None,
) -> tuple[Vault, str]:
    """Make a vault in ``folder``, which is missing or empty, and return it open, with its recovery code.

    It is built beside ``folder`` and takes the name when whole and when its ``beginning`` has handed out the
    code, so that a failure at any moment leaves nothing under that name. ``name`` and ``user`` keep 200
    characters. Raises what handing out raises, VaultError E009 (weak passphrase), E010 (something is in the
    folder) or E031 (on a network drive), StoreError E901, E902 or E904 when the disk refuses.
    """
    if role not in _ROLES:
        raise ValueError("no such role")
    demand_strong(passphrase)
    demand_empty(folder)
    start, key = beginning or Beginning(), new_key()
    code, vault_id = start.recovery_code, start.vault_id
    try:
        cost = parameters_for(strength)
        label = user[:TEXT_LIMIT]
        own = wrap(key, prepared(passphrase), vault_id=vault_id, kind="pass", label=label, parameters=cost)
        spare = wrap(key, parse_code(code), vault_id=vault_id, kind="recovery", label="", parameters=FLOOR)
        book = SlotBook(FORMAT, VERSION, vault_id, 1, 1, name[:TEXT_LIMIT], role, practice, (own, spare))
        return _make(folder, OpenedSlot(book, own, key), lambda: start.hand_out(code)), code
    except BaseException:
        wipe(key)
        raise


def demand_empty(folder: Path) -> None:
    """Raise VaultError E010 unless ``folder`` is missing or an empty folder, E031 on a network drive.

    E035 for the folder one works in and E036 for the top of a drive: what is made takes the name of
    ``folder`` as a whole, which those do not give up. Raises OSError for a path that leads nowhere.
    """
    demand_reachable(folder)
    demand_local(folder)
    if not folder.exists():
        return
    if not folder.is_dir() or any(folder.iterdir()):
        raise VaultError("E010")
    if os.path.ismount(folder):
        raise VaultError("E036")
    with suppress(FileNotFoundError):  # one may work in a folder that is gone
        if folder.samefile(Path()):
            raise VaultError("E035")


def _make(folder: Path, opened: OpenedSlot, last: Callable[[], object]) -> Vault:
    folder.parent.mkdir(parents=True, exist_ok=True)
    _build(folder, opened, last)
    try:
        return open_alone(folder, opened)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _build(folder: Path, opened: OpenedSlot, last: Callable[[], object]) -> None:
    """Write all files into a folder of another name, then give it the name of ``folder``."""
    book, key = opened.book, opened.key
    with folder_beside(folder) as scaffold:
        _write_database(scaffold / DATABASE, book.vault_id, key)
        freshness.write_anchor(scaffold, key, book.vault_id, 0)
        write_copies(scaffold, book, key)
        last()


def _write_database(path: Path, vault_id: str, key: bytearray) -> None:
    connection = open_database(path, key, new=True)
    try:
        freshness.create_state(connection, vault_id)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        connection.close()
    refuse_plain(path)
