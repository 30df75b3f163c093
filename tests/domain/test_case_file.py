"""A case as one value: its records by type, and the person it is about."""

from datetime import date
from typing import Any

import pytest

from kimdesk.domain.kinds import RECORD_TYPES
from kimdesk.domain.records import MEMBERS, Case, CaseFile, Goal, Member, Person, Record
from kimdesk.domain.terms import Phase, Role

CASE = Case(id="c", opened_on=date(2026, 11, 30))


@pytest.mark.parametrize("record_type", RECORD_TYPES)
def test_each_type_of_record_has_its_place_in_a_case(record_type: type[Record]) -> None:
    if record_type is Case:
        assert CaseFile(case=CASE).of(Case) == (CASE,)
        return
    marks: dict[str, Any] = {name: (name,) for name in MEMBERS.values()}
    found: Any = CaseFile(case=CASE, **marks).of(record_type)
    assert found == (MEMBERS[record_type],)


def test_what_is_no_record_of_a_case_is_refused() -> None:
    with pytest.raises(KeyError):
        CaseFile(case=CASE).of(Record)


def test_the_client_is_who_has_that_role() -> None:
    amna, farah = Person(id="a", given_names="Amna"), Person(id="f", given_names="Farah")
    members = (Member(person_id="f", role=Role.CHILD), Member(person_id="a", role=Role.CLIENT))
    assert CaseFile(case=CASE, persons=(farah, amna), members=members).client == amna
    assert CaseFile(case=CASE, persons=(farah, amna), members=members[:1]).client is None
    assert CaseFile(case=CASE, persons=(farah,), members=members).client is None
    assert CaseFile(case=CASE, goals=(Goal(),)).client is None


def test_the_phases_are_numbered_from_one_to_seven() -> None:
    assert [phase.number for phase in Phase] == [1, 2, 3, 4, 5, 6, 7]
    assert (Phase.ACCESS.number, Phase.EVALUATION.number) == (1, 7)
