"""Breaking a text into lines for painters, as a label would."""

import re
from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QTextLayout, QTextOption

from ui.theme import theme

_CLAUSE = re.compile("[:;] ")  # what follows explains; what stands before is said without it


def breaking(layout: QTextLayout) -> QTextOption:
    """Return the options of ``layout``, so that a word longer than a whole line goes on in the next one."""
    option = layout.textOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


def wrapped(text: str, use: str, width: float, indent: float = 0, most: int = 3) -> tuple[str, ...]:
    """Return ``text`` in lines of ``width`` pixels, the first ``indent`` shorter, the last cut.

    The first line is empty when not even one word fits beside the indent.
    """
    return _wrapped(text, use, int(width), int(indent), most, theme().zoom)


def fitting_clauses(text: str, use: str, width: float) -> str:
    """Return as many clauses of ``text`` as fit into ``width`` pixels; all of it where not even one does."""
    metrics = QFontMetrics(theme().font(use, text))
    ends = [len(text), *(found.start() for found in reversed(list(_CLAUSE.finditer(text))))]
    fitting = (text[:end] for end in ends if metrics.horizontalAdvance(text[:end]) <= width)
    return next(fitting, text)


@lru_cache(maxsize=2048)
def _wrapped(text: str, use: str, width: int, indent: int, most: int, _zoom: float) -> tuple[str, ...]:
    metrics = QFontMetrics(theme().font(use, text))
    if indent and metrics.horizontalAdvance(text.split(" ", 1)[0]) > width - indent:
        return ("", *_wrapped(text, use, width, 0, most, _zoom))
    lines: list[str] = []
    for start, length in _spans(text, use, width, indent):
        if len(lines) == most - 1:
            room = width - (0 if lines else indent)
            lines.append(metrics.elidedText(text[start:], Qt.TextElideMode.ElideRight, room + 1))
            break
        lines.append(text[start : start + length].rstrip())
    return tuple(lines)


def _spans(text: str, use: str, width: int, indent: int) -> list[tuple[int, int]]:
    layout = QTextLayout(text, theme().font(use, text))
    layout.setTextOption(breaking(layout))
    layout.beginLayout()
    spans: list[tuple[int, int]] = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1, width - (0 if spans else indent)))
        spans.append((line.textStart(), line.textLength()))
    layout.endLayout()
    return spans
