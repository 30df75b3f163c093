"""By what a figure can be broken down: ``resources/rules/breakdowns.toml``."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final, Literal

import msgspec

import resources
from kimdesk.catalogue import municipalities
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.errors import ContentError
from kimdesk.forms.shape import shaped

PATH: Final = "rules/breakdowns.toml"
UNKNOWN: Final = "unknown"
"""In the place of a code: nobody noted one, or it stayed at the desk."""


class Breakdown(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One breakdown; ``field`` as ``query`` names it, ``groups``: several codes of the field under one."""

    code: str
    title: str
    field: str
    codes: str = ""  # the code list, "service", "checklist_item" or "ags"
    groups: dict[str, tuple[str, ...]] = {}
    by: Literal["", "age", "nationality"] = ""


class AgeGroup(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Ages below ``below`` years that are in no band before."""

    code: str
    label: str
    below: int


class Nationalities(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Nationalities whose key begins so."""

    code: str
    label: str
    starts: tuple[str, ...]


class Breakdowns(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All of them, and the groups the program makes itself."""

    unknown: str
    breakdown: tuple[Breakdown, ...]
    band: tuple[AgeGroup, ...]
    nationality: tuple[Nationalities, ...]


def parse(table: Mapping[str, Any]) -> Breakdowns:
    """Return what ``table`` describes. Raises ContentError E700 when it is broken."""
    found = shaped(table, Breakdowns, PATH)
    codes = [each.code for each in found.breakdown]
    if len(set(codes)) != len(codes):
        raise ContentError("E700", name=PATH, place="code: double")
    if [each.below for each in found.band] != sorted({each.below for each in found.band}):
        raise ContentError("E700", name=PATH, place="band: below")
    return found


@cache
def breakdowns() -> Breakdowns:
    """Return all breakdowns."""
    return parse(resources.read_toml(PATH))


def breakdown(code: str) -> Breakdown:
    """Return the breakdown ``code``. Raises ContentError E700 when there is none."""
    found = next((each for each in breakdowns().breakdown if each.code == code), None)
    if found is None:
        raise ContentError("E700", name=PATH, place=code)
    return found


def codes_of(code: str, catalogue: Catalogue) -> tuple[str, ...]:
    """Return the codes of a breakdown in their order, none of municipalities and papers: they are too many.

    ``UNKNOWN`` is none of them.
    """
    asked = breakdown(code)
    if asked.by in ("age", "nationality"):
        own = breakdowns().band if asked.by == "age" else breakdowns().nationality
        return tuple(each.code for each in own)
    if asked.codes == "service":
        return tuple(each.code for each in catalogue.services())
    if asked.codes in ("ags", "checklist_item"):
        return ()
    return tuple(each.code for each in catalogue.code_list(asked.codes).codes if each.code != UNKNOWN)


def label(code: str, value: str, catalogue: Catalogue) -> str:
    """Return what people call the code ``value`` of the breakdown ``code``; an unknown one as it is."""
    asked, own = breakdown(code), breakdowns()
    if value == UNKNOWN:
        return own.unknown
    if asked.by in ("age", "nationality"):
        groups = own.band if asked.by == "age" else own.nationality
        return next((each.label for each in groups if each.code == value), value)
    if asked.codes == "service":
        return catalogue.service_name(value)
    if asked.codes == "checklist_item":
        return catalogue.item_labels.get(value, value)
    if asked.codes == "ags":
        return municipalities.municipality_name(value)
    return catalogue.label(asked.codes, value)
