"""What desks are told of their findings: a row for each finding, with a number that only rises.

A desk says which number it has last; so numbers become visible in their order, whoever writes them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, delete, func, select

from kimdesk.kreis.registry import answer_table
from kimdesk.kreis.rows import ANSWERS, upsert
from kimdesk.store.postgresql.turns import take_turn


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldFinding:
    """What a desk is told of a finding: its state, and in words what was decided and by whom."""

    state: str
    text: str = ""
    decision: str = ""
    group: str = ""
    meets_on: date | None = None


def tell(
    connection: Connection, finding_ids: Iterable[str], told: ToldFinding, moment: datetime, by: str
) -> None:
    """Let the desks of these findings be told with their next receipts."""
    take_turn(connection, ANSWERS)
    values: dict[str, Any] = {
        "state": told.state,
        "text": told.text,
        "decision": told.decision,
        "group_name": told.group,
        "meets_on": told.meets_on.isoformat() if told.meets_on else "",
        "on_day": moment.astimezone().date().isoformat(),
        "by": by,
    }
    for number, each in enumerate(finding_ids, _next_number(connection, moment)):
        new = {**values, "number": number}
        statement = upsert(connection, answer_table).values(finding_id=each, **new)
        connection.execute(statement.on_conflict_do_update(index_elements=["finding_id"], set_=new))


def take_back(connection: Connection, finding_ids: Iterable[str], moment: datetime, by: str) -> None:
    """Tell desks that what they were told of these findings does not hold; of others nothing is said."""
    ids = list(finding_ids)
    told = connection.execute(select(answer_table.c.finding_id).where(answer_table.c.finding_id.in_(ids)))
    tell(connection, list(told.scalars()), ToldFinding(state="noted"), moment, by)


def forget(connection: Connection, here: Any) -> None:
    """Forget answers to findings that are not among ``here``, a select of identities."""
    connection.execute(delete(answer_table).where(answer_table.c.finding_id.not_in(here)))


def _next_number(connection: Connection, moment: datetime) -> int:
    """Return a number above all before, by the clock if need be: also after a backup was restored."""
    last = connection.execute(select(func.max(answer_table.c.number))).scalar() or 0
    return max(last + 1, int(moment.timestamp()))
