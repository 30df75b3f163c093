"""Helpers that stand ready: at most one of each module, for a while."""

import atexit
from collections.abc import Callable, Generator, Iterator
from threading import Lock, Timer
from typing import TypeVar

from kimdesk.cage import process
from kimdesk.cage.conversation import Conversation
from kimdesk.cage.ended import Ended
from kimdesk.cage.limits import Limits
from kimdesk.cage.process import Helper
from kimdesk.cage.stopping import Stop

T = TypeVar("T")

_IDLE = 120  # seconds a helper waits for another file

_lock = Lock()
_ready: dict[str, Helper] = {}
_timers: dict[str, Timer] = {}


def ask(module: str, head: bytes, data: bytes, limits: Limits, stop: Stop) -> tuple[bytes, Ended]:
    """Let a helper of ``module`` answer a request; raises ``process.Broken``, OSError when none starts."""
    [found] = _asked(module, lambda helper: iter([helper.ask(head, data, limits, stop)]))
    return found


def converse(module: str, asked: Conversation) -> Generator[bytes, None, None]:
    """Yield the answers of a helper of ``module``; raises as ``ask``, and as ``Conversation.answers``."""
    return _asked(module, asked.answers)


def _asked(module: str, ask: Callable[[Helper], Iterator[T]]) -> Generator[T, None, None]:
    if helper := _taken(module):
        try:
            yield from _served(module, helper, ask)
        except process.Broken as error:
            if error.why != process.UNBEGUN:  # it was ended while it stood ready: no fault of this file
                raise
        else:
            return
    yield from _served(module, process.start(module), ask)


def _served(module: str, helper: Helper, ask: Callable[[Helper], Iterator[T]]) -> Iterator[T]:
    try:
        yield from ask(helper)
    except BaseException:
        helper.end()
        raise
    if helper.reusable:
        _keep(module, helper)
    else:
        helper.end()
        prepare(module)


def prepare(module: str) -> None:
    """Start a helper that will soon be needed, without waiting for it."""
    with _lock:
        there = module in _ready
    if not there:
        _keep(module, process.start(module))


def end_all() -> None:
    """End every helper that stands ready."""
    for module in list(_ready):
        if helper := _taken(module):
            helper.end()


def _taken(module: str) -> Helper | None:
    with _lock:
        helper = _ready.pop(module, None)
        if timer := _timers.pop(module, None):
            timer.cancel()
    if helper is None or helper.alive:
        return helper
    helper.end()
    return None


def _keep(module: str, helper: Helper) -> None:
    timer = Timer(_IDLE, _end, (module, helper))
    timer.daemon = True
    with _lock:
        if fits := helper.alive and module not in _ready:
            _ready[module], _timers[module] = helper, timer
            timer.start()
    if not fits:
        helper.end()


def _end(module: str, helper: Helper) -> None:
    with _lock:
        if _ready.get(module) is not helper:
            return
        del _ready[module], _timers[module]
    helper.end()


atexit.register(end_all)
