"""What the history of a record says: fixed words, and the fields that no form shows, as data."""

from collections.abc import Mapping
from typing import Any

import msgspec

from kimdesk.domain.errors import ContentError
from kimdesk.domain.kinds import KINDS
from kimdesk.forms.definition import Field

PATH = "rules/history.toml"


class HistoryWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words for values that are no text of their own."""

    nothing: str
    yes: str
    no: str
    gone: str
    hidden: str
    interpreter: str
    done: str  # {day}
    checklist: str  # {present}, {all}
    minus: str  # {n}


class HistoryRules(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``resources/rules/history.toml``; ``fields`` stand beside those of the form, by kind of record."""

    words: HistoryWords
    fields: dict[str, tuple[Field, ...]]


def parse(table: Mapping[str, Any]) -> HistoryRules:
    """Return the rules that ``table`` describes. Raises ContentError E700 when it is broken."""
    try:
        found = msgspec.convert(table, HistoryRules)
    except msgspec.ValidationError as error:
        raise ContentError("E700", name=PATH, place=str(error)) from error
    if unknown := found.fields.keys() - KINDS.keys():
        raise ContentError("E700", name=PATH, place=min(unknown))
    return found
