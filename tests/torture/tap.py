"""Every write between the program and the disk, seen or refused on its way.

SQLite does its file work through a table of functions (its VFS). The library inside sqlcipher3 exports
where that table is, so three of its functions can be replaced: the real program, encrypting as always, is
listened to. What Python writes itself (slot file, anchor, bundle) goes through a few functions of ``os``.
"""

import ctypes
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import sqlcipher3._sqlite3 as library

_CREATES = 0x4  # SQLITE_OPEN_CREATE
_JOURNALS = 0x800 | 0x80000  # SQLITE_OPEN_MAIN_JOURNAL, SQLITE_OPEN_WAL: SQLite flushes their folder once
_POINTERS = {1: 12, 2: 16, 3: 18}  # functions in sqlite3_io_methods, by its version
_WRITE, _TRUNCATE, _SYNC = 3, 4, 5  # their places in it, as multiples of a pointer


@dataclass(frozen=True, slots=True)
class Step:
    """One thing asked of the disk: ``kind`` says what, to which path, with which bytes where."""

    kind: str  # create | write | truncate | sync | rename | unlink | mkdir | rmdir | syncdir | mark
    path: str = ""
    data: bytes = b""
    at: int = 0
    to: str = ""


Hook = Callable[[Step], int]
"""Told each step before it is done; returns 0, or SQLite's code to refuse it with."""


class _Vfs(ctypes.Structure):
    _fields_ = [
        ("version", ctypes.c_int), ("file_size", ctypes.c_int), ("longest", ctypes.c_int),
        ("next", ctypes.c_void_p), ("name", ctypes.c_char_p), ("data", ctypes.c_void_p),
        ("open", ctypes.c_void_p), ("delete", ctypes.c_void_p),
    ]  # fmt: skip


_p, _i, _n = ctypes.c_void_p, ctypes.c_int, ctypes.c_int64
_OPEN = ctypes.CFUNCTYPE(_i, _p, _p, _p, _i, _p)
_DELETE = ctypes.CFUNCTYPE(_i, _p, ctypes.c_char_p, _i)
_WRITES = ctypes.CFUNCTYPE(_i, _p, _p, _i, _n)
_TRUNCATES = ctypes.CFUNCTYPE(_i, _p, _n)
_SYNCS = ctypes.CFUNCTYPE(_i, _p, _i)
_TAPS: "list[Tap]" = []  # SQLite may still hold their functions after they were removed


class Tap:
    """The two taps, SQLite's and Python's, both leading to one hook."""

    def __init__(self, hook: Hook) -> None:
        self.hook = hook
        self._paths: dict[int, str] = {}
        self._young: set[str] = set()
        self._methods: dict[int, Any] = {}
        self._kept: list[Any] = []
        find = ctypes.CDLL(library.__file__).sqlite3_vfs_find
        find.restype, find.argtypes = ctypes.c_void_p, [ctypes.c_char_p]
        self._vfs = _Vfs.from_address(find(None))
        self._open, self._delete = _OPEN(self._vfs.open), _DELETE(self._vfs.delete)

    def install(self) -> None:
        """Listen to every database opened from now on."""
        opening, deleting = _OPEN(self._on_open), _DELETE(self._on_delete)
        self._kept += [opening, deleting]
        self._was = self._vfs.open, self._vfs.delete
        self._vfs.open = ctypes.cast(opening, _p).value
        self._vfs.delete = ctypes.cast(deleting, _p).value

    def remove(self) -> None:
        """Listen no longer; databases opened meanwhile must be closed."""
        self._vfs.open, self._vfs.delete = self._was

    def _on_open(self, vfs: int, name: int | None, file: int, flags: int, out: int) -> int:
        path = os.fsdecode(ctypes.string_at(name)) if name else ""
        if path and flags & _CREATES and not Path(path).exists():
            refusal = self.hook(Step("create", path))
            if refusal:
                ctypes.c_void_p.from_address(file).value = None
                return refusal
        code: int = self._open(vfs, name, file, flags, out)
        if code == 0:
            self._paths[file] = path
            if flags & _CREATES and flags & _JOURNALS:
                self._young.add(path)
            self._listen(file)
        return code

    def _listen(self, file: int) -> None:
        """Give the open file a copy of its functions with ours in three places."""
        slot = ctypes.c_void_p.from_address(file)
        source = slot.value or 0
        if source not in self._methods:
            count = _POINTERS[ctypes.c_int.from_address(source).value]
            copied = ctypes.string_at(source, ctypes.sizeof(ctypes.c_void_p) * (count + 1))
            table = (ctypes.c_void_p * (count + 1)).from_buffer_copy(copied)
            ours = (
                (_WRITE, self._write(_WRITES(table[_WRITE] or 0))),
                (_TRUNCATE, self._truncate(_TRUNCATES(table[_TRUNCATE] or 0))),
                (_SYNC, self._sync(_SYNCS(table[_SYNC] or 0))),
            )
            for place, function in ours:
                table[place] = ctypes.cast(function, _p).value
                self._kept.append(function)
            self._methods[source] = table
        slot.value = ctypes.addressof(self._methods[source])

    def _write(self, real: Any) -> Any:
        def write(file: int, data: int, size: int, at: int) -> int:
            refusal = self.hook(Step("write", self._paths[file], ctypes.string_at(data, size), at))
            if refusal:
                real(file, data, size // 2, at)
                return refusal
            return int(real(file, data, size, at))

        return _WRITES(write)

    def _truncate(self, real: Any) -> Any:
        def truncate(file: int, size: int) -> int:
            return self.hook(Step("truncate", self._paths[file], at=size)) or int(real(file, size))

        return _TRUNCATES(truncate)

    def _sync(self, real: Any) -> Any:
        def sync(file: int, flags: int) -> int:
            path = self._paths[file]
            refusal = self.hook(Step("sync", path))
            if path in self._young and not refusal:
                self._young.discard(path)
                refusal = self.hook(Step("syncdir", str(Path(path).parent)))
            return refusal or int(real(file, flags))

        return _SYNCS(sync)

    def _on_delete(self, vfs: int, name: bytes, flush: int) -> int:
        path = os.fsdecode(name)
        refusal = self.hook(Step("unlink", path)) if Path(path).exists() else 0
        if flush and not refusal:
            refusal = self.hook(Step("syncdir", str(Path(path).parent)))
        return refusal or int(self._delete(vfs, name, flush))


class PythonTap:
    """Python's own file work; ``refusal`` is the errno of what the hook refuses."""

    def __init__(self, hook: Hook, refusal: int) -> None:
        self.hook = hook
        self._refusal = refusal
        self._open, self._fsync, self._replace = os.open, os.fsync, os.replace

    @contextmanager
    def installed(self) -> Iterator[None]:
        """Listen for a block."""
        ours: dict[str, Any] = {"open": self._on_open, "fsync": self._on_fsync, "replace": self._on_replace}
        for name in ("mkdir", "rmdir", "unlink"):
            ours[name] = self._named(name, getattr(os, name))
        with patch.multiple(os, **ours):
            yield

    def _ask(self, step: Step) -> None:
        if self.hook(step):
            raise OSError(self._refusal, os.strerror(self._refusal))

    def _named(self, kind: str, real: Callable[..., None]) -> Callable[..., None]:
        def asked(path: Any, *rest: Any, **options: Any) -> None:
            full = _full(path, options.get("dir_fd"))
            if Path(full).exists() != (kind == "mkdir"):
                self._ask(Step(kind, full))
            real(path, *rest, **options)

        return asked

    def _on_open(self, path: Any, flags: int, *rest: Any, **options: Any) -> int:
        if flags & os.O_CREAT and not Path(path).exists():
            self._ask(Step("create", _full(path)))
        return self._open(path, flags, *rest, **options)

    def _on_fsync(self, handle: int) -> None:
        path = Path(f"/proc/self/fd/{handle}").readlink()
        if path.is_dir():
            self._ask(Step("syncdir", str(path)))
        else:
            self._contents(path)
            self._ask(Step("sync", str(path)))
        self._fsync(handle)

    def _on_replace(self, source: Any, target: Any, **options: Any) -> None:
        if Path(source).is_file():
            self._contents(Path(source))
        self._ask(Step("rename", _full(source), to=_full(target)))
        self._replace(source, target, **options)

    def _contents(self, path: Path) -> None:
        """Tell what was written since, as one write that is not flushed yet."""
        self._ask(Step("write", str(path), path.read_bytes(), -1))


def _full(path: Any, folder: int | None = None) -> str:
    above = Path.cwd() if folder is None else Path(f"/proc/self/fd/{folder}").readlink()
    return str(above / path)


@contextmanager
def tapped(hook: Hook, refusal: int = 28) -> Iterator[None]:
    """Send every step of SQLite and Python to ``hook`` for a block; 28 is ENOSPC."""
    tap = Tap(hook)
    _TAPS.append(tap)
    tap.install()
    try:
        with PythonTap(hook, refusal).installed():
            yield
    finally:
        tap.remove()
