"""What a desk counts itself of the cases it shares, so that the Kreis can see whether it holds the same.

Counted is what left, as it left: with dates cut and answers dropped as the policy has it. So it tells nothing
that the records of the bundle do not tell, and both ends must come to the same numbers (docs/decisions/0077).
"""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Final

import msgspec
from sqlalchemy import Column, Connection, Engine, MetaData, StaticPool, Table, Text, create_engine, true
from sqlalchemy.schema import CreateTable

from kimdesk.cage import heeded
from kimdesk.domain.errors import BundleError
from kimdesk.domain.kinds import kind_of
from kimdesk.indicators.counting import count
from kimdesk.indicators.definitions import Indicator, indicators
from kimdesk.indicators.source import AGE_BAND, CountedTables, Source
from kimdesk.indicators.values import CountedCell, Period, Wish
from kimdesk.store.sql import Statement
from kimdesk.store.tables import RECORD_TABLES
from kimdesk.sync.leaving.delta import Delta
from kimdesk.sync.sealing.figures import DeskCounts, IndicatorCount
from kimdesk.sync.tables import sync_sent

PLACES: Final = ("municipality",)
MOST: Final = 50_000
"""Shared records beyond which a desk does not count anew with every bundle."""
_KINDS: Final = frozenset({
    "case", "contact", "finding", "follow_up", "goal", "measure", "member", "person", "phase_entry",
    "referral", "regime_change", "regime_spell", "residence_spell",
})  # fmt: skip
_BATCH: Final = 500
_SENT: Final = Statement(
    sync_sent.select()
    .with_only_columns(sync_sent.c.kind, sync_sent.c.record_id, sync_sent.c.sent_id)
    .where(sync_sent.c.gone.is_(None))
)


def own_counts(delta: Delta) -> DeskCounts | None:
    """Return what the desk counts of all it shares once ``delta`` has left; None for nothing or too much.

    From the first day of the year to the day of the bundle. Raises BundleError E610 when it was stopped.
    """
    sent = [row for row in _SENT.rows(delta.connection) if row[0] in _KINDS]
    if not 0 < len(sent) <= MOST:
        return None
    day = delta.caseload.day
    span = Period(day.replace(month=1, day=1), day)
    memory = _memory()
    try:
        with memory.begin() as connection:
            _fill(connection, delta, sent)
            source = Source(connection, _shared(), day)
            counts = {each.code: _counted(source, each, span) for each in indicators(day)}
    finally:
        memory.dispose()
    return DeskCounts(span.first.isoformat(), span.last.isoformat(), counts)


def numbers(cell: CountedCell) -> list[int]:
    """Return a cell as it travels: how many, from how many cases, with the property or the quartiles."""
    found = [cell.number, cell.cases]
    if cell.having is not None:
        found.append(cell.having)
    return [*found, *(cell.days or ())]


def places(asked: Indicator) -> tuple[str, ...]:
    """Return by what the counts of an indicator are broken down on their way."""
    return tuple(each.code for each in asked.breakdowns if each.code in PLACES)


def _counted(source: Source, asked: Indicator, span: Period) -> IndicatorCount:
    tally = count(source, Wish(asked.code, span, (), places(asked)))
    cells = {"".join(each.codes): numbers(each) for each in tally.cells}
    return IndicatorCount(tally.version, cells)


def _fill(connection: Connection, delta: Delta, sent: Iterable[Any]) -> None:
    by_kind: dict[str, dict[str, set[str]]] = {}
    for kind, record_id, sent_id in sent:
        by_kind.setdefault(kind, {}).setdefault(record_id, set()).add(sent_id)
    for kind, known in by_kind.items():
        for ids in _batches(list(known)):
            if heeded().stopped:
                raise BundleError("E610")
            _write(connection, kind, list(_rows(delta, kind, ids, known)))


def _rows(delta: Delta, kind: str, ids: list[str], known: dict[str, set[str]]) -> Iterator[dict[str, Any]]:
    for each in delta.of_kind(kind, ids):
        if each.leaves:
            row = each.row()
            if row["id"] in known[each.stored.id]:
                yield row


def _write(connection: Connection, kind: str, rows: list[dict[str, Any]]) -> None:
    names = _shared().by_kind[kind].c.keys()
    taken = [[_stored(row.get(name)) for name in names] for row in rows]
    if taken:
        _insert(kind).run_all(connection, taken)


@cache
def _insert(kind: str) -> Statement:
    table = _shared().by_kind[kind]
    return Statement(table.insert(), *table.c.keys())


def _stored(value: Any) -> Any:
    """Return a member of a row as the registry stores it."""
    if isinstance(value, list | dict):
        return msgspec.json.encode(value).decode()
    return int(value) if isinstance(value, bool) else value


def _batches(ids: list[str]) -> Iterator[list[str]]:
    return (ids[first : first + _BATCH] for first in range(0, len(ids), _BATCH))


@cache
def _shared() -> CountedTables:
    """Return the tables of what is shared; they are only ever made in memory."""
    metadata = MetaData()
    return CountedTables(
        {
            kind: Table(kind, metadata, *_columns(table), *([Column(AGE_BAND, Text)] * (kind == "person")))
            for kind, table in ((kind_of(each), table) for each, table in RECORD_TABLES.items())
            if kind in _KINDS
        },
        lambda _: true(),
    )


def _columns(table: Table) -> Iterator[Column[Any]]:
    for each in table.columns:
        if each.name not in ("rev", "rev_by", "extra"):
            yield Column(each.name, each.type)


def _memory() -> Engine:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    with engine.connect() as connection:
        database: Any = connection.connection.driver_connection
        database.executescript(_tables_as_text())
    return engine


@cache
def _tables_as_text() -> str:
    return ";".join(str(CreateTable(each)) for each in _shared().by_kind.values())
