"""Referrals over all cases: those that wait and those just answered, by index, a page at a time.

What a page costs grows with what waits, not with what is stored: settled referrals are never read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from statistics import median
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, bindparam, case, func, or_, select

from kimdesk.domain.custody import Side, Stage
from kimdesk.domain.records import Case, Referral
from kimdesk.domain.terms import CaseStatus, ReferralState
from kimdesk.store.mapping import shape
from kimdesk.store.sql import Statement
from kimdesk.store.tables import RECORD_TABLES, case_row, due, passage

LATELY = timedelta(days=7)
"""For how long an answer counts as one of these days."""
ANSWERS_NEEDED: Final = 5
"""How many answers of an office tell what is usual there."""
_ANSWERS_READ: Final = 25

_REFERRAL = RECORD_TABLES[Referral].c
_COLUMNS = [_REFERRAL[name] for name in shape(Referral).names]
_OFFICE: ColumnElement[str] = case((_REFERRAL.agency != "", _REFERRAL.agency), else_=_REFERRAL.service)
_CASE = RECORD_TABLES[Case]


_TOOK, _GAVE = (
    func.max(case((passage.c.side == side, passage.c.number), else_=0)) for side in (Side.TOOK, Side.GAVE)
)
_PASSED_ON = (
    select(passage.c.case_id)
    .where(passage.c.stage == Stage.ACCEPTED)
    .group_by(passage.c.case_id)
    .having(_GAVE > _TOOK)
)
"""The cases that are another desk's by now (``domain.custody``): it waits for their answers."""


class ReferralGroup(StrEnum):
    """The parts of the list, in their order."""

    UNANSWERED = "unanswered"  # sent, and longer under way than usual
    OPEN = "open"
    ANSWERED = "answered"  # within the last seven days


@dataclass(frozen=True, kw_only=True, slots=True)
class ReferralQuery:
    """Which referrals the list shows; an empty value filters nothing.

    ``office`` is an agency, or the code of a service where none is named; ``worker`` whose cases they are.
    """

    group: ReferralGroup | None = None
    office: str = ""
    worker: str = ""


class FoundReferral(NamedTuple):
    """A referral with the client of its case („Osman, Amna“) and the day it is due, "" for none."""

    referral: Referral
    name: str
    file_number: str
    due_on: str


def _is(state: ReferralState) -> ColumnElement[bool]:
    return _REFERRAL.state == state


_SENT, _PREPARED = _is(ReferralState.SENT), _is(ReferralState.PREPARED)
_DAY: ColumnElement[Any] = bindparam("day_")
_WHICH: dict[ReferralGroup, ColumnElement[bool]] = {
    ReferralGroup.UNANSWERED: and_(_SENT, _REFERRAL.answer_due_on < _DAY),
    ReferralGroup.OPEN: or_(
        _PREPARED, and_(_SENT, or_(_REFERRAL.answer_due_on.is_(None), _REFERRAL.answer_due_on >= _DAY))
    ),
    ReferralGroup.ANSWERED: and_(
        _REFERRAL.answered_on >= _DAY,
        or_(_is(ReferralState.ACCEPTED), _is(ReferralState.REJECTED), _is(ReferralState.DONE)),
    ),
}
_DUE_ON = func.coalesce(_REFERRAL.remind_on, due.c.due_on, "~")
_ORDER: dict[ReferralGroup, tuple[Any, ...]] = {
    ReferralGroup.UNANSWERED: (_REFERRAL.answer_due_on, _REFERRAL.id),
    ReferralGroup.OPEN: (_DUE_ON, _REFERRAL.id),
    ReferralGroup.ANSWERED: (_REFERRAL.answered_on.desc(), _REFERRAL.id.desc()),
}


def page(
    connection: Connection, query: ReferralQuery, group: ReferralGroup, day: date, offset: int, limit: int
) -> list[FoundReferral]:
    """Return at most ``limit`` referrals of one group as it stands on ``day``, from the ``offset``-th on."""
    rows = _page(group, *_filters(query)).rows(connection, *_values(query, group, day), limit, offset)
    return list(map(_found, rows))


def to_chase(connection: Connection, query: ReferralQuery, day: date) -> FoundReferral | None:
    """Return the referral whose office is to be asked first on ``day``, None when nobody is."""
    rows = _page(ReferralGroup.UNANSWERED, *_filters(query), chased=True).rows(
        connection, *_values(query, ReferralGroup.UNANSWERED, day), day.isoformat(), 1, 0
    )
    return _found(rows[0]) if rows else None


def named(connection: Connection, referral: Referral) -> FoundReferral:
    """Return ``referral`` with the client of its case."""
    name, number = _NAMED.first(connection, referral.case_id) or ("", "")
    return FoundReferral(referral, name, number, "")


def _found(row: Sequence[Any]) -> FoundReferral:
    return FoundReferral(shape(Referral).decode(row[:-3]), row[-3], row[-2], row[-1] or "")


def counts(connection: Connection, query: ReferralQuery, day: date) -> dict[ReferralGroup, int]:
    """Return how many referrals each group has."""
    return {
        group: int(_count(group, *_filters(query)).scalar(connection, *_values(query, group, day)))
        for group in ReferralGroup
    }


def offices(connection: Connection, day: date) -> list[str]:
    """Return the offices (agency, else code of the service) of all that is shown on ``day``."""
    found: set[str] = set()
    for group in ReferralGroup:
        found |= {row[0] for row in _offices(group).rows(connection, _from(group, day))}
    return sorted(found)


def usual_days(connection: Connection, referral: Referral) -> int | None:
    """Return after how many days this office usually answered for this service; None below five answers."""
    rows = _USUAL.rows(connection, referral.agency, referral.service, _ANSWERS_READ)
    took = [(date.fromisoformat(answered) - date.fromisoformat(sent)).days for sent, answered in rows]
    return max(round(median(took)), 1) if len(took) >= ANSWERS_NEEDED else None


def by_code(connection: Connection, code: str) -> list[Referral]:
    """Return the referrals with this code of a slip: one, none, or several after two desks were joined."""
    return [shape(Referral).decode(row) for row in _BY_CODE.rows(connection, code)]


def _from(group: ReferralGroup, day: date) -> str:
    return (day - LATELY if group is ReferralGroup.ANSWERED else day).isoformat()


def _values(query: ReferralQuery, group: ReferralGroup, day: date) -> tuple[Any, ...]:
    return _from(group, day), *filter(None, (query.office, query.worker))


def _filters(query: ReferralQuery) -> tuple[bool, bool]:
    return bool(query.office), bool(query.worker)


def _wanted(group: ReferralGroup, by_office: bool, by_worker: bool) -> list[ColumnElement[bool]]:
    wanted = [
        _WHICH[group],
        case_row.c.status == CaseStatus.ACTIVE,
        _REFERRAL.case_id.not_in(_PASSED_ON),
    ]
    if by_office:
        wanted.append(bindparam("office_") == _OFFICE)
    if by_worker:
        its_case = select(_CASE.c.id).where(_CASE.c.worker == bindparam("worker_"))
        wanted.append(_REFERRAL.case_id.in_(its_case))
    return wanted


def _named(by_office: bool, by_worker: bool) -> tuple[str, ...]:
    return ("day_", *(["office_"] if by_office else []), *(["worker_"] if by_worker else []))


@cache
def _page(group: ReferralGroup, by_office: bool, by_worker: bool, chased: bool = False) -> Statement:
    wanted, names = _wanted(group, by_office, by_worker), _named(by_office, by_worker)
    if chased:
        wanted.append(or_(_REFERRAL.remind_on.is_(None), _REFERRAL.remind_on <= bindparam("remind_")))
        names = (*names, "remind_")
    its_date = and_(
        due.c.case_id == _REFERRAL.case_id, due.c.kind == "referral", due.c.record_id == _REFERRAL.id
    )
    statement = (
        select(*_COLUMNS, case_row.c.name.label("name_"), case_row.c.file_number, due.c.due_on)
        .join(case_row, case_row.c.case_id == _REFERRAL.case_id)
        .outerjoin(due, its_date)
        .where(*wanted)
        .order_by(*_ORDER[group])
        .limit(bindparam("limit_"))
        .offset(bindparam("offset_"))
    )
    return Statement(statement, *names, "limit_", "offset_")


@cache
def _count(group: ReferralGroup, by_office: bool, by_worker: bool) -> Statement:
    joined = RECORD_TABLES[Referral].join(case_row, case_row.c.case_id == _REFERRAL.case_id)
    statement = select(func.count()).select_from(joined).where(*_wanted(group, by_office, by_worker))
    return Statement(statement, *_named(by_office, by_worker))


@cache
def _offices(group: ReferralGroup) -> Statement:
    joined = RECORD_TABLES[Referral].join(case_row, case_row.c.case_id == _REFERRAL.case_id)
    return Statement(select(_OFFICE).distinct().select_from(joined).where(*_wanted(group, False, False)))


_USUAL = Statement(
    select(_REFERRAL.sent_on, _REFERRAL.answered_on)
    .where(
        _REFERRAL.agency == bindparam("agency_"),
        _REFERRAL.service == bindparam("service_"),
        _REFERRAL.answered_on.is_not(None),
        _REFERRAL.sent_on.is_not(None),
    )
    .order_by(_REFERRAL.answered_on.desc())
    .limit(bindparam("limit_")),
    "agency_",
    "service_",
    "limit_",
)
_NAMED = Statement(
    select(case_row.c.name, case_row.c.file_number).where(case_row.c.case_id == bindparam("case_id_"))
)
_BY_CODE = Statement(
    select(*_COLUMNS).where(_REFERRAL.slip_code == bindparam("code_")).order_by(_REFERRAL.id)
)
