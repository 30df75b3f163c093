"""The paragraph a title was given by, out of the many ways people write it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

FREE_MOVEMENT = "FreizügG/EU"
_LAWS = {
    "aufenthg": "AufenthG",
    "aufenthaltsgesetz": "AufenthG",
    "asylg": "AsylG",
    "freizügg/eu": FREE_MOVEMENT,
    "freizügg": FREE_MOVEMENT,
    "freizuegg/eu": FREE_MOVEMENT,
}
_LAST = {"AufenthG": 107, "AsylG": 90, FREE_MOVEMENT: 16}
"""The last paragraph of each law."""
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8}
_SPELLING = re.compile(
    r"""
    (?:§{1,2}|par(?:agraph|agraf)?\.?)?\s*
    (?P<number>\d{1,3})\s?(?P<letter>[a-z](?![a-z.]))?
    (?:[\s,]*(?:abs(?:\.|atz)?\s*(?P<abs>\d{1,2})(?P<suffix>[a-z])?|\((?P<round>\d{1,2})(?:[a-z])?\)
        |(?P<roman>[ivx]{1,4})(?![a-zäöü])))?
    (?:[\s,]*(?:s\.?|satz)\s*(?P<satz>\d))?
    (?:[\s,]*(?:nr\.?|nummer)\s*\d{1,2}[a-z]?)?
    (?:[\s,]*(?:alt\.?|alternative|var\.?)\s*(?P<alt>\d)|[\s,]*(?P<alt_first>\d)\.\s*alt(?:\.|ernative)?)?
    [\s,]*(?P<law>aufenthg|aufenthaltsgesetz|asylg|freizügg(?:/eu)?|freizuegg/eu)?\s*
    """,
    re.VERBOSE,
)
_TOGETHER = re.compile(r"\b(?:i\.?\s*v\.?\s*m\.?|in verbindung mit)\b.*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class LawParagraph:
    """A place in a law: number with its letter, Absatz and the half of a sentence; 0 where it is not said."""

    law: str
    number: str
    absatz: int = 0
    alternative: int = 0


@lru_cache(maxsize=256)
def read_paragraph(text: str) -> LawParagraph | None:
    """Return the paragraph that ``text`` names (of „… i. V. m. …“ the first), None when it cannot be one."""
    plain = _TOGETHER.sub("", " ".join(text.casefold().split())).strip()
    if _LAWS.get(plain) == FREE_MOVEMENT:
        return LawParagraph(FREE_MOVEMENT, "2")
    found = _SPELLING.fullmatch(plain)
    if not found:
        return None
    law = _LAWS[found["law"] or "aufenthg"]
    if not 1 <= int(found["number"]) <= _LAST[law]:
        return None
    absatz = found["abs"] or found["round"] or _ROMAN.get(found["roman"] or "", 0)
    alternative = found["alt"] or found["alt_first"] or 0
    return LawParagraph(law, found["number"] + (found["letter"] or ""), int(absatz), int(alternative))


def matches(paragraph: LawParagraph | None, patterns: Iterable[str]) -> bool | None:
    """Return whether one of ``patterns`` („25b“, „25(2)“, „FreizügG/EU“) names it.

    None when it is not said exactly enough, or not at all.
    """
    if paragraph is None:
        return None
    unsure = False
    for each in patterns:
        number, _, absatz = each.rstrip(")").partition("(")
        if number == paragraph.law:
            return True
        if number != paragraph.number or paragraph.law != "AufenthG":
            continue
        if not absatz or int(absatz) == paragraph.absatz:
            return True
        unsure = unsure or not paragraph.absatz
    return None if unsure else False
