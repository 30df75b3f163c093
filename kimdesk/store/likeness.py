"""Keys by which persons who may be the same are found without looking at all of them."""

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, insert, select

import resources
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.phonetics import cologne
from kimdesk.domain.records import Person
from kimdesk.store.folding import fold
from kimdesk.store.sql import Row, Statement
from kimdesk.store.tables import RECORD_TABLES, person_key

MOST = 300  # persons compared at most; the others share less with the one asked for
_PER_KEY = 3_000  # persons looked at for one key; a name that more of them bear tells little

_WEIGHTS = {"y": 3, "b": 2, "e": 2, "n": 1}

_KEYS_OF = Statement(person_key.select().where(person_key.c.person_id == bindparam("id_")))
_ADD = Statement(insert(person_key))
_WITH_KEY = Statement(
    select(person_key.c.person_id).where(person_key.c.key == bindparam("key_")).limit(_PER_KEY)
)
_PERSON_TABLE = RECORD_TABLES[Person].c
_PERSON = Statement(
    select(_PERSON_TABLE.family_name, _PERSON_TABLE.given_names, _PERSON_TABLE.birth_date).where(
        _PERSON_TABLE.id == bindparam("id_")
    )
)
_EVERYBODY = Statement(
    select(_PERSON_TABLE.id, _PERSON_TABLE.family_name, _PERSON_TABLE.given_names, _PERSON_TABLE.birth_date)
)
_FORGET = Statement(delete(person_key).where(person_key.c.person_id == bindparam("id_")))

_SPELLINGS = resources.read_toml("rules/likeness.toml")["spelling"]
_PARTICLES = frozenset(resources.read_toml("rules/likeness.toml")["particles"])
_SHORTEST = 3  # letters of a word that tells something alone


def sounds(name: str) -> set[str]:
    """Return how a folded ``name`` sounds: its longest word, all words in one and those without particles.

    Each is heard as written and respelled, which makes one of the ways to put a foreign name into Latin
    letters (Khaled, Chaled).
    """
    words = name.split()
    bare = "".join(word for word in words if word not in _PARTICLES)
    forms = {max(words, key=len, default=""), "".join(words), bare}
    heard = {cologne(form) for each in forms for form in (each, respelled(each))}
    return {digits for digits in heard if digits.strip("0")}


@lru_cache(maxsize=4096)
def respelled(name: str) -> str:
    """Return a folded ``name`` in the one spelling its variants share; none that anybody writes."""
    for one in _SPELLINGS:
        name = name.replace(one["from"], one["to"])
    return name


def keys_for(family_name: str, given_names: str, birth_date: PartialDate | None) -> set[str]:
    """Return the keys of a person: each name as it is, by words and sound, her birth, sound with year."""
    names = [name for name in (fold(family_name), fold(given_names)) if name]
    heard = {sound for name in names for sound in sounds(name)}
    words = {word for name in names for word in name.split() if " " in name and len(word) >= _SHORTEST}
    keys = {f"e{name}" for name in names} | {f"n{sound}" for sound in heard}
    keys |= {f"e{word}" for word in words - _PARTICLES}
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
    _index(connection, Candidate(person.id, person.family_name, person.given_names, person.birth_date))


def forget_person(connection: Connection, person_id: str) -> None:
    """Drop the keys of a person who is removed."""
    _FORGET.run(connection, person_id)


class Candidate(NamedTuple):
    """As much of a person as it takes to compare her with another."""

    person_id: str
    family_name: str
    given_names: str
    birth_date: PartialDate | None


def candidates(connection: Connection, keys: Iterable[str]) -> list[Candidate]:
    """Return the persons who share the most of ``keys``, at most ``MOST`` of them."""
    shared: Counter[str] = Counter()
    for key in keys:
        shared.update(dict.fromkeys((row[0] for row in _WITH_KEY.rows(connection, key)), _weight(key)))
    rows = [(person_id, _PERSON.first(connection, person_id)) for person_id, _ in shared.most_common(MOST)]
    return [_candidate(person_id, row) for person_id, row in rows if row]


def _index(connection: Connection, one: Candidate) -> None:
    wanted = keys_for(one.family_name, one.given_names, one.birth_date)
    known = {row[1] for row in _KEYS_OF.rows(connection, one.person_id)}
    if wanted == known:
        return
    forget_person(connection, one.person_id)
    for key in sorted(wanted):
        _ADD.run(connection, one.person_id, key)


def _weight(key: str) -> int:
    return _WEIGHTS[key[0]]


def _candidate(person_id: str, row: Row) -> Candidate:
    return Candidate(person_id, row[0], row[1], PartialDate.parse(row[2]) if row[2] else None)
