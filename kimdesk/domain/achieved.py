"""What of a person's achievements is proven, and where she stands as one value."""

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Final

from kimdesk.domain.records import Achievement, CaseFile, Standing

OWN_STATEMENT: Final = "own_statement"
"""The proof_kind that proves nothing."""

_HOUSEKEEPING: Final = frozenset({"id", "rev", "extra", "case_id", "person_id"})


def is_proven(one: Achievement) -> bool:
    """Return whether a paper shows it: one that the case manager saw, or that is in the case."""
    return one.proof not in ("", OWN_STATEMENT) and bool(one.seen_on or one.attachment_id)


def of_person(file: CaseFile, person_id: str) -> tuple[Achievement, ...]:
    """Return what a person achieved, in the order it was entered."""
    return tuple(one for one in file.achievements if one.person_id == person_id)


def filled(keep: Standing, other: Standing) -> Standing:
    """Return ``keep`` with what only ``other`` knows."""
    known = {
        field.name: getattr(other, field.name)
        for field in fields(Standing)
        if field.name not in _HOUSEKEEPING and getattr(keep, field.name) in ("", None, (), False)
    }
    return replace(keep, **known)


def standing_of(standings: Iterable[Standing], person_id: str) -> Standing | None:
    """Return where a person stands; two desks may each have begun an entry, and then the first counts.

    What the first does not say is taken from the others.
    """
    own = [one for one in standings if one.person_id == person_id]
    found = own[0] if own else None
    for other in own[1:]:
        found = filled(found, other) if found else other
    return found
