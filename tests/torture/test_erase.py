"""What was erased is found nowhere: in no table, no index, no free page, no unused end of a page, no log.

The disk itself is out of reach: flash memory and copying file systems may keep old blocks, encrypted, and
so do backups made before; docs/reliability.md says so.
"""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kimdesk.casework import cases, drafts, people, records
from kimdesk.casework.desk import Desk
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.records import Contact, Person
from kimdesk.domain.terms import Role
from kimdesk.store.folding import fold
from kimdesk.vault import database
from tests.conftest import PASSPHRASE
from tests.sync.exchange import Exchange
from tests.sync.exchange import exchange as desk_and_kreis
from tests.torture.clerk import DAY, Clerk
from tests.torture.raw import pages
from tests.vault.helpers import opened

__all__ = ["desk_and_kreis"]

PLANTED = ("Xyzzyquorl", "Zwölfkäsehoch", "Quittengeleeverein", "Vrxlbrmft")


def spellings() -> set[bytes]:
    words = {*PLANTED, *(part for word in PLANTED for part in (fold(word), *fold(word).split()))}
    texts = {form for word in words for form in (word, word.casefold(), word.upper(), json.dumps(word)[1:-1])}
    return {text.encode(code) for text in texts for code in ("utf-8", "utf-16-le")}


def plant(found: Exchange) -> str:
    """Put the words into everything a case can hold, among the work on other cases; return the case."""
    desk = found.desk
    work = Clerk(desk, random.Random(1), lambda ack: None)
    work.open_case()
    client = Person(family_name=PLANTED[0], street=PLANTED[1], birth_date=PartialDate(1990, 2, 3))
    case = cases.open_new(desk, client, opened_on=DAY)
    people.add_person(desk, case.id, Person(family_name=PLANTED[0], given_names=PLANTED[3]), Role.CHILD)
    for number in range(12):
        text = " ".join([*(f"wort{number}{each}" for each in range(300)), PLANTED[number % 4]])
        note = records.save(desk, Contact(case_id=case.id, held_on=DAY, content=text))
        work.note_contact()
    records.remove(desk, note)
    drafts.save_draft(desk, f"contact:{case.id}", {"content": PLANTED[2]})
    known = found.case(PLANTED[0])
    assert {case.id, known.case.id} <= {row.id for row in cases.find(desk, fold(PLANTED[0]))}
    found.round()
    cases.erase(desk, known.case.id)
    return case.id


def stored(desk: Desk) -> Iterator[tuple[str, Any]]:
    """Yield every value in every table, those behind the search index included."""
    with desk.vault.connection() as base:
        found = base.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        names = [name for (name,) in found]
        assert {"search_text_data", "search_name_data", "person_key", "sync_sent", "audit"} <= set(names)
        for name in names:
            for row in base.execute(f'SELECT * FROM "{name}"').fetchall():
                yield from ((name, value) for value in row)


def in_tables(desk: Desk) -> set[str]:
    wanted = spellings()
    return {name for name, value in stored(desk) if any(each in as_bytes(value) for each in wanted)}


def as_bytes(value: Any) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


def in_pages(folder: Path, key: bytearray) -> int:
    wanted = spellings()
    return sum(any(each in page for each in wanted) for page in pages(folder, key))


def test_what_was_erased_is_found_nowhere(desk_and_kreis: Exchange) -> None:
    folder = desk_and_kreis.home / "desk"
    key = desk_and_kreis.desk.vault.key
    case_id = plant(desk_and_kreis)
    assert {"person", "contact", "draft", "search_text_data"} <= in_tables(desk_and_kreis.desk)
    assert in_pages(folder, key) > 5, "the search finds what is there"

    cases.erase(desk_and_kreis.desk, case_id)
    assert in_tables(desk_and_kreis.desk) == set()
    assert in_pages(folder, key) == 0
    assert cases.find(desk_and_kreis.desk, PLANTED[0]) == ()
    desk_and_kreis.desk.close()
    assert in_pages(folder, opened(folder).key) == 0


def test_without_secure_delete_it_would_be_found_in_free_pages(
    desk_and_kreis: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The search has teeth."""
    desk_and_kreis.desk.close()
    careless = tuple(each.replace("secure_delete = ON", "secure_delete = OFF") for each in database._SETTINGS)
    assert careless != database._SETTINGS
    monkeypatch.setattr(database, "_SETTINGS", careless)
    desk_and_kreis.desk = Desk.unlock(desk_and_kreis.home / "desk", PASSPHRASE)
    cases.erase(desk_and_kreis.desk, plant(desk_and_kreis))
    assert in_tables(desk_and_kreis.desk) == set()
    assert in_pages(desk_and_kreis.home / "desk", desk_and_kreis.desk.vault.key) > 0
