"""An open vault: its database, the keys derived from its key, and closing it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from kimdesk.domain.errors import KimdeskError, VaultError
from kimdesk.vault import freshness, proof
from kimdesk.vault.database import DATABASE, Connection, open_database
from kimdesk.vault.engine import build_engine
from kimdesk.vault.failures import understood
from kimdesk.vault.footing import Footing, Ground
from kimdesk.vault.header import header_of
from kimdesk.vault.keys import KEY_BYTES, derive, wipe
from kimdesk.vault.lock import FolderLock
from kimdesk.vault.rescue import rescue
from kimdesk.vault.slotfile import OpenedSlot

if TYPE_CHECKING:
    from sqlalchemy import Engine


class Vault:
    """An unlocked vault.

    ``header`` is what its slot file said when it was opened; ``user`` is the label of the passphrase that
    opened it, of the first one when it was not a passphrase. ``set_aside`` names the slot files that did not
    belong to it and were put aside when it was opened.
    """

    set_aside: tuple[str, ...] = ()

    def __init__(
        self, folder: Path, opened: OpenedSlot, connection: Connection, lock: FolderLock, seen: int
    ) -> None:
        self.folder = folder
        self.header = header_of(opened.book)
        self.user = opened.slot.label if opened.slot.kind == "pass" else self.header.user
        self._key = opened.key
        self._connection: Connection | None = connection
        self._fresh = True
        self._book = opened.book
        self._ground = Ground(folder, lock)
        self._writing = False
        self._rescued = ""
        self._lock = lock
        self._seen = seen
        self._engine: Engine | None = None
        self._building = threading.Lock()
        proof.note_open(folder, opened.key)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def engine(self) -> "Engine":
        """The SQLAlchemy engine on the database; built when first asked for."""
        self._must_be_open()
        with self._building:
            if self._engine is None:
                self._engine = build_engine(self._connect, self._begin_to_write, self._end)
            return self._engine

    @property
    def key(self) -> bytearray:
        """The key itself, for this room alone; others derive theirs."""
        self._must_be_open()
        return self._key

    @property
    def counter(self) -> int:
        """How often the vault was anchored: of two states the one that counts further is the later one."""
        return self._seen

    @property
    def restored(self) -> bool:
        """Whether this is a restored backup that the exchange with others has not yet heard of."""
        with self.connection() as connection:
            return freshness.is_restored(connection)

    def settle_restored(self) -> None:
        """Say that everybody who needs to know has heard that this is a restored backup."""
        with self.connection() as connection:
            freshness.settle_restored(connection)

    def count_beyond(self, counter: int) -> None:
        """Let this state be a later one than that with ``counter``."""
        with self.connection() as connection:
            self._seen = freshness.advance(connection, max(self._seen, counter))

    def derive_key(self, purpose: str, length: int = KEY_BYTES) -> bytes:
        """Return ``length`` bytes that only this vault has, for ``purpose`` alone (HKDF-SHA256)."""
        self._must_be_open()
        return derive(self._key, f"use {purpose}", length)

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """Lend the bare database connection, once nobody else uses it."""
        self._must_be_open()
        if self._engine is None:
            with self._ground.ours():
                yield self._connection
            return
        lent = self._engine.raw_connection()
        try:
            with self._ground.ours():
                yield lent.driver_connection
        finally:
            lent.close()

    def checkpoint(self) -> None:
        """Bring everything written into the database file and anchor it, against older copies of the file.

        Raises VaultError E003, StoreError E901, E902 or E904; what was saved is safe then too, in the log.
        VaultError E032 when the folder has another name now: nothing is anchored then. E040 and E041 as a
        transaction that writes.
        """
        with understood():
            with self.connection() as connection:
                self._demand_own_files()
                counter = freshness.advance(connection, self._seen)
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            self._seen = counter
            self._demand_same_folder()
            freshness.write_anchor(self.folder, self._key, self.header.vault_id, counter)

    def close(self) -> None:
        """Anchor, close, forget the key, give the folder free. A second time does nothing.

        Nothing is lost when the disk refuses the anchor: what was saved stands in the database or its
        log, and an anchor may be behind.
        """
        if self._connection is None:
            return
        with suppress(Exception):
            self.checkpoint()
        with self._ground.leaving():
            if self._engine is not None:
                self._engine.dispose()
            self._connection.close()
        self._connection = None
        proof.note_closed(self.folder)
        wipe(self._key)
        self._lock.release()

    def _connect(self) -> Connection:
        """Hand the connection that unlocked to the pool; open another one should the pool have dropped it."""
        self._must_be_open()
        if self._fresh:
            self._fresh = False
        else:
            if not self._ground.holds_database:
                raise VaultError("E032")
            self._ground.close()
            self._connection = open_database(self.folder / DATABASE, self._key)
            self._ground = Ground(self.folder, self._lock)
        return self._connection

    def _begin_to_write(self) -> None:
        """Raise VaultError E032 when what is written now would be in no folder any more.

        E040 or E041 when another program exchanged the files. A folder that was only renamed is written on
        in: its open files have moved with it.
        """
        self._demand_own_files()
        if self._ground.footing() is Footing.GONE:
            raise VaultError("E032")
        self._writing = True

    def _end(self) -> None:
        """Note, after a transaction, what the database file is like when it was this process that wrote."""
        if self._writing:
            self._writing = False
            self._ground.note()

    def _demand_own_files(self) -> None:
        """Rescue what was saved, and raise VaultError E040, when another program exchanged the files.

        E041 when that was not possible; the next time it is tried again.
        """
        if self._ground.footing() is not Footing.EXCHANGED:
            return
        if not self._rescued:
            try:
                with understood():
                    self._rescued = rescue(self.folder, self._connection, self._key, self._book)
            except KimdeskError:
                raise VaultError("E041") from None
        raise VaultError("E040", copy=self._rescued)

    def _demand_same_folder(self) -> None:
        """Raise VaultError E032 when another folder, or none, has the vault's name."""
        if self._ground.footing() is not Footing.HERE:
            raise VaultError("E032")

    def _must_be_open(self) -> None:
        if self._connection is None:
            raise RuntimeError("the vault is closed")
