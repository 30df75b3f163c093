"""Which column of a list means what."""

import re
from collections.abc import Callable, Sequence

from kimdesk.casework.person_lists.names import WHOLE
from kimdesk.casework.person_lists.reading import TableFile
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.catalogue.person_columns import PersonColumns
from kimdesk.forms.codes import Code
from kimdesk.store.folding import fold

LISTS = {
    "sex": "sex",
    "nationalities": "nationality",
    "birth_country": "nationality",
    "languages": "language",
}
"""Targets whose cells name codes, and the code list of each."""

SEVERAL = frozenset({"nationalities", "languages"})
"""Targets whose cells may name several codes."""

_APART = (re.compile(r"[,;/|\n]+"), re.compile(r"[,;/|\n+&]+|\sund\s|\su\.\s"), re.compile(r"[,;/|\n+&\s]+"))
"""What may part several codes in a cell, from the least to the most."""

_DAY, _NAME = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}"), re.compile(r"[^\W\d_][^\d@:]+")
_WORDS = {"birth_country": "nationalities"}  # targets that are said by the words of another
_PARTS = 2  # words of a whole name


def guess(known: PersonColumns, table: TableFile) -> tuple[str, ...]:
    """Return what each column of ``table`` seems to mean, "" for nothing; nothing is given twice."""
    if not table.head_row:
        return _by_cells(table)
    by_head = {fold(head): each.name for each in known.targets for head in (each.name, *each.heads)}
    found: list[str] = []
    for head in table.heads:
        name = by_head.get(fold(head), "") if head else ""
        found.append(name if name not in found else "")
    return _with_one_name(found, table)


def _with_one_name(found: list[str], table: TableFile) -> tuple[str, ...]:
    """Return ``found`` with whole names only where they are not apart; „Name“ alone may be a whole name."""
    if {"family_name", "given_names"} <= set(found):
        return tuple("" if each in WHOLE else each for each in found)
    if "family_name" in found and not set(WHOLE) & set(found):
        at = found.index("family_name")
        cells = [cell for cell in table.column(at) if cell]
        if 2 * sum(len(cell.split()) >= _PARTS for cell in cells) > len(cells):
            found[at] = "any_name"
    first = next((each for each in found if each in WHOLE), "")
    return tuple("" if each in WHOLE and each != first else each for each in found)


def _by_cells(table: TableFile) -> tuple[str, ...]:
    """Return what columns without heads seem to mean: two of words are names, one of days is the birth."""
    found = [""] * len(table.heads)
    for at in range(len(found)):
        cells = [cell for cell in table.column(at) if cell]
        if "birth_date" not in found and _mostly(cells, lambda cell: bool(_DAY.fullmatch(cell))):
            found[at] = "birth_date"
        elif _mostly(cells, lambda cell: bool(_NAME.fullmatch(cell))):
            found[at] = next((each for each in ("family_name", "given_names") if each not in found), "")
    return _with_one_name(found, table)


def _mostly(cells: Sequence[str], fits: Callable[[str], bool]) -> bool:
    return 5 * sum(map(fits, cells)) > 4 * len(cells)


def codes_of(catalogue: Catalogue, target: str) -> dict[str, str]:
    """Return which code a cell of ``target`` means, by its plain words."""
    entries = catalogue.code_list(LISTS[target]).codes
    labels = {fold(each.label.partition("(")[0]): each.code for each in entries}
    whole = {fold(each.label): each.code for each in entries}
    return labels | whole | _others(catalogue.rules.person_columns, target, entries)


def named_codes(codes: dict[str, str], target: str, cell: str) -> tuple[tuple[str, ...], bool]:
    """Return the codes that ``cell`` names, none unless all of it is known, and whether some of it is."""
    if code := codes.get(fold(cell)):
        return (code,), True
    half = False
    for apart in _APART if target in SEVERAL else ():
        parts = [each for each in apart.split(cell) if each.strip()]
        found = [codes[fold(each)] for each in parts if fold(each) in codes]
        if found and len(found) == len(parts):
            return tuple(dict.fromkeys(found)), True
        half = half or bool(found)
    return (), half


def _others(known: PersonColumns, target: str, entries: Sequence[Code]) -> dict[str, str]:
    codes = {fold(each.code): each.code for each in entries}
    words = known.words.get(_WORDS.get(target, target), {})
    return codes | {fold(word): code for word, code in words.items()}
