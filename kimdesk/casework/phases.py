"""Working through the seven phases: answers, what a phase still needs, and going on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kimdesk.casework import client_facts
from kimdesk.casework.case_file import demand_reason, known_case, read_file
from kimdesk.casework.desk import Desk
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain import phases as order
from kimdesk.domain.dates import now, today
from kimdesk.domain.errors import ContentError
from kimdesk.domain.kinds import KINDS
from kimdesk.domain.records import CaseFile, Person, PhaseEntry, PhaseEvent
from kimdesk.domain.terms import Phase, PhaseState
from kimdesk.forms.answers import effective
from kimdesk.forms.definition import FormDefinition
from kimdesk.forms.facts import with_facts
from kimdesk.forms.validate import MISSING, Problem, problems
from kimdesk.store.work import Writer

_RATING_PATH = "goals.goals"


@dataclass(frozen=True, slots=True)
class MissingEntry:
    """One thing a phase still needs: where it stands in the form, its German label, and what is to be done.

    ``task`` is a phrase with a verb of the form's own, "" where it has none or an answer does not fit.
    """

    path: str
    label: str
    task: str = ""
    code: str = MISSING  # forms.validate


def start(desk: Desk, case_id: str, phase: Phase) -> PhaseEntry:
    """Return the open round of ``phase``, begun now if there is none.

    Raises CaseworkError E853 when there is no such case.
    """
    with desk.writing() as writer:
        known_case(writer, case_id)
        entry = order.latest(writer.of_case(PhaseEntry, case_id), phase)
        return entry or begin(writer, desk.catalogue, case_id, phase, today())


def begin(writer: Writer, catalogue: Catalogue, case_id: str, phase: Phase, day: date) -> PhaseEntry:
    """Begin a phase within a transaction, with the newest version of its form."""
    form = catalogue.phase_form(phase)
    return writer.put(
        PhaseEntry(case_id=case_id, phase=phase, form=form.name, version=form.version, started_on=day)
    )


def save_answers(
    desk: Desk, entry: PhaseEntry, answers: Mapping[str, Any], seen: Person | None = None
) -> PhaseEntry:
    """Save ``answers``, which may have gaps but no wrong value.

    Facts about the client are saved with the client, who was ``seen`` when the form was filled in
    (``forms.facts``); without a client they stay among the answers.

    Raises ContentError with the code of the first problem (E702 wrong type, E703 unknown code, E704 out
    of range, E705 unknown field), StoreError E905 when the entry was changed meanwhile.
    """
    form = desk.catalogue.phase_form(entry.phase, entry.version)
    before = problems(form, entry.answers)
    for problem in problems(form, answers):
        if problem not in before:  # an imported answer that this form does not know stays
            raise ContentError(problem.code, name=problem.label)
    with desk.writing() as writer:
        kept = client_facts.save(writer, desk.catalogue, entry, answers, seen)
        return writer.put(replace(entry, answers=kept))


def gate(desk: Desk, case_id: str, phase: Phase) -> tuple[MissingEntry, ...]:
    """Return what ``phase`` still needs. Raises CaseworkError E853 when there is no such case."""
    with desk.reading() as reader:
        return gaps(desk.catalogue, read_file(reader, case_id), phase)


def gaps(catalogue: Catalogue, file: CaseFile, phase: Phase) -> tuple[MissingEntry, ...]:
    """Return what ``phase`` still needs in ``file``; it names gaps, it does not block."""
    entry = order.latest(file.phases, phase)
    form = catalogue.phase_form(phase, entry.version if entry and entry.version else None)
    answers = with_facts(form, entry.answers if entry else {}, file.client)
    return missing(file, form, problems(form, answers, counts=record_counts(file), complete=True))


def missing(file: CaseFile, form: FormDefinition, found: Iterable[Problem]) -> tuple[MissingEntry, ...]:
    """Return what a phase still needs of what is wrong in its ``form``, and what only the case knows."""
    entries = [MissingEntry(one.path, one.label, one.task, one.code) for one in found]
    if form.phase is Phase.EVALUATION and order.unrated_goals(file):
        section = form.section("goals")
        label, task = (section.title, section.task) if section else (form.title, "")
        entries.insert(0, MissingEntry(_RATING_PATH, label, task))
    return tuple(entries)


def record_counts(file: CaseFile) -> dict[str, int]:
    """Return how many records of each kind the case has, as forms ask for it."""
    return {name: len(file.of(kind.type)) for name, kind in KINDS.items()}


def complete(desk: Desk, case_id: str, phase: Phase, reason: str = "") -> PhaseEntry:
    """Complete ``phase``; the case goes on to the next one that is neither completed nor skipped.

    Answers that a condition hides are dropped. Raises CaseworkError E851 when something is missing and
    no reason says why the case goes on all the same, E853 when there is no such case.
    """
    with desk.writing() as writer:
        file = read_file(writer, case_id)
        if gaps(desk.catalogue, file, phase):
            demand_reason(reason)
        entry = order.latest(file.phases, phase) or begin(writer, desk.catalogue, case_id, phase, today())
        counted = effective(desk.catalogue.phase_form(phase, entry.version), entry.answers)
        return _end(
            writer, desk.catalogue, file, replace(entry, answers=counted), PhaseState.COMPLETED, reason
        )


def skip(desk: Desk, case_id: str, phase: Phase, reason: str) -> PhaseEntry:
    """Leave ``phase`` out. Raises CaseworkError E851 without a reason, E853 without such a case."""
    with desk.writing() as writer:
        file = read_file(writer, case_id)
        demand_reason(reason)
        entry = order.latest(file.phases, phase) or begin(writer, desk.catalogue, case_id, phase, today())
        return _end(writer, desk.catalogue, file, entry, PhaseState.SKIPPED, reason)


def reopen(desk: Desk, case_id: str, phase: Phase, reason: str) -> PhaseEntry:
    """Go back to ``phase``: a new round that starts from the answers of the last one.

    The last round stays as it was. Raises CaseworkError E851 without a reason, E853 without such a case.
    """
    with desk.writing() as writer:
        file = read_file(writer, case_id)
        demand_reason(reason)
        last = order.latest(file.phases, phase)
        if last is None or last.state not in order.ENDED:
            entry = last or begin(writer, desk.catalogue, case_id, phase, today())
        else:
            entry = writer.put(_next_round(desk.catalogue, last))
        _note(writer, file, phase, "reopened", reason)
        writer.put(replace(file.case, phase=phase))
        return entry


def _next_round(catalogue: Catalogue, last: PhaseEntry) -> PhaseEntry:
    form = catalogue.phase_form(last.phase)
    return PhaseEntry(
        case_id=last.case_id,
        phase=last.phase,
        round=last.round + 1,
        form=form.name,
        version=form.version,
        answers=effective(form, last.answers),
        started_on=today(),
    )


def _end(
    writer: Writer, catalogue: Catalogue, file: CaseFile, entry: PhaseEntry, state: PhaseState, reason: str
) -> PhaseEntry:
    ended = writer.put(replace(entry, state=state, finished_on=today()))
    _note(writer, file, entry.phase, str(state), reason)
    following = order.following(writer.of_case(PhaseEntry, file.case.id), entry.phase)
    if following is not file.case.phase:
        writer.put(replace(file.case, phase=following))
    if order.latest(file.phases, following) is None:
        begin(writer, catalogue, file.case.id, following, today())
    return ended


def _note(writer: Writer, file: CaseFile, phase: Phase, event: str, reason: str) -> None:
    writer.put(
        PhaseEvent(
            case_id=file.case.id, phase=phase, event=event, reason=reason, actor=writer.actor, at=now()
        )
    )
