"""The helper process: it imports the readers, shuts itself in, and then takes bytes of strangers.

Where a process can be copied (POSIX), each call is worked on by a copy that ends with its answer: what one
file did to it, no other file meets. The process itself never sees a foreign byte. On Windows it ends after
one call, and the next one stands ready.
"""

import codecs
import gc
import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any, BinaryIO

import msgspec

from kimdesk.cage import bars, wire
from kimdesk.cage.ended import Ended
from kimdesk.domain.errors import KimdeskError

FLAG, SERVE, ONCE = "--cage", "serve", "once"
"""First arguments of a program that is started as a helper; the module of the readers follows."""

_ENCODINGS = ("cp437", "cp1252", "latin-1", "utf-16", "utf-16-le", "utf-16-be")
"""What libraries decode with on first use, when nothing can be imported any more."""

Readers = dict[str, Callable[..., Any]]

_PANIC = "PanicException"  # of native readers in Rust (pyo3); no Exception, and it cannot be imported
_LAST_WORDS = 4096  # bytes


def main(module: str, *, once: bool) -> int:
    """Serve the readers of a module until whoever started this is gone, or ``once``."""
    readers = vars(import_module(module))
    for name in _ENCODINGS:
        codecs.lookup(name)
    gc.freeze()
    taken = bars.already_taken()
    bars.shut()
    if once or sys.platform == "win32":
        with open(0, "rb", closefd=False) as source, open(1, "wb", closefd=False) as sink:
            os.write(1, wire.READY)
            work(readers, source, sink, taken)
    else:
        _serve(readers, taken)
    return 0


def called(arguments: list[str]) -> int:
    """Be the helper that the ``arguments`` of a program ask for, ``--cage serve|once MODULE``.

    Returns its exit status, 2 when it was called wrongly.
    """
    match arguments:
        case [_, mode, module] if mode in {SERVE, ONCE}:
            return main(module, once=mode == ONCE)
    return 2


def work(readers: Readers, source: BinaryIO, sink: BinaryIO, taken: int) -> None:
    """Do what ``source`` asks for and put the answer into ``sink``."""
    asked = wire.request(source.read)
    bars.narrow(asked.limits, taken)
    try:
        last = (
            _stream(readers, asked, source, sink) if asked.size is None else _single(readers, asked, source)
        )
    except BaseException as error:
        last = wire.framed(_failure(error))
    sink.write(last)
    sink.flush()


def _single(readers: Readers, asked: wire.Call, source: BinaryIO) -> bytes:
    data = source.read(asked.size or 0)
    return wire.framed(wire.Done()) + msgspec.msgpack.encode(readers[asked.function](data, *asked.arguments))


def _stream(readers: Readers, asked: wire.Call, source: BinaryIO, sink: BinaryIO) -> bytes:
    for each in readers[asked.function](wire.pieces(source.read), *asked.arguments):
        found = msgspec.msgpack.encode(each)
        sink.write(wire.framed(wire.Spoken(len(found))))
        sink.write(found)
        sink.flush()
    return wire.framed(wire.Done())


def _failure(error: BaseException) -> wire.Head:
    if isinstance(error, KimdeskError):
        return wire.Refused(type(error).__name__, error.code, dict(error.facts))
    if isinstance(error, MemoryError):
        return wire.Failed("memory")
    if type(error).__name__ == _PANIC:
        return wire.Failed("crash")
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    module = at.tb_frame.f_globals.get("__name__", "") if at else ""
    return wire.Failed("fault", f"{type(error).__name__} {module}:{at.tb_lineno if at else 0}"[-60:])


if sys.platform != "win32":
    import select
    import signal
    import socket

    def _serve(readers: Readers, taken: int) -> None:
        """Answer calls that come through standard input, a socket: for each the two ends of its pipes."""
        control = socket.socket(fileno=0)
        control.sendall(wire.READY)
        while True:
            asked, ends, _, _ = socket.recv_fds(control, 1, 2)
            if not asked:
                return
            source, sink = ends
            control.sendall(wire.BEGUN)
            control.sendall(_copy(readers, control, source, sink, taken).packed())

    def _copy(readers: Readers, control: socket.socket, source: int, sink: int, taken: int) -> Ended:
        """Let a copy of this process do the work, and tell how it ended."""
        heard, said = os.pipe()
        child = os.fork()
        if child == 0:
            os.dup2(said, 2)
            os.closerange(said, said + 1)
            control.close()
            os.close(heard)
            _work_and_end(readers, source, sink, taken)
        for each in (source, sink, said):
            os.close(each)
        last_words = _listen(control, heard, child)
        os.close(heard)
        _, status, used = os.wait4(child, 0)
        peak = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        return Ended.of(os.waitstatus_to_exitcode(status), last_words, peak)

    def _work_and_end(readers: Readers, source: int, sink: int, taken: int) -> None:
        try:
            with open(source, "rb") as taking, open(sink, "wb") as giving:
                work(readers, taking, giving, taken)
        except BaseException:
            os._exit(1)
        os._exit(0)

    def _listen(control: socket.socket, heard: int, child: int) -> bytes:
        """Return what the child said last on standard error; end it when nobody waits any more."""
        last = b""
        while True:
            ready, _, _ = select.select([control.fileno(), heard], [], [])
            if control.fileno() in ready:
                os.kill(child, signal.SIGKILL)
                return last
            said = os.read(heard, _LAST_WORDS)
            if not said:
                return last
            last = (last + said)[-_LAST_WORDS:]
