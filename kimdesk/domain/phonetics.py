"""How a name sounds to German ears: Kölner Phonetik.

Source: Hans Joachim Postel, „Die Kölner Phonetik“, IBM-Nachrichten 19 (1969), 925–931.
"""

from itertools import groupby

_PLAIN = dict.fromkeys("aeijouyäöü", "0") | dict.fromkeys("bp", "1") | dict.fromkeys("dt", "2")
_PLAIN |= dict.fromkeys("fvw", "3") | dict.fromkeys("gkq", "4") | {"l": "5", "r": "7", "h": "", "x": "48"}
_PLAIN |= dict.fromkeys("mn", "6") | dict.fromkeys("szß", "8")


def cologne(word: str) -> str:
    """Return the digits of one ``word`` (lower case); letters it does not know are left out."""
    letters = [letter for letter in word if letter in _PLAIN or letter == "c"]
    around = zip(["", *letters], letters, [*letters[1:], ""], strict=False)
    digits = "".join(_code(before, letter, after) for before, letter, after in around)
    together = "".join(digit for digit, _ in groupby(digits))
    return together[:1] + together[1:].replace("0", "")


def _code(before: str, letter: str, after: str) -> str:
    """Return the digits of ``letter`` between its neighbours, "" at the ends of the word."""
    if letter == "c":
        return _code_of_c(before, after)
    if letter == "p" and after == "h":
        return "3"
    if letter in "dt" and after and after in "csz":
        return "8"
    if letter == "x" and before and before in "ckq":
        return "8"
    return _PLAIN[letter]


def _code_of_c(before: str, after: str) -> str:
    if not before:
        return "4" if after and after in "ahkloqrux" else "8"
    return "4" if before not in "sz" and after and after in "ahkoqux" else "8"
