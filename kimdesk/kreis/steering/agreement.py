"""Whether the Kreis counts what its desks counted: both numbers, and what explains a difference.

A desk counts what it has shared (``sync.leaving.own_counts``); the Kreis counts the same day, the same
definition and the same desk over what it holds. What differs was lost on the way, or is not taken over yet.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Row, func, select

from kimdesk.casework.desk import Desk
from kimdesk.domain.collation import word_key
from kimdesk.indicators.counting import count
from kimdesk.indicators.definitions import Indicator, indicators
from kimdesk.indicators.values import Period, Wish
from kimdesk.kreis.registry import RECORDS, aside, conflict, desk_table, figures, open_registry, waiting
from kimdesk.kreis.rows import transaction
from kimdesk.kreis.steering.source import registry_source
from kimdesk.kreis.taking import books
from kimdesk.sync.leaving.own_counts import numbers, places
from kimdesk.sync.sealing.figures import DeskCounts

_HELD: Final = "held"


class WhyDiffering(StrEnum):
    """Why the Kreis may hold less, or something else, than a desk has shared."""

    MISSING = "missing"  # a bundle has not arrived
    HELD = "held"  # a bundle waits for the one before it
    QUARANTINED = "quarantined"  # a person has to decide which history counts
    ASIDE = "aside"  # records were put aside
    CONTESTED = "contested"  # two versions of a record wait for a decision
    IN_DOUBT = "in_doubt"  # rows of a history that does not count, or of a case that passed on


@dataclass(frozen=True, slots=True)
class WhatExplains:
    """A reason, how many bundles or records it is about, and of which cases as far as anybody knows."""

    because: WhyDiffering
    number: int
    cases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CountDifference:
    """Where both do not come to the same: an indicator, a municipality (AGS; "" for all, "unknown").

    ``theirs`` and ``here`` are how many, from how many cases, then what else the indicator says.
    """

    code: str
    title: str
    municipality: str
    theirs: tuple[int, ...]
    here: tuple[int, ...]


class Accord(StrEnum):
    """How the counts of a desk stand to those of the Kreis."""

    AGREES = "agrees"
    DIFFERS = "differs"
    UNKNOWN = "unknown"  # the desk sent no count, or has not sent anything yet


@dataclass(frozen=True, slots=True)
class DeskAgreement:
    """A desk's own counts beside those of the Kreis, for the day of its last bundle.

    ``compared``: how many indicators both count by the same version; ``others``: those the desk counted by a
    version the Kreis does not have.
    """

    desk_id: str
    desk: str
    standing: Accord
    as_of: date | None
    compared: int
    others: tuple[str, ...]
    differences: tuple[CountDifference, ...]
    reasons: tuple[WhatExplains, ...]


def agreement(desk: Desk) -> tuple[DeskAgreement, ...]:
    """Return for each enrolled desk whether its counts and those of the Kreis agree, by name."""
    with transaction(open_registry(desk)) as connection:
        rows = connection.execute(select(desk_table)).all()
        said = _said(connection)
        missing = books.missing(connection, rows)
        found = [_agreement(connection, each, said.get(each.id), len(missing[each.id])) for each in rows]
    return tuple(sorted(found, key=lambda one: word_key(one.desk)))


def _said(connection: Connection) -> dict[str, DeskCounts]:
    """Return what each desk counted last."""
    newest = select(figures.c.desk_id, figures.c.counts).order_by(figures.c.as_of, figures.c.at)
    last = {row[0]: row[1] for row in connection.execute(newest)}
    return {desk_id: msgspec.json.decode(text, type=DeskCounts) for desk_id, text in last.items() if text}


def _agreement(
    connection: Connection, desk: Row[Any], said: DeskCounts | None, missing: int
) -> DeskAgreement:
    if said is None:
        return DeskAgreement(desk.id, desk.name, Accord.UNKNOWN, None, 0, (), (), ())
    span = Period(date.fromisoformat(said.first), date.fromisoformat(said.last))
    known = {each.code: each for each in indicators(span.last)}
    same = {
        code: known[code]
        for code, each in said.counts.items()
        if code in known and known[code].version == each.version
    }
    differences = tuple(
        each
        for code, asked in same.items()
        for each in _differences(connection, desk.id, asked, span, said.counts[code].cells)
    )
    standing = Accord.DIFFERS if differences else Accord.AGREES
    return DeskAgreement(
        desk_id=desk.id,
        desk=desk.name,
        standing=standing,
        as_of=span.last,
        compared=len(same),
        others=tuple(code for code in said.counts if code not in same),
        differences=differences,
        reasons=tuple(_reasons(connection, desk.id, missing)) if differences else (),
    )


def _differences(
    connection: Connection, desk_id: str, asked: Indicator, span: Period, theirs: Mapping[str, list[int]]
) -> Iterator[CountDifference]:
    source = registry_source(connection, span.last, desk_id)
    tally = count(source, Wish(asked.code, span, (), places(asked)))
    here = {"".join(each.codes): numbers(each) for each in tally.cells}
    for place in sorted(theirs.keys() | here.keys()):
        one, other = tuple(theirs.get(place, ())), tuple(here.get(place, ()))
        if one != other:
            yield CountDifference(asked.code, asked.title, place, one, other)


def _reasons(connection: Connection, desk_id: str, missing: int) -> Iterator[WhatExplains]:
    if missing:
        yield WhatExplains(WhyDiffering.MISSING, missing)
    waits = select(waiting.c.state, func.count()).where(waiting.c.desk_id == desk_id)
    states = {row[0]: row[1] for row in connection.execute(waits.group_by(waiting.c.state))}
    if states.get(_HELD):
        yield WhatExplains(WhyDiffering.HELD, states[_HELD])
    if undecided := sum(states.get(each, 0) for each in books.UNDECIDED):
        yield WhatExplains(WhyDiffering.QUARANTINED, undecided)
    put_aside = connection.execute(select(aside.c.case_id).where(aside.c.desk_id == desk_id)).scalars().all()
    if put_aside:
        yield WhatExplains(WhyDiffering.ASIDE, len(put_aside), _cases(put_aside))
    open_ones = select(conflict.c.kind, conflict.c.record_id).where(conflict.c.desk_id == desk_id)
    contested = connection.execute(open_ones.where(conflict.c.settled_at == "")).all()
    if contested:
        cases = [_case_of(connection, kind, record_id) for kind, record_id in contested]
        yield WhatExplains(WhyDiffering.CONTESTED, len(contested), _cases(cases))
    if doubtful := _in_doubt(connection, desk_id):
        yield WhatExplains(WhyDiffering.IN_DOUBT, len(doubtful), _cases(doubtful))


def _case_of(connection: Connection, kind: str, record_id: str) -> str:
    table = RECORDS[kind]
    column = table.c.id if kind == "case" else table.c.get("case_id")
    if column is None:
        return ""
    return connection.execute(select(column).where(table.c.id == record_id)).scalar() or ""


def _in_doubt(connection: Connection, desk_id: str) -> list[str]:
    """Return the case of each row that is out of order, "" where it has none."""
    found: list[str] = []
    for kind, table in RECORDS.items():
        column = table.c.id if kind == "case" else table.c.get("case_id", table.c.desk_id)
        rows = select(column).where(table.c.desk_id == desk_id, table.c.epoch <= 0)
        found += ["" if column is table.c.desk_id else each for each in connection.execute(rows).scalars()]
    return found


def _cases(found: list[str] | Any) -> tuple[str, ...]:
    return tuple(sorted({each for each in found if each}))
