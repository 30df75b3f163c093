"""Readers as bad as a file can make them."""

import ctypes
import fcntl
import os
import socket
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any

from kimdesk.casework.scans.scan import Drawing
from kimdesk.domain.errors import CaseworkError, ContentError


def length(data: bytes) -> int:
    return len(data)


def backwards(data: bytes, times: int) -> bytes:
    return data[::-1] * times


def swell(data: bytes, size: int) -> int:
    return len(bytearray(size))


def swell_slowly(data: bytes) -> int:
    kept = []
    while True:
        kept.append(bytearray(b"x" * 1024 * 1024))
        if len(kept) > 4096:
            return len(kept)


def crash(data: bytes) -> int:
    return len(ctypes.string_at(8, 8))


def abort(data: bytes, last_words: str) -> int:
    os.write(2, last_words.encode())
    os.abort()


def spin(data: bytes) -> int:
    while True:
        pass


def wait(data: bytes) -> int:
    time.sleep(600)
    return 0


def leave(data: bytes) -> int:
    os._exit(0)


def kill_parent(data: bytes) -> int:
    os.kill(os.getppid(), 9)
    time.sleep(600)
    return 0


def start_thread(data: bytes) -> str:
    """Start one as an ordinary user, whom the limit of processes binds."""
    if os.getuid() == 0:
        os.setuid(65534)
    try:
        thread = Thread(target=int)
        thread.start()
    except RuntimeError:
        return "refused"
    thread.join()
    return "done"


def refuse(data: bytes, code: str) -> int:
    raise CaseworkError(code, most=5)


def refuse_content(data: bytes) -> int:
    raise ContentError("E720")


def fail(data: bytes) -> int:
    return int({b"": 1}[data])


def long_answer(data: bytes, size: int) -> bytes:
    return bytes(size)


def forge(data: bytes) -> int:
    """Answer with what no answer is, past the protocol."""
    for each in range(3, 10):
        try:
            os.write(each, data)
        except OSError:
            continue
    os._exit(0)


def loaded(data: bytes) -> list[str]:
    return list(sys.modules)


def draw(data: bytes, media_type: str, page: int, width: int) -> Drawing:
    """Say that a few bytes are a large picture."""
    return Drawing(data, 4000, 4000, 1)


def remembered(data: bytes) -> list[str]:
    """Return what earlier calls left, and leave something."""
    found = list(_KEPT)
    _KEPT.append(data.decode())
    return found


_KEPT: list[str] = []


def tried(data: bytes) -> dict[str, str]:
    """Try what no reader may, and say how it went."""
    return {
        "read": _outcome(lambda: Path(data.decode()).read_bytes()),
        "write": _outcome(lambda: Path(data.decode() + ".new").write_bytes(b"x")),
        "list": _outcome(lambda: list(Path("/").iterdir())),
        "connect": _outcome(lambda: socket.create_connection(("127.0.0.1", 9), 1)),
        "send": _outcome(lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM)),
        "memory": _outcome(_peek),
        "start": _outcome(lambda: os.execv("/bin/true", ["true"])),
    }


def _peek() -> None:
    """Read in the memory of the process that started this, where keys are."""
    kept = ctypes.create_string_buffer(8)
    here = (ctypes.c_void_p * 2)(ctypes.addressof(kept), 8)
    system = ctypes.CDLL(None, use_errno=True)
    if system.process_vm_readv(os.getppid(), here, 1, here, 1, 0) < 0:
        raise OSError(ctypes.get_errno(), "refused")


def _outcome(act: Callable[[], object]) -> str:
    try:
        act()
    except OSError as error:
        return type(error).__name__
    return "done"


def sizes(pieces: Iterator[bytes]) -> Iterator[int]:
    for each in pieces:
        yield len(each)


def echo(pieces: Iterator[bytes], times: int) -> Iterator[bytes]:
    for each in pieces:
        yield from [each] * times


def late(pieces: Iterator[bytes]) -> Iterator[int]:
    """Take everything first."""
    yield sum(map(len, pieces))


def endless(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Take nothing, and never be done."""
    while True:
        yield bytes(100_000)


def first_then(pieces: Iterator[bytes], name: str, *arguments: Any) -> Iterator[int]:
    """Answer once, then do what another reader does."""
    yield len(next(pieces))
    yield globals()[name](b"abc", *arguments)


def only(pieces: Iterator[bytes], name: str, *arguments: Any) -> Iterator[int]:
    """Answer nothing and do what another reader does."""
    next(pieces)
    globals()[name](b"abc", *arguments)
    yield from ()


def first_then_forge(pieces: Iterator[bytes], forged: bytes) -> Iterator[int]:
    yield len(next(pieces))
    os.write(_pipe_out(), forged)
    time.sleep(600)


def _pipe_out() -> int:
    """Return the pipe answers go through: the one end that can be written to and is not standard error."""
    for each in range(3, 64):
        try:
            if (fcntl.fcntl(each, fcntl.F_GETFL) & os.O_ACCMODE) == os.O_WRONLY:
                return each
        except OSError:
            continue
    raise AssertionError
