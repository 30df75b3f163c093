"""What follows from the records of a case and is kept beside them: dates, the row of lists, the indexes.

Each case says by which rules and code that was worked out. After an update it is worked out again, case by
case, so that a break in between costs nothing; a case that is saved meanwhile takes its turn at once.
"""

from collections.abc import Set as AbstractSet
from datetime import date

from sqlalchemy import Connection, bindparam, func, or_, select

from kimdesk.domain.agenda.rules import AgendaRules
from kimdesk.domain.kinds import RECORD_TYPES
from kimdesk.domain.records import Person
from kimdesk.store import likeness, search, summary
from kimdesk.store.mapping import case_of, shape
from kimdesk.store.sql import Statement
from kimdesk.store.tables import case_row
from kimdesk.store.words import words_of

_OTHER = or_(case_row.c.derived < bindparam("version_"), case_row.c.derived > bindparam("same_"))
_OUTDATED = Statement(
    select(case_row.c.case_id).where(_OTHER).limit(bindparam("limit_")), "version_", "same_", "limit_"
)
_COUNT = Statement(select(func.count()).select_from(case_row).where(_OTHER), "version_", "same_")
_VERSION = Statement(select(case_row.c.derived).where(case_row.c.case_id == bindparam("case_id_")))


def outdated(connection: Connection, rules: AgendaRules, limit: int) -> list[str]:
    """Return at most ``limit`` cases whose dates, row or index follow from earlier rules or code."""
    version = summary.version(rules)
    return [row[0] for row in _OUTDATED.rows(connection, version, version, limit)]


def count_outdated(connection: Connection, rules: AgendaRules) -> int:
    """Return how many cases these are."""
    version = summary.version(rules)
    return int(_COUNT.scalar(connection, version, version))


def keep(
    connection: Connection, case_id: str, kinds: AbstractSet[str], rules: AgendaRules, today: date
) -> None:
    """Bring what follows from a case in step after records of ``kinds`` were saved or removed."""
    known = _VERSION.scalar(connection, case_id)
    if known is not None and known != summary.version(rules):
        rebuild(connection, case_id, rules, today)
    summary.refresh(connection, case_id, kinds, rules, today)


def rebuild(connection: Connection, case_id: str, rules: AgendaRules, today: date) -> None:
    """Work out again what follows from the records of a case: the indexes only when these are outdated."""
    known = _VERSION.scalar(connection, case_id) or ""
    if known.partition(".")[2] != str(summary.SEARCHED):
        _index(connection, case_id)
    summary.rebuild(connection, case_id, rules, today)


def _index(connection: Connection, case_id: str) -> None:
    for record_type in RECORD_TYPES:
        rows = shape(record_type).of_case.rows(connection, case_id)
        for record in map(shape(record_type).decode, rows):
            search.index_text(connection, record.id, case_of(record), words_of(record))
            if isinstance(record, Person):
                likeness.index_person(connection, record)
