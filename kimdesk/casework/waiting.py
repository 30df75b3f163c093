"""Entries of the audit trail that wait for room: on a full disk a case can be read; that is recorded later.

They wait in memory, by vault, over locking and unlocking, and go first with whatever is written next, at the
time they tell of. When too many wait, reading is refused as writing is (docs/decisions/0031).
"""

from typing import NamedTuple

from kimdesk.domain.dates import now
from kimdesk.domain.errors import StoreError
from kimdesk.store.columns import moment_text
from kimdesk.store.work import Writer

FULL = "E901"
MOST = 200
"""More people than anybody opens in the hours until somebody makes room."""


class _Entry(NamedTuple):
    at: str
    actor: str
    action: str
    kind: str
    record_id: str
    case_id: str


_waiting: dict[str, list[_Entry]] = {}


def wait(vault_id: str, actor: str, action: str, kind: str, record_id: str, case_id: str) -> None:
    """Keep an entry for when there is room. Raises StoreError E901 when too many wait already."""
    entries = _waiting.setdefault(vault_id, [])
    if len(entries) >= MOST:
        raise StoreError(FULL)
    entries.append(_Entry(moment_text(now()), actor, action, kind, record_id, case_id))


def are_waiting(vault_id: str) -> bool:
    """Say whether something is still to be recorded."""
    return bool(_waiting.get(vault_id))


def record(vault_id: str, writer: Writer) -> int:
    """Record what waits in the transaction of ``writer``; return how many, to ``forget`` once committed."""
    entries = tuple(_waiting.get(vault_id, ()))
    for each in entries:
        writer.record(each.action, each.kind, each.record_id, each.case_id, actor=each.actor, at=each.at)
    return len(entries)


def forget(vault_id: str, number: int) -> None:
    """Forget the first ``number`` entries: they are recorded."""
    del _waiting.get(vault_id, [])[:number]
