"""What happened, as a small file of JSON named on the command line."""

import json
from pathlib import Path
from typing import Any, Final

from kimdesk.domain.characters import is_writable
from kimdesk.domain.errors import ContentError, StoreError

MOST_BYTES: Final = 2**20
_LONGEST_NAME: Final = 40


def read_facts(path: Path) -> dict[str, Any]:
    """Return the members of the one JSON object that stands in a file, in UTF-8, UTF-16 or UTF-32.

    Raises StoreError E910 when it cannot be read, ContentError E894 when it is no JSON object, E897 when it
    is larger than 1 MiB, E898 when a member stands twice.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError:
        raise StoreError("E910") from None
    if len(data) > MOST_BYTES:
        raise ContentError("E897", most=MOST_BYTES // 2**20)
    try:
        text = data.decode(json.detect_encoding(data)).removeprefix("\ufeff")
        found = json.loads(text, object_pairs_hook=_members, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise ContentError("E894") from None
    if not isinstance(found, dict):
        raise ContentError("E894")
    return found


def named(fact: object) -> str:
    """Return the name of a fact as it may be shown: what cannot be written, or is no name, is "?"."""
    shown = str(fact)
    return shown if 0 < len(shown) <= _LONGEST_NAME and is_writable(shown) else "?"


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ContentError("E898", place=named(name))
        found[name] = value
    return found


def _no_number(_: str) -> float:
    raise ValueError
