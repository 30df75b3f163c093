"""Writing files so that a reader finds the old one or the new one, never half of either.

What is made here is its owner's alone, whatever the umask says; what takes the place of a file that its owner
has opened to a group stays open to that group.
"""

import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kimdesk.domain.characters import is_writable, tidy

_UNSHOWN = "\ufffd"
_FOLDER, _GROUP_FOLDER = 0o700, 0o070
_FILE, _GROUP = 0o600, 0o060


def shown_name(path: Path) -> str:
    """Return the name of a file that somebody else named, as it can be kept and shown.

    What is no UTF-8, steers a terminal or turns the direction of what follows is shown as „\ufffd“.
    """
    name = os.fsencode(path.name).decode("utf-8", "replace")
    return "".join(sign if sign == tidy(sign) else _UNSHOWN for sign in map(_writable, name))


def _writable(sign: str) -> str:
    return sign if is_writable(sign) else _UNSHOWN


@contextmanager
def temporary_beside(path: Path) -> Iterator[Path]:
    """Yield an empty file in the folder of ``path`` that takes its place when the block succeeds.

    The file is readable by its owner only, and by the group that the old one was open to; it is on the disk
    before it takes the name. When the block or the disk fails, ``path`` stays as it was, nothing is left
    behind, and the exception goes on. Raises OSError at once for a device or a pipe.
    """
    if path.exists() and not (path.is_file() or path.is_dir()):  # a device or a pipe keeps its place
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    temporary = Path(name)
    try:
        _admit_as(path, handle)
        yield temporary
        _flush(temporary)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _settle(path.parent)


def write_atomically(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path``, wholly or not at all. Raises OSError when the disk refuses."""
    with temporary_beside(path) as temporary:
        temporary.write_bytes(data)


@contextmanager
def folder_beside(path: Path, name: str = "") -> Iterator[Path]:
    """Yield an empty folder, for files only, that takes the name ``path`` when the block succeeds.

    Until then it is called ``name``, by default something that nobody else has. ``path`` is missing or an
    empty folder. Everything is on the disk before the folder takes the name. When the block or the disk
    fails before that, nothing is left behind, and the exception goes on.
    """
    parent = path.resolve().parent
    if name:
        scaffold = private_folder(parent / name)
    else:
        scaffold = Path(tempfile.mkdtemp(prefix=f".{path.name}.", suffix=".part", dir=parent))
    try:
        scaffold.chmod(_FOLDER)
        yield scaffold
        for file in scaffold.iterdir():
            _flush(file)
        flush_folder(scaffold)
        if path.exists():
            path.rmdir()
        os.replace(scaffold, path)  # noqa: PTH105 - Path.replace reads as if it were a file
    except BaseException:
        shutil.rmtree(scaffold, ignore_errors=True)
        raise
    _settle(parent)


def private_folder(path: Path) -> Path:
    """Make the folder ``path``, its owner's alone, and return it. Raises OSError, also when there is one."""
    path.mkdir(mode=_FOLDER)
    path.chmod(_FOLDER)
    return path


def private_file(path: Path) -> None:
    """Make an empty file at ``path``, its owner's alone. Raises OSError, also when there is one."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _FILE)
    _admit_as(path, handle)


def close_to_others(folder: Path, names: Iterable[str]) -> None:
    """Take ``folder`` and the files ``names`` in it away from everybody but their owner.

    A group that may write into the folder was let in on purpose and keeps its rights. What cannot be changed
    stays as it is.
    """
    with suppress(OSError):
        mode = folder.stat().st_mode
        shared = bool(mode & stat.S_IWGRP)
        _close(folder, _FOLDER | (_GROUP_FOLDER if shared else 0))
        for name in names:
            with suppress(OSError):
                _close(folder / name, _FILE | (_GROUP if shared else 0))


def flush_folder(folder: Path) -> None:
    """Bring the names in ``folder`` onto the disk, where the system lets a folder be flushed."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _admit_as(path: Path, handle: int) -> None:
    """Let those use the new file who may use the one at ``path``, nobody outside its group; close it."""
    try:
        if os.name == "posix":
            os.fchmod(handle, _FILE)
            with suppress(OSError):
                old = path.stat()
                os.fchown(handle, -1, old.st_gid)
                os.fchmod(handle, _FILE | stat.S_IMODE(old.st_mode) & _GROUP)
    finally:
        os.close(handle)


def _close(path: Path, allowed: int) -> None:
    mode = stat.S_IMODE(path.stat().st_mode)
    if os.name == "posix" and mode & ~allowed & 0o777:
        path.chmod(mode & (allowed | ~0o777))


def _settle(folder: Path) -> None:
    """Bring a name that was just taken onto the disk, at the second try if need be.

    A disk that refuses again does not raise: the name is taken, and to say that nothing changed would be
    wrong. SQLite does likewise.
    """
    try:
        flush_folder(folder)
    except OSError:
        with suppress(OSError):
            flush_folder(folder)


def _flush(path: Path) -> None:
    with path.open("r+b") as file:
        os.fsync(file.fileno())
