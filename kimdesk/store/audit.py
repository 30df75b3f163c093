"""The audit trail: who did what to which record and when, each entry sealed to the one before.

The hash of an entry is SHA-256, in hex, over UTF-8 of the JSON array
``[prev_hash, seq, at, actor, action, kind, record_id, case_id]`` without spaces and with non-ASCII
characters as they are; ``prev_hash`` of the first entry is "". Entries never hold names or answers.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, func, insert, select

from kimdesk.domain.dates import now
from kimdesk.store.columns import moment_text
from kimdesk.store.sql import Statement
from kimdesk.store.tables import audit

_INSERT = Statement(insert(audit))
_HEAD = Statement(select(audit.c.seq, audit.c.hash).order_by(audit.c.seq.desc()).limit(1))
_OF_CASE = Statement(select(audit).where(audit.c.case_id == bindparam("case")).order_by(audit.c.seq.desc()))
_LAST_OF_KIND = Statement(
    select(audit.c.action, func.max(audit.c.at))
    .where(audit.c.kind == bindparam("kind"))
    .group_by(audit.c.action)
)


class Entry(NamedTuple):
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

    def append(self, action: str, kind: str, record_id: str, case_id: str) -> int:
        """Add an entry, in the transaction of what it tells about, and return its number."""
        if self.seq < 0:
            self.seq, self.last = head(self.connection)
        at = moment_text(now())
        open_end = Entry(self.seq + 1, at, self.actor, action, kind, record_id, case_id, self.last, "")
        entry = open_end._replace(hash=open_end.expected_hash())
        _INSERT.run(self.connection, *entry)
        self.seq, self.last = entry.seq, entry.hash
        return entry.seq


def head(connection: Connection) -> tuple[int, str]:
    """Return number and hash of the last entry, (0, "") when there is none."""
    found = _HEAD.first(connection)
    return (found[0], found[1]) if found else (0, "")


def of_case(connection: Connection, case_id: str) -> tuple[Entry, ...]:
    """Return what happened to a case, the newest first."""
    return tuple(Entry(*row) for row in _OF_CASE.rows(connection, case_id))


def last_of_kind(connection: Connection, kind: str) -> dict[str, str]:
    """Return when each action was last done to records of ``kind`` (ISO text in UTC)."""
    return {row[0]: row[1] for row in _LAST_OF_KIND.rows(connection, kind)}


def entries(connection: Connection) -> Iterator[Entry]:
    """Yield the whole trail from its start."""
    everything = select(audit).order_by(audit.c.seq).execution_options(yield_per=1000)
    for row in connection.execute(everything):
        yield Entry(*row)


def verify(connection: Connection) -> int | None:
    """Return the number of the first entry that was changed, removed or put in, None when all is well."""
    last = ""
    for seq, entry in enumerate(entries(connection), start=1):
        if (entry.seq, entry.prev_hash, entry.hash) != (seq, last, entry.expected_hash()):
            return seq
        last = entry.hash
    return None
