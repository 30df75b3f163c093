"""What stands beside the things that are counted: the person, her status, the first talk of the case."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, FromClause, and_, func, or_, select

from kimdesk.domain.terms import Lane, Role
from kimdesk.indicators.source import AGE_BAND, CountedTables
from kimdesk.indicators.subjects import IN_VAIN, last_talk, parameter
from kimdesk.store.reckoning import first_day, json_at, last_day

Expression = ColumnElement[Any]
FIELDS: Final = {
    "case": ("phase", "status", "opened_on", "closed_on", "closing_reason", "legal_basis", "ags"),
    "person": ("sex", "birth_date", "nationalities", "arrived_on"),
    "place": ("ags",),
    "residence": ("status",),
    "regimes": ("first", "last"),
    "access": ("route", "result"),
    "stay": ("band",),
    "plan": ("measures",),
    "intake": ("classification", "criteria", "started_on"),
}
"""What stands beside each thing that is counted, and its fields."""


@dataclass(frozen=True, slots=True)
class Alongside:
    """A table with at most one row for each thing counted; ``key``: the column that says for whose.

    ``of_case``: the key is a case, else a person. ``must``: what has no row does not count.
    """

    rows: Callable[[CountedTables], FromClause]
    key: str
    of_case: bool
    must: bool = False


def _cases(source: CountedTables) -> FromClause:
    return source.rows("case", *FIELDS["case"])


def _persons(source: CountedTables) -> FromClause:
    return source.rows("person", *FIELDS["person"], AGE_BAND)


def _clients(source: CountedTables) -> FromClause:
    member = source.rows("member", "case_id", "person_id", "role")
    client = select(member.c.case_id, func.min(member.c.person_id).label("person_id"))
    return client.where(member.c.role == Role.CLIENT.value).group_by(member.c.case_id).subquery()


def _plans(source: CountedTables) -> FromClause:
    """Return how many measures of a case can still come to something."""
    measure = source.rows("measure", "case_id", "state")
    stands = and_(*(func.coalesce(measure.c.state, "") != each.value for each in IN_VAIN))
    number = select(measure.c.case_id, func.count().label("measures")).where(stands)
    return number.group_by(measure.c.case_id).subquery()


def _residence(source: CountedTables) -> FromClause:
    """Return the status a person has on the last day: of those that hold then, the one given last."""
    spell = source.rows("residence_spell", "person_id", "status", "expected", "valid_from", "valid_until")
    day = parameter("upto")
    holds = and_(
        func.coalesce(spell.c.expected, 0) == 0,
        or_(spell.c.valid_from.is_(None), first_day(spell.c.valid_from) <= day),
        or_(spell.c.valid_until.is_(None), last_day(spell.c.valid_until) >= day),
    )
    since = func.coalesce(spell.c.valid_from, "")
    return _first(spell, (since.desc(), spell.c.id.desc()), holds)


def _regimes(source: CountedTables) -> FromClause:
    """Return the first and the last benefit a person had by the last day."""
    spell = source.rows("regime_spell", "person_id", "lane", "regime", "starts_on", "expected")
    starts = first_day(spell.c.starts_on)
    begun = and_(
        spell.c.lane == Lane.BENEFIT.value,
        func.coalesce(spell.c.expected, 0) == 0,
        starts <= parameter("upto"),
    )
    earliest = _first(spell, (starts, spell.c.id), begun)
    latest = _first(spell, (starts.desc(), spell.c.id.desc()), begun)
    both = select(earliest.c.person_id, earliest.c.regime.label("first"), latest.c.regime.label("last"))
    return both.join(latest, latest.c.person_id == earliest.c.person_id).subquery()


def _first(table: FromClause, order: tuple[Expression, ...], where: Expression) -> FromClause:
    place = func.row_number().over(partition_by=table.c.person_id, order_by=order).label("place")
    found = select(*table.c, place).where(where).subquery()
    return select(*found.c).where(found.c.place == 1).subquery()


def _talk(phase: str, **answers: tuple[str, str]) -> Callable[[CountedTables], FromClause]:
    def rows(source: CountedTables) -> FromClause:
        entry = last_talk(source, phase)
        found = [json_at(entry.c.answers, *path).label(name) for name, path in answers.items()]
        return select(entry.c.case_id, entry.c.started_on, *found).subquery()

    return rows


_ACCESS = _talk("access", route=("contact", "route"), result=("outcome", "result"))
_INTAKE = _talk("intake", classification=("check", "classification"), criteria=("check", "criteria"))
BESIDE: Final = {
    "case": Alongside(_cases, "id", of_case=True, must=True),
    "client": Alongside(_clients, "case_id", of_case=True),
    "person": Alongside(_persons, "id", of_case=False),
    "plan": Alongside(_plans, "case_id", of_case=True),
    "residence": Alongside(_residence, "person_id", of_case=False),
    "regimes": Alongside(_regimes, "person_id", of_case=False),
    "access": Alongside(_ACCESS, "case_id", of_case=True),
    "intake": Alongside(_INTAKE, "case_id", of_case=True),
}
