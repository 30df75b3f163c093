"""Where a vault may lie: on a disk of this computer or a stick, never on a network drive.

Network file systems do not keep SQLite's promises: locks may not hold, a flush may not reach a disk
(sqlite.org/whentouse.html and sqlite.org/howtocorrupt.html, section 2, seen 2026). Backups may lie there.
Which kinds of drives are which stands in ``resources/rules/drives.toml``; people are asked about any other.
"""

import re
import sys
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import resources
from kimdesk.domain.errors import VaultError


class Drive(NamedTuple):
    """What the system says about the drive of a folder: where it begins, and the name of its kind."""

    at: str
    kind: str


_trusted: set[Drive] = set()


def demand_local(folder: Path) -> None:
    """Raise VaultError E031 when ``folder``, or where it is to be made, lies on a network drive.

    E044, with the ``kind``, when nobody knows and nobody has said so (``trust``). Where the system does not
    say what a drive is, nothing is refused.
    """
    found = drive_of(folder)
    if found is None or found in _trusted:
        return
    table = resources.read_toml("rules/drives.toml")[sys.platform if sys.platform in _SYSTEMS else "linux"]
    if found.kind in table["network"]:
        raise VaultError("E031")
    if found.kind not in table["local"] and found.at not in _WHERE_THE_SYSTEM_LIES:
        raise VaultError("E044", kind=found.kind)


def trust(drive: Drive) -> None:
    """Take the word of a person, for this process, that ``drive`` is one of this computer."""
    _trusted.add(drive)


def drive_of(folder: Path) -> Drive | None:
    """Return the drive that ``folder`` lies on, or is to be made on; None when the system does not say."""
    with suppress(OSError, ValueError):
        return _drive_of(folder.resolve())
    return None


_SYSTEMS = ("win32", "darwin")
_WHERE_THE_SYSTEM_LIES = frozenset({"/"})

if sys.platform == "win32":
    import ctypes

    _KINDS = ("unknown", "none", "removable", "fixed", "remote", "cdrom", "ramdisk")

    def _drive_of(folder: Path) -> Drive | None:
        return Drive(folder.anchor, _KINDS[int(ctypes.windll.kernel32.GetDriveTypeW(folder.anchor))])

elif sys.platform == "darwin":
    import ctypes
    import os

    _LOCAL = 0x1000  # MNT_LOCAL, and where what lies in struct statfs: <sys/mount.h>
    _FLAGS_AT, _KIND_AT, _KIND_BYTES, _PATH_BYTES, _STRUCT_BYTES = 64, 72, 16, 1024, 4096

    def _drive_of(folder: Path) -> Drive | None:
        system, found = ctypes.CDLL(None), ctypes.create_string_buffer(_STRUCT_BYTES)
        ask = getattr(system, "statfs$INODE64", None) or system.statfs
        there = next(each for each in (folder, *folder.parents) if each.exists())
        if ask(os.fsencode(there), found) != 0:
            return None
        kind, at = (
            _text(found.raw, _KIND_AT, _KIND_BYTES),
            _text(found.raw, _KIND_AT + _KIND_BYTES, _PATH_BYTES),
        )
        local = int.from_bytes(found.raw[_FLAGS_AT : _FLAGS_AT + 4], sys.byteorder) & _LOCAL
        return Drive(at, kind if local else "remote")

    def _text(raw: bytes, at: int, most: int) -> str:
        return raw[at : at + most].split(b"\0")[0].decode("utf-8", "replace")

else:
    _MOUNTS = Path("/proc/self/mounts")

    def _drive_of(folder: Path) -> Drive | None:
        lines = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
        mounts = [Drive(_plain(at), kind) for _, at, kind, *_ in map(str.split, lines)]
        holding = [each for each in mounts if folder.is_relative_to(each.at)]
        if not holding:
            return None
        deepest = max(len(Path(each.at).parts) for each in holding)
        return [each for each in holding if len(Path(each.at).parts) == deepest][-1]

    def _plain(path: str) -> str:
        """Return a path as it is named: the kernel writes a space as ``\\040``."""
        return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), path)
