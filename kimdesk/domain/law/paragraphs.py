"""Which paragraph a paper names, as people write it: „§ 25 Abs. 2 AufenthG“, „§25 II“, „25 (5)“."""

import re
from dataclasses import dataclass
from typing import Final

_NUMBER = r"(?<![\d.])(\d{1,3}[a-z]?)(?!\w)(?!\.\d{1,2}\.)"  # no part of a date
_SIGNED, _SECTION = re.compile(r"§+\s*" + _NUMBER), re.compile(_NUMBER)
_PART = re.compile(r"\s*(?:Abs(?:atz|\.)?\s*|\(\s*|/|\.(?=\d)|(?=[IVX]))(\d{1,2}[a-z]?|[IVX]+[a-z]?)\b\)?")
_SENTENCE = re.compile(r"[\s,]*S(?:atz|\.)?\s*(\d)")
_ALTERNATIVES = (
    re.compile(r"\bAlt(?:ernative|\.)?\s*(\d)", re.IGNORECASE),
    re.compile(r"\b(\d)\.\s*Alt", re.IGNORECASE),
)
_SUBSIDIARY = re.compile(r"\bsubsidi", re.IGNORECASE)  # protection that is no recognition as a refugee
_ROMAN: Final = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5", "VI": "6", "VII": "7", "VIII": "8"}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a law, as far as it is named: § ``section`` Abs. ``part`` Satz ``sentence``.

    ``alternative`` is "1" or "2" where a sentence has several, "" while it is not said.
    """

    section: str = ""
    part: str = ""
    sentence: str = ""
    alternative: str = ""

    def lies_in(self, wanted: str) -> bool:
        """Return whether it is surely (part of) ``wanted``: „24“, „25.2“, „25.4.1“, „25.2.1.2“."""
        own = (self.section, self.part, self.sentence, self.alternative)
        return all(one == other for one, other in zip(own, wanted.split("."), strict=False))

    def may_lie_in(self, wanted: str) -> bool:
        """Return whether it is, or may be for all that is said of it."""
        own = (self.section, self.part, self.sentence, self.alternative)
        return bool(self.section) and all(
            one in ("", other) for one, other in zip(own, wanted.split("."), strict=False)
        )


def read(text: str) -> Paragraph:
    """Return the first paragraph that ``text`` names; an empty one when it names none."""
    found = _SIGNED.search(text) or _SECTION.search(text)
    if found is None:
        return Paragraph()
    part, rest = _part(text[found.end() :])
    sentence = _SENTENCE.match(rest) if part else None
    return Paragraph(found[1], part, sentence[1] if sentence else "", _alternative(text, rest))


def _part(rest: str) -> tuple[str, str]:
    found = _PART.match(rest)
    if found is None:
        return "", rest
    number = re.match(r"([IVX]+)([a-z]?)$", found[1])
    part = _ROMAN.get(number[1], number[1]) + number[2] if number else found[1]
    return part, rest[found.end() :]


def _alternative(text: str, rest: str) -> str:
    found = next((one for pattern in _ALTERNATIVES if (one := pattern.search(rest))), None)
    if found:
        return found[1]
    return "2" if _SUBSIDIARY.search(text) else ""
