"""The words of papers for clients: German, which leads, and the same in their languages.

A file ``resources/client_papers/<paper>/<language>.toml`` is one paper in one language (ISO 639-3); beside it
stand the words of all papers, ``common``. ``checked`` is false until a person who speaks it has read it
(„Übersetzung ungeprüft“).
"""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import msgspec

from kimdesk.catalogue.client_words import GERMAN
from kimdesk.catalogue.stack import Stack
from kimdesk.domain.errors import ContentError
from kimdesk.domain.sentences import filled, gaps
from kimdesk.forms.shape import shaped

if TYPE_CHECKING:
    from kimdesk.catalogue.catalogue import Catalogue

FOLDER: Final = "client_papers"
COMMON: Final = "common"
"""The words all papers share."""


class PaperWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One paper in one language; a translation is of the German text of the same ``version``."""

    version: int
    source: str
    valid_from: date
    checked: bool = False
    words: dict[str, str]

    def said(self, key: str, **facts: object) -> str:
        """Return the text ``key`` with ``facts`` in its gaps. Raises KeyError when there is no such text."""
        return filled(self.words[key], facts)


def parse(table: Mapping[str, Any], name: str) -> PaperWords:
    """Return the words that ``table`` holds. Raises ContentError E700 when it is broken."""
    return shaped(table, PaperWords, name)


def codes(stack: Stack) -> tuple[str, ...]:
    """Return the papers there are words of, and what all of them share."""
    return stack.folders(FOLDER)


def languages(catalogue: "Catalogue", code: str) -> dict[str, PaperWords]:
    """Return the words of the paper ``code`` with the common ones, by language (ISO 639-3), German first.

    A translation of another version is left out: where a Gemeinde has changed the German text, its
    translations no longer say the same. Raises ContentError E700 when there is no such paper, a file is
    broken, or a translation of this version lacks a text or a fact, or has one too many.
    """
    if code not in codes(catalogue.stack):
        raise ContentError("E700", name=f"{FOLDER}/{code}", place=GERMAN)
    own, shared = _fitting(catalogue.stack, code), _fitting(catalogue.stack, COMMON)
    return {each: _joined(own[each], shared[each]) for each in own if each in shared}


def _fitting(stack: Stack, code: str) -> dict[str, PaperWords]:
    folder = f"{FOLDER}/{code}"
    found = {
        each.name: parse(each.table, f"{folder}/{each.name}")
        for each in stack.folder(folder)
        if each.until is None
    }
    german = found.pop(GERMAN)
    fitting = {language: words for language, words in found.items() if words.version == german.version}
    for language, words in fitting.items():
        if unlike := differing(german, words):
            raise ContentError("E700", name=f"{folder}/{language}", place=unlike[0])
    return {GERMAN: german, **fitting}


def _joined(own: PaperWords, shared: PaperWords) -> PaperWords:
    checked = own.checked and shared.checked
    return msgspec.structs.replace(own, checked=checked, words={**shared.words, **own.words})


def differing(german: PaperWords, other: PaperWords) -> tuple[str, ...]:
    """Return the keys of texts that only one of the two has, or that tell other facts."""
    mine, theirs = ({key: gaps(text) for key, text in one.words.items()} for one in (german, other))
    return tuple(sorted(key for key in mine.keys() | theirs.keys() if mine.get(key) != theirs.get(key)))
