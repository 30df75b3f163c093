"""Rows of cases as people read them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from kimdesk.casework.custody import standings
from kimdesk.casework.derived import sweep
from kimdesk.casework.desk import Desk
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.agenda.next_step import NextStep
from kimdesk.domain.custody import OWN, CaseStanding
from kimdesk.domain.terms import CaseStatus, Phase
from kimdesk.store import changes, lists, passages, search
from kimdesk.store.changes import acknowledged
from kimdesk.store.dues import facts_of
from kimdesk.store.lists import CaseQuery, Cursor, ListedCase
from kimdesk.store.summary import NO_DATE
from kimdesk.store.work import Reader


class CaseRow(NamedTuple):
    """One case in a list.

    What it shows is worked out when it is asked for: a page is fetched faster than it is looked at.
    """

    listed: ListedCase
    acknowledged: int  # the last change the Kreis has acknowledged
    catalogue: Catalogue
    standing: CaseStanding = OWN

    @property
    def unsent(self) -> bool:
        """Return whether the case was changed since the Kreis last acknowledged."""
        return self.listed.changed > self.acknowledged

    @property
    def id(self) -> str:
        """Return the identity of the case."""
        return self.listed.case_id

    @property
    def name(self) -> str:
        """Return „Osman, Amna“, "" while the case is anonymous."""
        return self.listed.name

    @property
    def file_number(self) -> str:
        """Return the Aktenzeichen."""
        return self.listed.file_number

    @property
    def client_id(self) -> str:
        """Return the identity of the client, "" while the case is anonymous."""
        return self.listed.client_id

    @property
    def phase(self) -> Phase:
        """Return the phase the case is in."""
        return Phase(self.listed.phase)

    @property
    def status(self) -> CaseStatus:
        """Return whether the case is worked on."""
        return CaseStatus(self.listed.status)

    @property
    def ags(self) -> str:
        """Return the municipality of residence."""
        return self.listed.ags

    @property
    def regime(self) -> str:
        """Return the code of the legal regime the client came into last, "" when none is known."""
        return self.listed.regime

    @property
    def worker(self) -> str:
        """Return who looks after the case, "" for nobody."""
        return self.listed.worker

    @property
    def protected(self) -> bool:
        """Return whether the address of someone in the case is protected."""
        return bool(self.listed.protected)

    @property
    def next_due(self) -> date | None:
        """Return the earliest date of the case."""
        return date.fromisoformat(self.listed.next_due) if self.listed.next_due != NO_DATE else None

    @property
    def next_step(self) -> NextStep | None:
        """Return what is due then, None when nothing is."""
        if self.next_due is None:
            return None
        facts = facts_of(self.listed.next_facts)
        return NextStep(self.listed.next_rule, self.next_due, "case", self.id, facts)

    @property
    def last_contact(self) -> date | None:
        """Return the day of the last contact that took place."""
        return date.fromisoformat(self.listed.last_contact) if self.listed.last_contact else None

    @property
    def updated(self) -> datetime:
        """Return when the case was last changed, in UTC."""
        return datetime.fromisoformat(self.listed.updated)


@dataclass(frozen=True, slots=True)
class ListedCases:
    """Some rows of a list, and where the next page begins (None at its end)."""

    rows: tuple[CaseRow, ...]
    next: Cursor | None


def list_page(
    desk: Desk, query: CaseQuery, after: Cursor | None = None, limit: int = 50, today: date | None = None
) -> ListedCases:
    """Return the next page of the list ``query``; on a new day it first takes over the dates of that day."""
    sweep(desk, today)
    with desk.reading() as reader:
        found, following = lists.page(reader.connection, query, after, limit)
        shown = rows(reader, desk, found)
    return ListedCases(shown, following)


def count(desk: Desk, query: CaseQuery, today: date | None = None) -> int:
    """Return how many cases the list ``query`` has."""
    [found] = counts(desk, [query], today)
    return found


def counts(desk: Desk, queries: Iterable[CaseQuery], today: date | None = None) -> tuple[int, ...]:
    """Return how many cases each of the lists ``queries`` has."""
    sweep(desk, today)
    with desk.reading() as reader:
        return tuple(lists.count(reader.connection, each) for each in queries)


def unsent_cases(desk: Desk) -> int:
    """Return in how many cases, removed ones too, the Kreis has not acknowledged something."""
    with desk.reading() as reader:
        return changes.unsent_cases(reader.connection)


def find(desk: Desk, text: str, limit: int = 50) -> tuple[CaseRow, ...]:
    """Return the cases found by ``text`` in names, file numbers and everything written, the best first."""
    with desk.reading() as reader:
        found = search.find(reader.connection, text, limit)
        return rows(reader, desk, lists.rows_of(reader.connection, found))


def between_desks(desk: Desk) -> tuple[CaseRow, ...]:
    """Return the cases that ever passed between this desk and others, the last one first."""
    with desk.reading() as reader:
        passed = dict.fromkeys(each.case_id for each in reversed(passages.every(reader.connection)))
        return rows(reader, desk, lists.rows_of(reader.connection, list(passed)))


def named(desk: Desk, case_ids: Iterable[str]) -> tuple[CaseRow, ...]:
    """Return the rows of these cases, in their order."""
    with desk.reading() as reader:
        return rows(reader, desk, lists.rows_of(reader.connection, list(case_ids)))


def rows(reader: Reader, desk: Desk, found: Sequence[ListedCase]) -> tuple[CaseRow, ...]:
    """Return the stored rows as people read them, within a transaction."""
    if not found:
        return ()
    sent = acknowledged(reader.connection)
    held = standings(reader, [each.case_id for each in found])
    return tuple(CaseRow(each, sent, desk.catalogue, held.get(each.case_id, OWN)) for each in found)
