"""Answers as people read them, and where two sets of answers differ."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kimdesk.forms.answers import FormEntry, entries
from kimdesk.forms.definition import Field, FieldType, FormDefinition, Repeat
from kimdesk.texts import dates, say
from kimdesk.texts.bidi import apart
from ui.forms.sources import Sources

_DATES = {FieldType.DATE, FieldType.PARTIAL_DATE}
_DATED = {FieldType.DAYS, FieldType.SPANS}
_MANY = _DATED | {
    FieldType.CHOICES,
    FieldType.LINKS,
    FieldType.TEXTS,
    FieldType.LANGUAGES,
    FieldType.STEPS,
    FieldType.TRANSLATIONS,
}
_CHOSEN = {
    FieldType.CHOICE,
    FieldType.CHOICES,
    FieldType.SCALE,
    FieldType.PERSON,
    FieldType.LINK,
    FieldType.LINKS,
    FieldType.SERVICE,
    FieldType.MUNICIPALITY,
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One answer that differs: where, what is here, what is stored."""

    label: str
    mine: str
    theirs: str


def shown(field: Field, value: Any, entry: Mapping[str, Any], sources: Sources) -> str:
    """Return ``value`` in words; a dash where nothing is answered."""
    if value in (None, "", [], ()):
        return "–"
    if field.type in _DATES:
        return dates.of_iso(str(value))
    if field.type is FieldType.BOOLEAN:
        return say("common.yes") if value else say("common.no")
    many = value if field.type in _MANY else [value]
    return apart(", ").join(_words(field, many, entry, sources))


def _words(field: Field, many: Iterable[Any], entry: Mapping[str, Any], sources: Sources) -> Iterator[str]:
    if field.type is FieldType.TRANSLATIONS:
        return (str(one["text"]) for one in many)
    if field.type is FieldType.LANGUAGES:
        spoken = {option.code: option.label for option in sources.options(field, entry)}
        return (spoken.get(one["language"], one["language"]) for one in many)
    if field.type is FieldType.STEPS:
        return (str(one["text"]) for one in many)
    if field.type in _DATED:
        return map(_dated, many)
    if field.type not in _CHOSEN:
        return map(str, many)
    words = {option.code: option.label for option in sources.options(field, entry)}
    return (words.get(str(one), str(one)) for one in many)


def _dated(one: Mapping[str, Any]) -> str:
    days = "\u00a0– ".join(dates.of_iso(day) for day in (one["starts_on"], one.get("ends_on")) if day)
    return " ".join(part for part in (days, str(one.get("text") or "")) if part)


def differences(
    definition: FormDefinition,
    mine: Mapping[str, Any],
    theirs: Mapping[str, Any],
    sources: Sources,
    concealed: Collection[str] = (),
) -> list[Difference]:
    """Return the answers that differ between what is typed here and what is stored, without ``concealed``."""
    left = {entry.path: entry for entry in entries(definition, mine)}
    right = {entry.path: entry for entry in entries(definition, theirs)}
    found = []
    for path in [*left, *(path for path in right if path not in left)]:
        found += _entry(left.get(path), right.get(path), sources, concealed)
    return found


def _entry(
    mine: FormEntry | None, theirs: FormEntry | None, sources: Sources, concealed: Collection[str]
) -> list[Difference]:
    one = mine or theirs
    if one is None:
        return []
    ours, others = (entry.given if entry else {} for entry in (mine, theirs))
    return [
        Difference(
            _name(one, field),
            shown(field, ours.get(field.id), ours, sources),
            shown(field, others.get(field.id), others, sources),
        )
        for field in one.section.fields
        if ours.get(field.id) != others.get(field.id) and field.id not in concealed
    ]


def _name(entry: FormEntry, field: Field) -> str:
    if entry.section.repeat is Repeat.EACH:
        return f"{entry.label}: {field.label}"
    if entry.section.repeat is Repeat.LIST:
        return f"{entry.section.entry} {int(entry.key) + 1}: {field.label}"
    return field.label
