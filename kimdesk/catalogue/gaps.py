"""What a draft still lacks before it can be published, in plain facts."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from kimdesk.catalogue.differences import in_force
from kimdesk.catalogue.layers import Table

_CHOOSING: Final = ("choice", "choices", "scale")


class DraftGap(NamedTuple):
    """Something missing in the document at ``path``: the ``member``, and in which entry („Feld“), or ""."""

    path: str
    table: Table
    member: str
    entry: str = ""


def gaps(documents: Mapping[str, Table]) -> Iterator[DraftGap]:
    """Yield what the documents a person edits lack."""
    for path in sorted(documents):
        table = in_force(documents, path) or {}
        folder = path.partition("/")[0]
        missing = _MISSING.get(folder)
        if missing and "@" not in path and not path.startswith(("forms/archive/", "forms/records/")):
            yield from (DraftGap(path, table, member, entry) for member, entry in missing(table))


def _of_service(table: Table) -> Iterator[tuple[str, str]]:
    for member in ("name", "offer", "source", "purposes", "answer_days"):
        if not table.get(member):
            yield member, ""
    if not table.get("include") and not table.get("item"):
        yield "item", ""
    yield from (("label", "item") for item in table.get("item", ()) if not item.get("label"))


def _of_list(table: Table) -> Iterator[tuple[str, str]]:
    for member in ("title", "source", "code"):
        if not table.get(member):
            yield member, ""
    yield from (("label", "code") for code in table.get("code", ()) if not code.get("label"))


def _of_form(table: Table) -> Iterator[tuple[str, str]]:
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


_MISSING: Final = {"services": _of_service, "codelists": _of_list, "forms": _of_form}
