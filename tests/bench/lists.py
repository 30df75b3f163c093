"""A page of the list, a search and a save at 1k, 10k and 100k cases, against plain SQLite."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from kimdesk.casework import cases, people, records
from kimdesk.casework.cases import CaseQuery
from kimdesk.casework.desk import Desk
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.records import Case, Contact, Goal, Member, Person
from kimdesk.store.lists import ListedCase
from kimdesk.vault import Strength
from tests.bench.figures import Figure, side_by_side
from tests.bench.opening import PASSPHRASE

SIZES = (1_000, 10_000, 100_000)
BATCH = 500
FAMILIES = (
    "Osman",
    "Haddad",
    "Yılmaz",
    "Kowalenko",
    "Tesfay",
    "Müller",
    "Nguyễn",
    "Demir",
    "Gebre",
    "Traoré",
)
GIVEN = ("Amna", "Tarig", "Olena", "Ibrahim", "Selam", "Zohra", "Ömer", "Rojin", "Lan", "Ana-Maria", "Yusuf")
DAY = date(2026, 1, 5)
AGS = "05999001"


def figures(home: Path) -> Iterator[Figure]:
    """Yield the figures of each size; the vault grows from one to the next."""
    desk, _ = Desk.create(
        home / "vault",
        PASSPHRASE,
        name="Probe",
        user="",
        municipalities=(AGS,),
        strength=Strength.INTERACTIVE,
    )
    plain = _Plain(home / "plain.db")
    stored = 0
    for size in SIZES:
        fill(desk, stored, size)
        plain.fill(stored, size)
        stored = size
        yield from _figures(desk, plain, size)
    desk.close()


def fill(desk: Desk, start: int, stop: int) -> None:
    """Write small cases: a client, a goal and a contact each."""
    for first in range(start, stop, BATCH):
        with desk.writing() as writer:
            for number in range(first, min(first + BATCH, stop)):
                case = writer.put(Case(file_number=f"PRO-2026-{number:06}", ags=AGS, opened_on=DAY))
                person = writer.put(_person(number))
                writer.put(Member(case_id=case.id, person_id=person.id))
                writer.put(
                    Goal(case_id=case.id, text=f"Ziel {number}", due_on=DAY + timedelta(days=number % 900))
                )
                writer.put(Contact(case_id=case.id, held_on=DAY, content="Gespräch über Wohnung und Arbeit."))


def _person(number: int) -> Person:
    family = f"{FAMILIES[number % 10]}{number % 997:03}"
    born = PartialDate(1950 + number % 60, 1 + number % 12, 1 + number % 28)
    return Person(family_name=family, given_names=GIVEN[number % 11], birth_date=born)


def _figures(desk: Desk, plain: "_Plain", size: int) -> Iterator[Figure]:
    first = cases.list_page(desk, CaseQuery(), None, 50)
    floor, ours = side_by_side(plain.page, lambda: cases.list_page(desk, CaseQuery(), first.next, 50), 41)
    yield Figure(f"page of 50 of {size:,} cases", "plain SQLite, covering index", floor, ours, "≤ 2")
    floor, ours = side_by_side(
        plain.whole_page, lambda: cases.list_page(desk, CaseQuery(), first.next, 50), 41
    )
    against = f"plain SQLite, our {len(ListedCase._fields)} columns"
    yield Figure(f"page of 50 of {size:,} cases", against, floor, ours, "≤ 2")
    case = cases.peek(desk, first.rows[0].id)
    goals = [case.goals[0]]
    turn = count()

    def save() -> None:
        goals.append(records.save(desk, replace(goals[-1], text=f"Ziel {next(turn)}")))

    floor, ours = side_by_side(plain.save, save, 41)
    yield Figure(
        f"save one goal among {size:,} cases", "plain SQLite, WAL, FULL", floor, ours, "≤ 1.6 (statements)"
    )
    floor, ours = side_by_side(plain.page, lambda: cases.find(desk, "osman00", 50), 21)
    yield Figure(f"search as typed, {size:,} cases", "plain SQLite page of 50", floor, ours, "≤ 10 ms")
    born = PartialDate(1980, 5, 3)
    floor, ours = side_by_side(plain.page, lambda: people.similar(desk, "Osmann", "Amna", born), 11)
    yield Figure(
        f"duplicate check, {size:,} persons", "plain SQLite page of 50", floor, ours, "< 100 ms at 20k"
    )


def _listed(number: int) -> ListedCase:
    person, day = _person(number), DAY.isoformat()
    return ListedCase(
        case_id=f"{number:032}",
        sort_name=person.family_name.casefold(),
        name=f"{person.family_name}, {person.given_names}",
        file_number=f"PRO-2026-{number:06}",
        client_id=f"{number:032}",
        phase="access",
        ags=AGS,
        regime="",
        protected=0,
        next_due=day,
        next_rule="goal",
        next_facts='{"text":"Ziel"}',
        last_contact=day,
        changed=number,
        updated=f"{day}T09:00:00Z",
        status="active",
        worker="",
    )


class _Plain:
    """The floor: plain SQLite from the standard library.

    ``row`` has the few columns a list cannot do without, ``listed`` those of a row in KIMdesk's list.
    """

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.executescript(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
            "CREATE TABLE row(id TEXT PRIMARY KEY, sort TEXT, name TEXT, number TEXT, phase TEXT, due TEXT,"
            " rev INT);"
            "CREATE INDEX by_name ON row(sort, id, name, number, phase, due);"
            f"CREATE TABLE listed({', '.join(ListedCase._fields)}, PRIMARY KEY (status, sort_name, case_id))"
            " WITHOUT ROWID;"
            "CREATE TABLE goal(id TEXT PRIMARY KEY, case_id TEXT, text TEXT, due TEXT, level INT, rev INT);"
        )
        self._turn = count()

    def fill(self, start: int, stop: int) -> None:
        people_ = ((number, _person(number)) for number in range(start, stop))
        rows = [
            (
                f"{n:032}",
                p.family_name.casefold(),
                p.family_name,
                f"PRO-2026-{n:06}",
                "access",
                DAY.isoformat(),
                1,
            )
            for n, p in people_
        ]
        self._db.execute("BEGIN")
        self._db.executemany("INSERT INTO row VALUES (?,?,?,?,?,?,?)", rows)
        slots = ", ".join("?" * len(ListedCase._fields))
        self._db.executemany(f"INSERT INTO listed VALUES ({slots})", map(_listed, range(start, stop)))
        goals = [(f"{n:032}", f"{n:032}", f"Ziel {n}", DAY.isoformat(), None, 1) for n in range(start, stop)]
        self._db.executemany("INSERT INTO goal VALUES (?,?,?,?,?,?)", goals)
        self._db.execute("COMMIT")

    def page(self) -> object:
        columns = "id, sort, name, number, phase, due"
        query = f"SELECT {columns} FROM row WHERE (sort, id) > (?, ?) ORDER BY sort, id LIMIT 50"
        return self._db.execute(query, ("gebre008", "")).fetchall()

    def whole_page(self) -> object:
        query = (
            f"SELECT {', '.join(ListedCase._fields)} FROM listed"
            " WHERE status = ? AND (sort_name, case_id) > (?, ?) ORDER BY sort_name, case_id LIMIT 50"
        )
        return self._db.execute(query, ("active", "gebre008", "")).fetchall()

    def save(self) -> None:
        self._db.execute("BEGIN IMMEDIATE")
        self._db.execute(
            "UPDATE goal SET text=?, rev=rev+1 WHERE id=?", (f"Ziel {next(self._turn)}", f"{7:032}")
        )
        self._db.execute("COMMIT")
