"""Every kind of record says which of its fields lead to others."""

import pytest

from kimdesk.domain.kinds import KINDS, RECORD_TYPES, described, kind_of, may_name, must_name, ref_of, type_of
from kimdesk.domain.records import (
    Consent,
    Contact,
    Dispute,
    FollowUp,
    Goal,
    Measure,
    Person,
    Record,
    RecordRef,
    Referral,
    Relation,
)


@pytest.mark.parametrize(
    ("record_type", "other", "may", "must"),
    [
        (Relation, Person, ("person_id", "other_id"), ("person_id", "other_id")),
        (Measure, Person, ("for_person",), ()),  # empty: the client's
        (Measure, Goal, ("goal_id",), ("goal_id",)),
        (Measure, Measure, ("requires",), ("requires",)),
        (Referral, Consent, ("consent_id",), ("consent_id",)),
        (FollowUp, Goal, ("about",), ()),
        (Dispute, Contact, ("record_id",), ()),
        (Contact, Person, (), ()),
    ],
)
def test_a_record_names_others_in_fields_of_its_own(
    record_type: type[Record], other: type[Record], may: tuple[str, ...], must: tuple[str, ...]
) -> None:
    assert (may_name(record_type, other), must_name(record_type, other)) == (may, must)


def test_each_kind_is_found_by_its_name_and_by_its_type() -> None:
    for name, kind in KINDS.items():
        assert (kind_of(kind.type), type_of(name), described(kind.type)) == (name, kind.type, kind)
    assert {kind.type for kind in KINDS.values()} == set(RECORD_TYPES)
    assert ref_of(Goal(id="7")) == RecordRef("goal", "7")


def test_what_is_no_kind_is_refused() -> None:
    with pytest.raises(KeyError):
        type_of("goals")
    with pytest.raises(KeyError):
        described(Record)
