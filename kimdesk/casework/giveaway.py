"""What in a text would give away who a case is about: names, file numbers, telephone, address.

Words are compared in their plain Latin form: Müller, Mueller and MUELLER are the same, and so are a name
and its transliteration.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kimdesk.domain.records import CaseFile, Person
from kimdesk.store.folding import fold

Kind = Literal["name", "file_number", "phone", "address"]

_WORD = re.compile(r"[^\W_]+")
_SHORT = 3  # letters of a name below which it only counts as written: „Li“ is no „li“
_DIGITS = 6  # of a telephone number below which it is none
_LONGEST = 8  # words a number or street may be spread over


@dataclass(frozen=True, slots=True)
class Giveaway:
    """Words of a text that point at somebody, and where they stand in it."""

    kind: Kind
    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a text: as written, in plain form, and its place."""

    written: str
    plain: str
    start: int
    end: int


def found(text: str, file: CaseFile) -> tuple[Giveaway, ...]:
    """Return what in ``text`` names somebody of the case, in the order of the text."""
    words = _words(text)
    names, phrases = _names(file.persons), _phrases(file)
    every = [*_named(words, names), *_phrased(text, words, phrases)]
    return tuple(_apart(sorted(every, key=lambda each: (each.start, -each.end))))


def redacted(text: str, file: CaseFile, instead: Mapping[Kind, str]) -> str:
    """Return ``text`` with what ``found`` finds replaced by the word of its kind."""
    parts, last = [], 0
    for each in found(text, file):
        parts += [text[last : each.start], instead[each.kind]]
        last = each.end
    return "".join([*parts, text[last:]])


def _words(text: str) -> list[_Word]:
    matches = _WORD.finditer(text)
    return [_Word(each[0], _plain(each[0]), each.start(), each.end()) for each in matches]


def _plain(word: str) -> str:
    return fold(word).replace(" ", "").replace("strasse", "str")


def _names(persons: Iterable[Person]) -> dict[str, set[str]]:
    """Return the words of all names in plain form, each with how it is written."""
    every: dict[str, set[str]] = {}
    for person in persons:
        spoken = (
            person.family_name, person.given_names, person.birth_name, person.call_name, person.german_name,
            person.alias, person.original_name,
        )  # fmt: skip
        for name in spoken:
            for word in _words(name):
                if word.plain:
                    every.setdefault(word.plain, set()).add(word.written)
    return every


def _named(words: Sequence[_Word], names: Mapping[str, set[str]]) -> Iterator[Giveaway]:
    for word in words:
        known = next((each for each in (word.plain, word.plain.removesuffix("s")) if each in names), None)
        if known and (len(known) >= _SHORT or word.written in names[known]):
            yield Giveaway("name", word.written, word.start, word.end)


def _phrases(file: CaseFile) -> dict[str, Kind]:
    """Return numbers and streets, run together in plain form."""
    every: dict[str, Kind] = {}
    for number in (file.case.file_number, *(each.azr_number for each in file.persons)):
        every[_together(number)] = "file_number"
    for person in file.persons:
        every.update(dict.fromkeys(_ways_to_call(person.phone), "phone"))
        every.update(dict.fromkeys(_ways_to_call(person.safe_contact), "phone"))
        every[_together(person.email)] = "phone"
        every[_together(person.street)] = "address"
        every[_together(re.sub(r"\s*\d+\s*\w?$", "", person.street))] = "address"
    elsewhere = (
        *(one.agency_file_number for one in file.measures),
        *(one.agency_file_number for one in file.regimes),
    )
    every.update({_together(number): "file_number" for number in elsewhere})
    return {phrase: kind for phrase, kind in every.items() if len(phrase) >= _SHORT + 1}


def _together(text: str) -> str:
    return "".join(each.plain for each in _words(text))


def _ways_to_call(number: str) -> Iterator[str]:
    digits = re.sub(r"\D", "", number)
    if len(digits) < _DIGITS:
        return
    core = re.sub("^(0049|49|0)", "", digits)
    yield from (digits, core, f"0{core}", f"49{core}", f"0049{core}")


def _phrased(text: str, words: Sequence[_Word], phrases: Mapping[str, Kind]) -> Iterator[Giveaway]:
    for first in range(len(words)):
        together = ""
        for word in words[first : first + _LONGEST]:
            together += word.plain
            if together in phrases:
                start = words[first].start
                yield Giveaway(phrases[together], text[start : word.end], start, word.end)


def _apart(sorted_ones: Iterable[Giveaway]) -> Iterator[Giveaway]:
    """Yield what does not lie within another one."""
    reached = 0
    for each in sorted_ones:
        if each.start >= reached:
            reached = each.end
            yield each
