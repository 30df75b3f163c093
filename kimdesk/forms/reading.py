"""A form with its answers: read once, then kept in step edit by edit.

An edit can change the entry it stands in, and the entries of later sections whose conditions ask for the
answer. Only these are read again; everything else is what it was.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from kimdesk.forms.answers import FormEntry, collected, entries, entry_again
from kimdesk.forms.definition import FieldType, FormDefinition, Repeat, Section
from kimdesk.forms.progress import EntryState, Progress, progress_of, state_of
from kimdesk.forms.validate import Problem, faults_of, gaps_of, in_order, misshapen, too_few


class Edit(NamedTuple):
    """What an edit came to.

    ``paths`` are the entries that were read again; ``told`` says whether more than an answer is otherwise
    now: which fields are asked, how far the form is filled, what is wrong with it, or a step on a scale.
    """

    paths: frozenset[str]
    told: bool


@dataclass(frozen=True, slots=True)
class _Standing:
    """How one entry stands."""

    shown: frozenset[str]
    state: EntryState
    faults: tuple[Problem, ...]
    gaps: tuple[Problem, ...]
    scales: tuple[Any, ...]


class Reading:
    """The entries of ``definition`` with ``answers``, which may be any JSON value, and what is wrong.

    ``counts`` says how many typed records the case has, by record name.
    """

    def __init__(
        self, definition: FormDefinition, answers: object, counts: Mapping[str, int] | None = None
    ) -> None:
        self.definition = definition
        self._answers = answers
        self._counts = counts or {}
        self.entries = {each.path: each for each in entries(definition, answers)}
        self._plain = {
            f"{each.section.id}.{name}": value
            for each in self.entries.values()
            if each.section.repeat is Repeat.ONCE
            for name, value in each.given.items()
        }
        self._asks = {section.id: _asked_by(section) for section in definition.sections}
        self._misshapen = tuple(misshapen(definition, answers))
        self._standing = {path: self._judged(each) for path, each in self.entries.items()}

    def of(self, section_id: str) -> list[FormEntry]:
        """Return the entries of one section, in their order."""
        return [each for each in self.entries.values() if each.section.id == section_id]

    def edited(self, path: str) -> Edit:
        """Read again what the edit of an answer at ``path`` can have changed. Raises KeyError."""
        own = self.entries[path].section
        before = {path: self._standing[path]}
        moved = self._read_again(path)
        for section in self.definition.sections:
            if section is not own and not moved.isdisjoint(self._asks[section.id]):
                for each in self.of(section.id):
                    before[each.path] = self._standing[each.path]
                    moved |= self._read_again(each.path)
        told = any(self._standing[each] != standing for each, standing in before.items())
        return Edit(frozenset(before), told)

    def count(self, counts: Mapping[str, int]) -> None:
        """Take over how many typed records the case has now."""
        self._counts = counts
        self._standing = {path: self._judged(each) for path, each in self.entries.items()}

    def effective(self) -> dict[str, Any]:
        """Return what ``answers.effective`` says."""
        return collected(self.entries.values())

    def problems(self, *, complete: bool = False) -> tuple[Problem, ...]:
        """Return what is wrong, in the order of the form; ``complete`` also asks for what is missing."""
        found = list(self._misshapen)
        for standing in self._standing.values():
            found += standing.faults
            if complete:
                found += standing.gaps
        if complete:
            found += too_few(self.definition, self.entries.values())
        return in_order(self.definition, found)

    def problem(self, path: str, field_id: str, *, complete: bool = False) -> Problem | None:
        """Return what is wrong with one field, None when nothing is."""
        standing, wanted = self._standing[path], f"{path}.{field_id}"
        found = (*standing.faults, *standing.gaps) if complete else standing.faults
        return next((each for each in found if each.path == wanted), None)

    def progress(self) -> dict[str, Progress]:
        """Return the progress of each section."""
        return progress_of(self.definition, self.entries.values(), self._counts)

    def _read_again(self, path: str) -> set[str]:
        """Read the entry at ``path`` again; return which answers that conditions may ask for are others."""
        before = self.entries[path]
        self.entries[path] = after = entry_again(before, self._answers, self._plain)
        self._standing[path] = self._judged(after)
        if before.section.repeat is not Repeat.ONCE:
            return set()
        old = {name: self._plain.pop(name, None) for name in map(f"{path}.".__add__, _ids(before.section))}
        new = {f"{path}.{name}": value for name, value in after.given.items()}
        self._plain |= new
        return {name for name, value in old.items() if value != new.get(name)}

    def _judged(self, entry: FormEntry) -> _Standing:
        return _Standing(
            entry.shown,
            state_of(entry),
            tuple(faults_of(self.definition, entry)),
            tuple(gaps_of(entry, self._counts)),
            tuple(
                entry.answers.get(field.id) for field in entry.section.fields if field.type is FieldType.SCALE
            ),
        )


def _ids(section: Section) -> list[str]:
    return [field.id for field in section.fields]


def _asked_by(section: Section) -> frozenset[str]:
    """Return the answers that the conditions of ``section`` ask for ("contact.reached")."""
    conditions = [section.visible_when, *(field.visible_when for field in section.fields)]
    return frozenset(one.field for one in conditions if one is not None)
