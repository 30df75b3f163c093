"""Keys by which persons who may be the same are found without looking at all of them."""

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, delete, insert

from kimdesk.domain.dates import PartialDate
from kimdesk.domain.records import Person
from kimdesk.store.folding import fold
from kimdesk.store.mapping import shape
from kimdesk.store.sql import Statement
from kimdesk.store.tables import person_key

CANDIDATES = 600  # persons compared at most; the rest share less with the one asked for

_KEYS_OF = Statement(person_key.select().where(person_key.c.person_id == bindparam("id_")))
_ADD = Statement(insert(person_key))
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
    """Return the keys of a person: how each name sounds, when she was born, and both at once."""
    names = [sound(fold(name)) for name in (family_name, given_names)]
    keys = {f"n{name}" for name in names if name}
    if birth_date:
        keys.add(f"b{birth_date.iso()}")
        keys |= {f"y{birth_date.year}{name}" for name in names if name}
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


def candidates(connection: Connection, keys: Iterable[str]) -> list[Person]:
    """Return the persons who share the most of ``keys``, at most ``CANDIDATES``."""
    wanted = sorted(keys)
    marks = ", ".join("?" * len(wanted))
    person = shape(Person)
    columns = ", ".join(f"person.{name}" for name in person.names)
    # Only question marks are put into the text, never a value.
    query = f"""
    SELECT {columns} FROM person JOIN
      (SELECT person_id, count(*) AS shared FROM person_key WHERE key IN ({marks})
       GROUP BY person_id ORDER BY shared DESC, person_id LIMIT ?) AS near ON near.person_id = person.id
    """  # noqa: S608
    return [person.decode(row) for row in connection.exec_driver_sql(query, (*wanted, CANDIDATES))]
