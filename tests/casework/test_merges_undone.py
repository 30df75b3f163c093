"""Merges of persons that every kind of record leads to: undone in any order they leave nothing behind."""

from collections.abc import Iterator
from dataclasses import MISSING, fields, replace
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from itertools import permutations
from typing import Any, get_type_hints

import pytest

from kimdesk.casework import cases, history, people_merge, records
from kimdesk.casework.desk import Desk
from kimdesk.domain import records as record_types
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.kinds import CASE_RECORDS, kind_of, may_name
from kimdesk.domain.records import CaseRecord, Member, Person, Record, Relation
from kimdesk.domain.terms import Role

DAY = date(2026, 11, 30)
GROWING = frozenset({"audit", "operation", "history"})
"""What tells of all that ever happened."""
COUNTED = frozenset({"rev", "seq", "at", "changed", "updated"})
"""What rises with each change."""


def required(record_type: type[Record]) -> dict[str, Any]:
    """Return any value for each field that a record cannot do without."""
    hints = get_type_hints(record_type, vars(record_types))
    empty = {str: "x", date: DAY}
    return {
        each.name: next(iter(hint)) if issubclass(hint := hints[each.name], Enum) else empty[hint]
        for each in fields(record_type)
        if each.default is MISSING and each.default_factory is MISSING
    }


def leading_to(person_id: str, other_id: str, case_id: str) -> Iterator[CaseRecord]:
    """Yield a record for each kind and each of its fields that may lead to a person."""
    for record_type in CASE_RECORDS:
        names = may_name(record_type, Person)
        for name in names:
            named = dict.fromkeys(names, other_id) | {name: person_id}
            yield record_type(**required(record_type) | named, case_id=case_id)


def whole(desk: Desk) -> dict[str, list[dict[str, Any]]]:
    """Return all rows of the database by table, without what only ever grows."""
    with desk.reading() as reader:
        run = reader.connection.exec_driver_sql
        names = [
            row[0]
            for row in run("SELECT name FROM sqlite_master WHERE type = 'table'").all()
            if row[0] not in GROWING and not row[0].startswith(("search_", "sqlite_"))
        ]
        found = {name: [row._asdict() for row in run(f'SELECT * FROM "{name}"').all()] for name in names}
    return {
        name: sorted(
            ({key: settled(key, row[key]) for key in row if key not in COUNTED} for row in rows), key=repr
        )
        for name, rows in found.items()
    }


def settled(key: str, value: Any) -> Any:
    return sorted(value.split()) if key == "words" else value


@pytest.fixture
def amna(desk: Desk) -> list[str]:
    """Four entries of one person, each the client of a case, all in the household of a fifth; their ids."""
    made = (
        Person(family_name="Osman", given_names="Amna", alias="Umm Farah"),
        Person(family_name="Ossman", given_names="Amna", phone="0231 1", birth_date=PartialDate(1990)),
        Person(family_name="Osman", given_names="Emna", phone="0231 2", city="Unna", protected=True),
        Person(family_name="Usman", given_names="Amna", city="Hamm", protected=True, sex="female"),
    )
    opened = [cases.open_new(desk, each) for each in made]
    entries = [found.id for each in opened if (found := cases.peek(desk, each.id).client)]
    household = cases.open_new(desk, Person(given_names="Farah", single_name=True))
    farah = cases.peek(desk, household.id).client
    assert farah
    with desk.writing() as writer:
        for entry, case in zip(entries, opened, strict=True):
            for row in leading_to(entry, farah.id, case.id):
                if not isinstance(row, Member):
                    writer.put(row)
        for entry, role in zip(entries, (Role.PARENT, Role.PARTNER, Role.OTHER), strict=False):
            writer.put(Member(case_id=household.id, person_id=entry, role=role))
        for one, other in permutations(entries, 2):
            writer.put(Relation(case_id=household.id, person_id=one, other_id=other, kind="sibling"))
    return entries


def merged(desk: Desk, keep_id: str, gone_id: str) -> str:
    keep, gone = (records.get(desk, Person, each) for each in (keep_id, gone_id))
    return people_merge.merge(desk, people_merge.filled(keep, gone), gone.id).operation_id


def test_every_kind_that_may_lead_to_a_person_leads_to_the_one_that_stays(
    desk: Desk, amna: list[str]
) -> None:
    before = whole(desk)
    led = {kind_of(each) for each in CASE_RECORDS if may_name(each, Person)}
    assert led == {name for name, rows in before.items() if name != "person" and amna[1] in str(rows)} - {
        "case_row", "person_key", "change", "due",
    }  # fmt: skip
    done = merged(desk, amna[0], amna[1])
    after = whole(desk)
    assert {name for name, rows in after.items() if amna[1] in str(rows)} <= {"tombstone", "change"}
    people_merge.undo(desk, done)
    assert whole(desk) == before


TREES = {
    "all into one": ((0, 1), (0, 2), (0, 3)),
    "one into the next": ((1, 0), (2, 1), (3, 2)),
    "two pairs": ((0, 1), (2, 3), (0, 2)),
}


@pytest.mark.parametrize("order", list(permutations(range(3))))
@pytest.mark.parametrize("tree", TREES)
def test_each_undone_is_as_if_it_had_never_been(
    desk: Desk, amna: list[str], tree: str, order: tuple[int, ...]
) -> None:
    before = whole(desk)
    steps = [merged(desk, amna[keep], amna[gone]) for keep, gone in TREES[tree]]
    people_merge.undo(desk, steps[order[0]])
    without_it = whole(desk)
    for place in order[1:]:
        people_merge.undo(desk, steps[place])
    assert whole(desk) == before
    for place in sorted(order[1:]):
        merged(desk, *(amna[each] for each in TREES[tree][place]))
    assert whole(desk) == without_it


def test_what_somebody_decided_stays_when_an_earlier_merge_is_undone(desk: Desk, amna: list[str]) -> None:
    keep, one, other, _ = (records.get(desk, Person, each) for each in amna)
    first = people_merge.merge(desk, people_merge.filled(keep, one), one.id)
    chosen = replace(people_merge.filled(first.person, other), phone="0231 9", city="")
    second = people_merge.merge(desk, chosen, other.id)
    records.save(desk, replace(second.person, street="Wall 1"))
    people_merge.undo(desk, first.operation_id)
    found = records.get(desk, Person, keep.id)
    assert (found.phone, found.city, found.street) == ("0231 9", "", "Wall 1")
    assert (found.birth_date, found.protected) == (None, True)
    people_merge.undo(desk, second.operation_id)
    assert records.get(desk, Person, keep.id) == replace(keep, street="Wall 1", rev=found.rev + 1)


def test_a_later_merge_of_others_is_left_alone(desk: Desk, amna: list[str]) -> None:
    others = [cases.open_new(desk, Person(family_name=each)) for each in ("Haddad", "Hadad")]
    one, other = (records.of_case(desk, Person, each.id)[0] for each in others)
    first, second = merged(desk, amna[0], amna[1]), merged(desk, one.id, other.id)
    before = records.get(desk, Person, one.id)
    people_merge.undo(desk, first)
    assert records.get(desk, Person, one.id) == before
    assert people_merge.undo(desk, second).family_name == "Hadad"


def test_the_list_of_merges_says_when_by_whom_and_of_whom(desk: Desk, amna: list[str]) -> None:
    first, second = merged(desk, amna[0], amna[1]), merged(desk, amna[2], amna[0])
    told = {each.operation_id: each for each in people_merge.past(desk)}
    assert (told[first].kept, told[first].gone) == ("", "Amna Ossman")
    assert (told[second].kept, told[second].gone) == ("Emna Osman", "Amna Osman")
    for each in told.values():
        assert (each.actor, each.undone) == ("Miriam Kessler", False)
        assert datetime.now(UTC) - datetime.fromisoformat(each.at) < timedelta(days=1)


def test_what_had_to_go_comes_back_with_its_earlier_values(desk: Desk, amna: list[str]) -> None:
    case_id = cases_of(desk, amna[0])[-1]
    told = [
        records.save(desk, replace(each, note="Schwestern aus Homs"))
        for each in records.of_case(desk, Relation, case_id)
    ]
    gone = [each.id for each in told if {each.person_id, each.other_id} == set(amna[:2])]
    people_merge.undo(desk, merged(desk, amna[0], amna[1]))
    assert gone
    for each in gone:
        [change] = history.of_record(desk, "relation", each)
        assert (change.field, change.before.plain, change.after.plain) == ("note", "", "Schwestern aus Homs")


def test_nothing_earlier_of_what_had_to_go_outlives_the_case(desk: Desk, amna: list[str]) -> None:
    case_id = cases_of(desk, amna[0])[-1]
    for each in records.of_case(desk, Relation, case_id):
        records.save(desk, replace(records.save(desk, replace(each, note="Schwestern aus Homs")), note=""))
    merged(desk, amna[0], amna[1])
    cases.erase(desk, case_id)
    with desk.reading() as reader:
        for table in ("history", "operation"):
            assert "Homs" not in str(reader.connection.exec_driver_sql(f"SELECT * FROM {table}").all())


def cases_of(desk: Desk, person_id: str) -> list[str]:
    with desk.reading() as reader:
        return sorted(reader.cases_of(person_id))
