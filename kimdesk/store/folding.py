"""Words as they are compared: in one plain Latin form, however they were written.

``fold`` makes ä, ae and a the same (likewise ö, oe, o and ü, ue, u), ß and ss, letters with and without
marks, and other scripts and their transliteration. ``sort_key`` is for lists: DIN 5007-2, the order of
names, in which ä counts as ae.
"""

import re
import unicodedata

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "æ": "ae", "œ": "oe", "ø": "oe"})
_UMLAUT_PAIR = re.compile("([aou])e")
_NO_WORD = re.compile("[^a-z0-9]+")


def fold(text: str) -> str:
    """Return the words of ``text`` in their plain form, separated by single blanks."""
    return _UMLAUT_PAIR.sub(r"\1", _plain(text))


def sort_key(*names: str) -> str:
    """Return the key that sorts names as DIN 5007-2 asks for (ä as ae, ß as ss, marks ignored)."""
    return ", ".join(_plain(name) for name in names)


def _plain(text: str) -> str:
    if text.isascii():
        return _NO_WORD.sub(" ", text.lower()).strip()
    from anyascii import anyascii

    composed = unicodedata.normalize("NFKC", text).casefold()
    apart = unicodedata.normalize("NFKD", composed.translate(_UMLAUTS))
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return _NO_WORD.sub(" ", anyascii(bare).lower()).strip()
