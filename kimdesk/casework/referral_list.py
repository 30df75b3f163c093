"""The referrals of all cases that wait or were just answered, and which office to ask first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from kimdesk.casework.case_file import read_file
from kimdesk.casework.checklists import ChecklistLine, case_lines, lines, papers_of
from kimdesk.casework.desk import Desk
from kimdesk.casework.referral_grounds import Unwritable, agreed_days, unwritable
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.records import CaseFile, Consent, Referral
from kimdesk.domain.referral_steps import ReferralStanding, days_to_answer, days_waiting, standing
from kimdesk.domain.terms import ItemState
from kimdesk.store import referrals as stored
from kimdesk.store.referrals import FoundReferral, ReferralGroup, ReferralQuery
from kimdesk.store.work import Reader

__all__ = ["ReferralGroup", "ReferralLine", "ReferralPage", "ReferralQuery", "count", "offices", "page"]


@dataclass(frozen=True, kw_only=True, slots=True)
class ReferralLine:
    """One referral of the list.

    ``name`` is „Amna Osman“, the file number while anonymous. ``agreed``: the answer time of the service.
    ``missing`` and ``requested``: what of its papers is not there; ``file``: the case while it is prepared.
    ``withdrawn_on``: the consent it went under was taken back on that day.
    """

    referral: Referral
    name: str
    file_number: str
    group: ReferralGroup
    standing: ReferralStanding
    agreed: int
    due_on: date | None = None
    missing: tuple[ChecklistLine, ...] = ()
    requested: tuple[ChecklistLine, ...] = ()
    file: CaseFile | None = None
    withdrawn_on: date | None = None

    @property
    def expected(self) -> int:
        """Return in how many days an answer was expected when it was sent: usual at the office, or agreed."""
        sent, due = self.referral.sent_on, self.referral.answer_due_on
        return max((due - sent).days, 1) if sent and due else self.agreed

    @property
    def by_habit(self) -> bool:
        """Return whether what the office did before tells it, not what is agreed."""
        return self.expected != self.agreed

    def days(self, day: date) -> int | None:
        """Return how many days it has been under way, or took; None before it was sent."""
        took = days_to_answer(self.referral)
        return days_waiting(self.referral, day) if took is None else took


@dataclass(frozen=True, slots=True)
class ReferralPage:
    """Some rows of the list in their order, how many each group has, and whom to ask first.

    ``unwritable``: why that office is not asked by letter, None where a consent allows it.
    """

    rows: tuple[ReferralLine, ...]
    counts: Mapping[ReferralGroup, int]
    first: ReferralLine | None = None
    unwritable: Unwritable | None = None

    def total(self, query: ReferralQuery) -> int:
        """Return how many rows the list has."""
        return self.counts[query.group] if query.group else sum(self.counts.values())


def page(desk: Desk, query: ReferralQuery, day: date, offset: int, limit: int) -> ReferralPage:
    """Return at most ``limit`` rows from the ``offset``-th on, as things stand on ``day``."""
    with desk.reading() as reader:
        found = stored.counts(reader.connection, query, day)
        told = partial(_line, reader, desk.catalogue, day, {})
        rows: list[ReferralLine] = []
        for group in [query.group] if query.group else ReferralGroup:
            skip, offset = min(offset, found[group]), max(offset - found[group], 0)
            if len(rows) < limit and skip < found[group]:
                part = stored.page(reader.connection, query, group, day, skip, limit - len(rows))
                rows += [told(group, each) for each in part]
        first = stored.to_chase(reader.connection, query, day)
        if first is None:
            return ReferralPage(tuple(rows), found)
        why = unwritable(reader, desk.catalogue, first.referral, first.name, day)
        return ReferralPage(tuple(rows), found, told(ReferralGroup.UNANSWERED, first), why)


def line_of(desk: Desk, referral: Referral, day: date) -> ReferralLine:
    """Return one referral as the list shows it."""
    with desk.reading() as reader:
        found = stored.named(reader.connection, referral)
        return _line(reader, desk.catalogue, day, {}, ReferralGroup.OPEN, found)


def count(desk: Desk, day: date) -> int:
    """Return how many referrals of all cases are open or without answer."""
    with desk.reading() as reader:
        found = stored.counts(reader.connection, ReferralQuery(), day)
    return found[ReferralGroup.UNANSWERED] + found[ReferralGroup.OPEN]


def offices(desk: Desk, day: date) -> tuple[str, ...]:
    """Return whom the list names: agencies, codes of services where none is named."""
    with desk.reading() as reader:
        return tuple(stored.offices(reader.connection, day))


def _line(
    reader: Reader,
    catalogue: Catalogue,
    day: date,
    files: dict[str, CaseFile],
    group: ReferralGroup,
    found: FoundReferral,
) -> ReferralLine:
    referral = found.referral
    stands, file = standing(referral, day), None
    if stands is ReferralStanding.PREPARED:
        file = files.get(referral.case_id) or read_file(reader, referral.case_id)
        files[referral.case_id] = file
        papers = case_lines(catalogue, referral, file, day)
    else:
        papers = lines(referral, papers_of(catalogue, referral), None)
    family, _, given = found.name.partition(", ")
    return ReferralLine(
        referral=referral,
        name=f"{given} {family}".strip() or found.file_number,
        file_number=found.file_number,
        group=group,
        standing=stands,
        agreed=agreed_days(catalogue, referral),
        due_on=date.fromisoformat(found.due_on) if found.due_on else None,
        missing=_in_state(papers, ItemState.MISSING),
        requested=_in_state(papers, ItemState.REQUESTED),
        file=file,
        withdrawn_on=_withdrawn_on(reader, referral),
    )


def _in_state(papers: tuple[ChecklistLine, ...], state: ItemState) -> tuple[ChecklistLine, ...]:
    return tuple(each for each in papers if each.entry.state is state)


def _withdrawn_on(reader: Reader, referral: Referral) -> date | None:
    consent = reader.get(Consent, referral.consent_id) if referral.consent_id else None
    return consent.withdrawn_on if consent else None
