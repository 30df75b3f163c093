"""The audit trail: who did what to which record and when, each entry sealed to the one before.

The hash of an entry is SHA-256, in hex, over UTF-8 of the JSON array
``[prev_hash, seq, at, actor, action, kind, record_id, case_id]`` without spaces and with non-ASCII
characters as they are; ``prev_hash`` of the first entry is "". Entries never hold names or answers.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, func, insert, or_, select

from kimdesk.domain.dates import now
from kimdesk.domain.records import Member
from kimdesk.store.columns import moment_text
from kimdesk.store.sql import Statement
from kimdesk.store.tables import RECORD_TABLES, audit

_STRETCH = 5_000  # entries that are checked in one go

_member = RECORD_TABLES[Member]
_INSERT = Statement(insert(audit))
_HEAD = Statement(select(audit.c.seq, audit.c.hash).order_by(audit.c.seq.desc()).limit(1))
_OF_CASE = Statement(select(audit).where(audit.c.case_id == bindparam("case")).order_by(audit.c.seq.desc()))
_LAST_OF_KIND = Statement(
    select(audit.c.action, func.max(audit.c.at))
    .where(audit.c.kind == bindparam("kind"))
    .group_by(audit.c.action)
)

_TOUCHED = Statement(
    select(func.count())
    .select_from(audit)
    .where(
        audit.c.case_id == bindparam("case"),
        audit.c.seq > bindparam("seq"),
        or_(*(audit.c.action == each for each in ("created", "changed", "removed"))),
    ),
    "case",
    "seq",
)


_LAST_OF = Statement(
    select(audit.c.at, audit.c.actor)
    .where(
        audit.c.record_id == bindparam("record"),
        or_(*(audit.c.action == each for each in ("created", "changed", "removed"))),
    )
    .order_by(audit.c.seq.desc())
    .limit(1)
)


class TrailEntry(NamedTuple):
    """One entry of the trail, as it is stored; ``at`` is ISO text in UTC."""

    seq: int
    at: str
    actor: str
    action: str  # created | changed | removed | opened | exported | …
    kind: str
    record_id: str
    case_id: str
    prev_hash: str
    hash: str

    def expected_hash(self) -> str:
        """Return the hash that belongs to what this entry says."""
        said = [self.prev_hash, *self[:7]]
        text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(slots=True)
class Trail:
    """The end of the trail within one transaction, so that many entries need one look at it."""

    connection: Connection
    actor: str
    seq: int = -1
    last: str = ""

    def append(
        self, action: str, kind: str, record_id: str, case_id: str, *, actor: str = "", at: str = ""
    ) -> int:
        """Add an entry, in the transaction of what it tells about, and return its number.

        ``actor`` and ``at`` (ISO text in UTC) are given for what waited to be recorded.
        """
        if self.seq < 0:
            self.seq, self.last = head(self.connection)
        moment, who = at or moment_text(now()), actor or self.actor
        open_end = TrailEntry(self.seq + 1, moment, who, action, kind, record_id, case_id, self.last, "")
        entry = open_end._replace(hash=open_end.expected_hash())
        _INSERT.run(self.connection, *entry)
        self.seq, self.last = entry.seq, entry.hash
        return entry.seq


def head(connection: Connection) -> tuple[int, str]:
    """Return number and hash of the last entry, (0, "") when there is none."""
    found = _HEAD.first(connection)
    return (found[0], found[1]) if found else (0, "")


def of_case(connection: Connection, case_id: str) -> tuple[TrailEntry, ...]:
    """Return what happened to a case, the newest first."""
    return tuple(TrailEntry(*row) for row in _OF_CASE.rows(connection, case_id))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries are looked for: of a case and its people, of some actions, by whom, from when until when.

    ``since`` and ``until`` are ISO texts in UTC; ``until`` itself is left out. Empty is no limit.
    """

    case_id: str = ""
    actions: tuple[str, ...] = ()
    actor: str = ""
    since: str = ""
    until: str = ""


def page(connection: Connection, wanted: Wanted, before: int | None, limit: int) -> tuple[TrailEntry, ...]:
    """Return at most ``limit`` entries, the newest first; only those before number ``before`` if given."""
    asked = select(audit).where(*_limits(wanted)).order_by(audit.c.seq.desc()).limit(limit)
    if before is not None:
        asked = asked.where(audit.c.seq < before)
    return tuple(TrailEntry(*row) for row in connection.execute(asked))


def oldest_first(connection: Connection, wanted: Wanted) -> Iterator[TrailEntry]:
    """Yield the entries that are looked for, from the first on."""
    asked = select(audit).where(*_limits(wanted)).order_by(audit.c.seq).execution_options(yield_per=1000)
    for row in connection.execute(asked):
        yield TrailEntry(*row)


def actors(connection: Connection) -> tuple[str, ...]:
    """Return everyone who stands in the trail, by name."""
    return tuple(connection.execute(select(audit.c.actor).distinct().order_by(audit.c.actor)).scalars())


def last_of_kind(connection: Connection, kind: str) -> dict[str, str]:
    """Return when each action was last done to records of ``kind`` (ISO text in UTC)."""
    return {row[0]: row[1] for row in _LAST_OF_KIND.rows(connection, kind)}


def touched_since(connection: Connection, case_id: str, seq: int) -> bool:
    """Return whether anything of a case was changed (not just opened) after the entry ``seq``."""
    return bool(_TOUCHED.scalar(connection, case_id, seq))


def entries(connection: Connection) -> Iterator[TrailEntry]:
    """Yield the whole trail from its start."""
    everything = select(audit).order_by(audit.c.seq).execution_options(yield_per=1000)
    for row in connection.execute(everything):
        yield TrailEntry(*row)


class Checked(NamedTuple):
    """How far the chain was followed: the last whole entry and its hash, and the first broken one if any."""

    seq: int = 0
    hash: str = ""
    broken: int | None = None
    finished: bool = False


def follow(connection: Connection, checked: Checked, limit: int) -> Checked:
    """Follow the chain over at most ``limit`` entries from where ``checked`` ended."""
    seq, last = checked.seq, checked.hash
    later = [audit.c.seq > seq] if seq else []
    rows = connection.execute(select(audit).where(*later).order_by(audit.c.seq).limit(limit)).all()
    for entry in (TrailEntry(*row) for row in rows):
        if (entry.seq, entry.prev_hash, entry.hash) != (seq + 1, last, entry.expected_hash()):
            return Checked(seq, last, seq + 1, finished=True)
        seq, last = entry.seq, entry.hash
    return Checked(seq, last, None, finished=len(rows) < limit)


def verify(connection: Connection) -> int | None:
    """Return the number of the first entry that was changed, removed or put in, None when all is well."""
    checked = Checked()
    while not checked.finished:
        checked = follow(connection, checked, _STRETCH)
    return checked.broken


def _limits(wanted: Wanted) -> list[Any]:
    limits: list[Any] = []
    if wanted.case_id:
        people = select(_member.c.person_id).where(_member.c.case_id == wanted.case_id)
        limits.append(
            or_(audit.c.case_id == wanted.case_id, (audit.c.case_id == "") & audit.c.record_id.in_(people))
        )
    if wanted.actions:
        limits.append(audit.c.action.in_(wanted.actions))
    if wanted.actor:
        limits.append(audit.c.actor == wanted.actor)
    if wanted.since:
        limits.append(audit.c.at >= wanted.since)
    if wanted.until:
        limits.append(audit.c.at < wanted.until)
    return limits


def last_of(connection: Connection, record_id: str) -> tuple[str, str]:
    """Return when (ISO text, UTC) and by whom a record was last changed here, "" for one nobody changed."""
    found = _LAST_OF.first(connection, record_id)
    return (found[0], found[1]) if found else ("", "")
