"""The fields of a record that no form shows and its history tells, as data."""

from collections.abc import Mapping
from typing import Any

import msgspec

from kimdesk.domain.errors import ContentError
from kimdesk.domain.kinds import KINDS
from kimdesk.forms.definition import Field
from kimdesk.forms.shape import shaped

PATH = "rules/history.toml"


class HistoryRules(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``resources/rules/history.toml``; ``fields`` stand beside those of the form, by kind of record."""

    fields: dict[str, tuple[Field, ...]]


def parse(table: Mapping[str, Any]) -> HistoryRules:
    """Return the rules that ``table`` describes. Raises ContentError E700 when it is broken."""
    found = shaped(table, HistoryRules, PATH)
    if unknown := found.fields.keys() - KINDS.keys():
        raise ContentError("E700", name=PATH, place=min(unknown))
    return found
