"""What the columns of a list of persons may be headed, and what their cells may say, as data."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from kimdesk.forms.shape import shaped

PATH = "rules/person_columns.toml"


class Target(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a column can mean: an entry of a person or case.

    ``full_name``, ``last_name_first`` and ``any_name`` are parted into two.
    """

    name: str
    label: str
    heads: tuple[str, ...]


class PersonColumns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``resources/rules/person_columns.toml``; ``words`` say codes otherwise than their labels do.

    ``sums`` begin rows that count others, ``months`` are the names of
    each month.
    """

    source: str
    valid_from: date
    targets: tuple[Target, ...] = msgspec.field(name="target")
    words: dict[str, dict[str, str]]
    trouble: dict[str, str]
    sums: tuple[str, ...] = ()
    months: tuple[tuple[str, ...], ...] = ()

    def label(self, name: str) -> str:
        """Return the German word of a target."""
        return next((each.label for each in self.targets if each.name == name), name)


def parse(table: Mapping[str, Any]) -> PersonColumns:
    """Return what ``table`` describes. Raises ContentError E700 when it is broken."""
    return shaped(table, PersonColumns, PATH)
