"""New records with what is known already filled in."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, fields
from datetime import date
from typing import Any, get_type_hints

from kimdesk.domain.kinds import described, type_of
from kimdesk.domain.records import CaseFile, Person, Record


def blank(kind: str, file: CaseFile, today: date) -> Record:
    """Return a new record of ``kind`` for the case. Raises KeyError for an unknown kind.

    What must not be missing is there: a day is ``today``, the first person it is about the client.
    """
    begun: Mapping[str, Any] = _BEGUN[kind](file, today) if kind in _BEGUN else {}
    return type_of(kind)(**{"case_id": file.case.id, **dict(_needed(kind, file, today)), **begun})


def next_number(file: CaseFile) -> int:
    """Return the number of the next goal."""
    return max((goal.number for goal in file.goals), default=0) + 1


def of_kind(kind: str, key: str, file: CaseFile) -> Record | None:
    """Return the record ``key`` of ``kind`` in the case, None when it is gone."""
    return next((one for one in file.of(type_of(kind)) if one.id == key), None)


def _needed(kind: str, file: CaseFile, today: date) -> Iterator[tuple[str, Any]]:
    record_type = type_of(kind)
    hints = get_type_hints(record_type)
    about = next((link.field for link in described(record_type).links if link.to is Person), "")
    for field in fields(record_type):
        if field.default is field.default_factory is MISSING:
            client = file.client.id if file.client and field.name == about else ""
            yield field.name, today if hints[field.name] is date else client


def _language(file: CaseFile) -> str:
    return file.client.languages[0].language if file.client and file.client.languages else ""


_BEGUN: dict[str, Callable[[CaseFile, date], Mapping[str, Any]]] = {
    "goal": lambda file, _: {"number": next_number(file)},
    "measure": lambda _, today: {"starts_on": today},
    "consent": lambda file, today: {"given_on": today, "language": _language(file)},
    "contact": lambda file, _: {"language": _language(file)},
    "finding": lambda file, today: {"ags": file.case.ags, "noted_on": today},
}
"""What is known of a new record beyond that."""
