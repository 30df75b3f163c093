"""The structural findings that desks have sent, and the Kreis's answers, which go back with receipts.

An answer goes to the desk whose finding it is and to nobody else, until that desk says it has it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, delete, func, select

from kimdesk.casework.desk import Desk
from kimdesk.casework.events import REGISTRY
from kimdesk.domain import dates
from kimdesk.domain.characters import tidy
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.errors import ContentError
from kimdesk.kreis.registry import RECORDS, answer_table, desk_table, open_registry, report_table
from kimdesk.kreis.rows import transaction, upsert, working
from kimdesk.sync.sealing.manifest import ANSWER, ANSWERS, BundleManifest, FindingAnswer

NEW: Final = "noted"
"""The state of a finding nobody has answered."""
_FINDING: Final = RECORDS["finding"]


@dataclass(frozen=True, slots=True)
class ReportedFinding:
    """A finding as its desk sent it, and where the Kreis stands with it.

    ``noted_on``: a day, month or year in ISO 8601, or ""; ``state``: the Kreis's, else the desk's;
    ``answered_on`` None while the Kreis has said nothing; ``arrived``: the desk says it has this answer.
    """

    id: str
    desk: str
    title: str
    kind: str
    life_domain: str
    agencies: str
    transition: str
    ags: str
    frequency: int
    effects: str
    proposal: str
    noted_on: str
    state: str
    answer: str
    answered_on: date | None
    arrived: bool


def reported(desk: Desk, state: str = "") -> tuple[ReportedFinding, ...]:
    """Return the findings in ``state`` ("": all), those nobody has answered first, then the latest first.

    Raises ContentError E749 for an unknown state.
    """
    _demand_state(desk, state or NEW)
    with transaction(open_registry(desk)) as connection:
        found = [_reported(row) for row in connection.execute(_every())]
    found.sort(key=lambda one: (one.noted_on, one.id), reverse=True)
    found.sort(key=lambda one: one.answered_on is not None)
    return tuple(one for one in found if state in ("", one.state))


def count_unanswered(desk: Desk) -> int:
    """Return how many findings the Kreis has said nothing to."""
    silent = _every().where(answer_table.c.finding_id.is_(None)).subquery()
    with transaction(open_registry(desk)) as connection:
        return connection.execute(select(func.count()).select_from(silent)).scalar() or 0


def answer(
    desk: Desk, finding_id: str, state: str, text: str = "", *, now: datetime | None = None
) -> ReportedFinding:
    """Set where the Kreis stands with a finding, and what it tells the desk; it goes with the next receipt.

    Raises ContentError E747 when there is no such finding (any more), E748 for a text that is too long,
    E749 for an unknown state.
    """
    _demand_state(desk, state)
    words = tidy(text).strip()
    if len(words) > ANSWER:
        raise ContentError("E748", most=ANSWER)
    moment = now or dates.now()
    values: dict[str, Any] = {
        "state": state,
        "text": words,
        "on_day": moment.astimezone().date().isoformat(),
        "by": desk.actor,
    }
    with working(open_registry(desk)) as work:
        if work.connection.execute(select(_FINDING.c.id).where(_FINDING.c.id == finding_id)).first() is None:
            raise ContentError("E747")
        values["number"] = _next_number(work.connection, moment)
        statement = upsert(work.connection, answer_table).values(finding_id=finding_id, **values)
        work.connection.execute(statement.on_conflict_do_update(index_elements=["finding_id"], set_=values))
        work.tell("finding_answered", finding_id)
        row = work.connection.execute(_every().where(_FINDING.c.id == finding_id)).one()
    desk.announce(REGISTRY)
    return _reported(row)


def note_report(connection: Connection, desk_id: str, manifest: BundleManifest) -> None:
    """Keep what a desk says it has, and forget answers to findings that were erased meanwhile."""
    values = {"catalogue": manifest.catalogue, "answers": manifest.answers}
    statement = upsert(connection, report_table).values(desk_id=desk_id, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["desk_id"], set_=values))
    gone = answer_table.c.finding_id.not_in(select(_FINDING.c.id))
    connection.execute(delete(answer_table).where(gone))


def answers_for(connection: Connection, desk_id: str, after: int) -> tuple[FindingAnswer, ...]:
    """Return the answers to findings of a desk with higher numbers than ``after``, the oldest first."""
    wanted = (
        select(answer_table)
        .join(_FINDING, _FINDING.c.id == answer_table.c.finding_id)
        .where(_FINDING.c.desk_id == desk_id, answer_table.c.number > after)
        .order_by(answer_table.c.number)
        .limit(ANSWERS)
    )
    return tuple(
        FindingAnswer(row.finding_id, row.number, row.state, row.text, row.on_day)
        for row in connection.execute(wanted)
    )


def packs_in_use(desk: Desk) -> dict[str, int]:
    """Return, by desk, the version of the catalogue pack it said last that it works with."""
    with transaction(open_registry(desk)) as connection:
        return packs_in(connection)


def packs_in(connection: Connection) -> dict[str, int]:
    """Return what ``packs_in_use`` does, in a transaction."""
    return {row.desk_id: row.catalogue for row in connection.execute(select(report_table))}


def _demand_state(desk: Desk, state: str) -> None:
    if state not in desk.catalogue.code_list("finding_state"):
        raise ContentError("E749")


def _next_number(connection: Connection, moment: datetime) -> int:
    """Return a number above all before, by the clock if need be: also after a backup was restored."""
    last = connection.execute(select(func.max(answer_table.c.number))).scalar() or 0
    return max(last + 1, int(moment.timestamp()))


def _every() -> Select[Any]:
    arrived = answer_table.c.number <= func.coalesce(report_table.c.answers, 0)
    joined = (
        _FINDING.outerjoin(answer_table, answer_table.c.finding_id == _FINDING.c.id)
        .outerjoin(desk_table, desk_table.c.id == _FINDING.c.desk_id)
        .outerjoin(report_table, report_table.c.desk_id == _FINDING.c.desk_id)
    )
    names = ("id", "title", "kind", "life_domain", "agencies", "transition", "ags", "frequency", "effects")
    return select(
        *(_FINDING.c[name] for name in (*names, "proposal", "noted_on")),
        _FINDING.c.state.label("own_state"),
        desk_table.c.name.label("desk_name"),
        answer_table.c.state,
        answer_table.c.text,
        answer_table.c.on_day,
        arrived.label("arrived"),
    ).select_from(joined)


def _reported(row: Row[Any]) -> ReportedFinding:
    return ReportedFinding(
        id=row.id,
        desk=row.desk_name or "",
        title=row.title or "",
        kind=row.kind or "",
        life_domain=row.life_domain or "",
        agencies=row.agencies or "",
        transition=row.transition or "",
        ags=row.ags or "",
        frequency=row.frequency or 1,
        effects=row.effects or "",
        proposal=row.proposal or "",
        noted_on=_iso(row.noted_on),
        state=row.state or row.own_state or NEW,
        answer=row.text or "",
        answered_on=date.fromisoformat(row.on_day) if row.on_day else None,
        arrived=bool(row.arrived),
    )


def _iso(value: PartialDate | date | None) -> str:
    """Return a date as far as it is known."""
    if value is None:
        return ""
    return value.iso() if isinstance(value, PartialDate) else value.isoformat()
