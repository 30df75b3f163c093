"""Documents of the catalogue as forms to fill in, and their answers as documents again.

Which kinds can be edited, and how, stands in ``resources/editing/``: a section of a form that is answered
once asks for members of the document, a list for the tables in its member of that name. What a document holds
besides stays as it is. Whoever adds an entry need not think of a code: it is made from the words, and never
changes afterwards.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from functools import cache
from typing import Any, Final

import msgspec
from anyascii import anyascii

import resources
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.catalogue.editing_conditions import paper_answers, paper_when
from kimdesk.catalogue.editing_lists import EditingLists, definition
from kimdesk.catalogue.layers import Shipped, Table
from kimdesk.forms.definition import FormDefinition, FormSheet, Repeat

Answers = dict[str, Any]

_FILES: Final = Shipped()
EMPTY: Final[tuple[Any, ...]] = (None, "", False, [])
"""Answers that say nothing."""
_LONGEST: Final = 40


class EditableKind(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A kind of document: the documents of ``folder``, edited by the form ``resources/editing/<form>.toml``.

    ``named`` and ``coded`` are the members with its name and its code, ``entry_named`` the one by which an
    entry gets its code. ``kept``: members of which nothing shipped may go; ``any_of``: of which one must say
    something; ``ordered``: whose entries can be moved. ``merged``: only what is said otherwise than shipped
    is written down. ``fresh`` is what a new one begins with, ``needed`` what stands there even when empty.
    """

    folder: str
    form: str = ""
    named: str
    coded: str = "code"
    entry_named: str = "label"
    adds: bool = True
    ends: bool = True
    merged: bool = False
    kept: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    ordered: tuple[str, ...] = ()
    fresh: dict[str, Any] = {}
    needed: dict[str, Any] = {}
    entry_needed: dict[str, Any] = {}

    @property
    def sheet(self) -> FormSheet | None:
        """Return the form that edits it; None for forms, which are edited section by section."""
        return _sheet(self.form) if self.form else None


class Kinds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``resources/editing/kinds.toml``."""

    kind: tuple[EditableKind, ...]


@cache
def kinds() -> tuple[EditableKind, ...]:
    """Return what can be edited, in the order in which it is offered."""
    return msgspec.convert(resources.read_toml("editing/kinds.toml"), Kinds).kind


def kind_of(path: str) -> EditableKind | None:
    """Return the kind of the document at ``path``, None when it cannot be edited in the program."""
    folder = path.rpartition("/")[0]
    return next((one for one in kinds() if one.folder == folder), None)


def edit_form(kind: EditableKind, catalogue: Catalogue, table: Table) -> FormDefinition:
    """Return the form that edits ``table``."""
    return definition(kind.form, EditingLists(catalogue, table))


def edit_answers(kind: EditableKind, table: Table) -> Answers:
    """Return a document as answers to its form."""
    plain: Answers = msgspec.to_builtins(dict(table))
    found: Answers = {}
    for section in _sections(kind):
        if section.repeat is Repeat.LIST:
            found[section.id] = [{**one, **paper_answers(one)} for one in plain.get(section.id, [])]
        else:
            asked = (field.id for field in section.fields if field.id in plain)
            found[section.id] = {name: plain[name] for name in asked}
    return found


def edited_table(
    kind: EditableKind, catalogue: Catalogue, answers: Mapping[str, Any], before: Table
) -> dict[str, Any]:
    """Return the document of ``answers``; what the form does not ask stays as it is in ``before``."""
    plain: dict[str, Any] = msgspec.to_builtins(dict(before))
    found = {**plain, **deepcopy(kind.needed)}
    for section in _sections(kind):
        given = answers.get(section.id)
        if section.repeat is Repeat.LIST:
            found[section.id] = _entries(kind, catalogue, given or [], plain, section.id)
            continue
        for field in section.fields:
            value = (given or {}).get(field.id)
            if value not in EMPTY:
                found[field.id] = value
            elif field.id not in kind.needed:
                found.pop(field.id, None)
    return found


def new_document(kind: EditableKind, name: str, taken: Iterable[str]) -> tuple[str, dict[str, Any]]:
    """Return path and table of a document that is just being added; it still needs its facts."""
    code = slug(name, set(taken))
    return f"{kind.folder}/{code}.toml", {kind.coded: code, kind.named: name, **deepcopy(kind.fresh)}


def lacking(kind: EditableKind, table: Table) -> Iterator[tuple[str, str]]:
    """Yield each member that must say something and does not, and in which list it stands, or ""."""
    if kind.any_of and not any(table.get(member) for member in kind.any_of):
        yield kind.any_of[0], ""
    for section in _sections(kind):
        needed = [one.id for one in section.fields if one.required and one.visible_when is None]
        if section.repeat is not Repeat.LIST:
            yield from ((member, "") for member in needed if not table.get(member))
            continue
        entries = table.get(section.id, ())
        if section.min and not entries:
            yield section.id, ""
        yield from ((member, section.id) for one in entries for member in needed if not one.get(member))


def slug(text: str, taken: set[str]) -> str:
    """Return a code made from ``text`` that is not ``taken``."""
    plain = re.sub(r"[^a-z0-9]+", "_", anyascii(text).lower()).strip("_")[:_LONGEST].strip("_")
    start = plain if plain[:1].isalpha() else f"own_{plain}".rstrip("_")
    numbers = (f"{start}_{number}" for number in range(2, len(taken) + 3))
    return next(code for code in (start, *numbers) if code not in taken)


@cache
def _sheet(form: str) -> FormSheet:
    return msgspec.convert(resources.read_toml(f"editing/{form}.toml"), FormSheet)


def _sections(kind: EditableKind) -> Iterator[Any]:
    sheet = kind.sheet
    return iter(sheet.sections if sheet else ())


def _entries(
    kind: EditableKind, catalogue: Catalogue, given: Iterable[Mapping[str, Any]], before: Table, member: str
) -> list[dict[str, Any]]:
    """Return the entries of the list ``member``; of merged documents only those said otherwise."""
    shipped = _FILES.table(f"{kind.folder}/{before[kind.coded]}.toml") if kind.merged else None
    known = {one["code"]: msgspec.to_builtins(one) for one in (shipped or {}).get(member, ())}
    taken = {*known, *(one["code"] for one in before.get(member, ())), *before.get("include", ())}
    said = (paper_when(one, catalogue) for one in given)
    entries = _coded(said, taken, kind.entry_named, kind.entry_needed)
    return [one for one in entries if one != known.get(one["code"])]


def _coded(
    entries: Iterable[Mapping[str, Any]], taken: set[str], named: str, needed: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    """Yield ``entries`` without empty members, each with a code: its own, else one made from its words."""
    for entry in entries:
        kept = {name: _plain(value) for name, value in entry.items() if value not in EMPTY}
        if not kept:
            continue  # added and not begun
        if "code" not in kept:
            kept = {"code": slug(str(kept.get(named, "")), taken), **kept}
            taken.add(kept["code"])
        yield {**needed, **kept, named: str(kept.get(named, ""))}


def _plain(value: Any) -> Any:
    """Return steps and the like without what they leave open."""
    if isinstance(value, list) and all(isinstance(one, Mapping) for one in value):
        return [{name: each for name, each in one.items() if each not in EMPTY} for one in value]
    return value
