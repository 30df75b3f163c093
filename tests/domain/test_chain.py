"""The chain of measures: what is blocked, what decides the end, checked against slow and obvious answers."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimdesk.domain import chain
from kimdesk.domain.chain import Why, blockers, bottleneck, critical_path, followers, schedule, way
from kimdesk.domain.records import Measure
from kimdesk.domain.terms import MeasureState

DAY = date(2026, 11, 24)
OPEN = (MeasureState.PLANNED, MeasureState.APPLIED, MeasureState.GRANTED, MeasureState.RUNNING)


def measure(name: str, *requires: str, start: int | None = 0, days: int = 10, **parts: object) -> Measure:
    """Return a measure from ``start`` days after DAY, ``days`` long."""
    begins = None if start is None else DAY + timedelta(days=start)
    ends = begins and begins + timedelta(days=days - 1)
    made = Measure(id=name, title=name, requires=requires, starts_on=begins, due_on=ends)
    return replace(made, **parts)  # type: ignore[arg-type]


@st.composite
def plans(draw: st.DrawFn, most: int = 7) -> tuple[Measure, ...]:
    """Return measures that only wait for earlier ones, in any order."""
    made: list[Measure] = []
    for number in range(draw(st.integers(1, most))):
        earlier = [each.id for each in made]
        needs = draw(st.lists(st.sampled_from(earlier), unique=True)) if earlier else []
        start, days = draw(st.none() | st.integers(0, 60)), draw(st.integers(1, 40))
        state = draw(st.sampled_from(OPEN) | st.sampled_from(MeasureState))
        made.append(measure(f"m{number}", *needs, start=start, days=days, state=state))
    return tuple(draw(st.permutations(made)))


def all_ways(measures: Sequence[Measure]) -> list[list[Measure]]:
    """Return every way through open measures, each waiting for the one before it."""
    ways = [[each] for each in measures if chain.is_open(each)]
    for path in ways:
        ways += [[*path, each] for each in measures if chain.is_open(each) and path[-1].id in each.requires]
    return ways


def length(path: Sequence[Measure]) -> int:
    spans = [chain.span(each) for each in path]
    return sum((one[1] - one[0]).days + 1 if one else chain.WITHOUT_END.days + 1 for one in spans)


@given(plans())
def test_the_plan_ends_when_its_longest_way_ends(measures: tuple[Measure, ...]) -> None:
    ends = [
        begins[0] + timedelta(days=length(path) - 1)
        for path in all_ways(measures)
        if (begins := chain.span(path[0]))
    ]
    slots = schedule(measures)
    assert max((slot.earliest_end for slot in slots.values()), default=None) == max(ends, default=None)


@given(plans())
def test_the_critical_path_is_a_way_without_slack_that_ends_last(measures: tuple[Measure, ...]) -> None:
    path, slots = critical_path(measures), schedule(measures)
    assert bool(path) == bool(slots)
    assert all(slots[each.id].slack == 0 for each in path)
    for before, after in pairwise(path):
        assert before.id in after.requires
        assert slots[before.id].earliest_end + timedelta(days=1) == slots[after.id].earliest_start
    if path:
        assert slots[path[-1].id].earliest_end == max(slot.earliest_end for slot in slots.values())
        begins = chain.span(path[0])
        assert begins
        assert slots[path[0].id].earliest_start == begins[0]
    for slot in slots.values():
        assert slot.latest_start - slot.earliest_start == timedelta(days=slot.slack)


@given(plans(), st.integers(0, 20))
def test_a_measure_may_slip_by_its_slack_and_no_further(measures: tuple[Measure, ...], pick: int) -> None:
    slots = schedule(measures)
    if not slots:
        return
    key = sorted(slots)[pick % len(slots)]
    end = max(slot.earliest_end for slot in slots.values())

    def ends_when_slipped(days: int) -> date:
        slot, by = slots[key], timedelta(days=days)
        first, last = slot.earliest_start + by, slot.earliest_end + by
        late = [replace(each, starts_on=first, due_on=last) if each.id == key else each for each in measures]
        return max(each.earliest_end for each in schedule(late).values())

    assert slots[key].slack >= 0
    assert ends_when_slipped(slots[key].slack) == end
    assert ends_when_slipped(slots[key].slack + 1) > end


@given(plans())
def test_followers_are_found_as_by_asking_each_for_its_way(measures: tuple[Measure, ...]) -> None:
    for each in measures:
        obvious = {
            one.id
            for one in measures
            if one.id != each.id and chain.is_open(one) and way(one.id, each.id, measures)
        }
        assert {one.id for one in followers(each.id, measures)} == obvious


@given(plans(), st.data())
def test_a_link_is_a_circle_exactly_when_there_is_a_way_back(
    measures: tuple[Measure, ...], data: st.DataObject
) -> None:
    one, other = (data.draw(st.sampled_from(measures)) for _ in range(2))
    linked = replace(one, requires=(*one.requires, other.id))
    back = way(other.id, one.id, measures)
    assert chain.makes_circle(linked, measures) == bool(back)
    if back:
        assert (back[0], back[-1]) == (other, one)
        assert all(after.id in before.requires for before, after in pairwise(back))


def test_what_is_in_the_way_is_named_with_its_reason() -> None:
    refused = measure("kita", state=MeasureState.REJECTED)
    running = measure("uebersetzung", state=MeasureState.RUNNING, days=30)
    course = measure("kurs", "kita", "uebersetzung", start=5)
    found = [(one.measure.id, one.why) for one in blockers(course, (refused, running, course))]
    assert found == [("kita", Why.ENDED), ("uebersetzung", Why.LATE)]
    assert not blockers(replace(course, state=MeasureState.DONE), (refused, running))


LATER = DAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("before", "after", "late"),
    [
        (Measure(due_on=LATER), Measure(starts_on=DAY), True),
        (Measure(due_on=DAY), Measure(starts_on=DAY), False),
        (Measure(due_on=DAY), Measure(starts_on=LATER), False),
        (Measure(due_on=LATER, state=MeasureState.RUNNING), Measure(starts_on=DAY), True),
        (Measure(due_on=LATER, state=MeasureState.DONE), Measure(starts_on=DAY), False),
        (Measure(due_on=LATER), Measure(starts_on=DAY, state=MeasureState.RUNNING), False),
        (Measure(due_on=LATER), Measure(), False),
        (Measure(), Measure(starts_on=DAY), False),
        (Measure(), Measure(), False),
    ],
)
def test_what_ends_after_the_next_is_to_begin_comes_too_late(
    before: Measure, after: Measure, late: bool
) -> None:
    assert chain.comes_too_late(before, after) is late


def test_waiting_in_time_is_not_being_blocked() -> None:
    kita, course = measure("kita"), measure("kurs", "kita", start=10)
    assert not chain.is_blocked(course, (kita, course))
    assert chain.is_blocked(replace(course, starts_on=DAY + timedelta(days=8)), (kita, course))


def test_the_bottleneck_is_what_most_wait_for_through_others_too() -> None:
    plan = (
        measure("titel"),
        measure("konto"),
        measure("kurs", "titel"),
        measure("b1", "kurs"),
        measure("x", "konto"),
    )
    found = bottleneck(plan)
    assert found
    assert (found.measure.id, {one.id for one in found.waiting}) == ("titel", {"kurs", "b1"})
    assert bottleneck(plan[1:2]) is None
    assert bottleneck([]) is None


def test_of_several_bottlenecks_the_one_that_ends_last_counts() -> None:
    waiting = [measure(f"{name}{number}", name) for name in "abc" for number in (1, 2)]
    plan = (measure("a", days=9), measure("b", days=20), measure("c", start=None), *waiting)
    found = bottleneck(plan)
    assert found
    assert found.measure.id == "b"


def test_the_critical_path_is_the_longest_way_with_its_names() -> None:
    plan = (
        measure("titel", days=10),
        measure("konto", days=4),
        measure("pass", start=5, days=5),
        measure("kurs", "konto", "titel", start=2, days=30),
        measure("b1", "kurs", "pass", start=None),
        measure("feier", start=1, days=3),
    )
    assert [each.id for each in critical_path(plan)] == ["titel", "kurs", "b1"]
    assert [each.id for each in critical_path(plan[:3])] == ["titel"]
    assert critical_path([]) == ()
    assert schedule([]) == {}


def test_of_two_that_hold_up_the_same_the_one_that_begins_last_is_named() -> None:
    plan = (measure("z", days=10), measure("a", start=4, days=6), measure("kurs", "z", "a", start=0))
    assert [each.id for each in critical_path(plan)] == ["a", "kurs"]


def test_there_is_no_way_from_or_to_what_is_not_in_the_plan() -> None:
    plan = (measure("kurs", "titel", "anderswo"), measure("titel"))
    assert [each.id for each in way("kurs", "titel", plan)] == ["kurs", "titel"]
    assert [each.id for each in way("kurs", "kurs", plan)] == ["kurs"]
    assert way("anderswo", "kurs", plan) == way("kurs", "anderswo", plan) == way("titel", "kurs", plan) == ()


def test_an_estimate_stands_in_for_a_missing_date() -> None:
    assert chain.span(Measure(starts_on=DAY)) == (DAY, DAY + chain.WITHOUT_END)
    assert chain.span(Measure(due_on=DAY)) == (DAY - chain.BEFORE_DUE, DAY)
    assert chain.span(Measure()) is None
    assert chain.span(Measure(starts_on=LATER, due_on=DAY)) == (DAY, LATER)
    assert chain.span(Measure(starts_on=DAY, due_on=DAY)) == (DAY, DAY)
