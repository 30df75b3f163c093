"""Conditions about a training: when it begins, what was there before, its contract and its end."""

from dataclasses import replace
from datetime import date

from kimdesk.domain.law.periods import DAY, months_later
from kimdesk.domain.screening.conditions.stay import run_of_papers
from kimdesk.domain.screening.conditions.verdict import ConditionVerdict, by_day, plain, unknown
from kimdesk.domain.screening.facts import LOST_ASYLUM, SpellKind, Training
from kimdesk.domain.screening.person_view import PersonView
from kimdesk.domain.screening.result import ConditionState
from kimdesk.domain.screening.rules import ConditionRule


def open_training(view: PersonView) -> Training | None:
    """Return the training that goes on or begins last, None when there is none without a diploma."""
    known = [one for one in view.facts.training or () if not one.diploma]
    return max(known, key=lambda one: one.start or date.min, default=None)


def begun_as_asylum_seeker(view: PersonView) -> bool:
    """Return whether the training began with a Gestattung, and goes on."""
    one = open_training(view)
    if one is None or one.start is None or one.start > view.today:
        return False
    start = one.start
    held = [spell for spell in view.spells if spell.holds(start)]
    return any(spell.kind is SpellKind.PERMISSION for spell in held)


def training_status(view: PersonView, rule: ConditionRule) -> ConditionVerdict:
    """Judge what must come before: the refusal for who began as asylum seeker, else months of Duldung."""
    if not begun_as_asylum_seeker(view):
        return run_of_papers(view, rule)
    asylum = view.facts.asylum
    if asylum is None or asylum.kind is None:
        return unknown("asylum_unknown")
    if asylum.kind not in LOST_ASYLUM:
        return plain(ConditionState.STATUS, "asylum_pending")
    if asylum.decided is None:
        return plain(ConditionState.MET, "begun_as_asylum_seeker")
    return by_day(asylum.decided, view.today, "begun_as_asylum_seeker")


def training_start(view: PersonView, rule: ConditionRule) -> ConditionVerdict:
    """Judge from when until when one can apply, and from when it is granted.

    Counted back from the begin: ``months_before`` for the application, ``months`` for the grant.
    """
    one = open_training(view)
    if one is None:
        none = view.facts.training is not None
        return plain(rule.short, "no_training") if none else unknown("training_unknown")
    if one.start is None:
        return unknown("training_start_unknown")
    opens = months_later(one.start, -rule.months_before)
    if one.start <= view.today:
        return replace(plain(ConditionState.MET, "training_runs", day=one.start), day=opens)
    found = by_day(opens, view.today, "training_opens", start=one.start)
    return replace(found, last_day=one.start - DAY, granted_from=months_later(one.start, -rule.months))


def registered(view: PersonView, rule: ConditionRule) -> ConditionVerdict | None:
    """Judge whether the contract is registered or its registration applied for."""
    one = open_training(view)
    if one is None:
        return None
    if one.registered:
        return plain(ConditionState.MET, "registered")
    if one.registered is None:
        runs = one.start is not None and one.start <= view.today
        return plain(ConditionState.MET, "training_runs") if runs else unknown("registered_unknown")
    return plain(rule.short, "not_registered")


def recognised(view: PersonView, rule: ConditionRule) -> ConditionVerdict:
    """Judge whether a foreign degree is recognised, or comparable to a German one."""
    known = view.facts.recognised_degree
    if known is None:
        return unknown("recognition_unknown")
    return plain(ConditionState.MET, "recognised") if known else plain(rule.short, "not_recognised")


def diploma(view: PersonView, rule: ConditionRule) -> ConditionVerdict:
    """Judge whether a training in Germany was finished."""
    diplomas = [one.diploma for one in view.facts.training or () if one.diploma]
    if True in diplomas:
        return plain(ConditionState.MET, "diploma_passed")
    days = [one for one in diplomas if isinstance(one, date)]
    if days:
        return by_day(min(days), view.today, "diploma")
    if view.facts.training is None:
        return unknown("training_unknown")
    return plain(rule.short, "no_diploma")
