"""The languages that clients read, with the fixed words of the screen that is shown to them.

A file in ``resources/client/`` is one language: screen and papers for clients come in these.
``checked`` is false until a person who speaks it has read it („Übersetzung ungeprüft“).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Literal

import msgspec

from kimdesk.catalogue.item_words import ItemWords
from kimdesk.domain.errors import ContentError
from kimdesk.domain.sentences import filled
from kimdesk.forms.shape import shaped

GERMAN = "deu"


class ClientPhrases(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What stands on the screen besides the person's own goals and dates, and on each of their papers."""

    greeting: str  # {name}: comma, blank and call name, or nothing
    goals: str
    steps: str
    appointments: str
    today: str
    tomorrow: str
    at: str  # {time}
    appointment: str
    no_goals: str
    no_appointments: str
    until: str  # {day}
    choose: str  # what the choice of a language is called
    aid: str  # that the German text counts
    unchecked: str
    page: str  # {number}, {pages}


class ClientWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One language: its fixed words, days and months, and the five levels of attainment."""

    language: str  # language
    tag: str  # BCP 47, as PDF and command line say it
    name: str  # as its speakers say it
    direction: Literal["ltr", "rtl"]
    spoken: tuple[str, ...]  # language; whose speakers read it
    checked: bool
    source: str
    valid_from: date
    comma: str
    day: str  # {weekday}, {day}, {month}
    weekdays: tuple[str, str, str, str, str, str, str]
    months: tuple[str, str, str, str, str, str, str, str, str, str, str, str]
    levels: tuple[str, str, str, str, str]  # −2 to +2
    unrated: str
    words: ClientPhrases
    items: Mapping[str, str] = {}  # what checklists ask for, by the German label

    def spelled(self, day: date, today: date) -> str:
        """Return „Heute“, „Morgen“, or weekday, day and month; the year when it is another one."""
        near = {0: self.words.today, 1: self.words.tomorrow}.get((day - today).days)
        if near:
            return near
        said = {"weekday": self.weekdays[day.weekday()], "day": day.day, "month": self.months[day.month - 1]}
        words = filled(self.day, said)
        return words if day.year == today.year else f"{words} {day.year}"

    def asking(self, asked: ItemWords | None) -> "ClientWords":
        """Return the language with what checklists ask for in it."""
        return msgspec.structs.replace(self, items=asked.labels) if asked else self

    def item(self, label: str) -> str:
        """Return what a checklist asks for with a German ``label``, "" when nobody has put it so."""
        return self.items.get(label, "")

    def level(self, level: int | None) -> str:
        """Return an attainment level (−2 to +2) in words."""
        return self.unrated if level is None else self.levels[level + 2]


def parse(table: Mapping[str, Any], name: str) -> ClientWords:
    """Return the language that ``table`` describes. Raises ContentError E700 when it is broken."""
    found = shaped(table, ClientWords, name)
    if found.language != name:
        raise ContentError("E700", name=name, place="language")
    return found


def fitting(known: Iterable[ClientWords], languages: Sequence[str]) -> tuple[ClientWords, ...]:
    """Return the languages there are words in for who speaks ``languages``, in that order, each once.

    German is among them for who speaks it.
    """
    spoken = {code: one for one in known for code in one.spoken}
    found = (spoken[code] for code in languages if code in spoken)
    return tuple({one.language: one for one in found}.values())


def words_for(known: Iterable[ClientWords], languages: Sequence[str]) -> ClientWords | None:
    """Return the first of a person's ``languages`` there are words in; None when German has to do."""
    return next((one for one in fitting(known, languages) if one.language != GERMAN), None)


def by_tag(known: Iterable[ClientWords], tag: str) -> ClientWords | None:
    """Return the language with a ``tag`` of BCP 47 ("ar"), None when there are no words in it."""
    return next((one for one in known if one.tag == tag), None)
