"""Whose address stays hidden: Auskunftssperre (§ 51 BMG) and Gewaltschutz.

People of one case mostly live together: one of them is enough to hide the address of all.
"""

from collections.abc import Iterable

from kimdesk.domain.records import Person, Record

MARKS = ("protected", "address_blocked")
"""The fields of a person that say so; one of them is enough."""

SHIELDED = ("street", "postcode", "city", "phone", "email")
"""The fields that are shown nowhere but in the person's own form, after being asked for."""

KEPT_BACK = (*SHIELDED, "safe_contact", "contact_channels", "contact_caution")
"""The fields of shielded persons that leave the vault for nobody."""


def is_shielded(person: Person) -> bool:
    """Return whether address, phone and e-mail of ``person`` stay hidden."""
    return any(getattr(person, mark) for mark in MARKS)


def any_shielded(persons: Iterable[Person]) -> bool:
    """Return whether these persons of one case have somebody among them who is shielded."""
    return any(is_shielded(person) for person in persons)


def lifted(before: Person, after: Person) -> tuple[str, ...]:
    """Return the marks that ``before`` has and ``after`` has not: somebody would lose this protection."""
    return tuple(mark for mark in MARKS if getattr(before, mark) and not getattr(after, mark))


def concealed(record: Record, persons: Iterable[Person]) -> tuple[str, ...]:
    """Return the fields that the form of ``record`` does not show at first, in a case of these persons."""
    hides = isinstance(record, Person) and any_shielded((record, *persons))
    return SHIELDED if hides and any(getattr(record, name) for name in SHIELDED) else ()
