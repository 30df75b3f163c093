"""Small steps within measures, whose measure it is, and chains taken from a template."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from kimdesk.casework.plans import proposal
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.catalogue.chains import ChainTemplate
from kimdesk.domain.records import CaseFile, Goal, Measure, PlanStep
from kimdesk.domain.terms import MeasureState, Phase, Role
from kimdesk.practice.library import small_steps, words
from kimdesk.practice.plan import CALM, Planned
from kimdesk.practice.scene import Scene
from kimdesk.practice.templates import StepTemplate
from kimdesk.practice.wording import AGES

_CHAIN_SHARE = 0.5
_CHAIN_BEGAN_DAYS = 45
_SCHOOL = "school_entry"


def with_steps(scene: Scene, file: CaseFile, planned: tuple[Planned, ...]) -> CaseFile:
    """Return ``file`` with the steps of its measures, and in some cases a chain from a template."""
    keys = {one.id: one.key for one in planned}
    steps = small_steps()
    measures = [_stepped(scene, one, steps.get(keys.get(one.id, ""))) for one in file.measures]
    return replace(file, measures=(*measures, *_chain(scene, file)))


def _stepped(scene: Scene, measure: Measure, template: StepTemplate | None) -> Measure:
    if template is None:
        return measure
    return replace(
        measure,
        for_person=_child(scene, template.whose),
        steps=tuple(
            _steps(scene, measure, [PlanStep(text=scene.say(one), by=by) for one, by in template.steps])
        ),
    )


def _child(scene: Scene, whose: str) -> str:
    ages = AGES.get(whose, range(0))
    people = zip(scene.home.plays, scene.home.persons, strict=True)
    fitting = [person.id for play, person in people if play.role is Role.CHILD and play.age in ages]
    if not fitting:
        return ""
    return fitting[-1 if whose == "small_child" else 0]


def _steps(scene: Scene, measure: Measure, steps: list[PlanStep]) -> Iterator[PlanStep]:
    """Tick the first steps as far as the measure has come; the others are due before it ends."""
    first, last = measure.starts_on or scene.until, measure.due_on or scene.until
    pace = max((last - first).days, 1) // (len(steps) + 1)
    done = _done(measure, len(steps))
    for number, step in enumerate(steps, start=1):
        day = first + timedelta(days=pace * number)
        if number <= done:
            yield replace(step, done_on=min(day, scene.until))
        else:
            yield replace(step, due_on=_still_to_come(scene, measure, day, number))


def _done(measure: Measure, count: int) -> int:
    if measure.state is MeasureState.DONE:
        return count
    return 0 if measure.state in (MeasureState.PLANNED, MeasureState.REJECTED) else (count + 1) // 2


def _still_to_come(scene: Scene, measure: Measure, day: date, number: int) -> date | None:
    if scene.course.closed:
        return None
    last = measure.due_on or day
    begins = (measure.starts_on or day) <= scene.today and measure.state is MeasureState.PLANNED
    soon = scene.today + timedelta(days=3 * number)
    return min(soon if begins else max(day, soon), max(last, scene.today))


def _chain(scene: Scene, file: CaseFile) -> Iterator[Measure]:
    """Yield the measures of a chain template for a goal that it fits; not in the cast or closed cases."""
    open_plan = Phase.SUPPORT_PLAN in scene.started and not scene.course.closed
    if not open_plan or scene.outline.file_number or not scene.dice.chance(_CHAIN_SHARE):
        return
    fitting = list(_fitting(scene, file))
    if not fitting:
        return
    chosen, goal = scene.dice.pick(fitting)
    child = _child(scene, "school_child") if chosen.code == _SCHOOL else ""
    start = max(scene.started[Phase.SUPPORT_PLAN], scene.today - timedelta(days=_CHAIN_BEGAN_DAYS))
    drafts = proposal(SHIPPED, chosen, file, start, goal.id).new
    ids = {draft.id: scene.new_id(start) for draft in drafts}
    made = {one.id: one for one in file.measures}
    for draft in drafts:
        waits = tuple(ids.get(one, one) for one in draft.requires)
        found = _placed(scene, replace(draft, id=ids[draft.id], requires=waits), made)
        made[found.id] = found
        yield replace(found, for_person=child, steps=tuple(_steps(scene, found, list(found.steps))))


def _fitting(scene: Scene, file: CaseFile) -> Iterator[tuple[ChainTemplate, Goal]]:
    titles = " ".join(one.title for one in file.measures)
    for chosen in SHIPPED.templates(scene.today):
        rivals = words().chain.get(chosen.code)
        if chosen.code == _SCHOOL and "school_child" not in scene.facts:
            continue
        if rivals and not any(word in titles for word in rivals):
            yield from ((chosen, goal) for goal in file.goals if goal.life_domain == chosen.life_domain)


def _placed(scene: Scene, draft: Measure, made: Mapping[str, Measure]) -> Measure:
    free = all(made[one].state is MeasureState.DONE for one in draft.requires if one in made)
    first, last = draft.starts_on or scene.today, draft.due_on or scene.today
    if free and last < scene.today:
        return replace(draft, state=MeasureState.DONE)
    latest = max(last, scene.today + CALM)
    if free and first <= scene.today:
        return replace(draft, state=MeasureState.RUNNING, due_on=latest)
    waits = [made[one].due_on for one in draft.requires if one in made]
    begins = max([first, *(day for day in waits if day)])
    return replace(draft, starts_on=begins, due_on=max(latest, begins + (last - first)))
