"""Whether the system has a program for addresses of a kind („tel:“)."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

_LISTS = ("mimeapps.list", "applications/mimeapps.list", "applications/mimeinfo.cache")


def handles(scheme: str) -> bool:
    """Return whether a program for ``scheme`` ("tel") is set up."""
    if sys.platform == "win32":
        import winreg

        try:
            with winreg.OpenKey(winreg.HKEY_CLASSES_ROOT, scheme) as key:
                winreg.QueryValueEx(key, "URL Protocol")
        except OSError:
            return False
        return True
    if sys.platform == "darwin":
        return scheme in ("tel", "mailto")
    return any(_names(path, f"x-scheme-handler/{scheme}=") for path in _lists())


def _lists() -> Iterator[Path]:
    home = Path.home()
    own = (
        os.environ.get("XDG_CONFIG_HOME") or home / ".config",
        os.environ.get("XDG_DATA_HOME") or home / ".local/share",
    )
    shared = (
        os.environ.get("XDG_CONFIG_DIRS") or "/etc/xdg",
        os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share",
    )
    folders = [*own, *(each for line in shared for each in line.split(":") if each)]
    yield from (Path(folder) / name for folder in folders for name in _LISTS)


def _names(path: Path, start: str) -> bool:
    """Return whether a list of programs names one."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    return any(line.startswith(start) and line.removeprefix(start).strip(" ;") for line in lines)
