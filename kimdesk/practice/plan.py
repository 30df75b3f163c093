"""Goals with their five levels, and the measures that lead there, one waiting for the other."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from graphlib import TopologicalSorter

from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.records import Goal, Measure
from kimdesk.domain.terms import GoalState, MeasureState, Phase
from kimdesk.practice.dice import Dice
from kimdesk.practice.interpreted import interpreted
from kimdesk.practice.library import goals, measures
from kimdesk.practice.scene import Scene
from kimdesk.practice.templates import GoalTemplate, MeasureTemplate

_MONTH = 30
_GOALS_DRAFTED = 2  # while the agreement is still being made
_DONE_SHARE = 0.94
_REJECTED_SHARE = 0.6
_GAP_SHARE = 0.35
_OPEN_STATES = (MeasureState.APPLIED, MeasureState.GRANTED, MeasureState.RUNNING)
_UNDER_WAY = frozenset(_OPEN_STATES)
CALM = timedelta(days=18)  # dates of the town lie at least this far ahead, so that the day is not flooded


@dataclass(frozen=True, slots=True)
class Planned:
    """A measure on its way into the plan."""

    key: str
    template: MeasureTemplate
    goal_id: str
    id: str
    starts: date
    due: date
    state: MeasureState


def plan(scene: Scene) -> tuple[tuple[Goal, ...], tuple[Planned, ...]]:
    """Return the goals of a case and its measures; both empty before their phases."""
    if Phase.GOAL_AGREEMENT not in scene.started:
        return (), ()
    chosen = [(key, goals()[key]) for key in scene.story.goals if scene.has(goals()[key].needs)]
    if scene.course.phase is Phase.GOAL_AGREEMENT:
        chosen = chosen[:_GOALS_DRAFTED]
    ids = [scene.new_id(scene.started[Phase.GOAL_AGREEMENT]) for _ in chosen]
    steps = tuple(_steps(scene, dict(zip(ids, (template for _, template in chosen), strict=True))))
    agreed = tuple(
        _goal(scene, number, goal_id, template, steps)
        for number, (goal_id, (_, template)) in enumerate(zip(ids, chosen, strict=True), start=1)
    )
    return agreed, steps


def _goal(
    scene: Scene, number: int, goal_id: str, template: GoalTemplate, steps: tuple[Planned, ...]
) -> Goal:
    say, dice = scene.say, scene.dice
    agreed = scene.started[Phase.GOAL_AGREEMENT] + timedelta(days=dice.between(0, 10))
    own = [step for step in steps if step.goal_id == goal_id]
    level = _level(own, dice) if own else -1
    ended = scene.course.phase is Phase.EVALUATION
    low, under, expected, above, high = (say(text) for text in template.gas)
    goal = Goal(
        id=goal_id,
        case_id=scene.case_id,
        number=number,
        text=say(template.text),
        life_domain=template.domain,
        smart=tuple(code.code for code in SHIPPED.code_list("smart").codes if dice.chance(0.85)),
        indicator=say(template.indicator),
        baseline=say(template.baseline),
        due_on=_goal_due(scene, agreed),
        priority=1 if number == 1 else dice.between(1, 3),
        by_client=say(template.client),
        by_case_manager=say(template.manager),
        by_others=say(template.others),
        gas_minus_2=low,
        gas_minus_1=under,
        gas_0=expected,
        gas_plus_1=above,
        gas_plus_2=high,
        level=level,
        level_client=max(-2, level - dice.between(0, 1)) if ended else None,
        level_case_manager=level if ended else None,
        state=_goal_state(scene, level),
        version=2 if scene.course.reopened is Phase.GOAL_AGREEMENT else 1,
        signed_on=min(agreed, scene.until) if scene.course.phase is not Phase.GOAL_AGREEMENT else None,
        interpreter=scene.interpreter,
    )
    return interpreted(scene, goal, min(agreed, scene.until))


def _goal_due(scene: Scene, agreed: date) -> date:
    due = agreed + timedelta(days=scene.dice.between(180, 400))
    return (
        due
        if scene.course.closed
        else max(due, scene.today + CALM + timedelta(days=scene.dice.between(10, 150)))
    )


def _level(own: list[Planned], dice: Dice) -> int:
    done = sum(step.state is MeasureState.DONE for step in own)
    if done == len(own):
        return dice.between(0, 2)
    if done:
        return dice.between(-1, 0)
    return -1 if any(step.state in _UNDER_WAY for step in own) else -2


def _goal_state(scene: Scene, level: int) -> GoalState:
    if not scene.course.closed:
        return GoalState.REACHED if level == 2 else GoalState.ACTIVE  # noqa: PLR2004 - GAS +2
    return GoalState.REACHED if level >= 0 else GoalState.DROPPED


def _steps(scene: Scene, agreed: Mapping[str, GoalTemplate]) -> Iterator[Planned]:
    """Yield the measures of all goals, each once, those waited for first."""
    begun = scene.started.get(Phase.SUPPORT_PLAN)
    if begun is None:
        return
    wanted: dict[str, str] = {}
    for goal_id, template in agreed.items():
        for key in template.measures:
            if scene.has(measures()[key].needs):
                wanted.setdefault(key, goal_id)
    made: dict[str, Planned] = {}
    graph = {key: [one for one in measures()[key].requires if one in wanted] for key in wanted}
    for key in TopologicalSorter(graph).static_order():
        before = [made[one] for one in graph[key]]
        made[key] = _step(scene, key, wanted[key], begun, before)
        yield made[key]


def _step(scene: Scene, key: str, goal_id: str, begun: date, before: list[Planned]) -> Planned:
    template, dice = measures()[key], scene.dice
    if key in scene.outline.measure:
        return _fixed(scene, key, goal_id, begun)
    starts = begun + timedelta(days=template.start * _MONTH + dice.between(-4, 12))
    waits = [each for each in before if each.state is not MeasureState.DONE]
    if waits and not template.blocks:
        starts = max([starts, *(each.due for each in waits)])
    due = starts + timedelta(days=template.months * _MONTH + dice.between(-5, 10))
    state = MeasureState.PLANNED if waits else _state(scene, template, starts, due)
    if state in _UNDER_WAY or state is MeasureState.PLANNED:
        due = (
            due if scene.course.closed else max(due, scene.today + CALM + timedelta(days=dice.between(0, 60)))
        )
        starts = starts if state in _UNDER_WAY or waits else max(starts, scene.today + timedelta(days=5))
    return Planned(key, template, goal_id, scene.new_id(begun), starts, max(due, starts), state)


def _fixed(scene: Scene, key: str, goal_id: str, begun: date) -> Planned:
    given = scene.outline.measure[key]
    starts, due = (scene.today + timedelta(days=days) for days in (given.start, given.until))
    return Planned(key, measures()[key], goal_id, scene.new_id(begun), starts, due, given.state)


def _state(scene: Scene, template: MeasureTemplate, starts: date, due: date) -> MeasureState:
    dice = scene.dice
    if due <= scene.until:
        if dice.chance(_DONE_SHARE):
            return MeasureState.DONE
        return MeasureState.REJECTED if dice.chance(_REJECTED_SHARE) else MeasureState.ABANDONED
    if starts > scene.until:
        return MeasureState.PLANNED
    if scene.course.closed:
        return MeasureState.ABANDONED
    if template.kind == "activity":
        return MeasureState.RUNNING
    return MeasureState.APPLIED if dice.chance(0.6) else MeasureState.GRANTED


def as_records(scene: Scene, steps: tuple[Planned, ...]) -> tuple[Measure, ...]:
    """Return the planned measures as records, in the order of the plan."""
    by_key = {step.key: step.id for step in steps}
    return tuple(_measure(scene, step, by_key) for step in steps)


def _measure(scene: Scene, step: Planned, by_key: Mapping[str, str]) -> Measure:
    template, say = step.template, scene.say
    agency, person = scene.agency(template.service) if template.service else (say(template.agency), "")
    open_now = step.state in _UNDER_WAY
    gap = bool(template.gap_note) and open_now and scene.dice.chance(_GAP_SHARE)
    if step.key in scene.outline.measure:
        gap = scene.outline.measure[step.key].gap
    return Measure(
        id=step.id,
        case_id=scene.case_id,
        goal_id=step.goal_id,
        title=say(template.title),
        regime=SHIPPED.service(template.service, on=scene.today).regime if template.service else "",
        agency=agency,
        agency_person=person,
        agency_file_number=f"{scene.dice.digits(5)}/{scene.dice.digits(2)}" if open_now and person else "",
        starts_on=step.starts,
        due_on=step.due,
        follow_up_on=_follow_up(scene, step) if open_now else None,
        requires=tuple(by_key[key] for key in template.requires if key in by_key),
        state=step.state,
        fallback=say(template.fallback),
        gap=gap,
        note=say(template.gap_note if gap else template.note),
    )


def _follow_up(scene: Scene, step: Planned) -> date | None:
    if scene.course.closed or scene.dice.chance(0.5):
        return None
    return scene.dice.day(scene.today + timedelta(days=9), max(step.due, scene.today + timedelta(days=10)))
