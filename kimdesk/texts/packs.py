"""What a catalogue pack changes, in words: document, entry, field, from what to what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from kimdesk.catalogue.catalogue import SHIPPED, Catalogue
from kimdesk.catalogue.differences import DocumentDifference, DocumentEntry
from kimdesk.catalogue.editing_words import word
from kimdesk.catalogue.gaps import TOO_EARLY, DraftGap, gaps
from kimdesk.catalogue.layers import Table
from kimdesk.texts import dates
from kimdesk.texts.speech import GERMAN, Speech

_NAMES: Final = ("label", "title", "name", "text", "sentence", "code", "id", "form")
_LISTS: Final = {
    "purposes": "consent_purpose",
    "information_kinds": "information_kind",
    "regime": "legal_regime",
    "from_regimes": "legal_regime",
    "to_regimes": "legal_regime",
    "life_domain": "life_domain",
    "phase": "phase",
    "by": "step_owner",
}
"""The code list behind the codes of a member."""


@dataclass(frozen=True, slots=True)
class ToldDifference:
    """One difference in words; ``before`` and ``after`` are "" where there is nothing to say."""

    change: str
    what: str
    before: str
    after: str


class PackWords:
    """Puts differences into words."""

    def __init__(self, catalogue: Catalogue, speech: Speech = GERMAN) -> None:
        self._catalogue, self._speech = catalogue, speech

    def told(self, difference: DocumentDifference) -> ToldDifference:
        """Return ``difference`` in words."""
        say = self._speech.say
        place = " › ".join((self._document(difference), *map(self._entry, difference.trail)))
        field = self.member(difference.member) if difference.member else ""
        return ToldDifference(
            say(f"packs.change_{difference.change}"),
            say("packs.place", place=place, field=field) if field else place,
            self._value(difference.member, difference.before),
            self._value(difference.member, difference.after),
        )

    def member(self, name: str) -> str:
        """Return what a member of a document is called."""
        plain = name.replace(".", "_")
        if self._speech.has(f"packs.member_{plain}"):
            return self._speech.say(f"packs.member_{plain}")
        return self._speech.say("packs.other_member", name=name)

    def document(self, path: str, table: Table) -> str:
        """Return „Stelle „Jobcenter““."""
        folder = path.rpartition("/")[0].replace("/", "_")
        if folder == "rules":
            return self._speech.say("packs.document_rules", name=self.rules(path))
        return self._speech.say(f"packs.document_{folder}", name=_name(table))

    def rules(self, path: str) -> str:
        """Return what the rules at ``path`` are called."""
        name = path.rpartition("/")[2].removesuffix(".toml")
        return self._speech.say(f"packs.rules_{name}")

    def _document(self, difference: DocumentDifference) -> str:
        return self.document(difference.path, difference.table)

    def _entry(self, entry: DocumentEntry) -> str:
        return self._speech.say("packs.entry", kind=self.member(entry.member), name=_name(entry.table))

    def _value(self, member: str, value: Any) -> str:
        say = self._speech.say
        if value in (None, "", [], {}):
            return ""
        if isinstance(value, bool):
            return say("fields.yes" if value else "fields.no")
        if member in ("visible_when", "length", "uninstructed", "abroad", "opens", "limit", "within"):
            return self._mapping(value)
        if isinstance(value, Mapping):
            return ", ".join(f"{name}: {self._value(name, one)}" for name, one in value.items())
        many = value if isinstance(value, list) else [value]
        return ", ".join(self._one(member, one) for one in many)

    def _one(self, member: str, value: Any) -> str:
        if isinstance(value, Mapping):
            return _name(value)
        if member in ("valid_from", "valid_until"):
            return dates.of_iso(str(value), self._speech)
        if member in _LISTS:
            return self._catalogue.label(_LISTS[member], str(value))
        return self._word(member, str(value))

    def _word(self, member: str, value: str) -> str:
        if member == "include":
            return self._catalogue.item_labels.get(value, value)
        if member in ("type", "width"):
            return word(f"field_{member}", value)
        if member in ("responsible", "repeat"):
            key = f"packs.{member}_{value}"
            return self._speech.say(key) if self._speech.has(key) else value
        return value

    def _mapping(self, value: Any) -> str:
        say = self._speech.say
        if "field" not in value:
            return " ".join(str(one) for one in value.values())
        if value.get("answered") is not None:
            return say(
                "packs.when_answered" if value["answered"] else "packs.when_open", field=value["field"]
            )
        codes = ", ".join(map(str, value.get("in", ())))
        return say("packs.when_in", field=value["field"], codes=codes)


def gaps_in_words(documents: Mapping[str, Table], speech: Speech = GERMAN) -> str:
    """Return what a draft still lacks: „Stelle „Mütter“: Angebot fehlt.“, "" when nothing is missing."""
    words = PackWords(SHIPPED, speech)
    told = dict.fromkeys(_gap(words, each, speech) for each in gaps(documents))
    return " ".join(told)


def _gap(words: "PackWords", gap: DraftGap, speech: Speech) -> str:
    facts = {"document": words.document(gap.path, gap.table), "member": words.member(gap.member)}
    if gap.member == TOO_EARLY:
        return speech.say("packs.asks_too_early", document=facts["document"], name=gap.entry)
    if not gap.entry:
        return speech.say("packs.lacks", **facts)
    return speech.say("packs.entry_lacks", entry=words.member(gap.entry), **facts)


def until(last: date, day: date, speech: Speech = GERMAN) -> str:
    """Return until when a pack counts, or that a newer one should be there."""
    return speech.say("packs.expired" if last < day else "packs.counts_until", day=last)


def _name(table: Table) -> str:
    return str(next((table[name] for name in _NAMES if table.get(name)), "–"))
