"""Text cut into what one font draws at once; a sign that no font has is refused, never left out."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from kimdesk.documents.print.faces import Face, faces
from kimdesk.domain.errors import ContentError

if TYPE_CHECKING:
    from kimdesk.documents.print.style import Weight

_DROPPED = dict.fromkeys([*range(0x202A, 0x202F), *range(0xFE00, 0xFE10), 0xAD, 0xFEFF])
_JOINED = "\u200c\u200d"
_IBAN, _PHONE = "[A-Z]{2}[0-9]{2}(?: [0-9A-Z]{2,4})+", "[+0][0-9]+(?:[ /-][0-9]+)+"
_NUMBER = re.compile(f"{_IBAN}|{_PHONE}|[A-Za-z]{{0,4}}[-+]?[0-9](?:[-./:,\u2013]?[0-9A-Za-z])+")
_CITED = re.compile(r"(?:\xa7{1,2}|Art\.)[ \xa0]?[0-9][-0-9A-Za-z\xc0-\xff.,\xa7 \xa0\u2013]*[0-9A-Za-z\xdf]")
_WITHIN = re.compile(
    r"(?<=\xa7) |(?<=Art\.) (?=\d)|(?<=Abs\.) (?=\d)|(?<=Nr\.) (?=\d)|(?<=Satz) (?=\d)"
    r"|(?<=SGB) (?=[IVX])|(?<=\d) (?=SGB [IVX])"
)
"""Blanks inside a reference to the law, at which no line ends."""
_BLANK = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_TURNS = re.compile(
    "[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_PLAIN = frozenset({"L", "EN", "ES", "ET", "CS", "WS", "ON"})
_SPECIAL = frozenset({"Mn", "Me", "Mc", "Cf", "Cc", "Cs", "Co", "Cn", "Zl", "Zp"})


class FontRun(NamedTuple):
    """Signs from ``start`` to ``end`` that have one level and one font."""

    start: int
    end: int
    level: int
    face: Face


def settled(text: str) -> str:
    """Return ``text`` composed (NFC), its blanks plain, without what only steers (overrides, soft hyphens).

    What names a paragraph stays in one line.
    Beside words that run to the left each number is isolated: else „2026-0417“ would be drawn „0417-2026“.
    """
    plain = _BLANK.sub(" ", unicodedata.normalize("NFC", text).translate(_DROPPED))
    if "\xa7" in plain or "Art." in plain:
        plain = _WITHIN.sub("\xa0", plain)
    if _TURNS.search(plain) is None:
        return plain
    return _NUMBER.sub(_isolated, _CITED.sub("\u2066\\g<0>\u2069", plain))


def _isolated(found: re.Match[str]) -> str:
    """Return a number as one: a telephone number is neither broken nor read in parts."""
    whole = found[0].replace(" ", "\u00a0")
    return f"\u2066{whole}\u2069"


def is_plain(text: str) -> bool:
    """Say whether ``text`` is settled, runs to the right and has no sign but those of the first font."""
    known = _known_plain()
    return known.issuperset(text) or all(map(_is_plain_sign, set(text) - known))


@cache
def _known_plain() -> set[str]:
    """Return the signs that were found plain: filled as they come."""
    return set()


def _is_plain_sign(sign: str) -> bool:
    plain = (
        ord(sign) in faces("regular")[0].signs
        and unicodedata.category(sign) not in _SPECIAL
        and unicodedata.bidirectional(sign) in _PLAIN
        and unicodedata.normalize("NFC", sign) == sign
    )
    if plain:
        _known_plain().add(sign)
    return plain


def spelled(text: str, weight: "Weight" = "regular") -> str:
    """Return ``text`` with „[U+1F33B]“ for each sign that no font has, for a sheet that must come to be."""
    found = settled(text)
    pieces = ((each, _drawn_by(each, weight)) for _, each in _clusters(found))
    return "".join(each if face else "".join(f"[U+{ord(one):04X}]" for one in each) for each, face in pieces)


def runs(text: str, levels: Sequence[int], weight: "Weight") -> list[FontRun]:
    """Return the runs of settled ``text``. Raises ContentError E797 for a sign that no font has."""
    found, start = list[FontRun](), 0
    for level, stretch in groupby(levels):
        end = start + len(list(stretch))
        part = text[start:end]
        face = _drawing_all(part, weight, to_left=level % 2 == 1)
        if face:
            found.append(FontRun(start, end, level, face))
        else:
            found += _runs(part, start, level, weight)
        start = end
    return found


def _drawing_all(text: str, weight: "Weight", *, to_left: bool) -> Face | None:
    """Return the one font that draws ``text``, which runs one way, if that is plain to see."""
    if not to_left:
        return faces(weight)[0] if is_plain(text) else None
    arabic = next(face for face in faces(weight) if face.arabic)
    return arabic if arabic.has_all(text) else None


def _runs(text: str, begin: int, level: int, weight: "Weight") -> Iterator[FontRun]:
    start, script = 0, ""
    face: Face | None = None
    for at, cluster in _clusters(text):
        own = _script(cluster[0])
        between = level % 2 == 1 and not own and not cluster.isalnum()
        goes_with = between and face is not None and face.has_all(cluster)  # points are of the font of words
        drawn = face if goes_with else _drawn_by(cluster, weight) or _refuse(cluster)
        if drawn is not face or (own and script and own != script):
            if face:
                yield FontRun(begin + start, begin + at, level, face)
            start, face, script = at, drawn, ""
        script = own or script
    if face:
        yield FontRun(begin + start, begin + len(text), level, face)


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    """Yield where each sign stands, and the sign with the marks upon it."""
    start = 0
    for at in range(1, len(text)):
        if not _is_upon(text[at]):
            yield start, text[start:at]
            start = at
    if text:
        yield start, text[start:]


@lru_cache(4096)
def _is_upon(sign: str) -> bool:
    return sign in _JOINED or unicodedata.category(sign) in ("Mn", "Me")


@lru_cache(4096)
def _drawn_by(cluster: str, weight: "Weight") -> Face | None:
    first, second, *others = faces(weight)
    if len(cluster) > 1 and second.has_all(cluster):  # the first sets rare marks beside their letter
        return second
    return next((face for face in (first, second, *others) if face.has_all(cluster)), None)


@lru_cache(4096)
def _script(sign: str) -> str:
    """Return the script of a letter as its name begins with it, nothing for what is of all scripts."""
    return unicodedata.name(sign, "").partition(" ")[0] if unicodedata.category(sign)[0] == "L" else ""


def _refuse(cluster: str) -> Face:
    sign = next(
        (each for each in cluster if not any(face.has_all(each) for face in faces("regular"))), cluster
    )
    raise ContentError("E797", sign=sign, point=f"U+{ord(sign[0]):04X}")
