"""What lacks in a rule, in words, and the fact to be entered for it. No widgets."""

from kimdesk.domain.screening.result import ConditionState, Screened, ScreenedCondition
from kimdesk.texts import screening as told
from ui.perspective.entering import fact_of

_LACKS = (
    ConditionState.AGAINST,
    ConditionState.TITLE,
    ConditionState.STATUS,
    ConditionState.MISSING,
    ConditionState.UNKNOWN,
    ConditionState.DISCRETION,
    ConditionState.TIME,
)
TO_ENTER = frozenset({ConditionState.UNKNOWN, ConditionState.MISSING})
"""The states of a condition for which something can be entered."""
_AFTER_TITLE = "after_title"


def told_fact(one: ScreenedCondition) -> str:
    """Return the fact to be entered for a condition, "" where none lacks or none can be entered."""
    return fact_of(one.id, one.why.code) if one.state in TO_ENTER else ""


def _lacking(one: Screened) -> ScreenedCondition | None:
    """Return the condition that stands most in the way."""
    counting = [each for each in one.conditions if each.state in _LACKS and each.counts]
    return min(counting, key=lambda each: _LACKS.index(each.state), default=None)


def lack_words(one: Screened) -> str:
    """Return what lacks most, as it stands in a lane: the day itself stands beside it."""
    lack = _lacking(one)
    if lack is None:
        return ""
    same = [each for each in one.conditions if each.state is lack.state and each.why.code != _AFTER_TITLE]
    return capital(told.said((same or [lack])[0].why))


def capital(words: str) -> str:
    """Return ``words`` as they begin a line."""
    return words[:1].upper() + words[1:]
