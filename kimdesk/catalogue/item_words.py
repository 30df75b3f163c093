"""What a checklist asks for, in the languages of clients.

A file in ``resources/client/items/`` is one language (ISO 639-3). It goes by the German label, not by the
code of an item: under one code services ask for different papers, and a Gemeinde may ask for one of its own.
What has no translation stands in German alone.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import msgspec

from kimdesk.catalogue.stack import Stack
from kimdesk.forms.shape import shaped

FOLDER: Final = "client/items"


class ItemWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The labels of checklist items in one language, by the German label."""

    source: str
    valid_from: date
    checked: bool = False
    labels: dict[str, str]


def parse(table: Mapping[str, Any], name: str) -> ItemWords:
    """Return the labels that ``table`` holds. Raises ContentError E700 when it is broken."""
    return shaped(table, ItemWords, name)


def known(stack: Stack) -> dict[str, ItemWords]:
    """Return the labels in all languages by their code. Raises ContentError E700 when one is broken."""
    found = (each for each in stack.folder(FOLDER) if each.until is None)
    return {each.name: parse(each.table, each.name) for each in found}
