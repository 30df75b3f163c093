"""The plan: goals, measures and their steps."""

from dataclasses import dataclass
from datetime import date

from kimdesk.domain.records.base import CaseRecord
from kimdesk.domain.records.translations import Translation
from kimdesk.domain.terms import GoalState, MeasureState


@dataclass(frozen=True, kw_only=True, slots=True)
class Goal(CaseRecord):
    """A goal in the client's words, with five attainment levels agreed beforehand (GAS)."""

    number: int = 0
    text: str = ""
    life_domain: str = ""  # life_domain
    smart: tuple[str, ...] = ()  # smart
    indicator: str = ""
    baseline: str = ""
    due_on: date | None = None
    priority: int = 2
    by_client: str = ""
    by_case_manager: str = ""
    by_others: str = ""
    gas_minus_2: str = ""
    gas_minus_1: str = ""
    gas_0: str = ""
    gas_plus_1: str = ""
    gas_plus_2: str = ""
    level: int | None = None  # −2 … +2, where the goal stands now
    level_reason: str = ""  # what was seen, or why it changed
    level_client: int | None = None  # at the evaluation, as the client sees it
    level_case_manager: int | None = None
    state: GoalState = GoalState.ACTIVE
    version: int = 1
    signed_on: date | None = None
    interpreter: str = ""
    translations: tuple[Translation, ...] = ()  # of the text


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanStep:
    """A small step within a measure: what, by whom, until when."""

    text: str
    by: str = ""  # step_owner
    due_on: date | None = None
    done_on: date | None = None
    translations: tuple[Translation, ...] = ()  # of the text


@dataclass(frozen=True, kw_only=True, slots=True)
class Measure(CaseRecord):
    """A link of the plan; ``requires`` names the measures it waits for (the integration chain)."""

    goal_id: str = ""
    title: str = ""
    regime: str = ""  # legal_regime
    agency: str = ""
    agency_person: str = ""
    agency_file_number: str = ""
    starts_on: date | None = None
    due_on: date | None = None
    follow_up_on: date | None = None
    requires: tuple[str, ...] = ()
    state: MeasureState = MeasureState.PLANNED
    fallback: str = ""
    gap: bool = False
    note: str = ""
    for_person: str = ""  # whose measure it is; the client's when empty
    steps: tuple[PlanStep, ...] = ()
    template: str = ""  # the chain template it came from, with the code of its link
    translations: tuple[Translation, ...] = ()  # of the title
