"""The list of cases, page by page: what a page costs does not grow with what is stored.

Pages follow a key and the case's identity as tie-break, so that equal names are neither repeated nor
lost between two pages, and are read from an index that leads in that order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection, and_, bindparam, func, select, tuple_

from kimdesk.domain.terms import CaseStatus, Phase
from kimdesk.store.changes import ACKNOWLEDGED
from kimdesk.store.dialect import as_json, listed
from kimdesk.store.search import matching_names
from kimdesk.store.sql import Statement
from kimdesk.store.sqlite import full_text
from kimdesk.store.tables import case_row

Order = Literal["name", "due", "updated"]


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseQuery:
    """Which cases a list shows, and in which order. An empty value filters nothing."""

    text: str = ""  # beginnings of names and file numbers
    phase: Phase | None = None
    status: str = "active"  # "active", "closed" or "" for both
    ags: str = ""
    regime: str = ""
    due_until: date | None = None
    quiet_since: date | None = None  # there was contact, none of it on this day or later
    unsent: bool = False
    order: Order = "name"


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


_COLUMNS = tuple(case_row.c[name] for name in ListedCase._fields)
_KEYS = {"name": case_row.c.sort_name, "due": case_row.c.next_due, "updated": case_row.c.updated}
_FILTERS: dict[str, Any] = {
    "status": case_row.c.status == bindparam("status_"),
    "phase": case_row.c.phase == bindparam("phase_"),
    "ags": case_row.c.ags == bindparam("ags_"),
    "regime": case_row.c.regime == bindparam("regime_"),
    "due_until": case_row.c.next_due <= bindparam("due_until_"),
    "quiet_since": and_(case_row.c.last_contact != "", case_row.c.last_contact < bindparam("quiet_since_")),
    "unsent": case_row.c.changed > ACKNOWLEDGED,
    "text": full_text.is_named(case_row.c.number, "text_"),
}
_FIXED = {"unsent"}  # filters without a value


def page(
    connection: Connection, query: CaseQuery, after: Cursor | None, limit: int
) -> tuple[list[ListedCase], Cursor | None]:
    """Return at most ``limit`` rows of the list ``query`` after ``after``, and where the next page begins."""
    key_of = attrgetter(_KEYS[query.order].name, "case_id")
    found: list[ListedCase] = []
    for status in [query.status] if query.status else CaseStatus:
        wanted = _wanted(query, status)
        place = (after.key, after.case_id) if after else ()
        rows = _page(query.order, tuple(wanted), bool(after), limit + 1).rows(
            connection, *_values(wanted), *place
        )
        found += map(ListedCase._make, rows)
    if not query.status:
        found.sort(key=key_of, reverse=query.order == "updated")
    more = Cursor(*key_of(found[limit - 1])) if len(found) > limit else None
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
        "unsent": query.unsent,
        "text": query.text and matching_names(query.text),
    }
    return {name: value for name, value in values.items() if value}


def _values(wanted: dict[str, Any]) -> list[Any]:
    return [value for value in wanted.values() if value is not True]


def _names(filters: tuple[str, ...]) -> list[str]:
    return [f"{name}_" for name in filters if name not in _FIXED]


@cache
def _page(order: Order, filters: tuple[str, ...], continued: bool, limit: int) -> Statement:
    place = tuple_(_KEYS[order], case_row.c.case_id)
    start = tuple_(bindparam("key_"), bindparam("case_id_"))
    wanted = [_FILTERS[name] for name in filters]
    names = _names(filters)
    if continued:
        wanted.append(place < start if order == "updated" else place > start)
        names += ["key_", "case_id_"]
    sequence = (_KEYS[order], case_row.c.case_id)
    ordered = [each.desc() for each in sequence] if order == "updated" else sequence
    statement = select(*_COLUMNS).where(*wanted).order_by(*ordered).limit(limit)
    return Statement(statement, *names)


@cache
def _count(filters: tuple[str, ...]) -> Statement:
    wanted = [_FILTERS[name] for name in filters]
    statement = select(func.count()).select_from(case_row).where(*wanted)
    return Statement(statement, *_names(filters))


_OF_CASES = Statement(select(*_COLUMNS).where(case_row.c.case_id.in_(listed("ids"))), "ids")
