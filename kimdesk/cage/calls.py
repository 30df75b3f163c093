"""Linux: the calls to the kernel that no reader needs, refused by a filter (seccomp).

Landlock covers files and TCP from kernel 5.13 and 6.7 on. This covers what it does not, and older kernels:
any socket, any other program, the memory of other processes. A processor that is not listed has no filter.
"""

import ctypes
import platform
import struct

_PROCESSORS = {
    "x86_64": (0xC000003E, (41, 59, 322, 101, 310, 311, 425)),
    "aarch64": (0xC00000B7, (198, 221, 281, 117, 270, 271, 425)),
}
"""The name the kernel has for a processor, and its numbers for: socket, execve, execveat, ptrace,
process_vm_readv, process_vm_writev, io_uring_setup."""

_SET_SECCOMP, _FILTER = 22, 2  # prctl
_LOAD, _IS, _IS_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06  # classic BPF
_NUMBER, _PROCESSOR = 0, 4  # where they stand in what is filtered
_OTHER_NUMBERING = 0x40000000  # x32, which would go round the numbers above
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050001  # EPERM


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def refuse(system: ctypes.CDLL) -> None:
    """Refuse those calls to this process and all it starts; privileges must have been given up before."""
    if platform.machine() not in _PROCESSORS:
        return
    processor, numbers = _PROCESSORS[platform.machine()]
    left = len(numbers) + 1  # steps from the first comparison to the end that refuses
    steps = [
        (_LOAD, 0, 0, _PROCESSOR),
        (_IS, 0, left + 2, processor),
        (_LOAD, 0, 0, _NUMBER),
        (_IS_AT_LEAST, left, 0, _OTHER_NUMBERING),
        *((_IS, left - 1 - at, 0, number) for at, number in enumerate(numbers)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    packed = b"".join(struct.pack("=HBBI", *step) for step in steps)
    program = _Program(len(steps), packed)
    system.prctl(_SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0)
