"""What a case says to its client, to be translated by an interpreter, and kept as translated."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kimdesk.cage import CagedReader
from kimdesk.casework.changes import Change, Changing, changing
from kimdesk.casework.desk import Desk
from kimdesk.casework.translated_text import LARGEST, NO_TEXT
from kimdesk.domain.chain import is_open
from kimdesk.domain.errors import ContentError, StoreError
from kimdesk.domain.kinds import kind_of, type_of
from kimdesk.domain.records import (
    CaseFile,
    Contact,
    FollowUp,
    Goal,
    Measure,
    PlanStep,
    Record,
    RecordRef,
    Translation,
)
from kimdesk.domain.terms import FollowUpKind, GoalState
from kimdesk.domain.translations import T, Translated, entry_of, german_of, with_translation

_TEXT = CagedReader("kimdesk.casework.translated_text:text_of", str, refusals=(NO_TEXT,))


@dataclass(frozen=True, slots=True)
class GermanText:
    """A German text of a case: in which record, whether of a small step of it, and its translations."""

    ref: RecordRef
    german: str
    is_step: bool
    translations: tuple[Translation, ...]


@dataclass(frozen=True, slots=True)
class Rendering:
    """How ``said`` is put in a language (ISO 639-3); an empty ``text`` takes a translation away."""

    said: GermanText
    language: str
    text: str


def said_to_client(file: CaseFile, today: date) -> tuple[GermanText, ...]:
    """Return what a client is told: goals, what happens and its steps, dates, the last next steps."""
    goals = sorted((one for one in file.goals if one.state is GoalState.ACTIVE), key=lambda one: one.number)
    found = [each for one in goals for each in _of(one)]
    found += [each for one in file.measures if is_open(one) for each in _of(one)]
    found += [each for one in file.follow_ups if _is_ahead(one, today) for each in _of(one)]
    talks = [one for one in file.contacts if one.next_steps.strip()]
    found += [each for one in sorted(talks, key=lambda one: one.held_on)[-1:] for each in _of(one)]
    return tuple(found)


def keep(desk: Desk, wordings: Iterable[Rendering], by: str, on: date) -> Change:
    """Keep what was translated ``by`` somebody ``on`` a day; what says the same as before stays as it is.

    It is kept as a translation of the German text that was translated: should that be another one by now, it
    is outdated from the start. A step that is gone meanwhile is left out. Raises StoreError E909 when a
    record is gone.
    """
    with changing(desk) as step:
        for each in wordings:
            entry = Translation(
                language=each.language, text=each.text.strip(), of=each.said.german, by=by.strip(), made_on=on
            )
            _keep(step, each.said, entry)
    return step.change


def read_text(path: Path) -> str:
    """Return the text of a file.

    Raises StoreError E910 when it cannot be read, ContentError E787 for what is no text, ForeignFileError
    E760 to E768 when it could not be read in the cage.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise StoreError("E910") from error
    if len(data) > LARGEST:
        raise ContentError(NO_TEXT)
    return _TEXT(data)


def _of(record: Goal | Measure | FollowUp | Contact) -> Iterator[GermanText]:
    ref = RecordRef(kind_of(type(record)), record.id)
    parts: list[Translated] = [record]
    if isinstance(record, Measure):
        parts += [one for one in record.steps if one.done_on is None]
    for one in parts:
        if german_of(one).strip():
            yield GermanText(ref, german_of(one), isinstance(one, PlanStep), one.translations)


def _is_ahead(one: FollowUp, today: date) -> bool:
    return one.kind is FollowUpKind.APPOINTMENT and one.done_on is None and one.due_on >= today


def _keep(step: Changing, said: GermanText, entry: Translation) -> None:
    record: Record = step.known(type_of(said.ref.kind), said.ref.id)
    if isinstance(record, Measure) and said.is_step:
        steps = tuple(_with(one, entry) if one.text == said.german else one for one in record.steps)
        step.put(replace(record, steps=steps))
    elif isinstance(record, Goal | Measure | FollowUp | Contact):
        step.put(_with(record, entry))


def _with(record: T, entry: Translation) -> T:
    before = entry_of(record, entry.language)
    same = before is not None and (before.text, before.of) == (entry.text, entry.of)
    return record if same else with_translation(record, entry)
