"""The cage itself, closed from within: what a process of this system can give up for good.

Linux: no new privileges, no file but fonts (Landlock, from kernel 5.13), no network and no other process
(``calls``), and limits of memory, time, files and processes. Elsewhere on POSIX the limits. Windows: a job
object, put around it from outside.
"""

import ctypes
import os
import sys
from contextlib import suppress
from math import ceil
from pathlib import Path

from kimdesk.cage import calls
from kimdesk.cage.limits import Limits

if sys.platform != "win32":
    import resource  # before the cage: later nothing can be imported

_LINUX = sys.platform.startswith("linux")
_FONTS = ("/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/X11/fonts")
_DIE_WITH_PARENT, _NO_NEW_PRIVILEGES = 1, 38  # prctl
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same numbers on every architecture
_READ_FILES_AND_FOLDERS = 0b1100
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15}  # bits each version of Landlock knows
_SINCE_DEVICES, _SINCE_NETWORK, _SINCE_SCOPES = 5, 4, 6
_KILL = 9


def shut() -> None:
    """Give up privileges, files and network, for this process and all it starts."""
    if not _LINUX:
        return
    system = ctypes.CDLL(None, use_errno=True)
    system.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    version = system.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), 1)
    if version > 0:
        _landlock(system, version)
    calls.refuse(system)


def _landlock(system: ctypes.CDLL, version: int) -> None:
    rights = (1 << (16 if version >= _SINCE_DEVICES else _FILE_RIGHTS[version])) - 1
    words = [rights]
    if version >= _SINCE_NETWORK:
        words.append(0b11)  # binding and connecting
    if version >= _SINCE_SCOPES:
        words.append(0b11)  # abstract sockets and signals of others
    rules = (ctypes.c_uint64 * len(words))(*words)
    ruleset = system.syscall(_CREATE_RULESET, rules, ctypes.c_size_t(ctypes.sizeof(rules)), 0)
    if ruleset < 0:
        return
    for folder in filter(os.path.isdir, _FONTS):
        _allow(system, ruleset, folder)
    system.syscall(_RESTRICT_SELF, ruleset, 0)
    os.close(ruleset)


def _allow(system: ctypes.CDLL, ruleset: int, folder: str) -> None:
    place = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    rule = _READ_FILES_AND_FOLDERS.to_bytes(8, sys.byteorder) + place.to_bytes(4, sys.byteorder)
    system.syscall(_ADD_RULE, ruleset, 1, rule, 0)
    os.close(place)


def already_taken() -> int:
    """Return by how many bytes the address space of this process is larger than the memory it uses."""
    with suppress(OSError):
        size, resident = Path("/proc/self/statm").read_text(encoding="ascii").split()[:2]
        return (int(size) - int(resident)) * os.sysconf("SC_PAGE_SIZE")
    return 0


def narrow(limits: Limits, taken: int) -> None:
    """Bound this process as the call demands; ``taken`` is what ``already_taken`` said before the cage.

    Memory is bounded by address space: with what was only mapped it may grow to ``limits.memory`` in use.
    """
    if sys.platform == "win32":
        return
    if _LINUX:
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, _KILL, 0, 0, 0)
    bounds = {
        resource.RLIMIT_AS: (limits.memory + taken,) * 2,
        resource.RLIMIT_CPU: (ceil(limits.seconds), ceil(limits.seconds) + 1),
        resource.RLIMIT_FSIZE: (0, 0),
        resource.RLIMIT_CORE: (0, 0),
        resource.RLIMIT_NOFILE: (limits.files + 6 if limits.files else 0,) * 2,
    }
    if not limits.threads:
        bounds[resource.RLIMIT_NPROC] = (0, 0)
    for what, bound in bounds.items():
        with suppress(ValueError, OSError):  # a stricter bound was set from outside, or the system has none
            resource.setrlimit(what, bound)
