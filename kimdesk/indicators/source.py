"""Where records are counted: the tables of a desk, the registry of a Kreis, or what a desk has shared."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Label,
    Subquery,
    Table,
    Text,
    func,
    null,
    select,
    true,
)
from sqlalchemy import type_coerce as as_type

from kimdesk.domain.custody import PassageWay, Side, Stage
from kimdesk.domain.dates import today as this_day
from kimdesk.domain.kinds import kind_of
from kimdesk.store.stored import Stored
from kimdesk.store.tables import RECORD_TABLES, passage, table_name

AGE_BAND: Final = "age_band"
"""Of a person whose birth date stayed at the desk."""


@dataclass(frozen=True, eq=False)
class CountedTables:
    """Tables that can be counted, by kind, and which of their rows count; statements are kept for each.

    The columns are those of the desk's own tables; each may be empty, and a date may be cut to month or
    year. ``desk_id`` and ``shared`` are there where other desks sent the rows.
    """

    by_kind: Mapping[str, Table]
    which: Callable[[Table], ColumnElement[bool]]

    def rows(self, kind: str, *names: str) -> Subquery:
        """Return the rows of a kind that count, with ``names`` of their columns, as they are stored."""
        table = self.by_kind[kind]
        columns = (_column(table, each) for each in sorted({"id", *names}))
        return select(*columns).where(self.which(table)).subquery()


@dataclass(frozen=True, slots=True)
class Source:
    """Records to count on the day ``today``; ``desk`` is the one desk whose records count, "" for all."""

    connection: Connection
    tables: CountedTables
    today: date
    desk: str = ""


def _column(table: Table, name: str) -> Label[Any]:
    """Return a column without what its type makes of it; empty where only a registry has it."""
    column = table.c.get(name)
    return null().label(name) if column is None else as_type(column, _stored(column.type)).label(name)


def _stored(kind: object) -> Integer | Text:
    number = isinstance(kind, Integer) or (isinstance(kind, Stored) and kind.codec.number)
    return Integer() if number else Text()


def _own(table: Table) -> ColumnElement[bool]:
    case_id = table.c.id if table.name == table_name("case") else table.c.get("case_id")
    return true() if case_id is None else case_id.not_in(_COVERED) & case_id.not_in(_GIVEN)


_LENT: Final = (passage.c.way == PassageWay.COVER.value) & (passage.c.side == Side.TOOK.value)
_COVERED: Final = select(passage.c.case_id).where(
    _LENT, (passage.c.stage == Stage.LENT.value) | (passage.c.stage == Stage.RETURNED.value)
)
_MOVED: Final = (passage.c.way == PassageWay.MOVE.value) & (passage.c.stage == Stage.ACCEPTED.value)
_LATEST: Final = select(func.max(passage.c.number)).where(_MOVED).group_by(passage.c.case_id)
_GIVEN: Final = select(passage.c.case_id).where(
    passage.c.number.in_(_LATEST), passage.c.side == Side.GAVE.value
)
_OF_DESK: Final = CountedTables({kind_of(each): table for each, table in RECORD_TABLES.items()}, _own)


def desk_source(connection: Connection, today: date | None = None) -> Source:
    """Return what a desk counts as its own: neither what it covers for another nor what it has given away."""
    return Source(connection, _OF_DESK, today or this_day())
