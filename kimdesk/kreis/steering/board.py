"""The board of structural findings: single ones as they came, bundles by state, and what sounds alike."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, Row, func, or_, select

from kimdesk.casework.desk import Desk
from kimdesk.kreis import findings
from kimdesk.kreis.findings import ReportedFinding
from kimdesk.kreis.registry import open_registry
from kimdesk.kreis.rows import transaction
from kimdesk.kreis.steering import alike, clusters, places
from kimdesk.kreis.steering.alike import Proposal, Sounding
from kimdesk.kreis.steering.places import FINDING
from kimdesk.kreis.steering.tables import cluster, finding_place
from kimdesk.kreis.steering.values import DISMISSED, GOOD_PRACTICE, ClusterStep, FindingCluster


@dataclass(frozen=True, slots=True)
class FindingsBoard:
    """What stands on the board: ``single`` findings in no bundle, the latest first, and all bundles.

    ``inside``: the findings of each bundle, by its identity.
    """

    single: tuple[ReportedFinding, ...] = ()
    clusters: tuple[FindingCluster, ...] = ()
    inside: Mapping[str, tuple[ReportedFinding, ...]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """Return how many cards stand in the columns; what was dismissed has none."""
        return len(self.single) + sum(each.state != DISMISSED for each in self.clusters)

    @property
    def good_practice(self) -> int:
        """Return how many of them show what works."""
        bundled = sum(each.good_practice and each.state != DISMISSED for each in self.clusters)
        return bundled + sum(each.kind == GOOD_PRACTICE for each in self.single)


def read(desk: Desk) -> FindingsBoard:
    """Return the board as it is now."""
    single: list[ReportedFinding] = []
    inside: defaultdict[str, list[ReportedFinding]] = defaultdict(list)
    for each in findings.reported(desk):
        (inside[each.cluster] if each.cluster else single).append(each)
    with transaction(open_registry(desk)) as connection:
        bundles = clusters.read_all(connection, desk.catalogue.rules.findings)
    return FindingsBoard(tuple(single), bundles, {key: tuple(found) for key, found in inside.items()})


def count(desk: Desk) -> int:
    """Return how many cards stand on the board, without what was dismissed."""
    place = finding_place.c.cluster_id
    alone = select(func.count()).select_from(
        FINDING.outerjoin(finding_place, finding_place.c.finding_id == FINDING.c.id)
    )
    bundled = select(func.count()).select_from(cluster).where(cluster.c.state != DISMISSED)
    with transaction(open_registry(desk)) as connection:
        single = connection.execute(alone.where(or_(place.is_(None), place == ""))).scalar() or 0
        return single + (connection.execute(bundled).scalar() or 0)


def members(desk: Desk, cluster_id: str) -> tuple[ReportedFinding, ...]:
    """Return the findings of a bundle, the latest first."""
    return tuple(each for each in findings.reported(desk) if each.cluster == cluster_id)


def history(desk: Desk, cluster_id: str) -> tuple[ClusterStep, ...]:
    """Return what was done with a bundle, the latest first."""
    with transaction(open_registry(desk)) as connection:
        return clusters.steps_of(connection, cluster_id)


def proposals(desk: Desk) -> dict[str, tuple[Proposal, ...]]:
    """Return by card (finding or bundle) which single findings sound like it, the most alike first."""
    with transaction(open_registry(desk)) as connection:
        found = [*_of_findings(connection), *_of_clusters(connection)]
        apart = places.kept_apart(connection)
    return alike.proposals(found, apart, desk.catalogue.rules.findings.alike)


def _of_findings(connection: Connection) -> Iterator[Sounding]:
    names = ("id", "title", "effects", "kind", "life_domain", "agencies", "transition")
    joined = FINDING.outerjoin(finding_place, finding_place.c.finding_id == FINDING.c.id)
    columns = (*(FINDING.c[name] for name in names), finding_place.c.cluster_id)
    for row in connection.execute(select(*columns).select_from(joined)):
        title, text, *coded = (getattr(row, name) or "" for name in names[1:])
        if title:
            yield Sounding(row.id, row.cluster_id or row.id, title, text, *coded)


def _of_clusters(connection: Connection) -> Iterable[Sounding]:
    return (_sounding(row) for row in connection.execute(select(cluster)))


def _sounding(row: Row[tuple[str, ...]]) -> Sounding:
    """Return a bundle as it sounds; it can be a partner of findings, never a single one itself."""
    return Sounding(
        f"bundle {row.id}", row.id, row.title, row.summary, row.kind, row.life_domain, row.agencies
    )
