"""How the seven phases follow each other. They may loop back or be skipped, always with a reason."""

from collections.abc import Iterable

from kimdesk.domain.records import CaseFile, PhaseEntry
from kimdesk.domain.terms import GoalState, Phase, PhaseState

ENDED = frozenset({PhaseState.COMPLETED, PhaseState.SKIPPED})


def latest(entries: Iterable[PhaseEntry], phase: Phase) -> PhaseEntry | None:
    """Return the newest round of ``phase``, or None when it was never started."""
    rounds = [entry for entry in entries if entry.phase is phase]
    return max(rounds, key=lambda entry: (entry.round, entry.id), default=None)


def standing(entries: Iterable[PhaseEntry]) -> dict[Phase, PhaseState | None]:
    """Return the state of each phase by its newest round, None for one never started."""
    known = tuple(entries)
    found = {phase: latest(known, phase) for phase in Phase}
    return {phase: entry.state if entry else None for phase, entry in found.items()}


def following(entries: Iterable[PhaseEntry], ended: Phase) -> Phase:
    """Return where a case stands once ``ended`` is over.

    That is the first later phase that is neither completed nor skipped, else the first earlier one
    (a loop back that is still open), else the last phase.
    """
    states, phases = standing(entries), tuple(Phase)
    others = (*phases[ended.number :], *phases[: ended.number - 1])
    return next((phase for phase in others if states[phase] not in ENDED), Phase.EVALUATION)


def unrated_goals(file: CaseFile) -> int:
    """Return how many goals lack one of the two final ratings the evaluation needs (DOMAIN §3, 7)."""
    return sum(
        1
        for goal in file.goals
        if goal.state is not GoalState.DROPPED and None in (goal.level_client, goal.level_case_manager)
    )
