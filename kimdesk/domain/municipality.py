"""Municipalities by their official key, the Amtlicher Gemeindeschlüssel (AGS): eight digits."""

from collections.abc import Iterable

from kimdesk.domain.errors import ContentError

_DIGITS = 8


def is_ags(text: str) -> bool:
    """Say whether ``text`` has the shape of a key: land, district, Kreis and municipality in eight digits."""
    return len(text) == _DIGITS and text.isascii() and text.isdigit()


def checked(keys: Iterable[str]) -> tuple[str, ...]:
    """Return ``keys``, each once, in their order. Raises ContentError E729 for one that is none."""
    found = tuple(dict.fromkeys(keys))
    if not all(map(is_ags, found)):
        raise ContentError("E729")
    return found
