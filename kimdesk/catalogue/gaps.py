"""What a draft still lacks before it can be published, in plain facts."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from kimdesk.catalogue.differences import in_force
from kimdesk.catalogue.editing import kind_of, lacking
from kimdesk.catalogue.editing_sections import too_early
from kimdesk.catalogue.layers import Table

_CHOOSING: Final = ("choice", "choices", "scale")


TOO_EARLY: Final = "too_early"
"""Not something missing: the entry called so asks for an answer that is only given later."""


class DraftGap(NamedTuple):
    """Something missing in the document at ``path``: the ``member``, and in which entry („Feld“), or ""."""

    path: str
    table: Table
    member: str
    entry: str = ""


def gaps(documents: Mapping[str, Table]) -> Iterator[DraftGap]:
    """Yield what the documents a person edits lack."""
    for path in sorted(documents):
        table, kind = in_force(documents, path) or {}, kind_of(path)
        if kind and "@" not in path:
            missing = _of_form(table) if kind.sheet is None else lacking(kind, table)
            yield from (DraftGap(path, table, member, entry) for member, entry in missing)


def _of_form(table: Table) -> Iterator[tuple[str, str]]:
    yield from ((TOO_EARLY, label) for label in too_early(table))
    for section in table.get("section", ()):
        if not section.get("title"):
            yield "title", "section"
        if not section.get("field"):
            yield "field", "section"
        for field in section.get("field", ()):
            if not field.get("label"):
                yield "question", "field"
            if field.get("type") in _CHOOSING and not field.get("choices"):
                yield "choices", "field"
