"""The structural findings that desks have sent, and the Kreis's answers, which go back with receipts.

An answer goes to the desk whose finding it is and to nobody else, until that desk says it has it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, func, select

from kimdesk.casework.desk import Desk
from kimdesk.domain.characters import tidy
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.errors import ContentError
from kimdesk.kreis.registry import RECORDS, answer_table, desk_table, open_registry, report_table
from kimdesk.kreis.rows import transaction, upsert
from kimdesk.kreis.steering import answers, bundling
from kimdesk.kreis.steering.tables import cluster, finding_place
from kimdesk.kreis.steering.values import NOTED, ClusterWording
from kimdesk.sync.sealing import wire
from kimdesk.sync.sealing.manifest import ANSWER, ANSWERS, ANSWERS_SIZE, BundleManifest, FindingAnswer

_FINDING: Final = RECORDS["finding"]


@dataclass(frozen=True, slots=True)
class ReportedFinding:
    """A finding as its desk sent it, and where the Kreis stands with it.

    ``noted_on``: a day, month or year in ISO 8601, or ""; ``state``: that of its ``cluster``, or noted;
    ``answered_on`` None while the Kreis has said nothing; ``arrived``: the desk says it has this answer;
    ``first_on``: the day it came, None when that is not known.
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
    desk_id: str = ""
    cluster: str = ""
    first_on: date | None = None


def reported(desk: Desk, state: str = "") -> tuple[ReportedFinding, ...]:
    """Return the findings in ``state`` ("": all), those nobody has answered first, then the latest first.

    Raises ContentError E749 for an unknown state.
    """
    _demand_state(desk, state or NOTED)
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
    """Set where the Kreis stands with one finding, and what it tells the desk; it goes with the next receipt.

    Raises ContentError E747 when there is no such finding (any more), E748 for a text that is too long,
    E749 for an unknown state, and E793 and E796 as ``bundling.answer_alone``.
    """
    _demand_state(desk, state)
    words = tidy(text).strip()
    if len(words) > ANSWER:
        raise ContentError("E748", most=ANSWER)
    bundling.answer_alone(desk, finding_id, wording_of(desk, _one(desk, finding_id)), state, words, now=now)
    return _one(desk, finding_id)


def wording_of(desk: Desk, found: ReportedFinding) -> ClusterWording:
    """Return what a bundle says at first that begins with this finding."""
    named = found.title or desk.catalogue.label("finding_kind", found.kind) or "–"
    return ClusterWording(
        title=named, summary=found.effects, kind=found.kind, life_domain=found.life_domain,
        agencies=found.agencies,
    )  # fmt: skip


def _one(desk: Desk, finding_id: str) -> ReportedFinding:
    with transaction(open_registry(desk)) as connection:
        row = connection.execute(_every().where(_FINDING.c.id == finding_id)).first()
    if row is None:
        raise ContentError("E747")
    return _reported(row)


def note_report(connection: Connection, desk_id: str, manifest: BundleManifest) -> None:
    """Keep what a desk says it has, and forget answers to findings that were erased meanwhile."""
    values = {"catalogue": manifest.catalogue, "answers": manifest.answers}
    statement = upsert(connection, report_table).values(desk_id=desk_id, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["desk_id"], set_=values))
    answers.forget(connection, select(_FINDING.c.id))


def answers_for(connection: Connection, desk_id: str, after: int) -> tuple[FindingAnswer, ...]:
    """Return the answers to findings of a desk with higher numbers than ``after``, the oldest first.

    What does not fit into one receipt is left for the next.
    """
    wanted = (
        select(answer_table)
        .join(_FINDING, _FINDING.c.id == answer_table.c.finding_id)
        .where(_FINDING.c.desk_id == desk_id, answer_table.c.number > after)
        .order_by(answer_table.c.number)
        .limit(ANSWERS)
    )
    found: list[FindingAnswer] = []
    size = 0
    for row in connection.execute(wanted):
        one = FindingAnswer(
            row.finding_id, row.number, row.state, row.text, row.on_day, row.decision, row.group_name,
            row.meets_on,
        )  # fmt: skip
        size += len(wire.encode(one))
        if found and size > ANSWERS_SIZE:
            break
        found.append(one)
    return tuple(found)


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


def _every() -> Select[Any]:
    arrived = answer_table.c.number <= func.coalesce(report_table.c.answers, 0)
    joined = (
        _FINDING.outerjoin(answer_table, answer_table.c.finding_id == _FINDING.c.id)
        .outerjoin(desk_table, desk_table.c.id == _FINDING.c.desk_id)
        .outerjoin(report_table, report_table.c.desk_id == _FINDING.c.desk_id)
        .outerjoin(finding_place, finding_place.c.finding_id == _FINDING.c.id)
        .outerjoin(cluster, cluster.c.id == finding_place.c.cluster_id)
    )
    names = ("id", "title", "kind", "life_domain", "agencies", "transition", "ags", "frequency", "effects")
    return select(
        *(_FINDING.c[name] for name in (*names, "proposal", "noted_on")),
        _FINDING.c.state.label("own_state"),
        desk_table.c.name.label("desk_name"),
        _FINDING.c.desk_id,
        cluster.c.id.label("cluster_id"),
        cluster.c.state.label("cluster_state"),
        finding_place.c.first_on,
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
        state=row.cluster_state or NOTED,
        answer=row.text or "",
        answered_on=date.fromisoformat(row.on_day) if row.on_day else None,
        arrived=bool(row.arrived),
        desk_id=row.desk_id,
        cluster=row.cluster_id or "",
        first_on=date.fromisoformat(row.first_on) if row.first_on else None,
    )


def _iso(value: PartialDate | date | None) -> str:
    """Return a date as far as it is known."""
    if value is None:
        return ""
    return value.iso() if isinstance(value, PartialDate) else value.isoformat()
