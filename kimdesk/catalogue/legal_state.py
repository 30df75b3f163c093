"""What each content of a catalogue says of itself: its source, the state of the law, and its check.

Read from the documents as they are, whatever kind they are of: a document with a ``source``, or each of its
entries that has one of its own. Nothing is taken for checked that does not say so.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from kimdesk.catalogue import paper_words
from kimdesk.catalogue.layers import Table
from kimdesk.catalogue.stack import Document, Stack
from kimdesk.domain.law.periods import Length, later
from kimdesk.domain.law.spans import SpanName

if TYPE_CHECKING:
    from kimdesk.catalogue.catalogue import Catalogue

FOLDERS: Final = (
    "rules",
    "services",
    "forms",
    "forms/records",
    "chains",
    "regime_changes",
    "letters",
    "templates",
    "documents",
    "codelists",
    "client",
    "municipalities",
    "indicators",
    "reports",
    "network",
)
"""Where documents with a source stand, in the order they are shown; after them the words of each paper."""

_OWN: Final = "Eigener Vorschlag"
_LAW: Final = re.compile(r"§|Art\.|Stand \d")
_STATE: Final = re.compile(r"\bStand (\d{2})\.(\d{2})\.(\d{4})")
_FACT: Final = re.compile(r"\{\w+\}")
_NAMES: Final = ("title", "name", "label", "reason", "why")
_KEYS: Final = ("code", "law", "delivery", "one", "other", "from_regimes", "to_regimes", "language")


class Reliance(StrEnum):
    """How far a content can be relied on."""

    CHECKED = "checked"  # compared with its source
    UNCHECKED = "unchecked"  # nobody has compared it yet
    OWN = "own"  # the program's own proposal: there is no law behind it


class Time(StrEnum):
    """How a content stands to the day."""

    IN_FORCE = "in_force"
    COMING = "coming"
    REPLACED = "replaced"  # a later version is in force
    PASSED = "passed"  # its last day is over and nothing came after it
    OLD = "old"  # in force, but the state of the law it was read in is long ago


class Stated(NamedTuple):
    """One content: its ``group`` is a folder, of the rules the name of the document."""

    group: str
    code: str
    title: str  # empty: only its code names it
    version: int | None
    source: str
    state: date | None  # the state of the law it was read in; None: it does not say
    reliance: Reliance
    valid_from: date | None
    valid_until: date | None
    time: Time = Time.IN_FORCE
    hides: date | None = None  # the later state of what is shipped, in whose place a layer says this

    @property
    def began(self) -> date:
        """Return its first day; one that names none was always in force."""
        return self.valid_from or date.min

    @property
    def to_do(self) -> bool:
        """Return whether somebody has to look at it: unchecked, passed, long ago, hiding what is newer."""
        if self.time in {Time.REPLACED, Time.COMING}:
            return False
        looked_at = self.reliance is not Reliance.UNCHECKED and self.time not in {Time.PASSED, Time.OLD}
        return self.hides is not None or not looked_at


def of(catalogue: "Catalogue", on: date) -> tuple[Stated, ...]:
    """Return every content of ``catalogue`` as it stands on the day ``on``."""
    return stated(catalogue.stack, on, catalogue.rules.agenda.spans.length(SpanName.CONTENT_REVIEW, on))


def unchecked(contents: Iterable[Stated]) -> int:
    """Return how many of ``contents`` that are or will be in force nobody has compared with their source."""
    return sum(one.reliance is Reliance.UNCHECKED and one.time is not Time.REPLACED for one in contents)


def stated(stack: Stack, on: date, review: Length) -> tuple[Stated, ...]:
    """Return every content of ``stack`` as it stands on the day ``on``.

    What was read in a state of the law longer ago than ``review`` is old.
    """
    folders = (*FOLDERS, *(f"{paper_words.FOLDER}/{code}" for code in paper_words.codes(stack)))
    found = {
        (one.group, one.code, one.version, one.valid_from): one
        for folder in folders
        for document in stack.folder(folder)
        if document.until is None
        for one in _contents(folder, document)
    }
    hidden = _hidden(stack, folders)
    newest: dict[tuple[str, str], date] = {}
    for one in found.values():
        for code in {one.code, _whole(one)} if one.began <= on else ():
            newest[one.group, code] = max(newest.get((one.group, code), date.min), one.began)
    return tuple(
        one._replace(
            time=_time(one, on, newest.get((one.group, _whole(one))), review), hides=_hides(one, hidden)
        )
        for one in found.values()
    )


def _whole(one: Stated) -> str:
    """Return the document a content stands in, by its name without a version; a rule itself."""
    return one.code.partition("/")[0]


_Key = tuple[str, str, int | None]


def _hidden(stack: Stack, folders: Iterable[str]) -> dict[_Key, date]:
    """Return the state of the law of what is shipped and has something of a layer in its place."""
    every = (
        one for folder in folders for document in stack.hidden(folder) for one in _contents(folder, document)
    )
    states: dict[_Key, date] = {}
    for one in every:
        key = one.group, one.code, one.version
        states[key] = max(states.get(key, date.min), one.state or date.min)
    return states


def _hides(one: Stated, hidden: Mapping[_Key, date]) -> date | None:
    shipped = hidden.get((one.group, one.code, one.version))
    return shipped if shipped and shipped > (one.state or date.min) else None


def _time(one: Stated, on: date, newest: date | None, review: Length) -> Time:
    if one.began > on:
        return Time.COMING
    if newest and one.began < newest:
        return Time.REPLACED
    if one.valid_until and one.valid_until < on:
        return Time.PASSED
    own = one.reliance is Reliance.OWN
    return Time.OLD if one.state and not own and later(one.state, review) < on else Time.IN_FORCE


def _contents(folder: str, document: Document) -> Iterator[Stated]:
    table, name = document.table, document.name
    group, _, paper = folder.partition("/") if folder.startswith(paper_words.FOLDER) else (folder, "", "")
    group = name if folder == "rules" else group
    if "source" in table:
        code = name.partition("@")[0]
        yield _content(group, f"{paper}/{code}" if paper else code, table, table)
    for code, entry in _entries(table):
        inside = code if folder == "rules" else f"{name.partition('@')[0]}/{code}"
        yield _content(group, inside, entry, table)


def _entries(table: Table) -> Iterator[tuple[str, Table]]:
    """Yield what stands in lists and tables of a document and has a source of its own, by its code."""
    for key, value in table.items():
        if isinstance(value, Mapping):
            within = ((str(code), entry) for code, entry in value.items())
        elif isinstance(value, list):
            within = ((_code(entry), entry) for entry in value if isinstance(entry, Mapping))
        else:
            continue
        for code, entry in within:
            if isinstance(entry, Mapping) and _FACT.sub("", str(entry.get("source", ""))):
                yield f"{key}.{code}", entry


def _code(entry: Table) -> str:
    parts = (entry[key] for key in _KEYS if entry.get(key))
    return " ".join("+".join(part) if isinstance(part, list) else str(part) for part in parts)


def _content(group: str, code: str, entry: Table, document: Table) -> Stated:
    source = str(entry.get("source", ""))
    version = entry.get("version", document.get("version"))
    return Stated(
        group=group,
        code=code,
        title=_title(entry),
        version=int(version) if isinstance(version, int) else None,
        source=source,
        state=_day(entry.get("state")) or _in_words(source) or _day(document.get("state"))
        or _in_words(str(document.get("source", ""))),
        reliance=_reliance(source, entry.get("checked", False)),
        valid_from=_day(entry.get("valid_from")) or _day(document.get("valid_from")),
        valid_until=_day(entry.get("valid_until")) or _day(document.get("valid_until")),
    )  # fmt: skip


def _reliance(source: str, checked: object) -> Reliance:
    if source.startswith(_OWN) and not _LAW.search(source):
        return Reliance.OWN
    return Reliance.CHECKED if checked is True else Reliance.UNCHECKED


def _title(entry: Table) -> str:
    """Return what it is called; facts that are filled in later are left open („… ohne Leistung“)."""
    for name in _NAMES:
        text = _FACT.sub("…", str(entry.get(name, ""))).strip()
        if text.strip("… "):
            return text
    return ""


def _in_words(source: str) -> date | None:
    found = _STATE.search(source.replace("\u00a0", " "))
    if not found:
        return None
    day, month, year = (int(part) for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day(value: object) -> date | None:
    """Return a date of TOML, or of a pack, where it is text."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
