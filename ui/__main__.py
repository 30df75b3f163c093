"""``kimdesk``: open the desktop program."""

import gc
import os
import sys
from pathlib import Path

_USAGE = "kimdesk [--role desk|kreis] [--vault ORDNER] [--smoke]"
_NO_DISPLAY = (
    "KIMdesk findet hier keinen Bildschirm. Bilder aller Seiten erzeugt „make screens“, "
    "ohne Fenster arbeitet „kimdeskctl“."
)


def main(arguments: list[str] | None = None) -> int:
    """Open the program and return its exit status: 0 closed, 1 no display, 2 wrong usage.

    ``--role`` proposes a kind of desk in the first steps, ``--vault`` opens a folder, ``--smoke`` paints
    the first window and ends.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["--cage"]:  # a frozen program is also the helper that reads foreign files
        from kimdesk.cage.helper import called

        return called(given)
    smoke = "--smoke" in given
    if smoke:
        given.remove("--smoke")
    options = dict(zip(given[::2], given[1::2], strict=False))
    role = options.pop("--role", "")
    folder = options.pop("--vault", "")
    if options or len(given) % 2 or role not in {"", "desk", "kreis"}:
        sys.stderr.write(f"{_USAGE}\n")
        return 2
    if not _has_display():
        sys.stderr.write(f"{_NO_DISPLAY}\n")
        return 1
    gc.disable()  # nothing is garbage yet; the collector starts when the first window stands
    from ui.app import run

    return run(role=role, folder=Path(folder).absolute() if folder else None, smoke=smoke)


def _has_display() -> bool:
    """Return whether Qt can open a window; asked before, because Qt would end the process."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM", "xcb") not in {
        "xcb",
        "wayland",
    }:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


if __name__ == "__main__":
    sys.exit(main())
