"""A form being filled in, without a screen: what is shown, what is wrong, what is stored."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import msgspec

from kimdesk.forms.answers import FormEntry, answered, blank, effective
from kimdesk.forms.definition import FormDefinition, Repeat
from kimdesk.forms.progress import Progress
from kimdesk.forms.reading import Edit, Reading
from kimdesk.forms.validate import Problem
from kimdesk.forms.values import fault

Answers = dict[str, Any]


class FormModel:
    """The answers to ``definition`` while they change. Paths are those of ``kimdesk.forms``.

    An entry is "section", "section.0" (list) or "section.code" (each); a field adds its id. The form is read
    as a whole when it is loaded or an entry comes or goes, and edit by edit otherwise.
    """

    def __init__(self, definition: FormDefinition, answers: Mapping[str, Any] | None = None) -> None:
        self.definition = definition
        self._counts: Mapping[str, int] = {}
        self.answers: Answers = {}
        self._saved: Answers = {}
        self.load(answers or {})

    def load(self, answers: Mapping[str, Any]) -> None:
        """Start anew from ``answers`` as they are stored."""
        self.take(answers)
        self._saved = self._reading.effective()

    def take(self, answers: Mapping[str, Any]) -> None:
        """Go on with ``answers`` from a draft: they count as changed until they are saved."""
        own: Answers = deepcopy(msgspec.to_builtins(dict(answers)))
        known = {section.id for section in self.definition.sections}
        given = {key: _without_nulls(value) if key in known else value for key, value in own.items() if value}
        self.answers = {**blank(self.definition), **given}
        self._read()

    def saved(self, answers: Mapping[str, Any]) -> None:
        """Note that ``answers`` are stored now; what was typed since counts as changed."""
        self._saved = effective(self.definition, answers)

    def count(self, counts: Mapping[str, int]) -> None:
        """Take over how many typed records of each kind the case has."""
        self._counts = counts
        self._reading.count(counts)

    @property
    def changed(self) -> bool:
        """Return whether an answer that counts differs from what is stored."""
        return self._reading.effective() != self._saved

    def entry(self, path: str) -> FormEntry:
        """Return the entry at ``path`` with what is shown in it. Raises KeyError when there is none."""
        return self._reading.entries[path]

    def entries(self, section_id: str) -> list[FormEntry]:
        """Return the entries of one section, in their order."""
        return self._reading.of(section_id)

    def value(self, path: str, field_id: str) -> Any:
        """Return the answer to ``field_id`` in the entry at ``path``, or None."""
        return self._raw(path).get(field_id)

    def set(self, path: str, field_id: str, value: Any) -> Edit:
        """Answer ``field_id`` in the entry at ``path``; an empty value takes the answer away."""
        raw = self._raw(path)
        if answered(value):
            raw[field_id] = value
        else:
            raw.pop(field_id, None)
        return self._reading.edited(path)

    def add(self, section_id: str) -> str:
        """Add an entry to the list ``section_id`` and return its path."""
        listed: list[Answers] = self.answers[section_id]
        listed.append({})
        self._read()
        return f"{section_id}.{len(listed) - 1}"

    def remove(self, path: str) -> None:
        """Take the entry at ``path`` out of its list; those behind it move up."""
        section_id, _, index = path.partition(".")
        del self.answers[section_id][int(index)]
        self._read()

    def listed_problems(self, *, complete: bool = False) -> tuple[Problem, ...]:
        """Return what is wrong in the order of the form; ``complete`` also asks for what is missing."""
        return self._reading.problems(complete=complete)

    def problems(self, *, complete: bool = False) -> dict[str, Problem]:
        """Return what is wrong by path."""
        return {one.path: one for one in reversed(self.listed_problems(complete=complete))}

    def problem(self, path: str, field_id: str, *, complete: bool = False) -> Problem | None:
        """Return what is wrong with one field; while drafting, a gap is no problem."""
        return self._reading.problem(path, field_id, complete=complete)

    def progress(self) -> dict[str, Progress]:
        """Return how far each section is filled."""
        return self._reading.progress()

    def draft(self) -> Answers:
        """Return everything typed so far, the unreadable date and the hidden answer included."""
        return deepcopy(self.answers)

    def storable(self) -> Answers:
        """Return the readable answers, of several the readable ones; hidden ones stay until completion."""
        result = deepcopy(self.answers)
        for path in self.problems():
            *way, last = path.split(".")
            holder = _walk(result, way)
            if isinstance(holder, dict):
                entry = self._reading.entries.get(".".join(way))
                kept = _readable(self.definition, entry, last, holder.pop(last, None))
                holder.update({last: kept} if kept else {})
        return result

    def _read(self) -> None:
        self._reading = Reading(self.definition, self.answers, self._counts)

    def _raw(self, path: str) -> Answers:
        section_id, _, key = path.partition(".")
        section = self.definition.section(section_id)
        if section is None:
            raise KeyError(path)
        if section.repeat is Repeat.ONCE:
            found = self.answers[section_id]
        elif section.repeat is Repeat.LIST:
            found = self.answers[section_id][int(key)]
        else:
            found = self.answers[section_id].setdefault(key, {})
        raw: Answers = found
        return raw


def _without_nulls(section: Any) -> Any:
    """Return a section whose entries can all be filled in: null stands for nothing answered."""
    if isinstance(section, list):
        return [{} if each is None else each for each in section]
    if isinstance(section, dict):
        return {name: value for name, value in section.items() if value is not None}
    return section


def _readable(definition: FormDefinition, entry: FormEntry | None, field_id: str, answer: Any) -> list[Any]:
    """Return what of several answers to a field can be read."""
    field = next((one for one in entry.section.fields if one.id == field_id), None) if entry else None
    if entry is None or field is None or not isinstance(answer, list):
        return []
    return [one for one in answer if not fault(definition, field, [one], entry.answers)]


def _walk(answers: Answers, way: list[str]) -> Any:
    place: Any = answers
    for step in way:
        place = place[int(step)] if isinstance(place, list) else place.get(step)
    return place
