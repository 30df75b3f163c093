"""A section of a form as a form to fill in: its fields, what they choose from, when they are shown."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import msgspec

from kimdesk.catalogue.editing import EMPTY, Answers, codes, definition, slug, words
from kimdesk.catalogue.layers import Table
from kimdesk.forms.codes import CodeList
from kimdesk.forms.definition import ChoicesBy, Field, FieldType, FormDefinition

_OFFERED: Final = (
    "text", "long_text", "texts", "date", "partial_date", "time", "integer", "boolean", "choice", "choices",
    "languages", "person", "service", "municipality",
)  # fmt: skip
"""Types a new field can have; others name records of the program."""
_ANSWERED: Final = "answered"
_ASKED: Final = ("label", "type", "choices", "help", "required", "width", "when_field", "when_answer")


def section_form(
    form: Table, number: int, find_list: Callable[[str], CodeList], titles: Mapping[str, str]
) -> FormDefinition:
    """Return the form that edits section ``number`` of ``form``; ``titles``: code lists by name."""
    earlier = dict(_earlier(form, number))
    lists = {f"answers_{at}": _answers(one, find_list) for at, one in enumerate(earlier.values())}
    used = [field["type"] for field in form["section"][number]["field"]]
    own = {
        "field_type": _said("field_type", dict.fromkeys((*_OFFERED, *used))),
        "field_width": _said("field_width"),
        "code_lists": codes("code_lists", titles.items()),
        "earlier_field": codes("earlier_field", ((path, one["label"]) for path, one in earlier.items())),
        "any_answer": _said("any_answer"),
        **lists,
    }
    found = definition("section", find_list, own)
    by = ChoicesBy(field="when_field", lists=dict(zip(earlier, lists, strict=True)))
    return msgspec.structs.replace(_with_answers(found, by), lists={**found.lists, **lists})


def section_answers(form: Table, number: int) -> Answers:
    """Return section ``number`` of ``form`` as answers to its form."""
    section = msgspec.to_builtins(dict(form["section"][number]))
    facts = {name: section[name] for name in ("title", "help") if name in section}
    return {"section": facts, "field": [{**field, **_when(field)} for field in section["field"]]}


def section_table(answers: Mapping[str, Any], form: Table, number: int) -> dict[str, Any]:
    """Return ``form`` with section ``number`` as ``answers`` say."""
    whole: dict[str, Any] = msgspec.to_builtins(dict(form))
    before = whole["section"][number]
    kept = {name: value for name, value in before.items() if name not in ("title", "help", "field")}
    facts = {name: value for name, value in answers.get("section", {}).items() if value not in EMPTY}
    taken = {field["id"] for field in before["field"]} | {str(kept.get("over", ""))}
    kinds = {path: field["type"] for path, field in _earlier(form, number)}
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


def _field(entry: Mapping[str, Any], taken: set[str], kinds: Mapping[str, str]) -> dict[str, Any]:
    given = {name: value for name, value in entry.items() if value not in EMPTY}
    if "id" not in given:
        given = {"id": slug(str(given.get("label", "")), taken), **given}
        taken.add(given["id"])
    if given.get("type") not in ("choice", "choices", "scale"):
        given.pop("choices", None)
    chosen = given.pop("when_field", ""), given.pop("when_answer", "")
    before = _when(entry)
    if chosen != (before.get("when_field", ""), before.get("when_answer", "")):
        given.pop("visible_when", None)
        if condition := _condition(*chosen, kinds):
            given["visible_when"] = condition
    return {"type": "text", "label": "", **given}


def _when(field: Mapping[str, Any]) -> dict[str, str]:
    """Return the condition of a field as the form asks for it; of several answers the first."""
    condition = field.get("visible_when")
    if not condition:
        return {}
    among = condition.get("in") or [_ANSWERED]
    first = among[0]
    said = str(first).lower() if isinstance(first, bool) else str(first)
    return {"when_field": condition["field"], "when_answer": said}


def _condition(field: str, answer: str, kinds: Mapping[str, str]) -> dict[str, Any] | None:
    if not field:
        return None
    if answer in ("", _ANSWERED):
        return {"field": field, _ANSWERED: True}
    if kinds.get(field) == FieldType.BOOLEAN:
        return {"field": field, "in": [answer == "true"]}
    return {"field": field, "in": [int(answer) if kinds.get(field) == FieldType.SCALE else answer]}


def _earlier(form: Table, number: int) -> Iterator[tuple[str, Table]]:
    """Yield the fields a condition in section ``number`` can ask for, by their path."""
    for section in form["section"][:number]:
        if section.get("repeat", "once") == "once":
            yield from ((f"{section['id']}.{field['id']}", field) for field in section["field"])
    yield from ((field["id"], field) for field in form["section"][number]["field"])


def _answers(field: Table, find_list: Callable[[str], CodeList]) -> CodeList:
    """Return what a condition can ask of the answer to ``field``."""
    if field["type"] == FieldType.BOOLEAN:
        return _said("yes_no")
    if not field.get("choices"):
        return _said("any_answer")
    answered = words("any_answer").items()
    offered = ((one.code, one.label) for one in find_list(field["choices"]).codes)
    return codes("answers", (*answered, *offered))


def _said(name: str, wanted: Mapping[str, None] | None = None) -> CodeList:
    said = words(name)
    return codes(name, ((code, said[code]) for code in wanted or said))


def _with_answers(found: FormDefinition, by: ChoicesBy) -> FormDefinition:
    """Return the form whose question for an answer chooses from what was asked before."""

    def changed(field: Field) -> Field:
        return msgspec.structs.replace(field, choices_by=by) if field.id == "when_answer" else field

    sections = (
        msgspec.structs.replace(each, fields=tuple(map(changed, each.fields))) for each in found.sections
    )
    return msgspec.structs.replace(found, sections=tuple(sections))
