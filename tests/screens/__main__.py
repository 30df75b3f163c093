"""``make screens``: pictures of every page, light and dark, at 100 % and 200 %, in ``build/screens``.

``make screens ARGS="case today"`` takes the pictures whose names contain one of the words,
``--only light-100`` one look, ``--readme`` the picture of the front page in ``docs/pictures``.
"""

import argparse
import json
import os
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.screens.camera import SIZE, Camera, Look, Shot
from tests.screens.pages import SHOTS
from tests.screens.stage import FEW, MOST, build

ROOT = Path(__file__).parents[2]
LOOKS = (Look(False, 1.0), Look(True, 1.0), Look(False, 2.0), Look(True, 2.0))
README = "case-plan"


def main(arguments: Sequence[str] | None = None) -> int:
    """Take the pictures and print where they lie."""
    asked = _arguments(arguments)
    with tempfile.TemporaryDirectory(prefix="kimdesk-screens-") as home:
        os.environ["KIMDESK_HOME"] = home
        os.environ["QT_QPA_PLATFORM"] = _screen(Path(home))
        app = QApplication.instance() or QApplication([])
        assert isinstance(app, QApplication)
        of_kreis = any(shot.name.startswith("kreis") for shot in _asked_for(asked))
        stage = build(Path(home), scale=MOST if of_kreis else FEW)
        if asked.readme:
            picture = ROOT / "docs" / "pictures" / f"{README}.png"
            _take(
                Camera(app, stage, LOOKS[0]),
                [shot for shot in SHOTS if shot.name == README],
                lambda _: picture,
            )
        else:
            _take_all(app, stage, asked)
        stage.close()
    return 0


def _screen(home: Path) -> str:
    """Return the platform with a screen as large as the desks have, so that dialogs have room as there."""
    width, height = SIZE
    place = home / "screen.json"
    screen = {"name": "desk", "x": 0, "y": 0, "width": width, "height": height}
    screen |= {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    place.write_text(json.dumps({"screens": [screen]}))
    return f"offscreen:configfile={place}"


def _asked_for(asked: argparse.Namespace) -> list[Shot]:
    return [shot for shot in SHOTS if not asked.names or any(name in shot.name for name in asked.names)]


def _take_all(app, stage, asked: argparse.Namespace) -> None:  # type: ignore[no-untyped-def]
    shots = _asked_for(asked)
    folder = ROOT / "build" / "screens"
    for look in LOOKS:
        if asked.only in ("", str(look)):
            _take(Camera(app, stage, look), shots, lambda shot, look=look: folder / f"{shot.name}-{look}.png")


def _take(camera: Camera, shots: Sequence[Shot], path_of) -> None:  # type: ignore[no-untyped-def]
    for shot in shots:
        path = path_of(shot)
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            shot.show(camera)
        except Exception:  # a page that is being built must not keep the others from being seen
            traceback.print_exc()
            print(f"{path.relative_to(ROOT)}: not taken")
        else:
            camera.take(path)
            print(path.relative_to(ROOT))
    camera.close()


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.screens", description=__doc__)
    parser.add_argument("names", nargs="*", help="parts of the names of pictures")
    parser.add_argument(
        "--only", default="", choices=["", *map(str, LOOKS)], help="one look, such as light-100"
    )
    parser.add_argument("--readme", action="store_true", help="only the picture of the front page")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    raise SystemExit(main())
