"""Rows of cases as people read them."""

from dataclasses import dataclass
from datetime import date, datetime

from kimdesk.casework.desk import Desk
from kimdesk.casework.rules import words
from kimdesk.domain.terms import Phase
from kimdesk.store import lists, search
from kimdesk.store.changes import acknowledged
from kimdesk.store.dues import facts_of
from kimdesk.store.lists import CaseQuery, Cursor, ListedCase
from kimdesk.store.summary import NO_DATE


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case in a list. ``name`` is „Osman, Amna“, "" while the case is anonymous.

    ``unsent``: changed since the Kreis last acknowledged; ``protected``: someone's address is protected.
    """

    id: str
    file_number: str
    name: str
    client_id: str
    phase: Phase
    status: str
    next_due: date | None
    next_due_title: str
    regime: str
    unsent: bool
    protected: bool
    updated: datetime
    ags: str = ""
    last_contact: date | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list, and where the next page begins (None at its end)."""

    rows: tuple[CaseRow, ...]
    next: Cursor | None


def list_page(desk: Desk, query: CaseQuery, after: Cursor | None = None, limit: int = 50) -> Page:
    """Return the next page of the list ``query``."""
    with desk.reading() as reader:
        found, following = lists.page(reader.connection, query, after, limit)
        sent = acknowledged(reader.connection)
    return Page(tuple(_row(each, sent) for each in found), following)


def count(desk: Desk, query: CaseQuery) -> int:
    """Return how many cases the list ``query`` has."""
    with desk.reading() as reader:
        return lists.count(reader.connection, query)


def find(desk: Desk, text: str, limit: int = 50) -> tuple[CaseRow, ...]:
    """Return the cases found by ``text`` in names, file numbers and everything written, the best first."""
    with desk.reading() as reader:
        found = lists.rows_of(reader.connection, search.find(reader.connection, text, limit))
        sent = acknowledged(reader.connection)
    return tuple(_row(each, sent) for each in found)


def _row(each: ListedCase, sent: int) -> CaseRow:
    due = date.fromisoformat(each.next_due) if each.next_due != NO_DATE else None
    return CaseRow(
        id=each.case_id,
        file_number=each.file_number,
        name=each.name,
        client_id=each.client_id,
        phase=Phase(each.phase),
        status=each.status,
        next_due=due,
        next_due_title=words(each.next_rule, due, facts_of(each.next_facts)).title if due else "",
        regime=each.regime,
        unsent=each.changed > sent,
        protected=bool(each.protected),
        updated=datetime.fromisoformat(each.updated),
        ags=each.ags,
        last_contact=date.fromisoformat(each.last_contact) if each.last_contact else None,
    )
