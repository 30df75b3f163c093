"""Reading bundles of findings: what they say, and how far their findings reach as they are now."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from kimdesk.catalogue.finding_rules import FindingRules
from kimdesk.domain.errors import ContentError
from kimdesk.kreis.registry import answer_table, desk_table, report_table
from kimdesk.kreis.steering.places import FINDING
from kimdesk.kreis.steering.tables import adoption, cluster, cluster_step, finding_place
from kimdesk.kreis.steering.values import (
    ClusterDealing,
    ClusterReach,
    ClusterStep,
    ClusterWording,
    FindingCluster,
)


def read_all(connection: Connection, rules: FindingRules) -> tuple[FindingCluster, ...]:
    """Return every bundle, the one that was changed last first."""
    reaches, adopted = _reaches(connection, rules), _adopted(connection)
    rows = connection.execute(select(cluster).order_by(cluster.c.at.desc(), cluster.c.id.desc()))
    return tuple(_cluster(row, reaches.get(row.id, ClusterReach()), adopted.get(row.id, ())) for row in rows)


def read_one(connection: Connection, rules: FindingRules, cluster_id: str) -> FindingCluster:
    """Return a bundle. Raises ContentError E791 when there is none (any more)."""
    row = connection.execute(select(cluster).where(cluster.c.id == cluster_id)).first()
    if row is None:
        raise ContentError("E791")
    reach = _reaches(connection, rules, cluster_id).get(cluster_id, ClusterReach())
    return _cluster(row, reach, _adopted(connection).get(cluster_id, ()))


def steps_of(connection: Connection, cluster_id: str) -> tuple[ClusterStep, ...]:
    """Return what was done with a bundle, the latest first."""
    wanted = select(cluster_step).where(cluster_step.c.cluster_id == cluster_id)
    rows = connection.execute(wanted.order_by(cluster_step.c.number.desc()))
    return tuple(ClusterStep(row.step, row.state, _moment(row.at), row.by) for row in rows)


def _adopted(connection: Connection) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in connection.execute(select(adoption).order_by(adoption.c.ags)):
        found[row.cluster_id] = (*found.get(row.cluster_id, ()), row.ags)
    return found


def _reaches(connection: Connection, rules: FindingRules, only: str = "") -> dict[str, ClusterReach]:
    """Return by bundle how far it reaches; what was erased, or never came again, is not counted."""
    arrived = answer_table.c.number <= func.coalesce(report_table.c.answers, 0)
    joined = (
        finding_place.join(FINDING, FINDING.c.id == finding_place.c.finding_id)
        .outerjoin(desk_table, desk_table.c.id == FINDING.c.desk_id)
        .outerjoin(answer_table, answer_table.c.finding_id == FINDING.c.id)
        .outerjoin(report_table, report_table.c.desk_id == FINDING.c.desk_id)
    )
    names = (finding_place.c.cluster_id, finding_place.c.first_on, finding_place.c.joined_at)
    wanted = select(
        *names, FINDING.c.desk_id, FINDING.c.ags, FINDING.c.frequency, desk_table.c.municipalities,
        arrived.label("arrived"),
    ).select_from(joined)  # fmt: skip
    these = finding_place.c.cluster_id == only if only else finding_place.c.cluster_id != ""
    found: dict[str, list[Row[Any]]] = {}
    for row in connection.execute(wanted.where(these)):
        found.setdefault(row.cluster_id, []).append(row)
    return {each: _reach(rows, rules) for each, rows in found.items()}


def _reach(rows: Iterable[Row[Any]], rules: FindingRules) -> ClusterReach:
    found = list(rows)
    desks = {row.desk_id for row in found}
    waiting = {row.desk_id for row in found if not row.arrived}
    first = min(filter(None, (row.first_on for row in found)), default="")
    joined = max((row.joined_at for row in found), default="")
    return ClusterReach(
        findings=len(found),
        times=sum(row.frequency or 1 for row in found),
        desks=len(desks),
        told=len(desks - waiting),
        municipalities=rules.band(len({each for row in found if (each := _place(row))})),
        first_on=date.fromisoformat(first) if first else None,
        joined_at=_moment(joined) if joined else None,
    )


def _place(row: Row[Any]) -> str:
    """Return the municipality of a finding: its own, else the only one of its desk."""
    of_desk = (row.municipalities or "").split()
    return row.ags or (of_desk[0] if len(of_desk) == 1 else "")


def _cluster(row: Row[Any], reach: ClusterReach, adopted: tuple[str, ...]) -> FindingCluster:
    return FindingCluster(
        id=row.id,
        rev=row.rev,
        state=row.state,
        since=date.fromisoformat(row.since),
        wording=ClusterWording(
            title=row.title, summary=row.summary, kind=row.kind, life_domain=row.life_domain,
            agencies=row.agencies, services=tuple(row.services.split()), regimes=tuple(row.regimes.split()),
            chain_steps=tuple(row.chain_steps.split()),
        ),
        dealing=ClusterDealing(
            group=row.group_name, decision=row.decision, answer=row.answer,
            meets_on=date.fromisoformat(row.meets_on) if row.meets_on else None,
        ),
        released=bool(row.released_at),
        changed_at=_moment(row.at),
        changed_by=row.by,
        reach=reach,
        adopted=adopted,
    )  # fmt: skip


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
