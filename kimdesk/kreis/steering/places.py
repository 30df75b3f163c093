"""Where findings stand: in which bundle, or in none. What is gone leaves its bundle."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, delete, func, literal, or_, select, update

from kimdesk.domain.errors import ContentError
from kimdesk.kreis.registry import RECORDS
from kimdesk.kreis.rows import upsert
from kimdesk.kreis.steering.tables import apart, cluster, finding_place
from kimdesk.store.columns import moment_text

FINDING: Final = RECORDS["finding"]


def note_arrivals(connection: Connection, desk_id: str, moment: datetime) -> None:
    """Give what a desk has sent its place, and let go of what is here no longer."""
    day = moment.astimezone().date().isoformat()
    known = select(finding_place.c.finding_id)
    new = select(FINDING.c.id, literal(""), literal(day), literal("")).where(
        FINDING.c.desk_id == desk_id, FINDING.c.id.not_in(known)
    )
    names = ["finding_id", "cluster_id", "first_on", "joined_at"]
    connection.execute(upsert(connection, finding_place).from_select(names, new).on_conflict_do_nothing())
    here = select(FINDING.c.id)
    connection.execute(delete(finding_place).where(finding_place.c.finding_id.not_in(here)))
    bundles = select(cluster.c.id)
    gone = (each.not_in(here) & each.not_in(bundles) for each in (apart.c.one, apart.c.other))
    connection.execute(delete(apart).where(or_(*gone)))


def members(connection: Connection, cluster_id: str) -> tuple[str, ...]:
    """Return the findings of a bundle that are here, in the order of their identities."""
    joined = select(finding_place.c.finding_id).join(FINDING, FINDING.c.id == finding_place.c.finding_id)
    these = joined.where(finding_place.c.cluster_id == cluster_id).order_by(finding_place.c.finding_id)
    return tuple(connection.execute(these).scalars())


def bundle_of(connection: Connection, finding_id: str) -> str:
    """Return in which bundle a finding stands, "" for none. Raises ContentError E747 when it is not here."""
    wanted = select(func.coalesce(finding_place.c.cluster_id, "")).select_from(
        FINDING.outerjoin(finding_place, finding_place.c.finding_id == FINDING.c.id)
    )
    row = connection.execute(wanted.where(FINDING.c.id == finding_id)).first()
    if row is None:
        raise ContentError("E747")
    return str(row[0])


def put_in(connection: Connection, cluster_id: str, finding_ids: Iterable[str], moment: datetime) -> None:
    """Put findings into a bundle.

    Raises ContentError E747 when one is not here, E790 when one has been put into another bundle meanwhile.
    """
    at, day = moment_text(moment), moment.astimezone().date().isoformat()
    for each in finding_ids:
        if bundle_of(connection, each) == cluster_id:
            continue
        row = {"finding_id": each, "cluster_id": cluster_id, "first_on": day, "joined_at": at}
        said = (
            upsert(connection, finding_place)
            .values(row)
            .on_conflict_do_update(
                index_elements=["finding_id"],
                set_={"cluster_id": cluster_id, "joined_at": at},
                where=finding_place.c.cluster_id == "",
            )
        )
        if not connection.execute(said).rowcount:
            raise ContentError("E790")


def take_out(connection: Connection, finding_ids: Collection[str]) -> None:
    """Let findings stand in no bundle."""
    these = finding_place.c.finding_id.in_(finding_ids)
    connection.execute(update(finding_place).where(these).values(cluster_id="", joined_at=""))


def keep_apart(connection: Connection, one: str, others: Iterable[str], moment: datetime, by: str) -> None:
    """Note that ``one`` and each of ``others``, findings or bundles, are not the same."""
    at = moment_text(moment)
    rows = [dict(zip(("one", "other"), sorted((one, each)), strict=True)) for each in others if each != one]
    for row in rows:
        said = upsert(connection, apart).values(**row, at=at, by=by)
        connection.execute(said.on_conflict_do_nothing())


def kept_apart(connection: Connection) -> frozenset[tuple[str, str]]:
    """Return all pairs that were left apart, the lower identity first."""
    return frozenset((row.one, row.other) for row in connection.execute(select(apart)))
