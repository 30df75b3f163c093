"""The rounds of the seven phases of a case, and why one was left out, closed with gaps or gone back to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.records import Consent, Goal, Measure, PhaseEntry, PhaseEvent
from kimdesk.domain.terms import Phase, PhaseState
from kimdesk.practice import answers
from kimdesk.practice.assessing import Picture, assessment, picture
from kimdesk.practice.ending import evaluation
from kimdesk.practice.library import kreis, texts
from kimdesk.practice.scene import Scene

_GAPS_SHARE = 0.12  # of completed phases with a reason why something was left open
_NOON = time(12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Plot:
    """What the answers of a case refer to."""

    goals: tuple[Goal, ...]
    measures: tuple[Measure, ...]
    consents: tuple[Consent, ...]
    ending: str


def phasing(scene: Scene, plot: Plot) -> tuple[tuple[PhaseEntry, ...], tuple[PhaseEvent, ...]]:
    """Return the rounds of all phases begun, and the events between them."""
    seen = picture(scene)
    entries = tuple(entry for phase in scene.started for entry in _rounds(scene, plot, seen, phase))
    events = tuple(event for entry in entries for event in _events(scene, entry))
    return entries, tuple(sorted(events, key=lambda event: event.at))


def _rounds(scene: Scene, plot: Plot, seen: Picture, phase: Phase) -> Iterator[PhaseEntry]:
    begun, ended = scene.started[phase], _ended(scene, phase)
    if scene.course.skipped is phase:
        yield _entry(scene, phase, 1, PhaseState.SKIPPED, {}, begun, begun)
        return
    again = scene.course.reopened is phase
    first_end = min(begun + timedelta(days=12), ended) if again and ended else ended
    yield _entry(scene, phase, 1, _state(first_end), _answers(scene, plot, seen, phase, 1), begun, first_end)
    if again and ended:
        second = max(scene.until - timedelta(days=scene.dice.between(4, 40)), first_end or begun)
        content = _answers(scene, plot, seen, phase, 2)
        yield _entry(scene, phase, 2, PhaseState.COMPLETED, content, second, scene.until)


def _ended(scene: Scene, phase: Phase) -> date | None:
    """Return when a phase ended: as the next one began, None for the one still going on."""
    begun = list(scene.started)
    if phase is not begun[-1]:
        return scene.started[begun[begun.index(phase) + 1]]
    return scene.until if scene.course.closed else None


def _state(ended: date | None) -> PhaseState:
    return PhaseState.COMPLETED if ended else PhaseState.OPEN


def _entry(
    scene: Scene,
    phase: Phase,
    number: int,
    state: PhaseState,
    content: dict[str, Any],
    begun: date,
    ended: date | None,
) -> PhaseEntry:
    form = SHIPPED.phase_form(phase)
    return PhaseEntry(
        id=scene.new_id(begun),
        case_id=scene.case_id,
        phase=phase,
        round=number,
        state=state,
        form=form.name,
        version=form.version,
        answers=content,
        started_on=begun,
        finished_on=ended,
    )


def _answers(scene: Scene, plot: Plot, seen: Picture, phase: Phase, number: int) -> dict[str, Any]:
    present = scene.course.phase is phase and not scene.course.closed
    if phase is Phase.ASSESSMENT:
        day = scene.started[phase] if number == 1 else scene.until
        return assessment(scene, seen, day, again=number > 1, finished=not present)
    if phase is Phase.COORDINATION:
        return answers.coordination(scene, plot.goals, plot.measures)
    if phase is Phase.EVALUATION:
        return evaluation(scene, seen, plot.ending, plot.consents)
    content = _SIMPLE[phase](scene)
    return _half(scene, content) if present and phase is not Phase.ACCESS else content


_SIMPLE = {
    Phase.ACCESS: answers.access,
    Phase.INTAKE: answers.intake,
    Phase.GOAL_AGREEMENT: answers.goal_agreement,
    Phase.SUPPORT_PLAN: answers.support_plan,
}


def _half(scene: Scene, content: dict[str, Any]) -> dict[str, Any]:
    """Return the first sections only: the phase is still being worked on."""
    kept = scene.dice.between(0, max(len(content) - 1, 1))
    return dict(list(content.items())[:kept])


def _events(scene: Scene, entry: PhaseEntry) -> Iterator[PhaseEvent]:
    dice, talk, day = scene.dice, texts(), entry.finished_on
    if entry.round > 1 and entry.started_on:
        yield _event(scene, entry.phase, "reopened", scene.pick(talk.reopened[entry.phase]), entry.started_on)
    if entry.state is PhaseState.SKIPPED and day:
        yield _event(scene, entry.phase, "skipped", scene.pick(talk.skipped[entry.phase]), day)
    elif entry.state is PhaseState.COMPLETED and day:
        reason = scene.pick(talk.completed) if dice.chance(_GAPS_SHARE) else ""
        yield _event(scene, entry.phase, "completed", reason, day)


def _event(scene: Scene, phase: Phase, event: str, reason: str, day: date) -> PhaseEvent:
    return PhaseEvent(
        id=scene.new_id(day),
        case_id=scene.case_id,
        phase=phase,
        event=event,
        reason=reason,
        actor=kreis().worker,
        at=datetime.combine(day, _NOON),
    )
