"""Structural findings: what in one would name somebody, and all of the desk in a list."""

from dataclasses import dataclass, replace

from kimdesk.casework.desk import Desk
from kimdesk.casework.giveaway import Giveaway, found
from kimdesk.domain.records import (
    CaseFile,
    Finding,
)
from kimdesk.store import findings as stored

WITHOUT_LANGUAGE = frozenset({"no_show", "unavailable"})
"""Codes of interpreter_use and interpreter_booking under which a talk failed for lack of language."""

_TEXTS = ("title", "agencies", "transition", "effects", "proposal")


@dataclass(frozen=True, slots=True)
class Listed:
    """A finding in the list of the desk, with the case it was seen in."""

    finding: Finding
    file_number: str


def giveaways(finding: Finding, file: CaseFile) -> tuple[Giveaway, ...]:
    """Return what in the texts of ``finding`` points at somebody of the case."""
    return tuple(each for name in _TEXTS for each in found(getattr(finding, name), file))


def listed(desk: Desk) -> tuple[Listed, ...]:
    """Return all findings of the desk, the latest first."""
    with desk.reading() as reader:
        return tuple(Listed(finding, number) for finding, number in stored.all_of(reader.connection))


def count(desk: Desk) -> int:
    """Return how many findings the desk has."""
    with desk.reading() as reader:
        return stored.count(reader.connection)


def seen_again(desk: Desk, finding: Finding) -> Finding:
    """Count the finding once more. Raises StoreError E905 when it was changed meanwhile."""
    with desk.writing() as writer:
        return writer.put(replace(finding, frequency=finding.frequency + 1))
