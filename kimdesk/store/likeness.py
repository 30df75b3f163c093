"""Keys by which persons who may be the same are found without looking at all of them."""

from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache
from heapq import nsmallest
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, insert, select, union_all

from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.phonetics import cologne
from kimdesk.domain.records import Person
from kimdesk.store.dialect import as_json, listed
from kimdesk.store.folding import fold
from kimdesk.store.sql import Row, Statement
from kimdesk.store.tables import RECORD_TABLES, person_key

MOST = 300  # persons compared at most; the others share less with the one asked for
_AT_ONCE = 100  # keys of one statement; a person has about twenty
_PER_KEY = 3_000  # persons looked at for one key; a name that more of them bear tells little

_WEIGHTS = {"y": 3, "b": 2, "e": 2, "n": 1}

_KEYS_OF = Statement(person_key.select().where(person_key.c.person_id == bindparam("id_")))
_ADD = Statement(insert(person_key))
_PERSON_TABLE = RECORD_TABLES[Person].c
_NAMES = (
    "family_name",
    "given_names",
    "birth_name",
    "call_name",
    "german_name",
    "alias",
    "original_name",
)
_everybody = select(_PERSON_TABLE.id, _PERSON_TABLE.birth_date, *(_PERSON_TABLE[name] for name in _NAMES))
_EVERYBODY = Statement(_everybody)
_PERSONS = Statement(_everybody.where(_PERSON_TABLE.id.in_(listed("ids"))), "ids")
_FORGET = Statement(delete(person_key).where(person_key.c.person_id == bindparam("id_")))

_SHORTEST = 3  # letters of a word that tells something alone


def sounds(name: str) -> set[str]:
    """Return how a folded ``name`` sounds: its longest word, all words in one and those without particles.

    Each is heard as written and respelled, which makes one of the ways to put a foreign name into Latin
    letters (Khaled, Chaled).
    """
    words = name.split()
    bare = "".join(word for word in words if word not in SHIPPED.rules.likeness.particles)
    forms = {max(words, key=len, default=""), "".join(words), bare}
    heard = {cologne(form) for each in forms for form in (each, respelled(each))}
    return {digits for digits in heard if digits.strip("0")}


@lru_cache(maxsize=4096)
def respelled(name: str) -> str:
    """Return a folded ``name`` in the one spelling its variants share; none that anybody writes."""
    for one in SHIPPED.rules.likeness.spellings:
        name = name.replace(one.letters, one.to)
    return name


def keys_for(names: Iterable[str], birth_date: PartialDate | None) -> set[str]:
    """Return the keys of a person: each name as it is, by words and sound, her birth, sound with year."""
    folded = {name for name in map(fold, names) if name}
    heard = {sound for name in folded for sound in sounds(name)}
    words = {word for name in folded for word in name.split() if " " in name and len(word) >= _SHORTEST}
    keys = {f"e{name}" for name in folded} | {f"n{sound}" for sound in heard}
    keys |= {f"e{word}" for word in words - SHIPPED.rules.likeness.particles}
    if birth_date:
        keys |= {f"b{birth_date.iso()}", *(f"y{birth_date.year}{sound}" for sound in heard)}
    return keys


def rekey(connection: Connection) -> None:
    """Find the keys of all persons anew, after another way to find them."""
    connection.exec_driver_sql("DELETE FROM person_key")
    for person_id, *row in _EVERYBODY.rows(connection):
        _index(connection, _candidate(person_id, row))


def index_person(connection: Connection, person: Person) -> None:
    """Keep the keys of a saved person up to date."""
    _index(connection, Candidate(person.id, person.birth_date, *(getattr(person, name) for name in _NAMES)))


def forget_person(connection: Connection, person_id: str) -> None:
    """Drop the keys of a person who is removed."""
    _FORGET.run(connection, person_id)


class Candidate(NamedTuple):
    """As much of a person as it takes to compare her with another."""

    person_id: str
    birth_date: PartialDate | None
    family_name: str
    given_names: str
    birth_name: str = ""
    call_name: str = ""
    german_name: str = ""
    alias: str = ""
    original_name: str = ""

    @property
    def family_names(self) -> tuple[str, ...]:
        """Return the names she bears or bore as her family's."""
        return self._given(self.family_name, self.birth_name)

    @property
    def own_names(self) -> tuple[str, ...]:
        """Return the names she is called by."""
        return self._given(self.given_names, self.call_name)

    @property
    def other_names(self) -> tuple[str, ...]:
        """Return names that stand for all of her name: under German law, in other script, an alias."""
        return self._given(self.german_name, self.original_name, self.alias)

    @property
    def every_name(self) -> tuple[str, ...]:
        """Return all of these."""
        return (*self.family_names, *self.own_names, *self.other_names)

    @staticmethod
    def _given(*names: str) -> tuple[str, ...]:
        return tuple(name for name in names if name)


def candidates(connection: Connection, keys: Iterable[str]) -> list[Candidate]:
    """Return the persons who share the most of ``keys``, at most ``MOST`` of them."""
    shared: Counter[str] = Counter()
    asked = sorted(keys)
    for start in range(0, len(asked), _AT_ONCE):
        some = asked[start : start + _AT_ONCE]
        for person_id, key in _sharing(len(some)).rows(connection, *some):
            shared[person_id] += _WEIGHTS[key[0]]
    if not shared:
        return []
    nearest = nsmallest(MOST, shared, key=lambda person_id: (-shared[person_id], person_id))
    rows = _PERSONS.rows(connection, as_json(nearest))
    return [_candidate(person_id, row) for person_id, *row in rows]


@cache
def _sharing(number: int) -> Statement:
    """Select persons and keys for so many keys, at most ``_PER_KEY`` persons of each."""
    names = [f"key_{place}" for place in range(number)]
    parts = (
        select(person_key.c.person_id, person_key.c.key)
        .where(person_key.c.key == bindparam(name))
        .limit(_PER_KEY)
        .subquery()
        for name in names
    )
    return Statement(union_all(*(select(part) for part in parts)), *names)


def _index(connection: Connection, one: Candidate) -> None:
    wanted = keys_for(one.every_name, one.birth_date)
    known = {row[1] for row in _KEYS_OF.rows(connection, one.person_id)}
    if wanted == known:
        return
    if known:
        forget_person(connection, one.person_id)
    _ADD.run_all(connection, ((one.person_id, key) for key in sorted(wanted)))


def _candidate(person_id: str, row: Row) -> Candidate:
    return Candidate(person_id, PartialDate.parse(row[0]) if row[0] else None, *row[1:])
