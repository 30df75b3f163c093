"""A form being filled in, without a screen: what is shown, what is wrong, what is stored."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import msgspec

from kimdesk.forms.answers import Entry, answered, blank, effective, entries
from kimdesk.forms.definition import FormDefinition, Repeat
from kimdesk.forms.progress import EntryState, Progress, progress
from kimdesk.forms.validate import Problem, problems

Answers = dict[str, Any]


class FormModel:
    """The answers to ``definition`` while they change. Paths are those of ``kimdesk.forms``.

    An entry is "section", "section.0" (list) or "section.code" (each); a field adds its id.
    """

    def __init__(self, definition: FormDefinition, answers: Mapping[str, Any] | None = None) -> None:
        self.definition = definition
        self.counts: dict[str, int] = {}
        self.answers: Answers = {}
        self._saved: Answers = {}
        self.load(answers or {})

    def load(self, answers: Mapping[str, Any]) -> None:
        """Start anew from ``answers`` as they are stored."""
        self.answers = self._complete(answers)
        self._saved = effective(self.definition, self.answers)

    def take(self, answers: Mapping[str, Any]) -> None:
        """Go on with ``answers`` from a draft: they count as changed until they are saved."""
        self.answers = self._complete(answers)

    def saved(self, answers: Mapping[str, Any]) -> None:
        """Note that ``answers`` are stored now; what was typed since counts as changed."""
        self._saved = effective(self.definition, answers)

    @property
    def changed(self) -> bool:
        """Return whether an answer that counts differs from what is stored."""
        return effective(self.definition, self.answers) != self._saved

    def entry(self, path: str) -> Entry:
        """Return the entry at ``path`` with what is shown in it. Raises KeyError when there is none."""
        for found in entries(self.definition, self.answers):
            if found.path == path:
                return found
        raise KeyError(path)

    def entries(self, section_id: str) -> list[Entry]:
        """Return the entries of one section, in their order."""
        return [one for one in entries(self.definition, self.answers) if one.section.id == section_id]

    def value(self, path: str, field_id: str) -> Any:
        """Return the answer to ``field_id`` in the entry at ``path``, or None."""
        return self._raw(path).get(field_id)

    def set(self, path: str, field_id: str, value: Any) -> None:
        """Answer ``field_id`` in the entry at ``path``; an empty value takes the answer away."""
        raw = self._raw(path)
        if answered(value):
            raw[field_id] = value
        else:
            raw.pop(field_id, None)

    def add(self, section_id: str) -> str:
        """Add an entry to the list ``section_id`` and return its path."""
        listed: list[Answers] = self.answers[section_id]
        listed.append({})
        return f"{section_id}.{len(listed) - 1}"

    def remove(self, path: str) -> None:
        """Take the entry at ``path`` out of its list; those behind it move up."""
        section_id, _, index = path.partition(".")
        del self.answers[section_id][int(index)]

    def shown(self) -> dict[str, frozenset[str]]:
        """Return per entry the fields that are asked; an entry of a hidden section asks nothing."""
        return {entry.path: entry.shown for entry in entries(self.definition, self.answers)}

    def listed_problems(self, *, complete: bool = False) -> tuple[Problem, ...]:
        """Return what is wrong in the order of the form; ``complete`` also asks for what is missing."""
        return problems(self.definition, self.answers, counts=self.counts, complete=complete)

    def problems(self, *, complete: bool = False) -> dict[str, Problem]:
        """Return what is wrong by path."""
        return {one.path: one for one in reversed(self.listed_problems(complete=complete))}

    def problem(self, path: str, field_id: str, *, complete: bool = False) -> Problem | None:
        """Return what is wrong with one field; while drafting, a gap is no problem."""
        return self.problems(complete=complete).get(f"{path}.{field_id}")

    def progress(self) -> dict[str, Progress]:
        """Return how far each section is filled."""
        return progress(self.definition, self.answers, self.counts)

    def state(self, path: str) -> EntryState:
        """Return where the entry of a repeated section stands."""
        section_id, _, key = path.partition(".")
        return self.progress()[section_id].entries[key]

    def draft(self) -> Answers:
        """Return everything typed so far, the unreadable date and the hidden answer included."""
        return deepcopy(self.answers)

    def storable(self) -> Answers:
        """Return the readable answers; hidden ones stay until the phase is completed."""
        result = deepcopy(self.answers)
        for path in self.problems():
            *way, last = path.split(".")
            holder = _walk(result, way)
            if isinstance(holder, dict):
                holder.pop(last, None)
        return result

    def _complete(self, answers: Mapping[str, Any]) -> Answers:
        own: Answers = deepcopy(msgspec.to_builtins(dict(answers)))
        return {**blank(self.definition), **{key: value for key, value in own.items() if value}}

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


def _walk(answers: Answers, way: list[str]) -> Any:
    place: Any = answers
    for step in way:
        place = place[int(step)] if isinstance(place, list) else place.get(step)
    return place
