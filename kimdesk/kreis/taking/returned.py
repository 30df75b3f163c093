"""What a person does with records that were set aside: have them sent again, or put the question away."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, select, update

from kimdesk.casework.desk import Desk
from kimdesk.casework.events import REGISTRY
from kimdesk.domain import dates
from kimdesk.kreis.registry import aside, desk_table, erased, open_registry
from kimdesk.kreis.rows import transaction, working
from kimdesk.store.columns import moment_text


@dataclass(frozen=True, slots=True)
class AsideGroup:
    """The records of one desk that were set aside for one reason; ``kinds``: how many of each kind.

    ``released``: the desk is asked to send them again.
    """

    desk_id: str
    desk: str
    reason: str
    kinds: dict[str, int]
    cases: int
    newest_at: datetime
    released: bool


def set_aside(desk: Desk) -> tuple[AsideGroup, ...]:
    """Return what was set aside and neither came again nor was put away, by desk and reason."""
    wanted = select(aside, desk_table.c.name).join(desk_table, desk_table.c.id == aside.c.desk_id)
    with transaction(open_registry(desk)) as connection:
        rows = connection.execute(wanted.order_by(desk_table.c.name, aside.c.reason)).all()
    groups: dict[tuple[str, str], list[Row[Any]]] = {}
    for row in rows:
        groups.setdefault((row.desk_id, row.reason), []).append(row)
    return tuple(map(_group, groups.values()))


def _group(rows: list[Row[Any]]) -> AsideGroup:
    return AsideGroup(
        desk_id=rows[0].desk_id,
        desk=rows[0].name,
        reason=rows[0].reason,
        kinds=dict(sorted(Counter(row.kind for row in rows).items())),
        cases=len({row.case_id for row in rows} - {""}),
        newest_at=datetime.fromisoformat(max(row.at for row in rows)),
        released=all(row.released_at for row in rows),
    )


def release(desk: Desk, desk_id: str, reason: str, *, now: datetime | None = None) -> int:
    """Have a desk send again what was set aside for ``reason``; its next receipt says so.

    What was erased there before may come in again. Return how many records these are.
    """
    at = moment_text(now or dates.now())
    with working(open_registry(desk)) as work:
        these = _these(desk_id, reason)
        ids = select(aside.c.record_id).where(*these)
        mine = (erased.c.desk_id == desk_id, erased.c.id.in_(ids))
        work.connection.execute(delete(erased).where(*mine))
        number = work.connection.execute(update(aside).where(*these).values(released_at=at)).rowcount
        work.tell("record_released", desk_id)
    desk.announce(REGISTRY)
    return number


def put_away(desk: Desk, desk_id: str, reason: str) -> int:
    """Note that somebody has settled what was set aside for ``reason``; return how many records."""
    with working(open_registry(desk)) as work:
        number = work.connection.execute(delete(aside).where(*_these(desk_id, reason))).rowcount
        work.tell("record_settled", desk_id)
    desk.announce(REGISTRY)
    return number


def _these(desk_id: str, reason: str) -> tuple[ColumnElement[bool], ...]:
    return (aside.c.desk_id == desk_id, aside.c.reason == reason)
