"""The order of words in lists (DIN 5007-1); that of persons is ``store.folding.sort_key`` (DIN 5007-2)."""

import re
from unicodedata import combining, normalize

_BETWEEN = re.compile(r"[\W_]+")


def word_key(text: str) -> str:
    """Return the key that sorts words as dictionaries do: ä as a, ß as ss, marks and signs ignored."""
    apart = normalize("NFKD", normalize("NFKC", text).casefold())
    return _BETWEEN.sub(" ", "".join(each for each in apart if not combining(each))).strip()
