"""What to do now about a rule: one step, by the day it is needed on."""

from kimdesk.domain.screening.result import (
    AdvisedStep,
    ConditionState,
    Lack,
    Light,
    Screened,
    ScreenedCondition,
)

_TO_DO = {
    ConditionState.MISSING: "get",
    ConditionState.UNKNOWN: "ask",
    ConditionState.DISCRETION: "discuss",
}
"""What is done about a condition by its state, the most useful first."""


def advised(found: Screened) -> AdvisedStep:
    """Return the one step that helps most now; ``condition`` in its facts is what it is about."""
    if found.light is Light.RED:
        against = next(one for one in found.conditions if one.state is ConditionState.AGAINST)
        return _about("cure", against)
    if found.urgent or found.light is Light.GREEN:
        return AdvisedStep(code="file_now" if found.urgent else "apply", day=found.last_day)
    if found.lack in (Lack.TITLE, Lack.STATUS):
        return AdvisedStep(code=f"{found.lack}_first", day=found.earliest)
    return _towards(found)


def _towards(found: Screened) -> AdvisedStep:
    """Return what helps most while time, evidence, a fact or a decision is missing."""
    for state, verb in _TO_DO.items():
        one = next((each for each in found.conditions if each.state is state and each.counts), None)
        if one is not None:
            return _about(verb, one, found)
    if found.lack is Lack.TIME:
        return AdvisedStep(code="prepare", day=found.earliest)
    return AdvisedStep(code="discuss_rule")


def _about(verb: str, one: ScreenedCondition, found: Screened | None = None) -> AdvisedStep:
    day = found.earliest if found and found.lack is Lack.TIME else None
    return AdvisedStep(code=verb, facts={"condition": one.id}, day=day)
