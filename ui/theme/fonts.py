"""The bundled fonts: Inter at once, the Noto families of other scripts when the first window stands."""

import re
from functools import cache
from importlib import import_module
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

FAMILIES = ["Inter", "Noto Sans", "Noto Sans Arabic", "Noto Sans Ethiopic"]
_TABULAR = QFont.Tag("tnum")
_WEIGHT = QFont.Tag("wght")
_FIGURES = re.compile(r"\d")
_JOINED = re.compile(r"\w-\w")


@cache
def load_interface_fonts() -> None:
    """Make Inter known to Qt (Latin and Cyrillic)."""
    _load("fontpkg_inter", "files/Inter[opsz,wght].ttf")


@cache
def load_other_scripts() -> None:
    """Make the families of Noto Sans known to Qt."""
    _load("fontpkg_noto_sans", "files/NotoSans[wdth,wght].ttf")
    _load("fontpkg_noto_sans_arabic", "files/NotoSansArabic[wdth,wght].ttf")
    _load("justmytype_intl_africa", "fonts/ofl/notosansethiopic/NotoSansEthiopic[wdth,wght].ttf")


def interface_font(pixels: int, weight: int, tabular: bool = False) -> QFont:
    """Return the interface font in ``pixels`` with ``weight`` (400, 500 or 600).

    The weight is set on the axis of the variable font: as a plain weight Qt ignores it on Linux.
    """
    font = QFont(FAMILIES)
    font.setPixelSize(pixels)
    font.setVariableAxis(_WEIGHT, weight)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if tabular:
        font.setFeature(_TABULAR, 1)
    return font


def wants_tabular(text: str) -> bool:
    """Return whether ``text`` has figures to align, and no hyphen in a word: Inter widens those too."""
    return bool(_FIGURES.search(text)) and not _JOINED.search(text)


def _load(package: str, name: str) -> None:
    folder = Path(import_module(package).__file__ or "").parent
    if QFontDatabase.addApplicationFont(str(folder / name)) < 0:
        raise FileNotFoundError(name)
