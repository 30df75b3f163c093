"""The style sheet: ``resources/theme/style.qss`` with colours and sizes filled in."""

import re
from pathlib import Path

import resources
from ui.theme.tokens import Theme

_PIXELS = re.compile(r"\b(\d+)px")
_COLOR = re.compile(r"@([a-z][a-z0-9-]*)")
_FOCUS_LINE = 2


def style_sheet(theme: Theme) -> str:
    """Return the style sheet for ``theme``; every size but hairlines follows the text size."""
    folder = (Path(resources.__file__).parent / "theme").as_posix()
    text = resources.read_text("theme/style.qss").replace("theme:", f"{folder}/")
    text = _PIXELS.sub(lambda found: f"{_scaled(theme, int(found[1]))}px", text)
    return _COLOR.sub(lambda found: _color(theme, found[1]), text)


def _scaled(theme: Theme, pixels: int) -> int:
    if pixels == _FOCUS_LINE:  # grows, but slower than the text
        return max(2, round(1.5 * theme.zoom))
    return theme.px(pixels)


def _color(theme: Theme, name: str) -> str:
    return ("dark" if theme.dark else "light") if name == "mode" else theme.hex(name)
