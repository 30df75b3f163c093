"""Where a vault may lie: on a disk of this computer or a stick, never on a network drive.

Network file systems do not keep SQLite's promises: locks may not hold, a flush may not reach a disk
(sqlite.org/whentouse.html and sqlite.org/howtocorrupt.html, section 2, seen 2026). Backups may lie there.
"""

import re
import sys
from contextlib import suppress
from pathlib import Path

from kimdesk.domain.errors import VaultError


def demand_local(folder: Path) -> None:
    """Raise VaultError E031 when ``folder``, or where it is to be made, lies on a network drive.

    Where the system does not say what a drive is, nothing is refused.
    """
    with suppress(OSError):
        if _is_remote(folder.resolve()):
            raise VaultError("E031")


if sys.platform == "win32":
    import ctypes

    _DRIVE_REMOTE = 4

    def _is_remote(folder: Path) -> bool:
        return int(ctypes.windll.kernel32.GetDriveTypeW(folder.anchor)) == _DRIVE_REMOTE

elif sys.platform == "darwin":
    import ctypes
    import os

    _LOCAL = 0x1000  # MNT_LOCAL, and where f_flags lies in struct statfs: <sys/mount.h>
    _FLAGS_AT, _STRUCT_BYTES = 64, 4096

    def _is_remote(folder: Path) -> bool:
        system, found = ctypes.CDLL(None), ctypes.create_string_buffer(_STRUCT_BYTES)
        ask = getattr(system, "statfs$INODE64", None) or system.statfs
        there = next(each for each in (folder, *folder.parents) if each.exists())
        if ask(os.fsencode(there), found) != 0:
            return False
        return not int.from_bytes(found.raw[_FLAGS_AT : _FLAGS_AT + 4], sys.byteorder) & _LOCAL

else:
    _MOUNTS = Path("/proc/self/mounts")
    _REMOTE = frozenset({
        "afs", "ceph", "cifs", "coda", "davfs", "fuse.cephfs", "fuse.davfs2", "fuse.glusterfs", "fuse.rclone",
        "fuse.smbnetfs", "fuse.sshfs", "glusterfs", "ncpfs", "nfs", "nfs4", "smb", "smb2", "smb3", "smbfs",
    })  # fmt: skip

    def _is_remote(folder: Path) -> bool:
        lines = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
        mounts = [(Path(_plain(line.split()[1])), line.split()[2]) for line in lines]
        holding = [(at, kind) for at, kind in mounts if folder.is_relative_to(at)]
        if not holding:
            return False
        deepest = max(len(at.parts) for at, _ in holding)
        return [kind for at, kind in holding if len(at.parts) == deepest][-1] in _REMOTE

    def _plain(path: str) -> str:
        """Return a path as it is named: the kernel writes a space as ``\\040``."""
        return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), path)
