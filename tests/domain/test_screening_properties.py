"""What holds of every screening, whatever the facts: more helps, less is only less known."""

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.screening.engine import screen
from kimdesk.domain.screening.facts import (
    Asylum,
    AsylumKind,
    Benefit,
    German,
    Job,
    Schooling,
    ScreeningFacts,
    Spell,
    SpellKind,
    Timespan,
    Training,
)
from kimdesk.domain.screening.result import ConditionState, Light, Screened, Screening
from kimdesk.texts import screening as told
from kimdesk.texts.speech import Speech

LAW = SHIPPED.rules.screening
ENGLISH = Speech("en")
TODAY = date(2026, 11, 30)
RANK = {Light.GREEN: 0, Light.YELLOW: 1, Light.RED: 2}
PARAGRAPHS = ("", "§ 25 Abs. 2 AufenthG", "§ 25b", "§ 104c", "§ 18g", "§ 28 Abs. 1", "§ 24", "§ 60c", "§ 9")

days = st.dates(date(1930, 1, 1), date(2034, 12, 31))
past = st.dates(date(2014, 1, 1), TODAY)
flags = st.none() | st.booleans()


def spans(first: Any = past, last: Any = days) -> Any:
    return st.tuples(st.none() | first, st.none() | last).map(
        lambda pair: (pair[0], max(pair) if None not in pair else pair[1])
    )


def timed(shape: Any, **members: Any) -> Any:
    return st.builds(
        lambda span, rest: shape(first=span[0], last=span[1], **rest), spans(), st.fixed_dictionaries(members)
    )


def several(one: Any) -> Any:
    return st.none() | st.lists(one, max_size=4).map(tuple)


spells = timed(Spell, kind=st.sampled_from(SpellKind), paragraph=st.sampled_from(PARAGRAPHS))
jobs = timed(Job, hours=st.none() | st.sampled_from([10.0, 20.0, 39.0]), insured=flags, skilled=flags)
facts = st.builds(
    ScreeningFacts,
    born=st.none() | st.dates(date(1950, 1, 1), date(2026, 11, 30)),
    entry=st.none() | past,
    nationality=st.none() | st.sampled_from([("423",), ("252",), ("430",), ("170",), ("000",)]),
    spells=several(spells),
    asylum=st.none()
    | st.builds(
        Asylum,
        applied=st.none() | past,
        decided=st.none() | past,
        kind=st.none() | st.sampled_from(AsylumKind),
    ),
    identity_clarified=st.none() | past,
    identity_steps=several(past),
    german=st.none() | st.builds(German, level=st.sampled_from(["A1", "B1", "C1"]), on=st.none() | past),
    civic_test=st.none() | past | st.booleans(),
    civic_points=st.none() | st.integers(0, 33),
    school=several(timed(Schooling, degree=flags)),
    training=several(
        st.builds(
            Training,
            start=st.none() | days,
            registered=flags,
            diploma=st.none() | past | st.booleans(),
            promised=flags,
        )
    ),
    jobs=several(jobs),
    partner_jobs=several(jobs),
    income_share=st.none() | st.sampled_from([0.0, 0.5, 0.51, 1.0]),
    benefits=several(timed(Benefit, regime=st.sampled_from(["sgb2", "asylblg_basic", "wohngeld"]))),
    pension_months=st.none() | st.integers(0, 80),
    minor_child=several(past),
    german_spouse=st.none() | past,
    flat=flags,
    absences=several(timed(Timespan)),
    unable=flags,
    obstruction=flags,
)


def each_rule(before: Screening, after: Screening) -> list[tuple[Screened, Screened]]:
    """Return every rule that is for the person in both."""
    pairs = zip(before.rules, after.rules, strict=True)
    return [(was, now) for was, now in pairs if Light.GREY not in (was.light, now.light)]


@settings(max_examples=50, deadline=None)
@given(facts, days)
def test_every_rule_answers_whatever_the_facts(known: ScreeningFacts, today: date) -> None:
    found = screen(known, LAW, today)
    assert [one.rule for one in found.rules] == [one.code for one in LAW.in_force(today)]
    for one in found.shown:
        assert one.conditions
        assert one.step
        assert told.step(one.step)
        assert told.light(one)
        assert all(told.said(each.why) and told.said(each.why, ENGLISH) for each in one.conditions)
        assert (one.light is Light.RED) == any(
            each.state is ConditionState.AGAINST for each in one.conditions
        )
        if one.light is Light.RED:
            assert one.earliest is None
        if one.light is Light.GREEN:
            assert one.earliest is None or one.earliest <= today


EXCUSES = {
    "safe_country": {"jobs", "spells", "asylum"},
    "livelihood": {"unable", "born", "jobs", "partner_jobs", "minor_child", "school", "training"},
}


@settings(max_examples=50, deadline=None)
@given(facts, st.sampled_from([one.name for one in fields(ScreeningFacts)]))
def test_what_is_not_known_is_never_a_no(known: ScreeningFacts, name: str) -> None:
    """Who takes a fact away never sees red where there was none.

    Named: what excuses from a bar counts only when it is recorded: an exception for safe countries of origin,
    what waives a livelihood that is known to be too low.
    """
    less = screen(replace(known, **{name: None}), LAW, TODAY)
    for was, now in each_rule(screen(known, LAW, TODAY), less):
        if was.light is not Light.RED and now.light is Light.RED:
            against = {one.id for one in now.conditions if one.state is ConditionState.AGAINST}
            assert name in {excuse for each in against for excuse in EXCUSES[each]}


BEST: dict[str, Any] = {
    "german": German(level="C2", on=date(2015, 1, 1)),
    "civic_test": True,
    "civic_points": 33,
    "income_share": 1.0,
    "benefits": (),
    "flat": True,
    "pension_months": 600,
    "unable": True,
    "identity_clarified": date(2014, 1, 1),
    "obstruction": False,
}


@settings(max_examples=50, deadline=None)
@given(facts, st.sampled_from(sorted(BEST)))
def test_more_evidence_never_makes_a_light_worse(known: ScreeningFacts, name: str) -> None:
    more = screen(replace(known, **{name: BEST[name]}), LAW, TODAY)
    for was, now in each_rule(screen(known, LAW, TODAY), more):
        assert RANK[now.light] <= RANK[was.light], (name, was, now)


LIMITS = {"age_until", "title_end", "apply_first", "training"}
"""Conditions with an age limit or a window that closes."""


@settings(max_examples=50, deadline=None)
@given(facts, st.integers(1, 1500))
def test_more_time_never_makes_a_light_worse(known: ScreeningFacts, days_on: int) -> None:
    """Time goes on with the papers, jobs and schools of today, and children stay minors."""
    held = replace(
        known,
        spells=_going_on(known.spells),
        jobs=_going_on(known.jobs),
        partner_jobs=None,
        school=_going_on(known.school),
        benefits=_going_on(known.benefits),
        minor_child=None,
        training=None,
        absences=None,
        asylum=None,
    )
    later = TODAY + timedelta(days_on)
    for was, now in each_rule(screen(held, LAW, TODAY), screen(held, LAW, later)):
        worse = {one.id for one in now.conditions if one.state not in (ConditionState.MET,)}
        assert RANK[now.light] <= RANK[was.light] or worse & LIMITS, (was, now)


def _going_on(spans: Any) -> Any:
    """Return only what holds today, without its end."""
    if spans is None:
        return None
    return tuple(replace(one, last=None) for one in spans if one.first and one.holds(TODAY))
