"""What must not be read where the client alone is meant: on the screen turned to them, on their papers.

Names of other people, family names, addresses and ways to reach somebody are taken out of every text.
"""

import re
from collections.abc import Iterator

from kimdesk.domain.naming import call_name
from kimdesk.domain.records import CaseFile, Person
from kimdesk.domain.shielding import any_shielded
from kimdesk.domain.terms import Role
from kimdesk.texts.speech import say

_LEAST = 2  # shorter pieces of names would be found in ordinary words
_TITLES = {"frau", "herr", "dr", "prof", "hr", "fr"}
_LEFT_OUT = "…"


class Guard:
    """Takes out of texts of one case what is of others; ``child`` and ``other`` stand there instead."""

    def __init__(self, file: CaseFile, child: str = "", other: str = "") -> None:
        self._child = child or say("client.your_child")
        self._other = other or say("client.another_person")
        found = list(_secrets(file, self._child, self._other))
        self._instead = {words.casefold(): instead for words, instead in reversed(found)}
        every = "|".join(re.escape(words) for words, _ in found) or "(?!)"
        self._secrets = re.compile(rf"(?<!\w)(?:{every})(?!\w)", re.IGNORECASE)

    def __call__(self, text: str) -> str:
        """Return ``text`` without names of others, family names, addresses and ways to reach somebody."""
        text = self._secrets.sub(lambda one: self._instead.get(one[0].casefold(), _LEFT_OUT), text)
        for whole in (self._child, self._other):
            text = re.sub(rf"{re.escape(whole)}( {_LEFT_OUT})+", whole, text)
        return " ".join(text.split())


def guarded(text: str, file: CaseFile) -> str:
    """Return ``text`` in German as ``Guard`` lets it be read."""
    return Guard(file)(text)


def _secrets(file: CaseFile, child: str, other: str) -> Iterator[tuple[str, str]]:
    """Yield what must not be read and what stands there instead, longer pieces first."""
    own = call_name(file.client).casefold() if file.client else ""
    instead = {one.id: _relation(one, file, child, other) for one in file.persons}
    found = [pair for person in file.persons for pair in _of_person(person, file, instead[person.id])]
    for third in (
        *(one.agency_person for one in file.measures),
        *(one.agency_person for one in file.referrals),
        *(one.interpreter_name or one.participants for one in file.contacts),
        *(one.interpreter for one in file.goals),
    ):
        found += [(word, _LEFT_OUT) for word in _words(third) if word.casefold() not in _TITLES]
    kept = {(words, instead) for words, instead in found if len(words) >= _LEAST and words.casefold() != own}
    yield from sorted(kept, key=lambda pair: (-len(pair[0]), pair))


def _of_person(person: Person, file: CaseFile, instead: str) -> Iterator[tuple[str, str]]:
    for words in (person.street, person.postcode, person.phone, person.email, person.safe_contact):
        yield words.strip(), _LEFT_OUT
    if any_shielded(file.persons):
        yield person.city.strip(), _LEFT_OUT
    family = (person.family_name, person.birth_name, person.german_name, person.alias, person.original_name)
    for word in (word for name in family for word in _words(name)):
        yield word, _LEFT_OUT
    for word in (*_words(person.given_names), *_words(person.call_name)):
        yield word, instead


def _relation(person: Person, file: CaseFile, child: str, other: str) -> str:
    if file.client is not None and person.id == file.client.id:
        return _LEFT_OUT
    role = next((one.role for one in file.members if one.person_id == person.id), None)
    return child if role is Role.CHILD else other


def _words(text: str) -> list[str]:
    return re.findall(r"[\w’'-]+", text)
