"""A file of case documents, entry by entry: what is wrong with one stays with that one.

Entries are told apart by their brackets and read one at a time, so that an odd number, a name that stands
twice or a bottomless nesting spoils its own entry only, and a large file is never in memory as a whole tree.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from kimdesk.domain.characters import is_writable
from kimdesk.domain.errors import ContentError, StoreError

NO_DOCUMENTS, TOO_LARGE, EMPTY, TWICE, TOO_DEEP = "E718", "E731", "E732", "E734", "E735"
MOST_BYTES: Final = 64 * 2**20
_MIB: Final = 2**20
_DEEPEST: Final = 100  # brackets within brackets that are read at all; what is kept is limited elsewhere
_LONGEST_NUMBER: Final = 400  # digits

_TOKEN = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)|[\[\]{},]', re.DOTALL)
_OPEN, _CLOSE = frozenset("[{"), frozenset("]}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a file as it stands there, not read yet; ``line`` is where it begins, from 1."""

    line: int
    depth: int
    whole: str = field(repr=False)
    begin: int
    end: int

    def value(self) -> Any:
        """Return what the entry says; NaN and endless numbers are there as what they are not: numbers.

        Raises ContentError E734 for a member that stands twice, E735 for a nesting that is too deep, E718 for
        what is no JSON.
        """
        if self.depth > _DEEPEST:
            raise ContentError(TOO_DEEP)
        try:
            return json.loads(
                self.whole[self.begin : self.end], object_pairs_hook=_members, parse_int=_whole_number
            )
        except (ValueError, RecursionError):
            raise ContentError(NO_DOCUMENTS, line=self.line) from None


def entries(path: Path) -> list[Entry]:
    """Return the entries of a file: a JSON array, JSON lines or one document, in UTF-8, UTF-16 or UTF-32.

    Raises StoreError E910 when it cannot be read, ContentError E731 when it is too large, E732 when nothing
    stands in it, E718 with the line that is none of these.
    """
    return entries_of(_text(path))


def entries_of(text: str) -> list[Entry]:
    """Return the entries of the text of a file. Raises ContentError as ``entries``."""
    start = len(text) - len(text.lstrip())
    if start == len(text):
        raise ContentError(EMPTY)
    if text[start] == "[":
        return list(_array(text, start))
    spans = _spans(text, start, len(text))
    if len(spans) == 1 and spans[0][0] == start and not text[spans[0][1] :].strip():
        return [_entry(text, *spans[0], _line(text, start))]
    return list(_lines(text))


def _text(path: Path) -> str:
    """Return the text of a file; a byte that is none becomes a character that its entry is refused for."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError:
        raise StoreError("E910") from None
    if len(data) > MOST_BYTES:
        raise ContentError(TOO_LARGE, most=MOST_BYTES // _MIB)
    try:
        return data.decode(json.detect_encoding(data), "surrogateescape").removeprefix("\ufeff")
    except UnicodeError:
        raise ContentError(NO_DOCUMENTS, line=1) from None


def _lines(text: str) -> Iterator[Entry]:
    """Yield one entry per line; only a line feed ends a line: JSON may hold U+2028 as it is."""
    begin = number = 0
    while begin < len(text):
        number += 1
        end = text.find("\n", begin)
        end = len(text) if end < 0 else end
        if not text[begin:end].isspace() and begin < end:
            spans = _spans(text, begin, end)
            if len(spans) != 1 or (text[begin : spans[0][0]] + text[spans[0][1] : end]).strip():
                raise ContentError(NO_DOCUMENTS, line=number)
            yield _entry(text, *spans[0], number)
        begin = end + 1


def _array(text: str, start: int) -> Iterator[Entry]:
    """Yield the elements of the array that begins at ``start``; whatever they are, each is an entry."""
    begin, depth, deepest, line, counted, some = start + 1, 0, 0, 1, 0, False
    for token in _TOKEN.finditer(text, start):
        mark = token[0]
        depth += (mark in _OPEN) - (mark in _CLOSE)
        deepest = max(deepest, depth - 1)
        if depth > 1 or not (mark == "," or depth == 0):
            continue
        element = text[begin : token.start()]
        if some or mark == "," or element.strip():
            first = begin + len(element) - len(element.lstrip())
            line, counted, some = line + text.count("\n", counted, first), first, True
            yield _entry(text, first, token.start(), deepest, line)
        begin, deepest = token.end(), 0
        if depth == 0 and mark == "]" and not text[begin:].strip():
            return
        if depth == 0:
            break
    raise ContentError(NO_DOCUMENTS, line=_line(text, begin))


def _spans(text: str, start: int, end: int) -> list[tuple[int, int, int]]:
    """Return where the bracketed values of a text begin and end, and how deep each is; none if unfinished."""
    found, depth, deepest, begin = [], 0, 0, start
    for token in _TOKEN.finditer(text, start, end):
        if token[0] in _OPEN:
            begin = begin if depth else token.start()
            depth += 1
            deepest = max(deepest, depth)
        elif token[0] in _CLOSE:
            depth -= 1
            if depth == 0:
                found.append((begin, token.end(), deepest))
                deepest = 0
    return found if depth == 0 else []


def _entry(text: str, begin: int, end: int, depth: int, line: int) -> Entry:
    return Entry(line, depth, text, begin, end)


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for place, name in enumerate(names) if name in names[:place])
        raise ContentError(TWICE, place=twice if is_writable(twice) else "?")
    return found


def _whole_number(digits: str) -> int | float:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else float("inf")
