"""One text by its name: ``say("dates.in_days", n=3)`` is „in 3 Tagen“.

A name is ``namespace.key``; the text stands in ``resources/texts/<language>/<namespace>.toml``, which is read
when the first text of it is said. A text that depends on a number is a table of the plural categories of
CLDR, chosen by the fact ``n``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

import resources
from kimdesk.texts.bidi import isolated
from kimdesk.texts.grouping import grouped

SHIPPED = "de"
"""The language every text has; another one may lack some and then shows these."""

Entry = str | Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Speech:
    """A language to say things in, by its ISO 639-1 code."""

    language: str = SHIPPED

    def say(self, key: str, /, **facts: object) -> str:
        """Return the text ``key`` („namespace.key“), its ``facts`` filled in.

        A day or moment is written out, a whole number grouped („1.772“; not a ``year``), a text from right to
        left kept apart from what surrounds it; anything else goes through ``str``. Raises KeyError for a fact
        that is not given.
        """
        language, entry = _entry(self.language, key)
        if not isinstance(entry, str):
            entry = entry.get(plural_category(language, facts["n"]), entry["other"])
        return (
            entry.format_map({name: self._told(name, fact) for name, fact in facts.items()})
            if facts
            else entry
        )

    def has(self, key: str) -> bool:
        """Return whether there is a text ``key``."""
        return _find(SHIPPED, key) is not None

    def _told(self, name: str, fact: object) -> object:
        if isinstance(fact, str):
            return isolated(fact)
        if isinstance(fact, int) and name != "year":
            return grouped(fact, self.language)
        if isinstance(fact, datetime):
            return f"{fact.astimezone():{self.say('dates.moment')}}"
        return f"{fact:{self.say('dates.full')}}" if isinstance(fact, date) else fact


GERMAN = Speech()
say = GERMAN.say


def missing(key: str) -> str:
    """Say what to show for a key without text: the key. Tests replace this by an error."""
    return key


def _entry(language: str, key: str) -> tuple[str, Entry]:
    """Return the text and the language it is in."""
    for each in (language, SHIPPED):
        if (found := _find(each, key)) is not None:
            return each, found
    return SHIPPED, missing(key)


def _find(language: str, key: str) -> Entry | None:
    namespace, _, name = key.partition(".")
    return table(language, namespace).get(name)


@cache
def table(language: str, namespace: str) -> Mapping[str, Entry]:
    """Return all texts of a namespace in one language, none where it has no such file."""
    try:
        return resources.read_toml(f"texts/{language}/{namespace}.toml")
    except FileNotFoundError:
        return {}


def plural_category(language: str, n: object) -> str:
    """Return the category of CLDR for a number: in German ``one`` or ``other``."""
    from babel import Locale  # costs more than the first window may

    return Locale.parse(language).plural_form(n)  # type: ignore[arg-type]
