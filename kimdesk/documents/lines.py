"""Lines of calendar files and visiting cards: escaped and folded as RFC 5545 and RFC 6350 both want it."""

import unicodedata
from collections.abc import Iterable
from typing import Final

_LONGEST: Final = 75  # octets of a line without its end
_BREAKS: Final = ("\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029")


def escaped(text: str) -> str:
    """Return ``text`` as a value of type TEXT; what is no sign of a text is left out."""
    for each in _BREAKS:
        text = text.replace(each, "\n")
    text = "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs"))
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def written(lines: Iterable[str]) -> bytes:
    """Return the lines as UTF-8, each folded after 75 octets, never within a sign."""
    return "".join(f"{each}\r\n" for line in lines for each in _folded(line)).encode()


def _folded(line: str) -> Iterable[str]:
    part, size = "", 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > _LONGEST:
            yield part
            part, size = " ", 1
        part, size = part + sign, size + octets
    yield part
