"""From facts to lights: every rule for one person on one day."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from kimdesk.domain.screening.alarms import alarms_of
from kimdesk.domain.screening.conditions import KINDS
from kimdesk.domain.screening.conditions.verdict import ConditionVerdict
from kimdesk.domain.screening.facts import ScreeningFacts
from kimdesk.domain.screening.person_view import TITLED, PersonView
from kimdesk.domain.screening.result import (
    Because,
    ConditionState,
    Lack,
    Light,
    Screened,
    ScreenedCondition,
    Screening,
)
from kimdesk.domain.screening.rules import (
    ConditionRule,
    ForWhom,
    ScreeningLaw,
    ScreeningRule,
    ScreeningWay,
)
from kimdesk.domain.screening.steps import advised

_RANK = {Light.GREEN: 0, Light.YELLOW: 1, Light.RED: 2}
_LACKS = {
    ConditionState.TITLE: Lack.TITLE,
    ConditionState.STATUS: Lack.STATUS,
    ConditionState.TIME: Lack.TIME,
    ConditionState.MISSING: Lack.EVIDENCE,
    ConditionState.UNKNOWN: Lack.UNKNOWN,
    ConditionState.DISCRETION: Lack.DISCRETION,
}
"""What a rule lacks by the state of a condition, the heaviest first."""
_OPEN = frozenset(_LACKS)


def screen(facts: ScreeningFacts, law: ScreeningLaw, today: date) -> Screening:
    """Return every rule in force on ``today`` for a person with these facts, grey ones among them."""
    view = PersonView(facts, today, law)
    rules = law.in_force(today)
    found = {rule.code: _screened(view, rule) for rule in rules if not rule.after_title}
    leading = (found[one.code] for one in rules if one.leads_to_title)
    later = replace(view, first_title=facts.expected_title or _first_title(leading))
    found |= {rule.code: _screened(later, rule) for rule in rules if rule.after_title}
    return Screening(today, tuple(found[rule.code] for rule in rules))


def _first_title(found: Iterable[Screened]) -> date | None:
    """Return when a first title can be had; None when one can be had already, or no day is known."""
    possible = [one for one in found if one.light in (Light.GREEN, Light.YELLOW) and one.begun]
    days = [one.earliest for one in possible if one.earliest and one.lack is not Lack.STATUS]
    if any(one.light is Light.GREEN for one in possible):
        return None
    return min(days, default=None)


def _screened(view: PersonView, rule: ScreeningRule) -> Screened:
    if not _is_for(view, rule.for_whom):
        return Screened(
            rule=rule.code,
            light=Light.GREY,
            begun=False,
            paragraph=rule.paragraph,
            source=rule.source,
            checked=rule.checked,
        )
    offered = [way for way in rule.ways if _is_offered(view, way)] or rule.ways[:1]
    chosen = min((_by_way(view, rule, way) for way in offered), key=_order)
    alarms, begun = alarms_of(chosen, view.today, view.law), _is_begun(view, rule)
    chosen = replace(chosen, urgent=_is_urgent(chosen, view), begun=begun, alarms=alarms)
    return replace(chosen, step=advised(chosen))


def _order(found: Screened) -> tuple[int, int, date]:
    """Return how good a way is: its light, what it lacks that can be had, how early it is."""
    lacking = sum(one.state in (ConditionState.MISSING, ConditionState.AGAINST) for one in found.conditions)
    return _RANK[found.light], lacking, found.earliest or date.max


def _is_offered(view: PersonView, way: ScreeningWay) -> bool:
    """Return whether what a way is only for is met."""
    needed = [one for one in way.conditions if one.id in way.offered_if and one.holds(view.today)]
    judged = (KINDS[one.kind](view, one) for one in needed)
    return all(one is not None and one.state is ConditionState.MET for one in judged)


def _is_begun(view: PersonView, rule: ScreeningRule) -> bool:
    return not rule.about or any(getattr(view.facts, name) for name in rule.about)


def _is_for(view: PersonView, whom: ForWhom) -> bool:
    """Return whether a rule is for this person; what is not known keeps nobody out."""
    if view.is_german:
        return False
    nothing_begun = (whom.spouse and view.facts.german_spouse is None) or (
        whom.training and view.facts.training == () and not view.facts.obstruction
    )
    nothing_begun = nothing_begun or bool(whom.draws and not view.draws(whom.draws))
    return not nothing_begun and _is_status(view, whom) and _is_age(view, whom)


def _is_age(view: PersonView, whom: ForWhom) -> bool:
    """Return whether the person can be of the age; a day of birth that is not known keeps nobody out."""
    least = max(whom.shown_from, whom.own_from if view.is_titled is False else 0)
    shown = view.birthday(least) if least else None
    gone = view.birthday(whom.shown_until, surely=True) if whom.shown_until else None
    return (shown is None or shown <= view.today) and (gone is None or view.today < gone)


def _is_status(view: PersonView, whom: ForWhom) -> bool:
    if view.now is None:
        return True
    if whom.asylum and view.protection is not None and view.protection not in whom.asylum:
        return False
    if view.now.kind not in TITLED:
        return view.now.kind in whom.kinds
    return view.has_title(whom.titles) is not False and view.has_title(whom.not_titles) is not True


def _by_way(view: PersonView, rule: ScreeningRule, way: ScreeningWay) -> Screened:
    judged = [one for one in way.conditions if one.holds(view.today)]
    conditions: list[ScreenedCondition] = []
    lasts: list[date] = []
    undated = False
    grants: list[date] = []
    for each in judged:
        verdict = KINDS[each.kind](view, each)
        if verdict is None:
            continue
        undated = undated or (each.leads and verdict.day is None and verdict.state in _OPEN)
        lasts += [verdict.last_day] if verdict.last_day else []
        grants += [verdict.granted_from] if verdict.granted_from else []
        conditions.append(_condition(each, verdict))
    found = _summed(rule, way, tuple(conditions), min(lasts, default=None), max(grants, default=None))
    return replace(found, earliest=None, second_earliest=None, granted_from=None) if undated else found


def _condition(rule: ConditionRule, verdict: ConditionVerdict) -> ScreenedCondition:
    return ScreenedCondition(
        id=rule.id,
        state=verdict.state,
        why=Because(verdict.code, verdict.facts),
        paragraph=rule.paragraph,
        evidence=rule.evidence,
        day=verdict.day,
        second_day=verdict.second_day,
        counts=not (rule.proof and verdict.state is ConditionState.UNKNOWN),
    )


def _summed(
    rule: ScreeningRule,
    way: ScreeningWay,
    conditions: tuple[ScreenedCondition, ...],
    last_day: date | None,
    granted: date | None,
) -> Screened:
    light, lack = _light(conditions, rule)
    days = [one.day for one in conditions if one.day]
    earliest = max(days, default=None) if light is not Light.RED else None
    second = max((one.second_day or one.day for one in conditions if one.day), default=None)
    two = any(one.second_day for one in conditions) and earliest is not None and second != earliest
    return Screened(
        rule=rule.code,
        light=light,
        lack=lack,
        paragraph=way.paragraph or rule.paragraph,
        earliest=earliest,
        second_earliest=second if two else None,
        granted_from=max(granted, earliest) if granted and earliest else None,
        last_day=last_day,
        conditions=conditions,
        source=rule.source,
        checked=rule.checked,
    )


def _light(conditions: Iterable[ScreenedCondition], rule: ScreeningRule) -> tuple[Light, Lack]:
    """Return the light of a rule and what it lacks most; the worst of what counts decides."""
    states = {one.state for one in conditions if one.counts}
    if ConditionState.AGAINST in states:
        return Light.RED, Lack.NONE
    lack = next((lack for state, lack in _LACKS.items() if state in states), Lack.NONE)
    if lack is Lack.NONE and rule.discretion:
        lack = Lack.DISCRETION
    return (Light.YELLOW if lack else Light.GREEN), lack


def _is_urgent(found: Screened, view: PersonView) -> bool:
    """Return whether the last day is near, or comes before the periods are full."""
    last = found.last_day
    if last is None or found.light is Light.RED or last < view.today:
        return False
    too_late = found.earliest is not None and found.earliest > last
    return too_late or (last - view.today).days <= view.law.urgent_days
