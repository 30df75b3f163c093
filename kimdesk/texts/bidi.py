"""Values that run from right to left stay in their place: isolates of the Unicode bidi algorithm (UAX 9).

Without them a file number behind an Arabic name shows as „0417-2026“ instead of „2026-0417“.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from unicodedata import bidirectional

FIRST_STRONG, POP = "\u2068", "\u2069"
_TURNS = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO"})


def isolated(text: str) -> str:
    """Return ``text`` as it is, or between isolates when something in it can turn the direction."""
    if text.isascii() or not any(bidirectional(each) in _TURNS for each in text):
        return text
    return f"{FIRST_STRONG}{text}{POP}"


@dataclass(frozen=True, slots=True)
class Apart:
    """Joins values by ``sign``, each in its direction: beside an Arabic name a date would change sides."""

    sign: str

    def join(self, parts: Iterable[str]) -> str:
        """Return ``parts`` in one text."""
        return self.sign.join(map(isolated, parts))


def apart(sign: str) -> Apart:
    """Return what joins values by ``sign``, as ``sign.join`` does for words of one direction."""
    return Apart(sign)
