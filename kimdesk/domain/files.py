"""Writing files so that a reader finds the old one or the new one, never half of either."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kimdesk.domain.characters import is_writable, tidy

_UNSHOWN = "\ufffd"


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

    The file is readable by its owner only, and on the disk before it takes the name. When the block or
    the disk fails, ``path`` stays as it was, nothing is left behind, and the exception goes on.
    """
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    os.close(handle)
    temporary = Path(name)
    try:
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
        scaffold = parent / name
        scaffold.mkdir(mode=0o700)
    else:
        scaffold = Path(tempfile.mkdtemp(prefix=f".{path.name}.", suffix=".part", dir=parent))
    try:
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


def flush_folder(folder: Path) -> None:
    """Bring the names in ``folder`` onto the disk, where the system lets a folder be flushed."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


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
