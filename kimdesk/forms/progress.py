"""How far a form is filled: "7 von 12 fertig"."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kimdesk.forms.answers import Answers, FormEntry, answered, entries
from kimdesk.forms.definition import Field, FieldType, FormDefinition, Repeat


class EntryState(StrEnum):
    """Where one entry of a section stands."""

    OPEN = "open"
    BEGUN = "begun"
    DONE = "done"


@dataclass(slots=True)
class Progress:
    """How much of a section is filled.

    In a plain section ``filled`` of ``required`` counts required fields; in a repeated one it counts
    entries, whose states stand in ``entries`` by index or code. ``held``: the case has typed records that the
    section shows.
    """

    filled: int = 0
    required: int = 0
    entries: dict[str, EntryState] = field(default_factory=dict)
    held: bool = False


def progress(
    definition: FormDefinition, answers: Answers, counts: Mapping[str, int] | None = None
) -> dict[str, Progress]:
    """Return the progress of each section; ``counts`` says how many typed records the case has."""
    return progress_of(definition, entries(definition, answers), counts or {})


def progress_of(
    definition: FormDefinition, found: Iterable[FormEntry], counts: Mapping[str, int]
) -> dict[str, Progress]:
    """Return the same of entries that were read already."""
    result = {section.id: Progress() for section in definition.sections}
    for entry in found:
        section = result[entry.section.id]
        if entry.section.repeat is Repeat.ONCE:
            wanted = [one for one in entry.fields if is_wanted(one)]
            section.required += len(wanted)
            section.filled += sum(is_filled(one, entry, counts) for one in wanted)
            lists = (one for one in entry.fields if one.type is FieldType.RECORDS)
            section.held |= any(counts.get(one.record, 0) for one in lists)
        else:
            state = section.entries[entry.key] = state_of(entry)
            section.required += bool(entry.shown)
            section.filled += state is EntryState.DONE
    for one in definition.sections:
        result[one.id].required = max(result[one.id].required, one.min)
    return result


def is_wanted(one: Field) -> bool:
    """Return whether a complete form needs ``one``: it is required, or a minimum of records."""
    return one.required or (one.type is FieldType.RECORDS and bool(one.min))


def is_filled(one: Field, entry: FormEntry, counts: Mapping[str, int]) -> bool:
    """Return whether ``one`` is answered or needless, or the case has enough records of its kind."""
    if one.unless and entry.answers.get(one.unless) is True:
        return True
    if one.type is FieldType.RECORDS:
        return counts.get(one.record, 0) >= max(one.min or 0, int(one.required))
    return answered(entry.answers.get(one.id))


def state_of(entry: FormEntry) -> EntryState:
    """Return how far one entry is filled."""
    if not entry.given:
        return EntryState.OPEN
    done = all(is_filled(one, entry, {}) for one in entry.fields if one.required)
    return EntryState.DONE if done else EntryState.BEGUN
