"""Typed records edited with the same forms: from a record to answers and back."""

from collections.abc import Mapping
from dataclasses import MISSING, fields, replace
from typing import Any, TypeVar, get_type_hints

import msgspec

from kimdesk.domain.dates import PartialDate
from kimdesk.domain.kinds import KINDS
from kimdesk.domain.records import Record
from kimdesk.forms.answers import effective
from kimdesk.forms.definition import FormDefinition

RECORDS: dict[str, type[Record]] = {each.name: each.type for each in KINDS.values() if each.form}
"""The records that have a form, by the name forms use for them."""

R = TypeVar("R", bound=Record)


def _defaults(record: Record) -> dict[str, Any]:
    return {field.name: field.default for field in fields(record) if field.default is not MISSING}


def answers_of(definition: FormDefinition, record: Record) -> dict[str, Any]:
    """Return the answers that fill the record form ``definition`` with what ``record`` says."""
    return {
        section.id: {field.id: answer_of(getattr(record, field.id)) for field in section.fields}
        for section in definition.sections
    }


def with_answers(definition: FormDefinition, record: R, answers: Mapping[str, Any]) -> R:
    """Return ``record`` as ``answers`` say; what is unanswered or hidden falls back to its default.

    ``answers`` must be free of problems (see ``validate.problems``); otherwise ValueError is raised
    (``msgspec.ValidationError`` is one). Attributes that the form does not show stay as they are.
    """
    shown = {field.id for section in definition.sections for field in section.fields}
    cleared = {name: value for name, value in _defaults(record).items() if name in shown}
    types = get_type_hints(type(record))
    given = [pair for section in effective(definition, answers).values() for pair in section.items()]
    return replace(record, **{**cleared, **{name: _value(answer, types[name]) for name, answer in given}})


def answer_of(value: object) -> Any:
    """Return the answer that stands for the value of a field."""
    return value.iso() if isinstance(value, PartialDate) else msgspec.to_builtins(value)


def _value(answer: Any, hint: Any) -> Any:
    if hint == PartialDate | None:
        return PartialDate.parse(answer)
    return msgspec.convert(answer, hint)
