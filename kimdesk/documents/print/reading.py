"""How readers of a PDF put a line in order again that runs to the left.

PDFium (as Chrome and Edge read and copy) cuts a line at each change between letters that run to the right, to
the left, digits with their signs, and what is neutral. Where most letters run to the left it takes these
pieces from the last drawn one to the first. So „ESR-2026-017“ in an Arabic line must be drawn as „-2026-017“,
then „ESR“ before it by the same operator; whoever reads by place (poppler) is not touched. Brackets among
words that run to the left it turns whatever a PDF says of them; they are said as they were written.
Source: PDFium, core/fxcrt/fx_bidi.cpp and core/fpdftext/cpdf_textpage.cpp.
"""

import re

_PIECE = re.compile(r"[^\W\d_]+|[\d+\-,./:%€$#\u00a0]+|(?:[^\w+\-,./:%€$#\u00a0]|_)+")
_LEFTWARD = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe]+")
_DIGITS = re.compile("[\u0660-\u0669\u06f0-\u06f9]")


def is_leftward(text: str) -> bool:
    """Say whether a line is taken for one that runs to the left."""
    pieces = _PIECE.findall(text)
    leftward = sum(_LEFTWARD.match(each) is not None and not _DIGITS.match(each) for each in pieces)
    rightward = sum(each[0].isalpha() for each in pieces) - leftward
    return leftward > 0 and leftward >= rightward


def pieces(text: str) -> list[str]:
    """Return the pieces of what runs to the right in a line."""
    return _PIECE.findall(text)
