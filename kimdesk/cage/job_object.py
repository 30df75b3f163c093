"""Windows: a process in a job object, which bounds its memory and ends it with us."""

import subprocess
import sys

from kimdesk.cage.limits import Limits

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _ONE_PROCESS, _PROCESS_MEMORY, _JOB_MEMORY, _QUIET_END, _ENDS_WITH_US = 0x8, 0x100, 0x200, 0x400, 0x2000
    _BASIC_UI, _EXTENDED = 4, 9
    _NO_DESKTOP = 0xFF  # handles, clipboard, settings, display, atoms, desktops, end of the session

    class _Basic(ctypes.Structure):
        _fields_ = (
            ("process_time", ctypes.c_int64), ("job_time", ctypes.c_int64), ("flags", wintypes.DWORD),
            ("least", ctypes.c_size_t), ("most", ctypes.c_size_t), ("processes", wintypes.DWORD),
            ("affinity", ctypes.c_size_t), ("priority", wintypes.DWORD), ("scheduling", wintypes.DWORD),
        )  # fmt: skip

    class _Extended(ctypes.Structure):
        _fields_ = (
            ("basic", _Basic), ("io", ctypes.c_uint64 * 6), ("process_memory", ctypes.c_size_t),
            ("job_memory", ctypes.c_size_t), ("peak_process", ctypes.c_size_t),
            ("peak_job", ctypes.c_size_t),
        )  # fmt: skip

    def confine(process: "subprocess.Popen[bytes]") -> int:
        """Put a job object around a process and return its handle; the process ends when it is closed."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.SetInformationJobObject.argtypes = (
            wintypes.HANDLE, ctypes.c_int, wintypes.LPVOID, wintypes.DWORD,
        )  # fmt: skip
        kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
        job = kernel.CreateJobObjectW(None, None)
        bounds = _Extended(process_memory=Limits().memory, job_memory=Limits().memory)
        bounds.basic.flags = _ONE_PROCESS | _PROCESS_MEMORY | _JOB_MEMORY | _QUIET_END | _ENDS_WITH_US
        bounds.basic.processes = 1
        kernel.SetInformationJobObject(job, _EXTENDED, ctypes.byref(bounds), ctypes.sizeof(bounds))
        desktop = wintypes.DWORD(_NO_DESKTOP)
        kernel.SetInformationJobObject(job, _BASIC_UI, ctypes.byref(desktop), ctypes.sizeof(desktop))
        kernel.AssignProcessToJobObject(job, int(process._handle))  # noqa: SLF001
        return int(job)

    def release(job: int) -> None:
        """Close the handle of a job object."""
        ctypes.WinDLL("kernel32").CloseHandle(wintypes.HANDLE(job))

else:

    def confine(process: "subprocess.Popen[bytes]") -> int:  # noqa: ARG001
        """Leave the process as it is: here it shuts itself in."""
        return 0

    def release(job: int) -> None:
        """Nothing was opened."""
