"""Reports that were given out, as they are kept with their proof."""

import json
from collections.abc import Mapping

from sqlalchemy import Connection, select

from kimdesk.disclosure.release import restored
from kimdesk.disclosure.values import ProtectedTables
from kimdesk.domain.errors import DisclosureError
from kimdesk.kreis.steering.tables import release


def kept_digests(connection: Connection) -> tuple[str, ...]:
    """Return the digests of the reports that were given out, the oldest first."""
    return tuple(connection.execute(select(release.c.digest).order_by(release.c.number)).scalars())


def kept(connection: Connection) -> tuple[Mapping[str, ProtectedTables], ...]:
    """Return what was given out by group, the oldest first. Raises DisclosureError E986 for a broken one."""
    rows = connection.execute(select(release.c.body).order_by(release.c.number)).scalars()
    return tuple(_restored(each) for each in rows)


def _restored(body: str) -> Mapping[str, ProtectedTables]:
    try:
        return {name: restored(each) for name, each in json.loads(body).items()}
    except (ValueError, AttributeError, TypeError) as error:
        raise DisclosureError("E986") from error
