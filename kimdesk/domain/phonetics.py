"""How a name sounds to German ears: Kölner Phonetik.

Source: Hans Joachim Postel, „Die Kölner Phonetik“, IBM-Nachrichten 19 (1969), 925–931.
"""

from itertools import groupby

_PLAIN = dict.fromkeys("aeijouyäöü", "0") | dict.fromkeys("bp", "1") | dict.fromkeys("dt", "2")
_PLAIN |= dict.fromkeys("fvw", "3") | dict.fromkeys("gkq", "4") | {"l": "5", "r": "7", "h": "", "x": "48"}
_PLAIN |= dict.fromkeys("mn", "6") | dict.fromkeys("szß", "8")

_DENTAL, _HISSING, _SIBILANT, _LIKE_K = map(frozenset, ("dt", "csz", "sz", "ckq"))
_OPENS_HARD, _HARD = frozenset("ahkloqrux"), frozenset("ahkoqux")
"""Before these C sounds like K: at the start of a word, and within it."""


def cologne(word: str) -> str:
    """Return the digits of one ``word`` (lower case); letters it does not know are left out."""
    letters = [letter for letter in word if letter in _PLAIN or letter == "c"]
    between = ["", *letters, ""]
    digits = "".join(_code(*between[at : at + 3]) for at in range(len(letters)))
    together = "".join(digit for digit, _ in groupby(digits))
    return together[:1] + together[1:].replace("0", "")


def _code(before: str, letter: str, after: str) -> str:
    """Return the digits of ``letter`` between its neighbours, "" at the ends of the word."""
    if letter == "c":
        return _code_of_c(before, after)
    if letter == "p" and after == "h":
        return "3"
    if letter in _DENTAL and after in _HISSING:
        return "8"
    if letter == "x" and before in _LIKE_K:
        return "8"
    return _PLAIN[letter]


def _code_of_c(before: str, after: str) -> str:
    if not before:
        return "4" if after in _OPENS_HARD else "8"
    return "4" if after in _HARD and before not in _SIBILANT else "8"
