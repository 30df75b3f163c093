"""Lines of text: which way each sign runs, where a paragraph is broken, how wide a line is.

A line is measured and drawn word by word, each shaped once; whatever is plain (left to right, in the first
font) needs neither the bidi algorithm nor a search for fonts.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from kimdesk.documents.print import bidi, reading
from kimdesk.documents.print.faces import Face, faces
from kimdesk.documents.print.signs import FontRun, is_plain, runs, settled
from kimdesk.documents.print.style import TextStyle, Weight

_WORD = re.compile("[^ \u1361]*\u1361? *")
"""What stays together when a line is broken, with the blanks behind it."""

Measure = Callable[[int, int], float]


class SetLine(NamedTuple):
    """One line of a paragraph, with the way each of its signs runs; ``base`` is the way of the paragraph.

    Without ``levels`` all of it runs to the right and is of the first font.
    """

    text: str
    levels: Sequence[int] = ()
    base: int = 0


class FontStretch(NamedTuple):
    """Words of one font that run one way, in the order they stand on paper.

    ``turned``: they are drawn from the last one to the first, as ``reading`` says.
    """

    face: Face
    words: list[str]
    to_left: bool
    turned: bool = False


def one_line(text: str, base: int = 0) -> SetLine:
    """Return ``text`` as a paragraph of one line that runs to the right (0) or to the left (1)."""
    if base == 0 and is_plain(text):
        return SetLine(text)
    plain = settled(text)
    return SetLine(plain, bidi.levels(plain, base), base)


def stretches(line: SetLine, weight: Weight) -> list[FontStretch]:
    """Return what ``line`` is made of, from left to right. Raises ContentError E797."""
    if not line.levels:
        return [FontStretch(faces(weight)[0], _WORD.findall(line.text), to_left=False)]
    found = runs(line.text, bidi.of_line(line.text, line.levels, line.base), weight)
    ordered = [found[place] for place in bidi.visual([run.level for run in found])]
    leftward = reading.is_leftward(line.text)
    return [_stretch(line.text[run.start : run.end], run, leftward=leftward) for run in ordered]


def _stretch(text: str, run: FontRun, *, leftward: bool) -> FontStretch:
    if run.level % 2:
        return FontStretch(run.face, _WORD.findall(text)[::-1], to_left=True)
    if leftward:
        return FontStretch(run.face, reading.pieces(text), to_left=False, turned=True)
    return FontStretch(run.face, _WORD.findall(text), to_left=False)


def width_of(text: SetLine | str, style: TextStyle) -> float:
    """Return how wide a line is, in points. Raises ContentError E797."""
    line = one_line(text) if isinstance(text, str) else text
    found = stretches(line, style.weight)
    return sum(each.face.width(word, to_left=each.to_left) for each in found for word in each.words) * (
        style.size / 1000
    )


def broken(text: str, width: float, style: TextStyle, base: int = 0) -> list[SetLine]:
    """Break a paragraph at blanks, and a word wider than ``width`` wherever it must be.

    Not at hyphens: readers take a hyphen at the end of a line for none, and what is copied lacks it. ``base``
    is 1 for a paragraph that runs to the left. Raises ContentError E797.
    """
    whole = one_line(text, base)
    words, measure = _WORD.findall(whole.text), _measure(whole, style.weight)
    if whole.levels:
        ends = list(accumulate(map(len, words)))
        widths = [measure(end - len(word), end) for word, end in zip(words, ends, strict=True)]
    else:
        widths = faces(style.weight)[0].widths(words)
    found = _broken(whole.text, list(zip(words, widths, strict=True)), measure, width * 1000 / style.size)
    return [_part(whole, *each) for each in found]


def _measure(line: SetLine, weight: Weight) -> Measure:
    """Return what tells how wide the signs from one place up to another are, in thousandths of the size."""
    text = line.text
    if not line.levels:
        face = faces(weight)[0]
        return lambda start, end: face.width(text[start:end], to_left=False)
    found = runs(text, line.levels, weight)
    ends = [run.end for run in found]

    def measure(start: int, end: int) -> float:
        wide = 0.0
        for run in found[bisect_right(ends, start) :]:
            if run.start >= end:
                break
            part = text[max(start, run.start) : min(end, run.end)]
            wide += run.face.width(part, to_left=run.level % 2 == 1)
        return wide

    return measure


def _broken(
    text: str, words: Sequence[tuple[str, float]], measure: Measure, most: float
) -> Iterator[tuple[int, int]]:
    """Yield from where to where each line goes; ``words`` with how wide each is."""
    start, end, used = 0, 0, 0.0
    for word, wide in words:
        begin, end = end, end + len(word)
        if used + wide > most and used + measure(begin, begin + len(word.rstrip(" "))) > most:
            if begin > start:
                yield start, begin
            start = begin
            for start in _cut(text, measure, most, begin, end):
                yield begin, start
                begin = start
            used = measure(start, end)
        else:
            used += wide
    yield start, len(text)


def _cut(text: str, measure: Measure, most: float, begin: int, end: int) -> Iterator[int]:
    """Yield where a word that is wider than its line is cut: never before a mark upon a letter."""
    while begin < end and measure(begin, begin + len(text[begin:end].rstrip(" "))) > most:
        places = (at for at in range(end - 1, begin, -1) if not unicodedata.combining(text[at]))
        fits = next((at for at in places if measure(begin, at) <= most), begin + 1)
        if fits >= end:
            return
        yield fits
        begin = fits


def _part(whole: SetLine, start: int, end: int) -> SetLine:
    text = whole.text[start:end].rstrip(" ")
    return SetLine(text, whole.levels[start : start + len(text)], whole.base)
