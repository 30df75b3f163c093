"""The rule of ``domain.shielding`` as a condition of a statement, for many cases at once."""

from typing import Any

from sqlalchemy import literal_column, or_

from kimdesk.domain.records import Person
from kimdesk.domain.shielding import MARKS
from kimdesk.store.tables import RECORD_TABLES

_PERSON = RECORD_TABLES[Person].c


def shielded() -> Any:
    """Return the condition that address, phone and e-mail of a person stay hidden."""
    return or_(*(_PERSON[mark] == literal_column("1") for mark in MARKS))  # as the index says it
