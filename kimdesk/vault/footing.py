"""Where the files of an open vault are: they may be renamed, deleted or exchanged under it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from pathlib import Path

from kimdesk.vault.database import DATABASE, LOG
from kimdesk.vault.lock import FolderLock

State = tuple[int, int]


class Footing(Enum):
    """How an open vault stands.

    ``MOVED``: its folder has another name now, what is saved goes with it; ``GONE``: it is in no folder any
    more; ``EXCHANGED``: its folder is there, but another program put other files in the place of its own.
    """

    HERE = "here"
    MOVED = "moved"
    GONE = "gone"
    EXCHANGED = "exchanged"


class Ground:
    """Remembers the files that a vault was opened with; nobody but this process writes into them.

    It is made after the database was opened and closed after that was closed: on POSIX, closing any handle
    on a file gives up SQLite's lock on it.
    """

    def __init__(self, folder: Path, lock: FolderLock) -> None:
        self._folder, self._lock = folder, lock
        self._place = folder.stat()
        self._files = {name: (folder / name).stat() for name in (DATABASE, LOG)}
        self._handle = os.open(folder / DATABASE, os.O_RDONLY) if os.name == "posix" else None
        self._state = self._state_now()

    def footing(self) -> Footing:
        """Return how the vault stands at this moment; costs three looks at the folder."""
        if not _same(self._folder, self._place):
            return Footing.MOVED if self._lock.is_there else Footing.GONE
        kept = all(_same(self._folder / name, known) for name, known in self._files.items())
        return Footing.HERE if kept and not self._is_overwritten() else Footing.EXCHANGED

    @property
    def holds_database(self) -> bool:
        """Whether the database of the name is still the one that was opened."""
        return _same(self._folder, self._place) and _same(self._folder / DATABASE, self._files[DATABASE])

    @contextmanager
    def ours(self) -> Iterator[None]:
        """Take what changes in the database file during the block for our own doing."""
        overwritten = self._is_overwritten()
        try:
            yield
        finally:
            if not overwritten:
                self.note()

    def note(self) -> None:
        """Remember the database file as it is now: it was this process that wrote."""
        self._state = self._state_now()

    @contextmanager
    def leaving(self) -> Iterator[None]:
        """Close the database in the block: SQLite then brings its log into it and deletes the log by name.

        Where another program wrote over the database, that would mix two states; a log of another program
        would be lost with its name.
        """
        log, aside = self._folder / LOG, self._folder / f"{LOG}.aside"
        exchanged = self.footing() is Footing.EXCHANGED
        own = _same(log, self._files[LOG])
        with suppress(OSError):
            if exchanged and own and self.holds_database:
                os.truncate(log, 0)
            elif exchanged and not own and log.exists():
                log.replace(aside)
        yield
        with suppress(OSError):
            if exchanged and own:
                log.unlink(missing_ok=True)
            if aside.exists():
                aside.replace(log)
        self.close()

    def close(self) -> None:
        """Let go of the database file, which nobody in this process has open any more."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _is_overwritten(self) -> bool:
        return self._state_now() != self._state

    def _state_now(self) -> State | None:
        """Return size and last change of the file that was opened, None on Windows, which tells them late."""
        if self._handle is None:
            return None
        found = os.fstat(self._handle)
        return found.st_size, found.st_mtime_ns


def _same(path: Path, known: os.stat_result) -> bool:
    try:
        return os.path.samestat(path.stat(), known)
    except OSError:
        return False
