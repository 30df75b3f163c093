"""Merging two records of one person keeps every row that led to either, and undoing brings both back."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest

from kimdesk.casework import cases, conflicts, history, people, people_merge, records
from kimdesk.casework.desk import Desk
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.errors import CaseworkError
from kimdesk.domain.kinds import RECORD_TYPES
from kimdesk.domain.records import (
    Achievement,
    Attachment,
    Case,
    Consent,
    Dispute,
    Finding,
    FollowUp,
    Measure,
    Member,
    PaperIssue,
    Person,
    Record,
    RegimeChange,
    RegimeSpell,
    Relation,
    ResidenceSpell,
    Standing,
)
from kimdesk.domain.terms import Role
from kimdesk.store import audit, operations
from kimdesk.store.operations import Operation

DAY = date(2026, 11, 30)
ROWS: tuple[Callable[[str, str, str], Any], ...] = (
    lambda case, person, _: RegimeSpell(case_id=case, person_id=person, regime="sgb2"),
    lambda case, person, _: ResidenceSpell(case_id=case, person_id=person, status="permit"),
    lambda case, person, other: Relation(case_id=case, person_id=person, other_id=other, kind="parent"),
    lambda case, person, other: Relation(case_id=case, person_id=other, other_id=person, kind="child"),
    lambda case, person, _: Measure(case_id=case, title="Kurs", for_person=person),
    lambda case, person, _: Dispute(
        case_id=case, record_kind="person", record_id=person, field_name="birth_date"
    ),
    lambda case, person, _: RegimeChange(case_id=case, person_id=person, changes_on=DAY),
    lambda case, person, _: FollowUp(case_id=case, title="Passfoto", due_on=DAY, about=person),
    lambda case, person, _: Finding(case_id=case, title="Kein Termin", about=person),
    lambda case, person, _: Attachment(case_id=case, title="Pass", about=person),
    lambda case, person, _: PaperIssue(case_id=case, title="Seite für die Behörde", how="kept", about=person),
    lambda case, person, _: Consent(case_id=case, person_id=person, given_on=DAY),
    lambda case, person, _: Achievement(case_id=case, person_id=person, kind="job", title="Küche"),
    lambda case, person, _: Standing(case_id=case, person_id=person, flat="yes"),
)


def person_of(desk: Desk, case: Case) -> Person:
    client = cases.peek(desk, case.id).client
    assert client
    return client


def two(desk: Desk) -> tuple[Case, Person, Case, Person]:
    first = cases.open_new(desk, Person(family_name="Osman", given_names="Amna", phone="0231 1"))
    second = cases.open_new(
        desk, Person(family_name="Ossman", given_names="Amna", birth_date=PartialDate(1990), protected=True)
    )
    return first, person_of(desk, first), second, person_of(desk, second)


def everything(desk: Desk) -> dict[str, Record]:
    """Return all records of the desk by identity, without their revisions."""
    listed = [row.id for row in cases.list_page(desk, cases.CaseQuery(status="")).rows]
    with desk.reading() as reader:
        found = [
            record
            for case_id in listed
            for record_type in RECORD_TYPES
            for record in reader.of_case(record_type, case_id)
        ]
    return {each.id: replace(each, rev=0) for each in found}


def noted_merges(desk: Desk) -> tuple[Operation, ...]:
    with desk.reading() as reader:
        return operations.of_kind(reader.connection, operations.MERGE)


def test_every_row_leads_to_the_person_that_stays(desk: Desk) -> None:
    first, keep, second, gone = two(desk)
    child = people.add_person(desk, second.id, Person(given_names="Farah"), Role.CHILD).person_id
    made = [records.save(desk, row(second.id, gone.id, child)) for row in ROWS]
    before = len(everything(desk))
    done = people_merge.merge(desk, people_merge.filled(keep, gone), gone.id)
    after = everything(desk)
    assert done.moved == len(made) + 1
    assert len(after) == before - 1
    assert all(gone.id not in str(each) for each in after.values())
    assert cases.peek(desk, second.id).client == cases.peek(desk, first.id).client == done.person


def test_every_kind_of_row_that_may_lead_to_a_person_is_led_over(desk: Desk) -> None:
    _, keep, second, gone = two(desk)
    child = people.add_person(desk, second.id, Person(given_names="Farah"), Role.CHILD).person_id
    made = [records.save(desk, row(second.id, gone.id, child)) for row in ROWS]
    member = next(each for each in cases.peek(desk, second.id).members if each.person_id == gone.id)
    people_merge.merge(desk, keep, gone.id)
    after = everything(desk)
    for row in (*made, member):
        assert keep.id in str(after[row.id]), type(row).__name__
    leading = {"person_id", "other_id", "for_person", "about", "record_id"}
    may = {each for each in RECORD_TYPES if leading & {field.name for field in fields(each)}}
    assert {type(row) for row in (*made, member)} == may


def test_one_case_says_once_where_somebody_stands(desk: Desk) -> None:
    case, keep, _, _ = two(desk)
    gone = people.add_person(desk, case.id, Person(given_names="Amna"), Role.OTHER).person_id
    own = records.save(desk, Standing(case_id=case.id, person_id=keep.id, flat="yes"))
    other = records.save(desk, Standing(case_id=case.id, person_id=gone, flat="no", pension_months=40))
    with pytest.raises(CaseworkError, match="E859"):
        records.save(desk, Standing(case_id=case.id, person_id=keep.id))
    done = people_merge.merge(desk, keep, gone)
    [found] = cases.peek(desk, case.id).standings
    assert (found.id, found.flat, found.pension_months) == (own.id, "yes", 40)
    people_merge.undo(desk, done.operation_id)
    back = {one.person_id: (one.flat, one.pension_months) for one in cases.peek(desk, case.id).standings}
    assert back == {keep.id: ("yes", None), gone: (other.flat, 40)}


def test_what_only_the_other_knew_is_kept(desk: Desk) -> None:
    _, keep, _, gone = two(desk)
    found = people_merge.filled(keep, gone)
    assert (found.phone, found.birth_date, found.protected) == ("0231 1", PartialDate(1990), True)
    assert (found.family_name, found.alias) == ("Osman", "Amna Ossman")


@pytest.mark.parametrize(
    ("family_name", "given_names", "known", "expected"),
    [
        ("Osman", "Amna", "", ""),
        ("", "", "Umm Lina", "Umm Lina"),
        ("Ossman", "Amna", "Umm Lina", "Umm Lina, Amna Ossman"),
        ("Ossman", "Amna", "Amna Ossman, Umm Lina", "Amna Ossman, Umm Lina"),
        ("Ossman", "Amna", "Amna Ossmanova", "Amna Ossmanova, Amna Ossman"),
        ("Ossman", "", "", "Ossman"),
    ],
)
def test_another_name_becomes_an_alias_once(
    family_name: str, given_names: str, known: str, expected: str
) -> None:
    keep = Person(family_name="Osman", given_names="Amna", alias=known)
    gone = Person(family_name=family_name, given_names=given_names)
    assert people_merge.filled(keep, gone).alias == expected


def test_the_other_name_is_still_found(desk: Desk) -> None:
    _, keep, _, gone = two(desk)
    people_merge.merge(desk, people_merge.filled(keep, gone), gone.id)
    assert {row.client_id for row in cases.find(desk, "Ossman")} == {keep.id}


def test_undoing_brings_everything_back_as_it_was(desk: Desk) -> None:
    _, keep, second, gone = two(desk)
    child = people.add_person(desk, second.id, Person(given_names="Farah"), Role.CHILD).person_id
    for row in ROWS:
        records.save(desk, row(second.id, gone.id, child))
    before = everything(desk)
    done = people_merge.merge(desk, people_merge.filled(keep, gone), gone.id)
    people_merge.undo(desk, done.operation_id)
    assert everything(desk) == before


def test_two_entries_of_one_person_in_the_same_household(desk: Desk) -> None:
    first, keep, _, _ = two(desk)
    twice = people.add_person(desk, first.id, Person(given_names="Amna"), Role.CHILD)
    records.save(
        desk, Relation(case_id=first.id, person_id=twice.person_id, other_id=keep.id, kind="sibling")
    )
    other = records.save(desk, RegimeSpell(case_id=first.id, person_id=keep.id, regime="sgb2"))
    before = everything(desk)
    twin = next(each for each in cases.peek(desk, first.id).persons if each.id == twice.person_id)
    done = people_merge.merge(desk, twin, keep.id)
    file = cases.peek(desk, first.id)
    assert [(each.person_id, each.role) for each in file.members] == [(twin.id, Role.CLIENT)]
    assert file.relations == ()
    assert [each.person_id for each in file.regimes if each.id == other.id] == [twin.id]
    people_merge.undo(desk, done.operation_id)
    assert everything(desk) == before


def test_what_came_after_the_merge_stays(desk: Desk) -> None:
    first, keep, second, gone = two(desk)
    done = people_merge.merge(desk, people_merge.filled(keep, gone), gone.id)
    later = records.save(desk, RegimeSpell(case_id=second.id, person_id=keep.id, starts_on=date(2026, 11, 1)))
    records.save(desk, replace(done.person, phone="0231 2"))
    again = people_merge.undo(desk, done.operation_id)
    assert again.id == gone.id
    assert records.get(desk, RegimeSpell, later.id).person_id == keep.id
    restored = person_of(desk, first)
    assert (restored.phone, restored.birth_date, restored.alias) == ("0231 2", None, "")


def test_undoing_leaves_a_value_alone_that_somebody_changed_since(desk: Desk) -> None:
    first, keep, _, gone = two(desk)
    done = people_merge.merge(desk, people_merge.filled(keep, gone), gone.id)
    records.save(desk, replace(done.person, birth_date=PartialDate(1991, 2)))
    people_merge.undo(desk, done.operation_id)
    restored = person_of(desk, first)
    assert (restored.birth_date, restored.protected, restored.alias) == (PartialDate(1991, 2), False, "")


def test_undoing_leaves_a_row_with_whom_somebody_led_it_to_since(desk: Desk) -> None:
    _, keep, second, gone = two(desk)
    child = people.add_person(desk, second.id, Person(given_names="Farah"), Role.CHILD).person_id
    spell = records.save(desk, RegimeSpell(case_id=second.id, person_id=gone.id, regime="sgb2"))
    other = records.save(desk, RegimeSpell(case_id=second.id, person_id=gone.id, regime="sgb3"))
    done = people_merge.merge(desk, keep, gone.id)
    records.save(desk, replace(records.get(desk, RegimeSpell, spell.id), person_id=child))
    people_merge.undo(desk, done.operation_id)
    assert records.get(desk, RegimeSpell, spell.id).person_id == child
    assert records.get(desk, RegimeSpell, other.id).person_id == gone.id


def test_undoing_leaves_a_row_gone_that_somebody_removed_since(desk: Desk) -> None:
    _, keep, second, gone = two(desk)
    spell = records.save(desk, RegimeSpell(case_id=second.id, person_id=gone.id, regime="sgb2"))
    done = people_merge.merge(desk, keep, gone.id)
    records.remove(desk, records.get(desk, RegimeSpell, spell.id))
    people_merge.undo(desk, done.operation_id)
    assert spell.id not in everything(desk)


def test_undoing_leaves_a_row_alone_that_is_there_again(desk: Desk) -> None:
    first, keep, _, gone = two(desk)
    partner = records.save(desk, Member(case_id=first.id, person_id=gone.id, role=Role.PARTNER))
    done = people_merge.merge(desk, keep, gone.id)
    again = records.save(desk, replace(partner, rev=0, person_id=keep.id, relation="Tante"))
    people_merge.undo(desk, done.operation_id)
    assert records.get(desk, Member, partner.id) == again


def test_erasing_one_case_of_the_person_who_went_forgets_it_all(desk: Desk) -> None:
    _, keep, second, gone = two(desk)
    done = people_merge.merge(desk, keep, gone.id)
    cases.erase(desk, second.id)
    [noted] = noted_merges(desk)
    assert noted.body == ""
    with pytest.raises(CaseworkError, match="E857"):
        people_merge.undo(desk, done.operation_id)


def test_erasing_a_case_that_both_were_only_related_in_forgets_it_all(desk: Desk) -> None:
    _, keep, _, gone = two(desk)
    third = cases.open_new(desk, Person(family_name="Haddad"))
    note = "Schwestern aus Homs"
    records.save(
        desk, Relation(case_id=third.id, person_id=keep.id, other_id=gone.id, kind="sibling", note=note)
    )
    people_merge.merge(desk, keep, gone.id)
    cases.erase(desk, third.id)
    [noted] = noted_merges(desk)
    assert noted.body == ""


def test_a_merge_is_undone_once(desk: Desk) -> None:
    _, keep, _, gone = two(desk)
    done = people_merge.merge(desk, keep, gone.id)
    people_merge.undo(desk, done.operation_id)
    with pytest.raises(CaseworkError, match="E857"):
        people_merge.undo(desk, done.operation_id)
    [noted] = noted_merges(desk)
    assert (noted.body, bool(noted.undone_at)) == ("", True)


def test_nobody_is_merged_with_themselves_or_with_nobody(desk: Desk) -> None:
    _, keep, _, _ = two(desk)
    before = everything(desk)
    with pytest.raises(CaseworkError, match="E855"):
        people_merge.merge(desk, keep, keep.id)
    with pytest.raises(CaseworkError, match="E856"):
        people_merge.merge(desk, keep, "01a201b7-ed56-7000-b874-b33584830a25")
    assert everything(desk) == before


def test_erasing_the_case_forgets_what_undoing_would_take(desk: Desk) -> None:
    first, keep, second, gone = two(desk)
    people_merge.merge(desk, keep, gone.id)
    for case in (first, second):
        cases.erase(desk, case.id)
    [noted] = noted_merges(desk)
    assert noted.body == ""


def test_nothing_of_an_erased_case_stays_with_a_merge(desk: Desk) -> None:
    first, keep, _, _ = two(desk)
    twin = people.add_person(desk, first.id, Person(given_names="Amna"), Role.CHILD)
    other = cases.open_new(desk, Person(family_name="Haddad"))
    records.save(desk, Member(case_id=other.id, person_id=keep.id, role=Role.PARTNER))
    records.save(
        desk,
        Relation(
            case_id=first.id, person_id=twin.person_id, other_id=keep.id, kind="sibling", note="aus Homs"
        ),
    )
    done = people_merge.merge(desk, keep, twin.person_id)
    cases.erase(desk, first.id)
    [noted] = noted_merges(desk)
    assert noted.body == ""
    with pytest.raises(CaseworkError, match="E857"):
        people_merge.undo(desk, done.operation_id)


def test_undoing_brings_the_earlier_values_back(desk: Desk) -> None:
    _, keep, _, gone = two(desk)
    gone = records.save(desk, replace(gone, phone="0231 2"))
    before = history.of_record(desk, "person", gone.id)
    done = people_merge.merge(desk, keep, gone.id)
    people_merge.undo(desk, done.operation_id)
    assert history.of_record(desk, "person", gone.id) == before != ()


def test_a_chain_of_merges_is_undone_step_by_step_or_erased_as_a_whole(desk: Desk) -> None:
    first, keep, second, gone = two(desk)
    records.save(desk, replace(gone, family_name="Zylbersztajn"))
    third = cases.open_new(desk, Person(family_name="Osmann", given_names="Amna"))
    before = everything(desk)
    inner = people_merge.merge(desk, keep, gone.id)
    outer = people_merge.merge(desk, person_of(desk, third), keep.id)
    people_merge.undo(desk, outer.operation_id)
    people_merge.undo(desk, inner.operation_id)
    assert everything(desk) == before
    people_merge.merge(desk, person_of(desk, first), gone.id)
    people_merge.merge(desk, person_of(desk, third), keep.id)
    for case in (first, second, third):
        cases.erase(desk, case.id)
    with desk.reading() as reader:
        for table in ("operation", "history"):
            rows = str(reader.connection.exec_driver_sql(f"SELECT * FROM {table}").all())
            assert "Zylbersztajn" not in rows
            assert "Ossman" not in rows


def test_members_of_both_are_counted_once(desk: Desk) -> None:
    first, keep, _, gone = two(desk)
    records.save(desk, Member(case_id=first.id, person_id=gone.id, role=Role.PARTNER))
    people_merge.merge(desk, keep, gone.id)
    assert [each.person_id for each in cases.peek(desk, first.id).members] == [keep.id]


def test_before_merging_it_is_known_what_is_touched(desk: Desk) -> None:
    first, keep, second, gone = two(desk)
    records.save(desk, RegimeSpell(case_id=second.id, person_id=gone.id, regime="sgb2"))
    found = people_merge.reach(desk, keep.id, gone.id)
    assert found.cases == tuple(sorted((first.file_number, second.file_number)))
    assert people_merge.reach(desk, gone.id, keep.id).cases == found.cases
    assert found.shielded
    assert found.rows == people_merge.merge(desk, keep, gone.id).moved == 2
    with pytest.raises(CaseworkError) as refused:
        people_merge.reach(desk, keep.id, gone.id)
    assert refused.value.code == "E856"


def test_nobody_shielded_is_said_to_be_so(desk: Desk) -> None:
    _, keep, _, gone = two(desk)
    gone = conflicts.save(desk, replace(gone, protected=False), "Der Schutz ist abgelaufen.")
    assert not people_merge.reach(desk, keep.id, gone.id).shielded


def test_merging_and_undoing_it_stand_in_the_audit_trail(desk: Desk) -> None:
    _, keep, _, gone = two(desk)
    done = people_merge.merge(desk, keep, gone.id)
    people_merge.undo(desk, done.operation_id)
    with desk.reading() as reader:
        told = [(each.action, each.kind, each.record_id) for each in audit.entries(reader.connection)]
    assert [each for each in told if "merged" in each[0]] == [
        ("merged", "person", keep.id),
        ("unmerged", "person", keep.id),
    ]


def test_a_protection_of_either_outlives_the_merge_whatever_was_chosen(desk: Desk) -> None:
    _, keep, _, gone = two(desk)
    done = people_merge.merge(desk, replace(keep, protected=False), gone.id)
    assert (done.person.protected, done.person.address_blocked) == (True, False)


def test_nothing_of_a_person_without_a_case_outlives_whom_they_were_merged_into(desk: Desk) -> None:
    alone = records.save(desk, Person(family_name="Zylbersztajn", given_names="Ada"))
    first, keep, second, other = two(desk)
    people_merge.merge(desk, keep, alone.id)
    people_merge.merge(desk, other, keep.id)
    for case in (first, second):
        cases.erase(desk, case.id)
    assert [noted.body for noted in noted_merges(desk)] == ["", ""]


def test_past_merges_name_both_until_they_are_undone(desk: Desk) -> None:
    _, keep, _, gone = two(desk)
    done = people_merge.merge(desk, keep, gone.id)
    [past] = people_merge.past(desk)
    assert (past.kept, past.gone, past.undone) == ("Amna Osman", "Amna Ossman", False)
    people_merge.undo(desk, done.operation_id)
    [past] = people_merge.past(desk)
    assert (past.kept, past.gone, past.undone) == ("", "", True)
