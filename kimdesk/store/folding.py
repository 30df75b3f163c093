"""Words as they are compared: in one plain form, however they were written.

There are two ways to be the same. ``written`` is the strict one, for two names that are one name: Latin
letters in the search form of DIN 91379 (ä as ae, å as aa, ß as ss, marks left out), other scripts letter by
letter in one spelling (ى as ي). ``fold`` is the generous one, for finding: ä, ae and a are the same, and
other scripts and their transliteration. ``sort_key`` is for lists: DIN 5007-2, the order of names.
"""

import re
import unicodedata
from collections.abc import Mapping

_SORTED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "æ": "ae", "œ": "oe", "ø": "o"})
# The search form of DIN 91379:2022 follows ICAO Doc 9303 part 3 section 6; other marks are left out.
_SEARCHED = _SORTED | str.maketrans(
    {"å": "aa", "ø": "oe", "þ": "th", "ð": "d", "đ": "d", "ħ": "h"}
    | {"ı": "i", "ĸ": "q", "ł": "l", "ŋ": "n", "ŧ": "t"}
)
# What the keyboards of Arabic, Persian, Urdu and Kurdish write for one letter; what is left out in names.
_ARABIC = str.maketrans("ٱىیکڪہھەۃة", "اييككههههه", "ـء")
_MARKS = re.compile("[\u02b0-\u02ff]")  # signs between letters, as in „Saʿid“
_PAIRS = re.compile("([aou])e|a(?=a)")
_NO_WORD = re.compile("[^a-z0-9]+")
_NO_LETTER = re.compile(r"[\W_]+")
_APOSTROPHES = "'`"  # what transliteration makes of letters that German does not have


def fold(text: str) -> str:
    """Return the words of ``text`` in their plainest form, separated by single blanks; for finding."""
    return _PAIRS.sub(r"\1", _plain(text, _SEARCHED))


def written(text: str) -> str:
    """Return the words of ``text`` as those write them who mean the same name; for saying „the same“."""
    return _NO_LETTER.sub(" ", _letters(text, _SEARCHED)).strip()


def sort_key(*names: str) -> str:
    """Return the key that sorts names as DIN 5007-2 asks for (ä as ae, ß as ss, marks ignored).

    The first name decides before the second: „Krum, Zoe“ stands before „Krum-Meier, Anna“.
    """
    return "\t".join(_plain(name, _SORTED) for name in names)


def _plain(text: str, latin: Mapping[int, str]) -> str:
    letters = _letters(text, latin)
    if not letters.isascii():
        letters = "".join(map(_transliterated, letters)).lower()
    return _NO_WORD.sub(" ", letters).strip()


def _letters(text: str, latin: Mapping[int, str]) -> str:
    """Return ``text`` in small letters without marks, each in its one spelling, Latin ones by ``latin``."""
    if text.isascii():
        return text.lower()
    composed = unicodedata.normalize("NFKC", text).casefold()
    apart = unicodedata.normalize("NFKD", composed.translate(latin))
    return _MARKS.sub("", "".join(filter(_is_no_mark, apart))).translate(_ARABIC)


def _is_no_mark(letter: str) -> bool:
    return not unicodedata.combining(letter)


def _transliterated(letter: str) -> str:
    from anyascii import anyascii

    found = letter if letter.isascii() else anyascii(letter)
    return found.strip(_APOSTROPHES) if letter.isalpha() else found
