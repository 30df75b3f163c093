"""What a stored text is made of: one spelling of each letter, nothing invisible, no control characters.

NFC (Unicode annex 15) makes two texts that look the same be the same. Joiners and marks of direction that
Persian, Arabic and others are written with stay.
"""

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar
from unicodedata import normalize

from kimdesk.domain.errors import ContentError

T = TypeVar("T")
UNWRITABLE = "E708"

_UNUSUAL = re.compile(
    "[^\t\n\x20-\x7e\xa0-\xac\xae-\u02ff\u2010-\u2027\u20ac]"
)  # all others are tidy, always
_REFUSED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")  # C0, C1, halves of letters
_WITHOUT_TEXT = frozenset({type(None), bool, int, float, date, datetime})
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")  # VT and FF come from Word, PDF
_UNSEEN = re.compile(
    "[\u00ad\u2060-\u2064\ufeff"  # soft hyphen, word joiner and invisible operators, byte order mark
    "\u202a-\u202e\u2066-\u206f"  # embeddings, overrides and isolates, which turn what follows them
    "\ufff9-\ufffb\U000e0000-\U000e007f]"  # annotations, tags
)


def is_writable(text: str) -> bool:
    """Return whether ``text`` has no character that is refused: control characters, halves of letters."""
    return _REFUSED.search(text) is None


def tidy(text: str) -> str:
    """Return ``text`` as it is stored: in NFC, lines ending in LF, without characters nobody sees.

    Raises ContentError E708 when it is not writable.
    """
    if not _UNUSUAL.search(text):
        return text
    if not is_writable(text):
        raise ContentError(UNWRITABLE)
    return normalize("NFC", _UNSEEN.sub("", _LINE_ENDS.sub("\n", text)))


def tidied(value: T) -> T:
    """Return ``value`` with every text in it tidy, however deep: records, their parts, JSON.

    Raises ContentError E708 for a text that is not writable, or two names of a mapping that become one.
    """
    found: T = _tidied(value)
    return found


def _tidied(value: Any) -> Any:
    kind = type(value)
    if kind in _WITHOUT_TEXT:
        return value
    if isinstance(value, str):  # a vocabulary is a str too, and tidy
        return tidy(value) if kind is str else value
    if isinstance(value, list | tuple):
        return kind(map(_tidied, value))
    if kind is dict or isinstance(value, Mapping):
        return _mapping(value)
    if is_dataclass(value) and not isinstance(value, type):
        held = ((field.name, getattr(value, field.name)) for field in fields(value))
        changed = {name: found for name, each in held if (found := _tidied(each)) != each}
        return replace(value, **changed) if changed else value
    return value


def _mapping(value: Mapping[Any, Any]) -> dict[Any, Any]:
    found = {tidy(name): _tidied(each) for name, each in value.items()}
    if len(found) != len(value):
        raise ContentError(UNWRITABLE)
    return found
