"""Passphrases: made from German words, rated, and brought into one form before use."""

import math
import secrets
import unicodedata
from dataclasses import dataclass
from functools import cache

import resources
from kimdesk.domain.errors import VaultError

_WORDS_NEEDED = 5
_BITS_NEEDED = 65
_BEST_SCORE = 4
_RATED_CHARACTERS = 72  # zxcvbn refuses more; a good start makes a good whole


@dataclass(frozen=True, slots=True)
class Rating:
    """How strong a passphrase is: zxcvbn's score 0 to 4, whether it may protect a vault, what to improve."""

    score: int
    acceptable: bool
    hint: str


@cache
def word_list() -> tuple[str, ...]:
    """Return the words that passphrases are made of."""
    return tuple(resources.read_text("passphrase/words_de.txt").split())


@cache
def usual_letters(*, doubtful: bool = False) -> dict[str, frozenset[str]]:
    """Return old encodings of one byte a letter, and what passphrases in them hold beside ASCII.

    The ``doubtful`` ones are those by which other words could be meant, and none is read.
    """
    name = "doubtful_encodings" if doubtful else "encodings"
    found = resources.read_toml(f"passphrase/{name}.toml")
    return {encoding: frozenset(letters) for encoding, letters in found.items()}


def generate_passphrase(words: int = 6) -> str:
    """Return random words with blanks between; six of them have at least 65 bit."""
    return " ".join(secrets.choice(word_list()) for _ in range(words))


def passphrase_strength(text: str) -> Rating:
    """Return how strong ``text`` is, with a German hint."""
    hints = resources.read_toml("passphrase/hints_de.toml")
    if not text.strip():
        return Rating(0, acceptable=False, hint=hints["empty"])
    if _is_diceware(text):
        return Rating(_BEST_SCORE, acceptable=True, hint=hints["words"])
    score = _score(text)
    return Rating(score, score == _BEST_SCORE, hints[f"score_{score}"])


def demand_strong(text: str) -> None:
    """Raise VaultError E009 when ``text`` is too weak to protect a vault."""
    if not passphrase_strength(text).acceptable:
        raise VaultError("E009")


def prepared(text: str) -> bytes:
    """Return the bytes of a passphrase, the same however the keyboard composed its letters (NFKC)."""
    return unicodedata.normalize("NFKC", text).encode("utf-8", "surrogatepass")


def _is_diceware(text: str) -> bool:
    parts = text.split()
    known = frozenset(word_list())
    bits = len(set(parts)) * math.log2(len(known))
    return len(parts) >= _WORDS_NEEDED and bits >= _BITS_NEEDED and known.issuperset(parts)


def _score(text: str) -> int:
    """Rate as zxcvbn does, but take German words for words, and a word said twice for one."""
    from zxcvbn import zxcvbn

    parts = unicodedata.normalize("NFKC", text).split()
    distinct = " ".join(dict.fromkeys(parts))[:_RATED_CHARACTERS]
    score: int = zxcvbn(distinct, user_inputs=word_list())["score"]
    return score
