"""The structural findings of all cases, for the list of the desk."""

from sqlalchemy import Connection, func, select

from kimdesk.domain.records import Case, Finding
from kimdesk.store.mapping import shape
from kimdesk.store.sql import Statement
from kimdesk.store.tables import RECORD_TABLES

_FINDING, _CASE = RECORD_TABLES[Finding].c, RECORD_TABLES[Case].c


def _every() -> Statement:
    columns = (_FINDING[name] for name in shape(Finding).names)
    joined = RECORD_TABLES[Finding].outerjoin(RECORD_TABLES[Case], _CASE.id == _FINDING.case_id)
    wanted = select(*columns, _CASE.file_number.label("number_")).select_from(joined)
    return Statement(wanted.order_by(_FINDING.noted_on.desc(), _FINDING.id.desc()))


_EVERY = _every()
_COUNT = Statement(select(func.count()).select_from(RECORD_TABLES[Finding]))


def all_of(connection: Connection) -> list[tuple[Finding, str]]:
    """Return every finding with the file number of its case, the latest first."""
    return [(shape(Finding).decode(row[:-1]), row[-1] or "") for row in _EVERY.rows(connection)]


def count(connection: Connection) -> int:
    """Return how many there are."""
    return int(_COUNT.scalar(connection))
