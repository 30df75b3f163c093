"""New records with what is known already filled in."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, fields
from datetime import date
from typing import Any, TypeVar, get_type_hints

from kimdesk.domain.kinds import described
from kimdesk.domain.records import CaseFile, Consent, Contact, Finding, Goal, Measure, Person, Record

R = TypeVar("R", bound=Record)


def blank(record_type: type[R], file: CaseFile, today: date) -> R:
    """Return a new record for the case.

    What must not be missing is there: a day is ``today``, the first person it is about the client.
    """
    begin = _BEGUN.get(record_type)
    begun = begin(file, today) if begin else {}
    return record_type(**{"case_id": file.case.id, **dict(_needed(record_type, file, today)), **begun})


def next_number(file: CaseFile) -> int:
    """Return the number of the next goal."""
    return max((goal.number for goal in file.goals), default=0) + 1


def find(record_type: type[R], key: str, file: CaseFile) -> R | None:
    """Return the record ``key`` of the case, None when it is gone."""
    return next((one for one in file.of(record_type) if one.id == key), None)


def _needed(record_type: type[Record], file: CaseFile, today: date) -> Iterator[tuple[str, Any]]:
    hints = get_type_hints(record_type)
    about = next((link.field for link in described(record_type).links if link.to is Person), "")
    for field in fields(record_type):
        if field.default is field.default_factory is MISSING:
            client = file.client.id if file.client and field.name == about else ""
            yield field.name, today if hints[field.name] is date else client


def _language(file: CaseFile) -> str:
    return file.client.languages[0].language if file.client and file.client.languages else ""


_BEGUN: dict[type[Record], Callable[[CaseFile, date], Mapping[str, Any]]] = {
    Goal: lambda file, _: {"number": next_number(file)},
    Measure: lambda _, today: {"starts_on": today},
    Consent: lambda file, today: {"given_on": today, "language": _language(file)},
    Contact: lambda file, _: {"language": _language(file)},
    Finding: lambda file, today: {"ags": file.case.ags, "noted_on": today},
}
"""What is known of a new record beyond that."""
