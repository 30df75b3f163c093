"""The registry of a Kreis as something that can be counted."""

from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, Connection, Table

from kimdesk.domain.dates import today as this_day
from kimdesk.indicators.source import CountedTables, Source
from kimdesk.indicators.subjects import parameter
from kimdesk.kreis.registry import RECORDS


def _in_order(table: Table) -> ColumnElement[bool]:
    """Return whether a row is neither in doubt nor taken over by another desk; see ``OUT_OF_ORDER``."""
    return table.c.epoch > 0


def _of_desk(table: Table) -> ColumnElement[bool]:
    return _in_order(table) & (table.c.desk_id == parameter("desk"))


_EVERY: Final = CountedTables(RECORDS, _in_order)
_DESK: Final = CountedTables(RECORDS, _of_desk)


def registry_source(connection: Connection, today: date | None = None, desk_id: str = "") -> Source:
    """Return what the registry holds, of one desk when ``desk_id`` is given."""
    return Source(connection, _DESK if desk_id else _EVERY, today or this_day(), desk_id)
