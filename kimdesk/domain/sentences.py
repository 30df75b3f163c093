"""Sentences with gaps, as they stand in the catalogue: anybody who edits a layer writes them."""

import re
from collections.abc import Mapping
from typing import Final

_GAP: Final = re.compile(r"\{([a-z_]+)\}")


def filled(sentence: str, facts: Mapping[str, object]) -> str:
    """Return ``sentence`` with what ``facts`` tell in its gaps, ``{name}``; any other brace says itself.

    What ``str.format`` makes of a lone brace, of ``{0}`` or ``{name.attribute}`` is an error, or more than a
    sentence is to tell.
    """
    return _GAP.sub(lambda gap: str(facts.get(gap[1], gap[0])), sentence)


def gaps(sentence: str) -> frozenset[str]:
    """Return the names of the gaps of ``sentence``."""
    return frozenset(_GAP.findall(sentence))
