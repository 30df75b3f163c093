"""Conditions about age, identity, language, school, home and family; and what is only talked about."""

from dataclasses import replace
from datetime import date

from kimdesk.domain.law.periods import DAY, Length, Unit, after_event, full_on
from kimdesk.domain.screening.conditions.verdict import ConditionVerdict, by_day, plain, unknown, waived
from kimdesk.domain.screening.facts import Schooling, Timespan
from kimdesk.domain.screening.person_view import PersonView
from kimdesk.domain.screening.result import ConditionState
from kimdesk.domain.screening.rules import ConditionRule, IdentityLimit
from kimdesk.domain.screening.runs import Weight, run, timeline

LEVELS = ("A0", "A1", "A2", "B1", "B2", "C1", "C2")
_SCHOOL_GAP = 1200
"""Months that may lie between two schools: any; they only do not count."""


def age_from(view: PersonView, rule: ConditionRule) -> ConditionVerdict:
    """Judge whether an age is reached: rights from an age begin with the birthday."""
    day = view.birthday(rule.age, surely=True)
    return by_day(day, view.today, "age_from", age=rule.age) if day else unknown("born_unknown")


def age_until(view: PersonView, rule: ConditionRule) -> ConditionVerdict:
    """Judge until when an age is not completed: the day before the birthday is the last."""
    birthday = view.birthday(rule.age)
    if birthday is None:
        return unknown("born_unknown")
    last = birthday - DAY
    state = ConditionState.MET if view.today <= last else ConditionState.AGAINST
    return replace(plain(state, "age_until", age=rule.age, day=last), last_day=last)


def german(view: PersonView, rule: ConditionRule) -> ConditionVerdict:
    """Judge the level of German; a leaving certificate of a German school proves it too."""
    if found := waived(view, rule):
        return found
    known = view.facts.german
    if known and LEVELS.index(known.level) >= LEVELS.index(rule.level):
        return _certified(known.on, view.today, "german", level=known.level)
    if has_degree(view):
        return plain(ConditionState.MET, "german_school")
    if known is None:
        return unknown("german_unknown", level=rule.level)
    return plain(rule.short, "german_below", level=known.level, needed=rule.level)


def civic(view: PersonView, rule: ConditionRule) -> ConditionVerdict:
    """Judge the knowledge of law and society: a test, or a leaving certificate of a German school."""
    if found := waived(view, rule):
        return found
    test, points = view.facts.civic_test, view.facts.civic_points
    if points is not None and points < rule.points and not has_degree(view):
        return plain(rule.short, "civic_points", points=points, needed=rule.points)
    if test:
        return _certified(None if test is True else test, view.today, "civic_test")
    if has_degree(view):
        return plain(ConditionState.MET, "civic_school")
    return unknown("civic_unknown") if test is None else plain(rule.short, "no_civic_test")


def _certified(on: date | None, today: date, code: str, **facts: object) -> ConditionVerdict:
    if on is not None and on > today:
        return ConditionVerdict(state=ConditionState.TIME, code="test_to_come", facts={"day": on}, day=on)
    return plain(ConditionState.MET, code, **facts)


def has_degree(view: PersonView) -> bool:
    """Return whether a leaving certificate of a school in Germany is recorded."""
    return any(one.degree and not (one.last and one.last > view.today) for one in view.facts.school or ())


def is_passed(diploma: date | bool | None, today: date) -> bool:
    """Return whether a training was finished by today."""
    return diploma is True or (isinstance(diploma, date) and diploma <= today)


def school(view: PersonView, rule: ConditionRule) -> ConditionVerdict:
    """Judge years of school in Germany, or a degree of school or training."""
    if found := waived(view, rule):
        return found
    trained = any(is_passed(one.diploma, view.today) for one in view.facts.training or ())
    if has_degree(view) or trained:
        return plain(ConditionState.MET, "school_degree")
    if not view.facts.school:
        none = view.facts.school is not None and view.facts.training is not None
        return plain(rule.short, "no_school") if none else unknown("school_unknown", months=rule.months)
    return _years_of_school(view, rule, view.facts.school)


def _years_of_school(
    view: PersonView, rule: ConditionRule, schools: tuple[Schooling, ...]
) -> ConditionVerdict:
    segments = timeline(schools, view.today)
    if segments and segments[-1].span is None:
        segments = segments[:-1]
    day = run(segments, rule.months, _counts, _SCHOOL_GAP).generous if segments else None
    if day is None:
        return unknown("school_unknown", months=rule.months)
    if day > segments[-1].last + DAY and segments[-1].last < view.today:
        return plain(rule.short, "school_short", months=rule.months)
    return by_day(day, view.today, "school_years", months=rule.months)


def _counts(_: Timespan) -> Weight:
    return Weight.COUNTS


def flat(view: PersonView, rule: ConditionRule) -> ConditionVerdict:
    """Judge whether there is room enough to live in."""
    if view.facts.flat is None:
        return unknown("flat_unknown")
    return plain(ConditionState.MET, "flat") if view.facts.flat else plain(rule.short, "no_flat")


def identity(view: PersonView, rule: ConditionRule) -> ConditionVerdict | None:
    """Judge whether the identity is clarified; documented steps leave it to the authority."""
    if rule.titles and view.has_title(rule.titles) is False:
        return None
    clarified = view.facts.identity_clarified
    if clarified is not None:
        return _certified(clarified, view.today, "identity", day=clarified)
    if view.facts.identity_steps:
        return plain(ConditionState.DISCRETION, "identity_steps", n=len(view.facts.identity_steps))
    return unknown("identity_unknown")


def identity_by(view: PersonView, rule: ConditionRule) -> ConditionVerdict:
    """Judge whether the identity was clarified, or all steps taken, within the limit after the entry."""
    entry, clarified = view.facts.entry, view.facts.identity_clarified
    if entry is None:
        return unknown("entry_unknown")
    last = _limit(entry, rule.limits)
    if last is None or view.today <= last:
        return identity(view, replace(rule, titles=())) or unknown("identity_unknown")
    steps = min(view.facts.identity_steps or (), default=None)
    if clarified is not None and clarified <= last:
        return plain(ConditionState.MET, "identity_in_time", day=clarified, last=last)
    if steps is not None and steps <= last:
        state = ConditionState.DISCRETION if clarified is None else ConditionState.MET
        return plain(state, "identity_steps_in_time", last=last)
    if clarified is None and steps is None:
        return unknown("identity_limit_unknown", last=last)
    return plain(ConditionState.DISCRETION, "identity_late", last=last)


def _limit(entry: date, limits: tuple[IdentityLimit, ...]) -> date | None:
    """Return the last day for who entered on ``entry``; None: until the application."""
    for one in limits:
        if one.entered_by is None or entry <= one.entered_by:
            return after_event(entry, Length(one.months, Unit.MONTHS)) if one.months else one.latest
    return None


def obstruction(view: PersonView, _: ConditionRule) -> ConditionVerdict:
    """Judge own false statements that keep the removal from happening today; else it is talked about."""
    if view.facts.obstruction:
        return plain(ConditionState.AGAINST, "obstruction")
    return plain(ConditionState.TALK, "talk")


def talk(_: PersonView, __: ConditionRule) -> ConditionVerdict:
    """Say that this is only talked about; the authority examines it."""
    return plain(ConditionState.TALK, "talk")


def discretion(_: PersonView, __: ConditionRule) -> ConditionVerdict:
    """Say that the authority decides."""
    return plain(ConditionState.DISCRETION, "discretion")


def children_school(view: PersonView, rule: ConditionRule) -> ConditionVerdict:
    """Judge whether there are children of school age; whether they attend is talked about."""
    children = view.facts.minor_child
    if children is None:
        return plain(ConditionState.TALK, "talk")
    at_school = [
        born
        for born in children
        if full_on(born, rule.age * 12) <= view.today < full_on(born, rule.until_age * 12)
    ]
    state = ConditionState.TALK if at_school else ConditionState.NOT_NEEDED
    return plain(state, "children_at_school" if at_school else "no_children_at_school")


def wedding(view: PersonView, rule: ConditionRule) -> ConditionVerdict:
    """Judge how long the marriage or partnership with a German has lasted."""
    wed = view.facts.german_spouse
    if wed is None:
        return unknown("wedding_unknown")
    return by_day(full_on(wed, rule.months), view.today, "wedding", months=rule.months)
