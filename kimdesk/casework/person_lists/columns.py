"""Which column of a list means what."""

from collections.abc import Sequence
from functools import cache

import msgspec

import resources
from kimdesk.casework.person_lists.reading import TableFile
from kimdesk.catalogue.codes import code_list
from kimdesk.store.folding import fold

_PATH = "rules/person_columns.toml"
LISTS = {"sex": "sex", "nationalities": "nationality", "languages": "language"}
"""Targets whose cells name codes, and the code list of each."""


class Target(msgspec.Struct, frozen=True):
    """What a column can mean: an entry of a person or case (``full_name`` is parted into two)."""

    name: str
    label: str
    heads: tuple[str, ...]


class Wording(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``resources/rules/person_columns.toml``."""

    source: str
    valid_from: object
    target: tuple[Target, ...]
    words: dict[str, dict[str, str]]
    trouble: dict[str, str]


@cache
def wording() -> Wording:
    """Return the wording of heads, cells and troubles."""
    return msgspec.convert(resources.read_toml(_PATH), Wording)


def targets() -> tuple[Target, ...]:
    """Return what a column can mean, in the order of the choice."""
    return wording().target


def target_label(name: str) -> str:
    """Return the German word of a target."""
    return next((each.label for each in targets() if each.name == name), name)


def guess(table: TableFile) -> tuple[str, ...]:
    """Return what each column of ``table`` seems to mean, "" for nothing; nothing is given twice."""
    found: list[str] = []
    for head in table.heads:
        name = _by_head().get(fold(head), "")
        found.append(name if name not in found else "")
    return _without_full_name(found)


def codes_of(target: str) -> dict[str, str]:
    """Return which code a cell of ``target`` means, by its plain words."""
    return _codes(target)


@cache
def _codes(target: str) -> dict[str, str]:
    entries = code_list(LISTS[target]).codes
    labels = {fold(each.label.partition("(")[0]): each.code for each in entries}
    return labels | {fold(each.label): each.code for each in entries} | _others(target, entries)


def _others(target: str, entries: Sequence[object]) -> dict[str, str]:
    codes = {fold(code): code for each in entries if (code := getattr(each, "code", ""))}
    return codes | {fold(word): code for word, code in wording().words[target].items()}


@cache
def _by_head() -> dict[str, str]:
    return {fold(head): each.name for each in targets() for head in each.heads}


def _without_full_name(found: list[str]) -> tuple[str, ...]:
    """A list that has family and given names apart has no column with both."""
    both = {"family_name", "given_names"} <= set(found)
    return tuple("" if each == "full_name" and both else each for each in found)
