"""Which column of a list means what."""

from collections.abc import Sequence

from kimdesk.casework.person_lists.reading import TableFile
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.catalogue.person_columns import PersonColumns
from kimdesk.forms.codes import Code
from kimdesk.store.folding import fold

LISTS = {"sex": "sex", "nationalities": "nationality", "languages": "language"}
"""Targets whose cells name codes, and the code list of each."""


def guess(known: PersonColumns, table: TableFile) -> tuple[str, ...]:
    """Return what each column of ``table`` seems to mean, "" for nothing; nothing is given twice."""
    by_head = {fold(head): each.name for each in known.targets for head in each.heads}
    found: list[str] = []
    for head in table.heads:
        name = by_head.get(fold(head), "")
        found.append(name if name not in found else "")
    return _without_full_name(found)


def codes_of(catalogue: Catalogue, target: str) -> dict[str, str]:
    """Return which code a cell of ``target`` means, by its plain words."""
    entries = catalogue.code_list(LISTS[target]).codes
    labels = {fold(each.label.partition("(")[0]): each.code for each in entries}
    whole = {fold(each.label): each.code for each in entries}
    return labels | whole | _others(catalogue.rules.person_columns, target, entries)


def _others(known: PersonColumns, target: str, entries: Sequence[Code]) -> dict[str, str]:
    codes = {fold(each.code): each.code for each in entries}
    return codes | {fold(word): code for word, code in known.words[target].items()}


def _without_full_name(found: list[str]) -> tuple[str, ...]:
    """A list that has family and given names apart has no column with both."""
    both = {"family_name", "given_names"} <= set(found)
    return tuple("" if each == "full_name" and both else each for each in found)
