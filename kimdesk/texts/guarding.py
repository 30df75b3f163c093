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
_TITLES = frozenset({"frau", "herr", "dr", "prof", "hr", "fr"})
_LEFT_OUT = "…"


class Guard:
    """Takes out of texts of one case what is of others; ``child`` and ``other`` stand there instead.

    ``own_names``: the client's own names may be read, as on a paper that bears them.
    """

    def __init__(self, file: CaseFile, child: str = "", other: str = "", *, own_names: bool = False) -> None:
        self._child = child or say("client.your_child")
        self._other = other or say("client.another_person")
        found = list(_secrets(file, self._child, self._other, own_names=own_names))
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


def _secrets(file: CaseFile, child: str, other: str, *, own_names: bool) -> Iterator[tuple[str, str]]:
    """Yield what must not be read and what stands there instead, longer pieces first."""
    free = _free(file.client, own_names=own_names)
    instead = {one.id: _relation(one, file, child, other) for one in file.persons}
    found = [pair for person in file.persons for pair in _of_person(person, file, instead[person.id])]
    found += [(word, _LEFT_OUT) for text in _thirds(file) for word in _named(text, file)]
    kept = {pair for pair in found if len(pair[0]) >= _LEAST and pair[0].casefold() not in free}
    yield from sorted(kept, key=lambda pair: (-len(pair[0]), pair))


def _free(client: Person | None, *, own_names: bool) -> frozenset[str]:
    """Return the client's own words that may stay."""
    if client is None:
        return frozenset()
    own = [call_name(client), *(_words(f"{client.given_names} {client.family_name}") if own_names else ())]
    return frozenset(one.casefold() for one in own)


def _of_person(person: Person, file: CaseFile, instead: str) -> Iterator[tuple[str, str]]:
    for words in (person.street, person.postcode, person.phone, person.email, person.safe_contact):
        yield words.strip(), _LEFT_OUT
    if any_shielded(file.persons):
        yield person.city.strip(), _LEFT_OUT
    family = (person.family_name, person.birth_name, person.german_name, person.alias, person.original_name)
    for word in (word for name in family for word in _words(name)):
        yield word, _LEFT_OUT
    given = (*_words(person.given_names), *_words(person.call_name))
    for word in given:
        yield word, instead
    if instead != _LEFT_OUT:
        for name in {person.given_names, person.call_name, *given} - {""}:
            yield f"{name} {person.family_name}".strip(), instead


def _thirds(file: CaseFile) -> Iterator[str]:
    """Yield the fields of a case that name people who are not in it."""
    yield from (one.agency_person for one in file.measures)
    yield from (one.agency_person for one in file.referrals)
    for contact in file.contacts:
        yield from (contact.interpreter_name, contact.participants)
    yield from (one.interpreter for one in file.goals)
    yield from (one.interpreter for one in file.consents)


def _named(text: str, file: CaseFile) -> Iterator[str]:
    """Yield the names in such a field, where rooms, numbers and offices stand beside them."""
    agencies = (*(one.agency for one in file.measures), *(one.agency for one in file.referrals))
    offices = {word.casefold() for agency in agencies for word in _words(agency)}
    ordinary = {*_TITLES, *say("client.beside_names").casefold().split()}
    for piece in re.split(r"[,;/()]", text):
        words = _words(piece)
        titled = not _TITLES.isdisjoint(word.casefold() for word in words)
        for word in words:
            plain = word[0].islower() or any(each.isdigit() for each in word)
            known = word.casefold() in ordinary or (not titled and word.casefold() in offices)
            if not plain and not known:
                yield word


def _relation(person: Person, file: CaseFile, child: str, other: str) -> str:
    if file.client is not None and person.id == file.client.id:
        return _LEFT_OUT
    role = next((one.role for one in file.members if one.person_id == person.id), None)
    return child if role is Role.CHILD else other


def _words(text: str) -> list[str]:
    return re.findall(r"[\w’'-]+", text)
