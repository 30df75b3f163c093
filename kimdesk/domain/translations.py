"""Translations of what a case says to its client: which one fits, and which one is outdated."""

from dataclasses import replace
from datetime import date
from typing import Final, TypeVar

from kimdesk.domain.records import Contact, FollowUp, Goal, Measure, PlanStep, Translation

Translated = Goal | Measure | PlanStep | FollowUp | Contact
T = TypeVar("T", bound=Translated)

_TEXTS: Final[dict[type, str]] = {
    Goal: "text",
    Measure: "title",
    PlanStep: "text",
    FollowUp: "title",
    Contact: "next_steps",
}


def german_of(record: Translated) -> str:
    """Return the text of ``record`` that is translated, as it is agreed in German."""
    found: str = getattr(record, _TEXTS[type(record)])
    return found


def entry_of(record: Translated, language: str) -> Translation | None:
    """Return what was translated into ``language`` (ISO 639-3), outdated or not."""
    return next((one for one in record.translations if one.language == language), None)


def is_outdated(record: Translated, entry: Translation) -> bool:
    """Return whether the German text says something else than what ``entry`` was made of."""
    return not is_of(entry, german_of(record))


def is_of(entry: Translation, german: str) -> bool:
    """Return whether ``entry`` was made of the text ``german``; blanks make no other text."""
    return entry.of.split() == german.split()


def translation_of(record: Translated, language: str) -> str:
    """Return ``record`` in ``language`` (ISO 639-3), "" when nobody translated it as it stands now."""
    entry = entry_of(record, language)
    return "" if entry is None or is_outdated(record, entry) else entry.text


def with_translation(record: T, entry: Translation) -> T:
    """Return ``record`` with ``entry`` for its language; without one when its text is empty."""
    found = {one.language: one for one in record.translations} | {entry.language: entry}
    kept = tuple(found[each] for each in sorted(found) if found[each].text)
    return replace(record, translations=kept)


def translated(record: T, language: str, text: str, by: str, on: date) -> T:
    """Return ``record`` with ``text`` in ``language``, made of what it says now."""
    of = german_of(record)
    return with_translation(record, Translation(language=language, text=text, of=of, by=by, made_on=on))
