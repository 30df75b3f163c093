"""A section of a form as a form to fill in: its fields, what they choose from, when they are shown."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.catalogue.editing import EMPTY, Answers, slug
from kimdesk.catalogue.editing_conditions import AskedField, answers_by, condition_of, when_answers
from kimdesk.catalogue.editing_lists import EditingLists, definition
from kimdesk.catalogue.editing_words import codes, said
from kimdesk.catalogue.layers import Table
from kimdesk.forms.definition import FormDefinition

_OFFERED: Final = (
    "text", "long_text", "texts", "date", "partial_date", "time", "integer", "boolean", "choice", "choices",
    "languages", "person", "service", "municipality",
)  # fmt: skip
"""Types a new field can have; others name records of the program."""
_FACTS: Final = ("title", "help")


def section_form(form: Table, number: int, catalogue: Catalogue, titles: Mapping[str, str]) -> FormDefinition:
    """Return the form that edits section ``number`` of ``form``; ``titles``: code lists by name."""
    plain, here = _plain_fields(form, number), _fields_here(form, number, titles)
    fields = form["section"][number]["field"]
    used = [field["type"] for field in fields]
    find = EditingLists(catalogue, form).find
    kept = {name: find(name).title for name in (field.get("choices", "") for field in fields) if name}
    own = {
        "field_type": said("field_type", dict.fromkeys((*_OFFERED, *used))),
        "code_lists": codes("code_lists", {**kept, **titles}.items()),
        "earlier_section_field": codes("fields", ((path, one.words) for path, one in plain.items())),
        "earlier_field": codes("fields", ((path, one.words) for path, one in {**plain, **here}.items())),
    }
    lists, by = answers_by({**plain, **here}, find)
    return definition("section", EditingLists(catalogue, form, {**own, **lists}), by)


def section_answers(form: Table, number: int) -> Answers:
    """Return section ``number`` of ``form`` as answers to its form."""
    section = msgspec.to_builtins(dict(form["section"][number]))
    facts = {name: section[name] for name in _FACTS if name in section}
    fields = [{**field, **when_answers(field.get("visible_when"))} for field in section["field"]]
    return {"section": facts | when_answers(section.get("visible_when")), "field": fields}


def section_table(answers: Mapping[str, Any], form: Table, number: int) -> dict[str, Any]:
    """Return ``form`` with section ``number`` as ``answers`` say."""
    whole: dict[str, Any] = msgspec.to_builtins(dict(form))
    before = whole["section"][number]
    asked = (*_FACTS, "field", "visible_when")
    kept = {name: value for name, value in before.items() if name not in asked}
    plain = _plain_fields(form, number)
    kinds = {path: one.type for path, one in {**plain, **_fields_here(form, number, {})}.items()}
    facts = _conditioned(answers.get("section", {}), kinds)
    taken = {field["id"] for field in before["field"]} | {str(kept.get("over", ""))}
    fields = [_field(entry, taken, kinds) for entry in answers.get("field", []) if any(entry.values())]
    whole["section"][number] = {"title": "", **kept, **facts, "field": fields}
    return whole


def with_section(form: Table, title: str) -> dict[str, Any]:
    """Return ``form`` with one more section, which asks one question."""
    whole: dict[str, Any] = msgspec.to_builtins(dict(form))
    name = slug(title, {section["id"] for section in whole["section"]})
    field = {"id": slug(title, set()), "type": "text", "label": title}
    whole["section"].append({"id": name, "title": title, "field": [field]})
    return whole


def without_section(form: Table, number: int) -> dict[str, Any]:
    """Return ``form`` without section ``number``."""
    whole: dict[str, Any] = msgspec.to_builtins(dict(form))
    del whole["section"][number]
    return whole


def moved_section(form: Table, number: int, by: int) -> dict[str, Any]:
    """Return ``form`` with section ``number`` moved ``by`` places, if it can be."""
    whole: dict[str, Any] = msgspec.to_builtins(dict(form))
    sections = whole["section"]
    if 0 <= number + by < len(sections):
        sections.insert(number + by, sections.pop(number))
    return whole


def too_early(form: Table) -> Iterator[str]:
    """Yield the titles of sections and labels of fields whose condition asks for what comes later."""
    for number, section in enumerate(form.get("section", ())):
        known = set(_plain_fields(form, number))
        if (when := section.get("visible_when")) and when["field"] not in known:
            yield str(section.get("title", ""))
        known |= {str(section.get("over", ""))} - {""}
        for field in section.get("field", ()):
            if (when := field.get("visible_when")) and when["field"] not in known:
                yield str(field.get("label", ""))
            known.add(field["id"])


def _field(entry: Mapping[str, Any], taken: set[str], kinds: Mapping[str, str]) -> dict[str, Any]:
    given = _conditioned(entry, kinds)
    if "id" not in given:
        given = {"id": slug(str(given.get("label", "")), taken), **given}
        taken.add(given["id"])
    if given.get("type") not in ("choice", "choices", "scale"):
        given.pop("choices", None)
    return {"type": "text", "label": "", **given}


def _conditioned(entry: Mapping[str, Any], kinds: Mapping[str, str]) -> dict[str, Any]:
    """Return what ``entry`` says, its two questions about a condition as the condition."""
    given = {name: value for name, value in entry.items() if value not in EMPTY}
    path, chosen = given.pop("when_field", ""), given.pop("when_answer", [])
    before = given.pop("visible_when", None)
    if when_answers(before) == {"when_field": path, "when_answer": chosen}:
        return {**given, "visible_when": before}
    condition = condition_of(path, chosen, kinds.get(path, ""))
    return {**given, "visible_when": condition} if condition else given


def _plain_fields(form: Table, number: int) -> dict[str, AskedField]:
    """Return the fields of the plain sections before section ``number``, by their path."""
    return {
        f"{section['id']}.{field['id']}": _asked(field, f"{section['title']} › {field['label']}")
        for section in form["section"][:number]
        if section.get("repeat", "once") == "once"
        for field in section["field"]
    }


def _fields_here(form: Table, number: int, titles: Mapping[str, str]) -> dict[str, AskedField]:
    """Return the fields of section ``number``, and the code list it is asked for each code of."""
    section = form["section"][number]
    over = section.get("over", "")
    found = {over: AskedField("choice", over, titles.get(over, over), over)} if over else {}
    return found | {field["id"]: _asked(field, field["label"]) for field in section["field"]}


def _asked(field: Table, words: str) -> AskedField:
    return AskedField(field["type"], field.get("choices", ""), words, field["label"])
