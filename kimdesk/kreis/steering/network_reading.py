"""What the registry holds of the ways of cases: one statement, one case after the other.

Of all cases only those are read to which something happened in the periods asked for, with all they ever had;
how many stand at a station is counted by the database. Rows in doubt or handed over do not count.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    Table,
    Text,
    and_,
    case,
    distinct,
    func,
    literal,
    or_,
    select,
    type_coerce,
    union,
    union_all,
)

from kimdesk.catalogue.network import RESIDENCE
from kimdesk.domain.terms import ReferralState, Role
from kimdesk.indicators.values import Period
from kimdesk.kreis.registry import RECORDS

CASE, MEMBER, REFERRAL = "case", "member", "referral"
_ASKED: Final = [ReferralState.SENT, ReferralState.ACCEPTED, ReferralState.REJECTED, ReferralState.DONE]
_MONTH, _YEAR = len("2026-11"), len("2026")
_CHUNK: Final = 5_000


class WayRow(NamedTuple):
    """One row of a case. Days as they are stored: a day, month or year in ISO 8601.

    ``kind`` is CASE (``code``: AGS; opened, –, closed), MEMBER (the role; ``state``: sex), REFERRAL (the
    service; asked, answered, –; ``person``: why it was refused) or the lane of a spell (–, begun, ended).
    """

    case_id: str
    kind: str
    code: str
    asked: str | None
    reached: str | None
    left: str | None
    state: str
    person: str


def cases(connection: Connection, periods: Iterable[Period]) -> Iterator[tuple[str, list[WayRow]]]:
    """Yield each case to which something happened in ``periods``, with all its rows."""
    wanted = union(*(one for each in periods for one in _touched(each))).cte("touched")
    every = union_all(*(_of(one, wanted) for one in _all_rows())).subquery()
    rows = connection.execution_options(yield_per=_CHUNK).execute(select(every).order_by(every.c.case_id))
    for case_id, found in groupby(map(WayRow._make, rows), key=lambda one: one.case_id):
        yield case_id, list(found)


def standing(connection: Connection, period: Period, states: Mapping[str, str]) -> dict[str, int]:
    """Return by station how many cases were there on some day of ``period``."""
    referral = RECORDS[REFERRAL]
    there = and_(_asked_by(period), _not_answered_before(period))
    found = dict(_counted(connection, literal("service.") + _text(referral, "service"), there, referral))
    for kind, code, begun, ended in (
        ("regime_spell", _spell_code(), "starts_on", "ends_on"),
        ("residence_spell", _status_code(), "valid_from", "valid_until"),
    ):
        table = RECORDS[kind]
        named = case(dict(states), value=code)
        there = and_(_begun(table, begun, period), _lasts(table, ended, period))
        found.update(_counted(connection, named, there, table))
    return found


def municipalities(connection: Connection) -> tuple[str, ...]:
    """Return the AGS of all cases there are, in order."""
    ags = _text(RECORDS[CASE], "ags")
    rows = connection.execute(select(ags).distinct().where(_counts(RECORDS[CASE]), ags.is_not(None)))
    return tuple(sorted(row[0] for row in rows if row[0]))


def _counted(
    connection: Connection, station: ColumnElement[Any], where: ColumnElement[bool], table: Table
) -> Iterator[tuple[str, int]]:
    named = station.label("station")
    number = func.count(distinct(table.c.case_id))
    for key, found in connection.execute(select(named, number).where(where).group_by(named)):
        if key is not None:
            yield key, found


def _touched(period: Period) -> Iterator[Select[Any]]:
    """Yield the cases with a referral that was under way, or a spell that began, in ``period``."""
    referral, spell, status = (RECORDS[kind] for kind in (REFERRAL, "regime_spell", "residence_spell"))
    yield select(referral.c.case_id).where(_asked_by(period), _not_answered_before(period))
    for table, begun in ((spell, "starts_on"), (status, "valid_from")):
        yield select(table.c.case_id).where(
            _begun(table, begun, period), _text(table, begun) >= _month(period)
        )


def _all_rows() -> Iterator[Select[Any]]:
    referral, spell, status = (RECORDS[kind] for kind in (REFERRAL, "regime_spell", "residence_spell"))
    nothing = literal(None, Text)
    yield select(
        referral.c.case_id.label("case_id"), literal(REFERRAL).label("kind"), _said(referral, "service"),
        _text(referral, "sent_on"), _text(referral, "answered_on"), nothing,
        _said(referral, "state"), _said(referral, "reject_reason"),
    ).where(_counts(referral), _text(referral, "state").in_(_ASKED))  # fmt: skip
    yield select(
        spell.c.case_id, _said(spell, "lane"), _said(spell, "regime"), nothing, _text(spell, "starts_on"),
        _text(spell, "ends_on"), literal(""), _said(spell, "person_id"),
    ).where(_counts(spell), _certain(spell))  # fmt: skip
    yield select(
        status.c.case_id, literal(RESIDENCE), _said(status, "status"), nothing, _text(status, "valid_from"),
        _text(status, "valid_until"), literal(""), _said(status, "person_id"),
    ).where(_counts(status), _certain(status))  # fmt: skip
    yield from _people()


def _people() -> Iterator[Select[Any]]:
    """Yield the cases themselves and who belongs to them."""
    one, member, person = (RECORDS[kind] for kind in (CASE, MEMBER, "person"))
    nothing = literal(None, Text)
    yield select(
        one.c.id, literal(CASE), _said(one, "ags"), _text(one, "opened_on"), nothing,
        _text(one, "closed_on"), literal(""), literal(""),
    ).where(_counts(one))  # fmt: skip
    roles = [Role.CLIENT, Role.CHILD]
    yield select(
        member.c.case_id, literal(MEMBER), _said(member, "role"), nothing, nothing, nothing,
        _said(person, "sex"), literal(""),
    ).join_from(member, person, member.c.person_id == person.c.id).where(
        _counts(member), _text(member, "role").in_(roles)
    )  # fmt: skip


def _of(rows: Select[Any], wanted: Any) -> Select[Any]:
    """Return ``rows`` of the cases that are wanted."""
    first = rows.selected_columns[0]
    return rows.where(first.in_(select(wanted.c[0])))


def _asked_by(period: Period) -> ColumnElement[bool]:
    table = RECORDS[REFERRAL]
    sent = _text(table, "sent_on")
    return and_(
        _counts(table), _text(table, "state").in_(_ASKED), sent.is_not(None), sent <= period.last.isoformat()
    )


def _not_answered_before(period: Period) -> ColumnElement[bool]:
    table = RECORDS[REFERRAL]
    answered = _text(table, "answered_on")
    waits = and_(answered.is_(None), _text(table, "state") == ReferralState.SENT)
    return or_(waits, answered >= _month(period))


def _begun(table: Table, day: str, period: Period) -> ColumnElement[bool]:
    """Return whether a spell has certainly begun by the end of ``period``; a bare year may lie before it."""
    begun, last = _text(table, day), period.last.isoformat()
    known = or_(func.length(begun) > _YEAR, begun < last[:_YEAR])
    return and_(_counts(table), _certain(table), begun.is_not(None), begun <= last, known)


def _lasts(table: Table, day: str, period: Period) -> ColumnElement[bool]:
    ended = _text(table, day)
    return or_(ended.is_(None), ended >= _month(period))


def _month(period: Period) -> str:
    """Return what no day of ``period``, cut to its month or not, sorts before."""
    return period.first.isoformat()[:_MONTH]


def _counts(table: Table) -> ColumnElement[bool]:
    return table.c.epoch > 0


def _certain(table: Table) -> ColumnElement[bool]:
    return func.coalesce(type_coerce(table.c.expected, Integer), 0) == 0


def _spell_code() -> ColumnElement[Any]:
    table = RECORDS["regime_spell"]
    return _text(table, "lane") + ":" + _text(table, "regime")


def _status_code() -> ColumnElement[Any]:
    return literal(f"{RESIDENCE}:") + _text(RECORDS["residence_spell"], "status")


def _text(table: Table, name: str) -> ColumnElement[Any]:
    """Return a column as it is stored."""
    return type_coerce(table.c[name], Text)


def _said(table: Table, name: str) -> ColumnElement[Any]:
    return func.coalesce(_text(table, name), "")
