"""A case file as one value, from any records."""

from collections import defaultdict
from datetime import date
from typing import Any

from kimdesk.domain.records import MEMBERS, Case, CaseFile, Record

OPENED = date(2026, 1, 2)


def file_of(*records: Record, case: Case | None = None) -> CaseFile:
    """Return a case that holds ``records``, each at its place."""
    parts = defaultdict[str, tuple[Any, ...]](tuple)
    for each in records:
        parts[MEMBERS[type(each)]] += (each,)
    return CaseFile(case=case or Case(id="1", opened_on=OPENED), **parts)
