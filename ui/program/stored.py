"""Reading the settings of this computer with suspicion: what cannot be used costs that part, never a start.

The file lies in clear and may have been cut short, edited, or written by another program.
"""

import math
import os
import stat
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

FILE = "file"
"""The part that is named when nothing in the file can be used."""

_MOST_BYTES = 256 * 1024
_MOST_TEXT = 4096
_MOST_PLACES = 64
_ASIDE = 20


class Read(NamedTuple):
    """What can be used, by part, and which parts cannot."""

    values: dict[str, Any]
    broken: tuple[str, ...]


class _UnusableError(Exception):
    """A part, or something in it, is not what it should be."""


def read(path: Path) -> Read:
    """Return what the settings in ``path`` say; nothing at all when there is no file."""
    try:
        stored = _parse(path)
    except FileNotFoundError:
        return Read({}, ())
    except (OSError, ValueError, RecursionError, _UnusableError):
        return Read({}, (FILE,))
    values: dict[str, Any] = {}
    broken = []
    for part, usable in _PARTS.items():
        if part in stored:
            values[part], whole = usable(stored[part])
            if not whole:
                broken.append(part)
            if values[part] is None:
                del values[part]
    return Read(values, tuple(broken))


def set_aside(path: Path) -> Path | None:
    """Give what lies at ``path`` a free name beside it and return that; None when it cannot be moved."""
    for number in range(1, _ASIDE):
        aside = path.with_name(f"{path.stem}-beiseite{f'-{number}' if number > 1 else ''}{path.suffix}")
        with suppress(OSError):
            if not aside.exists() and not aside.is_symlink():
                path.rename(aside)
                return aside
    return None


def _parse(path: Path) -> dict[str, Any]:
    found = path.stat()
    if not stat.S_ISREG(found.st_mode) or found.st_size > _MOST_BYTES:
        raise _UnusableError
    import json

    stored = json.loads(path.read_text(encoding="utf-8-sig"))
    if not isinstance(stored, dict):
        raise _UnusableError
    return stored


def _part(usable: Callable[[Any], Any]) -> Callable[[Any], tuple[Any, bool]]:
    def check(value: Any) -> tuple[Any, bool]:
        try:
            return usable(value), True
        except (_UnusableError, ValueError, OverflowError):
            return None, False

    return check


def _look(value: Any) -> str:
    if value not in ("system", "light", "dark"):
        raise _UnusableError
    return str(value)


def _number(least: float, most: float) -> Callable[[Any], float]:
    def check(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or math.isnan(value):
            raise _UnusableError
        return max(least, min(most, value))

    return check


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _UnusableError
    return value


def _text(value: Any, most: int = _MOST_TEXT) -> str:
    if not isinstance(value, str) or len(value) > most or not value.isprintable():
        raise _UnusableError
    return value


def _folder(value: Any) -> str:
    if not isinstance(value, str) or not value or len(value) > _MOST_TEXT or "\0" in value:
        raise _UnusableError
    os.fsencode(value)
    return value


def _moment(value: Any) -> str:
    text = _text(value)
    if text:
        datetime.fromisoformat(text).astimezone()
    return text


def _vaults(value: Any) -> tuple[list[tuple[str, str, str]], bool]:
    """Return folder, name and moment of each vault that can be looked for."""
    vaults, whole = [], isinstance(value, list)
    for each in value if whole else ():
        try:
            folder = _folder(each["folder"])
        except (_UnusableError, KeyError, TypeError, ValueError):
            whole = False
            continue
        name, named = _part(_text)(each.get("name", ""))
        opened, dated = _part(_moment)(each.get("opened", ""))
        vaults.append((folder, name or "", opened or ""))
        whole = whole and named and dated
    return vaults, whole


def _places(value: Any) -> tuple[dict[str, str], bool]:
    if not isinstance(value, dict):
        return {}, False
    places = {}
    for purpose, folder in list(value.items())[:_MOST_PLACES]:
        with suppress(_UnusableError, ValueError):
            places[_text(purpose)] = _folder(folder)
    return places, len(places) == len(value)


def _drives(value: Any) -> tuple[tuple[tuple[str, str], ...], bool]:
    """Return where each drive begins, and its kind."""
    drives, whole = [], isinstance(value, list)
    for each in value[:_MOST_PLACES] if whole else ():
        try:
            at, kind = each
            drives.append((_folder(at), _text(kind)))
        except (_UnusableError, TypeError, ValueError):
            whole = False
    return tuple(drives), whole


_PARTS: dict[str, Callable[[Any], tuple[Any, bool]]] = {
    "look": _part(_look),
    "zoom": _part(_number(1.0, 2.0)),
    "idle_minutes": _part(lambda value: int(_number(1, 60)(value))),
    "vaults": _vaults,
    "places": _places,
    "hide_from_capture": _part(_flag),
    "drives": _drives,
}
