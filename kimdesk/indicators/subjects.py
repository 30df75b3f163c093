"""What can be counted: records as they stand, and what follows from several of them.

The rows of a subject have ``unit`` (what is counted once), ``case_id``, and its fields.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Text,
    and_,
    bindparam,
    case,
    func,
    literal,
    or_,
    select,
    true,
)

from kimdesk.domain.kinds import kind_of
from kimdesk.domain.regimes import BESIDE, WITHOUT
from kimdesk.domain.terms import Lane, MeasureState
from kimdesk.indicators.source import CountedTables
from kimdesk.store.reckoning import days_from, first_day, json_at, json_list, json_map, last_day
from kimdesk.store.tables import RECORD_TABLES

Rows = Callable[[CountedTables, frozenset[str]], FromClause]
"""The rows, with at least those of the fields that are named."""
IN_VAIN: Final = (MeasureState.REJECTED, MeasureState.ABANDONED)
"""Measures of which nothing comes."""
_SENT: Final = ("case_id", "desk_id", "shared")
_SPELL: Final = ("person_id", "lane", "regime", "starts_on", "ends_on", "expected")


@dataclass(frozen=True, slots=True)
class CountedThing:
    """Something that is counted; ``kind``: of the record behind a unit; ``person`` whether it is about one.

    ``whole``: each row is a unit; else a unit may stand in several rows and counts once.
    """

    kind: str
    fields: frozenset[str]
    rows: Rows
    whole: bool = True

    @property
    def person(self) -> bool:
        """Return whether a unit names the person it is about."""
        return "person_id" in self.fields


def parameter(name: str) -> ColumnElement[str]:
    """Return a value that is given with each counting: ``first``, ``last`` of the period, ``upto`` …"""
    return bindparam(name, type_=Text())


def _records(kind: str) -> Rows:
    def rows(source: CountedTables, names: frozenset[str]) -> FromClause:
        own = names | (_columns(kind) & {"person_id"})
        found = source.rows(kind, *_SENT[kind == "case" :], *own)
        case_id = found.c.id if kind == "case" else found.c.case_id
        others = [each for each in found.c if each.name != "case_id"]
        return select(found.c.id.label("unit"), case_id.label("case_id"), *others).subquery()

    return rows


def _members(source: CountedTables, names: frozenset[str]) -> FromClause:
    member = source.rows("member", *_SENT, "person_id", *names)
    return select(member.c.person_id.label("unit"), *member.c).subquery()


def _benefit_changes(source: CountedTables, _: frozenset[str]) -> FromClause:
    """Return each benefit of a person that follows another one, and how many days lie between them."""
    spell = source.rows("regime_spell", *_SENT, *_SPELL)
    living = and_(
        spell.c.lane == Lane.BENEFIT.value,
        spell.c.starts_on.is_not(None),
        *(spell.c.regime != each for each in sorted(WITHOUT | BESIDE)),
        func.coalesce(spell.c.expected, 0) == 0,
        or_(spell.c.ends_on.is_(None), last_day(spell.c.ends_on) >= first_day(spell.c.starts_on)),
    )
    starts = first_day(spell.c.starts_on)
    ends = func.coalesce(last_day(spell.c.ends_on), literal("9999-12-31"))
    whose, order = spell.c.person_id, (starts, spell.c.id)
    before = func.max(ends).over(partition_by=whose, order_by=order, rows=(None, -1))
    former = func.lag(spell.c.regime).over(partition_by=whose, order_by=order)
    each = select(
        spell.c.id.label("unit"), spell.c.id, spell.c.case_id, spell.c.person_id,
        spell.c.desk_id, spell.c.shared, starts.label("changes_on"),
        former.label("from_regime"), spell.c.regime.label("to_regime"), before.label("covered_until"),
    ).where(living).subquery()  # fmt: skip
    between = days_from(each.c.covered_until, each.c.changes_on) - 1
    gap = case((each.c.covered_until < each.c.changes_on, between), else_=0)
    changed = each.c.from_regime != each.c.to_regime
    return select(*each.c, gap.label("gap")).where(changed).subquery()


def _waits(source: CountedTables, _: frozenset[str]) -> FromClause:
    """Return each measure that waits for another one, and for how many days by the end of the period."""
    waiting = source.rows("measure", *_SENT, "requires", "state", "regime")
    awaited = source.rows("measure", "state", "starts_on", "regime")
    required = json_list(waiting.c.requires)
    last = parameter("upto")
    stands = and_(
        waiting.c.state == MeasureState.PLANNED.value,
        *(awaited.c.state != each.value for each in (MeasureState.DONE, *IN_VAIN)),
        awaited.c.starts_on.is_not(None),
        first_day(awaited.c.starts_on) <= last,
    )
    return (
        select(
            _joined(waiting.c.id, awaited.c.id).label("unit"), waiting.c.id, waiting.c.case_id,
            waiting.c.desk_id, waiting.c.shared, awaited.c.starts_on.label("since"),
            awaited.c.regime.label("waits_for"), waiting.c.regime.label("waiting"),
            days_from(first_day(awaited.c.starts_on), last).label("days"),
        )
        .join_from(waiting, required, true())
        .join(awaited, awaited.c.id == required.c.value)
        .where(stands)
        .subquery()
    )  # fmt: skip


def _papers(source: CountedTables, _: frozenset[str]) -> FromClause:
    """Return each line of the checklists of referrals."""
    referral = source.rows("referral", *_SENT, "checklist", "service", "prepared_on")
    line = json_list(referral.c.checklist)
    item = json_at(line.c.value, "item")
    return select(
        _joined(referral.c.id, item).label("unit"), referral.c.id, referral.c.case_id, referral.c.desk_id,
        referral.c.shared, referral.c.service, referral.c.prepared_on, item.label("item"),
        json_at(line.c.value, "state").label("item_state"),
    ).join_from(referral, line, true()).subquery()  # fmt: skip


def _assessed(source: CountedTables, _: frozenset[str]) -> FromClause:
    """Return each life domain as the last assessment of a case saw it."""
    entry = last_talk(source, "assessment")
    domain = json_map(json_at(entry.c.answers, "domains"))
    return select(
        _joined(entry.c.id, domain.c.key).label("unit"), entry.c.id, entry.c.case_id, entry.c.desk_id,
        entry.c.shared, entry.c.started_on, domain.c.key.label("life_domain"),
        json_at(domain.c.value, "scale").label("scale"),
    ).join_from(entry, domain, true()).subquery()  # fmt: skip


def last_talk(source: CountedTables, phase: str) -> FromClause:
    """Return the last run of a phase in each case."""
    entry = source.rows("phase_entry", *_SENT, "phase", "round", "started_on", "answers")
    latest = (entry.c.round.desc(), entry.c.id.desc())
    order = func.row_number().over(partition_by=entry.c.case_id, order_by=latest).label("place")
    found = select(*entry.c, order).where(entry.c.phase == phase).subquery()
    return select(*found.c).where(found.c.place == 1).subquery()


def _joined(*parts: ColumnElement[str]) -> ColumnElement[str]:
    first, second = parts
    return first.op("||")(literal(" ")).op("||")(second)


@cache
def _columns(kind: str) -> frozenset[str]:
    table = next(table for each, table in RECORD_TABLES.items() if kind_of(each) == kind)
    return frozenset(table.c.keys()) - {"id", "rev", "rev_by", "extra"}


def _plain(kind: str) -> CountedThing:
    return CountedThing(kind, _columns(kind), _records(kind))


SUBJECTS: Final = {
    **{
        kind: _plain(kind)
        for kind in (
            "case", "contact", "finding", "follow_up", "goal", "measure", "phase_entry", "referral",
            "regime_change", "residence_spell",
        )
    },
    "household_person": CountedThing("member", _columns("member"), _members, whole=False),
    "benefit_change": CountedThing(
        "regime_spell",
        frozenset({"person_id", "changes_on", "from_regime", "to_regime", "gap", "covered_until"}),
        _benefit_changes,
    ),
    "chain_wait": CountedThing("measure", frozenset({"since", "waits_for", "waiting", "days"}), _waits),
    "checklist_line": CountedThing(
        "referral", frozenset({"service", "prepared_on", "item", "item_state"}), _papers
    ),
    "assessed_domain": CountedThing(
        "phase_entry", frozenset({"started_on", "life_domain", "scale"}), _assessed
    ),
}  # fmt: skip
"""By the names definitions use."""
