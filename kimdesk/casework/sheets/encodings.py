"""In which encoding a list was written: by its marks, by what fits, by the letters that come out.

Letters of one office's languages stand under the same bytes as letters of another's. What was meant is what
looks like words: usual letters, no sign inside a word, no small letter before a capital, one script a word.
"""

import codecs
import re
from collections import Counter
from itertools import pairwise

ENCODINGS = (
    "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "iso8859_15", "cp1250", "iso8859_2",
    "cp1254", "cp1251", "cp1256", "cp850", "mac_roman",
)  # fmt: skip
"""What can be chosen, the likely ones first."""

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_BYTES = ("cp1252", "iso8859_15", "cp1250", "iso8859_2", "cp1254", "cp1251", "cp1256", "cp850", "mac_roman")
_LOOKED_AT = 400_000  # bytes
_WORD = re.compile(rb"[A-Za-z\x80-\xff]+")
_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")

_WESTERN = {**dict.fromkeys("äöüÄÖÜßé", 3.0), **dict.fromkeys("áàâãåæçèêëìíîïñòóôõøúûÉÈÁÓÍÇÑÅØÊ’", 1.0)}
_CENTRAL = {
    **dict.fromkeys("äöüÄÖÜßé", 3.0),
    **dict.fromkeys("ćčšžđłńęąóśźżáíýěřůňťďőűăâîşţëçĆČŠŽĐŁŚŹŻŘŐŞŢ’", 1.3),
}
_TURKISH = {**_WESTERN, **dict.fromkeys("ığşİŞĞ", 1.4)}
_LATIN_9 = {**_WESTERN, **dict.fromkeys("ŠšŽžŒœŸ", 1.4)}
_CYRILLIC = {
    **dict.fromkeys(map(chr, range(0x410, 0x450)), 1.0),
    **dict.fromkeys("іїєґІЇЄҐёЁјЈљњћђџЉЊЋЂЏўЎ’", 0.8),
    **dict.fromkeys("ЪЫЬъ", -1.0),  # hardly ever in a name
}
_ARABIC = dict.fromkeys("ابتثجحخدذرزسشصضطظعغفقكلمنهويىةأإآؤئءپچژگکی\u200c", 1.0)
_LETTERS = {
    "cp1252": _WESTERN, "iso8859_15": _LATIN_9, "cp1250": _CENTRAL, "iso8859_2": _CENTRAL,
    "cp1254": _TURKISH, "cp1251": _CYRILLIC, "cp1256": _ARABIC,
    "cp850": _WESTERN, "mac_roman": _WESTERN,
}  # fmt: skip
_ODD_LETTER, _SIGN, _CASE, _SCRIPTS = -0.7, -4.0, -2.0, -3.0
_UNLIKELY = (
    (re.compile(r"[^\W\d_a-zA-Z\u0370-\uffff]{3}"), -3.0),  # three letters with marks in a row
    (re.compile(r"(?i)(?<=[bcdfghjklmnpqrstvwxz])[čćňńřł](?=[bcdfghjklmnpqrstvwxz])"), -1.5),
    (re.compile(r"(?i)ń(?=[aeiou])|ă(?=o)"), -1.5),
    (re.compile(r"(?i)\b[бвгджзйклмнпрстфхцчшщ]{3,}\b"), -3.0),  # no vowel
)
"""What hardly stands in a word that is read right, and what it costs."""
_ENDINGS = ("ić", "ič", "ać", "čić", "cz", "ař", "ář", "ů", "ą", "ę")
_ENDING = 2.0


def guessed(data: bytes) -> str:
    """Return the encoding that ``data`` seems to be written in; "" for what is no text."""
    if marked := next((name for mark, name in _MARKS.items() if data.startswith(mark)), ""):
        return marked
    if b"\0" in data:
        return _wide(data)
    if _is_utf8(data):
        return "utf-8-sig"
    words = Counter(word for word in _WORD.findall(data[:_LOOKED_AT]) if not word.isascii())
    return max(_BYTES, key=lambda name: sum(_likely(word, name) * n for word, n in words.items()))


def _is_utf8(data: bytes) -> bool:
    """Return whether ``data`` is UTF-8, but for a few bytes that got in somehow."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        whole = _SEQUENCE.findall(data)
        odd = len(_HIGH.findall(data)) - sum(map(len, whole))
        return odd * 2 <= len(whole)
    return True


def _wide(data: bytes) -> str:
    """Return which encoding of two or four bytes a letter reads as text, "" when none does."""
    start = data[: _LOOKED_AT // 8 * 8]
    ranks = {name: _textual(start, name) for name in _WIDE if len(data) % (int(name[4:6]) // 8) == 0}
    best = max(ranks, key=ranks.__getitem__, default="")
    return best if best and ranks[best] > 0.9 else ""  # noqa: PLR2004 - nearly all of it


def _textual(data: bytes, name: str) -> float:
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        return 0.0
    usual = sum(one.isalnum() or one in " \r\n\t;,|.-/:'\"()@+&*#_" for one in text)
    scripts = sum(ord(one) < 0x700 for one in text)  # noqa: PLR2004 - up to Arabic
    return min(usual, scripts) / max(len(text), 1)


def _likely(word: bytes, name: str) -> float:
    """Return how well bytes with letters beyond ASCII read as a word of the languages of an encoding."""
    text, usual = word.decode(name, "replace"), _LETTERS[name]
    foreign = (one for one in text if not one.isascii())
    rank = sum(usual.get(one, _ODD_LETTER if one.isalpha() else _SIGN) for one in foreign)
    for one, other in pairwise(text):
        rank += _CASE * (one.islower() and other.isupper())
        rank += _SCRIPTS * (one.isalpha() and other.isalpha() and _script(one) != _script(other))
    rank += sum(cost * len(found.findall(text)) for found, cost in _UNLIKELY)
    return rank + _ENDING * (usual is _CENTRAL and text.casefold().endswith(_ENDINGS))


def _script(letter: str) -> int:
    point = ord(letter)
    return (point >= 0x370) + (point >= 0x590)  # noqa: PLR2004 - Latin, Greek and Cyrillic, Arabic
