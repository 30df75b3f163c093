"""The registry of a Kreis as something that can be counted."""

from datetime import date

from sqlalchemy import ColumnElement, Connection, Table

from kimdesk.domain.dates import today as this_day
from kimdesk.indicators.source import Source
from kimdesk.kreis.registry import RECORDS


def registry_source(connection: Connection, today: date | None = None, desk_id: str = "") -> Source:
    """Return what the registry holds, of one desk when ``desk_id`` is given.

    Rows in doubt, and those another desk has taken over, do not count (``registry.OUT_OF_ORDER``).
    """

    def counts(table: Table) -> ColumnElement[bool]:
        in_order = table.c.epoch > 0
        return in_order & (table.c.desk_id == desk_id) if desk_id else in_order

    return Source(connection, RECORDS, counts, today or this_day())
