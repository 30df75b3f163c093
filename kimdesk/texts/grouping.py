"""Large numbers as they are read: „1.772“."""

from functools import cache

_FROM = 1000


def grouped(value: int, language: str) -> str:
    """Return ``value`` with the sign ``language`` sets between thousands."""
    return f"{value:,}".replace(",", _symbol(language)) if abs(value) >= _FROM else str(value)


@cache
def _symbol(language: str) -> str:
    from babel.numbers import get_group_symbol  # costs more than the first window may

    return get_group_symbol(language)
