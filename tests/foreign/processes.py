"""The helpers of this process, as the system shows them."""

import os
from pathlib import Path


def helpers() -> list[int]:
    """Return the helpers of this process."""
    return [pid for pid in children(os.getpid()) if b"--cage" in _line(pid)]


def copies() -> set[tuple[int, int]]:
    """Return the helpers that work, each with the copy that does."""
    return {(helper, copy) for helper in helpers() for copy in children(helper)}


def children(pid: int) -> list[int]:
    """Return the processes that ``pid`` has started and that have not ended."""
    try:
        tasks = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:  # it is gone
        return []
    return [int(each) for task in tasks for each in task.split()]


def _line(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""
