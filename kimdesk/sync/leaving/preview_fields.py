"""One line of the preview, opened: each record of it, each of its fields, how it leaves or why it stays."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from kimdesk.casework.desk import Desk
from kimdesk.casework.history import answer_label
from kimdesk.domain.records import PhaseEntry, Record
from kimdesk.sync.leaving.allow_list import TECHNICAL, Treatment
from kimdesk.sync.leaving.answers import AnswerGates
from kimdesk.sync.leaving.delta import Outgoing
from kimdesk.sync.leaving.policy import ADDRESS, policy
from kimdesk.sync.leaving.preview import Ref, undone
from kimdesk.sync.leaving.projection import FieldStep, Part, catalogue_of


class PreviewField(NamedTuple):
    """One field, or one answer: ``label`` what the form calls an answer. ``hidden``: not even shown here."""

    part: Part
    why: str
    label: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class PreviewRecord:
    """A record with those of its fields that say something. ``since`` is the day the reasons speak of."""

    kind: str
    record: Record
    since: date | None
    fields: tuple[PreviewField, ...]


def fields_of(desk: Desk, refs: Sequence[Ref], today: date | None = None) -> tuple[PreviewRecord, ...]:
    """Return the records ``refs``, as an export on ``today`` would treat them; one that is gone is left out.

    A person may leave in two ways, with a name and without; then there are two. Changes nothing.
    """
    by_kind: dict[str, list[str]] = {}
    for kind, record_id in refs:
        by_kind.setdefault(kind, []).append(record_id)
    found: list[PreviewRecord] = []
    with undone(desk, today) as (run, _):
        for kind, ids in by_kind.items():
            found += [_opened(each) for each in run.delta.of_kind(kind, ids)]
    return tuple(found)


def _opened(each: Outgoing) -> PreviewRecord:
    found: list[PreviewField] = []
    for part in each.parts():
        if part.step.name == "answers":
            continue
        if part.step.group != TECHNICAL:
            hidden = each.scope.terms.shielded and (each.kind, part.step.name) in ADDRESS
            found.append(PreviewField(part, _why(each, part), hidden=hidden))
    record = each.record
    if isinstance(record, PhaseEntry):
        found += _answers(each, record)
    return PreviewRecord(each.kind, record, each.scope.since, tuple(found))


def _why(each: Outgoing, part: Part) -> str:
    return policy().record[each.kind].basis if part.leaves and not part.coarsened else part.step.why


def _answers(each: Outgoing, entry: PhaseEntry) -> Iterator[PreviewField]:
    terms = each.scope.terms
    gates = AnswerGates(catalogue_of(terms, each.way.tools), terms, policy())
    for entered, asked, value, why in gates.judged(entry):
        way = Treatment.DROP if why else Treatment.KEEP
        step = FieldStep(f"{entered.path}.{asked.id}", way, "answers", why, asked.choices, only_codes=False)
        part = Part(step, value, None if why else value)
        yield PreviewField(part, why or "consent", answer_label(entered, asked))
