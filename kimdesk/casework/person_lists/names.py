"""One cell with a whole name, parted into family name and given names."""

from collections.abc import Collection

WHOLE = ("full_name", "last_name_first", "any_name")
"""Targets of columns with both: given names first, family name first, not known."""


def parted(whole: str, target: str, particles: Collection[str]) -> tuple[str, str]:
    """Return family name and given names of the name ``whole`` in a column that means ``target``.

    ``particles`` (small letters: von, al, ben …) go with the word after them and belong to the family name:
    „Uta von der Leyen“, „Al Hassan Omar“, „Leyen, Uta von der“. A single word is a family name.
    """
    family, comma, given = whole.partition(",")
    if comma:
        return _with_particles(family.split(), given.split(), particles)
    words = whole.split()
    at = _family_ends(words, particles) if target == "last_name_first" else _family_begins(words, particles)
    if target == "last_name_first":
        return " ".join(words[:at]), " ".join(words[at:])
    return " ".join(words[at:]), " ".join(words[:at])


def is_sure(whole: str, target: str) -> bool:
    """Return whether it is known which part of a name is which."""
    return target != "any_name" or "," in whole or len(whole.split()) < 2  # noqa: PLR2004 - one word


def _with_particles(family: list[str], given: list[str], particles: Collection[str]) -> tuple[str, str]:
    """Return both parts; particles at the end of the given names stand before the family name."""
    end = len(given)
    while end > 1 and given[end - 1].casefold() in particles:
        end -= 1
    return " ".join([*given[end:], *family]), " ".join(given[:end])


def _family_ends(words: list[str], particles: Collection[str]) -> int:
    at = 0
    while at < len(words) - 1 and words[at].casefold() in particles:
        at += 1
    return at + 1


def _family_begins(words: list[str], particles: Collection[str]) -> int:
    """Return where the last particles begin that have a word before and behind them, else the last word."""
    last = max(len(words) - 1, 0)
    at = next((at for at in range(last - 1, 0, -1) if words[at].casefold() in particles), last)
    while 1 < at < last and words[at - 1].casefold() in particles:
        at -= 1
    return at
