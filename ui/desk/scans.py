"""Copies of scans for other programs: in a private folder, read-only, wiped at locking, end and start.

The folder has a random name and lies in the memory of the system where there is such a place (Linux), else
among the temporary files of the user. Before anything is put into it, its place is noted among the settings,
so that after a crash the next start finds it. Names of files say nothing about anybody. What the other
program does with its copy is beyond our reach.
"""

import os
import secrets
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kimdesk.domain.errors import StoreError

if TYPE_CHECKING:
    from kimdesk.vault.lock import FolderLock

_PREFIX = "kimdesk-open-"
_SUFFIXES = {
    "application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png", "image/heic": ".heic",
    "image/tiff": ".tif", "image/webp": ".webp", "image/gif": ".gif",
}  # fmt: skip
_BLOCK = 1024 * 1024


def suffix(media_type: str) -> str:
    """Return the ending of file names for a kind of scan (".pdf")."""
    return _SUFFIXES.get(media_type, "")


class OpenCopies:
    """The copies this program has handed out; ``memory`` is the file that remembers their folders."""

    def __init__(self, memory: Path | None = None) -> None:
        self._memory = memory
        self._folder: Path | None = None
        self._lock: FolderLock | None = None
        self._number = 0

    def put(self, data: bytes, media_type: str) -> Path:
        """Write a read-only copy and return where. Raises StoreError E941 when the disk refuses."""
        try:
            folder = self._folder or self._make()
            self._number += 1
            path = folder / f"Unterlage-{self._number}{suffix(media_type)}"
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o400)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            path.chmod(0o400)
        except OSError:
            self.wipe()
            raise StoreError("E941") from None
        return path

    def wipe(self) -> None:
        """Overwrite and remove all copies; what another program holds on to is tried again next time."""
        folder, self._folder = self._folder, None
        if self._lock is not None:
            self._lock.release()
            self._lock = None
        if folder is not None and _remove(folder):
            self._note([each for each in self._noted() if each != folder])

    def sweep(self) -> None:
        """Remove what a program that ended badly left behind; what another running one uses stays."""
        noted = self._noted()
        left = [folder for folder in noted if folder == self._folder or not _abandoned(folder)]
        if left != noted:
            with suppress(OSError):
                self._note(left)

    def _make(self) -> Path:
        from kimdesk.vault.lock import FolderLock

        self.sweep()
        folder = _base() / f"{_PREFIX}{secrets.token_hex(12)}"
        self._note([*self._noted(), folder])
        folder.mkdir(mode=0o700)
        self._folder, self._lock = folder, FolderLock(folder)
        return folder

    def _noted(self) -> list[Path]:
        try:
            lines = self._file().read_text(encoding="utf-8").splitlines()
        except (OSError, ValueError):
            return []
        return [path for path in map(Path, lines) if path.name.startswith(_PREFIX)]

    def _note(self, folders: list[Path]) -> None:
        from kimdesk.domain.files import write_atomically

        file = self._file()
        if folders:
            file.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(file, "".join(f"{folder}\n" for folder in folders).encode())
        else:
            with suppress(OSError):
                file.unlink(missing_ok=True)

    def _file(self) -> Path:
        from ui.program.preferences import settings_folder

        return self._memory or settings_folder() / "open-copies"


copies = OpenCopies()
"""Those of this program."""


def _base() -> Path:
    runtime = Path(os.environ.get("XDG_RUNTIME_DIR", ""))
    if sys.platform == "linux" and runtime.is_absolute() and os.access(runtime, os.W_OK):
        return runtime
    return Path(tempfile.gettempdir())


def _abandoned(folder: Path) -> bool:
    """Remove ``folder`` unless a running program holds it; return whether it is gone."""
    from kimdesk.domain.errors import VaultError
    from kimdesk.vault.lock import FolderLock

    try:
        if folder.is_symlink() or not folder.is_dir():
            return True
        FolderLock(folder).release()
    except (VaultError, PermissionError):
        return False
    except OSError:
        return not folder.exists()
    return _remove(folder)


def _remove(folder: Path) -> bool:
    """Overwrite and remove everything in ``folder`` and itself; return whether it is gone."""
    for top, folders, files in os.walk(folder, topdown=False):
        for name in files:
            _overwrite(Path(top, name))
        for name in folders:
            with suppress(OSError):
                Path(top, name).rmdir()
    with suppress(OSError):
        folder.rmdir()
    return not folder.exists()


def _overwrite(path: Path) -> None:
    with suppress(OSError):
        if not path.is_symlink():
            path.chmod(0o600)
            with path.open("r+b") as file:
                for start in range(0, path.stat().st_size, _BLOCK):
                    file.write(bytes(min(_BLOCK, path.stat().st_size - start)))
                file.flush()
                os.fsync(file.fileno())
    with suppress(OSError):
        path.unlink()
