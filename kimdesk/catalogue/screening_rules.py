"""The rules of the screening as data."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any, get_args, get_type_hints

from kimdesk.domain.errors import ContentError
from kimdesk.domain.screening.conditions import KINDS
from kimdesk.domain.screening.rules import ScreeningLaw
from kimdesk.forms.shape import shaped

PATH = "rules/screening.toml"


def parse(table: Mapping[str, Any]) -> ScreeningLaw:
    """Return the rules that ``table`` describes. Raises ContentError E700 when it is broken."""
    _known(table, ScreeningLaw)
    law = shaped(table, ScreeningLaw, PATH)
    used = {each.kind for rule in law.rules for way in rule.ways for each in way.conditions}
    if strange := used - KINDS.keys():
        raise ContentError("E700", name=PATH, place=min(strange))
    return law


def _known(table: Any, shape: Any) -> None:
    """Refuse a member that ``shape``, or a dataclass within it, does not have."""
    if not isinstance(table, Mapping):
        return
    if strange := table.keys() - {each.name for each in fields(shape)}:
        raise ContentError("E700", name=PATH, place=min(strange))
    for name, hint in get_type_hints(shape).items():
        inner = next((one for one in (hint, *get_args(hint)) if is_dataclass(one)), None)
        value = table.get(name)
        for each in value if isinstance(value, list) else (value,):
            if inner is not None:
                _known(each, inner)
