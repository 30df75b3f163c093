"""A few German words that stand for a file or a key: an easy second way to compare on the telephone."""

from typing import Final

from kimdesk.vault.passphrase import word_list

_WORDS: Final = 5
_BITS: Final = 11


def short_words(digest: bytes) -> str:
    """Return five words for the first 55 bits of ``digest``, as docs/bundle-format.md §7 derives them."""
    number, words = int.from_bytes(digest[:8], "big") >> 9, word_list()
    places = range(_BITS * (_WORDS - 1), -1, -_BITS)
    return " ".join(words[(number >> place) & (2**_BITS - 1)] for place in places)
