"""The value of a field in words: codes as labels, days as people write them, people and records by name."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.kinds import SERVICE, Name, described, type_of
from kimdesk.domain.records import Record
from kimdesk.domain.terms import ItemState
from kimdesk.forms.answers import choices_of
from kimdesk.forms.definition import Field, FieldType
from kimdesk.store.work import Reader


class FieldWords:
    """Puts values into words; names are read once."""

    def __init__(self, reader: Reader, catalogue: Catalogue) -> None:
        self._reader, self._catalogue = reader, catalogue
        self.words = catalogue.rules.history.words
        self._names: dict[tuple[str, str], str] = {}

    def of(self, field: Field, value: Any, entry: Mapping[str, Any]) -> str:
        """Return ``value``, an answer as forms hold it, in words; ``entry`` holds the answers beside it."""
        if value in (None, "", [], ()):
            return self.words.nothing
        if isinstance(value, bool):
            return self.words.yes if value else self.words.no
        many = value if isinstance(value, list | tuple) else [value]
        if field.id == "checklist":
            present = sum(one["state"] == ItemState.PRESENT for one in many)
            return self.words.checklist.format(present=present, all=len(many))
        return ", ".join(self._one(field, one, entry) for one in many)

    def _one(self, field: Field, value: Any, entry: Mapping[str, Any]) -> str:
        if isinstance(value, Mapping):
            return self._step(value) if "text" in value else self._language(value)
        if codes := choices_of(field, entry):
            return self._catalogue.label(codes, str(value))
        if field.type in (FieldType.DATE, FieldType.PARTIAL_DATE):
            return german_day(str(value))
        if field.type in (FieldType.PERSON, FieldType.LINK, FieldType.LINKS):
            return self.name(field.record or "person", str(value))
        if field.type is FieldType.SERVICE:
            return self._catalogue.service_name(str(value))
        return self.words.minus.format(n=-value) if isinstance(value, int) and value < 0 else str(value)

    def name(self, kind: str, record_id: str) -> str:
        """Return how people call a record, "" when it has no name; one that is gone is said to be so."""
        if (kind, record_id) not in self._names:
            found = self._reader.get(type_of(kind), record_id)
            self._names[kind, record_id] = called(self._catalogue, found) if found else self.words.gone
        return self._names[kind, record_id]

    def _language(self, skill: Mapping[str, Any]) -> str:
        label = self._catalogue.label
        notes = [label("language_level", skill["level"])] if skill.get("level") else []
        notes += [self.words.interpreter] if skill.get("interpreter") else []
        name = label("language", skill["language"])
        return f"{name} ({', '.join(notes)})" if notes else name

    def _step(self, step: Mapping[str, Any]) -> str:
        done = step.get("done_on")
        return (
            f"{step['text']} ({self.words.done.format(day=german_day(done))})" if done else str(step["text"])
        )


def called(catalogue: Catalogue, record: Record) -> str:
    """Return how people call ``record``, "" when it has no name."""
    return " ".join(_said(catalogue, each) for each in described(type(record)).named(record))


def _said(catalogue: Catalogue, name: Name) -> str:
    if isinstance(name, str):
        return name
    if isinstance(name, date):
        return german_day(name.isoformat())
    if name.codes == SERVICE:
        return catalogue.service_name(name.code)
    return catalogue.label(name.codes, name.code)


def german_day(text: str) -> str:
    """Return an ISO day, month or year as people write it; what is none stays as it is."""
    try:
        return PartialDate.parse(text).german()
    except ValueError:
        return text
