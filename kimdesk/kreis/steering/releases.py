"""Reports that were given out: kept with their proof, so that no later one tells more than both may."""

import json
from datetime import datetime
from typing import Final

from kimdesk.casework.desk import Desk
from kimdesk.disclosure.release import written
from kimdesk.domain.dates import now as this_moment
from kimdesk.domain.errors import DisclosureError
from kimdesk.kreis.registry import open_registry
from kimdesk.kreis.rows import upsert, working
from kimdesk.kreis.steering.kept_releases import kept_digests
from kimdesk.kreis.steering.report_values import SteeringReport
from kimdesk.kreis.steering.tables import release
from kimdesk.store.columns import moment_text

GIVEN_OUT: Final = "report_given_out"


def keep(desk: Desk, report: SteeringReport, now: datetime | None = None) -> None:
    """Note that ``report`` is given out. The same figures given out again are the same release.

    Raises DisclosureError E987 when another report was given out since this one was drawn: it was not
    protected against that one.
    """
    registry = open_registry(desk)
    with working(registry) as work:
        known = kept_digests(work.connection)
        if known != report.against and report.digest not in known:
            raise DisclosureError("E987")
        row = {
            "digest": report.digest,
            "template": report.template.code,
            "version": report.template.version,
            "first": report.span.first.isoformat(),
            "last": report.span.last.isoformat(),
            "municipality": report.municipality,
            "body": json.dumps({name: written(each) for name, each in report.protected.items()}),
            "at": moment_text(now or this_moment()),
            "by": desk.actor,
        }
        work.connection.execute(upsert(work.connection, release).values(**row).on_conflict_do_nothing())
        work.tell(GIVEN_OUT, report.digest)
