"""Lists of small values inside a record (languages, checklist, steps): read, and what they do not know kept.

Unknown members of such an entry stand in the record's ``extra`` under "languages[]" or "checklist[]",
by the code of the entry, and are put back when the document is written.
"""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, get_args, get_type_hints

from kimdesk.domain.kinds import PARTS, RECORD_TYPES

_ENTRIES: dict[str, tuple[type, str]] = {
    name: (part, PARTS[part])
    for record_type in RECORD_TYPES
    for name, hint in get_type_hints(record_type).items()
    for part in get_args(hint)[:1]
    if part in PARTS
}


def spread(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``given`` with languages that are bare codes as objects."""
    languages = given.get("languages")
    if not isinstance(languages, list):
        return dict(given)
    return {**given, "languages": [_skill(each) for each in languages]}


def set_aside(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the unknown members of the entries in ``given``, as they are kept in ``extra``."""
    found: dict[str, Any] = {}
    for name, (entry_type, key) in _ENTRIES.items():
        known = {field.name for field in fields(entry_type)}
        entries = given.get(name)
        for entry in entries if isinstance(entries, list) else ():
            if isinstance(entry, dict) and (unknown := {k: v for k, v in entry.items() if k not in known}):
                found.setdefault(f"{name}[]", {})[str(entry.get(key))] = unknown
    return found


def put_back(plain: dict[str, Any]) -> dict[str, Any]:
    """Return a written record with the unknown members of its entries at their place again."""
    for name, (_, key) in _ENTRIES.items():
        kept = plain.pop(f"{name}[]", None)
        if isinstance(kept, Mapping):
            plain[name] = [{**kept.get(entry[key], {}), **entry} for entry in plain.get(name, [])]
    return plain


def _skill(value: Any) -> Any:
    return {"language": value} if isinstance(value, str) else value
