"""Conditions as questions that are chosen: which earlier field, answered how; and back to what is stored."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, NamedTuple

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.catalogue.editing_case import (
    KEPT,
    PREFIX,
    CaseQuestion,
    case_answers,
    case_questions,
    case_when,
    case_words,
)
from kimdesk.catalogue.editing_words import lists_said, said, word
from kimdesk.forms.codes import CodeList
from kimdesk.forms.definition import ChoicesBy, FieldType, Repeat

ANSWERED: Final = "answered"
OPEN: Final = "open"
_CHOSEN: Final = (FieldType.CHOICE, FieldType.CHOICES, FieldType.BOOLEAN)
_WHEN: Final = ("when_field", "when_answer")
_YES: Final = "true"


class AskedField(NamedTuple):
    """A question a condition can ask for: its type, code list and German words."""

    type: str
    choices: str
    words: str
    label: str


def asked_fields(catalogue: Catalogue) -> dict[str, AskedField]:
    """Return the questions of the phases that are answered with a choice („intake/check.classification“)."""
    return {
        f"{form.name}/{section.id}.{field.id}": AskedField(
            field.type, field.choices, f"{form.title} › {field.label}", field.label
        )
        for form in catalogue.forms()
        for section in form.sections
        if section.repeat is Repeat.ONCE
        for field in section.fields
        if field.type in _CHOSEN
    }


def answers_by(
    fields: Mapping[str, AskedField], find: Callable[[str], CodeList]
) -> tuple[dict[str, CodeList], ChoicesBy]:
    """Return, for each of ``fields``, what a condition can ask of its answer."""
    lists = {f"answers_{at}": _offered(path, one, find) for at, (path, one) in enumerate(fields.items())}
    return lists, ChoicesBy(field="when_field", lists=dict(zip(fields, lists, strict=True)))


def when_answers(condition: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return a condition of a form as its two questions are answered; {} for none."""
    if not condition:
        return {}
    answered = condition.get(ANSWERED)
    if answered is not None:
        return dict(zip(_WHEN, (condition["field"], [ANSWERED if answered else OPEN]), strict=True))
    return dict(zip(_WHEN, (condition["field"], [_code(one) for one in condition["in"]]), strict=True))


def condition_of(field: str, chosen: Iterable[str], kind: str) -> dict[str, Any] | None:
    """Return the condition that ``field``, of the type ``kind``, is answered with one of ``chosen``."""
    if not field:
        return None
    among = list(chosen)
    if OPEN in among:
        return {"field": field, ANSWERED: False}
    if not among or ANSWERED in among:
        return {"field": field, ANSWERED: True}
    return {"field": field, "in": [_value(one, kind) for one in among]}


def paper_questions(catalogue: Catalogue) -> dict[str, AskedField]:
    """Return what can make a paper needed: facts of the case, and questions of the phases."""
    of_case = {path: AskedField(*one) for path, one in case_questions().items()}
    return {**of_case, **asked_fields(catalogue)}


def paper_answers(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return what makes a paper needed as its two questions are answered; {} for none, or for people."""
    when = entry.get("when")
    if not when or when.get("by_hand"):
        return {}
    if "form" not in when:
        return dict(zip(_WHEN, case_answers(when), strict=True))
    path = f"{when['form']}/{when['field']}"
    return dict(zip(_WHEN, (path, [_code(one) for one in when["in"]]), strict=True))


def paper_when(entry: Mapping[str, Any], catalogue: Catalogue) -> dict[str, Any]:
    """Return an entry with its condition as it is stored, and in words; the words stay with the condition."""
    found = {name: value for name, value in entry.items() if name not in (*_WHEN, "when")}
    path, chosen, when = entry.get("when_field"), entry.get("when_answer"), entry.get("when")
    if when and paper_answers(entry) == _answered(path, chosen):
        by_people = when.get("by_hand") and not str(found.get("condition", "")).strip()
        return found if by_people else {**found, "when": when}
    if not path:
        return {**found, "condition": ""} if when else found
    if not chosen or path == KEPT:
        return found
    one = paper_questions(catalogue).get(path)
    if one is not None and path.startswith(PREFIX):
        known = said(one.choices) if one.choices in lists_said() else catalogue.code_list(one.choices)
        words = case_words(CaseQuestion(*one), chosen, known)
        return {**found, "condition": words, "when": case_when(path, chosen)}
    form, _, field = path.partition("/")
    among = [_value(each, one.type if one else "") for each in chosen]
    words = _words(one, chosen, catalogue) if one else str(found.get("condition", ""))
    return {**found, "condition": words, "when": {"form": form, "field": field, "in": among}}


def _answered(path: str | None, chosen: Iterable[str] | None) -> dict[str, Any]:
    return dict(zip(_WHEN, (path, list(chosen or ())), strict=True)) if path else {}


def _words(one: AskedField, chosen: Iterable[str], catalogue: Catalogue) -> str:
    known = said("is_or_not") if one.type == FieldType.BOOLEAN else catalogue.code_list(one.choices)
    quoted = (word("joining", "answer").format(answer=known.label(each)) for each in chosen)
    return f"{one.label.rstrip('?: ')} {word('joining', 'or').join(quoted)}"


def _offered(path: str, one: AskedField, find: Callable[[str], CodeList]) -> CodeList:
    if path.startswith(PREFIX):
        return find(one.choices)
    if one.type == FieldType.BOOLEAN:
        return find("is_or_not")
    answered = find("any_answer")
    more = find(one.choices).codes if one.choices else ()
    return CodeList(
        name=answered.name, title=answered.title, source=answered.source, valid_from=answered.valid_from,
        codes=(*answered.codes, *more),
    )  # fmt: skip


def _code(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _value(code: str, kind: str) -> str | int | bool:
    if kind == FieldType.BOOLEAN:
        return code == _YES
    return int(code) if kind in (FieldType.SCALE, FieldType.INTEGER) else code
