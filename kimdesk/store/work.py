"""Short units of work on an open vault: one transaction each, everything or nothing.

Whatever a record's save brings with it stands in the same transaction: the guard against a stale copy,
the change number (by trigger), the audit trail, the search index, the rows of lists and dates.
"""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import replace
from typing import TypeVar

from sqlalchemy import Connection, Engine, bindparam, delete, insert, select

from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.agenda.rules import AgendaRules
from kimdesk.domain.characters import UNWRITABLE, tidied
from kimdesk.domain.dates import now, today
from kimdesk.domain.errors import ContentError, StoreError
from kimdesk.domain.identity import new_id
from kimdesk.domain.kinds import kind_of
from kimdesk.domain.records import Case, Member, Person, Record
from kimdesk.store import (
    carried,
    conflicts,
    derived,
    history,
    likeness,
    operations,
    passages,
    search,
    summary,
)
from kimdesk.store.audit import Trail
from kimdesk.store.columns import moment_text
from kimdesk.store.dialect import as_json, listed, place_of
from kimdesk.store.failures import understood
from kimdesk.store.mapping import OWN_MARK, case_of, shape
from kimdesk.store.sql import Statement
from kimdesk.store.tables import RECORD_TABLES, draft, tombstone
from kimdesk.store.words import words_of

R = TypeVar("R", bound=Record)

_CASES_OF_PERSON = Statement(
    select(RECORD_TABLES[Member].c.case_id)
    .where(RECORD_TABLES[Member].c.person_id == bindparam("person_id_"))
    .distinct()
)
_CASES_OF_PERSONS = Statement(
    select(RECORD_TABLES[Member].c.person_id, RECORD_TABLES[Member].c.case_id)
    .where(RECORD_TABLES[Member].c.person_id.in_(listed("ids")))
    .distinct(),
    "ids",
)
_REMOVED_REV = Statement(select(tombstone.c.rev).where(tombstone.c.record_id == bindparam("id_")))
_RAISE = Statement(delete(tombstone).where(tombstone.c.record_id == bindparam("id_")))
_BURY_NAMES = ("record_id", "kind", "case_id", "rev", "reason", "at")
_BURY = Statement(
    insert(tombstone).values({**{name: bindparam(name) for name in _BURY_NAMES}, "rev_by": OWN_MARK}),
    *_BURY_NAMES,
)
_NO_DRAFTS = Statement(delete(draft).where(place_of(draft.c.key, bindparam("id_")) > 0))


class Reader:
    """Reads within one transaction, so that all it returns fits together."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def get(self, record_type: type[R], record_id: str) -> R | None:
        """Return the record, or None when there is none."""
        found = shape(record_type).by_id.first(self.connection, record_id)
        return shape(record_type).decode(found) if found else None

    def get_all(self, record_type: type[R], record_ids: Iterable[str]) -> dict[str, R]:
        """Return those of the records that there are, by identity, in one statement."""
        rows = shape(record_type).by_ids.rows(self.connection, as_json(record_ids))
        return {each.id: each for each in map(shape(record_type).decode, rows)}

    def of_case(self, record_type: type[R], case_id: str) -> list[R]:
        """Return the records of a type in a case (persons: its members), in the order of their creation."""
        rows = shape(record_type).of_case.rows(self.connection, case_id)
        return [shape(record_type).decode(row) for row in rows]

    def cases_of(self, person_id: str) -> list[str]:
        """Return the cases a person belongs to."""
        return [row[0] for row in _CASES_OF_PERSON.rows(self.connection, person_id)]

    def cases_of_all(self, person_ids: Iterable[str]) -> dict[str, list[str]]:
        """Return the cases of each person who belongs to any, in one statement."""
        found: dict[str, list[str]] = {}
        for person_id, case_id in _CASES_OF_PERSONS.rows(self.connection, as_json(person_ids)):
            found.setdefault(person_id, []).append(case_id)
        return found


class Writer(Reader):
    """Writes within one transaction. ``touched`` names all that was changed so far: (kind, identity).

    ``passing`` names the cases that this transaction brings from desk to desk (see ``casework.custody``).
    """

    def __init__(self, connection: Connection, actor: str, rules: AgendaRules) -> None:
        super().__init__(connection)
        self.actor = actor
        self.rules = rules
        self.touched: set[tuple[str, str]] = set()
        self.passing: set[str] = set()
        self._trail = Trail(connection, actor)
        self._kinds_by_case: dict[str, set[str]] = {}
        self._removed = False
        self._gone_cases: set[str] = set()
        self._gone_persons: set[str] = set()

    @property
    def kinds_by_case(self) -> Mapping[str, AbstractSet[str]]:
        """Return of what kinds something was saved or removed, by case, without cases that were erased."""
        return self._kinds_by_case

    @property
    def cases(self) -> frozenset[str]:
        """Return the cases that something was saved or removed in."""
        return frozenset(self._kinds_by_case)

    def put(self, record: R) -> R:
        """Save ``record`` and return it with its identity and its next revision, every text in it tidy.

        ``rev`` 0 makes a new record; one that is stored just so stays as it is, without a trace. Raises
        StoreError E905 when the stored revision is another one, or the record is gone, ContentError E708
        when a text holds what cannot be written (see ``characters``).
        """
        clean = tidied(record)
        if record.rev and self.get(type(record), record.id) == clean:
            return clean
        saved = replace(clean, id=record.id or new_id(), rev=record.rev + 1)
        return self._save(saved, record.rev, known=bool(record.id))

    def adopt(self, record: R, made_by: str, based_on: int = 0) -> R:
        """Take over a revision that another desk made, as it stands; ``made_by`` is the mark of that desk.

        It takes the place of the revision ``based_on`` (0: of none). Raises StoreError E905 when another one
        is stored, or one that is no earlier, ContentError E708 for a text that no desk stores like that.
        """
        if record.rev <= based_on:
            raise StoreError("E905")
        if tidied(record) != record:
            raise ContentError(UNWRITABLE)
        return self._save(record, based_on, made_by)

    def remove(self, record: Record, reason: str = "") -> None:
        """Remove ``record`` with its drafts; only its identity and ``reason`` (a code) are kept.

        With ``operations.MERGED`` its earlier values stay as long as that can be undone. Raises StoreError
        E905 as ``put`` does.
        """
        kind, case_id = kind_of(type(record)), case_of(record)
        at = moment_text(now())
        _BURY.run(self.connection, record.id, kind, case_id, record.rev + 1, reason, at)
        self._note("removed", record)
        self._unindex(record)
        self._forget(record, reason)
        if shape(type(record)).delete.run(self.connection, record.id, record.rev) != 1:
            raise StoreError("E905")
        self._removed = True

    def record(
        self, action: str, kind: str, record_id: str, case_id: str = "", *, actor: str = "", at: str = ""
    ) -> None:
        """Add an entry to the audit trail beyond those of ``put`` and ``remove`` ("opened", "exported").

        ``actor`` and ``at`` (ISO text in UTC) are given for what waited to be recorded.
        """
        self._trail.append(action, kind, record_id, case_id, actor=actor, at=at)

    def finish(self) -> None:
        """Bring lists and index in step with what was written; ``writing`` does so before it commits."""
        for case_id, kinds in self._kinds_by_case.items():
            derived.keep(self.connection, case_id, kinds, self.rules, today())
        for case_id in {key for kind, key in self.touched if kind == passages.PASSAGE}:
            summary.follow_passages(self.connection, case_id, self.rules, today())
        carried.forget(self.connection, self._gone_cases, self._gone_persons)
        if self._removed:
            search.wipe_removed(self.connection)

    def _save(self, saved: R, based_on: int, made_by: str | None = None, *, known: bool = True) -> R:
        seq = self._note("changed" if based_on else "created", saved)
        found = shape(type(saved))
        if based_on:
            history.keep(self.connection, type(saved), saved.id, seq)
            if found.update.run(self.connection, *found.encode(saved), made_by, based_on) != 1:
                raise StoreError("E905")
        else:
            saved = self._raised(saved, made_by) if known else saved
            found.insert.run(self.connection, *found.encode(saved), made_by)
        self._index(saved)
        return saved

    def _raised(self, saved: R, made_by: str | None) -> R:
        """Return ``saved`` with a revision after that of its removal, if it was removed here."""
        removed = _REMOVED_REV.scalar(self.connection, saved.id) or 0
        if made_by and removed >= saved.rev:
            raise StoreError("E905")
        if removed:
            _RAISE.run(self.connection, saved.id)
        return replace(saved, rev=max(saved.rev, removed + 1))

    def _index(self, saved: Record) -> None:
        search.index_text(self.connection, saved.id, case_of(saved), words_of(saved))
        if isinstance(saved, Person):
            likeness.index_person(self.connection, saved)

    def _forget(self, record: Record, reason: str) -> None:
        _NO_DRAFTS.run(self.connection, record.id)
        if reason == operations.MERGED:
            return
        history.forget(self.connection, record.id)
        conflicts.forget(self.connection, record.id)
        if isinstance(record, (Person, Case)):
            operations.forget_merges_of(self.connection, record.id)
        if isinstance(record, Case):
            passages.forget_content(self.connection, record.id)
            self._gone_cases.add(record.id)
        if isinstance(record, Person):
            self._gone_persons.add(record.id)

    def _unindex(self, record: Record) -> None:
        search.forget_text(self.connection, record.id)
        if isinstance(record, Person):
            likeness.forget_person(self.connection, record.id)
        if isinstance(record, Case):
            summary.forget(self.connection, record.id)
            self._kinds_by_case.pop(record.id)

    def _note(self, action: str, record: Record) -> int:
        kind, case_id = kind_of(type(record)), case_of(record)
        seq = self._trail.append(action, kind, record.id, case_id)
        self.touched.add((kind, record.id))
        for each in [case_id] if case_id else self.cases_of(record.id):
            self._kinds_by_case.setdefault(each, set()).add(kind)
        return seq


@contextmanager
def reading(engine: Engine) -> Iterator[Reader]:
    """Read in one transaction. Raises StoreError as ``failures.understood`` says."""
    with understood(), engine.connect() as connection, connection.begin():
        yield Reader(connection)


@contextmanager
def writing(engine: Engine, actor: str, rules: AgendaRules | None = None) -> Iterator[Writer]:
    """Write in one transaction that is undone by any exception; ``rules`` say what is due, the shipped ones
    when None. Raises StoreError likewise."""
    with understood(), engine.connect() as free:
        connection = free.execution_options(immediate=True)
        with connection.begin():
            writer = Writer(connection, actor, rules or SHIPPED.rules.agenda)
            yield writer
            writer.finish()
