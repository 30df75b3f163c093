"""Heads of columns as they are compared before anything is known of a list."""

import re
from collections.abc import Collection, Sequence

_NO_WORD = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """Return a head in small letters, its words parted by single blanks."""
    return _NO_WORD.sub(" ", text.casefold()).strip()


def known_in(cells: Sequence[str], heads: Collection[str]) -> int:
    """Return how many different ``heads`` (plain) a line has."""
    return len({plain(each) for each in cells}.intersection(heads))
