"""Single records of a bundle that may not be taken over: set aside with their reason, told at both ends.

A record is set aside, and everything else of its bundle taken over, when it can be read but not accepted.
It leaves no content behind: kind, identity, case and reason are kept until the record comes and is accepted,
or a person settles it.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, delete, select

from kimdesk.kreis.registry import aside
from kimdesk.kreis.rows import upsert
from kimdesk.store.columns import moment_text
from kimdesk.sync.sealing.gaps import NAMED
from kimdesk.sync.sealing.manifest import SetAside


class Reason(StrEnum):
    """Why a record is set aside."""

    CONTENT = "content"  # members or values a desk may not send
    MUNICIPALITY = "municipality"  # none, or not one the desk is enrolled for
    OWNER = "owner"  # it belongs to another desk, or its case does
    WITHDRAWN = "withdrawn"  # erased here before; a backup of the desk has brought it back
    NEWER = "newer"  # a newer version stands here; this one is kept beside it as a conflict


@dataclass(slots=True)
class Asides:
    """What was set aside of one bundle: all of it counted by reason, the first ``NAMED`` named."""

    counts: Counter[Reason] = field(default_factory=Counter)
    named: dict[tuple[str, str], tuple[Reason, str]] = field(default_factory=dict)

    def add(self, kind: str, record_id: str, case_id: str, reason: Reason) -> None:
        """Note a record."""
        self.counts[reason] += 1
        if len(self.named) < NAMED:
            self.named[kind, record_id] = (reason, case_id)

    def told(self) -> tuple[SetAside, ...]:
        """Return what the receipt says of it."""
        return tuple(SetAside(kind, each, reason) for (kind, each), (reason, _) in self.named.items())

    def totals(self) -> dict[str, int]:
        """Return how many there are, by reason."""
        return {str(reason): number for reason, number in sorted(self.counts.items())}

    def keep(self, connection: Connection, place: Mapping[str, Any], moment: datetime) -> None:
        """Keep them for people to see; ``place`` is desk, epoch and number of the bundle.

        What stands here newer is a conflict already and not kept twice.
        """
        rows = [
            {"kind": kind, "record_id": record_id, "case_id": case_id, "reason": str(reason), **place}
            | {"at": moment_text(moment), "released_at": ""}
            for (kind, record_id), (reason, case_id) in self.named.items()
            if reason is not Reason.NEWER
        ]
        if rows:
            statement = upsert(connection, aside)
            key = [column.name for column in aside.primary_key]
            set_ = {each.name: statement.excluded[each.name] for each in aside.c if each.name not in key}
            connection.execute(statement.on_conflict_do_update(index_elements=key, set_=set_), rows)


def forget(connection: Connection, desk_id: str, record_ids: Collection[str]) -> None:
    """Forget what was set aside of records that have now been taken over, or erased."""
    mine = (aside.c.desk_id == desk_id, aside.c.record_id.in_(record_ids))
    connection.execute(delete(aside).where(*mine))


def has_any(connection: Connection, desk_id: str) -> bool:
    """Return whether anything of a desk is set aside."""
    mine = select(aside.c.kind).where(aside.c.desk_id == desk_id).limit(1)
    return connection.execute(mine).first() is not None


def released(connection: Connection, desk_id: str) -> tuple[SetAside, ...]:
    """Return the records a person has released: the desk is to send them again."""
    mine = (aside.c.desk_id == desk_id, aside.c.released_at != "")
    wanted = select(aside.c.kind, aside.c.record_id, aside.c.reason).where(*mine).limit(NAMED)
    return tuple(SetAside(*row) for row in connection.execute(wanted))
