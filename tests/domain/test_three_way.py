"""What two desks did to a record is joined without losing anything of either, whichever is called mine."""

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any, TypeVar, get_args, get_origin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kimdesk.domain.dates import PartialDate
from kimdesk.domain.kinds import PARTS, RECORD_TYPES
from kimdesk.domain.records import (
    Case,
    ChecklistEntry,
    Consent,
    FollowUp,
    Goal,
    LanguageSkill,
    Measure,
    Person,
    PhaseEntry,
    PlanStep,
    Record,
    Referral,
)
from kimdesk.domain.terms import CaseStatus, ItemState, Phase
from kimdesk.domain.three_way import (
    ABSENT,
    TOGETHER,
    Choose,
    Conflict,
    Conflicts,
    Version,
    merge,
    top_of,
)
from kimdesk.domain.three_way import settled as decided
from tests.domain.any_record import BOOKKEEPING, KEY, any_record, edited, hints, three_states

R = TypeVar("R", bound=Record)
DAY, LATER = date(2026, 11, 30), date(2027, 1, 31)
many = settings(max_examples=100, deadline=None)


def joined(base: R, mine: R, theirs: R) -> R:
    """Return the record, where nothing contradicts; the same whichever is called mine."""
    found = merge(base, mine, theirs)
    assert not isinstance(found, Conflicts), found
    assert found == merge(base, theirs, mine)
    assert found
    return found


def conflicts(base: R, mine: R | None, theirs: R | None) -> list[Conflict]:
    found = merge(base, mine, theirs)
    assert isinstance(found, Conflicts)
    return list(found.found)


def person(**values: Any) -> Person:
    return Person(id=KEY, rev=1, **values)


def entry(**answers: Any) -> PhaseEntry:
    return PhaseEntry(id=KEY, rev=1, phase=Phase.ACCESS, form="access", version=1, answers=answers)


def leaves(value: Any) -> set[str]:
    """Return every single value in a value, however deep."""
    if isinstance(value, Mapping):
        return {each for name, part in value.items() for each in {f"{name}:", *leaves(part)}}
    if isinstance(value, list | tuple):
        return {each for part in value for each in leaves(part)}
    if is_dataclass(value) and not isinstance(value, PartialDate | type):
        return {each for field in fields(value) for each in leaves(getattr(value, field.name))}
    return {repr(value)}


def settled(base: Record, mine: Record, theirs: Record) -> tuple[Record, tuple[Conflict, ...]]:
    found = merge(base, mine, theirs)
    if isinstance(found, Conflicts):
        assert found.agreed
        assert found.found
        return found.agreed, found.found
    assert found
    return found, ()


# laws, for every kind of record


@many
@given(three_states())
def test_what_both_did_alike_or_only_one_did_is_taken_as_it_is(states: tuple[Record, Record, Record]) -> None:
    base, mine, _ = states
    assert merge(base, mine, mine) == mine
    assert merge(base, base, mine) == mine
    assert merge(base, mine, base) == mine


@many
@given(three_states())
def test_swapping_the_sides_mirrors_the_result(states: tuple[Record, Record, Record]) -> None:
    base, mine, theirs = states
    one, other = settled(base, mine, theirs), settled(base, theirs, mine)
    assert one[0] == other[0]
    assert one[1] == tuple(Conflict(each.path, each.base, each.theirs, each.mine) for each in other[1])


@many
@given(three_states())
def test_no_value_of_either_side_is_lost_and_none_is_invented(states: tuple[Record, Record, Record]) -> None:
    base, mine, theirs = states
    found, undecided = settled(base, mine, theirs)
    for name in {field.name for field in fields(base)} - BOOKKEEPING:
        before, *sides = (leaves(getattr(each, name)) for each in (base, mine, theirs))
        shown = {
            each
            for conflict in undecided
            if name in re.split(r"[.\[]", conflict.path)[0].split("+")
            for said in (_named(conflict.path), conflict.mine, conflict.theirs)
            for each in leaves(said)
        }
        now = leaves(getattr(found, name))
        for side in sides:
            assert side - before <= now | shown
        assert now <= before.union(*sides)


@many
@given(three_states())
def test_a_field_that_one_side_left_alone_is_as_the_other_has_it(
    states: tuple[Record, Record, Record],
) -> None:
    base, mine, theirs = states
    found, undecided = settled(base, mine, theirs)
    whole = {name for each in undecided for name in each.path.split("+")}
    for name in {field.name for field in fields(base)} - BOOKKEEPING - whole:
        was, now, other = (getattr(each, name) for each in (base, mine, theirs))
        if was in (now, other):
            assert getattr(found, name) == (other if now == was else now)


def test_how_often_the_same_stands_there_is_decided_by_a_person_when_both_changed_it() -> None:
    base = Measure(id=KEY, rev=1, case_id=KEY, requires=("a",))
    mine, theirs = replace(base, rev=2, requires=()), replace(base, rev=2, requires=("a", "a"))
    found = merge(base, mine, theirs)
    assert isinstance(found, Conflicts)
    assert [each.path for each in found.found] == ["requires"]
    assert joined(base, replace(base, requires=("a", "b")), theirs).requires == ("a", "a", "b")


@many
@given(three_states())
def test_joining_what_was_joined_with_a_side_again_changes_nothing(
    states: tuple[Record, Record, Record],
) -> None:
    base, mine, theirs = states
    found = merge(base, mine, theirs)
    if not isinstance(found, Conflicts):
        assert merge(base, found, mine) == merge(base, found, theirs) == found


@many
@given(three_states(), st.data())
def test_of_three_that_do_not_meet_any_two_may_be_joined_first(
    states: tuple[Record, Record, Record], data: st.DataObject
) -> None:
    base, one, two = states
    three = data.draw(edited(base))
    changed = [
        {group for field in fields(base) if getattr(each, field.name) != getattr(base, field.name)
         and field.name not in BOOKKEEPING for group in _group(type(base), field.name)}
        for each in (one, two, three)
    ]  # fmt: skip
    if not (changed[0] & changed[1] or changed[1] & changed[2] or changed[0] & changed[2]):
        left = joined(base, joined(base, one, two), three)
        assert left == joined(base, one, joined(base, two, three))


@given(any_record(), st.data())
def test_a_record_that_is_gone_stays_gone_unless_it_was_changed(base: Record, data: st.DataObject) -> None:
    changed = data.draw(edited(base))
    assert merge(base, None, None) is None
    assert merge(base, None, replace(base, rev=base.rev + 1)) is None
    assert merge(None, None, base) == merge(None, base, None) == merge(None, base, base) == base
    if replace(changed, rev=base.rev) != base:
        assert conflicts(base, None, changed) == [Conflict("", base, ABSENT, changed)]
        assert conflicts(base, changed, None) == [Conflict("", base, changed, ABSENT)]


def _named(path: str) -> dict[str, str]:
    return dict.fromkeys(re.split(r"[.\[\]]", path), "")


def _group(kind: type[Record], name: str) -> tuple[str, ...]:
    groups = (*TOGETHER.get(kind, ()), *([("form", "version", "answers")] if kind is PhaseEntry else []))
    return next((group for group in groups if name in group), (name,))


# what the tables say


def test_every_part_of_a_record_is_known_by_a_field_of_it() -> None:
    parts = {
        get_args(hint)[0]
        for kind in RECORD_TYPES
        for hint in hints(kind).values()
        if get_origin(hint) is tuple and is_dataclass(get_args(hint)[0])
    }
    assert parts == set(PARTS)
    assert all(PARTS[each] in hints(each) for each in parts)


def test_what_belongs_together_are_fields_each_named_once() -> None:
    for kind, groups in TOGETHER.items():
        named = [name for group in groups for name in group]
        assert set(named) <= set(hints(kind)) - BOOKKEEPING
        assert len(set(named)) == len(named)


# what it means


def test_different_fields_are_joined_and_the_same_field_is_asked_about() -> None:
    base = person(phone="1", email="a@b.example")
    mine, theirs = replace(base, phone="2", rev=4), replace(base, email="c@d.example", rev=3)
    assert joined(base, mine, theirs) == replace(base, phone="2", email="c@d.example", rev=4)
    theirs = replace(theirs, phone="3")
    found = merge(base, mine, theirs)
    assert found == Conflicts((Conflict("phone", "1", "2", "3"),), replace(base, email="c@d.example", rev=4))


def test_an_address_is_never_put_together_from_two() -> None:
    base = person(street="Hafenweg 1", postcode="44137", city="Dortmund")
    mine = replace(base, street="Marktplatz 3", postcode="59423", city="Unna")
    theirs = replace(base, street="Hafenweg 1a")
    [found] = conflicts(base, mine, theirs)
    assert found.path == "street+postcode+city"
    assert found.mine == ("Marktplatz 3", "59423", "Unna")
    assert found.theirs == ("Hafenweg 1a", "44137", "Dortmund")


def test_a_consent_is_never_put_together_from_two_but_a_withdrawal_always_counts() -> None:
    base = Consent(id=KEY, recipient="jobcenter", purpose="case_management", kinds=("plan", "health"))
    mine = replace(base, kinds=("plan",))
    theirs = replace(base, purpose="placement")
    [found] = conflicts(base, mine, theirs)
    assert found.path.startswith("person_id+recipient+")
    assert joined(base, mine, replace(base, withdrawn_on=DAY)) == replace(mine, withdrawn_on=DAY)


def test_a_derived_date_keeps_its_facts() -> None:
    base = FollowUp(id=KEY, due_on=DAY, rule="appeal", facts={"posted": "2026-11-01"})
    mine = replace(base, due_on=LATER, facts={"posted": "2026-12-01"})
    theirs = replace(base, facts={"posted": "2026-11-01", "abroad": True})
    [found] = conflicts(base, mine, theirs)
    assert found.path == "due_on+rule+facts"


def test_a_case_closed_here_and_moved_there_keeps_both() -> None:
    base = Case(id=KEY, opened_on=DAY, ags="05999001")
    closed = replace(base, status=CaseStatus.CLOSED, closed_on=DAY, closing_reason="moved")
    assert joined(base, closed, replace(base, ags="05999002")) == replace(closed, ags="05999002")


def test_codes_are_joined_as_a_set() -> None:
    base = person(nationalities=("475", "423"))
    mine, theirs = (
        replace(base, nationalities=("475", "166")),
        replace(base, nationalities=("475", "423", "997")),
    )
    assert joined(base, mine, theirs).nationalities == ("475", "166", "997")


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "expected"),
    [
        ("abc", "cab", "bac", "bac"),  # two orders: one of them, whoever asks
        ("", "xn", "ny", "nyx"),
        ("m", "mza", "mb", "mbza"),  # what was written in one go stays together
        ("m", "zma", "bmc", "bzmac"),
        ("abc", "xabc", "ac", "xac"),
    ],
)
def test_codes_stay_where_they_were_put(base: str, mine: str, theirs: str, expected: str) -> None:
    one, two, three = (person(nationalities=tuple(each)) for each in (base, mine, theirs))
    assert joined(one, two, three).nationalities == tuple(expected)


def test_languages_are_joined_by_language() -> None:
    base = person(languages=(LanguageSkill("ara", "native"), LanguageSkill("deu", "A1")))
    mine = replace(base, languages=(LanguageSkill("ara", "native"), LanguageSkill("deu", "A2")))
    theirs = replace(base, languages=(*base.languages, LanguageSkill("fra", "B1")))
    assert joined(base, mine, theirs).languages == (*mine.languages, LanguageSkill("fra", "B1"))
    theirs = replace(base, languages=(LanguageSkill("ara", "native"), LanguageSkill("deu", "B1")))
    assert conflicts(base, mine, theirs) == [Conflict("languages[deu].level", "A1", "A2", "B1")]


def test_a_part_that_is_gone_here_and_changed_there_is_asked_about() -> None:
    german = LanguageSkill("deu", "A1")
    base = person(languages=(german,))
    better = replace(german, level="B1")
    assert conflicts(base, replace(base, languages=()), replace(base, languages=(better,))) == [
        Conflict("languages[deu]", german, ABSENT, better)
    ]


def test_a_part_that_both_added_differently_is_asked_about() -> None:
    base, one, other = person(), LanguageSkill("deu", "A1"), LanguageSkill("deu", "B1")
    assert conflicts(base, replace(base, languages=(one,)), replace(base, languages=(other,))) == [
        Conflict("languages[deu]", ABSENT, one, other)
    ]


def test_a_checklist_is_joined_by_item() -> None:
    items = tuple(ChecklistEntry(item=each) for each in ("identity", "residence", "consent"))
    base = Referral(id=KEY, service="jobcenter", checklist=items)
    present = replace(items[0], state=ItemState.PRESENT, since=DAY)
    noted = replace(items[0], note="Kopie")
    mine = replace(base, checklist=(present, *items[1:]))
    theirs = replace(base, checklist=(noted, items[1], replace(items[2], state=ItemState.REQUESTED)))
    found = joined(base, mine, theirs).checklist
    assert found[0] == replace(present, note="Kopie")
    assert [each.state for each in found[1:]] == [ItemState.MISSING, ItemState.REQUESTED]


def steps(*texts: str) -> tuple[PlanStep, ...]:
    return tuple(PlanStep(text=each) for each in texts)


def test_steps_are_joined_by_their_text_and_stay_in_their_place() -> None:
    base = Measure(id=KEY, steps=steps("Termin", "Prüfung", "Zeugnis"))
    mine = replace(base, steps=steps("Termin", "Einstufung", "Prüfung", "Zeugnis"))
    theirs = replace(base, steps=(*base.steps[:2], replace(base.steps[2], done_on=DAY), *steps("Feier")))
    found = joined(base, mine, theirs).steps
    assert [each.text for each in found] == ["Termin", "Einstufung", "Prüfung", "Zeugnis", "Feier"]
    assert found[3].done_on == DAY


def test_two_steps_with_the_same_text_stay_two() -> None:
    base = Measure(id=KEY, steps=steps("Anruf", "Anruf"))
    mine = replace(base, steps=(replace(base.steps[0], done_on=DAY), base.steps[1]))
    theirs = replace(base, steps=(base.steps[0], replace(base.steps[1], by="client")))
    assert joined(base, mine, theirs).steps == (mine.steps[0], theirs.steps[1])


def test_the_order_one_side_chose_is_kept_and_two_orders_are_asked_about() -> None:
    base = Measure(id=KEY, steps=steps("a", "b", "c"))
    mine, ticked = replace(base, steps=steps("c", "a", "b")), replace(base.steps[1], done_on=DAY)
    theirs = replace(base, steps=(base.steps[0], ticked, base.steps[2]))
    assert joined(base, mine, theirs).steps == (*steps("c", "a"), ticked)
    [found] = conflicts(base, mine, replace(base, steps=steps("b", "a", "c")))
    assert (found.path, found.mine, found.theirs) == ("steps[order]", ("c", "a", "b"), ("b", "a", "c"))


def test_the_same_person_is_not_two_records() -> None:
    with pytest.raises(ValueError, match="different"):
        merge(person(), person(), replace(person(), id="01a22a73-91b1-7001-bc44-7f95cc6c718a"))
    with pytest.raises(ValueError, match="different"):
        merge(None, Goal(id=KEY), FollowUp(id=KEY, due_on=DAY))


def test_members_that_nobody_here_knows_are_joined_one_by_one() -> None:
    base = person(extra={"x_a": 1, "x_b": {"y": 1, "z": 1}})
    mine = replace(base, extra={"x_a": 2, "x_b": {"y": 2, "z": 1}})
    theirs = replace(base, extra={"x_b": {"y": 1, "z": 2}, "x_c": 3})
    assert conflicts(base, mine, theirs) == [Conflict("extra.x_a", 1, 2, ABSENT)]
    theirs = replace(base, extra={**base.extra, "x_b": {"y": 1, "z": 2}, "x_c": 3})
    assert joined(base, mine, theirs).extra == {"x_a": 2, "x_b": {"y": 2, "z": 2}, "x_c": 3}


# answers


def test_answers_are_joined_question_by_question() -> None:
    base = entry(contact={"held_on": "2026-03-02", "route": "self"})
    mine = replace(base, answers={"contact": {"held_on": "2026-03-02", "route": "agency"}, "reach": {"a": 1}})
    theirs = replace(base, answers={"contact": {"held_on": "2026-03-03", "route": "self"}, "reach": {"b": 2}})
    assert joined(base, mine, theirs).answers == {
        "contact": {"held_on": "2026-03-03", "route": "agency"}, "reach": {"a": 1, "b": 2},
    }  # fmt: skip
    theirs = replace(theirs, answers={"contact": {"held_on": "2026-03-03", "route": "letter"}})
    assert conflicts(base, mine, theirs) == [Conflict("answers.contact.route", "self", "agency", "letter")]


def test_chosen_codes_in_answers_are_a_set_and_languages_go_by_language() -> None:
    base = entry(reach={"channels": ["visit"], "languages": [{"language": "ara"}]})
    mine = entry(reach={"channels": ["visit", "phone"], "languages": [{"language": "ara", "level": "C2"}]})
    theirs = entry(reach={"channels": ["letter"], "languages": [{"language": "fra"}, {"language": "ara"}]})
    assert joined(base, mine, theirs).answers == {
        "reach": {
            "channels": ["letter", "phone"],
            "languages": [{"language": "fra"}, {"language": "ara", "level": "C2"}],
        }
    }


def test_rows_without_identity_go_by_their_place() -> None:
    base = entry(notices=[{"kind": "a"}, {"kind": "b"}])
    mine = entry(notices=[{"kind": "a", "day": 1}, {"kind": "b"}])
    theirs = entry(notices=[{"kind": "a"}, {"kind": "b", "day": 2}, {"kind": "c"}])
    assert joined(base, mine, theirs).answers == {
        "notices": [{"kind": "a", "day": 1}, {"kind": "b", "day": 2}, {"kind": "c"}]
    }


def test_a_row_gone_at_the_end_there_and_one_changed_here_are_both_so() -> None:
    base = entry(notices=[{"kind": "a"}, {"kind": "b"}])
    mine, theirs = entry(notices=[{"kind": "a", "day": 1}, {"kind": "b"}]), entry(notices=[{"kind": "a"}])
    assert joined(base, mine, theirs).answers == {"notices": [{"kind": "a", "day": 1}]}


def test_two_new_rows_are_never_made_one() -> None:
    base = entry(notices=[{"kind": "a"}])
    mine, theirs = entry(notices=[{"kind": "a"}, {"day": 1}]), entry(notices=[{"kind": "a"}, {"by": 2}])
    assert conflicts(base, mine, theirs) == [Conflict("answers.notices[1]", ABSENT, {"day": 1}, {"by": 2})]


def test_rows_that_both_sides_removed_some_of_are_asked_about_as_a_whole() -> None:
    base = entry(notices=[{"kind": "a"}, {"kind": "b"}, {"kind": "c"}])
    mine = entry(notices=[{"kind": "b"}, {"kind": "c"}])
    theirs = entry(notices=[{"kind": "a"}, {"kind": "b"}])
    [found] = conflicts(base, mine, theirs)
    assert (found.path, found.mine) == ("answers.notices", [{"kind": "b"}, {"kind": "c"}])


def test_answers_to_another_version_of_the_form_are_never_mixed() -> None:
    base = entry(contact={"route": "self"})
    mine = replace(base, version=2, answers={"contact": {"way": "self"}})
    theirs = entry(contact={"route": "self", "held_on": "2026-03-02"})
    [found] = conflicts(base, mine, theirs)
    assert found.path == "form+version+answers"
    noted = replace(base, finished_on=DAY)
    assert joined(base, mine, noted) == replace(mine, finished_on=DAY)


@many
@given(three_states())
def test_each_decision_changes_its_own_and_can_be_taken_back(states: tuple[Record, Record, Record]) -> None:
    base, mine, theirs = states
    found = merge(base, mine, theirs)
    if not isinstance(found, Conflicts):
        return
    kept = decided(base, mine, theirs, lambda _: Version.MINE)
    for each in found.found:
        taken = decided(base, mine, theirs, taking(each.path))
        names = {field.name for field in fields(kept)} - set(top_of(each.path))
        assert all(getattr(kept, name) == getattr(taken, name) for name in names)
        assert decided(kept, kept, taken, lambda _: Version.THEIRS) == taken
        assert decided(taken, taken, kept, lambda _: Version.THEIRS) == kept


def taking(path: str) -> Choose:
    """Return the choice of the other version for one path."""
    return lambda each: Version.THEIRS if each == path else Version.MINE
