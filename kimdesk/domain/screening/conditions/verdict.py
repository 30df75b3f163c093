"""What is found about one condition."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kimdesk.domain.screening.person_view import PersonView
from kimdesk.domain.screening.result import ConditionState
from kimdesk.domain.screening.rules import ConditionRule


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionVerdict:
    """Where a condition stands and why; its days as in ``ScreenedCondition`` and ``Screened``."""

    state: ConditionState
    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    day: date | None = None
    second_day: date | None = None
    last_day: date | None = None
    granted_from: date | None = None


def plain(state: ConditionState, code: str, **facts: Any) -> ConditionVerdict:
    """Return a verdict without days of its own."""
    return ConditionVerdict(state=state, code=code, facts=facts)


def unknown(code: str, **facts: Any) -> ConditionVerdict:
    """Return that it is not known."""
    return plain(ConditionState.UNKNOWN, code, **facts)


def by_day(day: date, today: date, code: str, **facts: Any) -> ConditionVerdict:
    """Return that it is met from ``day`` on."""
    state = ConditionState.MET if day <= today else ConditionState.TIME
    return ConditionVerdict(state=state, code=code, facts={"day": day, **facts}, day=day)


def waived(view: PersonView, rule: ConditionRule) -> ConditionVerdict | None:
    """Return that the condition is not asked of this person, None when it is."""
    if "unable" in rule.waived and view.facts.unable:
        return plain(ConditionState.NOT_NEEDED, "unable")
    old = view.birthday(view.law.pension_age, surely=True)
    if "pension_age" in rule.waived and old and old <= view.today:
        return plain(ConditionState.NOT_NEEDED, "pension_age")
    grown = view.birthday(rule.until_age) if "child" in rule.waived else None
    if grown and view.today < grown:
        return plain(ConditionState.NOT_NEEDED, "child", age=rule.until_age)
    if rule.unless_titles and view.has_title(rule.unless_titles):
        return plain(ConditionState.NOT_NEEDED, "other_title")
    return None
