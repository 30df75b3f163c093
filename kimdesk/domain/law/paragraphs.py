"""Which paragraph a paper names, as people write it: „§ 25 Abs. 2 AufenthG“, „§25 II“, „25 (5)“."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

RESIDENCE_ACT: Final = "AufenthG"
PLACE: Final = re.compile(r"\d{1,3}[a-z]?(?:\.\d{1,2}[a-z]?)?(?:\.\d){0,2}")
"""A place as data name it: „24“, „25.2“, „25.2.1.2“."""
FREE_MOVEMENT: Final = "FreizügG/EU"
_LAWS: Final = {
    "aufenthg": RESIDENCE_ACT,
    "aufenthaltsgesetz": RESIDENCE_ACT,
    "asylg": "AsylG",
    "freizügg/eu": FREE_MOVEMENT,
    "freizügg": FREE_MOVEMENT,
    "freizuegg/eu": FREE_MOVEMENT,
}
_LAST: Final = {RESIDENCE_ACT: 107, "AsylG": 90, FREE_MOVEMENT: 16}
"""The last paragraph of each law."""
_NAMED: Final = r"""
    (?P<number>\d{1,3})(?P<letter>[a-z](?![\w.])|\s[a-h](?![\w.]))?(?!\w|\.\d{1,2}\.)  # no date
    (?P<whole>
    (?:[\s,]*(?:abs(?:\.|atz)?\s*|\(\s*|(?P<loose>/|\.(?=\d))|(?=[ivx]))
        (?P<part>\d{1,2}[a-z]?|[ivx]{1,4}[a-z]?)(?!\w)\s*\)?)?
    (?:[\s,]*(?:s\.?|satz)\s*(?P<sentence>\d))?
    (?:[\s,]*(?:nr\.?|nummer)\s*\d{1,2}[a-z]?)?
    (?:[\s,]*(?:alt\.?|alternative|var\.?)\s*(?P<alt>\d)|[\s,]*(?P<first>\d)\.\s*alt(?:\.|ernative)?)?
    [\s,]*(?:(?P<law>aufenthg|aufenthaltsgesetz|asylg|freizügg(?:/eu)?|freizuegg/eu)\b)?
    )
    (?P<other>\s*\b(?:sgb|bgb|gg|stag|asylblg|bmg|estg|bafög|beschv|aufenthv|intv|vwgo|vwvfg)\b)?
"""
_SIGN, _BARE = r"(?:§{1,2}|\bpar(?:agraph|agraf)?\.?)\s*", r"(?<![\w.])(?<!art\.\s)(?<!artikel\s)(?<!nr\.\s)"
_SPELLINGS: Final = tuple(re.compile(start + _NAMED, re.VERBOSE) for start in (_SIGN, _BARE))
_TOGETHER = re.compile(r"\b(?:i\.?\s*v\.?\s*m\.?|in verbindung mit)\b.*", re.DOTALL)
_ALTERNATIVE = re.compile(r"\balt(?:ernative|\.)?\s*(\d)|\b(\d)\.\s*alt")
_SUBSIDIARY = re.compile(r"\bsubsidi")  # protection that is no recognition as a refugee
_ROMAN = re.compile(r"([ivx]+?)([a-h]?)$")
_ROMANS: Final = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8"}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a law, as far as it is named: § ``section`` Abs. ``part`` Satz ``sentence``.

    ``alternative`` is "1" or "2" where a sentence has several; "" stands for what is not said. ``exact``: the
    text names nothing else.
    """

    section: str = ""
    part: str = ""
    sentence: str = ""
    alternative: str = ""
    law: str = RESIDENCE_ACT
    exact: bool = False

    def lies_in(self, wanted: str) -> bool:
        """Return whether it is surely (part of) ``wanted``: „24“, „25.2“, „25.2.1.2“, „FreizügG/EU“."""
        if not self.section or self.law != RESIDENCE_ACT:
            return self.section != "" and wanted == self.law
        return all(one == other for one, other in zip(self._said, wanted.split("."), strict=False))

    def may_lie_in(self, wanted: str) -> bool:
        """Return whether it is, or may be for all that is said of it."""
        if not self.section or self.law != RESIDENCE_ACT:
            return self.lies_in(wanted)
        said = zip(self._said, wanted.split("."), strict=False)
        return all(one in ("", other) for one, other in said)

    def is_one_of(self, wanted: Collection[str]) -> bool | None:
        """Return whether it lies in one of ``wanted``; None when it is not said exactly enough."""
        if not self.section or self.law != RESIDENCE_ACT:
            return self.law in wanted if self.section else None
        near = [one for one in wanted if one.startswith(self.section)]
        if any(self.lies_in(one) for one in near):
            return True
        return None if any(self.may_lie_in(one) for one in near) else False

    @property
    def _said(self) -> tuple[str, str, str, str]:
        return self.section, self.part, self.sentence, self.alternative


@lru_cache(maxsize=1024)
def read(text: str) -> Paragraph:
    """Return the first paragraph that ``text`` names; an empty one when it names none of these laws.

    Of „… i. V. m. …“ the first, of a law alone (FreizügG/EU) its § 2.
    """
    plain = _TOGETHER.sub("", " ".join(text.casefold().split())).strip()
    if _LAWS.get(plain) == FREE_MOVEMENT:
        return Paragraph("2", law=FREE_MOVEMENT, exact=True)
    found = next((one for spelling in _SPELLINGS if (one := spelling.search(plain))), None)
    if found is None or found["other"]:
        return Paragraph()
    law = _LAWS[found["law"] or "aufenthg"]
    if not 1 <= int(found["number"]) <= _LAST[law]:
        return Paragraph()
    exact = not found["loose"] and (found.start(), found.end("whole")) == (0, len(plain))
    section = found["number"] + (found["letter"] or "").strip()
    alternative = found["alt"] or found["first"] or _alternative(plain[found.end() :], plain)
    return Paragraph(section, _part(found["part"] or ""), found["sentence"] or "", alternative, law, exact)


def _part(said: str) -> str:
    roman = _ROMAN.match(said)
    return _ROMANS.get(roman[1], "") + roman[2] if roman else said


def _alternative(rest: str, text: str) -> str:
    found = _ALTERNATIVE.search(rest)
    if found:
        return found[1] or found[2]
    return "2" if _SUBSIDIARY.search(text) else ""
