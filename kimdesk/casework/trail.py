"""The audit trail for people to read: who did what with which case, and whether it is whole."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import bindparam, select

from kimdesk.casework.desk import Desk
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.kinds import KINDS
from kimdesk.domain.records import Case
from kimdesk.store import audit
from kimdesk.store.audit import Checked, TrailEntry
from kimdesk.store.columns import moment_text
from kimdesk.store.sql import Statement
from kimdesk.store.tables import RECORD_TABLES
from kimdesk.store.work import Reader

__all__ = [
    "Checked",
    "Filter",
    "TrailLine",
    "TrailLines",
    "actors",
    "case_of",
    "check_on",
    "in_words",
    "page",
    "printed",
]

_CASE = RECORD_TABLES[Case]
_NUMBER = Statement(select(_CASE.c.file_number).where(_CASE.c.id == bindparam("id_")))
_BY_NUMBER = Statement(select(_CASE.c.id).where(_CASE.c.file_number == bindparam("number_")))
_STRETCH = 5_000  # entries checked in one go, so that nobody waits behind it


@dataclass(frozen=True, slots=True)
class Filter:
    """What to look for; empty is everything. Days are local days, both included.

    A case is named by its identity or by its file number; a number nobody has finds nothing.
    """

    case_id: str = ""
    file_number: str = ""
    group: str = ""
    actor: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One entry in words. ``at`` in UTC; ``file_number`` is "" where no case, or none any more, is meant."""

    seq: int
    at: datetime
    actor: str
    action: str
    words: str
    icon: str
    kind: str
    record_id: str
    case_id: str
    file_number: str

    @property
    def erased(self) -> bool:
        """Return whether the case it happened in is no longer there."""
        return bool(self.case_id) and not self.file_number


@dataclass(frozen=True, slots=True)
class TrailLines:
    """Some lines, the newest first; ``next`` is where the page after this one begins, None at the end."""

    lines: tuple[TrailLine, ...]
    next: int | None


def page(desk: Desk, wanted: Filter, before: int | None = None, limit: int = 100) -> TrailLines:
    """Return the newest entries that are looked for, or those older than entry ``before``."""
    with desk.reading() as reader:
        limits = _limits(reader, desk.catalogue, wanted)
        found = audit.page(reader.connection, limits, before, limit + 1) if limits else ()
        lines = tuple(in_words(reader, desk.catalogue, found[:limit]))
    return TrailLines(lines, lines[-1].seq if len(found) > limit else None)


def printed(reader: Reader, catalogue: Catalogue, wanted: Filter) -> Iterator[TrailLine]:
    """Yield the entries that are looked for, the oldest first."""
    if limits := _limits(reader, catalogue, wanted):
        yield from in_words(reader, catalogue, audit.oldest_first(reader.connection, limits))


def case_of(reader: Reader, wanted: Filter) -> str:
    """Return the case that is looked for, "" for none or for a number that nobody has."""
    if wanted.file_number:
        return str(_BY_NUMBER.scalar(reader.connection, wanted.file_number) or "")
    return wanted.case_id


def actors(desk: Desk) -> tuple[str, ...]:
    """Return everyone who stands in the trail, by name."""
    with desk.reading() as reader:
        return audit.actors(reader.connection)


def check_on(desk: Desk, checked: Checked | None = None) -> Checked:
    """Follow the chain a stretch further than ``checked``, from its start without it; see ``finished``."""
    with desk.reading() as reader:
        return audit.follow(reader.connection, checked or Checked(), _STRETCH)


def in_words(reader: Reader, catalogue: Catalogue, entries: Iterable[TrailEntry]) -> Iterator[TrailLine]:
    """Yield ``entries`` as lines."""
    numbers: dict[str, str] = {}
    for entry in entries:
        case_id = entry.case_id or _case_of_person(reader, entry)
        if case_id not in numbers:
            numbers[case_id] = str(_NUMBER.scalar(reader.connection, case_id) or "")
        words, icon = _words(catalogue, entry)
        yield TrailLine(
            seq=entry.seq,
            at=datetime.fromisoformat(entry.at),
            actor=entry.actor,
            action=entry.action,
            words=words,
            icon=icon,
            kind=entry.kind,
            record_id=entry.record_id,
            case_id=case_id,
            file_number=numbers[case_id],
        )


def _words(catalogue: Catalogue, entry: TrailEntry) -> tuple[str, str]:
    actions = catalogue.code_list("audit_action")
    if whole := actions.find(f"{entry.kind}_{entry.action}"):
        return whole.label, whole.icon
    action = actions.find(entry.action)
    label, icon = (action.label, action.icon) if action else (entry.action, "")
    kind = catalogue.label("record_kind", entry.kind) if entry.kind in KINDS else ""
    return f"{kind} {label}".lstrip(), icon


def _case_of_person(reader: Reader, entry: TrailEntry) -> str:
    return next(iter(reader.cases_of(entry.record_id)), "") if entry.kind == "person" else ""


def _limits(reader: Reader, catalogue: Catalogue, wanted: Filter) -> audit.Wanted | None:
    case_id = case_of(reader, wanted)
    if wanted.file_number and not case_id:
        return None
    return audit.Wanted(
        case_id=case_id,
        actions=next((one.actions for one in catalogue.rules.audit_groups if one.code == wanted.group), ()),
        actor=wanted.actor,
        since=_start(wanted.first) if wanted.first else "",
        until=_start(wanted.last + timedelta(days=1)) if wanted.last else "",
    )


def _start(day: date) -> str:
    return moment_text(datetime.combine(day, time()).astimezone(UTC))
