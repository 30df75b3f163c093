"""A long form in stations: each life domain one, each further section one. No screen here."""

from dataclasses import dataclass

from kimdesk.forms.answers import FormEntry
from kimdesk.forms.codes import CodeList
from kimdesk.forms.definition import FieldType, FormDefinition, Repeat, Section
from kimdesk.forms.progress import EntryState, Progress
from ui.forms.model import FormModel


@dataclass(frozen=True, slots=True)
class Station:
    """One stop on the way through a form. ``value`` is what a scale says, "" where nothing is said."""

    path: str
    section: Section
    label: str
    short: str
    state: EntryState
    value: str = ""
    number: int = 0
    total: int = 0

    @property
    def is_domain(self) -> bool:
        """Return whether this is one code of a section that repeats over a code list."""
        return self.section.repeat is Repeat.EACH


def has_stations(definition: FormDefinition) -> bool:
    """Return whether the form is walked through in stations: it begins with a section over a code list."""
    return definition.sections[0].repeat is Repeat.EACH


def stations(model: FormModel) -> list[Station]:
    """Return the stations of the form, in their order; sections nobody is asked are left out."""
    progress = model.progress()
    found: list[Station] = []
    for section in model.definition.sections:
        entries = model.entries(section.id)
        if section.repeat is Repeat.EACH:
            found += _domains(model.definition.codes(section.over), section, entries, progress[section.id])
        elif section.repeat is Repeat.LIST or any(entry.shown for entry in entries):
            state = _state(section, entries, progress[section.id])
            found.append(Station(section.id, section, section.title, section.title, state))
    return found


def _domains(
    codes: CodeList, section: Section, entries: list[FormEntry], progress: Progress
) -> list[Station]:
    scale = next((field.id for field in section.fields if field.type is FieldType.SCALE), "")
    offered = [entry for entry in entries if entry.shown]
    return [
        Station(
            entry.path,
            section,
            codes.label(entry.key),
            codes.short(entry.key),
            progress.entries[entry.key],
            str(entry.answers.get(scale, "–")),
            number,
            len(offered),
        )
        for number, entry in enumerate(offered, 1)
    ]


def _state(section: Section, entries: list[FormEntry], progress: Progress) -> EntryState:
    begun = any(entry.given for entry in entries)
    if section.repeat is Repeat.LIST:
        done = begun and all(state is EntryState.DONE for state in progress.entries.values())
        return EntryState.DONE if done else EntryState.BEGUN if begun else EntryState.OPEN
    if progress.required and progress.filled >= progress.required:
        return EntryState.DONE
    return EntryState.BEGUN if begun or progress.filled or progress.held else EntryState.OPEN
