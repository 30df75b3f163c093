"""Facts about the client that a phase's form shows and edits: they live at the person, in one place.

While a case has no client yet, they stand among the answers; with the client they move over.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any, get_type_hints

import msgspec

from kimdesk.domain.records import LanguageSkill, Person
from kimdesk.forms.answers import answered, visible
from kimdesk.forms.definition import Field, FormDefinition, FormSheet, Section
from kimdesk.forms.records import answer_of

FACTS = frozenset(
    {"languages", "interpreter_wish", "contact_channels", "safe_contact", "contact_caution", "phone", "email"}
)
"""The fields of a person that a form may ask for."""

_JOINED = frozenset({"interpreter_wish", "safe_contact", "contact_caution"})  # both texts count
_HINTS = get_type_hints(Person)


def fact_fields(form: FormSheet) -> Iterator[tuple[Section, Field]]:
    """Yield the fields of ``form`` that ask for a fact about the client."""
    return ((section, field) for section in form.sections for field in section.fields if field.fact)


def with_facts(form: FormDefinition, answers: Mapping[str, Any], client: Person | None) -> dict[str, Any]:
    """Return ``answers`` as the form shows them: what is known of the client from the client."""
    shown: dict[str, Any] = {**answers}
    for section, field in fact_fields(form) if client else ():
        if answered(known := answer_of(getattr(client, field.fact))):
            shown[section.id] = {**(shown.get(section.id) or {}), field.id: known}
    return shown


def without_facts(form: FormDefinition, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``answers`` as they are stored beside a client."""
    kept: dict[str, Any] = deepcopy(msgspec.to_builtins(dict(answers)))
    for section, field in fact_fields(form):
        if isinstance(found := kept.get(section.id), dict):
            found.pop(field.id, None)
    return kept


def edited(form: FormDefinition, answers: Mapping[str, Any], client: Person, seen: Person | None) -> Person:
    """Return ``client`` as ``answers`` say, who was ``seen`` when the form was filled in.

    What was not changed in the form stays as it is now. Without ``seen`` only what is answered counts.
    """
    found: dict[str, Any] = {}
    for name, said in _said(form, answers):
        before = answer_of(getattr(seen or client, name))
        if answered(said) and said != before:
            found[name] = msgspec.convert(said, _HINTS[name])
        elif seen and not answered(said) and answered(before):
            found[name] = "" if isinstance(before, str) else ()
    return replace(client, **found)


def moved(form: FormDefinition, answers: Mapping[str, Any], client: Person) -> Person:
    """Return ``client`` with what the form knew before: lists and notes are joined, else hers count."""
    found = {
        name: _joined(name, getattr(client, name), msgspec.convert(said, _HINTS[name]))
        for name, said in _said(form, answers)
        if answered(said)
    }
    return replace(client, **found)


def _said(form: FormDefinition, answers: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield what is answered to each fact that is asked for: one that a condition hides says nothing."""
    asked = visible(form, answers)
    for section, field in fact_fields(form):
        if f"{section.id}.{field.id}" in asked:
            yield field.fact, (answers.get(section.id) or {}).get(field.id)


def _joined(name: str, known: Any, new: Any) -> Any:
    if isinstance(known, tuple):
        marks = {_mark(each) for each in new}
        return (*new, *(each for each in known if _mark(each) not in marks))
    if name in _JOINED and known and new not in known:
        return new if known in new else f"{known}; {new}"
    return new if name not in _JOINED or not known else known


def _mark(value: Any) -> Any:
    return value.language if isinstance(value, LanguageSkill) else value
