"""Icons: Phosphor from the qtawesome package, painted as shapes in the colours in force.

qtawesome itself loads twelve fonts when imported (more than the whole start of the program), so its
Phosphor file is read directly; a few signs it lacks stand in ``resources/theme/glyphs.toml``.
"""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPainterPath, QPixmap, QRawFont

from ui.kit.glyphs import drawn
from ui.theme import theme
from ui.theme.tokens import solid

_GRID = 256.0

# What a state looks like everywhere: shape, filled, tone ("Fixed shapes" of the look).
STATES: dict[str, tuple[str, bool, str]] = {
    "overdue": ("warning-octagon", True, "bad"),
    "missing": ("warning-octagon", True, "bad"),
    "today": ("clock", True, "accent"),
    "expiring": ("hourglass-medium", False, "warn"),
    "requested": ("hourglass-medium", False, "warn"),
    "present": ("check-circle", True, "ok"),
    "not_needed": ("minus-circle", False, "text-2"),
    "unclear": ("question", False, "warn"),
    "blocked": ("prohibit", False, "bad"),
    "gap": ("gap", False, "bad"),
    "unsent": ("tray-arrow-up", False, "warn"),
    "quarantine": ("hand-palm", True, "bad"),
}


def icon(name: str, tone: str = "", filled: bool = False) -> QIcon:
    """Return the icon ``name``: a Phosphor name or a state of ``STATES``.

    Without ``tone`` a state shows its own colour and any other icon ``text-2``. The colour follows the
    theme at the moment of painting. Raises KeyError for an unknown name.
    """
    shape, is_filled, own_tone = resolve(name, tone, filled)
    outline(shape, is_filled)
    return QIcon(_Engine(shape, own_tone, is_filled))


def resolve(name: str, tone: str = "", filled: bool = False) -> tuple[str, bool, str]:
    """Return shape, filled and tone for an icon or state name."""
    if name in STATES:
        shape, is_filled, own_tone = STATES[name]
        return shape, is_filled or filled, tone or own_tone
    return name, filled, tone or "text-2"


def paint_icon(painter: QPainter, place: QRectF, name: str, color: QColor, filled: bool = False) -> None:
    """Paint the icon ``name`` into the square ``place`` with ``color``."""
    shape, is_filled, _ = resolve(name, "", filled)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(place.topLeft())
    painter.scale(place.width() / _GRID, place.height() / _GRID)
    brush = solid(color)
    for part in outline(shape, is_filled):
        painter.fillPath(part, brush)
    painter.restore()


@cache
def outline(shape: str, filled: bool) -> tuple[QPainterPath, ...]:
    """Return the shape on a grid of 256, in parts to be filled. Raises KeyError for an unknown name."""
    name = f"{shape}-fill" if filled else shape
    found = re.search(rf'"{name}":\s*"0x([0-9a-f]+)"', _charmap())
    if found is None:
        return drawn(shape)
    path = _font().pathForGlyph(_font().glyphIndexesForString(chr(int(found[1], 16)))[0])
    return (path.translated(QPointF(0, _GRID)),)


def known(name: str, otherwise: str) -> str:
    """Return ``name`` if there is such an icon, else ``otherwise``: a layer of the catalogue may name any."""
    shape, is_filled, _ = resolve(name)
    try:
        outline(shape, is_filled)
    except KeyError:
        return otherwise
    return name


class _Engine(QIconEngine):
    """Paints a shape in the theme's colour of the moment; greyed when the widget is disabled."""

    def __init__(self, shape: str, tone: str, filled: bool) -> None:
        super().__init__()
        self._look = (shape, tone, filled)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Paint into ``rect``."""
        shape, tone, filled = self._look
        color = theme().color("text-3" if mode == QIcon.Mode.Disabled else tone)
        side = min(rect.width(), rect.height())
        place = QRectF(0, 0, side, side)
        place.moveCenter(QRectF(rect).center())
        if rect.width() > rect.height():  # room for a gap before the word
            place.moveLeft(rect.left())
        paint_icon(painter, place, shape, color, filled)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return the icon as a picture of ``size``."""
        picture = QPixmap(size)
        picture.fill(QColor(0, 0, 0, 0))
        painter = QPainter(picture)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return picture

    def clone(self) -> "_Engine":
        """Return a copy for Qt."""
        return _Engine(*self._look)


@cache
def _folder() -> Path:
    spec = find_spec("qtawesome")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("qtawesome")
    return Path(spec.origin).parent / "fonts"


@cache
def _font() -> QRawFont:
    return QRawFont(str(next(_folder().glob("phosphor-*.ttf"))), _GRID)


@cache
def _charmap() -> str:
    """Return the JSON table of names and codes; a few look-ups cost less than parsing it."""
    return next(_folder().glob("phosphor-charmap-*.json")).read_text(encoding="utf-8")
