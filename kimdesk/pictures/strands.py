"""The strands of a plan: in which part of life a measure happens. Plain values, no widgets."""

from collections.abc import Iterable
from dataclasses import dataclass

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.chain import Blocker, Why, blockers, is_blocked, is_open, waits_for
from kimdesk.domain.naming import full_name
from kimdesk.domain.records import CaseFile, Measure
from kimdesk.domain.terms import MeasureState
from kimdesk.texts import dates, say

ORDER = ("residence", "livelihood", "health", "children", "language", "work", "other")
_BY_REGIME = {
    "asylblg_basic": "livelihood",
    "asylblg_analog": "livelihood",
    "sgb2": "livelihood",
    "sgb12": "livelihood",
    "wohngeld": "livelihood",
    "kinderzuschlag": "livelihood",
    "bafoeg": "livelihood",
    "own_income": "livelihood",
    "sgb3": "work",
    "sgb8": "children",
}
_BY_DOMAIN = {
    "residence": "residence",
    "livelihood": "livelihood",
    "housing": "livelihood",
    "language": "language",
    "education": "work",
    "work": "work",
    "health": "health",
    "family": "children",
    "childcare": "children",
}
_CHILDREN_FIRST = {"sgb8"}


@dataclass(frozen=True, slots=True)
class Strand:
    """One strand with its measures in the order they begin."""

    key: str
    measures: tuple[Measure, ...]

    @property
    def color(self) -> str:
        """Return the colour token of the strand."""
        return "text-2" if self.key == "other" else f"lane-{self.key}"


def strand_name(key: str) -> str:
    """Return what a strand is called."""
    return {
        "residence": say("common.residence"),
        "livelihood": say("plan.livelihood"),
        "health": say("plan.health"),
        "children": say("plan.children"),
        "language": say("plan.german_course"),
        "work": say("plan.work_and_recognition"),
        "other": say("plan.more"),
    }[key]


def strands(catalogue: Catalogue, file: CaseFile) -> tuple[Strand, ...]:
    """Return the measures of the case by strand; empty strands are left out."""
    domains = {goal.id: goal.life_domain for goal in file.goals}
    groups: dict[str, list[Measure]] = {key: [] for key in ORDER}
    for measure in file.measures:
        groups[_strand_of(catalogue, measure, domains)].append(measure)
    return tuple(Strand(key, tuple(_by_start(groups[key]))) for key in ORDER if groups[key])


def _strand_of(catalogue: Catalogue, measure: Measure, domains: dict[str, str]) -> str:
    if measure.regime in _CHILDREN_FIRST:
        return _BY_REGIME[measure.regime]
    domain = domains.get(measure.goal_id, "") or _domain_of_template(catalogue, measure)
    return _BY_DOMAIN.get(domain) or _BY_REGIME.get(measure.regime, "other")


def _domain_of_template(catalogue: Catalogue, measure: Measure) -> str:
    code = measure.template.partition("/")[0]
    return next((one.life_domain for one in catalogue.all_templates if one.code == code), "")


def _by_start(measures: Iterable[Measure]) -> list[Measure]:
    return sorted(
        measures, key=lambda one: ((one.starts_on or one.due_on) is None, one.starts_on or one.due_on)
    )


def blocked(file: CaseFile) -> tuple[Measure, ...]:
    """Return the measures that cannot go on."""
    return tuple(measure for measure in file.measures if is_blocked(measure, file.measures))


def waiting_words(measure: Measure, file: CaseFile) -> str:
    """Return „wartet auf: Kita-Platz“, or nothing when nothing is in the way of an open measure."""
    if not is_open(measure):
        return ""
    names = [one.title for one in waits_for(measure, file.measures)]
    return say("plan.waits_for_measures", measures=", ".join(names)) if names else ""


def blocked_words(measure: Measure, file: CaseFile) -> str:
    """Return why a measure is blocked, in a sentence for each reason; nothing when it is not."""
    return " ".join(_reason(one) for one in blockers(measure, file.measures))


def _reason(blocker: Blocker) -> str:
    other = blocker.measure
    if blocker.why is Why.LATE:
        return say("plan.measure_ends_only_day", measure=other.title, day=dates.full(other.due_on))
    if other.state is MeasureState.REJECTED:
        return say("plan.measure_was_rejected", measure=other.title)
    return say("plan.measure_was_given_up", measure=other.title)


def step_words(measure: Measure) -> str:
    """Return „1 von 3 Schritten erledigt“, or nothing when there are no steps."""
    if not measure.steps:
        return ""
    done = sum(step.done_on is not None for step in measure.steps)
    return say("plan.done_n_steps_done", done=done, steps=say("plan.of_steps", n=len(measure.steps)))


def whose_words(measure: Measure, file: CaseFile) -> str:
    """Return „für Lina Osman“ when a measure is not the client's own."""
    client = file.client
    if not measure.for_person or (client and client.id == measure.for_person):
        return ""
    name = next((full_name(one) for one in file.persons if one.id == measure.for_person), "")
    return say("plan.for_person", person=name) if name else ""
