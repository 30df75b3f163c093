"""Keys by which persons who may be the same are found without looking at all of them."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, insert, select

from kimdesk.domain.dates import PartialDate
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
_FORGET = Statement(delete(person_key).where(person_key.c.person_id == bindparam("id_")))

# Kölner Phonetik (Postel 1969), for the letters that are left after folding.
_SOUNDS = dict.fromkeys("aeijouy", "0") | dict.fromkeys("bp", "1") | dict.fromkeys("dt", "2")
_SOUNDS |= dict.fromkeys("fvw", "3") | dict.fromkeys("gkqcx", "4") | {"l": "5", "r": "7"}
_SOUNDS |= dict.fromkeys("mn", "6") | dict.fromkeys("sz", "8") | {"h": ""}


def sound(name: str) -> str:
    """Return how the first long word of a folded ``name`` sounds, simplified from Kölner Phonetik."""
    word = max(name.split(), key=len, default="")
    word = word.replace("ph", "f").replace("sch", "s").replace("sh", "s").replace("ch", "k").replace("j", "i")
    codes = [_SOUNDS.get(letter, "") for letter in word]
    together = "".join(code for place, code in enumerate(codes) if place == 0 or code != codes[place - 1])
    return together[:1] + together[1:].replace("0", "")


def keys_for(family_name: str, given_names: str, birth_date: PartialDate | None) -> set[str]:
    """Return the keys of a person: each name exactly and by its sound, her birth, and sound with year."""
    names = [name for name in (fold(family_name), fold(given_names)) if name]
    sounds = {sound(name) for name in names} - {""}
    keys = {f"e{name}" for name in names} | {f"n{each}" for each in sounds}
    if birth_date:
        keys |= {f"b{birth_date.iso()}", *(f"y{birth_date.year}{each}" for each in sounds)}
    return keys


def index_person(connection: Connection, person: Person) -> None:
    """Keep the keys of a saved person up to date."""
    wanted = keys_for(person.family_name, person.given_names, person.birth_date)
    known = {row[1] for row in _KEYS_OF.rows(connection, person.id)}
    if wanted == known:
        return
    forget_person(connection, person.id)
    for key in sorted(wanted):
        _ADD.run(connection, person.id, key)


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


def _weight(key: str) -> int:
    return _WEIGHTS[key[0]]


def _candidate(person_id: str, row: Row) -> Candidate:
    return Candidate(person_id, row[0], row[1], PartialDate.parse(row[2]) if row[2] else None)
