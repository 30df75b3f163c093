"""The list of cases, page by page: what a page costs does not grow with what is stored.

Pages follow a key and the case's identity as tie-break, so that equal names are neither repeated nor
lost between two pages. By name, date and change they are read from an index that leads in that order; in the
other orders the rows of the list are sorted.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any, Final, Literal, NamedTuple, get_args

from sqlalchemy import Connection, and_, bindparam, case, func, select, tuple_

from kimdesk.domain.terms import CaseStatus, Phase
from kimdesk.store.changes import ACKNOWLEDGED
from kimdesk.store.dialect import as_json, listed
from kimdesk.store.search import matching_names
from kimdesk.store.sql import Statement
from kimdesk.store.sqlite import full_text
from kimdesk.store.tables import case_row

Order = Literal["name", "due", "updated", "number", "phase", "regime", "municipality", "contact", "worker"]
ORDERS: Final[tuple[Order, ...]] = get_args(Order)
LATEST_FIRST: Final = frozenset({"updated", "contact"})
"""The orders that begin with the latest; every other begins with the least."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseQuery:
    """Which cases a list shows, and in which order. An empty value filters nothing, but for ``worker``."""

    text: str = ""  # beginnings of names and file numbers
    phase: Phase | None = None
    status: str = "active"  # "active", "closed" or "" for both
    ags: str = ""
    regime: str = ""
    worker: str | None = None  # who looks after it, "" for nobody
    due_until: date | None = None
    quiet_since: date | None = None  # there was contact, none of it on this day or later
    unsent: bool = False
    order: Order = "name"
    backwards: bool = False  # from the end of that order

    @property
    def falling(self) -> bool:
        """Return whether the list begins with the greatest or latest."""
        return self.backwards != (self.order in LATEST_FIRST)


@dataclass(frozen=True, slots=True)
class Cursor:
    """The place after which the next page begins."""

    key: str
    case_id: str


class ListedCase(NamedTuple):
    """One row of the list, as it is stored; dates are ISO text; see ``summary.NO_DATE``."""

    case_id: str
    sort_name: str
    name: str
    file_number: str
    client_id: str
    phase: str
    ags: str
    regime: str
    protected: int
    next_due: str
    next_rule: str
    next_facts: str
    last_contact: str
    changed: int
    updated: str
    status: str
    worker: str


_COLUMNS = tuple(case_row.c[name] for name in ListedCase._fields)
_PHASES = {str(phase): str(phase.number) for phase in Phase}
_KEYS: dict[Order, tuple[Any, Callable[[ListedCase], str]]] = {
    "name": (case_row.c.sort_name, attrgetter("sort_name")),
    "due": (case_row.c.next_due, attrgetter("next_due")),
    "updated": (case_row.c.updated, attrgetter("updated")),
    "number": (case_row.c.file_number, attrgetter("file_number")),
    "phase": (case(_PHASES, value=case_row.c.phase), lambda row: _PHASES[row.phase]),
    "regime": (case_row.c.regime, attrgetter("regime")),
    "municipality": (case_row.c.ags, attrgetter("ags")),
    "contact": (case_row.c.last_contact, attrgetter("last_contact")),
    "worker": (case_row.c.worker, attrgetter("worker")),
}
_FILTERS: dict[str, Any] = {
    "status": case_row.c.status == bindparam("status_"),
    "phase": case_row.c.phase == bindparam("phase_"),
    "ags": case_row.c.ags == bindparam("ags_"),
    "regime": case_row.c.regime == bindparam("regime_"),
    "due_until": case_row.c.next_due <= bindparam("due_until_"),
    "quiet_since": and_(case_row.c.last_contact != "", case_row.c.last_contact < bindparam("quiet_since_")),
    "worker": case_row.c.worker == bindparam("worker_"),
    "nobody": case_row.c.worker == "",
    "unsent": case_row.c.changed > ACKNOWLEDGED,
    "text": full_text.is_named(case_row.c.number, "text_"),
}
_FIXED = {"unsent", "nobody"}  # filters without a value


def page(
    connection: Connection, query: CaseQuery, after: Cursor | None, limit: int
) -> tuple[list[ListedCase], Cursor | None]:
    """Return at most ``limit`` rows of the list ``query`` after ``after``, and where the next page begins."""
    key_of = _KEYS[query.order][1]
    found: list[ListedCase] = []
    for status in [query.status] if query.status else CaseStatus:
        wanted = _wanted(query, status)
        place = (after.key, after.case_id) if after else ()
        statement = _page(query.order, tuple(wanted), bool(after), limit + 1, query.falling)
        rows = statement.rows(connection, *_values(wanted), *place)
        found += map(ListedCase._make, rows)
    if not query.status:
        found.sort(key=lambda row: (key_of(row), row.case_id), reverse=query.falling)
    last = found[limit - 1] if len(found) > limit else None
    more = Cursor(key_of(last), last.case_id) if last else None
    return found[:limit], more


def count(connection: Connection, query: CaseQuery) -> int:
    """Return how many cases the list ``query`` has."""
    wanted = _wanted(query, query.status)
    return int(_count(tuple(wanted)).scalar(connection, *_values(wanted)))


def rows_of(connection: Connection, case_ids: Sequence[str]) -> list[ListedCase]:
    """Return the rows of ``case_ids``, in the order of these."""
    found = {row[0]: ListedCase._make(row) for row in _OF_CASES.rows(connection, as_json(case_ids))}
    return [found[case_id] for case_id in case_ids if case_id in found]


def _wanted(query: CaseQuery, status: str) -> dict[str, Any]:
    """Return the filters in use and their values; True where a filter needs none."""
    values = {
        "status": str(status),
        "phase": query.phase and str(query.phase),
        "ags": query.ags,
        "regime": query.regime,
        "due_until": query.due_until and query.due_until.isoformat(),
        "quiet_since": query.quiet_since and query.quiet_since.isoformat(),
        "worker": query.worker,
        "nobody": query.worker == "",
        "unsent": query.unsent,
        "text": query.text and matching_names(query.text),
    }
    return {name: value for name, value in values.items() if value}


def _values(wanted: dict[str, Any]) -> list[Any]:
    return [value for value in wanted.values() if value is not True]


def _names(filters: tuple[str, ...]) -> list[str]:
    return [f"{name}_" for name in filters if name not in _FIXED]


@cache
def _page(order: Order, filters: tuple[str, ...], continued: bool, limit: int, falling: bool) -> Statement:
    key = _KEYS[order][0]
    place = tuple_(key, case_row.c.case_id)
    start = tuple_(bindparam("key_"), bindparam("case_id_"))
    wanted = [_FILTERS[name] for name in filters]
    names = _names(filters)
    if continued:
        wanted.append(place < start if falling else place > start)
        names += ["key_", "case_id_"]
    sequence = (key, case_row.c.case_id)
    ordered = [each.desc() for each in sequence] if falling else sequence
    statement = select(*_COLUMNS).where(*wanted).order_by(*ordered).limit(limit)
    return Statement(statement, *names)


@cache
def _count(filters: tuple[str, ...]) -> Statement:
    wanted = [_FILTERS[name] for name in filters]
    statement = select(func.count()).select_from(case_row).where(*wanted)
    return Statement(statement, *_names(filters))


_OF_CASES = Statement(select(*_COLUMNS).where(case_row.c.case_id.in_(listed("ids"))), "ids")
