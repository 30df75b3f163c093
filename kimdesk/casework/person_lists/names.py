"""One cell with a whole name."""

WHOLE = ("full_name", "last_name_first", "any_name")
"""Targets of columns with both: given names first, family name first, not known."""


def is_sure(whole: str, target: str) -> bool:
    """Return whether it is known which part of a name is which."""
    return target != "any_name" or "," in whole or len(whole.split()) < 2  # noqa: PLR2004 - one word
