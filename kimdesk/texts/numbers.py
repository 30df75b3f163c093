"""Numbers as people read them, from CLDR (loaded on first use)."""

from kimdesk.texts.grouping import grouped
from kimdesk.texts.speech import GERMAN, Speech

_UNITS = ((1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB"))


def small(value: int, speech: Speech = GERMAN) -> str:
    """Return „zwei“ to „zwölf“ in words, other numbers in figures."""
    words = speech.say("numbers.from_two").split()
    return words[value - 2] if value in range(2, 2 + len(words)) else str(value)


def whole(value: int, speech: Speech = GERMAN) -> str:
    """Return „1.234“."""
    return grouped(value, speech.language)


def decimal(value: float, places: int = 1, speech: Speech = GERMAN) -> str:
    """Return „1.234,5“ with as many ``places`` behind the comma."""
    from babel.numbers import format_decimal

    return format_decimal(value, f"#,##0.{'0' * places}", speech.language)


def percent(part: float, speech: Speech = GERMAN) -> str:
    """Return „125 %“ for 1.25, never broken."""
    from babel.numbers import format_percent

    return format_percent(part, locale=speech.language)


def size(count: int, speech: Speech = GERMAN) -> str:
    """Return „14,2 MB“ for a number of bytes, never broken."""
    for unit, name in _UNITS:
        if count >= unit:
            return f"{decimal(count / unit, 1, speech)}\u00a0{name}"
    return f"{count}\u00a0Bytes"
