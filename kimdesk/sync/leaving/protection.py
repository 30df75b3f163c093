"""Which cases are shielded: those that could tell where somebody lives whose address is protected.

Protected is whoever is marked so (``domain.shielding``). Whoever shares a case with them, or an address,
could lead to them; whoever shares one with those could as well. All of them are shielded, whatever was
agreed to (docs/decisions/0039).
"""

from collections.abc import Iterator
from typing import Final

from sqlalchemy import ColumnElement, Connection, FromClause, and_, delete, insert, or_, select

from kimdesk.domain.addresses import House, house
from kimdesk.domain.records import Member, Person
from kimdesk.store.dialect import as_json, listed
from kimdesk.store.shielding import shielded
from kimdesk.store.sql import Statement
from kimdesk.store.tables import RECORD_TABLES, change
from kimdesk.sync.tables import sync_address

_BATCH: Final = 5000
_PERSON = RECORD_TABLES[Person]
_ADDRESSES: Final = Statement(
    select(_PERSON.c.id, _PERSON.c.street, _PERSON.c.postcode, _PERSON.c.city).where(
        _PERSON.c.id.in_(listed("ids")), _PERSON.c.street != ""
    ),
    "ids",
)

_FORGET: Final = Statement(delete(sync_address).where(sync_address.c.person_id.in_(listed("ids"))), "ids")
_NOTE: Final = Statement(insert(sync_address), "person_id", *House._fields)


def note_addresses(connection: Connection, looked: int) -> None:
    """Note how the addresses of persons that changed since the change ``looked`` are compared."""
    changed = select(change.c.record_id).where(change.c.kind == "person", change.c.seq > looked)
    ids = [row[0] for row in connection.execute(changed)]
    known: dict[tuple[str, str, str], House] = {}
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        _FORGET.run(connection, as_json(batch))
        _NOTE.run_all(connection, _houses(connection, batch, known))


def shielded_cases(connection: Connection) -> frozenset[str]:
    """Return the cases that are shielded, from those who are protected along shared cases and addresses."""
    near = select(_PERSON.c.id.label("person_id")).where(shielded()).cte("near", recursive=True)
    mine, theirs = RECORD_TABLES[Member].alias("mine"), RECORD_TABLES[Member].alias("theirs")
    here, there = sync_address.alias("here"), sync_address.alias("there")
    by_case = (
        select(theirs.c.person_id)
        .join_from(near, mine, mine.c.person_id == near.c.person_id)
        .join(theirs, theirs.c.case_id == mine.c.case_id)
    )
    by_address = (
        select(there.c.person_id)
        .join_from(near, here, here.c.person_id == near.c.person_id)
        .join(there, _same_house(here, there))
    )
    near = near.union(by_case, by_address)
    member = RECORD_TABLES[Member].c
    found = select(member.case_id).where(member.person_id.in_(select(near.c.person_id))).distinct()
    return frozenset(row[0] for row in connection.execute(found))


def _houses(
    connection: Connection, person_ids: list[str], known: dict[tuple[str, str, str], House]
) -> Iterator[tuple[str, ...]]:
    """Yield where persons live; ``known``: what addresses have been looked at already."""
    for person_id, *written in _ADDRESSES.rows(connection, as_json(person_ids)):
        address = street, postcode, city = tuple(written)
        found = known.get(address) or known.setdefault(address, house(street, postcode, city))
        if found.street:
            yield person_id, *found


def _same_house(here: FromClause, there: FromClause) -> ColumnElement[bool]:
    """Say "the same street and number, in the same place as far as anybody knows"."""

    def unknown(name: str) -> ColumnElement[bool]:
        return or_(here.c[name] == "", there.c[name] == "", here.c[name] == there.c[name])

    same_postcode = and_(here.c.postcode != "", here.c.postcode == there.c.postcode)
    return and_(
        here.c.street == there.c.street, or_(same_postcode, and_(unknown("postcode"), unknown("city")))
    )
