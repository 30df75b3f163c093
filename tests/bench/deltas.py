"""A bundle of ten changes out of many cases, against a bundle of a desk that has ten cases in all.

The large vault is filled below the casework, as after a bundle that has arrived, and kept in ``build``.
"""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import insert

from kimdesk.casework import records
from kimdesk.casework.desk import Desk
from kimdesk.domain import dates
from kimdesk.domain.consent import KREIS
from kimdesk.domain.identity import new_id
from kimdesk.domain.kinds import kind_of
from kimdesk.domain.records import Case, Consent, Goal, Member, Person, Record
from kimdesk.store.mapping import shape
from kimdesk.store.tables import change
from kimdesk.store.work import Writer
from kimdesk.sync.leaving import rescope
from kimdesk.sync.leaving.export import begin, export
from kimdesk.sync.tables import sync_sent
from kimdesk.sync.trust import device
from tests.bench.figures import Figure, side_by_side
from tests.bench.lists import AGS, DAY, fill
from tests.bench.opening import PASSPHRASE
from tests.bench.pair import make_pair

CASES = 100_000
CHANGES = 10
KINDS = ("person", "household", "goals", "contacts")
RUNS = 9
KEPT = Path("build") / f"bench-delta-{CASES}"
_BATCH = 5_000


def figures(home: Path) -> Iterator[Figure]:
    """Yield the export of a few changes after the Kreis has confirmed everything else."""
    few, many = home / "few", home / "many"
    make_pair(few, (AGS,))
    with Desk.unlock(few / "desk", PASSPHRASE) as desk:
        fill(desk, 0, CHANGES)
        _agree(desk)
    if not KEPT.exists():
        _make_large(home / "large")
        shutil.copytree(home / "large", KEPT)
    shutil.copytree(KEPT, many)
    with Desk.unlock(few / "desk", PASSPHRASE) as small, Desk.unlock(many / "desk", PASSPHRASE) as large:
        _change(large)
        floor, ours = side_by_side(
            lambda: export(small, few / "stick"), lambda: export(large, many / "stick"), RUNS
        )
    against = f"export of {CHANGES} cases in all"
    yield Figure(f"export {CHANGES} changes of {CASES:,} cases", against, floor, ours, "≤ 1.5")


def _agree(desk: Desk) -> None:
    """Let the newest cases be shared with names."""
    with desk.reading() as reader:
        last = f"SELECT id FROM kim_case ORDER BY rowid DESC LIMIT {CHANGES}"
        found = [row[0] for row in reader.connection.exec_driver_sql(last)]
    with desk.writing() as writer:
        for case_id in found:
            writer.put(_consent(case_id))


def _consent(case_id: str) -> Consent:
    return Consent(case_id=case_id, recipient=KREIS, kinds=KINDS, purpose="reporting", given_on=DAY)


def _change(desk: Desk) -> None:
    with desk.reading() as reader:
        last = f"SELECT id FROM goal ORDER BY rowid DESC LIMIT {CHANGES}"
        some = reader.connection.exec_driver_sql(last).all()
        goals = [goal for (goal_id,) in some if (goal := reader.get(Goal, goal_id))]
    for goal in goals:
        records.save(desk, replace(goal, text="Ein anderes Ziel"))


def _make_large(home: Path) -> None:
    make_pair(home, (AGS,))
    with Desk.unlock(home / "desk", PASSPHRASE) as desk:
        device.prepare(desk)
        for start in range(0, CASES, _BATCH):
            with desk.writing() as writer:
                _insert(writer, [_case(number) for number in range(start, start + _BATCH)])
        fill(desk, 0, CHANGES)
        _agree(desk)
        with desk.writing() as writer:
            begin(desk, writer, (AGS,), dates.now())
            state = device.read_state(writer)
            last = rescope.head(writer.connection)
            device.save_state(writer, msgspec.structs.replace(state, received=last, looked=last))


def _case(number: int) -> tuple[Record, ...]:
    case = Case(id=new_id(), file_number=f"PRO-2026-{number:06}", ags=AGS, opened_on=DAY)
    person = Person(id=new_id(), family_name=f"Osman{number}", given_names="Amna")
    member = Member(id=new_id(), case_id=case.id, person_id=person.id)
    goal = Goal(id=new_id(), case_id=case.id, text=f"Ziel {number}")
    return case, person, member, goal, replace(_consent(case.id), id=new_id())


def _insert(writer: Writer, found: Sequence[tuple[Record, ...]]) -> None:
    for alike in zip(*found, strict=True):
        known: Any = shape(type(alike[0]))
        known.insert.run_all(writer.connection, [(*known.encode(each), None) for each in alike])
    rows = [(kind_of(type(each)), each.id, case[0].id) for case in found for each in case]
    changes = [{"kind": kind, "record_id": each, "case_id": case if kind != "person" else "", "op": "put"}
               for kind, each, case in rows]  # fmt: skip
    writer.connection.execute(insert(change), changes)
    sent = [{"sent_id": each, "record_id": each, "kind": kind, "case_id": case, "subject": "", "rule": "",
             "scope": 1, "active": None, "gone": None} for kind, each, case in rows]  # fmt: skip
    writer.connection.execute(insert(sync_sent), sent)
