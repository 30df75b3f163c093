"""What a set of answers shows: which fields are asked, which answers count, how far it is filled."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kimdesk.forms.definition import Condition, Field, FormDefinition, Repeat, Section

Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FormEntry:
    """One round of a section: its path ("domains.housing", "notices.0"), raw answers, what is shown."""

    section: Section
    key: str  # "" in a plain section, else the index or the code
    label: str  # what the code is called, "" in other sections
    answers: Answers
    shown: frozenset[str]

    @property
    def path(self) -> str:
        """Return where this entry stands in the answers."""
        return f"{self.section.id}.{self.key}" if self.key else self.section.id

    @property
    def fields(self) -> tuple[Field, ...]:
        """Return the fields that are asked here, in their order."""
        return tuple(field for field in self.section.fields if field.id in self.shown)

    @property
    def given(self) -> dict[str, Any]:
        """Return the answers that count: to fields that are asked, and not empty."""
        answers, shown = self.answers, self.shown
        asked = (each.id for each in self.section.fields if each.id in answers) if answers else ()
        return {name: value for name in asked if name in shown and answered(value := answers[name])}


def answered(value: object) -> bool:
    """Return whether ``value`` is an answer: False and 0 are, blanks and empty lists are not."""
    if value is None:
        return False
    if isinstance(value, str):
        return bool(value.strip())
    return bool(value) if isinstance(value, list | tuple | Mapping) else True


def entries(definition: FormDefinition, answers: object, *, blank: bool = True) -> Iterator[FormEntry]:
    """Yield each plain section, each entry of a list and each code of an "each" section.

    What has the wrong shape reads as not answered. Without ``blank``, those without any answer are left out.
    """
    earlier: dict[str, Any] = {}
    for section in definition.sections:
        for key, name, raw in _rounds(definition, section, _mapping(answers).get(section.id)):
            if not (raw or blank):
                continue
            entry = _entry(section, key, name, raw, earlier)
            yield entry
            if section.repeat is Repeat.ONCE:
                earlier |= {f"{section.id}.{name}": value for name, value in entry.given.items()}


def listed(answers: object, section_id: str) -> tuple[Answers, ...]:
    """Return the entries of a list in their places; what has the wrong shape, or is null, reads as empty."""
    given = _mapping(answers).get(section_id)
    return tuple(map(_mapping, given)) if isinstance(given, list | tuple) else ()


def of_section(answers: object, section_id: str) -> Answers:
    """Return what a plain section, or one with an entry for each code, answers; null reads as nothing."""
    return _mapping(_mapping(answers).get(section_id))


def entry_again(entry: FormEntry, answers: object, plain: Mapping[str, Any]) -> FormEntry:
    """Return ``entry`` as ``answers`` have it now; ``plain``: what counts in the plain sections, by path."""
    given = _mapping(answers).get(entry.section.id)
    if entry.section.repeat is Repeat.LIST:
        raw = given[int(entry.key)] if isinstance(given, list | tuple) else None
    else:
        raw = _mapping(given).get(entry.key) if entry.key else given
    return _entry(entry.section, entry.key, entry.label, _mapping(raw), plain)


def _entry(section: Section, key: str, name: str, raw: Answers, earlier: Mapping[str, Any]) -> FormEntry:
    if section.visible_when and not _holds(section.visible_when, earlier):
        return FormEntry(section, key, name, raw, frozenset())
    return FormEntry(section, key, name, raw, _shown(section, raw, {**earlier, section.over: key}))


def _mapping(value: object) -> Answers:
    return value if isinstance(value, Mapping) else {}


def _rounds(
    definition: FormDefinition, section: Section, given: object
) -> Iterator[tuple[str, str, Answers]]:
    if section.repeat is Repeat.ONCE:
        yield "", "", _mapping(given)
    elif section.repeat is Repeat.LIST:
        listed = given[: section.max] if isinstance(given, list | tuple) else ()
        yield from ((str(number), "", _mapping(entry)) for number, entry in enumerate(listed))
    else:
        by_code = _mapping(given)
        for one in definition.codes(section.over).codes:
            yield one.code, one.label, _mapping(by_code.get(one.code))


def _shown(section: Section, answers: Answers, known: dict[str, Any]) -> frozenset[str]:
    shown = set()
    for field in section.fields:
        if field.visible_when is None or _holds(field.visible_when, known):
            shown.add(field.id)
            known[field.id] = answers.get(field.id)
    return frozenset(shown)


def _holds(condition: Condition, known: Mapping[str, Any]) -> bool:
    value = known.get(condition.field)
    if condition.answered is not None:
        return answered(value) is condition.answered
    values = value if isinstance(value, list | tuple) else [value]
    return any(type(one) is type(wanted) and one == wanted for one in values for wanted in condition.among)


def visible(definition: FormDefinition, answers: Answers) -> frozenset[str]:
    """Return the paths of all fields that are asked ("domains.housing.scale", "request.reason")."""
    return frozenset(
        f"{entry.path}.{field}" for entry in entries(definition, answers) for field in entry.shown
    )


def effective(definition: FormDefinition, answers: Answers) -> dict[str, Any]:
    """Return only the answers that count: asked, known to the form and not empty.

    What a condition hides is dropped, so it is never exported or counted. Empty entries and sections
    are dropped too; values are not judged (see ``validate.problems``).
    """
    return collected(entries(definition, answers))


def collected(found: Iterable[FormEntry]) -> dict[str, Any]:
    """Return the answers that count of the entries of a form, in the shape of answers."""
    result: dict[str, Any] = {}
    for entry in found:
        given = entry.given
        if not given:
            continue
        if entry.section.repeat is Repeat.ONCE:
            result[entry.section.id] = given
        elif entry.section.repeat is Repeat.LIST:
            result.setdefault(entry.section.id, []).append(given)
        else:
            result.setdefault(entry.section.id, {})[entry.key] = given
    return result


def blank(definition: FormDefinition) -> dict[str, Any]:
    """Return the answers a form starts with: nothing answered, the entries a list needs at least."""
    return {section.id: _blank(definition, section) for section in definition.sections}


def _blank(definition: FormDefinition, section: Section) -> Any:
    if section.repeat is Repeat.ONCE:
        return {}
    if section.repeat is Repeat.LIST:
        return [{} for _ in range(section.min)]
    return {one.code: {} for one in definition.codes(section.over).offered()}


def choices_of(field: Field, entry: Answers) -> str:
    """Return the name of the code list ``field`` chooses from, given the other answers of its entry."""
    by = field.choices_by
    return by.lists.get(str(entry.get(by.field)), field.choices) if by else field.choices
