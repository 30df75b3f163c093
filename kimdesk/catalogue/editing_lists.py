"""What is chosen from while a document is edited: lists of the catalogue, of the document, and words."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

import msgspec

import resources
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.catalogue.editing_conditions import answers_by, paper_questions
from kimdesk.catalogue.editing_words import codes, said
from kimdesk.catalogue.layers import Shipped, Table
from kimdesk.catalogue.services import BASE, base
from kimdesk.domain.errors import ContentError
from kimdesk.forms.check import lists_named
from kimdesk.forms.codes import CodeList
from kimdesk.forms.definition import ChoicesBy, Field, FormDefinition, FormSheet

_FILES: Final = Shipped()


class EditingLists:
    """Code lists by their name: of this document, of ``resources/editing/lists.toml``, of the catalogue."""

    def __init__(self, catalogue: Catalogue, table: Table, own: Mapping[str, CodeList] | None = None) -> None:
        self.catalogue, self.table = catalogue, table
        self._own = own or {}

    def find(self, name: str) -> CodeList:
        """Return the code list ``name``; one that does not fit yet has no entries."""
        if name in self._own:
            return self._own[name]
        if name in _MADE:
            return codes(name, _MADE[name](self))
        if name in resources.read_toml("editing/lists.toml"):
            return said(name)
        try:
            return self.catalogue.code_list(name)
        except ContentError:
            return codes(name, ())


def definition(name: str, lists: EditingLists, by: ChoicesBy | None = None) -> FormDefinition:
    """Return the form ``resources/editing/<name>.toml``.

    Its question for an answer (``when_answer``) chooses from what the one before it is answered with.
    """
    sheet = msgspec.convert(resources.read_toml(f"editing/{name}.toml"), FormSheet)
    found = {each: lists.find(each) for each in lists_named(sheet)}
    if by is None and "asked_field" in found:
        own, by = answers_by(paper_questions(lists.catalogue), lists.find)
        found |= own
    if by is not None:
        found |= {each: lists.find(each) for each in by.lists.values() if each not in found}
        sheet = _choosing(sheet, by)
    facts = {field: getattr(sheet, field) for field in sheet.__struct_fields__}
    return FormDefinition(**facts, lists=found)


def _choosing(sheet: FormSheet, by: ChoicesBy) -> FormSheet:
    def changed(field: Field) -> Field:
        return msgspec.structs.replace(field, choices_by=by) if field.id == "when_answer" else field

    sections = (
        msgspec.structs.replace(each, fields=tuple(map(changed, each.fields))) for each in sheet.sections
    )
    return msgspec.structs.replace(sheet, sections=tuple(sections))


def _responsible(_: EditingLists) -> Iterable[tuple[str, str]]:
    return base(_FILES.table(BASE) or {}).responsible.items()


def _base_items(_: EditingLists) -> Iterable[tuple[str, str]]:
    return ((item.code, item.label) for item in base(_FILES.table(BASE) or {}).item)


def _links(lists: EditingLists) -> Iterable[tuple[str, str]]:
    return ((one["code"], one["title"]) for one in lists.table.get("link", ()) if one.get("title"))


def _rules(lists: EditingLists) -> Iterable[tuple[str, str]]:
    return ((one.code, one.title) for one in lists.catalogue.rules.deadlines.newest)


def _asked(lists: EditingLists) -> Iterable[tuple[str, str]]:
    return ((path, one.words) for path, one in paper_questions(lists.catalogue).items())


_Make = Callable[[EditingLists], Iterable[tuple[str, str]]]
_MADE: Final[dict[str, _Make]] = {
    "responsible": _responsible,
    "base_item": _base_items,
    "chain_link": _links,
    "deadline_rule": _rules,
    "asked_field": _asked,
}
"""Lists that follow from the catalogue or from the document."""
