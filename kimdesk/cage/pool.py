"""Helpers that stand ready: at most one of each module, for a while."""

import atexit
from threading import Lock, Timer

from kimdesk.cage import process
from kimdesk.cage.ended import Ended
from kimdesk.cage.limits import Limits
from kimdesk.cage.process import Helper
from kimdesk.cage.stopping import Stop

_IDLE = 120  # seconds a helper waits for another file

_lock = Lock()
_ready: dict[str, Helper] = {}
_timers: dict[str, Timer] = {}


def ask(module: str, head: bytes, data: bytes, limits: Limits, stop: Stop) -> tuple[bytes, Ended]:
    """Let a helper of ``module`` answer a request; raises ``process.Broken``, OSError when none starts."""
    if helper := _taken(module):
        try:
            return _asked(module, helper, head, data, limits, stop)
        except process.Broken as error:
            if error.why != process.UNBEGUN:  # it was ended while it stood ready: no fault of this file
                raise
    return _asked(module, process.start(module), head, data, limits, stop)


def _asked(
    module: str, helper: Helper, head: bytes, data: bytes, limits: Limits, stop: Stop
) -> tuple[bytes, Ended]:
    try:
        found = helper.ask(head, data, limits, stop)
    except BaseException:
        helper.end()
        raise
    if helper.reusable:
        _keep(module, helper)
    else:
        helper.end()
        prepare(module)
    return found


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
