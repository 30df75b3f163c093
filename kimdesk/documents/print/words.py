"""What draws a word in a font: its glyphs with the moves between them, and the text each of them stands for.

It is found once for the process; a document adds only its own codes.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from kimdesk.documents.print.faces import Face, Glyph

_KEPT = 20_000
_TEXTLESS = frozenset("\u200b\u200c\u200d\u200e\u200f\u061c\u2066\u2067\u2068\u2069")
_JOINERS = ("\u200c", "\u200d")  # not drawn, but parts of words; said with the letter before, from the left
_CLOSE = 0.05
_NOTHING = "\u200b"

Sign = tuple[int, str]
"""A glyph and the text it stands for, empty when its text stands at another one."""


class Moved(NamedTuple):
    """A sign, and how far the pen moves before and behind it: the inside of a TJ around its code."""

    before: str
    sign: Sign
    behind: str


class Cluster(NamedTuple):
    """Glyphs that stand above each other or for several signs together, each at its height (thousandths)."""

    actual: str  # the text as PDF
    signs: tuple[tuple[float, Moved], ...]


class DrawnWord(NamedTuple):
    """A word of one font: stretches of signs on the line, and clusters between them."""

    parts: tuple[tuple[Moved, ...] | Cluster, ...]
    width: float  # thousandths of the size

    @property
    def is_plain(self) -> bool:
        """Whether all of it is drawn by one TJ."""
        return len(self.parts) == 1 and not isinstance(self.parts[0], Cluster)


@lru_cache(_KEPT)
def drawn_word(face: Face, text: str, to_left: bool) -> DrawnWord:
    """Return what draws ``text``, which is of one script."""
    glyphs = face.shape(text, to_left=to_left)
    parts = list[tuple[Moved, ...] | Cluster]()
    for plain, group in groupby(_clusters(text, glyphs, to_left=to_left), _is_plain):
        if plain:
            parts.append(tuple(_moved(face, said, glyph) for said, (glyph,) in group))
        else:
            parts += (_cluster(face, *each) for each in group)
    return DrawnWord(tuple(parts), face.width(text, to_left=to_left))


def _cluster(face: Face, said: str, glyphs: tuple[Glyph, ...]) -> Cluster:
    widest = max(glyphs, key=lambda glyph: glyph.advance)
    signs = ((one.y, _moved(face, said if one is widest else _NOTHING, one)) for one in glyphs)
    return Cluster(f"<FEFF{said.encode('utf-16-be').hex().upper()}>", tuple(signs))


def _moved(face: Face, said: str, glyph: Glyph) -> Moved:
    """Return one glyph with the moves before and behind it: the pen ends where it should."""
    rest = glyph.advance - glyph.x - face.own_width(glyph.number) * face.scale
    before = f"{-glyph.x / face.scale:.1f}" if abs(glyph.x) > _CLOSE else ""
    behind = f"{-rest / face.scale:.1f} " if abs(rest) > _CLOSE else ""
    return Moved(before, (glyph.number, said), behind)


def _is_plain(cluster: tuple[str, tuple[Glyph, ...]]) -> bool:
    """Say whether one glyph on the line stands for its own signs."""
    return len(cluster[1]) == 1 and abs(cluster[1][0].y) <= _CLOSE


def _clusters(
    text: str, glyphs: tuple[Glyph, ...], *, to_left: bool
) -> Iterator[tuple[str, tuple[Glyph, ...]]]:
    """Yield the text and the glyphs of what was shaped together, from left to right, not what only steers."""
    starts = sorted({glyph.cluster for glyph in glyphs})
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    for start, own in groupby(glyphs, lambda glyph: glyph.cluster):
        said = "".join(each for each in text[start : ends[start]] if each not in _TEXTLESS)
        if said:
            behind = text[ends[start] : ends[start] + 1] if to_left else ""
            yield (behind + said if behind in _JOINERS else said), tuple(own)
