"""What a command line leaves behind: it stands in the list of processes for everybody on the machine."""

import ctypes
from contextlib import suppress
from pathlib import Path

_STAT = Path("/proc/self/stat")
_START, _END = 47, 48  # arg_start and arg_end, counted from the name in brackets: proc(5), fields 48 and 49
_HEAD = 2  # the fields up to and with that name


def hide(secret: str) -> None:
    """Take ``secret`` out of the list of processes, where the system lets a process do that (Linux)."""
    with suppress(OSError, ValueError, IndexError):
        fields = _STAT.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        start, end = (int(fields[each - _HEAD]) for each in (_START, _END))
        if start and secret:
            _blank(start, end - start, secret.encode())


def _blank(start: int, size: int, secret: bytes) -> None:
    """Write over ``secret`` wherever it stands in the memory of the arguments."""
    line = ctypes.string_at(start, size)
    found = line.find(secret)
    while found >= 0:
        ctypes.memset(start + found, ord("*"), len(secret))
        found = line.find(secret, found + len(secret))
