"""Working on the plan: shifting, linking and ticking off, each as one transaction that can be taken back."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kimdesk.casework.case_file import read_file
from kimdesk.casework.changes import Change, changing
from kimdesk.casework.desk import Desk
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.catalogue.chains import ChainLink, ChainTemplate
from kimdesk.domain.agenda.dues import of_file
from kimdesk.domain.chain import ENDED_BADLY
from kimdesk.domain.dates import today
from kimdesk.domain.errors import CaseworkError, StoreError
from kimdesk.domain.law import titles
from kimdesk.domain.records import CaseFile, Goal, Measure, PlanStep
from kimdesk.store.folding import fold


@dataclass(frozen=True, slots=True)
class ChainProposal:
    """What a template would add to a case, and which of its links are there already, as what."""

    template: ChainTemplate
    new: tuple[Measure, ...]
    present: tuple[tuple[ChainLink, Measure], ...]


def place(desk: Desk, measure_id: str, starts_on: date | None, due_on: date | None) -> Change:
    """Give a measure other dates. Raises StoreError E909 when it is gone."""
    with changing(desk) as step:
        step.put(replace(step.known(Measure, measure_id), starts_on=starts_on, due_on=due_on))
    return step.change


def move(desk: Desk, measure_ids: Iterable[str], days: int) -> Change:
    """Shift measures, with all their dates, by ``days`` (back if negative), all or none of them.

    Raises StoreError E909 when one is gone.
    """
    with changing(desk) as step:
        for each in measure_ids:
            step.put(moved(step.known(Measure, each), days))
    return step.change


def link(desk: Desk, measure_id: str, before_id: str) -> Change:
    """Let ``measure_id`` wait for ``before_id``; linked already, nothing changes.

    Raises CaseworkError E854 when they would wait for each other in a circle, StoreError E909 when one is
    gone.
    """
    with changing(desk) as step:
        old, before = step.known(Measure, measure_id), step.known(Measure, before_id)
        if before.case_id != old.case_id:
            raise CaseworkError("E854")
        if before_id not in old.requires:
            step.put(replace(old, requires=(*old.requires, before_id)))
    return step.change


def unlink(desk: Desk, measure_id: str, before_id: str) -> Change:
    """Let ``measure_id`` no longer wait for ``before_id``. Raises StoreError E909 when it is gone."""
    with changing(desk) as step:
        step.put(_without(step.known(Measure, measure_id), before_id))
    return step.change


def remove(desk: Desk, measure_id: str) -> Change:
    """Remove a measure and what others say about waiting for it. Raises StoreError E909 when it is gone."""
    with changing(desk) as step:
        old = step.known(Measure, measure_id)
        for each in step.writer.of_case(Measure, old.case_id):
            step.put(_without(each, measure_id))
        step.remove(old)
    return step.change


def tick(desk: Desk, measure_id: str, number: int, *, done: bool, on: date | None = None) -> Change:
    """Note the step ``number`` (from 0) of a measure as done on ``on`` (today when None), or as open again.

    Raises StoreError E905 when there is no such step any more, E909 when the measure is gone.
    """
    with changing(desk) as step:
        old = step.known(Measure, measure_id)
        if not 0 <= number < len(old.steps):
            raise StoreError("E905")
        ticked = replace(old.steps[number], done_on=(on or today()) if done else None)
        step.put(replace(old, steps=(*old.steps[:number], ticked, *old.steps[number + 1 :])))
    return step.change


def rate(desk: Desk, goal_id: str, level: int, reason: str = "") -> Change:
    """Note where a goal stands (−2 to +2) and what that was seen by.

    Raises StoreError E909 when the goal is gone.
    """
    with changing(desk) as step:
        step.put(replace(step.known(Goal, goal_id), level=level, level_reason=reason.strip()))
    return step.change


def apply_template(desk: Desk, case_id: str, code: str, start: date, goal_id: str = "") -> Change:
    """Add the measures of a chain template that the case does not have yet, beginning on ``start``.

    Raises CaseworkError E853 when there is no such case, ContentError E700 for an unknown template.
    """
    with changing(desk) as step:
        file = read_file(step.writer, case_id)
        keys: dict[str, str] = {}
        for draft in proposal(desk.catalogue, desk.catalogue.template(code), file, start, goal_id).new:
            waits = tuple(keys.get(one, one) for one in draft.requires)
            keys[draft.id] = step.put(replace(draft, id="", requires=waits)).id
    return step.change


def proposal(
    catalogue: Catalogue,
    chosen: ChainTemplate,
    file: CaseFile,
    start: date,
    goal_id: str = "",
) -> ChainProposal:
    """Return what ``chosen`` would add to the plan of a case; a new measure has its link's code as identity.

    A link counts as present when a measure came from it, or says the same, unless that one ended badly. One
    with a deadline of the law that the case holds a day for ends by that.
    """
    there = [each for each in file.measures if each.state not in ENDED_BADLY]
    last_days = _last_days(catalogue, file)
    keys: dict[str, str] = {}
    new: list[Measure] = []
    present: list[tuple[ChainLink, Measure]] = []
    for each in chosen.links:
        found = next((one for one in there if _is_from(one, chosen, each)), None)
        if found:
            present.append((each, found))
        else:
            draft = _draft(catalogue, chosen, each, file.case.id, start, goal_id, keys)
            new.append(_by_law(draft, last_days.get(each.rule), start))
        keys[each.code] = found.id if found else each.code
    return ChainProposal(chosen, tuple(new), tuple(present))


def paragraph_of(file: CaseFile, day: date) -> str:
    """Return the paragraph of the permit the client has on ``day``, "" for none or none entered."""
    own = titles.of_person(file.residence, file.client.id if file.client else "")
    valid = [one for one in own if one.status == titles.PERMIT and titles.covers(one, day)]
    last = max(valid, key=lambda one: one.valid_from or date.min, default=None)
    return last.paragraph if last else ""


def moved(measure: Measure, days: int) -> Measure:
    """Return ``measure`` with every date of it and its open steps ``days`` later."""
    by = timedelta(days=days)
    steps = tuple(
        replace(step, due_on=_later(step.due_on, by)) if step.done_on is None else step
        for step in measure.steps
    )
    return replace(
        measure,
        starts_on=_later(measure.starts_on, by),
        due_on=_later(measure.due_on, by),
        follow_up_on=_later(measure.follow_up_on, by),
        steps=steps,
    )


def _draft(
    catalogue: Catalogue,
    chosen: ChainTemplate,
    part: ChainLink,
    case_id: str,
    start: date,
    goal_id: str,
    keys: dict[str, str],
) -> Measure:
    first, last = part.dates(start)
    agency = catalogue.service(part.service) if part.service else None
    return Measure(
        id=part.code,
        case_id=case_id,
        goal_id=goal_id,
        title=part.title,
        regime=part.regime or (agency.regime if agency else ""),
        agency=agency.name if agency else "",
        starts_on=first,
        due_on=last,
        requires=tuple(keys[one] for one in part.requires),
        fallback=part.fallback,
        note=part.note,
        steps=tuple(PlanStep(text=step.text, by=step.by) for step in part.steps),
        template=_mark(chosen, part),
    )


def _last_days(catalogue: Catalogue, file: CaseFile) -> dict[str, date]:
    """Return the earliest last day by each deadline rule that a fact of the case tells."""
    steps, found = catalogue.rules.steps, dict[str, date]()
    for each in of_file(file, catalogue.rules.agenda):
        rule = steps[each.rule].deadline
        if rule:
            found[rule] = min(each.due_on, found.get(rule, each.due_on))
    return found


def _by_law(measure: Measure, last: date | None, start: date) -> Measure:
    """Return ``measure`` with the last day of the law, unless that has passed when the chain begins."""
    if last is None or last < start or measure.due_on is None or measure.starts_on is None:
        return measure
    return replace(measure, starts_on=min(measure.starts_on, last), due_on=last)


def _is_from(measure: Measure, chosen: ChainTemplate, part: ChainLink) -> bool:
    return measure.template == _mark(chosen, part) or fold(measure.title) == fold(part.title)


def _mark(chosen: ChainTemplate, part: ChainLink) -> str:
    return f"{chosen.code}/{part.code}"


def _later(day: date | None, by: timedelta) -> date | None:
    return day + by if day else None


def _without(measure: Measure, before_id: str) -> Measure:
    return replace(measure, requires=tuple(one for one in measure.requires if one != before_id))
